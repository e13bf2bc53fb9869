//! Views of one order, compared.
//!
//! | law | kind | says |
//! |---|---|---|
//! | batch | property | a pair in the table of pairs comes to what comparing the two comes to |
//! | order of records | property | records of an order come in any order: the same is found |
//! | order of systems | property | systems are named in any order: the same is found |
//! | possible | property | facts only narrow a view's claim, and what has a part never says more than parts can |
//! | places | property | what contradicts itself is shown at values that speak of it |

mod finding;
mod merchant;
mod view;

use std::collections::BTreeSet;

use order_status::compare::{Batch, Presence, View, ViewCode, compare};
use order_status::mapping::{Mapping, Role};
use order_status::rollup::lift;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use self::merchant::{Order, orders, patterns, systems, told};

/// What is found in an order, sorted.
fn found(order: &Order, systems: &[&Mapping]) -> Vec<String> {
    let of_order = |views: &Vec<View<'_>>| {
        let findings = compare(views, patterns());
        findings.iter().map(|finding| told(finding, views)).collect::<Vec<_>>()
    };
    let mut found: Vec<_> = order.views(systems).iter().flat_map(of_order).collect();
    found.sort();
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_batch_says_what_comparing_says(orders in prop::collection::vec(orders(), 8..16)) {
        let systems = systems();
        let mut batch = Batch::new(patterns());
        let views: Vec<_> = orders.iter().flat_map(|order| order.views(&systems)).flatten().collect();
        let codes: Vec<_> =
            views.iter().map(|view| batch.intern(view.clone()).unwrap()).collect();
        for (a, a_code) in views.iter().zip(&codes) {
            for (b, b_code) in views.iter().zip(&codes) {
                let pair = [a.clone(), b.clone()];
                let direct: Vec<_> =
                    compare(&pair, patterns()).iter().map(|finding| told(finding, &pair)).collect();
                let class = batch.classify(*a_code, *b_code);
                let of_class: Vec<_> =
                    batch.findings(class).iter().map(|finding| told(finding, &pair)).collect();
                prop_assert_eq!(&direct, &of_class);
                prop_assert_eq!(class.is_agreement(), direct.is_empty());
                prop_assert_eq!(batch.known(*a_code, *b_code), Some(class));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn records_come_in_any_order(
        (order, shuffled) in orders().prop_flat_map(|order| {
            let sent = Just(order.sent.clone()).prop_shuffle();
            (Just(order), sent)
        })
    ) {
        let systems = systems();
        let other = Order { sent: shuffled, complete: order.complete.clone() };
        prop_assert_eq!(found(&order, &systems), found(&other, &systems));
    }

    #[test]
    fn systems_come_in_any_order(
        order in orders(), places in Just((0..7).collect::<Vec<usize>>()).prop_shuffle()
    ) {
        let systems = systems();
        let other: Vec<&Mapping> = places.iter().map(|place| systems[*place]).collect();
        let shuffled = order.with_systems(&places);
        prop_assert_eq!(found(&order, &systems), found(&shuffled, &other));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn what_a_view_claims_can_be(order in orders()) {
        for view in order.views(&systems()).into_iter().flatten() {
            let (claim, own) = (view.claim(), view.own_claim());
            prop_assert!(!claim.states.is_empty() && !own.states.is_empty());
            prop_assert!(claim.states.is_within(claim.certain), "{claim:?}");
            prop_assert!(own.states.is_within(own.certain), "{own:?}");
            // Houses and carriers have parts; beside them there may be anything. What the parts
            // contradict each other in, as if they were all, says nothing by itself.
            let speaks = |facet| !own.states.of(facet).is_any();
            if matches!(view.role(), Role::Wms | Role::Carrier)
                && claim.states.known_facets().all(speaks)
            {
                let lifted = [own.states, own.certain].map(|own| lift(own).tightened());
                prop_assert!(lifted[0].is_within(claim.states), "{own:?} in {claim:?}");
                prop_assert!(lifted[1].is_within(claim.certain), "{own:?} in {claim:?}");
            }
        }
    }

    #[test]
    fn a_contradiction_points_at_what_speaks_of_it(order in orders(), at in any::<Index>()) {
        let mut order = order;
        let first = at.index(order.sent.len().max(1));
        order.sent.rotate_left(first);
        for view in order.views(&systems()).into_iter().flatten() {
            let natives: Vec<_> =
                view.readings().iter().flat_map(|reading| &reading.natives).collect();
            for found in view.contradictions() {
                prop_assert!(!found.facets.is_empty());
                for at in &found.natives {
                    prop_assert!(found.facets.iter().any(|facet| natives[*at].says(*facet)));
                }
            }
        }
    }
}

/// What the laws above speak of is there to be found.
#[test]
fn chance_makes_findings_of_every_kind() {
    let mut runner = TestRunner::deterministic();
    let (mut relations, mut strengths) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..500 {
        let order = orders().new_tree(&mut runner).unwrap().current();
        for views in order.views(&systems()) {
            let findings = compare(&views, patterns());
            relations.extend(findings.iter().map(|finding| finding.relation.as_str()));
            strengths.extend(findings.iter().map(|finding| finding.strength.as_str()));
        }
    }
    assert!(relations.into_iter().eq(["agreement", "contradiction", "deviation", "presence"]));
    assert!(strengths.into_iter().eq(["certain", "suspected"]));
}

/// A table of a few hundred views has more pairs with findings than two bytes can number.
#[test]
fn a_batch_says_what_comparing_says_however_many_pairs_have_findings() {
    let systems = systems();
    let mut runner = TestRunner::deterministic();
    let mut batch = Batch::new(patterns());
    let mut views: Vec<(View<'_>, ViewCode)> = Vec::new();
    let mut met = BTreeSet::new();
    while views.len() < 380 {
        let order = orders().new_tree(&mut runner).unwrap().current();
        for view in order.views(&systems).into_iter().flatten() {
            let code = batch.intern(view.clone()).unwrap();
            if view.presence() == Presence::Present && met.insert(code) {
                views.push((view, code));
            }
        }
    }
    let mut pairs = 0;
    for (_, a) in &views {
        for (_, b) in &views {
            pairs += usize::from(!batch.classify(*a, *b).is_agreement());
        }
    }
    assert!(pairs > usize::from(u16::MAX), "{pairs}");
    for ((a, a_code), (b, b_code)) in views.iter().zip(views.iter().rev()) {
        let pair = [a.clone(), b.clone()];
        let class = batch.classify(*a_code, *b_code);
        let of_class: Vec<_> = batch.findings(class).iter().map(|it| told(it, &pair)).collect();
        let direct: Vec<_> = compare(&pair, patterns()).iter().map(|it| told(it, &pair)).collect();
        assert_eq!(direct, of_class);
    }
}
