//! The side of observations.
//!
//! *Exhaustive* means, facet by facet: of the facets with at most five states every set of states, of
//! the larger ones (payment, fulfillment, delivery, returns) every set of one or two; all pairs of
//! these, as known and seen, with each order of times. Sets of three and more states of the large
//! facets, and several facets at once, are sampled.
//!
//! | law | kind | says |
//! |---|---|---|
//! | total | exhaustive | every pair of sets has an outcome, for each order of times |
//! | paths-fit | exhaustive | a path starts in the one set, ends in the other, and its edges join |
//! | confirm-narrows | exhaustive | a state in common confirms, whatever the clock says |
//! | course-only | exhaustive | an advance walks no retraction, a retraction nothing else |
//! | time-decides | exhaustive | undecided is exactly where newer and older differ and no forward path is |
//! | repeat | exhaustive | the same report again confirms |
//! | one-by-one | sampled | what is observed of several facets is what is observed of each alone |

use order_status::facet::{Delivery, Facet, Fulfillment, Lifecycle, Payment, Terms};
use order_status::machine::{Kind, Observation, TABLES, Timing, Via, observe, reachable};
use order_status::state::{FacetSet, StateSet};
use proptest::prelude::*;

const TIMINGS: [Timing; 3] = [Timing::Newer, Timing::Older, Timing::Unknown];

fn subsets(facet: Facet) -> Vec<FacetSet> {
    (1u32..1 << facet.names().len())
        .map(|bits| {
            facet
                .states()
                .filter(|s| bits & (1 << s.index()) != 0)
                .fold(FacetSet::none(facet), FacetSet::with)
        })
        .collect()
}

fn boxed(set: FacetSet) -> StateSet {
    StateSet::ANY.with_set(set)
}

fn meet(a: FacetSet, b: FacetSet) -> bool {
    a.iter().any(|state| b.contains(state))
}

/// Every pair of sets of states of every facet, small facets in full and large ones up to pairs.
fn pairs() -> impl Iterator<Item = (FacetSet, FacetSet)> {
    Facet::STATE.into_iter().flat_map(|facet| {
        let small = facet.names().len() <= 5;
        let sets: Vec<_> =
            subsets(facet).into_iter().filter(|set| small || set.len() <= 2).collect();
        let pairs: Vec<_> = sets.iter().flat_map(|a| sets.iter().map(move |b| (*a, *b))).collect();
        pairs
    })
}

#[test]
fn outcomes_keep_the_laws() {
    for (known, seen) in pairs() {
        let facet = known.facet();
        for timing in TIMINGS {
            let observed = observe(boxed(known), boxed(seen), timing);
            let outcome = observed.of(facet);
            let say = format!("{known:?} {seen:?} {timing:?}: {outcome:?}");
            let after = observed.set().of(facet);
            assert!(!after.is_empty(), "{say}");

            for other in Facet::STATE.into_iter().filter(|other| *other != facet) {
                assert_eq!(observed.of(other), Observation::Silent, "{say}");
            }
            if seen.is_any() {
                assert_eq!(outcome, Observation::Silent, "{say}");
                assert_eq!(after, known, "{say}");
                continue;
            }
            assert_eq!(outcome == Observation::Confirmed, meet(known, seen), "{say}");

            let ends = match outcome {
                Observation::Advanced(_) | Observation::Retraction(_) => (known, seen),
                Observation::Late(_) => (seen, known),
                Observation::Silent
                | Observation::Confirmed
                | Observation::Jump
                | Observation::Undecided => (seen, seen),
            };
            if let Some(path) = outcome.path() {
                let edges: Vec<_> = path.edges().collect();
                assert!(ends.0.contains(edges[0].from()), "{say}");
                assert!(ends.1.contains(edges[edges.len() - 1].to()), "{say}");
                assert!(edges.windows(2).all(|two| two[0].to() == two[1].from()), "{say}");
                assert!(path.events().eq(edges.iter().map(|edge| edge.event())), "{say}");
                let retracts = edges.iter().any(|edge| edge.kind() == Kind::Retraction);
                let only_retracts = edges.iter().all(|edge| edge.kind() == Kind::Retraction);
                match outcome {
                    Observation::Advanced(_) => assert!(!retracts, "{say}"),
                    Observation::Retraction(_) => {
                        assert!(only_retracts, "{say}");
                        assert_eq!(timing, Timing::Newer, "{say}");
                    }
                    Observation::Late(_) => assert_eq!(timing, Timing::Older, "{say}"),
                    Observation::Silent
                    | Observation::Confirmed
                    | Observation::Jump
                    | Observation::Undecided => {}
                }
            }
            match outcome {
                Observation::Advanced(_) | Observation::Retraction(_) => assert_eq!(after, seen),
                Observation::Late(_) => assert_eq!(after, known, "{say}"),
                Observation::Confirmed => {
                    assert!(after.iter().all(|s| known.contains(s) && seen.contains(s)), "{say}");
                }
                Observation::Undecided => {
                    assert_eq!(timing, Timing::Unknown, "{say}");
                    assert!(known.iter().chain(seen.iter()).all(|s| after.contains(s)), "{say}");
                }
                Observation::Jump | Observation::Silent => {}
            }
            let again = observe(observed.set(), boxed(seen), timing);
            let kept = matches!(outcome, Observation::Late(_))
                || (outcome == Observation::Jump && timing == Timing::Older);
            if !kept {
                assert_eq!(again.of(facet), Observation::Confirmed, "{say}");
            }
        }
    }
}

#[test]
fn no_clock_means_undecided_exactly_where_time_would_have_told() {
    for (known, seen) in pairs().filter(|(known, seen)| !meet(*known, *seen)) {
        let facet = known.facet();
        let [newer, older, unknown] =
            TIMINGS.map(|timing| observe(boxed(known), boxed(seen), timing).of(facet));
        let forward = reachable(known, Via::Forward);
        if seen.iter().all(|state| forward.contains(state)) {
            assert_eq!(unknown, newer, "{known:?} {seen:?}");
        } else {
            assert_eq!(unknown == Observation::Undecided, newer != older, "{known:?} {seen:?}");
        }
    }
}

#[test]
fn what_cannot_stand_beside_what_moved_is_forgotten() {
    let known =
        StateSet::ANY.with(Payment::Paid).with(Fulfillment::Shipped).with(Delivery::Delivered);
    let seen = StateSet::ANY.with(Fulfillment::Unfulfilled);
    let observed = observe(known, seen, Timing::Newer);
    assert_eq!(observed.of(Facet::Fulfillment).as_str(), "retraction");
    assert!(observed.set().of(Facet::Delivery).is_any());
    assert!(!observed.set().tightened().is_empty());
}

#[test]
fn a_contradicted_facet_counts_as_unknown_and_an_empty_claim_says_nothing() {
    let empty = boxed(FacetSet::none(Facet::Lifecycle));
    let placed = StateSet::ANY.with(Lifecycle::Placed);
    let observed = observe(empty, placed, Timing::Unknown);
    assert_eq!(observed.of(Facet::Lifecycle), Observation::Confirmed);
    assert_eq!(observed.set(), placed);
    let observed = observe(placed, empty, Timing::Newer);
    assert_eq!(observed.of(Facet::Lifecycle), Observation::Silent);
    assert_eq!(observed.set(), placed);
}

#[test]
fn circumstances_meet_or_the_newer_stands() {
    let [prepaid, invoice] = [Terms::Prepaid, Terms::OnInvoice].map(|t| StateSet::ANY.with(t));
    assert_eq!(observe(prepaid, invoice, Timing::Newer).set(), invoice);
    assert_eq!(observe(prepaid, invoice, Timing::Older).set(), prepaid);
    assert_eq!(observe(prepaid, invoice, Timing::Unknown).set(), prepaid | invoice);
    assert_eq!(observe(StateSet::ANY, invoice, Timing::Older).set(), invoice);
    assert_eq!(observe(prepaid, invoice, Timing::Newer).of(Facet::Terms), Observation::Silent);
}

/// Every pair of states of every facet, in all three orders of time.
#[test]
fn meanings() {
    let mut text = String::new();
    for table in &TABLES {
        text.push_str(&format!("{}\n", table.facet()));
        for known in table.facet().states() {
            for seen in table.facet().states().filter(|seen| *seen != known) {
                let [newer, older, unknown] = TIMINGS.map(|timing| {
                    let outcome =
                        observe(StateSet::ANY.with(known), StateSet::ANY.with(seen), timing)
                            .of(table.facet());
                    let path = outcome.path().map_or(String::new(), |path| format!(" ({path})"));
                    format!("{}{path}", outcome.as_str())
                });
                let pair = format!("{} -> {}", known.as_str(), seen.as_str());
                text.push_str(&format!("  {pair}: {newer}"));
                if older == newer && unknown == newer {
                    text.push_str(", whenever\n");
                } else {
                    text.push_str(&format!("; older: {older}; no time: {unknown}\n"));
                }
            }
        }
    }
    insta::assert_snapshot!(text);
}

proptest! {
    #[test]
    fn facets_are_observed_one_by_one(
        known in crate::state::boxes(),
        seen in crate::state::boxes(),
        timing in prop::sample::select(&TIMINGS[..]),
    ) {
        let observed = observe(known, seen, timing);
        for (facet, outcome) in observed.iter() {
            let alone = observe(
                StateSet::ANY.with_set(known.of(facet)),
                StateSet::ANY.with_set(seen.of(facet)),
                timing,
            );
            prop_assert_eq!(alone.of(facet), outcome);
        }
        prop_assert!(!observed.set().is_empty());
    }
}
