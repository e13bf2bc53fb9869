//! Walmart Marketplace, Orders and Returns of the United States: a purchase order whose lines have a
//! list of statuses with quantities.
//!
//! Walmart lets an order out when the money is sure, and charges with the shipment. What a supplier
//! sends for the seller the seller reports as his own. Lines that are cancelled before they ship are
//! not charged, so nothing is given back for them.

use serde_json::{Value, json};

use super::{Back, Line, Sale, Sent};

pub(super) fn sends(sale: &Sale) -> Sent {
    let id = sale.number.to_string();
    let order = json!({ "order": {
        "purchaseOrderId": id, "customerOrderId": format!("437{id}"), "orderDate": 1_795_171_560_000_u64,
        "shipNode": { "type": "SellerFulfilled" },
        "orderLines": { "orderLine": sale.lines.iter().enumerate().map(|(at, line)| row(sale, at, line)).collect::<Vec<_>>() },
    } });
    let mut sent = vec![("order", order)];
    if sale.back != Back::Nothing {
        sent.push(("return_order", returned(sale)));
    }
    sent
}

fn row(sale: &Sale, at: usize, line: &Line) -> Value {
    let waiting = if sale.released { "Acknowledged" } else { "Created" };
    let pieces = [
        ("Delivered", line.arrived),
        ("Shipped", line.sent - line.arrived),
        (waiting, line.open()),
        ("Cancelled", line.called_off),
    ];
    let statuses: Vec<_> = pieces
        .into_iter()
        .filter(|(_, pieces)| *pieces > 0)
        .map(|(status, pieces)| {
            let mut entry = json!({
                "status": status, "statusQuantity": { "unitOfMeasurement": "EACH", "amount": pieces.to_string() },
            });
            if ["Delivered", "Shipped"].contains(&status) {
                entry["trackingInfo"] = json!({
                    "shipDateTime": 1_795_250_000_000_u64, "carrierName": { "carrier": "UPS" }, "methodCode": "Standard",
                    "trackingNumber": format!("1Z{}{at}", sale.number),
                });
            }
            entry
        })
        .collect();
    let mut row = json!({
        "lineNumber": (at + 1).to_string(), "orderLineQuantity": { "unitOfMeasurement": "EACH", "amount": line.pieces.to_string() },
        "orderLineStatuses": { "orderLineStatus": statuses }, "fulfillment": { "fulfillmentOption": "S2H", "shipMethod": "STANDARD" },
        "charges": { "charge": [{ "chargeType": "PRODUCT", "chargeName": "ItemPrice", "chargeAmount": { "currency": "USD", "amount": f64::from(line.pieces * line.price) / 100.0 } }] },
    });
    let back = given_back(sale, at, line);
    if back > 0 {
        row["refund"] = json!({ "refundId": "123", "refundCharges": { "refundCharge": [{
            "refundReason": "CustomerChangedMind",
            "charge": { "chargeType": "PRODUCT", "chargeName": "Item Price", "chargeAmount": { "currency": "USD", "amount": -f64::from(back) / 100.0 } },
        }] } });
    }
    row
}

/// In cents: what came back, or goodwill, which is booked on the first line.
fn given_back(sale: &Sale, at: usize, line: &Line) -> u32 {
    match (sale.given_back, sale.back) {
        (0, _) => 0,
        (_, Back::Here) => line.back * line.price,
        (cents, Back::Nothing) if at == 0 && line.sent > 0 && line.called_off == 0 => {
            // What a line that was called off cost was never charged.
            let off: u32 = sale.lines.iter().map(|line| line.called_off * line.price).sum();
            cents - off
        }
        _ => 0,
    }
}

/// The buyer has a label at once, so that asking and agreeing are one. Completed is the refund.
fn returned(sale: &Sale) -> Value {
    let (status, refund) = match sale.back {
        Back::Nothing | Back::Asked | Back::Agreed => ("INITIATED", None),
        Back::Here if sale.given_back > 0 => ("COMPLETED", Some("REFUND_COMPLETED")),
        Back::Here => ("DELIVERED", None),
    };
    let worth: u32 = sale.lines.iter().map(|line| line.back * line.price).sum();
    let lines: Vec<_> = sale
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.back > 0)
        .map(|(at, line)| {
            let mut row = json!({
                "returnOrderLineNumber": at + 1, "salesOrderLineNumber": at + 1, "purchaseOrderLineNumber": at + 1,
                "purchaseOrderId": sale.number.to_string(), "returnReason": "NO_LONGER_WANTED", "status": status,
                "quantity": { "unitOfMeasure": "EACH", "measurementValue": line.back }, "returnExpectedFlag": true, "isKeepIt": false,
                "refundedQty": if refund.is_some() { line.back } else { 0 }, "statusTime": "2026-11-22T10:00:00.000Z",
                "currentTrackingStatuses": [{ "status": status, "quantity": { "unitOfMeasure": "EACH", "measurementValue": line.back } }],
            });
            if let Some(refund) = refund {
                row["currentRefundStatus"] = json!(refund);
                row["currentTrackingStatuses"][0]["currentRefundStatus"] = json!(refund);
            }
            row
        })
        .collect();
    json!({
        "returnOrderId": format!("103{}", sale.number), "customerOrderId": format!("437{}", sale.number), "refundMode": "POST_DELIVERY",
        "returnOrderDate": "2026-11-22T10:00:00.000Z", "totalRefundAmount": { "currencyAmount": f64::from(worth) / 100.0, "currencyUnit": "USD" },
        "returnOrderLines": lines,
    })
}
