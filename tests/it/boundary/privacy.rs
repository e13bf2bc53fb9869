//! Whatever is done with an order, nothing personal of it is told.

use std::fmt::Write as _;

use order_status::boundary::{Exceptions, Order, UnknownStatuses};
use order_status::reading::Known;
use serde_json::{Value, json};

use super::{catalogue, now, order, transaction};

const SECRET: &str = "S3CR3T";

/// The keys whose texts may be told: declared statuses, and what the order is called.
const TOLD: &[&str] = &[
    "name",
    "financial_status",
    "fulfillment_status",
    "kind",
    "status",
    "gateway",
    "cancel_reason",
    "shipment_status",
    "fulfillment_service",
    "payment_gateway_names",
    "sku",
];

/// Marks every text of a payload that may not be told.
fn mark(value: &mut Value, key: &str, inside_address: bool) {
    match value {
        Value::Object(object) => {
            let inside = inside_address || key.contains("address");
            object.iter_mut().for_each(|(key, value)| mark(value, key, inside));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| mark(value, key, inside_address)),
        Value::String(text) if inside_address || !TOLD.contains(&key) => {
            *text = format!("{SECRET} {key}");
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn with_personal_data() -> Value {
    let mut order = order();
    for (key, value) in [
        ("email", json!("ada@example.org")),
        ("phone", json!("+1 555 0100")),
        ("browser_ip", json!("192.0.2.1")),
        ("note", json!("ring twice")),
        ("token", json!("b1946ac9")),
        ("checkout_token", json!("bd5a8aa1")),
        ("billing_address", json!({ "name": "Ada Example", "address1": "2 Side St" })),
        (
            "customer",
            json!({ "first_name": "Ada", "last_name": "Example", "default_address": { "zip": "62701" } }),
        ),
        ("payment_details", json!({ "credit_card_number": "•••• 4242" })),
    ] {
        order[key] = value;
    }
    order
}

/// Everything that can be printed or written of an order and its ticket.
fn told(order: &Value, transaction: &Value) -> String {
    let catalogue = catalogue();
    let mut told = String::new();
    let orders = [
        Order::new("shopify", order),
        Order::new("shopify", order).beside("shopify", "transaction", transaction),
        Order::new("amazon_sp_api", order),
        Order::new("stripe", order),
        Order::new("nobody", order),
    ];
    let mut log = Exceptions::new();
    for order in orders {
        let verdict = catalogue.check(&order, now());
        write!(told, "{order:?} {verdict:?}").unwrap();
        let Some(ticket) = verdict.ticket() else { continue };
        for violation in ticket.violations.iter().chain(&ticket.notes) {
            write!(told, "{violation} {violation:?}").unwrap();
            violation.release.iter().for_each(|release| write!(told, "{release}").unwrap());
        }
        told.push_str(&serde_json::to_string(ticket).unwrap());
        write!(told, "{:?}", ticket.replay(&catalogue, &catalogue)).unwrap();
        log.add(ticket.clone(), now());
    }
    told.push_str(&log.digest(now()));
    told.push_str(&serde_json::to_string(&log).unwrap());
    let shopify = catalogue.mapping("shopify").unwrap();
    let reading = shopify.read(shopify.record("order").unwrap(), order, &Known::new());
    let mut ledger = UnknownStatuses::new();
    ledger.observe(shopify, &reading, "1", now());
    write!(told, "{ledger:?} {}", serde_json::to_string(&ledger).unwrap()).unwrap();
    told
}

#[test]
fn no_secret_is_told() {
    let (mut order, mut transaction) = (with_personal_data(), transaction());
    mark(&mut order, "", false);
    mark(&mut transaction, "", false);
    assert!(order.to_string().matches(SECRET).count() > 20);
    let told = told(&order, &transaction);
    assert!(told.contains("malformed-address") && told.contains("unreadable-value"));
    let at = told.find(SECRET);
    assert!(at.is_none(), "{}", &told[at.unwrap().saturating_sub(200)..at.unwrap() + 60]);
}

/// What stands in a status field is told, escaped and cut.
#[test]
fn a_status_is_told_escaped_and_cut() {
    let mut order = order();
    order["financial_status"] = json!(format!("\u{1b}[2J{}", "x".repeat(100)));
    let told = told(&order, &transaction());
    assert!(!told.contains('\u{1b}') && !told.contains(&"x".repeat(65)));
    assert!(told.contains("\\u{1b}[2Jx"));
}
