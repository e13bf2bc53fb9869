//! An order at the boundary: parsed JSON in, verdict out. A service knows which record it was sent.

#![expect(clippy::unwrap_used, reason = "a bench stops where something is wrong")]

use divan::Bencher;
use order_status::boundary::{Catalogue, Order};
use order_status::builtin;
use order_status::mapping::Mapping;
use serde_json::Value;

fn main() {
    divan::main();
}

fn catalogue() -> Catalogue {
    Catalogue::new([Mapping::load(builtin::SHOPIFY).unwrap()]).unwrap()
}

/// Two lines, an address, taxes and shipping; and the transaction that was fetched beside it.
fn order() -> (Value, Value) {
    let parse = |text| serde_json::from_str(text).unwrap();
    (parse(include_str!("data/order.json")), parse(include_str!("data/transaction.json")))
}

/// A good order with its transaction: accepted.
#[divan::bench]
fn accepted(bencher: Bencher<'_, '_>) {
    let (catalogue, (order, transaction)) = (catalogue(), order());
    let now = "2026-11-25T12:00:00Z".parse().unwrap();
    let order = Order::new("shopify", &order).record("order").beside(
        "shopify",
        "transaction",
        &transaction,
    );
    assert!(catalogue.check(&order, now).accepted().is_some());
    bencher.bench_local(|| catalogue.check(&order, now));
}

/// A good order whose payment the caller has verified: accepted.
#[divan::bench]
fn accepted_verified(bencher: Bencher<'_, '_>) {
    let (catalogue, (order, _)) = (catalogue(), order());
    let now = "2026-11-25T12:00:00Z".parse().unwrap();
    let order = Order::new("shopify", &order).record("order").payment_verified();
    assert!(catalogue.check(&order, now).accepted().is_some());
    bencher.bench_local(|| catalogue.check(&order, now));
}

/// The same without its transaction: a ticket is written.
#[divan::bench]
fn quarantined(bencher: Bencher<'_, '_>) {
    let (catalogue, (order, _)) = (catalogue(), order());
    let now = "2026-11-25T12:00:00Z".parse().unwrap();
    let order = Order::new("shopify", &order).record("order");
    assert!(catalogue.check(&order, now).ticket().is_some());
    bencher.bench_local(|| catalogue.check(&order, now));
}
