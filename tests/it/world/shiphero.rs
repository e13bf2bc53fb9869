//! ShipHero, GraphQL: one order with its lines, however many warehouses have them, its shipments and
//! returns.
//!
//! The label ends the work: what is packed lies in a bulk batch, its pieces count as shipped, and
//! only the batch knows that it still stands here. An order comes in as soon as the shop has it and
//! is stopped until the money is there.

use serde_json::{Value, json};

use super::{Back, From, Line, Pays, Sale, Sent, Step};

pub(super) fn sends(sale: &Sale) -> Sent {
    let ours = |line: &Line| matches!(line.from, From::Warehouse(_));
    let lines: Vec<_> = sale.lines.iter().enumerate().filter(|(_, line)| ours(line)).collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let id = format!("order-{}", sale.number);
    let open: u32 = lines.iter().map(|(_, line)| to_label(line)).sum();
    let labelled: u32 = lines.iter().map(|(_, line)| has_label(line)).sum();
    let status = match (open, labelled) {
        (0, 0) if lines.iter().all(|(_, line)| line.live() == 0) => "canceled",
        (0, _) => "fulfilled",
        _ => "pending",
    };
    let due =
        matches!(sale.pays, Pays::Card | Pays::Transfer) && !sale.is_paid() && !sale.called_off;
    let order = json!({
        "id": id, "legacy_id": sale.number, "order_number": format!("#{}", sale.number), "partner_order_id": sale.number.to_string(),
        "fulfillment_status": status, "created_at": "2026-11-20T10:00:00", "updated_at": "2026-11-22T10:00:00",
        "ready_to_ship": status == "pending" && !due && !sale.held,
        "holds": {
            "fraud_hold": false, "address_hold": false, "shipping_method_hold": false, "operator_hold": sale.held,
            "payment_hold": due, "client_hold": false,
        },
        "line_items": { "edges": lines.iter().map(|(at, line)| json!({ "node": item(sale, *at, line) })).collect::<Vec<_>>() },
        "shipments": shipments(sale, &id, &lines),
    });
    let mut sent = vec![("order", json!({ "data": { "order": { "data": order } } }))];
    if matches!(sale.back, Back::Agreed | Back::Here) && lines.iter().any(|(_, line)| line.back > 0)
    {
        sent.push(("return", returned(sale, &id, &lines)));
    }
    sent
}

/// Pieces with a label: gone, or in a batch.
const fn has_label(line: &Line) -> u32 {
    line.live() - to_label(line)
}

const fn to_label(line: &Line) -> u32 {
    match line.step {
        Step::Waits | Step::Picked => line.live() - line.sent,
        Step::Packed => 0,
    }
}

/// A line that was called off keeps its quantity, and nothing of it is pending.
fn item(sale: &Sale, at: usize, line: &Line) -> Value {
    json!({
        "id": format!("line-{}-{at}", sale.number), "quantity": line.pieces, "quantity_allocated": to_label(line),
        "quantity_pending_fulfillment": to_label(line), "quantity_shipped": has_label(line), "backorder_quantity": 0,
    })
}

fn shipments(sale: &Sale, order: &str, lines: &[(usize, &Line)]) -> Vec<Value> {
    let one = |which: &str, pieces: Vec<(usize, u32)>, completed: bool, delivered: bool| {
        let items: Vec<_> = pieces
            .iter()
            .map(|(at, pieces)| json!({ "node": { "id": format!("sl-{at}"), "quantity": pieces } }))
            .collect();
        json!({
            "id": format!("{order}{which}"), "order_id": order, "created_date": "2026-11-21T16:00:00", "completed": completed,
            "picked_up": completed, "delivered": delivered, "shipped_off_shiphero": false, "dropshipment": false,
            "line_items": { "edges": items },
        })
    };
    let parcels = sale.parcels();
    let ours = parcels.into_iter().filter(|parcel| parcel.place != From::Maker);
    let mut all: Vec<_> = ours
        .map(|parcel| one(&format!("{:?}", parcel.place), parcel.pieces, true, parcel.arrived))
        .collect();
    for warehouse in 0..2 {
        let batched: Vec<_> = lines
            .iter()
            .filter(|(_, line)| line.from == From::Warehouse(warehouse))
            .map(|(at, line)| (*at, has_label(line) - line.sent))
            .filter(|(_, pieces)| *pieces > 0)
            .collect();
        if !batched.is_empty() {
            all.push(one(&format!("batch{warehouse}"), batched, false, false));
        }
    }
    all
}

fn returned(sale: &Sale, order: &str, lines: &[(usize, &Line)]) -> Value {
    let here = sale.back == Back::Here;
    let items: Vec<_> = lines
        .iter()
        .filter(|(_, line)| line.back > 0)
        .map(|(at, line)| {
            json!({ "id": format!("r-{at}"), "quantity": line.back, "quantity_received": if here { line.back } else { 0 }, "restock": 1 })
        })
        .collect();
    let status = match (here, sale.given_back) {
        (false, _) => "pending",
        (true, 0) => "Warehouse Complete",
        (true, _) => "Complete",
    };
    json!({
        "id": format!("return-{}", sale.number), "order_id": order, "partner_order_id": sale.number.to_string(), "status": status,
        "label_type": "Self Return", "picked_up": here, "created_at": "2026-11-22T10:00:00", "line_items": items,
    })
}
