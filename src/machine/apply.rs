//! The side of commands: one event, one order, one answer.

use core::fmt;

use super::event::Event;
use super::guard::{CONSEQUENCES, GUARDS, Guard};
use super::table::{Edge, Table};
use crate::facet::State;
use crate::state::OrderState;

/// An event that the order took: it moved, or it was already there.
///
/// ```
/// use order_status::machine::{Event, Kind, apply};
/// use order_status::state::OrderState;
///
/// let step = apply(OrderState::PLACED, Event::Allocated)?;
/// assert!(step.has_moved());
/// assert_eq!(step.edge().map(|edge| edge.kind()), Some(Kind::Forward));
/// assert_eq!(step.before(), OrderState::PLACED);
/// # Ok::<(), order_status::machine::Refused>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Step {
    before: OrderState,
    after: OrderState,
    edge: Option<&'static Edge>,
    consequence: Option<&'static Edge>,
}

impl Step {
    /// The order as it was.
    pub const fn before(&self) -> OrderState {
        self.before
    }

    /// The order as it is now; as before where the event found it already there.
    pub const fn after(&self) -> OrderState {
        self.after
    }

    /// The edge that was taken, or `None` where the event had already happened.
    pub const fn edge(&self) -> Option<&'static Edge> {
        self.edge
    }

    /// The edge in another facet that the event [brought with it](super::CONSEQUENCES).
    pub const fn consequence(&self) -> Option<&'static Edge> {
        self.consequence
    }

    /// Did the event move the order, or had it already happened?
    pub const fn has_moved(&self) -> bool {
        self.edge.is_some()
    }
}

/// The order did not take the event.
///
/// ```
/// use order_status::machine::{Event, apply};
/// use order_status::state::OrderState;
///
/// let refused = apply(OrderState::PLACED, Event::DeliveredRest).unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "`delivered_rest` is refused by `delivery-before-shipment`: a parcel that is on its way or \
///      arrived has left us: record the shipment first",
/// );
/// let refused = apply(OrderState::PLACED, Event::RefundPartlyFailed).unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "`refund_partly_failed` does not follow refund=none: no refund event does now",
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Refused {
    order: OrderState,
    event: Event,
}

impl Refused {
    /// The order, as it was and is.
    pub const fn order(&self) -> OrderState {
        self.order
    }

    /// The event that was refused.
    pub const fn event(&self) -> Event {
        self.event
    }

    /// The state of the event's facet, from which it was tried.
    pub fn from(&self) -> State {
        standing(self.order, self.event)
    }

    /// The guards that forbid it, be there such an edge or not; without any it is the table that
    /// has none.
    pub fn guards(&self) -> impl Iterator<Item = &'static Guard> {
        let Self { order, event } = *self;
        GUARDS.iter().filter(move |guard| guard.forbids(order, event))
    }

    /// The events of the same facet that would have moved the order.
    pub fn accepted(&self) -> impl Iterator<Item = Event> {
        let facet = self.event.facet();
        accepted(self.order).filter(move |event| event.facet() == facet)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let event = self.event;
        write!(f, "`{event}` ")?;
        let mut separator = "is refused by";
        for guard in self.guards() {
            write!(f, "{separator} `{}`: {}", guard.id(), guard.reason())?;
            separator = "; and by";
        }
        if self.guards().next().is_some() {
            return Ok(());
        }
        write!(f, "does not follow {}: ", self.from())?;
        let mut separator = "what does is ";
        for other in self.accepted() {
            write!(f, "{separator}`{other}`")?;
            separator = ", ";
        }
        if separator == ", " { Ok(()) } else { write!(f, "no {} event does now", event.facet()) }
    }
}

impl core::error::Error for Refused {}

/// Takes one event.
///
/// An event whose outcome is already reached has happened before: that is no mistake, since
/// commands are sent twice, and no guard looks at it. Otherwise the table of the event's facet must
/// have an edge for it and no [guard](super::GUARDS) may forbid it.
///
/// # Errors
///
/// When the table has no edge for the event in this state, or when a guard forbids it.
///
/// ```
/// use order_status::facet::Fulfillment;
/// use order_status::machine::{Event, apply};
/// use order_status::state::OrderState;
///
/// let step = apply(OrderState::PLACED, Event::ShippedPart)?;
/// assert_eq!(step.after().fulfillment, Fulfillment::PartiallyShipped);
///
/// let again = apply(step.after(), Event::ShippedPart)?;
/// assert!(!again.has_moved());
/// assert_eq!(again.after(), step.after());
/// # Ok::<(), order_status::machine::Refused>(())
/// ```
pub fn apply(order: OrderState, event: Event) -> Result<Step, Refused> {
    let refused = Refused { order, event };
    if standing(order, event) == event.outcome() {
        return Ok(Step { before: order, after: order, edge: None, consequence: None });
    }
    let edge = edge(order, event).ok_or(refused)?;
    if refused.guards().next().is_some() {
        return Err(refused);
    }
    let moved = order.with(edge.to());
    let consequence = consequence(order, event);
    let after = consequence.map_or(moved, |edge| moved.with(edge.to()));
    Ok(Step { before: order, after, edge: Some(edge), consequence })
}

/// The events that would move this order now, facet by facet.
///
/// ```
/// use order_status::machine::{Event, accepted};
/// use order_status::state::OrderState;
///
/// assert!(accepted(OrderState::PLACED).any(|event| event == Event::Authorized));
/// assert!(!accepted(OrderState::PLACED).any(|event| event == Event::RefundedPart));
/// ```
pub fn accepted(order: OrderState) -> impl Iterator<Item = Event> {
    let moves = move |event: &Event| apply(order, *event).is_ok_and(|step| step.has_moved());
    Event::ALL.iter().copied().filter(moves)
}

fn edge(order: OrderState, event: Event) -> Option<&'static Edge> {
    Table::of(event.facet())?.edge(standing(order, event), event)
}

fn consequence(order: OrderState, event: Event) -> Option<&'static Edge> {
    CONSEQUENCES
        .iter()
        .find(|row| row.event() == event && row.when().contains(order))
        .and_then(|row| edge(order, row.brings()))
}

/// The state of the event's facet.
fn standing(order: OrderState, event: Event) -> State {
    order.state(event.facet()).unwrap_or(event.outcome())
}
