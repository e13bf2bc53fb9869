//! One order: the boundary beside a JSON Schema that asks for the same shapes and words, made from the
//! same mapping file and the same table of countries.
//!
//! A schema cannot say that amounts add up, that statuses go together, that a line's id is unique or
//! that an address need not be there for a download; so it asks for less.

mod schema;

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
    let order = order();
    let order = Order::new("shopify", &order).record("order").payment_verified();
    let now = "2026-11-25T12:00:00Z".parse().unwrap();
    assert!(catalogue.check(&order, now).accepted().is_some());
    bencher.bench_local(|| catalogue.check(&order, now));
}

/// Stops at the first thing that is wrong, and says only whether there is one.
#[divan::bench]
fn jsonschema_is_valid(bencher: Bencher<'_, '_>) {
    let schema = jsonschema::validator_for(&schema::schema()).unwrap();
    let order = order();
    assert!(schema.is_valid(&order));
    bencher.bench_local(|| schema.is_valid(&order));
}

/// Says all that is wrong and where, as the boundary does.
#[divan::bench]
fn jsonschema_all_errors(bencher: Bencher<'_, '_>) {
    let schema = jsonschema::validator_for(&schema::schema()).unwrap();
    let order = order();
    assert_eq!(schema.iter_errors(&order).count(), 0);
    // Without a region and with a word that nobody knows: the schema objects as the boundary does.
    let mut wrong = order.clone();
    wrong["financial_status"] = "payed".into();
    wrong["shipping_address"]["province_code"] = "Bavaria".into();
    assert_eq!(schema.iter_errors(&wrong).count(), 2);
    bencher.bench_local(|| schema.iter_errors(&order).count());
}
