//! The headlines.
//!
//! | law | kind | says |
//! |---|---|---|
//! | total | property | every box has a headline, an empty one `contradictory` |
//! | exact-is-known | sampled | every possible order has a headline other than `unknown` |
//! | used | exhaustive | every headline is given to some order or box |
//! | no-dead-rule | exhaustive | every rule is the first to fit somewhere |

use std::collections::BTreeSet;

use order_status::facet::{Facet, Terms};
use order_status::milestone::{Milestone, RULES};
use order_status::state::StateSet;
use proptest::prelude::*;

#[test]
fn every_possible_order_has_a_headline() {
    let mut given = BTreeSet::new();
    for terms in Terms::ALL.iter().map(|terms| StateSet::ANY.with(*terms)).chain([StateSet::ANY]) {
        // A step that no facet's number of states divides: every state of every facet is met.
        for order in StateSet::ANY.orders().step_by(11) {
            let order = StateSet::from(order) & terms;
            let milestone = Milestone::of(order);
            assert_ne!(milestone, Milestone::Unknown, "{order}");
            assert_eq!(milestone == Milestone::Contradictory, order.tightened().is_empty());
            given.insert(milestone);
        }
    }
    // Two words are for what leaves several orders open.
    let not_gone = "fulfillment=not_required|unfulfilled|backordered|allocated|picked|packed";
    let not_gone = crate::docs::read_box(not_gone);
    assert!(!given.contains(&Milestone::of(not_gone)));
    given.extend([not_gone, StateSet::ANY].map(Milestone::of));
    assert!(given.iter().eq(Milestone::ALL), "{given:?}");
}

#[test]
fn every_rule_is_the_first_to_fit_somewhere() {
    for (place, rule) in RULES.iter().enumerate() {
        let within = rule.within().tightened();
        assert!(!within.is_empty(), "{rule:?}");
        let earlier = RULES.iter().take(place);
        assert!(
            earlier.into_iter().all(|earlier| !within.is_within(earlier.within())),
            "{rule:?} never fits"
        );
    }
}

/// Claims as systems make them, with their headlines.
#[test]
fn meanings() {
    let claims = [
        "any",
        "lifecycle=draft",
        "payment=unpaid",
        "payment=unpaid fulfillment=unfulfilled",
        "payment=unpaid fulfillment=unfulfilled stage=active",
        "payment=unpaid fulfillment=unfulfilled terms=prepaid stage=active",
        "payment=unpaid fulfillment=unfulfilled terms=on_invoice",
        "payment=unpaid fulfillment=unfulfilled terms=on_delivery stage=pending",
        "payment=paid fulfillment=unfulfilled stage=pending",
        "payment=paid fulfillment=unfulfilled",
        "fulfillment=unfulfilled|allocated",
        "fulfillment=unfulfilled|picked",
        "payment=paid fulfillment=not_required|unfulfilled|backordered|allocated|picked|packed",
        "payment=unpaid fulfillment=unfulfilled|picked",
        "fulfillment=unfulfilled hold=held",
        "hold=held",
        "fulfillment=picked|packed",
        "fulfillment=partially_shipped",
        "fulfillment=partially_shipped|shipped",
        "fulfillment=shipped",
        "fulfillment=shipped hold=held",
        "delivery=in_transit",
        "fulfillment=shipped delivery=ready_for_pickup",
        "delivery=partially_delivered",
        "delivery=delivered",
        "delivery=delivered stage=closed",
        "delivery=failed",
        "fulfillment=not_required payment=paid",
        "fulfillment=not_required stage=closed",
        "fulfillment=not_required|shipped stage=closed",
        "stage=closed",
        "lifecycle=cancelling fulfillment=packed",
        "lifecycle=cancelled",
        "lifecycle=cancelled fulfillment=shipped",
        "lifecycle=placed|cancelled",
        "dispute=open",
        "dispute=lost",
        "refund=full",
        "refund=partial fulfillment=shipped",
        "returns=requested",
        "returns=received refund=full",
        "returns=received",
        "payment=unpaid refund=full",
    ];
    let mut text = String::new();
    for claim in claims {
        let set = crate::docs::read_box(claim);
        text.push_str(&format!("{claim}: {}\n", Milestone::of(set)));
    }
    insta::assert_snapshot!(text);
}

proptest! {
    #[test]
    fn an_empty_facet_is_contradictory(
        known in crate::state::boxes(),
        facet in prop::sample::select(&Facet::ALL[..]),
    ) {
        let empty = known.with_set(order_status::state::FacetSet::none(facet));
        prop_assert_eq!(Milestone::of(empty), Milestone::Contradictory);
        prop_assert_eq!(Milestone::of(known), Milestone::of(known.tightened()));
    }
}
