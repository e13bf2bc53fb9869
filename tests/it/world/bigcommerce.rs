//! BigCommerce, REST V2 and V3: an order with one number for everything, its products, shipments,
//! transactions and refunds.
//!
//! Ship Items and Refund move the status by themselves, all else is set by hand: the merchant moves
//! an order to Awaiting Fulfillment when it may be worked on, and to Completed when he is done with
//! it. Whoever acted last wins: goods that leave after a refund make it Shipped again.

use serde_json::{Value, json};

use super::{Back, Dispute, From, Line, Money, Pays, Sale, Sent, Step, money};

pub(super) const EXPORTS: &[&str] =
    &["order", "order_product", "shipment", "transaction", "refund"];

const DAY: &str = "Fri, 20 Nov 2026 10:00:00 +0000";
const LATER: &str = "Sun, 22 Nov 2026 10:00:00 +0000";

pub(super) fn sends(sale: &Sale) -> Sent {
    let pieces = sale.lines.iter().map(|line| line.pieces).sum::<u32>();
    let left = sale.lines.iter().map(|line| line.sent).sum::<u32>();
    let (status_id, status) = status(sale);
    let order = json!({
        "id": sale.number, "date_created": DAY, "date_modified": LATER,
        "date_shipped": if sale.all_sent() { LATER } else { "" }, "status_id": status_id, "status": status,
        "custom_status": status, "total_inc_tax": format!("{}00", money(sale.total())), "default_currency_code": "USD",
        "items_total": pieces, "items_shipped": left, "payment_method": method(sale),
        "payment_status": payment_status(sale), "refunded_amount": "0.0000", "ebay_order_id": "0", "external_id": null,
        "order_is_digital": !sale.lines.iter().any(Line::is_goods), "is_deleted": false,
    });
    let mut sent = vec![("order", order)];
    sent.extend(sale.lines.iter().enumerate().map(|it| ("order_product", product(sale, it))));
    for (at, parcel) in sale.parcels().iter().enumerate() {
        let items: Vec<_> = parcel
            .pieces
            .iter()
            .map(|(at, pieces)| json!({ "order_product_id": product_id(sale, *at), "product_id": 0, "quantity": pieces }))
            .collect();
        sent.push((
            "shipment",
            json!({
                "id": sale.number * 10 + at as u32, "order_id": sale.number, "date_created": LATER,
                "tracking_number": format!("1Z{}{at}", sale.number), "shipping_provider": "ups", "items": items,
            }),
        ));
    }
    sent.extend(transactions(sale).into_iter().map(|it| ("transaction", it)));
    if sale.given_back > 0 {
        sent.push(("refund", refund(sale)));
    }
    sent
}

fn status(sale: &Sale) -> (u8, &'static str) {
    let all_back = sale.given_back > 0 && sale.given_back >= sale.total();
    // Refunded while it was called off, or after it had left.
    let refunded_last = sale.given_back > 0 && !sale.any_sent() || sale.back != Back::Nothing;
    if sale.dispute == Dispute::Open {
        return (13, "Disputed");
    }
    if all_back {
        return (4, "Refunded");
    }
    if sale.called_off {
        return (5, "Cancelled");
    }
    let goodwill = sale.given_back > 0 && !sale.lines.iter().any(|line| line.called_off > 0);
    if sale.given_back > 0 && (refunded_last || goodwill) {
        return (14, "Partially Refunded");
    }
    // An authorized card waits for its capture here, as a transfer does for its arrival.
    if !sale.released {
        return (7, "Awaiting Payment");
    }
    if !sale.has_goods() {
        return (10, "Completed");
    }
    match (sale.any_sent(), sale.open()) {
        (true, 0) if sale.archived => (10, "Completed"),
        (true, 0) => (2, "Shipped"),
        (true, _) => (3, "Partially Shipped"),
        (false, _) if sale.step_of_all() == Step::Packed => (9, "Awaiting Shipment"),
        (false, _) => (11, "Awaiting Fulfillment"),
    }
}

/// The gateway's part; offline methods have none.
fn payment_status(sale: &Sale) -> &'static str {
    if sale.pays != Pays::Card {
        return "";
    }
    match sale.money {
        Money::Nothing => "",
        Money::Declined => "declined",
        Money::Reserved => "authorized",
        Money::Released => "void",
        Money::Taken | Money::TakenTwice if sale.given_back == 0 => "captured",
        Money::Taken | Money::TakenTwice if sale.given_back < sale.total() => "partially refunded",
        Money::Taken | Money::TakenTwice => "refunded",
    }
}

fn method(sale: &Sale) -> &'static str {
    match sale.pays {
        Pays::Card => "Credit Card",
        Pays::Transfer => "Bank Deposit",
        Pays::AtTheDoor => "Cash on Delivery",
        // A company that buys on account does so with a method that the merchant has named.
        Pays::OnInvoice => "Purchase Order",
        Pays::Nothing => "",
    }
}

const fn product_id(sale: &Sale, at: usize) -> u32 {
    sale.number * 10 + at as u32
}

fn product(sale: &Sale, (at, line): (usize, &Line)) -> Value {
    let refunded = match (sale.given_back, sale.back) {
        (0, _) => 0,
        (_, Back::Here) => line.back,
        _ => line.called_off,
    };
    json!({
        "id": product_id(sale, at), "order_id": sale.number, "type": if line.from == From::Download { "digital" } else { "physical" },
        "quantity": line.pieces, "quantity_shipped": line.sent, "quantity_refunded": refunded, "is_refunded": refunded > 0,
        "total_inc_tax": format!("{}00", money(line.pieces * line.price)),
    })
}

/// One capture follows the authorization, a void or a refund follows these.
fn transactions(sale: &Sale) -> Vec<Value> {
    let first = u64::from(sale.number) * 100;
    let one = |id: u64, event: &str, gateway: &str, cents: u32, of: Option<u64>| {
        json!({
            "id": first + id, "order_id": sale.number.to_string(), "event": event, "method": if gateway == "adyen" { "credit_card" } else { "offline" },
            "amount": f64::from(cents) / 100.0, "currency": "USD", "gateway": gateway, "status": "ok", "test": false, "fraud_review": false,
            "reference_transaction_id": of.map(|id| first + id), "date_created": "2026-11-20T10:00:00+00:00",
        })
    };
    let total = sale.total();
    let reserved = || one(1, "authorization", "adyen", total, None);
    match (sale.pays, sale.money) {
        (Pays::Card, Money::Nothing | Money::Declined) => Vec::new(),
        (Pays::Card, Money::Reserved) => vec![reserved()],
        (Pays::Card, Money::Released) => vec![reserved(), one(2, "void", "adyen", total, Some(1))],
        (Pays::Card, Money::Taken | Money::TakenTwice) => {
            let mut taken = vec![reserved(), one(2, "capture", "adyen", total, Some(1))];
            if sale.given_back > 0 {
                taken.push(one(3, "refund", "adyen", sale.given_back, Some(2)));
            }
            taken
        }
        (Pays::Transfer, _) => vec![one(1, "pending", "bankdeposit", total, None)],
        (Pays::AtTheDoor, _) => vec![one(1, "pending", "cod", total, None)],
        (Pays::OnInvoice, _) => vec![one(1, "pending", "custom", total, None)],
        (Pays::Nothing, _) => Vec::new(),
    }
}

fn refund(sale: &Sale) -> Value {
    let amount = f64::from(sale.given_back) / 100.0;
    json!({ "data": {
        "id": u64::from(sale.number) * 100 + 50, "order_id": sale.number, "created": "2026-11-22T10:00:00+00:00", "total_amount": amount,
        "payments": [{ "id": 1, "provider_id": "adyen", "amount": amount, "offline": false, "is_declined": false, "declined_message": "" }],
    } })
}
