//! Stripe: a payment intent for orders that are paid by card, with its latest charge.

use serde_json::{Value, json};

use super::{Dispute, Money, Pays, Sale, Sent};

pub(super) fn sends(sale: &Sale) -> Sent {
    if sale.pays != Pays::Card {
        return Vec::new();
    }
    let mut sent = vec![("payment_intent", intent(sale, "a"))];
    if sale.money == Money::TakenTwice {
        sent.push(("payment_intent", intent(sale, "b")));
    }
    if sale.dispute != Dispute::None {
        let status = if sale.dispute == Dispute::Open { "needs_response" } else { "lost" };
        sent.push((
            "dispute",
            json!({ "id": format!("dp_{}", sale.number), "object": "dispute", "charge": format!("ch_{}a", sale.number), "status": status }),
        ));
    }
    sent
}

fn intent(sale: &Sale, which: &str) -> Value {
    let total = sale.total();
    let (status, capturable, received) = match sale.money {
        // A debit that the buyer's bank has not answered.
        Money::Nothing if sale.under_way => ("processing", 0, 0),
        Money::Nothing | Money::Declined => ("requires_payment_method", 0, 0),
        Money::Reserved => ("requires_capture", total, 0),
        Money::Released => ("canceled", 0, 0),
        Money::Taken | Money::TakenTwice => ("succeeded", 0, sale.taken()),
    };
    json!({
        "id": format!("pi_{}{which}", sale.number), "object": "payment_intent", "amount": total, "amount_capturable": capturable,
        "amount_received": received, "currency": "usd", "status": status,
        "canceled_at": (status == "canceled").then_some(1_795_171_560),
        "metadata": { "order_id": sale.number.to_string() }, "latest_charge": charge(sale, which),
    })
}

fn charge(sale: &Sale, which: &str) -> Value {
    let total = sale.total();
    let taken = matches!(sale.money, Money::Taken | Money::TakenTwice);
    let status = match sale.money {
        Money::Nothing if sale.under_way => "pending",
        Money::Nothing => return Value::Null,
        Money::Declined => "failed",
        Money::Reserved | Money::Released | Money::Taken | Money::TakenTwice => "succeeded",
    };
    let back = if which == "a" { sale.given_back } else { 0 };
    // A debit counts as captured from the start.
    let captured = if status == "pending" { total } else { sale.taken() };
    json!({
        "id": format!("ch_{}{which}", sale.number), "object": "charge", "amount": total, "currency": "usd", "status": status,
        "amount_captured": if taken || status == "pending" { captured } else { 0 },
        "captured": taken || status == "pending", "paid": status == "succeeded",
        "amount_refunded": back, "refunded": taken && back >= sale.taken(),
        "disputed": sale.dispute != Dispute::None, "payment_intent": format!("pi_{}{which}", sale.number),
    })
}
