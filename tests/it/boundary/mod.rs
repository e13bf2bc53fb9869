//! Orders are let in or kept out: every violation at once, nothing lost, nothing personal told.

mod channels;
mod circumstances;
mod exceptions;
mod privacy;
mod replay;
pub(crate) mod rules;
mod unknown;

use jiff::Timestamp;
use order_status::boundary::{Catalogue, Order, Verdict, Violation};
use order_status::diagnostic::Source;
use order_status::mapping::Mapping;
use serde_json::{Value, json};

use crate::channels::load;

fn now() -> Timestamp {
    "2026-11-25T12:00:00Z".parse().unwrap()
}

fn catalogue() -> Catalogue {
    Catalogue::new(["shopify", "amazon_sp_api", "stripe"].map(load)).unwrap()
}

/// Shopify and the gateway, with a merchant's own file on top of Shopify's.
fn with_own(file: &str) -> Catalogue {
    let text = format!("schema = 1\nextends = \"shopify\"\nid = \"shopify\"\n{file}");
    let mine = Mapping::load_extending(Source::new("mine.toml", &text), &load("shopify")).unwrap();
    Catalogue::new([mine, load("stripe")]).unwrap()
}

/// An order with which nothing is wrong, as Shopify's REST API sends it.
fn order() -> Value {
    json!({
        "id": 5_001, "name": "#1001", "created_at": "2026-11-24T10:00:00-05:00", "updated_at": "2026-11-24T10:00:05-05:00",
        "currency": "USD", "total_price": "59.95", "subtotal_price": "54.00", "total_tax": "0.95",
        "total_line_items_price": "54.00", "total_shipping_price_set": { "shop_money": { "amount": "5.00" } },
        "financial_status": "paid", "fulfillment_status": null, "cancelled_at": null, "closed_at": null,
        "payment_gateway_names": ["shopify_payments"],
        "shipping_address": {
            "name": "Ada Example", "address1": "1 Main St", "city": "Springfield", "province_code": "IL", "zip": "62701", "country_code": "US",
        },
        "line_items": [
            { "id": 1, "sku": "MUG", "quantity": 2, "price": "15.00", "requires_shipping": true, "fulfillment_status": null },
            { "id": 2, "sku": "TEE", "quantity": 1, "price": "24.00", "requires_shipping": true, "fulfillment_status": null },
        ],
        "refunds": [], "fulfillments": [],
    })
}

fn transaction() -> Value {
    json!({ "id": 9, "order_id": 5_001, "kind": "sale", "status": "success", "gateway": "shopify_payments", "authorization": "ch_1", "amount": "59.95" })
}

/// The order with some of its values changed.
fn changed(changes: &[(&str, Value)]) -> Value {
    let mut order = order();
    for (pointer, value) in changes {
        *order.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value.clone();
    }
    order
}

fn names(found: &[Violation]) -> Vec<&'static str> {
    found.iter().map(|violation| violation.rule.name()).collect()
}

/// The names of the rules that keep an order out.
fn kept_out_by(catalogue: &Catalogue, order: &Value) -> Vec<&'static str> {
    let transaction = transaction();
    let order = Order::new("shopify", order).beside("shopify", "transaction", &transaction);
    match catalogue.check(&order, now()) {
        Verdict::Accepted(_) => Vec::new(),
        Verdict::Quarantined(ticket) => names(&ticket.violations),
    }
}

#[test]
fn a_good_order_comes_in_with_its_claim() {
    let (catalogue, order, transaction) = (catalogue(), order(), transaction());
    let order = Order::new("shopify", &order).beside("shopify", "transaction", &transaction);
    let verdict = catalogue.check(&order, now());
    let accepted = verdict.accepted().unwrap();
    assert_eq!(accepted.reading.order.as_deref(), Some("1001"));
    let claim = accepted.claim.states.to_string();
    assert!(
        claim.starts_with("lifecycle=placed|cancelling payment=paid|overpaid refund=none"),
        "{claim}"
    );
    assert!(
        claim.ends_with("stage=active terms=prepaid goods=ship|pickup|by_channel|mixed"),
        "{claim}"
    );
    assert!(accepted.notes.is_empty(), "{:?}", accepted.notes);
}

/// One change to a good order, and the one rule that it breaks.
#[test]
fn each_change_breaks_its_rule_and_no_other() {
    let catalogue = catalogue();
    let no_id = || changed(&[("/name", json!(null))]);
    let cases: Vec<(&str, Value)> = vec![
        ("missing-order-id", no_id()),
        ("missing-order-id", changed(&[("/name", json!("  "))])),
        ("undefined-status", changed(&[("/financial_status", json!("payed"))])),
        ("undefined-status", changed(&[("/line_items/1/fulfillment_status", json!("gone"))])),
        ("undefined-status", changed(&[("/financial_status", json!({ "id": 1 }))])),
        ("malformed-address", changed(&[("/shipping_address", json!(null))])),
        ("malformed-address", changed(&[("/shipping_address/zip", json!("627"))])),
        ("malformed-address", changed(&[("/shipping_address/city", json!(""))])),
        ("malformed-address", changed(&[("/shipping_address/country_code", json!("XX"))])),
        ("malformed-address", changed(&[("/shipping_address/province_code", json!("Bavaria"))])),
        ("unknown-currency", changed(&[("/currency", json!("EURO"))])),
        ("unknown-currency", changed(&[("/currency", json!(null))])),
        ("sum-mismatch", changed(&[("/total_price", json!("69.95"))])),
        ("sum-mismatch", changed(&[("/line_items/0/quantity", json!(3))])),
        (
            "negative-quantity",
            changed(&[
                ("/line_items/0/quantity", json!(-2)),
                ("/total_line_items_price", json!("-6.00")),
            ]),
        ),
        (
            "zero-quantity",
            changed(&[
                ("/line_items/0/quantity", json!(0)),
                ("/total_line_items_price", json!("24.00")),
            ]),
        ),
        ("duplicate-line-id", changed(&[("/line_items/1/id", json!(1))])),
        ("unreadable-value", changed(&[("/line_items/0/quantity", json!("two"))])),
        ("unreadable-value", changed(&[("/created_at", json!("yesterday"))])),
        ("time-in-future", changed(&[("/updated_at", json!("2026-11-25T13:00:00Z"))])),
        ("times-out-of-order", changed(&[("/updated_at", json!("2026-11-23T13:00:00Z"))])),
    ];
    for (rule, order) in cases {
        assert_eq!(kept_out_by(&catalogue, &order), [rule], "{order}");
    }
    assert!(kept_out_by(&catalogue, &order()).is_empty());
}

/// A clock that is minutes ahead, taxes inside of prices, a rounded cent: nothing to stop an order for.
#[test]
fn what_is_legitimate_comes_in() {
    let catalogue = catalogue();
    for order in [
        changed(&[("/updated_at", json!("2026-11-25T12:04:00Z"))]),
        changed(&[("/total_price", json!("59.00"))]),
        changed(&[("/total_price", json!("59.96"))]),
        changed(&[("/shipping_address/province_code", json!("Illinois"))]),
        changed(&[("/shipping_address/zip", json!("62701-1234"))]),
        changed(&[(
            "/shipping_address",
            json!({ "address1": "香取市1-2", "city": null, "province_code": "JP-12", "zip": "〒287-0003", "country_code": "JP" }),
        )]),
        changed(&[(
            "/shipping_address",
            json!({ "address1": "PSC 1 Box 2", "city": "APO", "province_code": "AE", "zip": "09012", "country_code": "US" }),
        )]),
        changed(&[(
            "/shipping_address",
            json!({ "address1": "1 Queen's Rd", "city": "Central", "zip": "", "country_code": "HK" }),
        )]),
    ] {
        assert!(
            kept_out_by(&catalogue, &order).is_empty(),
            "{:?} {order}",
            kept_out_by(&catalogue, &order)
        );
    }
}

#[test]
fn all_that_is_wrong_is_said_at_once_the_worst_first() {
    let order = changed(&[
        ("/financial_status", json!("payed")),
        ("/shipping_address/zip", json!("627")),
        ("/currency", json!("EURO")),
        ("/line_items/1/id", json!(1)),
    ]);
    let found = kept_out_by(&catalogue(), &order);
    assert_eq!(
        found,
        ["undefined-status", "malformed-address", "unknown-currency", "duplicate-line-id"]
    );
}

#[test]
fn one_broken_record_of_many_is_one_ticket() {
    let catalogue = catalogue();
    let (good, list) =
        (order(), json!({ "kind": "sale", "order_id": 1, "gateway": "x", "status": "success" }));
    let transaction = transaction();
    let good = Order::new("shopify", &good).beside("shopify", "transaction", &transaction);
    let orders = [
        good.clone(),
        Order::broken("shopify"),
        good.clone(),
        Order::new("shopify", &list),
        Order::new("shpify", &list),
        good,
    ];
    let verdicts: Vec<_> = orders.iter().map(|order| catalogue.check(order, now())).collect();
    let tickets: Vec<_> = verdicts
        .iter()
        .map(|verdict| verdict.ticket().map(|ticket| names(&ticket.violations)))
        .collect();
    assert_eq!(
        tickets,
        [
            None,
            Some(vec!["unrecognised-record"]),
            None,
            Some(vec!["unrecognised-record"]),
            Some(vec!["unknown-channel"]),
            None
        ]
    );
}

/// A status in letters that only look the same is unmapped, and it is said what it resembles.
#[test]
fn a_status_that_looks_like_another_is_said_to() {
    // Cyrillic letters.
    let order = changed(&[("/financial_status", json!("раіd"))]);
    let catalogue = catalogue();
    let verdict = catalogue.check(&Order::new("shopify", &order).payment_verified(), now());
    let found = &verdict.ticket().unwrap().violations[0];
    assert_eq!((found.rule.name(), found.nearest.as_deref()), ("undefined-status", Some("paid")));
}

/// A ticket, as a service would keep it.
#[test]
fn a_ticket_reads_as_it_was_written() {
    let order =
        changed(&[("/financial_status", json!("payed")), ("/shipping_address/zip", json!("627"))]);
    let catalogue = catalogue();
    let verdict = catalogue.check(&Order::new("shopify", &order), now());
    let ticket = verdict.ticket().unwrap();
    let text = serde_json::to_string_pretty(ticket).unwrap();
    assert_eq!(*ticket, serde_json::from_str(&text).unwrap());
    // The digest changes with every word of the mapping file.
    let digest = ticket.mapping.unwrap().digest.to_string();
    insta::assert_snapshot!("ticket", text.replace(&digest, "(of the file)"));
}
