//! Which states lead to which: closures over the tables, and named paths.

use core::fmt;

use super::event::Event;
use super::table::{Edge, Kind, Table};
use super::tables::TABLES;
use crate::facet::Facet;
use crate::state::FacetSet;

/// Which edges may be walked.
///
/// ```
/// use order_status::machine::{Kind, Via};
///
/// assert!(Via::Course.allows(Kind::Toggle));
/// assert!(!Via::Course.allows(Kind::Retraction));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "whoever walks must answer each way")]
pub enum Via {
    /// Forward edges alone.
    Forward,
    /// Forward edges and toggles: the ordinary course of things.
    Course,
    /// Retractions alone: step by step back.
    Retraction,
}

impl Via {
    /// May an edge of this kind be walked?
    pub const fn allows(self, kind: Kind) -> bool {
        match self {
            Self::Forward => matches!(kind, Kind::Forward),
            Self::Course => matches!(kind, Kind::Forward | Kind::Toggle),
            Self::Retraction => matches!(kind, Kind::Retraction),
        }
    }
}

/// The states that one or more edges lead to from a state of this set.
///
/// Nothing moves a circumstance, so nothing is reachable there.
///
/// ```
/// use order_status::facet::{Facet, Payment};
/// use order_status::machine::{Via, reachable};
/// use order_status::state::FacetSet;
///
/// let paid = FacetSet::none(Facet::Payment).with(Payment::Paid);
/// assert_eq!(reachable(paid, Via::Forward).to_string(), "overpaid");
/// assert_eq!(reachable(paid, Via::Retraction).to_string(), "unpaid|partially_paid|failed");
/// ```
pub fn reachable(from: FacetSet, via: Via) -> FacetSet {
    let row = CLOSURE.get(from.facet() as usize);
    let bits = (0..8)
        .zip(row.map_or(&[[0; 3]; 8], |row| row))
        .filter(|(index, _)| from.bits() & (1 << index) != 0)
        .fold(0, |bits, (_, closure)| {
            let [forward, course, retraction] = *closure;
            bits | match via {
                Via::Forward => forward,
                Via::Course => course,
                Via::Retraction => retraction,
            }
        });
    FacetSet::from_bits(from.facet(), bits)
}

/// How one set of states lies to another along the forward edges of their facet.
///
/// ```
/// use order_status::facet::{Facet, Hold};
/// use order_status::machine::{Direction, direction};
/// use order_status::state::FacetSet;
///
/// let [clear, held] = [Hold::Clear, Hold::Held].map(|s| FacetSet::none(Facet::Hold).with(s));
/// assert_eq!(direction(clear, held), Direction::Beside);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[expect(clippy::exhaustive_enums, reason = "the three answers are the question")]
pub enum Direction {
    /// What the other says comes later in the facet's life.
    Behind,
    /// What the other says comes earlier.
    Ahead,
    /// Neither follows the other, or the two have a state in common.
    Beside,
}

impl Direction {
    /// Every direction.
    pub const ALL: &'static [Self] = &[Self::Behind, Self::Ahead, Self::Beside];

    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Behind => "behind",
            Self::Ahead => "ahead",
            Self::Beside => "beside",
        }
    }
}

/// Is `this` behind `other`, ahead of it, or neither?
///
/// It is behind where every state of `other` follows by forward edges from one of its own, and
/// ahead where it is the other way round. Two sets cannot be both.
///
/// ```
/// use order_status::facet::{Facet, Fulfillment};
/// use order_status::machine::{Direction, direction};
/// use order_status::state::FacetSet;
///
/// let none = FacetSet::none(Facet::Fulfillment);
/// let not_gone = none.with(Fulfillment::NotRequired).with(Fulfillment::Unfulfilled);
/// let shipped = none.with(Fulfillment::Shipped);
/// assert_eq!(direction(not_gone, shipped), Direction::Behind);
/// assert_eq!(direction(shipped, not_gone), Direction::Ahead);
/// ```
pub fn direction(this: FacetSet, other: FacetSet) -> Direction {
    let comparable = this.facet() == other.facet()
        && this.bits() & other.bits() == 0
        && !this.is_empty()
        && !other.is_empty();
    if comparable && leads_to(this, other, Via::Forward) {
        Direction::Behind
    } else if comparable && leads_to(other, this, Via::Forward) {
        Direction::Ahead
    } else {
        Direction::Beside
    }
}

/// Does every state of `to` follow from one of `from`?
pub(super) fn leads_to(from: FacetSet, to: FacetSet, via: Via) -> bool {
    to.bits() & !reachable(from, via).bits() == 0
}

/// What must have happened between two states: the shortest sequence of edges.
///
/// ```
/// use order_status::facet::Payment;
/// use order_status::machine::{Observation, Timing, observe};
/// use order_status::state::StateSet;
///
/// let [unpaid, voided] = [Payment::Unpaid, Payment::Voided].map(|s| StateSet::ANY.with(s));
/// let observed = observe(unpaid, voided, Timing::Newer);
/// let Observation::Advanced(path) = observed.of(order_status::facet::Facet::Payment) else {
///     return Err("did not advance");
/// };
/// assert_eq!(path.to_string(), "attempt_started, voided");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    facet: Facet,
    len: u8,
    /// Places in the table's list of edges.
    steps: [u8; MAX_STEPS],
}

/// A shortest path visits no state twice, and no facet has more than eight.
const MAX_STEPS: usize = 7;

impl Path {
    /// The edges, in the order in which they were walked.
    pub fn edges(&self) -> impl Iterator<Item = &'static Edge> {
        let edges = Table::of(self.facet).map_or(&[][..], Table::edges);
        let steps = self.steps.into_iter().take(usize::from(self.len));
        steps.filter_map(move |step| edges.get(usize::from(step)))
    }

    /// The events, in the order in which they happened.
    pub fn events(&self) -> impl Iterator<Item = Event> {
        self.edges().map(Edge::event)
    }

    pub(super) const fn len(self) -> u8 {
        self.len
    }

    /// The shortest path from any state of `from` to any state of `to`; of several, the one whose
    /// edges stand first in the table.
    pub(super) fn shortest(from: FacetSet, to: FacetSet, via: Via) -> Option<Self> {
        let table = Table::of(from.facet())?;
        // For each state the step that first led to it, breadth first.
        let mut came: [Option<(u8, u8)>; 8] = [None; 8];
        let mut seen = from.bits();
        let mut front = from.bits();
        let goal = loop {
            let mut next = 0;
            for (place, edge) in (0u8..).zip(table.edges()) {
                let (start, end) = (edge.from().index(), edge.to().index());
                if via.allows(edge.kind()) && front & (1 << start) != 0 && seen & (1 << end) == 0 {
                    seen |= 1 << end;
                    next |= 1 << end;
                    *came.get_mut(usize::from(end))? = Some((place, start));
                }
            }
            if next & to.bits() != 0 {
                break (next & to.bits()).trailing_zeros();
            }
            if next == 0 {
                return None;
            }
            front = next;
        };
        let mut path = Self { facet: from.facet(), len: 0, steps: [0; MAX_STEPS] };
        let mut at = u8::try_from(goal).ok()?;
        while let Some((place, start)) = came.get(usize::from(at)).copied().flatten() {
            *path.steps.get_mut(usize::from(path.len))? = place;
            path.len += 1;
            at = start;
        }
        path.steps.get_mut(..usize::from(path.len))?.reverse();
        Some(path)
    }
}

impl fmt::Display for Path {
    /// The events, separated by commas.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for event in self.events() {
            write!(f, "{separator}{event}")?;
            separator = ", ";
        }
        Ok(())
    }
}

/// For each facet and state, what follows by [`Via::Forward`], [`Via::Course`], [`Via::Retraction`].
const CLOSURE: [[[u8; 3]; 8]; 10] = closure();

#[expect(clippy::indexing_slicing, reason = "a constant: out of range would not compile")]
const fn closure() -> [[[u8; 3]; 8]; 10] {
    const VIAS: [Via; 3] = [Via::Forward, Via::Course, Via::Retraction];
    let mut closure = [[[0; 3]; 8]; 10];
    let mut table = 0;
    while table < TABLES.len() {
        let edges = TABLES[table].edges();
        let mut via = 0;
        while via < VIAS.len() {
            // As many rounds as there are states: by then nothing is left to find.
            let mut round = 0;
            while round < 8 {
                let mut i = 0;
                while i < edges.len() {
                    let edge = edges[i];
                    if VIAS[via].allows(edge.kind()) {
                        let end = edge.to().index() as usize;
                        closure[table][edge.from().index() as usize][via] |=
                            (1 << end) | closure[table][end][via];
                    }
                    i += 1;
                }
                round += 1;
            }
            via += 1;
        }
        table += 1;
    }
    closure
}
