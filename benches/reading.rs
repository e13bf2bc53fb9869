//! From a payload, as the API sent it, to a claim.

#![expect(clippy::unwrap_used, reason = "a bench stops where something is wrong")]

use divan::Bencher;
use divan::counter::ItemsCount;
use order_status::builtin;
use order_status::mapping::Mapping;
use order_status::reading::Known;
use serde_json::Value;

fn main() {
    divan::main();
}

fn orders() -> Vec<Value> {
    let text = include_str!("../examples/data/shopify_orders.json");
    let export: Value = serde_json::from_str(text).unwrap();
    export.get("orders").and_then(Value::as_array).unwrap().clone()
}

/// All orders of the sample export: lines, shipments and refunds are read and rolled up.
#[divan::bench]
fn shopify_orders(bencher: Bencher<'_, '_>) {
    let shopify = Mapping::load(builtin::SHOPIFY).unwrap();
    let orders = orders();
    let kind = shopify.record("order").unwrap();
    let known = Known::new();
    bencher.counter(ItemsCount::new(orders.len())).bench_local(|| {
        orders.iter().map(|order| shopify.read(kind, order, &known).natives.len()).sum::<usize>()
    });
}

/// The same, the JSON text parsed first: what a webhook costs.
#[divan::bench]
fn shopify_webhooks(bencher: Bencher<'_, '_>) {
    let shopify = Mapping::load(builtin::SHOPIFY).unwrap();
    let texts: Vec<String> = orders().iter().map(Value::to_string).collect();
    let known = Known::new();
    bencher.counter(ItemsCount::new(texts.len())).bench_local(|| {
        texts
            .iter()
            .map(|text| {
                let payload: Value = serde_json::from_str(text).unwrap();
                let kind = shopify.recognise(&payload).unwrap();
                shopify.read(kind, &payload, &known).natives.len()
            })
            .sum::<usize>()
    });
}

/// What the reading adds to: the JSON text parsed alone.
#[divan::bench]
fn bare_json(bencher: Bencher<'_, '_>) {
    let texts: Vec<String> = orders().iter().map(Value::to_string).collect();
    bencher.counter(ItemsCount::new(texts.len())).bench_local(|| {
        texts.iter().map(|text| serde_json::from_str::<Value>(text).unwrap()).collect::<Vec<_>>()
    });
}
