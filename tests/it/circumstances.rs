//! Circumstances: what one field tells of the deal decides what another one means, wherever the two
//! stand in a record.

use order_status::facet::{Facet, Terms};
use order_status::mapping::Mapping;
use order_status::reading::Known;
use order_status::state::StateSet;
use serde_json::{Value, json};

use crate::common::{mapping, read_knowing};

/// An order and its lines; both tell terms, and both have a word that depends on them.
fn small() -> Mapping {
    let field = |record: &str, level: &str| {
        format!(
            r#"
[[field]]
name = "{record}.status"
record = "{record}"
level = "{level}"
at = ["status"]
covers = ["payment"]
absent = "unknown"
status = [
  {{ code = "done", when = {{ terms = "prepaid" }}, payment = "paid" }},
  {{ code = "done", when = {{ terms = "on_invoice" }}, payment = "unpaid" }},
  {{ code = "done", otherwise = true, payment = "authorized" }},
]

[[field]]
name = "{record}.terms"
record = "{record}"
level = "{level}"
at = ["terms"]
covers = ["terms"]
absent = "unknown"
status = [
  {{ code = "first", terms = "prepaid" }},
  {{ code = "later", terms = "on_invoice" }},
]
"#
        )
    };
    let records = r#"
[[record]]
name = "order"
level = "order"

[[record]]
name = "line"
level = "line"
complete = true
within = { record = "order", at = ["lines"] }
"#;
    mapping(&[records, &field("order", "order"), &field("line", "line")].concat())
}

#[track_caller]
fn assert_payment(known: &Known, payload: &Value, expected: &str) {
    let mapping = small();
    let reading = read_knowing(&mapping, payload, known);
    assert_eq!(reading.claim.states.of(Facet::Payment).to_string(), expected, "{payload}");
    let decided = reading.natives.iter().find(|native| native.raw.is_some()).unwrap();
    assert_eq!(decided.claim.states.of(Facet::Payment).to_string(), expected, "{payload}");
}

#[test]
fn who_tells_the_terms_may_stand_anywhere() {
    let nothing = Known::new();
    let done = "done";
    for (word, expected) in [("first", "paid"), ("later", "unpaid")] {
        let beside = json!({ "status": done, "terms": word });
        assert_payment(&nothing, &beside, expected);
        assert_payment(
            &nothing,
            &json!({ "status": done, "lines": [{ "terms": word }] }),
            expected,
        );
        assert_payment(&nothing, &json!({ "lines": [beside] }), expected);
        let above = json!({ "lines": [{ "status": done }], "terms": word });
        let mapping = small();
        let reading = read_knowing(&mapping, &above, &nothing);
        assert_eq!(reading.claim.states.of(Facet::Payment).to_string(), expected, "{above}");
    }
}

#[test]
fn what_another_system_told_counts_as_well() {
    let known = Known::new().circumstances(StateSet::ANY.with(Terms::Prepaid));
    assert_payment(&known, &json!({ "status": "done" }), "paid");
    assert_payment(&known, &json!({ "lines": [{ "status": "done" }] }), "paid");
}

#[test]
fn of_circumstances_that_exclude_each_other_nothing_is_known() {
    let prepaid = Known::new().circumstances(StateSet::ANY.with(Terms::Prepaid));
    let any_of_them = "unpaid|authorized|paid";
    assert_payment(&Known::new(), &json!({ "status": "done" }), any_of_them);
    assert_payment(&prepaid, &json!({ "status": "done", "terms": "later" }), any_of_them);
    let both = prepaid.circumstances(StateSet::ANY.with(Terms::OnInvoice));
    assert_payment(&both, &json!({ "status": "done" }), any_of_them);
    assert_payment(&both, &json!({ "lines": [{ "status": "done" }] }), any_of_them);
}

#[test]
fn rows_that_ask_for_another_field_alone_care_for_no_circumstances() {
    let mapping = mapping(
        r#"
[[record]]
name = "order"
level = "order"

[[field]]
name = "status"
level = "order"
at = ["status"]
covers = ["payment"]
absent = "unknown"
status = [
  { code = "done", when = { gift = true }, payment = "unpaid" },
  { code = "done", otherwise = true, payment = "paid" },
]

[[field]]
name = "gift"
level = "order"
kind = "flag"
at = ["gift"]
ignored = "says what the order is, not where it stands"
status = [{ code = true }, { code = false }]
"#,
    );
    let contradicting = [Terms::Prepaid, Terms::OnInvoice]
        .into_iter()
        .fold(Known::new(), |known, terms| known.circumstances(StateSet::ANY.with(terms)));
    for known in [Known::new(), contradicting] {
        let reading = read_knowing(&mapping, &json!({ "status": "done", "gift": true }), &known);
        assert_eq!(reading.claim.states.of(Facet::Payment).to_string(), "unpaid");
    }
}
