//! What a system sent survives: values of a shape that no status has keep their text, a value tells
//! since when it holds, and a row of a table is read like an object.

use order_status::mapping::Resolution;
use order_status::reading::{Known, Native};
use order_status::record::Flat;
use serde_json::json;

use crate::channels::load;

fn native<'a>(natives: &'a [Native<'a>], field: &str) -> &'a Native<'a> {
    natives.iter().find(|native| native.field.name() == field).unwrap()
}

#[test]
fn a_value_of_the_wrong_shape_says_so_and_keeps_its_text() {
    let shopify = load("shopify");
    let payload = json!({
        "name": "#1001", "financial_status": 1.5, "closed_at": true, "total_price": "12,50 EUR", "fulfillment_status": { "id": 1 },
    });
    let reading = shopify.read(shopify.record("order").unwrap(), &payload, &Known::new());
    for (field, found, raw) in [
        ("financial", "a number", Some("1.5")),
        ("closed_at", "a flag", Some("true")),
        ("total", "a text", Some("12,50 EUR")),
        ("fulfillment", "an object", None),
    ] {
        let native = native(&reading.natives, field);
        assert_eq!(native.resolution, Resolution::Unreadable { found }, "{field}");
        assert_eq!(
            native.raw.as_ref().map(order_status::reading::RawStatus::as_str),
            raw,
            "{field}"
        );
    }
    // Nothing is claimed by them, and the rest of the record is read.
    assert_eq!(reading.order.as_deref(), Some("1001"));
    assert_eq!(reading.unmapped().count(), 4);
}

#[test]
fn a_value_tells_since_when_it_holds() {
    let shopify = load("shopify");
    let payload = json!({ "name": "#1001", "cancelled_at": "2026-11-20T10:00:00Z", "financial_status": "paid" });
    let reading = shopify.read(shopify.record("order").unwrap(), &payload, &Known::new());
    let since = |field| native(&reading.natives, field).since.as_deref();
    assert_eq!(since("cancelled_at"), Some("2026-11-20T10:00:00Z"));
    assert_eq!(since("closed_at"), None);
    assert_eq!(since("financial"), None);
}

/// Amazon's order report is a table: one row for each item.
#[test]
fn a_row_of_a_report_is_read() {
    let amazon = load("amazon_sp_api");
    let columns = [
        "amazon-order-id",
        "merchant-order-id",
        "purchase-date",
        "last-updated-date",
        "order-status",
        "fulfillment-channel",
        "sku",
        "quantity",
        "currency",
        "item-price",
    ];
    let row = |status| {
        Flat::new(
            columns,
            [
                "701-1",
                "1001",
                "2026-11-20T10:00:00Z",
                "2026-11-21T10:00:00Z",
                status,
                "Merchant",
                "MUG",
                "2",
                "USD",
                "30.00",
            ],
        )
    };
    let read = |status| {
        let row = row(status);
        let kind = amazon.recognise(&row).unwrap();
        assert_eq!(kind.name(), "order_report_row");
        let reading = amazon.read(kind, &row, &Known::new());
        (
            reading.order.clone(),
            reading.claim.states.of(order_status::facet::Facet::Lifecycle).to_string(),
        )
    };
    assert_eq!(read("Cancelled"), (Some("701-1".to_owned()), "cancelled".to_owned()));
    assert_ne!(read("Shipped").1, "cancelled");
    let reading = row("Teleported");
    let reading = amazon.read(amazon.record("order_report_row").unwrap(), &reading, &Known::new());
    assert_eq!(reading.unmapped().count(), 1);
    assert_eq!(reading.quantity.map(|quantity| quantity.to_string()).as_deref(), Some("2"));
}
