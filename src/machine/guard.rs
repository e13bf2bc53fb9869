//! What spans facets on the side of commands: guards, and what an event brings with it.

use super::event::Event;
use crate::facet::{
    Billing, Delivery, Dispute, Facet, Fulfillment, Hold, Lifecycle, Payment, Refund, Returns,
};
use crate::state::{FacetSet, OrderState, StateSet};

/// A reason to refuse events that the table of their own facet would allow.
///
/// ```
/// use order_status::machine::{Event, GUARDS};
///
/// let guard = GUARDS.iter().find(|guard| guard.id() == "ship-held").ok_or("no such guard")?;
/// assert!(guard.events().contains(&Event::ShippedRest));
/// assert_eq!(guard.forbidden().to_string(), "hold=held");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guard {
    id: &'static str,
    events: &'static [Event],
    forbidden: StateSet,
    reason: &'static str,
}

impl Guard {
    /// The name, kebab-case.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The events that it refuses.
    pub const fn events(&self) -> &'static [Event] {
        self.events
    }

    /// The orders for which it refuses them.
    pub const fn forbidden(&self) -> StateSet {
        self.forbidden
    }

    /// Why, in one sentence.
    pub const fn reason(&self) -> &'static str {
        self.reason
    }

    /// Does it refuse this event for this order?
    pub fn forbids(&self, order: OrderState, event: Event) -> bool {
        self.events.contains(&event) && self.forbidden.contains(order)
    }
}

/// What an event brings with it in another facet, because it could not be true otherwise.
///
/// ```
/// use order_status::facet::Fulfillment;
/// use order_status::machine::{Event, apply};
/// use order_status::state::OrderState;
///
/// let step = apply(OrderState::PLACED, Event::Cancelled)?;
/// assert_eq!(step.after().fulfillment, Fulfillment::NotRequired);
/// assert_eq!(step.consequence().map(|edge| edge.event()), Some(Event::GoodsDropped));
/// # Ok::<(), order_status::machine::Refused>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consequence {
    event: Event,
    when: StateSet,
    brings: Event,
    reason: &'static str,
}

impl Consequence {
    /// The event that brings the other with it.
    pub const fn event(&self) -> Event {
        self.event
    }

    /// The orders for which it does, as they are before the event.
    pub const fn when(&self) -> StateSet {
        self.when
    }

    /// The event that is brought.
    pub const fn brings(&self) -> Event {
        self.brings
    }

    /// Why, in one sentence.
    pub const fn reason(&self) -> &'static str {
        self.reason
    }
}

/// Every guard.
///
/// ```
/// use order_status::machine::{Event, GUARDS};
/// use order_status::state::OrderState;
///
/// let forbidding = GUARDS.iter().filter(|g| g.forbids(OrderState::PLACED, Event::RefundedRest));
/// assert!(forbidding.map(|guard| guard.id()).eq(["refund-without-collection"]));
/// ```
pub const GUARDS: &[Guard] = &[
    Guard {
        id: "work-on-cancelled",
        events: &[
            Event::Backordered,
            Event::Allocated,
            Event::Picked,
            Event::Packed,
            Event::ShippedPart,
            Event::ShippedRest,
        ],
        forbidden: IN_CANCELLED,
        reason: "nothing of a cancelled order is served any more",
    },
    Guard {
        id: "reopen-goods-of-cancelled",
        events: &[Event::GoodsAdded, Event::PartReopened, Event::ShipmentVoided, Event::Recalled],
        forbidden: IN_CANCELLED,
        reason: "nothing of a cancelled order is to leave: stop the parcel for good, or reinstate the order",
    },
    Guard {
        id: "ship-draft",
        events: &[Event::ShippedPart, Event::ShippedRest],
        forbidden: IN_DRAFT,
        reason: "goods leave for an order, never for a quote",
    },
    Guard {
        id: "ship-held",
        events: &[
            Event::Allocated,
            Event::Picked,
            Event::Packed,
            Event::ShippedPart,
            Event::ShippedRest,
        ],
        forbidden: StateSet::ANY.with_set(FacetSet::from_bits(Facet::Hold, Hold::Held.bit())),
        reason: "work on a held order waits until somebody releases it",
    },
    Guard {
        id: "cancel-after-shipment",
        events: &[Event::Cancelled],
        forbidden: GONE,
        reason: "goods that left can only come back: ask for a return, or stop the parcel",
    },
    Guard {
        id: "cancellation-request-after-shipment",
        events: &[Event::CancellationRequested],
        forbidden: StateSet::ANY
            .with_set(FacetSet::from_bits(Facet::Fulfillment, Fulfillment::Shipped.bit())),
        reason: "nothing is left to cancel once everything left: ask for a return",
    },
    Guard {
        id: "redraft-after-shipment",
        events: &[Event::Redrafted],
        forbidden: GONE,
        reason: "goods leave for an order, never for a quote",
    },
    Guard {
        id: "redraft-with-return",
        events: &[Event::Redrafted],
        forbidden: StateSet::ANY
            .with_set(FacetSet::from_bits(Facet::Returns, !Returns::None.bit())),
        reason: "what was never ordered cannot be returned",
    },
    Guard {
        id: "redraft-with-invoice",
        events: &[Event::Redrafted],
        forbidden: StateSet::ANY
            .with_set(FacetSet::from_bits(Facet::Billing, !Billing::Unbilled.bit())),
        reason: "an invoice is written for an order, never for a quote: void it first",
    },
    Guard {
        id: "collect-on-cancelled",
        events: &[
            Event::AttemptStarted,
            Event::Authorized,
            Event::CapturedPart,
            Event::CapturedRest,
            Event::ExcessArose,
        ],
        forbidden: IN_CANCELLED,
        reason: "no money is due for a cancelled order",
    },
    Guard {
        id: "refund-without-collection",
        events: &[Event::RefundedPart, Event::RefundedRest],
        forbidden: NOT_COLLECTED,
        reason: "only collected money can be given back: void the authorization instead",
    },
    Guard {
        id: "dispute-without-collection",
        events: &[Event::DisputeOpened, Event::DisputeLost],
        forbidden: NOT_COLLECTED,
        reason: "only collected money can be contested",
    },
    Guard {
        id: "collection-gone-after-refund",
        events: &[Event::PaymentBounced, Event::CollectionCorrected],
        forbidden: StateSet::ANY.with_set(FacetSet::from_bits(Facet::Refund, !Refund::None.bit())),
        reason: "money was given back, so it had been collected: take the refund back first",
    },
    Guard {
        id: "collection-gone-during-dispute",
        events: &[Event::PaymentBounced, Event::CollectionCorrected],
        forbidden: StateSet::ANY
            .with_set(FacetSet::from_bits(Facet::Dispute, !Dispute::None.bit())),
        reason: "the payment is contested, so it had been collected: the dispute decides",
    },
    Guard {
        id: "bill-draft",
        events: &[Event::BilledPart, Event::BilledRest],
        forbidden: IN_DRAFT,
        reason: "an invoice is written for an order, never for a quote",
    },
    Guard {
        id: "bill-cancelled",
        events: &[Event::BilledPart, Event::BilledRest],
        forbidden: IN_CANCELLED
            .with_set(FacetSet::from_bits(Facet::Fulfillment, Fulfillment::NotRequired.bit())),
        reason: "nothing of the cancelled order left, so there is nothing to bill",
    },
    Guard {
        id: "delivery-before-shipment",
        events: &[
            Event::Departed,
            Event::ArrivedForPickup,
            Event::DeliveredPart,
            Event::DeliveredRest,
            Event::DeliveryFailed,
        ],
        forbidden: NOT_GONE,
        reason: "a parcel that is on its way or arrived has left us: record the shipment first",
    },
    Guard {
        id: "delivered-while-partly-shipped",
        events: &[Event::DeliveredRest],
        forbidden: StateSet::ANY
            .with_set(FacetSet::from_bits(Facet::Fulfillment, Fulfillment::PartiallyShipped.bit())),
        reason: "while goods are still with us, the order can be delivered in part at most",
    },
    Guard {
        id: "reopen-delivered",
        events: &[Event::PartReopened],
        forbidden: StateSet::ANY
            .with_set(FacetSet::from_bits(Facet::Delivery, Delivery::Delivered.bit())),
        reason: "everything arrived: reopen the delivery first",
    },
    Guard {
        id: "take-back-under-way",
        events: TAKE_BACK,
        forbidden: StateSet::ANY
            .with_set(FacetSet::from_bits(Facet::Delivery, !Delivery::None.bit())),
        reason: "a carrier has the parcels or had them: drop the tracking first",
    },
    Guard {
        id: "take-back-returning",
        events: TAKE_BACK,
        forbidden: StateSet::ANY.with_set(FacetSet::from_bits(
            Facet::Returns,
            Returns::InTransit.bit() | Returns::PartiallyReceived.bit() | Returns::Received.bit(),
        )),
        reason: "goods that come back on a return have left us",
    },
    Guard {
        id: "return-before-shipment",
        events: &[
            Event::ReturnRequested,
            Event::ReturnApproved,
            Event::ReturnSent,
            Event::ReturnReceivedPart,
            Event::ReturnReceivedRest,
        ],
        forbidden: NOT_GONE,
        reason: "what has not left cannot come back: cancel it instead",
    },
];

/// Everything that an event brings with it.
///
/// ```
/// use order_status::machine::{CONSEQUENCES, Event};
///
/// assert!(CONSEQUENCES.iter().all(|row| row.brings() == Event::GoodsDropped));
/// ```
pub const CONSEQUENCES: &[Consequence] = &[
    Consequence {
        event: Event::Cancelled,
        when: TO_LEAVE,
        brings: Event::GoodsDropped,
        reason: "nothing of a cancelled order is to leave any more",
    },
    Consequence {
        event: Event::Discarded,
        when: TO_LEAVE,
        brings: Event::GoodsDropped,
        reason: "nothing of a discarded draft is to leave",
    },
];

const TAKE_BACK: &[Event] = &[Event::ShipmentVoided, Event::Recalled, Event::Intercepted];

const IN_DRAFT: StateSet =
    StateSet::ANY.with_set(FacetSet::from_bits(Facet::Lifecycle, Lifecycle::Draft.bit()));

const IN_CANCELLED: StateSet =
    StateSet::ANY.with_set(FacetSet::from_bits(Facet::Lifecycle, Lifecycle::Cancelled.bit()));

const GONE_BITS: u8 = Fulfillment::PartiallyShipped.bit() | Fulfillment::Shipped.bit();

const GONE: StateSet = StateSet::ANY.with_set(FacetSet::from_bits(Facet::Fulfillment, GONE_BITS));

const NOT_GONE: StateSet =
    StateSet::ANY.with_set(FacetSet::from_bits(Facet::Fulfillment, !GONE_BITS));

const TO_LEAVE: StateSet = StateSet::ANY.with_set(FacetSet::from_bits(
    Facet::Fulfillment,
    !GONE_BITS & !Fulfillment::NotRequired.bit(),
));

const NOT_COLLECTED: StateSet = StateSet::ANY.with_set(FacetSet::from_bits(
    Facet::Payment,
    !(Payment::PartiallyPaid.bit() | Payment::Paid.bit() | Payment::Overpaid.bit()),
));
