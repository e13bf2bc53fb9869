//! eBay, Sell Fulfillment API and the returns of the Post-Order API.
//!
//! eBay collects the money itself and tells of it only whether it came. The seller's software reports
//! a fulfillment for each parcel when it leaves, whoever packs it. eBay cancels whole orders: a line
//! that cannot be served is refunded, and stays where it was.

use serde_json::{Value, json};

use super::{Back, Dispute, Line, Money, Sale, Sent, money};

pub(super) fn sends(sale: &Sale) -> Sent {
    let id = sale.number.to_string();
    let refunds = if refunds_lines(sale) { json!([]) } else { whole_refund(sale) };
    let mut order = json!({
        "orderId": id, "creationDate": "2026-11-20T10:00:00.000Z", "lastModifiedDate": "2026-11-22T10:00:00.000Z",
        "orderFulfillmentStatus": fulfillment(sale), "orderPaymentStatus": payment(sale),
        "pricingSummary": { "total": { "value": money(sale.total()), "currency": "USD" } },
        "cancelStatus": { "cancelState": if sale.called_off { "CANCELED" } else { "NONE_REQUESTED" }, "cancelRequests": [] },
        "paymentSummary": { "refunds": refunds, "payments": [payments(sale)] },
        "fulfillmentStartInstructions": [{ "fulfillmentInstructionsType": "SHIP_TO", "ebaySupportedFulfillment": false }],
        "lineItems": sale.lines.iter().enumerate().map(|(at, line)| item(sale, at, line)).collect::<Vec<_>>(),
    });
    if sale.called_off {
        order["cancelStatus"]["cancelledDate"] = json!("2026-11-21T10:00:00.000Z");
    }
    let mut sent = vec![("order", order)];
    for (at, parcel) in sale.parcels().iter().enumerate() {
        let items: Vec<_> = parcel
            .pieces
            .iter()
            .map(|(at, pieces)| json!({ "lineItemId": line_id(sale, *at), "quantity": pieces }))
            .collect();
        let number = format!("94{}{at}", sale.number);
        sent.push((
            "shipping_fulfillment",
            json!({
                "fulfillmentId": number, "orderId": id, "lineItems": items, "shipmentTrackingNumber": number,
                "shippingCarrierCode": "USPS", "shippedDate": "2026-11-21T16:30:00.000Z",
            }),
        ));
    }
    if sale.dispute != Dispute::None {
        sent.push(("payment_dispute", dispute(sale)));
    }
    if sale.back != Back::Nothing {
        let lines = sale.lines.iter().enumerate().filter(|(_, line)| line.back > 0);
        sent.extend(lines.map(|(at, line)| ("return", returned(sale, at, line))));
    }
    sent
}

fn fulfillment(sale: &Sale) -> &'static str {
    let told = |line: &&Line| line.sent > 0;
    match sale.lines.iter().filter(told).count() {
        0 => "NOT_STARTED",
        count if count == sale.lines.len() => "FULFILLED",
        _ => "IN_PROGRESS",
    }
}

/// A payment that was promised and did not come, or was not asked for any more, stays pending.
fn payment(sale: &Sale) -> &'static str {
    match sale.money {
        Money::Nothing | Money::Reserved | Money::Released => "PENDING",
        Money::Declined => "FAILED",
        Money::Taken | Money::TakenTwice if sale.given_back == 0 => "PAID",
        Money::Taken | Money::TakenTwice if sale.given_back < sale.total() => "PARTIALLY_REFUNDED",
        Money::Taken | Money::TakenTwice => "FULLY_REFUNDED",
    }
}

fn payments(sale: &Sale) -> Value {
    let mut payment = json!({
        "paymentMethod": "EBAY", "paymentReferenceId": format!("P{}", sale.number),
        "amount": { "value": money(sale.total()), "currency": "USD" },
    });
    payment["paymentStatus"] = json!(match sale.money {
        Money::Nothing | Money::Reserved | Money::Released => "PENDING",
        Money::Declined => "FAILED",
        Money::Taken | Money::TakenTwice => "PAID",
    });
    if matches!(sale.money, Money::Taken | Money::TakenTwice) {
        payment["paymentDate"] = json!("2026-11-20T10:00:30.000Z");
    }
    payment
}

/// Money for single lines stands on the lines.
fn refunds_lines(sale: &Sale) -> bool {
    !sale.called_off
        && sale
            .lines
            .iter()
            .any(|line| line.called_off > 0 || (line.back > 0 && sale.back == Back::Here))
}

fn whole_refund(sale: &Sale) -> Value {
    if sale.given_back == 0 {
        return json!([]);
    }
    json!([{
        "refundId": format!("50{}", sale.number), "refundStatus": "REFUNDED", "refundDate": "2026-11-22T10:00:00.000Z",
        "amount": { "value": money(sale.given_back), "currency": "USD" },
    }])
}

fn line_id(sale: &Sale, at: usize) -> String {
    format!("{}{at}", sale.number)
}

fn item(sale: &Sale, at: usize, line: &Line) -> Value {
    let pieces = if sale.back == Back::Here { line.back } else { line.called_off };
    let refunds = if sale.given_back > 0 && refunds_lines(sale) && pieces > 0 {
        json!([{ "refundDate": "2026-11-22T10:00:00.000Z", "refundId": format!("51{at}"), "amount": { "value": money(pieces * line.price), "currency": "USD" } }])
    } else {
        json!([])
    };
    json!({
        "lineItemId": line_id(sale, at), "quantity": line.pieces, "total": { "value": money(line.pieces * line.price), "currency": "USD" },
        "lineItemFulfillmentStatus": if line.sent > 0 { "FULFILLED" } else { "NOT_STARTED" }, "refunds": refunds,
    })
}

fn dispute(sale: &Sale) -> Value {
    let mut dispute = json!({
        "paymentDisputeId": format!("500000{}", sale.number), "orderId": sale.number.to_string(), "openDate": "2026-11-22T10:00:00.000Z",
        "reason": "ITEM_NOT_RECEIVED", "amount": { "value": money(sale.total()), "currency": "USD" },
        "paymentDisputeStatus": if sale.dispute == Dispute::Open { "ACTION_NEEDED" } else { "CLOSED" },
    });
    if sale.dispute == Dispute::Lost {
        dispute["closedDate"] = json!("2026-11-25T10:00:00.000Z");
        dispute["resolution"] =
            json!({ "reasonForClosure": "SELLER_LOST", "protectionStatus": "NOT_PROTECTED" });
    }
    dispute
}

/// A return is about one line. It is closed with the refund.
fn returned(sale: &Sale, at: usize, line: &Line) -> Value {
    let (state, status) = match sale.back {
        Back::Nothing | Back::Asked => ("RETURN_REQUESTED", "RETURN_REQUESTED"),
        Back::Agreed => ("ITEM_READY_TO_SHIP", "READY_FOR_SHIPPING"),
        Back::Here if sale.given_back > 0 => ("CLOSED", "CLOSED"),
        Back::Here => ("ITEM_DELIVERED", "ITEM_DELIVERED"),
    };
    let worth = f64::from(line.back * line.price) / 100.0;
    let money = if state == "CLOSED" { "actualRefundAmount" } else { "estimatedRefundAmount" };
    json!({ "summary": {
        "returnId": format!("500{}{at}", sale.number), "orderId": sale.number.to_string(), "currentType": "MONEY_BACK", "state": state,
        "status": status, "sellerTotalRefund": { money: { "value": worth, "currency": "USD" } },
        "creationInfo": {
            "item": { "itemId": line_id(sale, at), "transactionId": "0", "returnQuantity": line.back }, "type": "MONEY_BACK",
            "reason": "NO_LONGER_NEED_ITEM", "creationDate": { "value": "2026-11-22T10:00:00.000Z" },
        },
    } })
}
