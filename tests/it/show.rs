//! The way back, against the plainest way to compute it: the first row that fits one state.
//!
//! The library answers for boxes, by subtraction. Here every row is tried on every state. A row looks
//! at the facets of its `when` and at nothing else, so states that agree in all facets that some row
//! of a field asks about are answered alike: one representative stands for all of them, and what is
//! left to know is whether any of them is possible. That is found by one walk through the whole
//! product of facets, with the spanning rules tried one by one. So nothing is left out.

use std::collections::{BTreeMap, BTreeSet};

use order_status::facet::{Facet, Kind, State};
use order_status::mapping::{Field, ShowRow};
use order_status::state::spanning::{Verdict, judge};
use order_status::state::{OrderState, StateSet};

use crate::channels::{all_are_tested, ids, load};

/// The facets that the rows of a field ask about.
fn asked(field: &Field) -> Vec<Facet> {
    let rows = field.show().unwrap().rows();
    Facet::ALL
        .into_iter()
        .filter(|facet| rows.iter().any(|row| !row.when().of(*facet).is_any()))
        .collect()
}

/// Every combination of states of some facets, as one box each; the last facet turns fastest.
fn combinations(facets: &[Facet]) -> Vec<StateSet> {
    facets.iter().fold(vec![StateSet::ANY], |boxes, facet| {
        boxes
            .into_iter()
            .flat_map(|states| facet.states().map(move |state| states.with(state)))
            .collect()
    })
}

/// Which combinations of these facets occur in an order that no rule calls impossible.
struct Occurs {
    facets: Vec<Facet>,
    occurs: Vec<bool>,
}

impl Occurs {
    fn new(facets: Vec<Facet>) -> Self {
        let occurs = vec![false; combinations(&facets).len()];
        Self { facets, occurs }
    }

    fn note(&mut self, order: OrderState) {
        let state = |facet: &Facet| order.state(*facet).unwrap();
        let at = self
            .facets
            .iter()
            .fold(0, |at, facet| at * facet.names().len() + usize::from(state(facet).index()));
        self.occurs[at] = true;
    }

    fn contains(&self, states: StateSet) -> bool {
        let only = |facet: &Facet| -> State { states.of(*facet).iter().next().unwrap() };
        let at = self
            .facets
            .iter()
            .fold(0, |at, facet| at * facet.names().len() + usize::from(only(facet).index()));
        self.occurs[at]
    }
}

fn first_fit(field: &Field, states: StateSet) -> Option<&ShowRow> {
    field.show().unwrap().rows().iter().find(|row| states.only(&asked(field)).is_within(row.when()))
}

fn lines(rows: &[&ShowRow]) -> Vec<usize> {
    rows.iter().map(|row| std::ptr::from_ref(*row).addr()).collect()
}

#[test]
fn of_every_state_is_what_the_first_row_that_fits_says() {
    let channels: Vec<_> = ids().iter().map(|id| load(id)).collect();
    let fields: Vec<&Field> = channels
        .iter()
        .flat_map(order_status::mapping::Mapping::fields)
        .filter(|field| field.show().is_some_and(|show| show.none().is_none()))
        .collect();
    assert!(fields.len() > 50 || !all_are_tested(), "only {} fields have rows", fields.len());

    // One walk through the product, for all sets of facets that some field asks about.
    let mut seen: BTreeMap<Vec<Facet>, Occurs> = BTreeMap::new();
    for field in &fields {
        let facets: Vec<_> =
            asked(field).into_iter().filter(|facet| facet.kind() != Kind::Circumstance).collect();
        seen.entry(facets.clone()).or_insert_with(|| Occurs::new(facets));
    }
    let (mut walked, mut possible) = (0_u32, 0_u32);
    for order in StateSet::ANY.orders() {
        walked += 1;
        if matches!(judge(order), Verdict::Impossible(_)) {
            continue;
        }
        possible += 1;
        for occurs in seen.values_mut() {
            occurs.note(order);
        }
    }
    let product: usize = Facet::STATE.iter().map(|facet| facet.names().len()).product();
    assert_eq!(walked as usize, product);
    assert!(possible > 100_000, "{possible}");

    for field in &fields {
        let facets = asked(field);
        let shared: Vec<_> =
            facets.iter().copied().filter(|facet| facet.kind() != Kind::Circumstance).collect();
        let occurs = &seen[&shared];
        let mut by_slice: BTreeMap<(Facet, u8), BTreeSet<usize>> = BTreeMap::new();
        let mut answering = BTreeSet::new();
        for states in combinations(&facets) {
            let answer = field.shown_for(states);
            if !occurs.contains(states) {
                assert!(
                    answer.is_empty(),
                    "`{}` answers for {states}, which is impossible",
                    field.name()
                );
                continue;
            }
            let expected = first_fit(field, states);
            assert!(expected.is_some(), "`{}` has no answer for {states}", field.name());
            assert_eq!(
                lines(&answer),
                lines(&[expected.unwrap()]),
                "`{}` for {states}",
                field.name()
            );
            let line = lines(&answer)[0];
            answering.insert(line);
            for facet in &facets {
                let state = states.of(*facet).iter().next().unwrap();
                by_slice.entry((*facet, state.index())).or_default().insert(line);
            }
        }
        // Of a box of many orders: the rows of all of them, in the order of the file.
        let in_order = |found: &BTreeSet<usize>| -> Vec<usize> { found.iter().copied().collect() };
        assert_eq!(
            lines(&field.shown_for(StateSet::ANY)),
            in_order(&answering),
            "`{}`",
            field.name()
        );
        for ((facet, state), expected) in by_slice {
            let slice = StateSet::ANY.with(State::at(facet, state).unwrap());
            assert_eq!(
                lines(&field.shown_for(slice)),
                in_order(&expected),
                "`{}` for {slice}",
                field.name()
            );
        }
    }
}
