//! The sample exports of the main job: each of the written cases gives what its story says.

use std::collections::BTreeMap;

use order_status::compare::{compare, views};
use order_status::join::join;
use order_status::mapping::Mapping;
use order_status::pattern::Patterns;
use order_status::reading::{Known, Reading};
use serde_json::Value;

use crate::channels::{load, tree};

/// The exports, as `examples/reconcile.rs` reads them.
const EXPORTS: [(usize, &str, &str, &str); 7] = [
    (0, "order", "shopify_orders", "orders"),
    (1, "sales_order", "netsuite_sales_orders", "items"),
    (1, "item_fulfillment", "netsuite_item_fulfillments", "items"),
    (1, "return_authorization", "netsuite_return_authorizations", "items"),
    (2, "order", "shipstation_orders", "orders"),
    (2, "shipment", "shipstation_shipments", "shipments"),
    (3, "payment_intent", "stripe_payment_intents", "data"),
];

/// What the page beside the exports expects: per order the names, as written.
fn expected() -> BTreeMap<String, String> {
    let page = std::fs::read_to_string(tree().join("examples/data/README.md")).unwrap();
    page.lines()
        .skip_while(|line| !line.starts_with("| order | story"))
        .skip(2)
        .filter_map(|line| {
            let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            let [order, _, expected] = cells[..] else { return None };
            Some((order.trim_start_matches('#').into(), expected.trim_matches('*').into()))
        })
        .collect()
}

/// The page says some expectations in words.
fn names(expected: &str) -> Vec<&str> {
    match expected {
        "fine" => Vec::new(),
        "refund missing at the gateway" => vec!["refund-not-paid-out", "return-without-refund"],
        "ERP ahead: released before payment" => vec!["released-unpaid"],
        "unmapped word in shipstation; nothing else" => vec!["unmapped"],
        "self-contradiction of netsuite" => vec!["self-contradiction"],
        name => vec![name],
    }
}

#[test]
fn every_written_case_gives_what_its_story_says() {
    let mappings: Vec<_> =
        ["shopify", "netsuite", "shipstation", "stripe"].iter().map(|id| load(id)).collect();
    let systems: Vec<&Mapping> = mappings.iter().collect();
    let mut complete = vec![Vec::new(); systems.len()];
    let mut records = Vec::new();
    for (at, kind, file, list) in EXPORTS {
        let path = tree().join("examples/data").join(file).with_extension("json");
        let export: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let record = systems[at].record(kind).unwrap();
        complete[at].push(kind);
        for payload in export[list].as_array().unwrap() {
            records.push((at, systems[at].read(record, payload, &Known::new())));
        }
    }
    let patterns = Patterns::builtin();
    let expected = expected();
    assert_eq!(expected.len(), 55);
    let mut told = BTreeMap::new();
    for order in join(&systems, records) {
        let key = order.key.clone();
        let views = views(&systems, order, &complete);
        let unmapped = views
            .iter()
            .flat_map(order_status::compare::View::readings)
            .flat_map(Reading::unmapped)
            .any(|native| !native.field.is_open());
        let mut found: Vec<String> =
            compare(&views, &patterns).iter().map(|finding| finding.name().into()).collect();
        found.extend(unmapped.then(|| "unmapped".to_owned()));
        found.sort();
        found.dedup();
        told.insert(key, found);
    }
    assert!(told.keys().eq(expected.keys()), "{:?}", told.keys());
    for (order, expected) in &expected {
        assert_eq!(told[order], names(expected), "order {order}");
    }
}
