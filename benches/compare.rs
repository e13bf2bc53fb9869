//! Two claims beside each other.

#![expect(
    clippy::unwrap_used,
    clippy::std_instead_of_core,
    clippy::std_instead_of_alloc,
    reason = "a bench lives in std and stops where something is wrong"
)]

use std::collections::BTreeSet;
use std::hint::black_box;

use divan::Bencher;
use divan::counter::ItemsCount;
use order_status::builtin;
use order_status::diagnostic::Source;
use order_status::mapping::{Field, Mapping};
use order_status::state::StateSet;

fn main() {
    divan::main();
}

/// What the rows of a file claim, each claim once.
fn claims(source: Source<'_>) -> Vec<StateSet> {
    let mapping = Mapping::load(source).unwrap();
    let rows = mapping.fields().iter().flat_map(Field::rows);
    rows.map(|row| row.claim().tightened()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Every claim of Shopify beside every claim of NetSuite.
fn pairs() -> Vec<(StateSet, StateSet)> {
    let netsuite = claims(builtin::NETSUITE);
    let each = |left: StateSet| netsuite.iter().map(move |right| (left, *right));
    claims(builtin::SHOPIFY).into_iter().flat_map(each).collect()
}

/// Do they contradict each other? Few pairs do, and which ones a branch predictor cannot know.
#[divan::bench]
fn contradiction(bencher: Bencher<'_, '_>) {
    let pairs = pairs();
    bencher.counter(ItemsCount::new(pairs.len())).bench_local(|| {
        let contradict = |(a, b): &&(StateSet, StateSet)| !a.contradiction(black_box(*b)).is_none();
        pairs.iter().filter(contradict).count()
    });
}

/// The same where the facets are named as well.
#[divan::bench]
fn contradicting_facets(bencher: Bencher<'_, '_>) {
    let pairs = pairs();
    bencher.counter(ItemsCount::new(pairs.len())).bench_local(|| {
        let facets = |(a, b): &(StateSet, StateSet)| a.contradiction(black_box(*b)).iter().count();
        pairs.iter().map(facets).sum::<usize>()
    });
}

/// Both claims met and tightened with the spanning rules, as a reading does it.
#[divan::bench]
fn meet_and_tighten(bencher: Bencher<'_, '_>) {
    let pairs = pairs();
    bencher.counter(ItemsCount::new(pairs.len())).bench_local(|| {
        let possible =
            |(a, b): &&(StateSet, StateSet)| !(*a & black_box(*b)).tightened().is_empty();
        pairs.iter().filter(possible).count()
    });
}

// The batch of a million views, interned and looked up in the table of pairs, belongs here.
