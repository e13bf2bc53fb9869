//! Adyen, standard webhooks: what was told of a payment, event by event.
//!
//! The merchant captures by himself. Of a dispute the newest event is handed over.

use serde_json::{Value, json};

use super::{Dispute, Money, Pays, Sale, Sent};

pub(super) fn sends(sale: &Sale) -> Sent {
    if sale.pays != Pays::Card {
        return Vec::new();
    }
    let mut sent = of_payment(sale, "A");
    if sale.money == Money::TakenTwice {
        sent.extend(of_payment(sale, "B"));
    }
    if sale.given_back > 0 {
        sent.push((
            "refund_notification",
            event(sale, "REFUND", "R", Some("A"), true, sale.given_back),
        ));
    }
    if sale.dispute != Dispute::None {
        let open = sale.dispute == Dispute::Open;
        let code = if open { "NOTIFICATION_OF_CHARGEBACK" } else { "SECOND_CHARGEBACK" };
        let mut told = event(sale, code, "D", Some("A"), true, sale.total());
        let item = &mut told["notificationItems"][0]["NotificationRequestItem"];
        item["additionalData"] =
            json!({ "disputeStatus": if open { "Undefended" } else { "Lost" } });
        sent.push(("dispute_notification", told));
    }
    sent
}

fn of_payment(sale: &Sale, which: &str) -> Sent {
    let total = sale.total();
    let told = |code: &str, psp: &str, of: Option<&str>, success| {
        ("notification", event(sale, code, psp, of, success, total))
    };
    let reserved = || told("AUTHORISATION", which, None, true);
    match sale.money {
        // The buyer has not come back from the bank's page.
        Money::Nothing => Vec::new(),
        Money::Declined => vec![told("AUTHORISATION", which, None, false)],
        Money::Reserved => vec![reserved()],
        Money::Released => vec![reserved(), told("CANCELLATION", "X", Some(which), true)],
        Money::Taken | Money::TakenTwice => {
            vec![reserved(), told("CAPTURE", &format!("C{which}"), Some(which), true)]
        }
    }
}

fn event(sale: &Sale, code: &str, psp: &str, of: Option<&str>, success: bool, cents: u32) -> Value {
    // They come in this order.
    let hour = match code {
        "AUTHORISATION" => 10,
        "CAPTURE" | "CANCELLATION" => 11,
        _ => 12,
    };
    let mut item = json!({
        "amount": { "currency": "USD", "value": cents }, "eventCode": code, "eventDate": format!("2026-11-20T{hour}:00:00+01:00"),
        "merchantAccountCode": "Mugs", "merchantReference": sale.number.to_string(), "paymentMethod": "visa",
        "pspReference": format!("{}{psp}", sale.number), "reason": if success { "" } else { "Refused" },
        "success": if success { "true" } else { "false" },
    });
    if let Some(of) = of {
        item["originalReference"] = json!(format!("{}{of}", sale.number));
    }
    json!({ "live": "false", "notificationItems": [{ "NotificationRequestItem": item }] })
}
