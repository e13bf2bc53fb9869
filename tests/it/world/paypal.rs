//! PayPal, Orders v2, with the trackers and disputes of a captured payment.
//!
//! The shop reserves money with intent AUTHORIZE and captures later. It uploads a tracking number when
//! a parcel leaves, and never again.

use serde_json::{Value, json};

use super::{Dispute, Money, Pays, Sale, Sent, money};

pub(super) fn sends(sale: &Sale) -> Sent {
    if sale.pays != Pays::Card {
        return Vec::new();
    }
    let mut sent = vec![("order", order(sale, "A"))];
    if sale.money == Money::TakenTwice {
        sent.push(("order", order(sale, "B")));
    }
    if matches!(sale.money, Money::Taken | Money::TakenTwice) {
        for (at, parcel) in sale.parcels().iter().enumerate() {
            sent.push((
                "tracker",
                json!({
                    "transaction_id": capture_id(sale, "A"), "tracking_number": format!("1Z{}{at}", sale.number), "status": "SHIPPED",
                    "carrier": "UPS", "shipment_date": "2026-11-21", "last_updated_time": "2026-11-21T16:30:00Z", "quantity": parcel.count(),
                    "shipment_direction": "FORWARD",
                }),
            ));
        }
    }
    if sale.dispute != Dispute::None {
        sent.push(("dispute", dispute(sale)));
    }
    sent
}

fn capture_id(sale: &Sale, which: &str) -> String {
    format!("CAP{}{which}", sale.number)
}

/// COMPLETED says that something was done about the intent, whatever came of it.
fn order(sale: &Sale, which: &str) -> Value {
    let amount = json!({ "currency_code": "USD", "value": money(sale.total()) });
    let number = sale.number.to_string();
    let status = match sale.money {
        Money::Nothing => "CREATED",
        Money::Declined => "APPROVED",
        Money::Reserved | Money::Released | Money::Taken | Money::TakenTwice => "COMPLETED",
    };
    let mut unit = json!({ "reference_id": "default", "invoice_id": number, "amount": amount });
    if let Some(payments) = payments(sale, which) {
        unit["payments"] = payments;
    }
    json!({
        "id": format!("ORD{number}{which}"), "intent": "AUTHORIZE", "status": status, "purchase_units": [unit],
        "create_time": "2026-11-20T10:00:00Z", "update_time": "2026-11-22T10:00:00Z",
    })
}

fn payments(sale: &Sale, which: &str) -> Option<Value> {
    let number = sale.number.to_string();
    let amount = json!({ "currency_code": "USD", "value": money(sale.total()) });
    let hold = |status: &str| {
        json!([{
            "id": format!("AUT{number}{which}"), "status": status, "amount": amount, "invoice_id": number,
            "create_time": "2026-11-20T10:00:00Z", "expiration_time": "2026-12-19T10:00:00Z",
        }])
    };
    match sale.money {
        // A refused instrument is an error of the call: it leaves no authorization behind.
        Money::Nothing | Money::Declined => None,
        Money::Reserved => Some(json!({ "authorizations": hold("CREATED") })),
        Money::Released => Some(json!({ "authorizations": hold("VOIDED") })),
        Money::Taken | Money::TakenTwice => {
            let back = if which == "A" { sale.given_back } else { 0 };
            let mut capture = json!({
                "id": capture_id(sale, which), "status": "COMPLETED", "amount": amount, "final_capture": true, "invoice_id": number,
                "create_time": "2026-11-20T11:00:00Z",
            });
            if sale.dispute == Dispute::Open && which == "A" {
                // The money is taken off the balance until the complaint is settled.
                capture["status"] = json!("PENDING");
                capture["status_details"] = json!({ "reason": "BUYER_COMPLAINT" });
            } else if back >= sale.total() && back > 0 {
                capture["status"] = json!("REFUNDED");
            } else if back > 0 {
                capture["status"] = json!("PARTIALLY_REFUNDED");
            }
            let mut all = json!({ "authorizations": hold("CAPTURED"), "captures": [capture] });
            if back > 0 {
                all["refunds"] = json!([{
                    "id": format!("REF{number}"), "status": "COMPLETED", "amount": { "currency_code": "USD", "value": money(back) },
                    "invoice_id": number, "create_time": "2026-11-22T10:00:00Z",
                }]);
            }
            Some(all)
        }
    }
}

fn dispute(sale: &Sale) -> Value {
    let open = sale.dispute == Dispute::Open;
    let mut dispute = json!({
        "dispute_id": format!("PP-D-{}", sale.number), "status": if open { "WAITING_FOR_SELLER_RESPONSE" } else { "RESOLVED" },
        "dispute_state": if open { "REQUIRED_ACTION" } else { "RESOLVED" }, "dispute_life_cycle_stage": "CHARGEBACK",
        "dispute_amount": { "currency_code": "USD", "value": money(sale.total()) },
        "disputed_transactions": [{
            "seller_transaction_id": capture_id(sale, "A"), "invoice_number": sale.number.to_string(),
            "gross_amount": { "currency_code": "USD", "value": money(sale.total()) },
        }],
        "create_time": "2026-11-22T10:00:00Z", "update_time": "2026-11-22T10:00:00Z",
    });
    if !open {
        dispute["dispute_outcome"] = json!({ "outcome_code": "RESOLVED_BUYER_FAVOUR" });
    }
    dispute
}
