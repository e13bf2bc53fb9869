//! An object without keys is what an API sends for nothing that wraps each value in an object.

use order_status::facet::{Hold, Lifecycle, Payment};
use order_status::mapping::{Absence, Mapping, Resolution};
use order_status::state::StateSet;
use serde_json::{Value, json};

use crate::channels::load;
use crate::common::{mapping, read};

/// Wrapped in the API, bare in tables: the wrapped path first.
fn wrapped() -> Mapping {
    mapping(
        r#"
[[record]]
name = "order"
level = "order"
total = ["Total.value", "Total"]

[[field]]
name = "hold"
record = "order"
level = "order"
kind = "flag"
at = ["Hold.value", "Hold"]
covers = ["hold"]
absent = { hold = "clear" }
status = [
  { code = true, hold = "held" },
  { code = false, hold = "clear" },
]

[[field]]
name = "cancelled"
record = "order"
level = "order"
kind = "time"
at = ["Cancelled.value", "Cancelled"]
covers = ["lifecycle"]
set = { lifecycle = "cancelled" }
absent = { lifecycle = "placed" }

[[field]]
name = "paid"
record = "order"
level = "order"
kind = "amount"
at = ["Paid.value", "Paid"]
of = ["Total.value", "Total"]
covers = ["payment"]
absent = { payment = "unpaid" }
zero = { payment = "unpaid" }
some = { payment = "partially_paid" }
all = { payment = "paid" }
over = { payment = "overpaid" }
"#,
    )
}

/// How each field of a payload was read, in the order of the file.
fn resolutions<'m>(mapping: &'m Mapping, payload: &Value) -> Vec<Resolution<'m>> {
    read(mapping, payload).natives.into_iter().map(|native| native.resolution).collect()
}

#[test]
fn stands_for_a_key_that_is_not_there() {
    let mapping = wrapped();
    let nothing = json!({ "Hold": {}, "Cancelled": {}, "Paid": {}, "Total": { "value": 10 } });
    let absent = json!({ "Total": { "value": 10 } });
    assert_eq!(resolutions(&mapping, &nothing), resolutions(&mapping, &absent));
    for resolution in resolutions(&mapping, &nothing) {
        assert_eq!(resolution, Resolution::Missing(Absence::Absent));
    }
    let claim = read(&mapping, &nothing).claim_of_the_order().states;
    let expected =
        StateSet::ANY.with(Hold::Clear).with(Lifecycle::Placed).with(Payment::Unpaid).tightened();
    assert_eq!(claim, expected);
}

#[test]
fn does_not_hide_the_next_path() {
    let two = mapping(
        r#"
[[record]]
name = "order"
level = "order"

[[field]]
name = "hold"
record = "order"
level = "order"
kind = "flag"
at = ["Hold", "hold"]
covers = ["hold"]
status = [
  { code = true, hold = "held" },
  { code = false, hold = "clear" },
]
"#,
    );
    let claim = |payload: &Value| read(&two, payload).claim_of_the_order().states;
    assert_eq!(claim(&json!({ "Hold": {}, "hold": true })), StateSet::ANY.with(Hold::Held));
}

/// What is no value and not empty may be a wrong path: it is told, not taken for nothing.
#[test]
fn an_object_with_keys_is_still_unreadable() {
    let mapping = wrapped();
    let odd = json!({ "Hold": { "error": "no access" }, "Cancelled": [], "Paid": { "values": 1 } });
    for resolution in resolutions(&mapping, &odd) {
        assert!(matches!(resolution, Resolution::Unreadable { .. }), "{resolution:?}");
    }
}

#[test]
fn acumatica_sends_it_for_every_value_that_is_empty() {
    let acumatica = load("acumatica");
    let order = acumatica.record("sales_order").unwrap();
    let payload = json!({
        "OrderType": { "value": "SO" }, "OrderNbr": { "value": "SO005001" }, "Status": {},
        "Hold": {}, "WillCall": {}, "UnpaidBalance": {}, "OrderTotal": { "value": 10 },
        "Completed": {}, "CreditHold": {}, "Approved": {},
    });
    let reading = acumatica.read(order, &payload, &order_status::reading::Known::new());
    for native in &reading.natives {
        let nothing = matches!(native.resolution, Resolution::Missing(_));
        let told = matches!(native.resolution, Resolution::Mapped(_) | Resolution::Ignored(_));
        assert!(nothing || told, "{}: {:?}", native.field.name(), native.resolution);
    }
}
