//! Which kind of record a payload is: told by a mark, or not at all.

use serde_json::json;

use crate::channels::load;
use crate::common::{mapping, shipped};

const TWO_UNMARKED: &str = r#"
[[record]]
name  = "order"
level = "order"
id    = ["id"]

[[record]]
name   = "parcel"
level  = "shipment"
id     = ["id"]
parent = { record = "order", at = ["order_id"] }

[[record]]
name  = "notice"
level = "document"
has   = ["notice_id"]

[[record]]
name   = "line"
level  = "line"
within = { record = "order", at = ["lines"] }
"#;

#[test]
fn a_mark_decides_and_several_kinds_without_one_are_never_guessed_at() {
    let mapping = mapping(TWO_UNMARKED);
    let kind = |payload| mapping.recognise(&payload).map(|kind| kind.name().to_owned());
    assert_eq!(kind(json!({ "id": 1, "notice_id": 2 })).as_deref(), Some("notice"));
    assert_eq!(kind(json!({ "id": 1 })), None, "an order, or a parcel");
    assert_eq!(kind(json!({ "id": 1, "order_id": 2 })), None);
}

/// What lies in other records only is no other candidate.
#[test]
fn one_kind_without_a_mark_takes_what_is_left_and_has_something_to_read() {
    let text =
        TWO_UNMARKED.replace("name   = \"parcel\"", "name   = \"parcel\"\nhas    = [\"weight\"]");
    let mapping = mapping(&text);
    let kind = |payload| mapping.recognise(&payload).map(|kind| kind.name().to_owned());
    assert_eq!(kind(json!({ "id": 1 })).as_deref(), Some("order"));
    assert_eq!(kind(json!({ "id": null })).as_deref(), Some("order"), "null is there");
    assert_eq!(kind(json!({ "lines": [] })).as_deref(), Some("order"));
    assert_eq!(kind(json!({ "id": 1, "weight": 2 })).as_deref(), Some("parcel"));
    assert_eq!(kind(json!({})), None, "there is nothing in it");
    assert_eq!(kind(json!({ "error": "not found" })), None, "nothing of an order");
}

#[test]
fn nothing_is_recognised_as_no_record_of_any_system() {
    for mapping in shipped() {
        let kind = mapping.recognise(&json!({})).map(|kind| kind.name().to_owned());
        assert_eq!(kind, None, "{mapping:?}");
    }
}

/// The letters of a sales order and of a return authorization look the same and mean something
/// else, and a REST record does not say what it is.
#[test]
fn a_netsuite_record_is_told_by_keys_that_only_it_has_or_has_to_be_named() {
    let netsuite = load("netsuite");
    let kind = |payload| netsuite.recognise(&payload).map(|kind| kind.name().to_owned());
    let fulfillment = json!({ "id": "40011", "tranId": "IF10011", "createdFrom": { "id": "20001" }, "shipStatus": { "id": "C" } });
    assert_eq!(kind(fulfillment).as_deref(), Some("item_fulfillment"));
    let order = json!({ "id": "20001", "tranId": "SO1001", "orderStatus": { "id": "B" }, "getAuth": false });
    assert_eq!(kind(order).as_deref(), Some("sales_order"));
    let authorization = json!({ "id": "60191", "tranId": "RMA10191", "createdFrom": { "id": "20019" }, "orderStatus": { "id": "G" } });
    assert_eq!(kind(authorization), None, "the keys of a sales order that was made of an estimate");
}
