//! One headline word for where an order stands, for people, dashboards and a database column.
//!
//! A word for ten facets hides nine of them, and each [`Milestone`] says what it hides. No decision
//! is ever taken from it: everything in this crate that decides looks at the
//! [`StateSet`] itself.

use core::fmt;

use crate::facet::{
    Delivery, Dispute, Facet, Fulfillment, Hold, Lifecycle, Payment, Refund, Returns, Stage, Terms,
};
use crate::state::{FacetSet, StateSet};

/// Declares the words: variant, token, title, and what the word hides.
macro_rules! milestones {
    ($($(#[$doc:meta])* $name:ident = $token:literal, $title:literal, hides $hides:literal;)+) => {
        /// The headline, in the order of an order's life; the words without an answer come last.
        ///
        /// ```
        /// use order_status::facet::{Fulfillment, Payment, Stage};
        /// use order_status::milestone::Milestone;
        /// use order_status::state::StateSet;
        ///
        /// let packed = StateSet::ANY.with(Payment::Paid).with(Fulfillment::Packed);
        /// assert_eq!(Milestone::of(packed), Milestone::InPreparation);
        /// assert_eq!(Milestone::InPreparation.to_string(), "in preparation");
        /// assert_eq!(Milestone::of(StateSet::ANY), Milestone::Unknown);
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(test, derive(strum::VariantArray))]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[expect(
            clippy::exhaustive_enums,
            reason = "a new headline is a change every dashboard must answer"
        )]
        pub enum Milestone {
            $(
                $(#[$doc])*
                #[cfg_attr(feature = "serde", serde(rename = $token))]
                $name,
            )+
        }

        impl Milestone {
            /// Every headline.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The token, for a database column.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $token,)+
                }
            }

            /// What this word leaves unsaid.
            pub const fn hides(self) -> &'static str {
                match self {
                    $(Self::$name => $hides,)+
                }
            }

            const fn title(self) -> &'static str {
                match self {
                    $(Self::$name => $title,)+
                }
            }
        }
    };
}

milestones! {
    /// Nothing was ordered yet.
    Draft = "draft", "draft", hides "deposits that were paid on it";
    /// Nobody has paid what is due first.
    AwaitingPayment = "awaiting_payment", "awaiting payment",
        hides "whether an attempt is under way, failed, or was never made";
    /// Somebody has to approve or accept it before work begins.
    AwaitingApproval = "awaiting_approval", "awaiting approval",
        hides "the payment, where the system does not tell it";
    /// Work is stopped until somebody releases it.
    OnHold = "on_hold", "on hold", hides "why, and how far the work had come";
    /// Released for work, and nothing was taken from the shelf yet.
    AwaitingFulfillment = "awaiting_fulfillment", "awaiting fulfillment",
        hides "whether stock is reserved or missing";
    /// Picked or packed, and not handed over yet.
    InPreparation = "in_preparation", "in preparation", hides "the payment";
    /// Nothing left; how far the work has come is not known.
    NotShipped = "not_shipped", "not shipped",
        hides "whether anybody has begun to work on it, and whether anything is to leave at all";
    /// Some goods left and some did not.
    PartiallyShipped = "partially_shipped", "partially shipped",
        hides "which, and where their parcels are";
    /// Everything left, or a carrier has it; nothing is known to have arrived.
    Shipped = "shipped", "shipped", hides "whether it moves, and the payment; where a carrier alone is asked, what is still with us";
    /// Waits for the buyer at a counter, a locker or a post office.
    ReadyForPickup = "ready_for_pickup", "ready for pickup",
        hides "parcels that are not there yet, and the payment";
    /// Some parcels arrived.
    PartiallyDelivered = "partially_delivered", "partially delivered",
        hides "whether the others move, failed or have not left";
    /// Everything arrived.
    Delivered = "delivered", "delivered", hides "the payment and the paper";
    /// Parcels will not arrive without new action.
    DeliveryFailed = "delivery_failed", "delivery failed", hides "why, and whether they come back";
    /// Served and put away, or paid with nothing to leave.
    Completed = "completed", "completed", hides "invoices, and money of orders on account";
    /// Cancellation was asked for.
    Cancelling = "cancelling", "cancelling", hides "how far the goods are, which decides it";
    /// Cancelled as a whole.
    Cancelled = "cancelled", "cancelled",
        hides "goods that left all the same, and money that was kept";
    /// The buyer's bank contests the payment.
    Disputed = "disputed", "disputed", hides "where the goods are";
    /// The bank took the money back for good.
    ChargedBack = "charged_back", "charged back", hides "where the goods are";
    /// A return was asked for, agreed to, or is on its way.
    Returning = "returning", "returning", hides "how much of the order, and the refund";
    /// What was to come back is here.
    Returned = "returned", "returned", hides "how much of the order, and the refund";
    /// All that was collected was given back.
    Refunded = "refunded", "refunded", hides "whether the goods were kept, came back or never left";
    /// Too little is known, or what is known allows several of these.
    Unknown = "unknown", "unknown", hides "everything that is known";
    /// What is known contradicts itself.
    Contradictory = "contradictory", "contradictory", hides "what contradicts what";
}

/// One rule: orders within this box have this headline.
///
/// ```
/// use order_status::milestone::{Milestone, RULES};
///
/// let held = RULES.iter().find(|rule| rule.milestone() == Milestone::OnHold);
/// assert!(held.is_some_and(|rule| rule.within().to_string().contains("hold=held")));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    milestone: Milestone,
    within: StateSet,
}

impl Rule {
    /// The headline that it gives.
    pub const fn milestone(&self) -> Milestone {
        self.milestone
    }

    /// The box in which it fits.
    pub const fn within(&self) -> StateSet {
        self.within
    }
}

impl Milestone {
    /// The headline of what is known: the first of the [`RULES`] whose box all of it lies in.
    ///
    /// What is known is [tightened](StateSet::tightened) first. A box in which no order is left is
    /// [`Contradictory`](Self::Contradictory), one that lies in no rule [`Unknown`](Self::Unknown).
    ///
    /// ```
    /// use order_status::facet::{Fulfillment, Lifecycle};
    /// use order_status::milestone::Milestone;
    /// use order_status::state::StateSet;
    ///
    /// let cancelled = StateSet::ANY.with(Lifecycle::Cancelled);
    /// assert_eq!(Milestone::of(cancelled), Milestone::Cancelled);
    /// let picked = cancelled.with(Fulfillment::Picked);
    /// assert_eq!(Milestone::of(picked), Milestone::Contradictory);
    /// ```
    pub fn of(known: StateSet) -> Self {
        let known = known.tightened();
        if known.is_empty() {
            return Self::Contradictory;
        }
        RULES
            .iter()
            .find(|rule| known.is_within(rule.within))
            .map_or(Self::Unknown, Rule::milestone)
    }
}

impl fmt::Display for Milestone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.title())
    }
}

/// The rules, in the order in which they are tried.
///
/// ```
/// use order_status::milestone::{Milestone, RULES};
///
/// assert_eq!(RULES.first().map(|rule| rule.milestone()), Some(Milestone::Draft));
/// ```
pub const RULES: &[Rule] = &[
    rule(Milestone::Draft, &[lifecycle(Lifecycle::Draft.bit())]),
    rule(Milestone::Cancelled, &[lifecycle(Lifecycle::Cancelled.bit())]),
    rule(Milestone::Cancelling, &[lifecycle(Lifecycle::Cancelling.bit())]),
    rule(Milestone::Disputed, &[of(Facet::Dispute, Dispute::Open.bit())]),
    rule(Milestone::ChargedBack, &[of(Facet::Dispute, Dispute::Lost.bit())]),
    rule(
        Milestone::Returning,
        &[of(
            Facet::Returns,
            Returns::Requested.bit()
                | Returns::Approved.bit()
                | Returns::InTransit.bit()
                | Returns::PartiallyReceived.bit(),
        )],
    ),
    rule(Milestone::Refunded, &[of(Facet::Refund, Refund::Full.bit())]),
    rule(Milestone::Returned, &[of(Facet::Returns, Returns::Received.bit())]),
    rule(
        Milestone::OnHold,
        &[of(Facet::Hold, Hold::Held.bit()), fulfillment(!Fulfillment::Shipped.bit())],
    ),
    rule(Milestone::DeliveryFailed, &[delivery(Delivery::Failed.bit())]),
    rule(
        Milestone::Completed,
        &[of(Facet::Stage, Stage::Closed.bit()), delivery(Delivery::Delivered.bit())],
    ),
    rule(Milestone::Delivered, &[delivery(Delivery::Delivered.bit())]),
    rule(Milestone::PartiallyDelivered, &[delivery(Delivery::PartiallyDelivered.bit())]),
    rule(Milestone::ReadyForPickup, &[delivery(Delivery::ReadyForPickup.bit())]),
    rule(Milestone::Shipped, &[fulfillment(Fulfillment::Shipped.bit())]),
    rule(Milestone::PartiallyShipped, &[fulfillment(Fulfillment::PartiallyShipped.bit())]),
    rule(Milestone::Shipped, &[delivery(Delivery::InTransit.bit())]),
    rule(
        Milestone::InPreparation,
        &[fulfillment(Fulfillment::Picked.bit() | Fulfillment::Packed.bit())],
    ),
    rule(
        Milestone::Completed,
        &[
            fulfillment(Fulfillment::NotRequired.bit()),
            payment(Payment::Paid.bit() | Payment::Overpaid.bit()),
        ],
    ),
    rule(
        Milestone::Completed,
        &[
            fulfillment(Fulfillment::NotRequired.bit() | Fulfillment::Shipped.bit()),
            of(Facet::Stage, Stage::Closed.bit()),
        ],
    ),
    // From here on nothing has been taken from the shelf. What the terms say goes before what the
    // stage says, and that before what the payment alone would suggest.
    rule(Milestone::AwaitingPayment, &[terms(Terms::Prepaid.bit()), payment(DUE), waiting()]),
    rule(
        Milestone::AwaitingApproval,
        &[terms(!Terms::Prepaid.bit()), of(Facet::Stage, Stage::Pending.bit()), waiting()],
    ),
    rule(Milestone::AwaitingFulfillment, &[terms(!Terms::Prepaid.bit()), to_leave()]),
    rule(Milestone::AwaitingFulfillment, &[of(Facet::Stage, Stage::Active.bit()), to_leave()]),
    rule(Milestone::AwaitingPayment, &[payment(DUE), waiting()]),
    rule(Milestone::AwaitingApproval, &[of(Facet::Stage, Stage::Pending.bit()), waiting()]),
    rule(Milestone::AwaitingFulfillment, &[to_leave()]),
    rule(Milestone::OnHold, &[of(Facet::Hold, Hold::Held.bit())]),
    rule(Milestone::AwaitingPayment, &[payment(DUE), not_gone()]),
    rule(Milestone::NotShipped, &[not_gone()]),
];

/// Payments of which something is still due.
const DUE: u8 = Payment::Unpaid.bit()
    | Payment::Processing.bit()
    | Payment::PartiallyPaid.bit()
    | Payment::Voided.bit()
    | Payment::Failed.bit();

const TO_LEAVE: u8 =
    Fulfillment::Unfulfilled.bit() | Fulfillment::Backordered.bit() | Fulfillment::Allocated.bit();

const fn rule(milestone: Milestone, sets: &[FacetSet]) -> Rule {
    let mut within = StateSet::ANY;
    let mut i = 0;
    while i < sets.len() {
        #[expect(clippy::indexing_slicing, reason = "the loop ends at the length")]
        let set = sets[i];
        within = within.with_set(set);
        i += 1;
    }
    Rule { milestone, within }
}

const fn of(facet: Facet, bits: u8) -> FacetSet {
    FacetSet::from_bits(facet, bits)
}

const fn lifecycle(bits: u8) -> FacetSet {
    of(Facet::Lifecycle, bits)
}

const fn payment(bits: u8) -> FacetSet {
    of(Facet::Payment, bits)
}

const fn fulfillment(bits: u8) -> FacetSet {
    of(Facet::Fulfillment, bits)
}

const fn delivery(bits: u8) -> FacetSet {
    of(Facet::Delivery, bits)
}

const fn terms(bits: u8) -> FacetSet {
    of(Facet::Terms, bits)
}

/// Goods are to leave and none was taken from the shelf.
const fn to_leave() -> FacetSet {
    fulfillment(TO_LEAVE)
}

/// No goods were taken from the shelf, or none are to leave.
const fn waiting() -> FacetSet {
    fulfillment(TO_LEAVE | Fulfillment::NotRequired.bit())
}

/// Nothing left, however far the work has come.
const fn not_gone() -> FacetSet {
    fulfillment(!(Fulfillment::PartiallyShipped.bit() | Fulfillment::Shipped.bit()))
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;

    #[test]
    fn the_list_holds_every_milestone_once_and_tokens_follow_titles() {
        assert_eq!(Milestone::ALL, Milestone::VARIANTS);
        for milestone in Milestone::ALL {
            assert_eq!(milestone.as_str(), milestone.title().replace(' ', "_"));
        }
    }
}
