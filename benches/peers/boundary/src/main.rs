//! One order: the boundary beside a JSON Schema that asks for the same shapes and words.
//!
//! A schema cannot say that amounts add up, that statuses go together, that a line's id is unique or
//! that an address need not be there for a download; so it asks for less, and for one country alone.

use divan::Bencher;
use order_status::boundary::{Catalogue, Order};
use order_status::builtin;
use order_status::mapping::Mapping;
use serde_json::Value;

fn main() {
    divan::main();
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn order() -> Value {
    parse(include_str!("../../../data/order.json"))
}

#[divan::bench]
fn order_status(bencher: Bencher<'_, '_>) {
    let catalogue = Catalogue::new([Mapping::load(builtin::SHOPIFY).unwrap()]).unwrap();
    let (order, transaction) = (order(), parse(include_str!("../../../data/transaction.json")));
    let order = Order::new("shopify", &order).beside("shopify", "transaction", &transaction);
    let now = "2026-11-25T12:00:00Z".parse().unwrap();
    assert!(catalogue.check(&order, now).accepted().is_some());
    bencher.bench_local(|| catalogue.check(&order, now));
}

/// Stops at the first thing that is wrong, and says only whether there is one.
#[divan::bench]
fn jsonschema_is_valid(bencher: Bencher<'_, '_>) {
    let schema = jsonschema::validator_for(&parse(include_str!("../schema.json"))).unwrap();
    let order = order();
    assert!(schema.is_valid(&order));
    bencher.bench_local(|| schema.is_valid(&order));
}

/// Says all that is wrong and where, as the boundary does.
#[divan::bench]
fn jsonschema_all_errors(bencher: Bencher<'_, '_>) {
    let schema = jsonschema::validator_for(&parse(include_str!("../schema.json"))).unwrap();
    let order = order();
    bencher.bench_local(|| schema.iter_errors(&order).count());
}
