//! What the vendors publish as examples of their own payloads, read as it lies beside the project.
//!
//! Every record is recognised and read, nothing is unmapped, and the records that contradict
//! themselves are the ones that are known to.

use std::collections::BTreeSet;

use order_status::reading::Known;
use serde_json::Value;

use crate::channels::{load, tree};
use crate::matrix::shown;

/// The records of a file; none, and said so, where the data does not lie beside the project.
fn records(file: &str) -> Vec<Value> {
    // A second work tree may lie one folder deeper.
    let found = ["../shared/data", "../../shared/data"]
        .iter()
        .find_map(|folder| std::fs::read_to_string(tree().join(folder).join(file)).ok());
    if found.is_none() {
        eprintln!("SKIPPED: ../shared/data/{file} is not there");
    }
    let text = found.unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// One line of a file: what contradicts itself, as facet and native values, and what is unmapped.
fn read(id: &str, file: &str, count: usize) -> Vec<(String, String)> {
    let mapping = load(id);
    let records = records(file);
    assert!(records.is_empty() || records.len() == count, "{file} has {} records", records.len());
    let read = |record: &Value| {
        let kind = mapping.recognise(record).unwrap();
        let reading = mapping.read(kind, record, &Known::new());
        assert!(reading.id.is_some(), "{file}: a {} without an id", kind.name());
        assert!(!reading.natives.is_empty(), "{file}: nothing read from a {}", kind.name());
        let native = |at: &usize| {
            let native = &reading.natives[*at];
            format!("{} {}", native.field.name(), native.raw.as_ref().unwrap())
        };
        let contradictions = reading.contradictions.iter().map(|found| {
            assert_eq!(found.facets.len(), 1);
            let natives: Vec<_> = found.natives.iter().map(native).collect();
            format!("{}: {}", found.facets[0], natives.join(", "))
        });
        let unmapped = reading
            .unmapped()
            .map(|native| format!("{} {}", native.field.name(), native.raw.as_ref().unwrap()));
        (contradictions.collect::<Vec<_>>().join("; "), unmapped.collect::<Vec<_>>().join("; "))
    };
    records.iter().map(read).collect()
}

/// The lines on which something was found, from 0, with what it is.
fn found(lines: impl Iterator<Item = String>) -> Vec<(usize, String)> {
    lines.enumerate().filter(|(_, found)| !found.is_empty()).collect()
}

#[track_caller]
fn assert_found(
    lines: &[(String, String)],
    contradictions: &[(usize, &str)],
    unmapped: &[(usize, &str)],
) {
    if lines.is_empty() {
        return;
    }
    let owned = |expected: &[(usize, &str)]| -> Vec<(usize, String)> {
        expected.iter().map(|(at, what)| (*at, (*what).to_owned())).collect()
    };
    assert_eq!(found(lines.iter().map(|(found, _)| found.clone())), owned(contradictions));
    assert_eq!(found(lines.iter().map(|(_, found)| found.clone())), owned(unmapped));
}

/// The published examples change one mark and leave the rest: an authorization with money given
/// back, a full refund of a tenth.
#[test]
fn shopify() {
    let authorized = "refund: financial authorized, refunded 209, refund.amount 209";
    let ten = "refund: financial refunded, refunded 10, refund.amount 10";
    let ten_and_hundred = "refund: financial refunded, refunded 110, refund.amount 110";
    assert_found(
        &read("shopify", "shopify_orders.ndjson", 52),
        &[
            (1, authorized),
            (6, ten),
            (7, ten_and_hundred),
            (27, authorized),
            (32, ten),
            (33, ten_and_hundred),
        ],
        &[],
    );
}

/// A shipped order of Amazon's own warehouse with the word of a parcel that waits for a pickup.
#[test]
fn amazon() {
    assert_found(
        &read("amazon_sp_api", "amazon_orders_v0.ndjson", 4),
        &[(
            3,
            "fulfillment: OrderStatus Shipped, NumberOfItemsShipped 1, EasyShipShipmentStatus PendingPickUp",
        )],
        &[],
    );
}

#[test]
fn netsuite() {
    assert_found(&read("netsuite", "netsuite_sales_orders.ndjson", 1), &[], &[]);
}

/// The example's `outcome.type` is the word `type`, which stands in for a value.
#[test]
fn stripe() {
    assert_found(
        &read("stripe", "stripe_objects.ndjson", 4),
        &[],
        &[(1, "charge.outcome.type type")],
    );
}

/// A shop's orders carried to the books: by what the order says of money and goods, one answer.
#[test]
fn shopify_orders_have_their_place_in_netsuite() {
    let (shopify, netsuite) = (load("shopify"), load("netsuite"));
    let order = shopify.record("order").unwrap();
    let mut places = BTreeSet::new();
    for record in records("shopify_orders.ndjson") {
        let text = |key: &str| record[key].as_str().unwrap_or("-").to_owned();
        let reading = shopify.read(order, &record, &Known::new());
        // One example is an excerpt that says nothing of money.
        if !reading.contradictions.is_empty() || record.get("financial_status").is_none() {
            continue;
        }
        let life = if record["cancelled_at"].is_null() { "live" } else { "cancelled" };
        let codes = shown(&netsuite, "salesOrder.orderStatus", reading.claim_of_the_order().states);
        places.insert(format!(
            "{} {} {life} -> {codes}",
            text("financial_status"),
            text("fulfillment_status")
        ));
    }
    if !places.is_empty() {
        let places: Vec<_> = places.iter().map(String::as_str).collect();
        assert_eq!(
            places,
            [
                "paid - live -> B",
                "paid fulfilled live -> F",
                // A deposit: the terms say nothing against starting.
                "partially_paid - live -> B",
                "partially_refunded - cancelled -> C",
                "partially_refunded - live -> B",
                "pending - live -> A or B",
            ]
        );
    }
}
