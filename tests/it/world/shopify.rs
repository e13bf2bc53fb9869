//! Shopify, REST Admin API: one order with its lines, fulfillments, refunds and returns.

use serde_json::{Value, json};

use super::{Back, Dispute, From, Line, Money, Pays, Road, Sale, Sent, money};

pub(super) fn sends(sale: &Sale) -> Sent {
    let id = 5_400_000_000_000_u64 + u64::from(sale.number);
    let mut order = json!({
        "id": id, "name": format!("#{}", sale.number), "created_at": "2026-11-20T10:00:00Z",
        "updated_at": "2026-11-22T10:00:00Z", "currency": "USD", "total_price": money(sale.total()),
        "closed_at": sale.archived.then_some("2026-11-22T11:00:00Z"),
        "cancelled_at": sale.called_off.then_some("2026-11-21T10:00:00Z"),
        "cancel_reason": sale.called_off.then_some("customer"),
        "financial_status": financial(sale), "fulfillment_status": fulfillment(sale),
        "payment_gateway_names": gateways(sale), "payment_terms": terms(sale),
        "line_items": sale.lines.iter().enumerate().map(|(at, it)| line(sale, at, it)).collect::<Vec<_>>(),
        "fulfillments": fulfillments(sale, id), "refunds": refunds(sale, id),
    });
    // Returns come through GraphQL; whoever asks for them puts them to the order.
    order["returns"] = returns(sale);
    if sale.dispute != Dispute::None {
        let status = if sale.dispute == Dispute::Open { "needs_response" } else { "lost" };
        order["disputes"] = json!([{ "id": 1, "order_id": id, "status": status }]);
    }
    vec![("order", order)]
}

fn financial(sale: &Sale) -> &'static str {
    match sale.money {
        _ if sale.pays == Pays::Nothing => "paid",
        Money::Nothing | Money::Declined => "pending",
        Money::Reserved => "authorized",
        Money::Released => "voided",
        Money::Taken | Money::TakenTwice if sale.given_back == 0 && sale.half => "partially_paid",
        Money::Taken | Money::TakenTwice if sale.given_back == 0 => "paid",
        Money::Taken | Money::TakenTwice if sale.given_back < sale.total() => "partially_refunded",
        Money::Taken | Money::TakenTwice => "refunded",
    }
}

/// Null until something left. Downloads are fulfilled by themselves as soon as they are paid.
fn fulfillment(sale: &Sale) -> Option<&'static str> {
    let downloads = sale.lines.iter().any(|line| !line.is_goods());
    if sale.called_off && !sale.any_sent() {
        None
    } else if sale.open() == 0 && (sale.any_sent() || downloads) {
        Some("fulfilled")
    } else if sale.any_sent() || downloads {
        Some("partial")
    } else {
        None
    }
}

fn gateways(sale: &Sale) -> Value {
    match sale.pays {
        Pays::Card => json!(["shopify_payments"]),
        Pays::Transfer => json!(["Bank Deposit"]),
        Pays::AtTheDoor => json!(["Cash on Delivery (COD)"]),
        Pays::OnInvoice | Pays::Nothing => json!([]),
    }
}

fn terms(sale: &Sale) -> Value {
    match sale.pays {
        Pays::OnInvoice => json!({ "payment_terms_type": "net", "due_in_days": 30 }),
        Pays::Card | Pays::Transfer | Pays::AtTheDoor | Pays::Nothing => Value::Null,
    }
}

fn line(sale: &Sale, at: usize, line: &Line) -> Value {
    let service = if line.from == From::Maker { "maker-direct" } else { "manual" };
    // Pieces that were refunded are taken off the current quantity, whatever became of them.
    let refunded = if sale.back == Back::Here && sale.given_back > 0 { line.back } else { 0 };
    let done = !line.is_goods() || line.sent > 0;
    let status = match (done, line.open()) {
        (false, _) => None,
        (true, 0) => Some("fulfilled"),
        (true, _) => Some("partial"),
    };
    json!({
        "id": 10 + at, "quantity": line.pieces, "current_quantity": line.live() - refunded,
        "fulfillable_quantity": line.open(), "fulfillment_service": service,
        "fulfillment_status": status, "requires_shipping": line.is_goods(), "price": money(line.price),
    })
}

/// One parcel from each place.
fn fulfillments(sale: &Sale, order: u64) -> Vec<Value> {
    let mut parcels: Vec<Value> = Vec::new();
    for place in [From::Warehouse(0), From::Warehouse(1), From::Maker, From::Download] {
        let done = |line: &Line| if line.is_goods() { line.sent } else { line.live() };
        let lines: Vec<_> = sale
            .lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.from == place && done(line) > 0)
            .collect();
        if lines.is_empty() {
            continue;
        }
        let arrived = lines.iter().all(|(_, line)| line.arrived == line.sent);
        let scan = match sale.road {
            _ if arrived => "delivered",
            Road::Between => "in_transit",
            Road::InTheVan => "out_for_delivery",
            Road::AtTheCounter => "ready_for_pickup",
        };
        let items: Vec<_> = lines
            .iter()
            .map(|(at, line)| json!({ "id": 10 + at, "quantity": done(line), "requires_shipping": line.is_goods() }))
            .collect();
        parcels.push(json!({
            "id": order * 10 + parcels.len() as u64, "order_id": order, "status": "success",
            "tracking_company": "UPS", "shipment_status": (place != From::Download).then_some(scan),
            "line_items": items,
        }));
    }
    parcels
}

fn refunds(sale: &Sale, order: u64) -> Vec<Value> {
    if sale.given_back == 0 {
        return Vec::new();
    }
    let lines: Vec<Value> = sale
        .lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| match (sale.back, line.back, line.called_off) {
            (Back::Here, back, _) if back > 0 => Some((at, back, "return")),
            (_, _, off) if off > 0 => Some((at, off, "cancel")),
            _ => None,
        })
        .map(|(at, pieces, restock)| {
            json!({ "id": 700 + at, "line_item_id": 10 + at, "quantity": pieces, "restock_type": restock })
        })
        .collect();
    vec![json!({
        "id": order * 10 + 5, "order_id": order, "created_at": "2026-11-22T10:00:00Z",
        "transactions": [{ "id": order * 10 + 6, "kind": "refund", "status": "success", "amount": money(sale.given_back), "currency": "USD" }],
        "refund_line_items": lines,
    })]
}

fn returns(sale: &Sale) -> Value {
    let status = match sale.back {
        Back::Nothing => return json!([]),
        Back::Asked => "REQUESTED",
        Back::Agreed => "OPEN",
        Back::Here => "CLOSED",
    };
    let pieces: u32 = sale.lines.iter().map(|line| line.back).sum();
    // A return is closed whatever came; what came is disposed of.
    let disposed = json!([{ "id": "gid://shopify/ReverseFulfillmentOrderDisposition/1", "type": "RESTOCKED", "quantity": pieces }]);
    let work = json!({ "nodes": [{
        "id": "gid://shopify/ReverseFulfillmentOrder/1", "status": status,
        "lineItems": { "nodes": [{
            "id": "gid://shopify/ReverseFulfillmentOrderLineItem/1", "totalQuantity": pieces,
            "dispositions": if sale.back == Back::Here { disposed } else { json!([]) },
        }] },
    }] });
    let mut found =
        json!({ "id": "gid://shopify/Return/1", "status": status, "totalQuantity": pieces });
    // Goods that nobody agreed to take back are no work.
    if sale.back != Back::Asked {
        found["reverseFulfillmentOrders"] = work;
    }
    json!([found])
}
