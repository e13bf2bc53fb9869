//! Which records are about one order.

use order_status::join::join;
use order_status::mapping::Mapping;
use order_status::reading::Known;
use serde_json::{Value, json};

use crate::channels::load;
use crate::common::permutations;

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

/// Two orders that one delivery names are one for the ERP; people know it by the smaller number.
#[test]
fn the_key_of_an_order_does_not_depend_on_the_order_of_its_records() {
    let netsuite = load("netsuite");
    let order = |id: u32| json!({ "id": id, "tranId": format!("SO{id}"), "orderStatus": "B" });
    let invoice = |of: u32| json!({ "id": 900, "createdFrom": { "id": of }, "otherRefNum": "#1" });
    let records = [
        ("sales_order", order(12)),
        ("sales_order", order(11)),
        ("invoice", invoice(11)),
        ("invoice", json!({ "id": 901, "createdFrom": { "id": 12 }, "otherRefNum": "#1" })),
    ];
    for records in permutations(&records) {
        let records: Vec<_> =
            records.iter().map(|(kind, payload)| (*kind, payload.clone())).collect();
        assert_eq!(keys(&netsuite, &records), ["1"]);
    }
    let shop = load("shopify");
    let numbers = [
        ("order", json!({ "id": 5, "name": "#1010" })),
        ("order", json!({ "id": 4, "name": "#1009" })),
    ];
    let linked = ("transaction", json!({ "id": 7, "order_id": 5, "parent_id": 8 }));
    let other = ("transaction", json!({ "id": 8, "order_id": 4 }));
    for records in permutations(&[numbers[0].clone(), numbers[1].clone(), linked, other]) {
        assert_eq!(keys(&shop, &records), ["1009"]);
    }
}

/// Events of one shipment have one id and carry each other on: none of them is an older state of
/// another, so none may be dropped.
#[test]
fn steps_that_bear_the_id_of_what_they_carry_on_are_all_kept() {
    let cloud = load("salesforce_commerce_cloud");
    let events = |status: &str, at: &str| {
        let event = json!({ "id": "f1", "type": status, "occurredAt": at, "lineItems": [{ "quantity": 1 }] });
        ("oms_fulfillment_event", json!({ "orderNo": "00000412", "fulfillmentEvent": event }))
    };
    let claims: Vec<String> = permutations(&[
        events("processing", "2026-11-20T10:00:00Z"),
        events("shipped", "2026-11-21T10:00:00Z"),
        events("shipped", "2026-11-21T10:00:00Z"),
    ])
    .iter()
    .map(|records| {
        let read = |(kind, payload): &(&str, Value)| {
            (0, cloud.read(cloud.record(kind).unwrap(), payload, &Known::new()))
        };
        let mut orders = join(&[&cloud], records.iter().map(read).collect());
        let order = orders.remove(0);
        assert!(orders.is_empty());
        assert_eq!(order.records[0].len(), 2, "an event that was sent twice counts once");
        let view = order_status::compare::View::new(&cloud, order.records.concat(), &[]);
        view.claim().states.to_string()
    })
    .collect();
    assert!(claims.iter().all(|claim| *claim == claims[0]), "order decides: {claims:?}");
    assert!(claims[0].contains("fulfillment=partially_shipped|shipped"), "{}", claims[0]);
}

/// The ERP counts from 900, the shop from 700: number 1001 is two orders, and a payment for 1001 may
/// be for either of them.
#[test]
fn a_number_that_two_orders_bear_joins_them_not() {
    let systems = [load("shopify"), load("brightpearl"), load("stripe")];
    let systems: Vec<&Mapping> = systems.iter().collect();
    let order = |number: u32| {
        (0, "order", json!({ "id": number + 5_000_000, "name": format!("#{number}") }))
    };
    let sale = |number: u32, of: u32| {
        (1, "sales_order", json!({ "id": number, "orderId": number, "reference": of.to_string() }))
    };
    let payment = |of: u32| {
        let metadata = json!({ "order_id": of.to_string() });
        (
            2,
            "payment_intent",
            json!({ "object": "payment_intent", "id": format!("pi_{of}"), "status": "succeeded", "metadata": metadata }),
        )
    };
    let joined = |records: &[(usize, &'static str, Value)]| -> Vec<Vec<Vec<usize>>> {
        permutations(records)
            .into_iter()
            .map(|records| {
                let read = |(at, kind, payload): &(usize, &str, Value)| {
                    (
                        *at,
                        systems[*at].read(
                            systems[*at].record(kind).unwrap(),
                            payload,
                            &Known::new(),
                        ),
                    )
                };
                let orders = join(&systems, records.iter().map(read).collect());
                orders.iter().map(|order| order.records.iter().map(Vec::len).collect()).collect()
            })
            .collect()
    };
    let all = |records: &[_], expected: &[[usize; 3]]| {
        for found in joined(records) {
            assert_eq!(found, expected);
        }
    };
    // Each has its own: the shop's 1001 is the ERP's 1201, and the shop's 801 the ERP's 1001.
    all(&[order(1001), sale(1201, 1001), order(801), sale(1001, 801)], &[[1, 1, 0], [1, 1, 0]]);
    all(&[order(1001), order(801), sale(1001, 801), payment(801)], &[[1, 1, 1], [1, 0, 0]]);
    // For which of the two the money came nobody can tell.
    all(
        &[order(1001), order(801), sale(1001, 801), payment(1001)],
        &[[1, 1, 0], [1, 0, 0], [0, 0, 1]],
    );
    // An ERP that takes the shop's numbers has the same order.
    all(&[order(1001), sale(1001, 1001), payment(1001)], &[[1, 1, 1]]);
}
