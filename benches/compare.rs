//! Two claims beside each other.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::std_instead_of_core,
    clippy::std_instead_of_alloc,
    reason = "a bench lives in std and stops where something is wrong"
)]

use std::collections::BTreeSet;
use std::hint::black_box;

use divan::Bencher;
use divan::counter::ItemsCount;
use order_status::builtin;
use order_status::compare::{Batch, View, ViewCode, compare};
use order_status::diagnostic::Source;
use order_status::mapping::{Field, Mapping};
use order_status::pattern::Patterns;
use order_status::reading::Known;
use order_status::state::StateSet;
use serde_json::Value;

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

/// What the records of the sample exports come to, as views.
fn views(systems: &[&'static Mapping; 2]) -> [Vec<View<'static>>; 2] {
    let lists = [
        (include_str!("../examples/data/shopify_orders.json"), "orders", "order"),
        (include_str!("../examples/data/netsuite_sales_orders.json"), "items", "sales_order"),
    ];
    [0, 1].map(|at| {
        let (text, list, kind) = lists[at];
        let system = systems[at];
        let kind = system.record(kind).unwrap();
        let export: Value = serde_json::from_str(text).unwrap();
        let payloads = export.get(list).and_then(Value::as_array).unwrap();
        let read = |payload: &Value| system.read(kind, payload, &Known::new());
        payloads.iter().map(|payload| View::new(system, vec![read(payload)], &[])).collect()
    })
}

/// A million pairs of views, each view interned before: what is left is a look-up in the table of
/// pairs. Prints how large that is.
#[divan::bench]
fn a_million_pairs(bencher: Bencher<'_, '_>) {
    const PAIRS: usize = 1_000_000;
    let patterns = Patterns::builtin();
    let load = |source| -> &'static Mapping { Box::leak(Box::new(Mapping::load(source).unwrap())) };
    let systems = [load(builtin::SHOPIFY), load(builtin::NETSUITE)];
    let mut batch = Batch::new(&patterns);
    let [left, right] = views(&systems)
        .map(|views| views.into_iter().map(|view| batch.intern(view).unwrap()).collect::<Vec<_>>());
    // Every pair is met once; then the pairs come as they do in a batch, in no order.
    for (a, b) in left.iter().flat_map(|a| right.iter().map(move |b| (*a, *b))) {
        batch.classify(a, b);
    }
    let mut seed = 0x9e37_79b9_u64;
    let mut pick = |from: &[ViewCode]| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        from[usize::try_from(seed >> 33).unwrap() % from.len()]
    };
    let pairs: Vec<_> = (0..PAIRS).map(|_| (pick(&left), pick(&right))).collect();
    let (codes, bytes) = batch.size();
    println!("{codes} views, a table of {bytes} bytes");
    bencher.counter(ItemsCount::new(PAIRS)).bench_local(|| {
        let batch = black_box(&batch);
        let finds = |(a, b): &&(ViewCode, ViewCode)| {
            batch.known(*a, *b).is_none_or(|class| !class.is_agreement())
        };
        pairs.iter().filter(finds).count()
    });
}

/// Two views compared as they come, without a table.
#[divan::bench]
fn two_views(bencher: Bencher<'_, '_>) {
    let patterns = Patterns::builtin();
    let load = |source| -> &'static Mapping { Box::leak(Box::new(Mapping::load(source).unwrap())) };
    let systems = [load(builtin::SHOPIFY), load(builtin::NETSUITE)];
    let [left, right] = views(&systems);
    let pairs: Vec<_> = left.into_iter().zip(right).map(|(a, b)| [a, b]).collect();
    bencher.counter(ItemsCount::new(pairs.len())).bench_local(|| {
        pairs.iter().map(|views| compare(black_box(views), &patterns).len()).sum::<usize>()
    });
}
