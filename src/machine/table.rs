//! What a table is: its edges and the columns of its states.

use super::event::Event;
use super::tables::TABLES;
use crate::facet::{Facet, State};
use crate::state::FacetSet;

/// How a facet gets from one state to another.
///
/// ```
/// use order_status::machine::Kind;
///
/// assert_eq!(Kind::Retraction.as_str(), "retraction");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "whoever reads edges must answer each kind")]
pub enum Kind {
    /// One step further in the facet's life. These edges never lead in a circle.
    Forward,
    /// An ordinary step back or round: released, retried, asked for once more.
    Toggle,
    /// Something that had been true was taken back: bounced, recalled, reinstated.
    Retraction,
}

impl Kind {
    /// Every kind, the most ordinary first.
    pub const ALL: &'static [Self] = &[Self::Forward, Self::Toggle, Self::Retraction];

    /// The token.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Forward => "forward",
            Self::Toggle => "toggle",
            Self::Retraction => "retraction",
        }
    }
}

/// One row of a table: this event leads from this state to that one.
///
/// ```
/// use order_status::facet::{Facet, Payment};
/// use order_status::machine::{Event, Kind, Table};
///
/// let payment = Table::of(Facet::Payment).ok_or("a circumstance")?;
/// let edge = payment.edge(Payment::Paid.into(), Event::PaymentBounced).ok_or("no such edge")?;
/// assert_eq!(edge.to(), Payment::Failed.into());
/// assert_eq!(edge.kind(), Kind::Retraction);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Edge {
    pub(super) from: State,
    pub(super) event: Event,
    pub(super) to: State,
    pub(super) kind: Kind,
}

impl Edge {
    /// Where it starts.
    pub const fn from(&self) -> State {
        self.from
    }

    /// What happens.
    pub const fn event(&self) -> Event {
        self.event
    }

    /// Where it ends; always [`Event::outcome`].
    pub const fn to(&self) -> State {
        self.to
    }

    /// How it gets there.
    pub const fn kind(&self) -> Kind {
        self.kind
    }
}

/// All that can happen to one facet.
///
/// ```
/// use order_status::facet::{Delivery, Facet};
/// use order_status::machine::Table;
///
/// let delivery = Table::of(Facet::Delivery).ok_or("a circumstance")?;
/// assert!(delivery.initial().contains(Delivery::None));
/// assert!(delivery.settled().contains(Delivery::Delivered));
/// assert!(Table::of(Facet::Terms).is_none());
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    pub(super) facet: Facet,
    pub(super) initial: FacetSet,
    pub(super) terminal: FacetSet,
    pub(super) settled: FacetSet,
    pub(super) edges: &'static [Edge],
}

impl Table {
    /// The table of this facet; circumstances have none, as nothing moves them.
    pub fn of(facet: Facet) -> Option<&'static Self> {
        TABLES.get(facet as usize)
    }

    /// The facet that it is about.
    pub const fn facet(&self) -> Facet {
        self.facet
    }

    /// The states in which the facet of a new record may stand.
    pub const fn initial(&self) -> FacetSet {
        self.initial
    }

    /// The states that no forward edge leaves.
    pub const fn terminal(&self) -> FacetSet {
        self.terminal
    }

    /// The states in which the facet may stay for good without anybody having to act.
    pub const fn settled(&self) -> FacetSet {
        self.settled
    }

    /// The rows.
    pub const fn edges(&self) -> &'static [Edge] {
        self.edges
    }

    /// The row for this event in this state.
    pub fn edge(&self, from: State, event: Event) -> Option<&'static Edge> {
        self.edges.iter().find(|edge| edge.from == from && edge.event == event)
    }
}

/// Where each event ends, in the order of [`Event::ALL`].
pub(super) const OUTCOMES: [State; Event::ALL.len()] = outcomes();

#[expect(clippy::indexing_slicing, reason = "a constant: out of range would not compile")]
const fn outcomes() -> [State; Event::ALL.len()] {
    let mut outcomes = [None; Event::ALL.len()];
    let mut table = 0;
    while table < TABLES.len() {
        let edges = TABLES[table].edges;
        let mut i = 0;
        while i < edges.len() {
            outcomes[edges[i].event as usize] = Some(edges[i].to);
            i += 1;
        }
        table += 1;
    }
    let mut known = [TABLES[0].edges[0].to; Event::ALL.len()];
    let mut event = 0;
    while event < known.len() {
        assert!(outcomes[event].is_some(), "an event stands in no table");
        if let Some(state) = outcomes[event] {
            known[event] = state;
        }
        event += 1;
    }
    known
}

/// Writes a [`Table`] down as rows `from | event | to | kind`.
macro_rules! table {
    (
        $facet:ident
        initial: $($initial:ident),+;
        terminal: $($terminal:ident),+;
        settled: $($settled:ident),+;
        $($from:ident | $event:ident | $to:ident | $kind:ident;)+
    ) => {
        Table {
            facet: Facet::$facet,
            initial: FacetSet::from_bits(Facet::$facet, $($facet::$initial.bit())|+),
            terminal: FacetSet::from_bits(Facet::$facet, $($facet::$terminal.bit())|+),
            settled: FacetSet::from_bits(Facet::$facet, $($facet::$settled.bit())|+),
            edges: &[$(
                Edge {
                    from: $facet::$from.state(),
                    event: Event::$event,
                    to: $facet::$to.state(),
                    kind: Kind::$kind,
                },
            )+],
        }
    };
}
pub(super) use table;
