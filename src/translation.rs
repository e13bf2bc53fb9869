//! From what is known of an order to the codes at which another system's record should stand.

use alloc::vec::Vec;

use crate::authority::owns;
use crate::facet::{Facet, Kind};
use crate::mapping::{Field, Level, Mapping, Role, ShowRow, Shown};
use crate::state::{OrderState, StateSet};

/// At which value one field should stand.
///
/// ```
/// use order_status::facet::Payment;
/// use order_status::mapping::Mapping;
/// use order_status::state::StateSet;
/// use order_status::translation::Answer;
///
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// for (field, answer) in netsuite.translate(StateSet::ANY.with(Payment::Paid)) {
///     match answer {
///         Answer::Shown(row) => println!("{}: {:?}", field.name(), row.shown()),
///         Answer::Undetermined(rows) => println!("{}: one of {}", field.name(), rows.len()),
///         Answer::Nothing(why) => println!("{}: {why}", field.name()),
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "whoever writes to a system must answer each")]
pub enum Answer<'m> {
    /// At this one.
    Shown(&'m ShowRow),
    /// At one of these: what is known of the order does not decide between them.
    Undetermined(Vec<&'m ShowRow>),
    /// At none, for this reason.
    Nothing(&'m str),
}

impl Answer<'_> {
    /// `shown`, `undetermined` or `none`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Shown(_) => "shown",
            Self::Undetermined(_) => "undetermined",
            Self::Nothing(_) => "none",
        }
    }
}

impl Mapping {
    /// The codes at which a record that this system does not have yet should stand.
    ///
    /// `order` is what others know. Facets that this system's role owns stand at the start of
    /// their machine where the others say nothing, local ones always; all else stays a set.
    ///
    /// ```
    /// # #[cfg(feature = "builtin")] {
    /// use order_status::facet::{Lifecycle, Payment, Fulfillment};
    /// use order_status::mapping::{Mapping, Shown};
    /// use order_status::state::StateSet;
    /// use order_status::translation::Answer;
    ///
    /// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
    /// let paid = StateSet::ANY
    ///     .with(Lifecycle::Placed)
    ///     .with(Payment::Paid)
    ///     .with(Fulfillment::Unfulfilled);
    /// let (field, answer) = netsuite.translate(paid).find(|(field, _)| field.name() == "salesOrder.orderStatus").unwrap();
    /// assert!(matches!(answer, Answer::Shown(row) if *row.shown() == Shown::Code("B".into())));
    /// # }
    /// ```
    pub fn translate(&self, order: StateSet) -> impl Iterator<Item = (&Field, Answer<'_>)> {
        let role = self.channel().role();
        // What follows from what the others know is known, before a start is taken for the rest: no
        // contested payment was never made.
        let wanted = as_new_record(order.tightened(), role);
        self.fields()
            .iter()
            .filter(move |field| speaks_for_the_order(field, role))
            .filter_map(move |field| Some((field, field.answer_for(wanted)?)))
    }
}

impl Field {
    /// The answer for a box of orders; nothing where the field has no way back.
    pub fn answer_for(&self, states: StateSet) -> Option<Answer<'_>> {
        let show = self.show()?;
        if let Some(reason) = show.none() {
            return Some(Answer::Nothing(reason));
        }
        let mut rows = self.shown_for(states);
        // Rows that show the same are one answer, whatever led to them.
        let mut seen: Vec<&Shown> = Vec::new();
        rows.retain(|row| {
            let new = !seen.contains(&row.shown());
            seen.push(row.shown());
            new
        });
        Some(match (rows.as_slice(), rows.first().map(|row| row.shown())) {
            ([_], Some(Shown::Nothing(reason))) => Answer::Nothing(reason),
            ([row], _) => Answer::Shown(row),
            ([], _) => Answer::Nothing("no possible order is as described"),
            _ => Answer::Undetermined(rows),
        })
    }
}

/// Does a whole order's state decide this field? Of gateways and carriers the payment and the
/// shipment stand for the order; parts of other systems' orders have states of their own.
pub(crate) fn speaks_for_the_order(field: &Field, role: Role) -> bool {
    field.ignored().is_none()
        && match field.level() {
            Level::Order => true,
            Level::Payment => role == Role::Gateway,
            Level::Shipment => role == Role::Carrier,
            Level::Line | Level::Document | Level::Return => false,
        }
}

fn as_new_record(order: StateSet, role: Role) -> StateSet {
    let start = StateSet::from(OrderState::PLACED);
    Facet::STATE
        .into_iter()
        .filter(|facet| {
            facet.kind() == Kind::Local || (owns(role, *facet) && order.of(*facet).is_any())
        })
        .fold(order, |wanted, facet| wanted.with_set(start.of(facet)))
}
