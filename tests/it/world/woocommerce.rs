//! WooCommerce, REST wc/v3: one status for everything, the dates that stay, and the refunds.
//!
//! The shop takes money through PayPal, by bank transfer and at the door. Whoever ships tells it, and
//! it completes an order when everything left; cash on delivery is completed when the cash is in.
//! Half of the orders come from the days in which the shop had switched its Fulfillments on.

use serde_json::{Value, json};

use super::{Back, Line, Money, Parcel, Pays, Sale, Sent, money};

const DAY: &str = "2026-11-20T10:00:00";
const LATER: &str = "2026-11-22T10:00:00";

pub(super) fn sends(sale: &Sale) -> Sent {
    let with_fulfillments = sale.number.is_multiple_of(2);
    let mut order = json!({
        "id": sale.number, "number": sale.number.to_string(), "status": status(sale), "currency": "USD",
        "date_created_gmt": DAY, "date_modified_gmt": LATER, "total": money(sale.total()),
        "payment_method": method(sale), "date_paid_gmt": was_paid(sale).then_some(DAY),
        "date_completed_gmt": was_completed(sale).then_some(LATER),
        "line_items": sale.lines.iter().enumerate().map(line).collect::<Vec<_>>(),
        "shipping_lines": if sale.lines.iter().any(Line::is_goods) { json!([{ "id": 317, "method_id": "flat_rate" }]) } else { json!([]) },
        "refunds": refunds(sale),
    });
    if !with_fulfillments {
        return vec![("order", order)];
    }
    let shipments = fulfillments(sale);
    let word = if shipments.is_empty() {
        "no_fulfillments"
    } else if sale.open() == 0 {
        "fulfilled"
    } else {
        "partially_fulfilled"
    };
    order["meta_data"] = json!([{ "id": 20, "key": "_fulfillment_status", "value": word }]);
    let mut sent = vec![("order", order)];
    sent.extend(shipments.into_iter().map(|shipment| ("fulfillment", shipment)));
    sent
}

/// Refunding all of the total moves an order to refunded, also one that is called off; a refund of a
/// part moves nothing.
fn status(sale: &Sale) -> &'static str {
    if sale.given_back > 0 && sale.given_back >= sale.total() {
        return "refunded";
    }
    if sale.called_off {
        return "cancelled";
    }
    match (sale.pays, sale.money) {
        _ if was_completed(sale) => "completed",
        (Pays::Card, Money::Nothing) => "pending",
        (Pays::Card, Money::Declined) => "failed",
        // To be captured later, or a transfer that nobody has seen yet.
        (Pays::Card, Money::Reserved) | (Pays::Transfer, Money::Nothing) => "on-hold",
        _ => "processing",
    }
}

/// Downloads that are paid need no processing and are completed at once.
fn was_completed(sale: &Sale) -> bool {
    let served = if sale.has_goods() { sale.all_sent() } else { !sale.called_off };
    served && sale.is_paid()
}

/// Stamped by the gateway or when staff moves a transfer on; for cash when the order is completed.
/// A free order counts as paid when it is placed.
fn was_paid(sale: &Sale) -> bool {
    match sale.pays {
        Pays::AtTheDoor => was_completed(sale),
        Pays::Card | Pays::Transfer | Pays::OnInvoice | Pays::Nothing => sale.is_paid(),
    }
}

fn method(sale: &Sale) -> &'static str {
    match sale.pays {
        Pays::Card => "ppcp-gateway",
        Pays::Transfer => "bacs",
        Pays::AtTheDoor => "cod",
        Pays::OnInvoice | Pays::Nothing => "",
    }
}

/// Lines stay as they were ordered.
fn line((at, line): (usize, &Line)) -> Value {
    json!({ "id": 300 + at, "quantity": line.pieces, "total": money(line.pieces * line.price) })
}

/// In an order a refund is a negative amount and its reason.
fn refunds(sale: &Sale) -> Value {
    if sale.given_back == 0 {
        return json!([]);
    }
    let reason = if sale.back == Back::Here { "returned" } else { "" };
    json!([{ "id": 900_000 + sale.number, "reason": reason, "total": format!("-{}", money(sale.given_back)) }])
}

/// One for each parcel; downloads are fulfilled as soon as the order is placed.
fn fulfillments(sale: &Sale) -> Vec<Value> {
    let one = |at: usize, pieces: Vec<(usize, u32)>| {
        let items: Vec<_> = pieces
            .iter()
            .map(|(at, pieces)| json!({ "item_id": 300 + at, "qty": pieces }))
            .collect();
        json!({
            "id": u64::from(sale.number) * 10 + at as u64, "entity_type": "WC_Order", "entity_id": sale.number.to_string(),
            "status": "fulfilled", "is_fulfilled": true, "date_updated": "2026-11-22 10:00:00", "date_deleted": null,
            "meta_data": [{ "id": 1, "key": "_items", "value": items }],
        })
    };
    let downloads: Vec<_> = sale
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.is_goods())
        .map(|(at, line)| (at, line.pieces))
        .collect();
    let parcels = sale.parcels().into_iter().map(|Parcel { pieces, .. }| pieces);
    let all = std::iter::once(downloads).filter(|pieces| !pieces.is_empty()).chain(parcels);
    all.enumerate().map(|(at, pieces)| one(at, pieces)).collect()
}
