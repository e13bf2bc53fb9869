//! ShipStation V1: one order for each warehouse that has goods of it to send, and the labels.

use serde_json::{Value, json};

use super::{From, Line, Money, Pays, Sale, Sent};

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
    sent
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
    if !gone.is_empty() {
        let id = id(sale, warehouse, 0);
        sent.push(("order", order(sale, id, "shipped", &gone)));
        sent.push(("shipment", label(sale, id, &gone)));
    }
    if !open.is_empty() {
        let id = id(sale, warehouse, 1);
        sent.push(("order", order(sale, id, waiting(sale), &open)));
    }
}

fn id(sale: &Sale, warehouse: u8, part: u32) -> u32 {
    700_000_000 + sale.number * 10 + u32::from(warehouse) * 2 + part
}

fn waiting(sale: &Sale) -> &'static str {
    let due = matches!(sale.pays, Pays::Card | Pays::Transfer)
        && !matches!(sale.money, Money::Taken | Money::TakenTwice);
    if sale.called_off {
        "cancelled"
    } else if sale.held {
        "on_hold"
    } else if due {
        "awaiting_payment"
    } else {
        "awaiting_shipment"
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
