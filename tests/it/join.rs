//! Which records are about one order.

use order_status::join::join;
use order_status::mapping::Mapping;
use order_status::reading::Known;
use serde_json::{Value, json};

use crate::channels::load;

/// The keys of the orders to which records of one system belong.
fn keys(mapping: &Mapping, records: &[(&str, Value)]) -> Vec<String> {
    let read = |(kind, payload): &(&str, Value)| {
        (0, mapping.read(mapping.record(kind).unwrap(), payload, &Known::new()))
    };
    let orders = join(&[mapping], records.iter().map(read).collect());
    orders.into_iter().map(|order| order.key).collect()
}

#[test]
fn what_hangs_under_a_nested_record_belongs_to_the_outer_one() {
    let intent = json!({
        "id": "pi_1", "object": "payment_intent", "status": "succeeded", "metadata": { "order_id": "1001" },
        "latest_charge": { "id": "ch_1", "object": "charge", "status": "succeeded", "captured": true },
    });
    let dispute =
        json!({ "id": "dp_1", "object": "dispute", "charge": "ch_1", "status": "needs_response" });
    let records = [("payment_intent", intent), ("dispute", dispute)];
    assert_eq!(keys(&load("stripe"), &records), ["1001"]);
}

/// Lines are numbered within their order, and nothing hangs under them.
#[test]
fn numbers_of_lines_join_nothing() {
    let order = |number: u32| json!({ "id": number, "tranId": format!("SO{number}"), "orderStatus": "B", "item": { "items": [{ "line": 1, "quantity": 1 }] } });
    let records = [("sales_order", order(1)), ("sales_order", order(2))];
    assert_eq!(keys(&load("netsuite"), &records), ["SO1", "SO2"]);
}

/// Webhooks arrive twice and late, and a list may hold both states of an order.
#[test]
fn a_record_that_was_sent_twice_counts_once_as_it_was_changed_last() {
    let order = |status: &str, changed: &str| json!({ "id": 1, "tranId": "SO1", "orderStatus": status, "lastModifiedDate": changed });
    let netsuite = load("netsuite");
    let pending = order("B", "2026-11-20T10:00:00Z");
    let billed = order("G", "2026-11-21T10:00:00Z");
    for records in [[&pending, &billed], [&billed, &pending]] {
        let read = |payload: &&Value| {
            (0, netsuite.read(netsuite.record("sales_order").unwrap(), *payload, &Known::new()))
        };
        let orders = join(&[&netsuite], records.iter().map(read).collect());
        assert_eq!(orders.len(), 1);
        let [reading] = &orders[0].records[0][..] else { panic!("two records of one id") };
        assert_eq!(reading.changed.as_deref(), Some("2026-11-21T10:00:00Z"));
    }
}

/// Odoo's RPC sends `false` for what is empty.
#[test]
fn what_is_empty_joins_nothing() {
    let order = |id: u32| json!({ "id": id, "name": format!("S{id}"), "state": "sale", "client_order_ref": false });
    let odoo = load("odoo");
    let kind = odoo.recognise(&order(1)).unwrap().name().to_owned();
    assert_eq!(keys(&odoo, &[(&kind, order(1)), (&kind, order(2))]), ["S1", "S2"]);
}
