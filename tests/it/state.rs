//! The algebra of boxes, and the spanning rules.
//!
//! | law | kind | says |
//! |---|---|---|
//! | meet | property | an order lies in `a & b` exactly where it lies in both |
//! | join | property | `a \| b` is the smallest box around both |
//! | minus | property | the pieces are disjoint, lie in the box, miss the other, and nothing is lost |
//! | tightened | property | the smallest box around the possible orders of a box, by enumeration |
//! | count | property | as many orders as enumeration finds |
//! | rules | exhaustive | an order is impossible exactly where its box tightens to nothing; counts are pinned |

use order_status::facet::{Facet, Hold, Stage, State};
use order_status::state::spanning::{RULES, Verdict, judge};
use order_status::state::{FacetSet, OrderState, StateSet};
use proptest::prelude::*;

/// Any box, empty facets left out; half of the facets are *any*, as in real claims.
pub(crate) fn boxes() -> impl Strategy<Value = StateSet> {
    prop::collection::vec((any::<bool>(), any::<u8>()), Facet::ALL.len()).prop_map(|lanes| {
        Facet::ALL.into_iter().zip(lanes).fold(StateSet::ANY, |set, (facet, (any, bits))| {
            let states = facet
                .states()
                .filter(|state| bits & (1 << state.index()) != 0)
                .fold(FacetSet::none(facet), FacetSet::with);
            if any || states.is_empty() { set } else { set.with_set(states) }
        })
    })
}

/// Boxes of few orders, so that enumerating them is quick: at most two states per facet.
fn small_boxes() -> impl Strategy<Value = StateSet> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 10)
        .prop_map(|lanes| {
            Facet::STATE.into_iter().zip(lanes).fold(StateSet::ANY, |set, (facet, (a, b))| {
                let states: Vec<State> = facet.states().collect();
                let two = [a.get(&states), b.get(&states)];
                set.with_set(two.into_iter().fold(FacetSet::none(facet), |set, s| set.with(*s)))
            })
        })
}

fn orders() -> impl Strategy<Value = OrderState> {
    prop::collection::vec(any::<prop::sample::Index>(), 10).prop_map(|lanes| {
        Facet::STATE.into_iter().zip(lanes).fold(OrderState::PLACED, |order, (facet, index)| {
            let states: Vec<State> = facet.states().collect();
            order.with(*index.get(&states))
        })
    })
}

fn naive_hull(orders: impl Iterator<Item = OrderState>, circumstances: StateSet) -> StateSet {
    let circumstances = circumstances.only(&[Facet::Terms, Facet::Goods]);
    orders
        .map(|order| StateSet::from(order) & circumstances)
        .reduce(|a, b| a | b)
        .unwrap_or(StateSet::EMPTY)
}

proptest! {
    #[test]
    fn meet_is_both_and_join_is_around_both(a in boxes(), b in boxes(), order in orders()) {
        prop_assert_eq!((a & b).contains(order), a.contains(order) && b.contains(order));
        prop_assert!(a.is_within(a | b) && b.is_within(a | b));
        for facet in Facet::ALL {
            for state in (a | b).of(facet).iter() {
                prop_assert!(a.of(facet).contains(state) || b.of(facet).contains(state));
            }
        }
        prop_assert_eq!(a & a, a);
        prop_assert_eq!(a & b, b & a);
        prop_assert_eq!((a & b) | a, a);
    }

    #[test]
    fn minus_is_disjoint_and_covers(a in boxes(), b in boxes(), order in orders()) {
        let pieces: Vec<_> = a.minus(b).collect();
        for (place, piece) in pieces.iter().enumerate() {
            prop_assert!(!piece.is_empty());
            prop_assert!(piece.is_within(a));
            prop_assert!((*piece & b).is_empty());
            for other in pieces.iter().skip(place + 1) {
                prop_assert!((*piece & *other).is_empty());
            }
        }
        let left: u64 = pieces.iter().map(|piece| piece.count()).sum();
        prop_assert_eq!(left + (a & b).count(), a.count());
        if a.contains(order) && !b.contains(order) {
            prop_assert!(pieces.iter().any(|piece| piece.contains(order)));
        }
    }

    #[test]
    fn contradiction_names_the_shared_facets_without_a_common_state(a in boxes(), b in boxes()) {
        let named: Vec<_> = a.contradiction(b).iter().collect();
        let naive: Vec<_> = Facet::SHARED
            .into_iter()
            .filter(|facet| !a.of(*facet).iter().any(|state| b.of(*facet).contains(state)))
            .collect();
        prop_assert_eq!(named, naive);
        prop_assert_eq!((a & b).is_empty(), (a & b).empty_facets().next().is_some());
    }

    #[test]
    fn tightened_is_the_smallest_box_around_the_possible(a in small_boxes()) {
        let possible = a.orders().filter(|order| !matches!(judge(*order), Verdict::Impossible(_)));
        prop_assert_eq!(a.tightened(), naive_hull(possible, a));
        prop_assert_eq!(a.tightened().tightened(), a.tightened());
        prop_assert_eq!(naive_hull(a.orders(), a), a);
    }

    #[test]
    fn count_is_the_number_of_orders_times_circumstances(a in small_boxes()) {
        prop_assert_eq!(a.count(), a.orders().count() as u64 * 4 * 5);
    }

    #[test]
    fn a_box_reads_as_it_prints(a in boxes()) {
        let json = serde_json::to_string(&a).unwrap();
        prop_assert_eq!(serde_json::from_str::<StateSet>(&json).unwrap(), a);
    }
}

/// All orders, by what the spanning rules say of them; no circumstance is known.
#[test]
fn counts() {
    for rule in RULES {
        for local in [Facet::Stage, Facet::Hold] {
            assert!(rule.combination().of(local).is_any(), "{} looks at {local}", rule.id());
        }
    }
    let desk = StateSet::ANY.with(Stage::Active).with(Hold::Clear);
    let desks = 3 * 2;
    let (mut normal, mut suspicious, mut impossible) = (0, 0, 0);
    for order in desk.orders() {
        let verdict = judge(order);
        let is_impossible = matches!(verdict, Verdict::Impossible(_));
        assert_eq!(StateSet::from(order).tightened().is_empty(), is_impossible, "{order}");
        match verdict {
            Verdict::Normal => normal += desks,
            Verdict::Suspicious(_) => suspicious += desks,
            Verdict::Impossible(_) => impossible += desks,
        }
    }
    let total = normal + suspicious + impossible;
    assert_eq!(total, StateSet::ANY.count() / (4 * 5));
    insta::assert_snapshot!(
        format!(
            "total {total}, possible {}: suspicious {suspicious}, normal {normal}",
            suspicious + normal
        ),
        @"total 2322432, possible 218496: suspicious 156780, normal 61716"
    );
}

#[test]
fn rules_have_their_own_names_and_each_says_something_of_its_own() {
    for (place, rule) in RULES.iter().enumerate() {
        assert!(!rule.combination().is_empty(), "{}", rule.id());
        for other in RULES.iter().skip(place + 1) {
            assert_ne!(rule.id(), other.id());
        }
        if !rule.is_impossible() {
            let left = rule.combination().tightened();
            assert!(!left.is_empty(), "{} is about impossible orders only", rule.id());
        }
    }
    let first_suspicious = RULES.iter().position(|rule| !rule.is_impossible());
    assert!(RULES.iter().skip(first_suspicious.unwrap()).all(|rule| !rule.is_impossible()));
}
