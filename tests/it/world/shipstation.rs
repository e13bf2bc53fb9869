//! ShipStation: one order for each warehouse that has goods of it to send, and the labels.
//!
//! Orders with an even number are read with API V1; those with an odd one with V2, where an order is
//! called a shipment, and whose labels know what the carrier scanned. A label is made when the goods
//! leave. The label of a return is made as soon as the shop agreed to it: V1 hangs it under the order
//! that left, V2 makes a shipment of its own for it.

use serde_json::{Value, json};

use super::{Back, From, Line, Money, Pays, Sale, Sent};

pub(super) const EXPORTS: &[&str] = &["order", "shipment", "v2_shipment", "v2_label"];

pub(super) fn sends(sale: &Sale) -> Sent {
    let mut sent = Vec::new();
    for warehouse in 0..2 {
        let lines: Vec<_> = sale
            .lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.from == From::Warehouse(warehouse))
            .collect();
        if !lines.is_empty() {
            of_warehouse(sale, warehouse, &lines, &mut sent);
        }
    }
    let left =
        sale.lines.iter().any(|line| matches!(line.from, From::Warehouse(_)) && line.back > 0);
    if left && matches!(sale.back, Back::Agreed | Back::Here) {
        sent.push(if speaks_v2(sale) {
            ("v2_return", returned(sale))
        } else {
            ("shipment", return_label(sale))
        });
    }
    sent
}

const fn speaks_v2(sale: &Sale) -> bool {
    sale.number % 2 == 1
}

/// What left in part is split: the part that left is an order of its own with the same number.
fn of_warehouse(sale: &Sale, warehouse: u8, lines: &[(usize, &Line)], sent: &mut Sent) {
    let gone: Vec<_> =
        lines.iter().map(|(at, line)| (*at, line.sent)).filter(|(_, pieces)| *pieces > 0).collect();
    let open: Vec<_> = lines
        .iter()
        .map(|(at, line)| (*at, if sale.called_off { line.called_off } else { line.open() }))
        .filter(|(_, pieces)| *pieces > 0)
        .collect();
    let arrived = lines.iter().all(|(_, line)| line.arrived == line.sent);
    if !gone.is_empty() {
        let id = id(sale, warehouse, 0);
        if speaks_v2(sale) {
            sent.push(("v2_shipment", shipment(sale, id, "label_purchased", &gone)));
            sent.push(("v2_label", v2_label(id, arrived)));
        } else {
            sent.push(("order", order(sale, id, "shipped", &gone)));
            sent.push(("shipment", label(sale, id, &gone)));
        }
    }
    if !open.is_empty() {
        let id = id(sale, warehouse, 1);
        let (v1, v2) = waiting(sale);
        sent.push(if speaks_v2(sale) {
            ("v2_shipment", shipment(sale, id, v2, &open))
        } else {
            ("order", order(sale, id, v1, &open))
        });
    }
}

fn id(sale: &Sale, warehouse: u8, part: u32) -> u32 {
    700_000_000 + sale.number * 10 + u32::from(warehouse) * 2 + part
}

/// In both APIs' spelling.
fn waiting(sale: &Sale) -> (&'static str, &'static str) {
    let due = matches!(sale.pays, Pays::Card | Pays::Transfer)
        && !matches!(sale.money, Money::Taken | Money::TakenTwice);
    if sale.called_off {
        ("cancelled", "cancelled")
    } else if sale.held {
        ("on_hold", "on_hold")
    } else if due {
        ("awaiting_payment", "awaiting_payment")
    } else {
        ("awaiting_shipment", "pending")
    }
}

fn order(sale: &Sale, id: u32, status: &str, pieces: &[(usize, u32)]) -> Value {
    let items: Vec<_> = pieces
        .iter()
        .map(|(at, pieces)| json!({ "orderItemId": format!("{id}{at}"), "quantity": pieces, "adjustment": false }))
        .collect();
    json!({
        "orderId": id, "orderNumber": sale.number.to_string(), "orderStatus": status,
        "modifyDate": "2026-11-22T10:00:00.0000000", "items": items, "externallyFulfilled": false,
    })
}

fn label(sale: &Sale, order: u32, pieces: &[(usize, u32)]) -> Value {
    let items: Vec<_> = pieces
        .iter()
        .map(|(_, pieces)| json!({ "quantity": pieces, "adjustment": false }))
        .collect();
    json!({
        "shipmentId": order + 100_000_000, "orderId": order, "orderNumber": sale.number.to_string(),
        "isReturnLabel": false, "voided": false, "shipmentItems": items,
    })
}

fn shipment(sale: &Sale, id: u32, status: &str, pieces: &[(usize, u32)]) -> Value {
    let items: Vec<_> = pieces
        .iter()
        .map(|(at, pieces)| json!({ "sku": format!("SKU-{at}"), "external_order_item_id": at.to_string(), "quantity": pieces }))
        .collect();
    json!({
        "shipment_id": format!("se-{id}"), "shipment_number": sale.number.to_string(), "shipment_status": status,
        "is_return": false, "created_at": "2026-11-20T10:00:00Z", "modified_at": "2026-11-22T10:00:00Z", "items": items,
    })
}

fn v2_label(shipment: u32, arrived: bool) -> Value {
    json!({
        "label_id": format!("se-{}", shipment + 100_000_000), "shipment_id": format!("se-{shipment}"), "status": "completed",
        "created_at": "2026-11-21T10:00:00Z", "is_return_label": false, "voided": false, "trackable": true,
        "tracking_status": if arrived { "delivered" } else { "in_transit" },
    })
}

fn return_label(sale: &Sale) -> Value {
    let order = id(sale, 0, 0);
    json!({
        "shipmentId": order + 200_000_000, "orderId": order, "orderNumber": sale.number.to_string(),
        "isReturnLabel": true, "voided": false,
    })
}

/// The shipment of the way back, with the number of the order; its label is bought at once.
fn returned(sale: &Sale) -> Value {
    json!({
        "shipment_id": format!("se-{}", id(sale, 0, 9)), "shipment_number": sale.number.to_string(),
        "shipment_status": "label_purchased", "is_return": true, "created_at": "2026-11-21T10:00:00Z",
        "modified_at": "2026-11-22T10:00:00Z",
    })
}
