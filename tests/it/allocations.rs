//! What costs no memory: look-ups and comparisons, counted.
//!
//! Reading a payload and naming a finding may allocate; they keep texts and lists. What is done for
//! every code and every pair may not.

use std::hint::black_box;

use allocation_counter::measure;
use order_status::compare::{Batch, View};
use order_status::mapping::{Mapping, Resolution};
use order_status::pattern::Patterns;
use order_status::reading::Known;
use order_status::state::StateSet;
use serde_json::{Value, json};

use crate::channels::{ids, load};
use crate::common::{claims, shipped};

/// Allocations of a piece of work; the counter counts those of this thread alone.
fn allocations(work: impl FnOnce()) -> u64 {
    measure(work).count_total
}

#[test]
fn the_counter_counts() {
    assert!(allocations(|| drop(black_box(vec![1_u8; 16]))) > 0);
}

#[test]
fn a_code_is_looked_up_without_an_allocation() {
    for id in ids() {
        let mapping = load(&id);
        let mut found = 0;
        let count = allocations(|| {
            for field in mapping.fields().iter().filter(|field| field.kind().has_vocabulary()) {
                for row in field.rows() {
                    for code in std::iter::once(row.code()).chain(row.also()) {
                        let resolution = mapping.look_up(field, black_box(code));
                        found += usize::from(!matches!(resolution, Resolution::Unmapped { .. }));
                    }
                }
                // Nor one that is not there, though the nearest is looked for.
                black_box(mapping.look_up(field, black_box("no such code")));
            }
        });
        assert_eq!(count, 0, "{id}");
        assert!(found > 0, "{id}");
    }
}

#[test]
fn two_claims_are_compared_without_an_allocation() {
    let claims: Vec<StateSet> = shipped().iter().flat_map(claims).collect();
    let mut contradicting = 0_usize;
    let count = allocations(|| {
        for a in &claims {
            for b in claims.iter().step_by(7) {
                contradicting += usize::from(!black_box(*a).contradiction(*b).is_none());
                black_box((*a & *b).tightened());
            }
        }
    });
    assert_eq!(count, 0);
    assert!(contradicting > 0);
}

#[test]
fn a_pair_that_was_met_before_is_classified_without_an_allocation() {
    let (shopify, netsuite) = (load("shopify"), load("netsuite"));
    let patterns = Patterns::builtin();
    let mut batch = Batch::new(&patterns);
    let view = |mapping: &'static Mapping, kind: &str, payload: &Value| {
        let reading = mapping.read(mapping.record(kind).unwrap(), payload, &Known::new());
        View::new(mapping, vec![reading], &[])
    };
    let (shopify, netsuite): (&'static Mapping, &'static Mapping) =
        (Box::leak(Box::new(shopify)), Box::leak(Box::new(netsuite)));
    let orders = ["paid", "authorized", "refunded"].map(|word| {
        let order = json!({ "name": "#1", "financial_status": word, "fulfillment_status": null });
        batch.intern(view(shopify, "order", &order)).unwrap()
    });
    let sales = ["A", "B", "F", "G"].map(|letter| {
        let order = json!({ "tranId": "SO1", "orderStatus": letter });
        batch.intern(view(netsuite, "sales_order", &order)).unwrap()
    });
    let mut classify = || {
        let pairs = orders.iter().flat_map(|a| sales.iter().map(move |b| (*a, *b)));
        pairs.filter(|(a, b)| !batch.classify(*a, *b).is_agreement()).count()
    };
    let first = classify();
    let mut again = 0;
    let count = allocations(|| again = classify());
    assert_eq!((count, again), (0, first));
    assert!(first > 0);
}
