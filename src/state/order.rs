//! One exact state of an order.

use core::fmt;

use super::set::StateSet;
use crate::facet::{
    Billing, Delivery, Dispute, Facet, Fulfillment, Hold, Lifecycle, Payment, Refund, Returns,
    Stage, State,
};

/// One state per facet: everything there is to say of where an order stands.
///
/// There is no `Default`: a state that nobody observed would be made up. Records usually say less
/// than this, see [`StateSet`].
///
/// ```
/// use order_status::facet::{Fulfillment, Payment};
/// use order_status::state::OrderState;
///
/// let paid = OrderState { payment: Payment::Paid, ..OrderState::PLACED };
/// assert_eq!(paid.fulfillment, Fulfillment::Unfulfilled);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_structs, reason = "a new facet is meant to break a consumer's build")]
pub struct OrderState {
    /// Is it a live agreement?
    pub lifecycle: Lifecycle,
    /// What was collected?
    pub payment: Payment,
    /// What was given back?
    pub refund: Refund,
    /// Is the payment contested?
    pub dispute: Dispute,
    /// Which invoices exist?
    pub billing: Billing,
    /// How far did the goods leave?
    pub fulfillment: Fulfillment,
    /// Where are the parcels?
    pub delivery: Delivery,
    /// What is coming back?
    pub returns: Returns,
    /// Where does it lie on the system's desk?
    pub stage: Stage,
    /// Is work on it stopped?
    pub hold: Hold,
}

impl OrderState {
    /// The start of a live order's life: placed, and nothing else has happened.
    pub const PLACED: Self = Self {
        lifecycle: Lifecycle::Placed,
        payment: Payment::Unpaid,
        refund: Refund::None,
        dispute: Dispute::None,
        billing: Billing::Unbilled,
        fulfillment: Fulfillment::Unfulfilled,
        delivery: Delivery::None,
        returns: Returns::None,
        stage: Stage::Pending,
        hold: Hold::Clear,
    };

    /// The ten states, in the order of [`Facet::STATE`].
    pub fn states(self) -> [State; 10] {
        [
            self.lifecycle.into(),
            self.payment.into(),
            self.refund.into(),
            self.dispute.into(),
            self.billing.into(),
            self.fulfillment.into(),
            self.delivery.into(),
            self.returns.into(),
            self.stage.into(),
            self.hold.into(),
        ]
    }

    /// The state of one facet; circumstances are none of its facets.
    pub fn state(self, facet: Facet) -> Option<State> {
        self.states().get(facet as usize).copied()
    }

    /// The same order with one facet in another state; circumstances are none of its facets and
    /// leave it as it is.
    #[must_use]
    pub fn with(mut self, state: State) -> Self {
        let index = state.index();
        macro_rules! set {
            ($field:ident: $facet:ident) => {
                self.$field = $facet::from_repr(index).unwrap_or(self.$field)
            };
        }
        match state.facet() {
            Facet::Lifecycle => set!(lifecycle: Lifecycle),
            Facet::Payment => set!(payment: Payment),
            Facet::Refund => set!(refund: Refund),
            Facet::Dispute => set!(dispute: Dispute),
            Facet::Billing => set!(billing: Billing),
            Facet::Fulfillment => set!(fulfillment: Fulfillment),
            Facet::Delivery => set!(delivery: Delivery),
            Facet::Returns => set!(returns: Returns),
            Facet::Stage => set!(stage: Stage),
            Facet::Hold => set!(hold: Hold),
            Facet::Terms | Facet::Goods => {}
        }
        self
    }
}

impl fmt::Display for OrderState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        StateSet::from(*self).fmt(f)
    }
}
