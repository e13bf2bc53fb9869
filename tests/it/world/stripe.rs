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
        Money::Nothing | Money::Declined => ("requires_payment_method", 0, 0),
        Money::Reserved => ("requires_capture", total, 0),
        Money::Released => ("canceled", 0, 0),
        Money::Taken | Money::TakenTwice => ("succeeded", 0, total),
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
        Money::Nothing => return Value::Null,
        Money::Declined => "failed",
        Money::Reserved | Money::Released | Money::Taken | Money::TakenTwice => "succeeded",
    };
    let back = if which == "a" { sale.given_back } else { 0 };
    json!({
        "id": format!("ch_{}{which}", sale.number), "object": "charge", "amount": total, "currency": "usd", "status": status,
        "amount_captured": if taken { total } else { 0 }, "captured": taken, "paid": status != "failed",
        "amount_refunded": back, "refunded": taken && back >= total,
        "disputed": sale.dispute != Dispute::None, "payment_intent": format!("pi_{}{which}", sale.number),
    })
}
