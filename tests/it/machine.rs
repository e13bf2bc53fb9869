//! The tables and the side of commands.
//!
//! | law | kind | says |
//! |---|---|---|
//! | tables-closed | exhaustive | both ends of an edge are states of its facet, no edge stands twice |
//! | function | exhaustive | a state and an event lead to one state, an event always to the same one |
//! | forward-acyclic | exhaustive | no state follows from itself by forward edges |
//! | columns-agree | exhaustive | terminal are exactly the states that no forward edge leaves |
//! | reachable | exhaustive | the ordinary course leads from an initial state to every other |
//! | refusal-inert | exhaustive | a refused event leaves the order as it was and names what refuses it |
//! | replay | exhaustive | an event that was taken is already there when it comes again |
//! | stays-possible | exhaustive, property | no event leads from a possible order to an impossible one |
//! | orthogonal | exhaustive | events of two facets commute, except where a guard or a consequence joins them |
//! | guards-needed | exhaustive | every guard refuses each of its events for some possible order |

use std::collections::BTreeSet;

use order_status::facet::{Facet, Hold, Lifecycle, Stage};
use order_status::machine::{
    CONSEQUENCES, Direction, Event, GUARDS, Guard, Kind, TABLES, Table, Via, accepted, apply,
    direction, reachable,
};
use order_status::state::{FacetSet, OrderState, StateSet};
use proptest::prelude::*;

fn is_possible(order: OrderState) -> bool {
    !StateSet::from(order).tightened().is_empty()
}

/// Every possible order that lies on no desk in particular: no table, guard or rule looks at
/// `stage` but its own table.
fn possible_orders() -> Vec<OrderState> {
    let all = StateSet::ANY.with(Stage::Active);
    all.orders().filter(|order| is_possible(*order)).collect()
}

fn only(state: order_status::facet::State) -> FacetSet {
    FacetSet::none(state.facet()).with(state)
}

#[test]
fn there_is_one_table_per_facet() {
    assert!(TABLES.iter().map(Table::facet).eq(Facet::STATE));
    for facet in Facet::ALL {
        assert_eq!(Table::of(facet).is_some(), Facet::STATE.contains(&facet));
    }
}

#[test]
fn edges_stay_in_their_facet_and_stand_once() {
    for table in &TABLES {
        let mut seen = BTreeSet::new();
        for edge in table.edges() {
            assert_eq!(edge.from().facet(), table.facet(), "{edge:?}");
            assert_eq!(edge.to().facet(), table.facet(), "{edge:?}");
            assert_eq!(edge.event().facet(), table.facet(), "{edge:?}");
            assert_ne!(edge.from(), edge.to(), "{edge:?}");
            assert_eq!(edge.to(), edge.event().outcome(), "{edge:?}");
            assert!(seen.insert((edge.from(), edge.event())), "{edge:?}");
        }
    }
}

#[test]
fn every_event_is_used() {
    for event in Event::ALL {
        let table = Table::of(event.facet()).unwrap();
        assert!(table.edges().iter().any(|edge| edge.event() == *event), "{event}");
    }
}

#[test]
fn forward_edges_never_lead_in_a_circle() {
    for state in Facet::STATE.into_iter().flat_map(Facet::states) {
        assert!(!reachable(only(state), Via::Forward).contains(state), "{state}");
    }
}

#[test]
fn terminal_states_are_those_without_a_way_forward() {
    for table in &TABLES {
        for state in table.facet().states() {
            let leaves =
                table.edges().iter().any(|e| e.from() == state && e.kind() == Kind::Forward);
            assert_eq!(table.terminal().contains(state), !leaves, "{state}");
        }
    }
}

#[test]
fn every_state_is_reached_from_an_initial_one() {
    for table in &TABLES {
        let reached = reachable(table.initial(), Via::Course);
        for state in table.facet().states() {
            assert!(table.initial().contains(state) || reached.contains(state), "{state}");
        }
    }
}

#[test]
fn closures_agree_with_a_naive_walk() {
    for table in &TABLES {
        for via in [Via::Forward, Via::Course, Via::Retraction] {
            for start in table.facet().states() {
                let mut reached = BTreeSet::new();
                let mut todo = vec![start];
                while let Some(at) = todo.pop() {
                    for edge in table.edges() {
                        if edge.from() == at && via.allows(edge.kind()) && reached.insert(edge.to())
                        {
                            todo.push(edge.to());
                        }
                    }
                }
                assert!(reachable(only(start), via).iter().eq(reached), "{start} {via:?}");
            }
        }
    }
}

#[test]
fn nothing_is_reachable_in_a_circumstance() {
    for facet in [Facet::Terms, Facet::Goods] {
        assert!(reachable(FacetSet::any(facet), Via::Retraction).is_empty());
    }
}

#[test]
fn direction_is_the_mirror_of_itself() {
    for facet in Facet::ALL {
        let sets: Vec<FacetSet> = (0u32..1 << facet.names().len())
            .map(|bits| {
                facet
                    .states()
                    .filter(|s| bits & (1 << s.index()) != 0)
                    .fold(FacetSet::none(facet), FacetSet::with)
            })
            .collect();
        for a in &sets {
            for b in &sets {
                let mirrored = match direction(*b, *a) {
                    Direction::Behind => Direction::Ahead,
                    Direction::Ahead => Direction::Behind,
                    Direction::Beside => Direction::Beside,
                };
                assert_eq!(direction(*a, *b), mirrored, "{a:?} {b:?}");
            }
        }
    }
}

#[test]
fn no_event_leads_to_an_impossible_order_and_none_moves_twice() {
    for order in possible_orders() {
        for event in Event::ALL {
            match apply(order, *event) {
                Ok(step) => {
                    assert_eq!(step.before(), order);
                    assert!(is_possible(step.after()), "{event} in {order}");
                    assert_eq!(step.after().state(event.facet()), Some(event.outcome()));
                    assert_eq!(step.has_moved(), step.after() != order);
                    let again = apply(step.after(), *event).unwrap();
                    assert!(!again.has_moved(), "{event} in {order}");
                    assert_eq!(again.after(), step.after());
                }
                Err(refused) => {
                    assert_eq!((refused.order(), refused.event()), (order, *event));
                    let edge = Table::of(event.facet()).unwrap().edge(refused.from(), *event);
                    assert!(
                        edge.is_none() || refused.guards().next().is_some(),
                        "{event} in {order}: refused for no reason"
                    );
                }
            }
        }
    }
}

#[test]
fn a_refusal_lists_what_would_have_been_taken() {
    let refused = apply(OrderState::PLACED, Event::Voided).unwrap_err();
    assert!(refused.guards().next().is_none());
    insta::assert_snapshot!(refused, @"`voided` does not follow payment=unpaid: what does is `attempt_started`, `authorized`, `captured_part`, `captured_rest`, `rest_waived`, `excess_arose`, `payment_failed`");
    let cancelled = apply(OrderState::PLACED, Event::Cancelled).unwrap().after();
    insta::assert_snapshot!(apply(cancelled, Event::CapturedRest).unwrap_err(), @"`captured_rest` is refused by `collect-on-cancelled`: no money is due for a cancelled order");
    insta::assert_snapshot!(apply(cancelled, Event::Recalled).unwrap_err(), @"`recalled` is refused by `reopen-goods-of-cancelled`: nothing of a cancelled order is to leave: stop the parcel for good, or reinstate the order");
    let refused = apply(cancelled, Event::Redrafted);
    assert!(refused.is_ok());
}

#[test]
fn every_guard_refuses_each_of_its_events_somewhere() {
    let orders = possible_orders();
    let mut ids = BTreeSet::new();
    for guard in GUARDS {
        assert!(ids.insert(guard.id()), "{} stands twice", guard.id());
        for event in guard.events() {
            let fires = orders.iter().any(|order| {
                let refused = apply(*order, *event).err();
                refused.is_some_and(|refused| refused.guards().any(|fired| fired == guard))
            });
            assert!(fires, "{}: {event}", guard.id());
        }
    }
}

#[test]
fn events_of_two_facets_commute_unless_a_guard_or_a_consequence_joins_them() {
    let joined = |a: Event, b: Event| {
        let looks_at = |event: Event, facet: Facet| {
            GUARDS.iter().any(|guard| {
                guard.events().contains(&event) && !guard.forbidden().of(facet).is_any()
            }) || CONSEQUENCES.iter().any(|row| {
                row.event() == event
                    && (row.brings().facet() == facet || !row.when().of(facet).is_any())
            })
        };
        looks_at(a, b.facet()) || looks_at(b, a.facet())
    };
    let after = |order, first, second| {
        apply(order, first).and_then(|step| apply(step.after(), second)).map(|step| step.after())
    };
    for order in possible_orders() {
        let events: Vec<_> = accepted(order).collect();
        for (place, a) in events.iter().enumerate() {
            for b in events.iter().skip(place + 1).filter(|b| b.facet() != a.facet()) {
                if joined(*a, *b) {
                    continue;
                }
                let (ab, ba) = (after(order, *a, *b), after(order, *b, *a));
                assert!(ab.is_ok() && ab == ba, "{a} and {b} in {order}");
            }
        }
    }
}

#[test]
fn a_held_order_ships_once_it_is_released() {
    let held = OrderState { hold: Hold::Held, ..OrderState::PLACED };
    let refused = apply(held, Event::ShippedRest).unwrap_err();
    assert!(refused.guards().map(Guard::id).eq(["ship-held"]));
    let released = apply(held, Event::Released).unwrap().after();
    assert!(apply(released, Event::ShippedRest).is_ok());
}

/// Real lives, told as events.
#[test]
fn lives() {
    let mut text = String::new();
    for (life, events) in [
        (
            "card",
            "authorized picked packed captured_rest shipped_rest billed_rest departed delivered_rest closed",
        ),
        ("bank transfer", "captured_rest accepted shipped_rest"),
        ("on delivery", "accepted shipped_rest departed delivered_rest captured_rest"),
        (
            "refused on delivery",
            "shipped_rest departed delivery_failed return_sent return_received_rest",
        ),
        (
            "declined card, tried again",
            "attempt_started payment_failed attempt_started authorized captured_rest",
        ),
        ("authorization lapsed", "authorized voided authorized captured_rest"),
        ("paid twice", "captured_rest excess_arose refunded_part"),
        (
            "lost and sent again",
            "captured_rest shipped_rest departed delivery_failed resent delivered_rest",
        ),
        (
            "two parcels, rest dropped",
            "captured_rest shipped_part departed delivered_part rest_dropped refunded_part delivered_rest",
        ),
        (
            "invoice first, credit after return",
            "billed_rest captured_rest shipped_rest delivered_rest return_requested return_approved return_sent return_received_rest credited refunded_rest",
        ),
        (
            "return declined and asked again",
            "captured_rest shipped_rest delivered_rest return_requested return_declined return_requested return_approved",
        ),
        (
            "cancelled and reinstated",
            "authorized allocated cancellation_requested cancelled voided reinstated goods_added authorized",
        ),
        ("intercepted", "captured_rest shipped_rest cancelled intercepted cancelled refunded_rest"),
        ("dispute won", "captured_rest shipped_rest dispute_opened dispute_won"),
        ("debit returned", "captured_rest shipped_rest payment_bounced captured_rest"),
        (
            "line added after arrival",
            "captured_rest shipped_rest delivered_rest delivery_reopened part_reopened rest_became_due",
        ),
    ] {
        text.push_str(&format!("{life}\n"));
        let mut order = OrderState::PLACED;
        for event in events.split(' ') {
            let event: Event = event.parse().unwrap();
            match apply(order, event) {
                Ok(step) => {
                    let brought =
                        step.consequence().map_or(String::new(), |e| format!(", {}", e.event()));
                    text.push_str(&format!("  {event}{brought}\n"));
                    order = step.after();
                }
                Err(refused) => text.push_str(&format!("  ({refused})\n")),
            }
        }
        let start = OrderState::PLACED.states();
        let moved: Vec<_> = order.states().into_iter().filter(|s| !start.contains(s)).collect();
        let moved: Vec<_> = moved.iter().map(ToString::to_string).collect();
        text.push_str(&format!("  = {}\n", moved.join(" ")));
    }
    insta::assert_snapshot!(text);
}

proptest! {
    #[test]
    fn any_sequence_of_events_keeps_the_order_possible(
        draft in any::<bool>(),
        events in prop::collection::vec(prop::sample::select(Event::ALL), 0..60),
    ) {
        let mut order = OrderState::PLACED;
        if draft {
            order.lifecycle = Lifecycle::Draft;
        }
        for event in events {
            match apply(order, event) {
                Ok(step) => order = step.after(),
                Err(refused) => {
                    prop_assert_eq!(refused.order(), order);
                    prop_assert!(!refused.accepted().any(|accepted| accepted == event));
                    for accepted in refused.accepted() {
                        prop_assert!(apply(order, accepted).is_ok());
                    }
                }
            }
            prop_assert!(is_possible(order), "{event} led to {order}");
        }
    }
}
