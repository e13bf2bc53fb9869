//! The rules that span facets: which combinations cannot be, and which deserve a second look.
//!
//! Facets are independent questions, and yet a parcel cannot be delivered before it left. Each
//! rule is one box of combinations with a name and a reason. *Impossible* ones are also used to
//! tighten claims ([`StateSet::tightened`]): a status row states the fulfillment, and what that
//! means for the delivery follows.

use alloc::vec::Vec;

use super::order::OrderState;
use super::set::{FacetSet, StateSet};
use crate::facet::{
    Billing, Delivery, Dispute, Facet, Fulfillment, Goods, Lifecycle, Payment, Refund, Returns,
    Terms,
};

/// One combination of facets with a name.
///
/// ```
/// use order_status::state::spanning::RULES;
///
/// for rule in RULES.iter().filter(|rule| rule.is_impossible()) {
///     println!("{}: {} ({})", rule.id(), rule.reason(), rule.combination());
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpanningRule {
    id: &'static str,
    impossible: bool,
    combination: StateSet,
    reason: &'static str,
}

impl SpanningRule {
    /// The name, kebab-case.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// Can the combination not be at all, or is it only worth a second look?
    pub const fn is_impossible(&self) -> bool {
        self.impossible
    }

    /// The combinations that the rule is about.
    pub const fn combination(&self) -> StateSet {
        self.combination
    }

    /// Why, in one sentence.
    pub const fn reason(&self) -> &'static str {
        self.reason
    }
}

/// What the spanning rules say of one order.
///
/// ```
/// use order_status::facet::{Delivery, Lifecycle};
/// use order_status::state::OrderState;
/// use order_status::state::spanning::{Verdict, judge};
///
/// assert_eq!(judge(OrderState::PLACED), Verdict::Normal);
/// let delivered = OrderState { delivery: Delivery::Delivered, ..OrderState::PLACED };
/// let Verdict::Impossible(rules) = judge(delivered) else { unreachable!() };
/// assert_eq!(rules[0].id(), "delivery-before-shipment");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the three answers are the question")]
pub enum Verdict {
    /// No rule has anything to say.
    Normal,
    /// It happens, and these rules say why somebody should look.
    Suspicious(Vec<&'static SpanningRule>),
    /// It cannot be, for these reasons; suspicious ones are left out.
    Impossible(Vec<&'static SpanningRule>),
}

/// Judges one order of which no circumstance is known.
///
/// ```
/// use order_status::facet::Refund;
/// use order_status::state::OrderState;
/// use order_status::state::spanning::{Verdict, judge};
///
/// let refunded = OrderState { refund: Refund::Full, ..OrderState::PLACED };
/// let Verdict::Impossible(rules) = judge(refunded) else { panic!("nothing was collected") };
/// assert_eq!(rules[0].id(), "refund-without-collection");
/// ```
pub fn judge(order: OrderState) -> Verdict {
    judge_under(order, StateSet::ANY)
}

/// Judges one order under the circumstances of this box, whose other facets do not count.
///
/// A rule that depends on a circumstance fits where the circumstance is known: an unknown one
/// neither accuses nor excuses.
///
/// ```
/// use order_status::facet::{Fulfillment, Terms};
/// use order_status::state::spanning::{Verdict, judge, judge_under};
/// use order_status::state::{OrderState, StateSet};
///
/// let shipped = OrderState { fulfillment: Fulfillment::Shipped, ..OrderState::PLACED };
/// assert_eq!(judge(shipped), Verdict::Normal);
///
/// let prepaid = StateSet::ANY.with(Terms::Prepaid);
/// assert!(matches!(judge_under(shipped, prepaid), Verdict::Suspicious(_)));
/// ```
pub fn judge_under(order: OrderState, circumstances: StateSet) -> Verdict {
    let known = StateSet::from(order) & circumstances.only(&[Facet::Terms, Facet::Goods]);
    let fits = |rule: &&SpanningRule| known.is_within(rule.combination);
    let (impossible, suspicious): (Vec<_>, Vec<_>) =
        RULES.iter().filter(fits).partition(|rule| rule.impossible);
    match (impossible.is_empty(), suspicious.is_empty()) {
        (true, true) => Verdict::Normal,
        (true, false) => Verdict::Suspicious(suspicious),
        (false, _) => Verdict::Impossible(impossible),
    }
}

/// What circumstances alone say of an order: nothing leaves of downloads, and nothing is due where
/// there is nothing to pay.
///
/// ```
/// use order_status::facet::{Facet, Goods};
/// use order_status::state::StateSet;
/// use order_status::state::spanning::implied;
///
/// let download = StateSet::ANY.with(Goods::Digital);
/// assert_eq!(implied(download).of(Facet::Fulfillment).to_string(), "not_required");
/// assert_eq!(implied(StateSet::ANY), StateSet::ANY);
/// ```
pub fn implied(circumstances: StateSet) -> StateSet {
    let known = |facet, bits| circumstances.of(facet) == FacetSet::from_bits(facet, bits);
    let mut implied = StateSet::ANY;
    if known(Facet::Goods, Goods::Digital.bit()) {
        implied = implied.with(Fulfillment::NotRequired);
    }
    if known(Facet::Terms, Terms::NothingToPay.bit()) {
        implied = implied.with(Payment::Paid);
    }
    implied
}

/// Every rule, impossible ones first.
///
/// ```
/// use order_status::state::spanning::RULES;
///
/// let rule = RULES.iter().find(|rule| rule.id() == "delivery-before-shipment").unwrap();
/// assert!(rule.is_impossible());
/// ```
pub const RULES: &[SpanningRule] = &[
    SpanningRule {
        id: "delivery-before-shipment",
        impossible: true,
        combination: StateSet::ANY
            .with_set(fulfillment(NOT_GONE))
            .with_set(delivery(!Delivery::None.bit())),
        reason: "a parcel that is on its way or arrived has left us",
    },
    SpanningRule {
        id: "delivered-while-partly-shipped",
        impossible: true,
        combination: StateSet::ANY
            .with_set(fulfillment(Fulfillment::PartiallyShipped.bit()))
            .with_set(delivery(Delivery::Delivered.bit())),
        reason: "while goods are still with us, the order can be delivered in part at most",
    },
    SpanningRule {
        id: "refund-without-collection",
        impossible: true,
        combination: StateSet::ANY
            .with_set(payment(NOT_COLLECTED))
            .with_set(FacetSet::from_bits(Facet::Refund, !Refund::None.bit())),
        reason: "only collected money can be given back; a released authorization is `voided`",
    },
    SpanningRule {
        id: "dispute-without-collection",
        impossible: true,
        combination: StateSet::ANY
            .with_set(payment(NOT_COLLECTED))
            .with_set(FacetSet::from_bits(Facet::Dispute, !Dispute::None.bit())),
        reason: "only collected money can be contested",
    },
    SpanningRule {
        id: "goods-back-before-shipment",
        impossible: true,
        combination: StateSet::ANY
            .with_set(fulfillment(NOT_GONE))
            .with_set(returns(GOODS_MOVE_BACK)),
        reason: "goods that come back have left us",
    },
    SpanningRule {
        id: "cancelled-with-goods-to-ship",
        impossible: true,
        combination: StateSet::ANY
            .with_set(lifecycle(Lifecycle::Cancelled.bit()))
            .with_set(fulfillment(NOT_GONE & !Fulfillment::NotRequired.bit())),
        reason: "nothing of a cancelled order is to leave any more",
    },
    SpanningRule {
        id: "draft-with-goods-out",
        impossible: true,
        combination: StateSet::ANY
            .with_set(lifecycle(Lifecycle::Draft.bit()))
            .with_set(fulfillment(!NOT_GONE)),
        reason: "goods leave for an order, never for a quote",
    },
    SpanningRule {
        id: "draft-with-return",
        impossible: true,
        combination: StateSet::ANY
            .with_set(lifecycle(Lifecycle::Draft.bit()))
            .with_set(returns(!Returns::None.bit())),
        reason: "what was never ordered cannot be returned",
    },
    SpanningRule {
        id: "draft-with-invoice",
        impossible: true,
        combination: StateSet::ANY
            .with_set(lifecycle(Lifecycle::Draft.bit()))
            .with_set(FacetSet::from_bits(Facet::Billing, !Billing::Unbilled.bit())),
        reason: "an invoice is written for an order, never for a quote",
    },
    SpanningRule {
        id: "cancelled-with-goods-out",
        impossible: false,
        combination: StateSet::ANY
            .with_set(lifecycle(Lifecycle::Cancelled.bit()))
            .with_set(fulfillment(!NOT_GONE)),
        reason: "goods left for an order that is cancelled: they need a return",
    },
    SpanningRule {
        id: "cancelled-with-money-kept",
        impossible: false,
        combination: StateSet::ANY
            .with_set(lifecycle(Lifecycle::Cancelled.bit()))
            .with_set(payment(!NOT_COLLECTED))
            .with_set(FacetSet::from_bits(Facet::Refund, Refund::None.bit())),
        reason: "the order is cancelled and the buyer's money was not given back",
    },
    SpanningRule {
        id: "cancelled-with-reservation",
        impossible: false,
        combination: StateSet::ANY
            .with_set(lifecycle(Lifecycle::Cancelled.bit()))
            .with_set(payment(Payment::Authorized.bit() | Payment::Processing.bit())),
        reason: "the order is cancelled and its payment may still be taken",
    },
    SpanningRule {
        id: "refunded-before-shipment",
        impossible: false,
        combination: StateSet::ANY
            .with_set(lifecycle(Lifecycle::Placed.bit()))
            .with_set(FacetSet::from_bits(Facet::Refund, Refund::Full.bit()))
            .with_set(fulfillment(NOT_GONE & !Fulfillment::NotRequired.bit())),
        reason: "all money was given back and goods are still to leave",
    },
    SpanningRule {
        id: "return-before-shipment",
        impossible: false,
        combination: StateSet::ANY
            .with_set(fulfillment(NOT_GONE))
            .with_set(returns(Returns::Requested.bit() | Returns::Approved.bit())),
        reason: "a return is asked for before anything left: a cancellation may be meant",
    },
    SpanningRule {
        id: "shipped-without-payment",
        impossible: false,
        combination: StateSet::ANY
            .with_set(FacetSet::from_bits(Facet::Terms, Terms::Prepaid.bit()))
            .with_set(payment(
                Payment::Unpaid.bit() | Payment::Failed.bit() | Payment::Voided.bit(),
            ))
            .with_set(fulfillment(!NOT_GONE)),
        reason: "the buyer was to pay first, did not, and goods left",
    },
    SpanningRule {
        id: "unpaid-with-nothing-to-pay",
        impossible: false,
        combination: StateSet::ANY
            .with_set(FacetSet::from_bits(Facet::Terms, Terms::NothingToPay.bit()))
            .with_set(payment(!Payment::Paid.bit())),
        reason: "a total of zero is paid",
    },
    SpanningRule {
        id: "overpaid",
        impossible: false,
        combination: StateSet::ANY
            .with_set(payment(Payment::Overpaid.bit()))
            .with_set(FacetSet::from_bits(Facet::Refund, Refund::None.bit())),
        reason: "more was collected than is due and nothing of it was given back",
    },
    SpanningRule {
        id: "cancelled-with-invoice",
        impossible: false,
        combination: StateSet::ANY
            .with_set(lifecycle(Lifecycle::Cancelled.bit()))
            .with_set(FacetSet::from_bits(
                Facet::Billing,
                Billing::Billed.bit() | Billing::PartiallyBilled.bit(),
            ))
            .with_set(fulfillment(Fulfillment::NotRequired.bit())),
        reason: "the order is cancelled, nothing left, and its invoice still stands",
    },
    SpanningRule {
        id: "draft-with-money",
        impossible: false,
        combination: StateSet::ANY
            .with_set(lifecycle(Lifecycle::Draft.bit()))
            .with_set(payment(!NOT_COLLECTED)),
        reason: "money was collected for something that nobody ordered yet: a deposit, or a lost order",
    },
    SpanningRule {
        id: "refunded-and-disputed",
        impossible: false,
        combination: StateSet::ANY
            .with_set(FacetSet::from_bits(Facet::Refund, !Refund::None.bit()))
            .with_set(FacetSet::from_bits(Facet::Dispute, !Dispute::None.bit())),
        reason: "the buyer got money back and contests the payment too: the money may go twice",
    },
    SpanningRule {
        id: "returned-with-money-kept",
        impossible: false,
        combination: StateSet::ANY
            .with_set(payment(!NOT_COLLECTED))
            .with_set(FacetSet::from_bits(Facet::Refund, Refund::None.bit()))
            .with_set(FacetSet::from_bits(Facet::Dispute, !Dispute::Lost.bit()))
            .with_set(returns(Returns::Received.bit())),
        reason: "the goods are back and nothing was given back for them",
    },
    SpanningRule {
        id: "refunded-with-goods-kept",
        impossible: false,
        combination: StateSet::ANY
            .with_set(lifecycle(!Lifecycle::Cancelled.bit()))
            .with_set(FacetSet::from_bits(Facet::Refund, Refund::Full.bit()))
            .with_set(fulfillment(!NOT_GONE))
            .with_set(delivery(!Delivery::Failed.bit()))
            .with_set(returns(Returns::None.bit() | Returns::Declined.bit())),
        reason: "all money was given back, and nobody asked for the goods: goodwill, or a loss",
    },
    SpanningRule {
        id: "credited-with-money-kept",
        impossible: false,
        combination: StateSet::ANY
            .with_set(payment(!NOT_COLLECTED))
            .with_set(FacetSet::from_bits(Facet::Refund, Refund::None.bit()))
            .with_set(FacetSet::from_bits(Facet::Billing, Billing::Credited.bit())),
        reason: "the paper says that the buyer owes nothing, and the buyer's money is still here",
    },
];

const NOT_GONE: u8 = Fulfillment::NotRequired.bit()
    | Fulfillment::Unfulfilled.bit()
    | Fulfillment::Backordered.bit()
    | Fulfillment::Allocated.bit()
    | Fulfillment::Picked.bit()
    | Fulfillment::Packed.bit();

const NOT_COLLECTED: u8 = Payment::Unpaid.bit()
    | Payment::Processing.bit()
    | Payment::Authorized.bit()
    | Payment::Voided.bit()
    | Payment::Failed.bit();

const GOODS_MOVE_BACK: u8 =
    Returns::InTransit.bit() | Returns::PartiallyReceived.bit() | Returns::Received.bit();

const fn lifecycle(bits: u8) -> FacetSet {
    FacetSet::from_bits(Facet::Lifecycle, bits)
}

const fn payment(bits: u8) -> FacetSet {
    FacetSet::from_bits(Facet::Payment, bits)
}

const fn fulfillment(bits: u8) -> FacetSet {
    FacetSet::from_bits(Facet::Fulfillment, bits)
}

const fn delivery(bits: u8) -> FacetSet {
    FacetSet::from_bits(Facet::Delivery, bits)
}

const fn returns(bits: u8) -> FacetSet {
    FacetSet::from_bits(Facet::Returns, bits)
}

/// The possible orders as disjoint boxes: all orders, less every impossible combination.
pub(crate) fn possible() -> &'static [StateSet] {
    const { POSSIBLE.as_slice() }
}

const POSSIBLE: Boxes = subtract_impossible();

#[derive(Clone, Copy)]
struct Boxes {
    boxes: [StateSet; 64],
    len: usize,
}

impl Boxes {
    const NONE: Self = Self { boxes: [StateSet::EMPTY; 64], len: 0 };

    #[expect(
        clippy::indexing_slicing,
        reason = "a constant: a list that is too short would not compile"
    )]
    const fn push(mut self, set: StateSet) -> Self {
        self.boxes[self.len] = set;
        self.len += 1;
        self
    }

    const fn as_slice(&'static self) -> &'static [StateSet] {
        self.boxes.split_at(self.len).0
    }
}

#[expect(clippy::indexing_slicing, reason = "a constant: out of range would not compile")]
const fn subtract_impossible() -> Boxes {
    let mut possible = Boxes::NONE.push(StateSet::ANY);
    let mut rule = 0;
    while rule < RULES.len() {
        if RULES[rule].impossible {
            let mut left = Boxes::NONE;
            let mut i = 0;
            while i < possible.len {
                left = push_difference(left, possible.boxes[i], RULES[rule].combination);
                i += 1;
            }
            possible = left;
        }
        rule += 1;
    }
    possible
}

/// `minus`, in a form that a constant can compute.
#[expect(clippy::indexing_slicing, reason = "a constant: out of range would not compile")]
const fn push_difference(mut into: Boxes, set: StateSet, other: StateSet) -> Boxes {
    let mut rest = set;
    if StateSet::from_bits(set.bits() & other.bits()).is_empty() {
        return into.push(set);
    }
    let mut i = 0;
    while i < Facet::ALL.len() {
        let facet = Facet::ALL[i];
        let mine = rest.of(facet).bits();
        let theirs = other.of(facet).bits();
        if mine & !theirs != 0 {
            into = into.push(rest.with_set(FacetSet::from_bits(facet, mine & !theirs)));
        }
        rest = rest.with_set(FacetSet::from_bits(facet, mine & theirs));
        i += 1;
    }
    into
}
