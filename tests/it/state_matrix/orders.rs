//! Orders that stand for the milestones, as one system tells them to another.

use std::collections::BTreeSet;

use order_status::facet::{
    Billing, Delivery, Dispute, Facet, Fulfillment, Goods, Lifecycle, Payment, Refund, Returns,
    Stage, Terms,
};
use order_status::milestone::Milestone;
use order_status::state::{FacetSet, OrderState, StateSet};

/// An order that stands for a milestone.
pub(super) struct Order {
    /// What it is called on the page, beside its milestone.
    name: &'static str,
    pub(super) milestone: Milestone,
    pub(super) states: StateSet,
}

const fn order(name: &'static str, milestone: Milestone, states: StateSet) -> Order {
    Order { name, milestone, states }
}

/// An ordinary order, from which the others differ: parcels, paid in advance, nothing back.
///
/// It says all that a shop and a gateway together would know, as what is left out is undetermined.
/// Paper is left out: only an ERP knows it, and starts without. So are the desks of systems (stage,
/// hold): what is told to another system never carries them.
pub(super) fn paid() -> StateSet {
    let open = [Facet::Billing, Facet::Stage, Facet::Hold];
    let placed = StateSet::from(OrderState::PLACED).forget(open);
    placed.with(Payment::Paid).with(Terms::Prepaid).with(Goods::Ship)
}

/// The orders, in the order of the milestones.
pub(super) fn orders() -> Vec<Order> {
    let paid = paid();
    let unpaid = paid.with(Payment::Unpaid);
    let gone = paid.with(Fulfillment::Shipped);
    let arrived = gone.with(Delivery::Delivered);
    let cancelled = paid.with(Lifecycle::Cancelled).with(Fulfillment::NotRequired);
    let not_gone = [
        Fulfillment::Unfulfilled,
        Fulfillment::Backordered,
        Fulfillment::Allocated,
        Fulfillment::Picked,
        Fulfillment::Packed,
    ];
    let not_gone = not_gone.into_iter().fold(FacetSet::none(Facet::Fulfillment), FacetSet::with);
    let on_the_way = paid.with(Delivery::InTransit);
    vec![
        order("", Milestone::Draft, unpaid.with(Lifecycle::Draft)),
        order("", Milestone::AwaitingPayment, unpaid),
        order(
            "",
            Milestone::AwaitingApproval,
            // Without a word about any desk this is as far as anybody but the approver can tell.
            paid.with(Payment::Authorized).with(Stage::Pending),
        ),
        order("", Milestone::AwaitingFulfillment, paid),
        order("on delivery", Milestone::AwaitingFulfillment, unpaid.with(Terms::OnDelivery)),
        order("", Milestone::InPreparation, paid.with(Fulfillment::Packed)),
        order("", Milestone::NotShipped, paid.with_set(not_gone)),
        order("", Milestone::PartiallyShipped, on_the_way.with(Fulfillment::PartiallyShipped)),
        order("", Milestone::Shipped, on_the_way.with(Fulfillment::Shipped)),
        order(
            "",
            Milestone::ReadyForPickup,
            gone.with(Delivery::ReadyForPickup).with(Goods::Pickup),
        ),
        order("", Milestone::PartiallyDelivered, gone.with(Delivery::PartiallyDelivered)),
        order("", Milestone::Delivered, arrived),
        order("billed", Milestone::Delivered, arrived.with(Billing::Billed)),
        order("partly refunded", Milestone::Delivered, arrived.with(Refund::Partial)),
        order("", Milestone::DeliveryFailed, gone.with(Delivery::Failed)),
        order(
            "download",
            Milestone::Completed,
            paid.with(Fulfillment::NotRequired).with(Goods::Digital),
        ),
        order("", Milestone::Cancelling, paid.with(Lifecycle::Cancelling)),
        order("before capture", Milestone::Cancelled, cancelled.with(Payment::Voided)),
        order("and refunded", Milestone::Cancelled, cancelled.with(Refund::Full)),
        order("", Milestone::Disputed, arrived.with(Dispute::Open)),
        order("", Milestone::ChargedBack, arrived.with(Dispute::Lost)),
        order("", Milestone::Returning, arrived.with(Returns::Approved)),
        order("", Milestone::Returned, arrived.with(Returns::Received)),
        order("", Milestone::Refunded, arrived.with(Returns::Received).with(Refund::Full)),
    ]
}

impl Order {
    pub(super) fn title(&self) -> String {
        let milestone = self.milestone;
        if self.name.is_empty() {
            milestone.to_string()
        } else {
            format!("{milestone}, {}", self.name)
        }
    }
}

/// Milestones that no order told by one system to another can stand for.
pub(super) const NOT_TOLD: [(Milestone, &str); 3] = [
    (Milestone::OnHold, "a hold lies on one system's desk and is not handed on"),
    (Milestone::Unknown, "too little is known"),
    (Milestone::Contradictory, "no order is like that"),
];

#[test]
fn each_order_stands_for_its_milestone_and_each_milestone_has_one() {
    let mut told = BTreeSet::new();
    for order in orders() {
        assert_eq!(Milestone::of(order.states), order.milestone, "{}", order.states);
        told.insert(order.milestone);
    }
    told.extend(NOT_TOLD.map(|(milestone, _)| milestone));
    assert!(told.iter().eq(Milestone::ALL));
    let titles: BTreeSet<_> = orders().iter().map(Order::title).collect();
    assert_eq!(titles.len(), orders().len());
}
