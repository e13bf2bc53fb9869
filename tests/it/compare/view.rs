//! What one system's records come to.

use order_status::compare::Presence::{self, Absent, Present, Unknown};
use order_status::compare::{Money, View, compare, views};
use order_status::diagnostic::Source;
use order_status::facet::Facet;
use order_status::join::join;
use order_status::mapping::{Level, Mapping};
use order_status::pattern::Strength;
use order_status::reading::{Known, Reading};
use order_status::record::Decimal;
use serde_json::{Value, json};

use super::merchant::{patterns, systems};
use crate::common::{mapping, permutations, read};

/// The names of what is found in views.
fn names(views: &[View<'_>]) -> Vec<String> {
    let found = compare(views, patterns());
    found.iter().map(|finding| finding.name().to_owned()).collect()
}

fn system(id: &str) -> &'static Mapping {
    systems().into_iter().find(|system| system.channel().id() == id).unwrap()
}

fn reading(id: &str, kind: &str, payload: &Value) -> Reading<'static> {
    let system = system(id);
    system.read(system.record(kind).unwrap(), payload, &Known::new())
}

/// A return that came to another house, or to the shop's own counter.
#[test]
fn a_house_without_the_return_accuses_nobody() {
    let came = reading("shop", "return", &json!({ "state": "here" }));
    let order = reading("shop", "order", &json!({ "number": "1" }));
    let shop = View::new(system("shop"), vec![order, came], &[]);
    let gone = reading("north", "order", &json!({ "number": "1", "state": "gone" }));
    let north = View::new(system("north"), vec![gone], &["order", "return"]);
    assert!(names(&[shop, north.clone()]).is_empty());
    // And of itself it says that nothing came back.
    assert_eq!(north.own_claim().states.of(Facet::Returns).to_string(), "none|requested");
}

/// Half of the money came by a gift card that another gateway keeps.
#[test]
fn a_gateway_that_gave_nothing_back_speaks_for_its_own_money() {
    let found = |amount: &str| {
        let order = json!({ "number": "1", "money": "back", "total": "30", "currency": "EUR" });
        let charge = json!({ "state": "taken", "amount": amount, "currency": "EUR" });
        let shop = View::new(system("shop"), vec![reading("shop", "order", &order)], &[]);
        let charges = vec![reading("bank", "charge", &charge)];
        let total = Money { amount: Decimal::whole(30), currency: "EUR" };
        let complete = ["charge", "refund"];
        names(&[shop, View::of_total(system("bank"), charges, &complete, Some(total))])
    };
    assert!(found("10").is_empty(), "the other 20 may have been given back");
    assert_eq!(found("30"), ["refund-not-paid-out"]);
}

/// Returns are booked on orders, and goods come in on receipts that hang under them.
const RETURNS: &str = r#"
[[record]]
name = "order"
level = "order"
id = ["id"]

[[record]]
name = "return"
level = "return"
id = ["id"]
parent = { record = "order", at = ["order"] }

[[record]]
name = "receipt"
level = "return"
id = ["id"]
parent = { record = "return", at = ["return"] }

[[field]]
name = "state"
record = "return"
level = "return"
at = ["state"]
covers = ["returns"]
none = { returns = "none" }
status = [{ code = "open", returns = ["requested", "approved"] }]

[[field]]
name = "receipt"
record = "receipt"
level = "return"
at = ["state"]
covers = ["returns"]
none = { returns = ["none", "requested", "approved", "declined"] }
status = [{ code = "in", returns = "received" }]
"#;

#[test]
fn that_nothing_came_in_does_not_mean_that_no_return_exists() {
    let books = mapping(RETURNS);
    let view = |complete: &[&str]| View::new(&books, vec![read(&books, &json!({}))], complete);
    assert!(!view(&["order", "receipt"]).is_absent(Level::Return));
    assert!(view(&["order", "return"]).is_absent(Level::Return), "receipts hang under returns");
    assert!(view(&["order", "return", "receipt"]).is_absent(Level::Return));
}

const DOUBLED: &str = r#"
[[record]]
name = "order"
level = "order"
id = ["id"]
total = ["total"]
quantity = ["units"]
currency = ["currency"]

[[record]]
name = "payment"
level = "payment"
id = ["id"]
parent = { record = "order", at = ["order"] }
amount = ["amount"]
currency = ["currency"]

[[record]]
name = "shipment"
level = "shipment"
id = ["id"]
parent = { record = "order", at = ["order"] }
quantity = ["units"]

[[field]]
name = "payment"
record = "payment"
level = "payment"
at = ["state"]
covers = ["payment"]
status = [{ code = "taken", payment = "paid" }]

[[field]]
name = "shipment"
record = "shipment"
level = "shipment"
at = ["state"]
covers = ["fulfillment"]
status = [{ code = "sent", fulfillment = "shipped" }]
"#;

#[track_caller]
fn in_any_order<'m>(shop: &'m Mapping, records: &[Reading<'m>]) -> String {
    let claims: Vec<String> = permutations(records)
        .into_iter()
        .map(|records| {
            let claim = View::new(shop, records, &[]).claim().states;
            format!("{}, {}", claim.of(Facet::Payment), claim.of(Facet::Fulfillment))
        })
        .collect();
    assert!(claims.iter().all(|claim| *claim == claims[0]), "order decides: {claims:?}");
    claims[0].clone()
}

/// Nobody can tell which of two records is the order, and so what it costs.
#[test]
fn a_total_that_two_records_state_differently_is_not_known() {
    let shop = mapping(DOUBLED);
    let record =
        |kind: &str, payload: Value| shop.read(shop.record(kind).unwrap(), &payload, &Known::new());
    let order = |id: u32, total: u32, units: u32| {
        record("order", json!({ "id": id, "total": total, "units": units, "currency": "EUR" }))
    };
    let payment = record("payment", json!({ "state": "taken", "amount": 30, "currency": "EUR" }));
    let shipment = record("shipment", json!({ "state": "sent", "units": 2 }));
    let others = [payment, shipment];
    let with = |orders: Vec<Reading<'_>>| in_any_order(&shop, &[orders, others.to_vec()].concat());
    let open = "partially_paid|paid|overpaid, partially_shipped|shipped";
    assert_eq!(with(vec![order(1, 30, 2)]), "paid|overpaid, shipped");
    assert_eq!(with(vec![order(1, 30, 2), order(2, 30, 2)]), "paid|overpaid, shipped");
    assert_eq!(with(vec![order(1, 30, 2), order(2, 60, 4)]), open);
}

/// A payment in another currency than the total's.
#[test]
fn amounts_in_two_currencies_are_not_weighed_against_each_other() {
    let shop = mapping(DOUBLED);
    let record =
        |kind: &str, payload: Value| shop.read(shop.record(kind).unwrap(), &payload, &Known::new());
    let claim = |currency: &str| {
        let order = record("order", json!({ "id": 1, "total": 30, "currency": "EUR" }));
        let payment =
            record("payment", json!({ "state": "taken", "amount": 33, "currency": currency }));
        View::new(&shop, vec![order, payment], &[]).claim().states.of(Facet::Payment).to_string()
    };
    assert_eq!(claim("EUR"), "overpaid");
    assert_eq!(claim("eur"), "overpaid");
    assert_eq!(claim("USD"), "partially_paid|paid|overpaid");
}

const HABIT: &str = r#"
[fact.closed-means-sent]
holds = true
why = "this merchant closes what left"

[[record]]
name = "order"
level = "order"

[[field]]
name = "state"
at = ["state"]
level = "order"
covers = ["fulfillment"]
status = [
  { code = "closed", fulfillment = ["not_required", "shipped"], given = { closed-means-sent = { fulfillment = "shipped" } } },
  { code = "open", fulfillment = ["unfulfilled", "packed"] },
]

[[field]]
name = "goods"
at = ["goods"]
level = "order"
covers = ["fulfillment"]
status = [{ code = "nothing", fulfillment = ["not_required", "unfulfilled"] }]

[[field]]
name = "parcels"
at = ["parcels"]
level = "order"
covers = ["delivery"]
status = [{ code = "none", delivery = "none" }, { code = "back", delivery = "failed" }]

[[field]]
name = "alive"
at = ["alive"]
level = "order"
covers = ["lifecycle", "payment"]
status = [
  { code = "no", lifecycle = ["draft", "cancelled"], payment = "any" },
  { code = "quote", lifecycle = "draft", payment = "any" },
]

[[field]]
name = "invoice"
at = ["invoice"]
level = "order"
covers = ["billing"]
status = [{ code = "written", billing = "billed" }]

[[field]]
name = "money"
at = ["money"]
level = "order"
covers = ["payment"]
status = [{ code = "none", payment = "unpaid" }]
"#;

/// A fact is a habit: where the record's other values exclude it, it did not hold this time.
#[test]
fn what_contradicts_itself_under_a_fact_alone_is_suspected() {
    let shop = mapping(HABIT);
    let found = |payload: Value| {
        let view = View::new(&shop, vec![read(&shop, &payload)], &[]);
        let claim = view.claim();
        assert!(claim.states.is_within(claim.certain), "{claim:?}");
        let findings = compare(std::slice::from_ref(&view), patterns());
        let strengths: Vec<Strength> = findings.iter().map(|found| found.strength).collect();
        (strengths, claim.states.of(Facet::Fulfillment).to_string())
    };
    let known = |states: &str| states.to_owned();
    let closed = |others: Value| {
        let mut payload = json!({ "state": "closed" });
        payload.as_object_mut().unwrap().extend(others.as_object().unwrap().clone());
        found(payload)
    };
    assert_eq!(closed(json!({})), (vec![], known("shipped")));
    assert_eq!(
        closed(json!({ "goods": "nothing" })),
        (vec![Strength::Suspected], known("not_required"))
    );
    // Not in one facet but by a rule: nothing leaves for a quote.
    assert_eq!(
        closed(json!({ "alive": "quote" })),
        (vec![Strength::Suspected], known("not_required"))
    );
    // One that holds without the fact is enough.
    assert_eq!(closed(json!({ "goods": "nothing", "parcels": "back" })).0, [Strength::Certain]);
}

/// Neither a draft, of which an invoice is written, nor cancelled, with goods to ship: it takes two
/// rules, and what they say nothing of is left as it is.
#[test]
fn what_several_rules_exclude_names_them_and_no_others() {
    let shop = mapping(HABIT);
    let payload = json!({ "state": "open", "alive": "no", "invoice": "written", "money": "none" });
    let reading = read(&shop, &payload);
    let [found] = &reading.contradictions[..] else { panic!("{:?}", reading.contradictions) };
    assert_eq!(found.rules, ["cancelled-with-goods-to-ship", "draft-with-invoice"]);
    assert_eq!(found.facets, [Facet::Lifecycle, Facet::Billing, Facet::Fulfillment]);
    let fields: Vec<_> = found.natives.iter().map(|at| reading.natives[*at].field.name()).collect();
    assert_eq!(fields, ["state", "alive", "invoice"]);
    assert_eq!(reading.claim.states.of(Facet::Payment).to_string(), "unpaid");
}

/// A merchant with two shops, whose numbers both begin at 1001.
#[test]
fn a_number_that_may_be_one_of_two_shops_confirms_no_absence() {
    let text = |id: &str| {
        format!(
            "schema = 1\nid = \"{id}\"\ntitle = \"{id}\"\nrole = \"storefront\"\napi = \"none\"\nread = 2026-11-23\nsources = [\"this test\"]\n[[record]]\nname = \"order\"\nlevel = \"order\"\norder = [\"number\"]\n"
        )
    };
    let load = |id: &str| Mapping::load(Source::new(id, &text(id))).unwrap();
    let (home, abroad) = (load("home"), load("abroad"));
    let systems = [&home, &abroad, system("books")];
    let order = |at: usize, number: &str| {
        let payload = json!({ "id": number, "number": number, "shop": "1001", "status": "B" });
        let kind = systems[at].record("order").unwrap();
        (at, systems[at].read(kind, &payload, &Known::new()))
    };
    let complete = vec![vec!["order"]; 3];
    let presences = |records| -> Vec<(String, Vec<Presence>)> {
        join(&systems, records)
            .into_iter()
            .map(|order| {
                let key = order.key.clone();
                let views = views(&systems, order, &complete);
                (key, views.iter().map(View::presence).collect())
            })
            .collect()
    };
    assert_eq!(
        presences(vec![order(0, "1001"), order(2, "7")]),
        [
            // It may be the other shop's order that the books have.
            ("1001".into(), vec![Present, Absent, Unknown]),
            ("1001".into(), vec![Unknown, Unknown, Present]),
        ]
    );
    assert_eq!(
        presences(vec![order(0, "1002"), order(2, "7")]),
        [
            ("1001".into(), vec![Unknown, Unknown, Present]),
            ("1002".into(), vec![Present, Absent, Absent]),
        ]
    );
}
