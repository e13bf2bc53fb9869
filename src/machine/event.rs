//! What can happen to an order, in past tense and by outcome.

use core::fmt;
use core::str::FromStr;

use super::table::OUTCOMES;
use crate::facet::{Facet, State, UnknownName};

/// Declares the events, facet by facet: variant and token, in the order of an order's life.
macro_rules! events {
    ($($facet:ident { $($(#[$doc:meta])* $event:ident = $token:literal,)+ })+) => {
        /// One thing that happened to an order, named by its outcome.
        ///
        /// Each event belongs to one facet and always ends in the same state, so `captured_part`
        /// and `captured_rest` are two events: who captures knows which of the two it was.
        ///
        /// ```
        /// use order_status::facet::{Facet, Payment};
        /// use order_status::machine::Event;
        ///
        /// let event: Event = "captured_rest".parse()?;
        /// assert_eq!(event.facet(), Facet::Payment);
        /// assert_eq!(event.outcome(), Payment::Paid.into());
        /// # Ok::<(), order_status::facet::UnknownName>(())
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(test, derive(strum::VariantArray))]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[expect(
            clippy::exhaustive_enums,
            reason = "a new event is a change every consumer must answer"
        )]
        #[repr(u8)]
        pub enum Event {
            $($(
                $(#[$doc])*
                #[cfg_attr(feature = "serde", serde(rename = $token))]
                $event,
            )+)+
        }

        impl Event {
            /// Every event, facet by facet.
            pub const ALL: &'static [Self] = &[$($(Self::$event),+),+];
            const NAMES: &'static [&'static str] = &[$($($token),+),+];

            /// The token, as it is written in logs and output.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $($(Self::$event => $token,)+)+
                }
            }

            /// The one facet that it moves.
            pub const fn facet(self) -> Facet {
                match self {
                    $($(Self::$event)|+ => Facet::$facet,)+
                }
            }
        }
    };
}

events! {
    Lifecycle {
        /// The buyer ordered: a quote, cart or draft became a live order.
        Placed = "placed",
        /// A draft was thrown away or a quote was declined before anybody ordered.
        Discarded = "discarded",
        /// The order was set back to a draft to be edited as one.
        Redrafted = "redrafted",
        /// Somebody asked for cancellation.
        CancellationRequested = "cancellation_requested",
        /// The request was refused or withdrawn.
        CancellationRefused = "cancellation_refused",
        /// The order was cancelled as a whole.
        Cancelled = "cancelled",
        /// The cancellation was taken back.
        Reinstated = "reinstated",
    }
    Payment {
        /// An attempt to pay began and its outcome is open.
        AttemptStarted = "attempt_started",
        /// The bank reserved the money.
        Authorized = "authorized",
        /// Some of what is due was collected: captured, transferred or paid in cash.
        CapturedPart = "captured_part",
        /// All that was still due was collected.
        CapturedRest = "captured_rest",
        /// Nothing more is due: the rest of the total was waived, discounted or cancelled.
        RestWaived = "rest_waived",
        /// More is collected than is due: a double capture, a second transfer, a lowered total.
        ExcessArose = "excess_arose",
        /// A promise was released or lapsed before anything was taken.
        Voided = "voided",
        /// An attempt was refused.
        PaymentFailed = "payment_failed",
        /// The bank did not keep its promise: the capture of an authorization was refused.
        CaptureRefused = "capture_refused",
        /// What was tried before was put aside and a payment is awaited afresh.
        PaymentReset = "payment_reset",
        /// The excess is none any more: it was taken back by the bank, or the total grew to meet it.
        ExcessSettled = "excess_settled",
        /// Some of what is due is open again: a part bounced, or the total grew.
        RestBecameDue = "rest_became_due",
        /// What was collected bounced: a debit returned, a cheque not honoured.
        PaymentBounced = "payment_bounced",
        /// The collection was booked by mistake and the booking was undone.
        CollectionCorrected = "collection_corrected",
    }
    Refund {
        /// Some of what was collected was given back.
        RefundedPart = "refunded_part",
        /// All that was still kept was given back.
        RefundedRest = "refunded_rest",
        /// No refund reached the buyer: what was sent came back or was cancelled.
        RefundFailed = "refund_failed",
        /// One of several refunds did not reach the buyer.
        RefundPartlyFailed = "refund_partly_failed",
        /// More was collected after everything had been given back.
        CollectedMore = "collected_more",
    }
    Dispute {
        /// The buyer's bank contested the payment.
        DisputeOpened = "dispute_opened",
        /// The bank decided against the seller, or the seller gave in.
        DisputeLost = "dispute_lost",
        /// The bank decided for the seller, at once or on appeal, or the buyer gave in.
        DisputeWon = "dispute_won",
        /// A decided dispute went to another round.
        DisputeReopened = "dispute_reopened",
    }
    Billing {
        /// Some of the order was put on posted invoices.
        BilledPart = "billed_part",
        /// All that was still open was put on posted invoices.
        BilledRest = "billed_rest",
        /// All that was billed was reversed by credit notes.
        Credited = "credited",
        /// Every invoice was voided or deleted.
        InvoiceVoided = "invoice_voided",
        /// One of several invoices was voided, or the order outgrew its invoices.
        InvoicePartlyVoided = "invoice_partly_voided",
        /// The credit note was voided: what was billed stands again.
        CreditVoided = "credit_voided",
    }
    Fulfillment {
        /// Stock turned out to be missing.
        Backordered = "backordered",
        /// Stock was reserved, or the work released to a warehouse.
        Allocated = "allocated",
        /// The last goods were taken from the shelf.
        Picked = "picked",
        /// The last parcel was closed.
        Packed = "packed",
        /// Some goods left our hands and some are still to leave.
        ShippedPart = "shipped_part",
        /// The last goods that are to leave left our hands.
        ShippedRest = "shipped_rest",
        /// What had not left yet is not to leave any more; other parts did leave.
        RestDropped = "rest_dropped",
        /// Nothing is to leave any more, and nothing did.
        GoodsDropped = "goods_dropped",
        /// Something is to leave after all: a line was added, an order reinstated.
        GoodsAdded = "goods_added",
        /// Something is to leave again: a line was added, a part recalled, a replacement is owed.
        PartReopened = "part_reopened",
        /// The reservation was given back.
        Deallocated = "deallocated",
        /// Picked goods went back to the shelf and stay reserved.
        Unpicked = "unpicked",
        /// Parcels were opened again.
        Unpacked = "unpacked",
        /// The hand-over never happened: the parcel still stands in our house.
        ShipmentVoided = "shipment_voided",
        /// All that had left was taken back and is still to leave.
        Recalled = "recalled",
        /// All that had left was taken back and is not to leave any more.
        Intercepted = "intercepted",
    }
    Delivery {
        /// A carrier has the parcels.
        Departed = "departed",
        /// The parcels wait for the buyer at a counter, a locker or a post office.
        ArrivedForPickup = "arrived_for_pickup",
        /// Some parcels reached the buyer.
        DeliveredPart = "delivered_part",
        /// The last parcel reached the buyer.
        DeliveredRest = "delivered_rest",
        /// The parcels will not arrive: lost, refused, undeliverable, never collected.
        DeliveryFailed = "delivery_failed",
        /// What failed to arrive was sent once more.
        Resent = "resent",
        /// The parcel is on its way after all: the scan that said delivered was wrong.
        ScanCorrected = "scan_corrected",
        /// One of the parcels did not arrive after all, or one more is to come.
        DeliveryReopened = "delivery_reopened",
        /// Nothing arrived, whatever was scanned.
        DeliveryDisproved = "delivery_disproved",
        /// The tracking was not this order's, or its shipment was taken back.
        TrackingDropped = "tracking_dropped",
    }
    Returns {
        /// The buyer asked to return goods.
        ReturnRequested = "return_requested",
        /// The return was agreed to.
        ReturnApproved = "return_approved",
        /// Goods are on their way back, announced or not.
        ReturnSent = "return_sent",
        /// Some of what is to come back is here.
        ReturnReceivedPart = "return_received_part",
        /// The last of what is to come back is here.
        ReturnReceivedRest = "return_received_rest",
        /// The return was refused, on request or at inspection.
        ReturnDeclined = "return_declined",
        /// The return was given up and nothing comes back.
        ReturnWithdrawn = "return_withdrawn",
        /// Goods were booked as received by mistake: they are still on their way.
        ReceiptUndone = "receipt_undone",
    }
    Stage {
        /// The record was released for work.
        Accepted = "accepted",
        /// The record was put away.
        Closed = "closed",
        /// A record that had been put away is worked on again.
        Reopened = "reopened",
        /// The record waits for approval again.
        SentBack = "sent_back",
    }
    Hold {
        /// Somebody or some rule stopped the work.
        Held = "held",
        /// The work goes on.
        Released = "released",
    }
}

impl Event {
    /// The state in which it ends, from wherever it comes.
    pub const fn outcome(self) -> State {
        #[expect(
            clippy::indexing_slicing,
            reason = "an event's number is a place of OUTCOMES: both have one entry per event"
        )]
        OUTCOMES[self as usize]
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Event {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .iter()
            .copied()
            .find(|event| event.as_str() == text)
            .ok_or_else(|| UnknownName::new(text, "event", Self::NAMES))
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;

    #[test]
    fn the_list_holds_every_event_once_and_names_round_trip() {
        assert_eq!(Event::ALL, Event::VARIANTS);
        for event in Event::ALL {
            assert_eq!(event.as_str().parse().as_ref(), Ok(event));
            assert_eq!(event.outcome().facet(), event.facet());
        }
    }
}
