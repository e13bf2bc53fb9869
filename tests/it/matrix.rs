//! From a shop's order to the code at which the books should stand: the strict matrix.
//!
//! The orders are what Shopify's REST API sends for ordinary sales, read and translated, nothing
//! else told.

use order_status::mapping::{Mapping, Shown};
use order_status::reading::Known;
use order_status::state::StateSet;
use order_status::translation::Answer;
use serde_json::{Value, json};

use crate::channels::load;

/// A REST order as it is created: one line, card payments, nothing back.
fn order(changes: &Value) -> Value {
    let mut order = json!({
        "id": 450789469, "name": "#1001", "created_at": "2026-11-20T10:00:00Z", "updated_at": "2026-11-21T10:00:00Z",
        "cancelled_at": null, "cancel_reason": null, "closed_at": null, "currency": "EUR",
        "total_price": "598.94", "financial_status": "paid", "fulfillment_status": null,
        "payment_gateway_names": ["shopify_payments"], "refunds": [], "fulfillments": [],
        "line_items": [
            {"id": 1, "quantity": 2, "current_quantity": 2, "fulfillable_quantity": 2, "fulfillment_status": null, "requires_shipping": true, "fulfillment_service": "manual"},
        ],
    });
    for (key, value) in changes.as_object().unwrap() {
        order[key] = value.clone();
    }
    order
}

fn shipped(quantity: u32, left: u32) -> Value {
    json!({
        "fulfillment_status": if left == 0 { "fulfilled" } else { "partial" },
        "fulfillments": [{"id": 255858046, "order_id": 450789469, "status": "success", "shipment_status": null, "line_items": [{"id": 1, "quantity": quantity}]}],
        "line_items": [
            {"id": 1, "quantity": quantity + left, "current_quantity": quantity + left, "fulfillable_quantity": left, "fulfillment_status": if left == 0 { "fulfilled" } else { "partial" }, "requires_shipping": true, "fulfillment_service": "manual"},
        ],
    })
}

fn cancelled() -> Value {
    json!({
        "cancelled_at": "2026-11-21T10:00:00Z", "cancel_reason": "customer", "financial_status": "refunded",
        "refunds": [{"id": 5, "refund_line_items": [{"id": 7, "quantity": 2, "restock_type": "cancel"}], "transactions": [{"id": 6, "kind": "refund", "status": "success", "amount": "598.94"}]}],
        "line_items": [
            {"id": 1, "quantity": 2, "current_quantity": 0, "fulfillable_quantity": 0, "fulfillment_status": null, "requires_shipping": true, "fulfillment_service": "manual"},
        ],
    })
}

/// What Shopify says of an order, and nobody else.
fn claim(order: &Value) -> StateSet {
    let shopify = load("shopify");
    let reading = shopify.read(shopify.record("order").unwrap(), order, &Known::new());
    assert!(reading.contradictions.is_empty(), "{:?}", reading.contradictions);
    assert_eq!(reading.unmapped().count(), 0);
    reading.claim_of_the_order().states
}

/// The answer for one field, as a text: a code, codes, or that there is none.
pub(crate) fn shown(target: &Mapping, field: &str, order: StateSet) -> String {
    let (_, answer) = target.translate(order).find(|(known, _)| known.name() == field).unwrap();
    let code = |shown: &Shown| match shown {
        Shown::Code(code) => code.to_string(),
        Shown::Null => "null".into(),
        Shown::Empty => "empty".into(),
        Shown::Set => "set".into(),
        Shown::Nothing(reason) => format!("none: {reason}"),
    };
    match answer {
        Answer::Shown(row) => code(row.shown()),
        Answer::Undetermined(rows) => {
            rows.iter().map(|row| code(row.shown())).collect::<Vec<_>>().join(" or ")
        }
        Answer::Nothing(reason) => format!("none: {reason}"),
    }
}

/// Per ERP the field that holds the order's status. Dynamics knows no approval before fulfillment:
/// its open order is one code, and what must wait for money is put on hold.
const BOOKS: [(&str, &str); 4] = [
    ("netsuite", "salesOrder.orderStatus"),
    ("acumatica", "SalesOrder.Status"),
    ("dynamics365_fo", "SalesOrderStatus"),
    ("dynamics365_fo", "IsSalesProcessingStopped"),
];

#[track_caller]
fn assert_row(what: &str, order: &Value, expected: [&str; 4]) {
    let states = claim(order);
    for ((id, field), expected) in BOOKS.into_iter().zip(expected) {
        assert_eq!(shown(&load(id), field, states), expected, "{what} -> {id}: {states}");
    }
}

#[test]
fn authorized_waits_for_approval() {
    assert_row(
        "authorized",
        &order(&json!({"financial_status": "authorized"})),
        ["A", "Pending Approval", "Backorder", "Yes"],
    );
}

#[test]
fn paid_waits_for_fulfillment() {
    assert_row("paid", &order(&json!({})), ["B", "Open", "Backorder", "No"]);
}

#[test]
fn fulfilled_waits_for_its_invoice() {
    assert_row("fulfilled", &order(&shipped(2, 0)), ["F", "Completed", "Delivered", "No"]);
}

#[test]
fn partial_is_partly_shipped() {
    assert_row("partial", &order(&shipped(1, 1)), ["E", "Back Order", "Backorder", "No"]);
}

#[test]
fn cancelled_is_cancelled() {
    assert_row("cancelled", &order(&cancelled()), ["C", "Canceled", "Canceled", "No"]);
}

/// Nothing says whether the buyer pays before, on delivery or on invoice.
#[test]
fn pending_with_unknown_terms_is_undetermined() {
    let mut pending = order(&json!({"financial_status": "pending"}));
    pending.as_object_mut().unwrap().remove("payment_gateway_names");
    assert_row(
        "pending",
        &pending,
        ["A or B", "Pending Approval or Awaiting Payment or Open", "Backorder", "Yes or No"],
    );
}

/// A paid order of two pieces as each ERP sends it, once all of it is packed and once all of it left:
/// the order, and the document of the goods.
fn in_the_books(id: &str, gone: bool) -> Vec<(&'static str, Value)> {
    let pieces = if gone { 2 } else { 0 };
    match id {
        "netsuite" => vec![
            (
                "sales_order",
                json!({
                    "id": "7", "tranId": "SO7", "otherRefNum": "#1001", "orderStatus": { "id": if gone { "F" } else { "B" } },
                    "item": { "items": [{ "line": 1, "quantity": 2, "quantityFulfilled": pieces, "quantityBilled": 0, "quantityBackOrdered": 0, "isClosed": false }] },
                }),
            ),
            (
                "item_fulfillment",
                json!({ "id": "8", "createdFrom": { "id": "7" }, "shipStatus": { "id": if gone { "C" } else { "B" } },
                    "item": { "items": [{ "orderLine": 1, "quantity": 2 }] } }),
            ),
        ],
        "acumatica" => vec![(
            "sales_order",
            json!({
                "OrderType": { "value": "SO" }, "OrderNbr": { "value": "SO000007" }, "CustomerOrder": { "value": "#1001" },
                "Status": { "value": if gone { "Completed" } else { "Shipping" } }, "Hold": { "value": false },
                "Details": [{ "id": "1", "OrderQty": { "value": 2 }, "OpenQty": { "value": 2 - pieces }, "QtyOnShipments": { "value": 2 }, "Completed": { "value": gone } }],
                "Shipments": [{ "ShipmentNbr": { "value": "000001" }, "ShippedQty": { "value": 2 }, "Status": { "value": if gone { "Confirmed" } else { "Open" } }, "ShipmentType": { "value": "Shipment" } }],
            }),
        )],
        "dynamics365_fo" => vec![(
            "sales_order",
            json!({
                "SalesOrderNumber": "D7", "CustomersOrderReference": "#1001", "IsSalesProcessingStopped": "No",
                "SalesOrderStatus": if gone { "Delivered" } else { "Backorder" }, "DocumentStatus": if gone { "PackingSlip" } else { "PickingList" },
                "SalesOrderLines": [{ "InventoryLotId": "L1", "SalesOrderLineStatus": if gone { "Delivered" } else { "Backorder" },
                    "OrderedSalesQuantity": 2, "RemainSalesPhysical": 2 - pieces, "RemainSalesFinancial": pieces, "DeliveryType": "None" }],
            }),
        )],
        _ => panic!("no ERP {id}"),
    }
}

/// What is packed is on its way to nobody: the shop's order stays unfulfilled, and is fulfilled when
/// the goods left.
#[test]
fn packed_in_the_books_leaves_the_shop_unfulfilled_and_shipped_fulfills_it() {
    let shopify = load("shopify");
    let patterns = order_status::pattern::Patterns::builtin();
    for id in ["netsuite", "acumatica", "dynamics365_fo"] {
        let erp = load(id);
        for (gone, word, fulfilled) in
            [(false, "null", order(&json!({}))), (true, "fulfilled", order(&shipped(2, 0)))]
        {
            let read = || {
                let records = in_the_books(id, gone);
                let read = |(kind, payload)| {
                    let kind: &str = kind;
                    let payload: Value = payload;
                    erp.read(erp.record(kind).unwrap(), &payload, &Known::new())
                };
                order_status::compare::View::new(&erp, records.into_iter().map(read).collect(), &[])
            };
            // Books do not tell goods from downloads; the shop that they are compared with does.
            let told = read().claim().states.with(order_status::facet::Goods::Ship);
            assert_eq!(shown(&shopify, "fulfillment", told), word, "{id}, gone: {gone}: {told}");
            let shop = |payload: &Value| {
                let order = shopify.read(shopify.record("order").unwrap(), payload, &Known::new());
                order_status::compare::View::new(&shopify, vec![order], &[])
            };
            let names = |payload: &Value| -> Vec<String> {
                let findings = order_status::compare::compare(&[shop(payload), read()], &patterns);
                findings.iter().map(|finding| finding.name().to_owned()).collect()
            };
            assert!(names(&fulfilled).is_empty(), "{id}, gone: {gone}: {:?}", names(&fulfilled));
            if gone {
                assert_eq!(names(&order(&json!({}))), ["stale-shipping-status"], "{id}");
            } else {
                assert_eq!(names(&order(&shipped(2, 0))), ["fulfilled-only-in-shop"], "{id}");
            }
        }
    }
}
