//! What excuses an order, and that nothing unknown does.

use order_status::boundary::{Catalogue, Order, Release, Verdict};
use order_status::facet::{Goods, Terms};
use order_status::reading::Known;
use order_status::state::StateSet;
use serde_json::{Value, json};

use super::{catalogue, changed, names, now, order, with_own};

fn kept_out(catalogue: &Catalogue, order: &Order<'_>) -> Vec<&'static str> {
    match catalogue.check(order, now()) {
        Verdict::Accepted(_) => Vec::new(),
        Verdict::Quarantined(ticket) => names(&ticket.violations),
    }
}

fn without_address() -> Value {
    changed(&[("/shipping_address", json!(null))])
}

/// Circumstances that the caller knows: each on its own, and some of which one does not excuse.
#[test]
fn only_what_is_known_to_be_so_excuses() {
    let catalogue = catalogue();
    let order = without_address();
    let goods = |states: &[Goods]| {
        states.iter().fold(StateSet::EMPTY, |set, goods| set | StateSet::ANY.with(*goods))
    };
    let verdict = |circumstances: StateSet| {
        let known = Known::new().circumstances(circumstances);
        kept_out(&catalogue, &Order::new("shopify", &order).known(known).payment_verified())
    };
    assert!(verdict(goods(&[Goods::Pickup])).is_empty());
    assert!(verdict(goods(&[Goods::ByChannel])).is_empty());
    assert!(verdict(goods(&[Goods::Pickup, Goods::ByChannel])).is_empty());
    assert_eq!(verdict(goods(&[Goods::Ship])), ["malformed-address"]);
    assert_eq!(verdict(goods(&[Goods::Ship, Goods::Pickup])), ["malformed-address"]);
    assert_eq!(verdict(StateSet::ANY), ["malformed-address"]);
}

#[test]
fn money_that_comes_later_needs_no_token() {
    let catalogue = catalogue();
    let terms = |terms: Terms| {
        let known = Known::new().circumstances(StateSet::ANY.with(terms));
        let order = changed(&[
            ("/payment_gateway_names", json!([])),
            ("/financial_status", json!("pending")),
        ]);
        kept_out(&catalogue, &Order::new("shopify", &order).known(known))
    };
    assert_eq!(terms(Terms::Prepaid), ["missing-payment-token"]);
    // That nothing is to be paid the payload denies, and it counts.
    assert_eq!(terms(Terms::NothingToPay), ["missing-payment-token"]);
    for later in [Terms::OnDelivery, Terms::OnInvoice] {
        assert!(terms(later).is_empty(), "{later}");
    }
    // What the payload itself says: cash on delivery, and an order that costs nothing.
    let cash = changed(&[
        ("/payment_gateway_names", json!(["Cash on Delivery (COD)"])),
        ("/financial_status", json!("pending")),
    ]);
    assert!(kept_out(&catalogue, &Order::new("shopify", &cash)).is_empty());
    let free = changed(&[
        ("/total_price", json!("0.00")),
        ("/subtotal_price", json!("0.00")),
        ("/total_tax", json!("0.00")),
        ("/total_shipping_price_set/shop_money/amount", json!("0.00")),
        ("/payment_gateway_names", json!([])),
    ]);
    assert!(kept_out(&catalogue, &Order::new("shopify", &free)).is_empty());
}

#[test]
fn downloads_need_no_address() {
    let mut order = without_address();
    for line in order["line_items"].as_array_mut().unwrap() {
        line["requires_shipping"] = json!(false);
    }
    assert!(kept_out(&catalogue(), &Order::new("shopify", &order).payment_verified()).is_empty());
}

/// Of a payment the shop's transactions, the gateway's view or the caller's word are proof; tokens of
/// the order and of the checkout are none.
#[test]
fn what_proves_a_payment() {
    let catalogue = catalogue();
    let mut order = order();
    order["token"] = json!("b1946ac92492d2347c6235b4d2611184");
    order["checkout_token"] = json!("bd5a8aa1ecd019dd3520ff791ee3a24c");
    let bare = Order::new("shopify", &order);
    let verdict = catalogue.check(&bare, now());
    let violation = &verdict.ticket().unwrap().violations[0];
    assert_eq!(violation.rule.name(), "missing-payment-token");
    let fetch = violation.release.iter().any(|release| {
        matches!(release, Release::Fetch { record, how: Some(_) } if record == "shopify.transaction")
    });
    assert!(fetch, "{:?}", violation.release);
    assert!(kept_out(&catalogue, &bare.clone().payment_verified()).is_empty());

    let transaction = |kind: &str, status: &str| json!({ "id": 9, "order_id": 5_001, "kind": kind, "status": status, "gateway": "g", "authorization": "ch_1", "amount": "59.95" });
    let missing = ["missing-payment-token"].as_slice();
    let cases: [(&str, &str, &[&str]); 5] = [
        ("sale", "success", &[]),
        ("authorization", "success", &["contradictory-statuses"]),
        ("sale", "failure", missing),
        ("sale", "pending", missing),
        ("void", "success", missing),
    ];
    for (kind, status, expected) in cases {
        let transaction = transaction(kind, status);
        let found =
            kept_out(&catalogue, &bare.clone().beside("shopify", "transaction", &transaction));
        let about_payment: Vec<_> = found
            .iter()
            .filter(|rule| expected.contains(rule) || rule.contains("token"))
            .copied()
            .collect();
        if expected == ["contradictory-statuses"] {
            // The order says paid; an authorization alone contradicts it, and is evidence all the same.
            assert!(!about_payment.contains(&"missing-payment-token"), "{kind}/{status}");
        } else {
            assert_eq!(about_payment, expected, "{kind}/{status}");
        }
    }
    let intent = |status: &str| json!({ "id": "pi_1", "object": "payment_intent", "status": status, "amount": 5995, "amount_received": if status == "succeeded" { 5995 } else { 0 }, "currency": "usd" });
    for (status, expected) in [("succeeded", &[][..]), ("requires_payment_method", missing)] {
        let intent = intent(status);
        let found = kept_out(&catalogue, &bare.clone().beside("stripe", "payment_intent", &intent));
        assert_eq!(found, expected, "{status}");
    }
}

/// A merchant's own file: payment gates dispatch and not import, the address rule off for one gateway,
/// a rule that is asked of some orders only.
#[test]
fn a_merchant_may_set_rules_otherwise() {
    let order = without_address();
    let bare = Order::new("shopify", &order);
    let note = with_own(
        "[boundary]\n[[boundary.rule]]\nrule = \"missing-payment-token\"\nthen = \"note\"\nwhy = \"payment gates dispatch here\"\n",
    );
    let verdict = note.check(
        &bare.clone().known(Known::new().circumstances(StateSet::ANY.with(Goods::Pickup))),
        now(),
    );
    assert_eq!(names(&verdict.accepted().unwrap().notes), ["missing-payment-token"]);
    assert_eq!(kept_out(&note, &bare), ["malformed-address"]);

    let setting = |rest: &str| {
        let own = with_own(&format!(
            "[boundary]\n[[boundary.rule]]\nrule = \"malformed-address\"\n{rest}\nwhy = \"for the test\"\n"
        ));
        kept_out(&own, &bare.clone().payment_verified())
    };
    let excused: [&str; 0] = [];
    assert_eq!(setting("then = \"off\""), excused);
    assert_eq!(setting("then = \"off\"\nwhen = { financial = \"paid\" }"), excused);
    assert_eq!(
        setting("then = \"off\"\nwhen = { financial = \"pending\" }"),
        ["malformed-address"]
    );
    assert_eq!(setting("only = { financial = \"pending\" }"), excused);
    assert_eq!(setting("only = { financial = \"paid\" }"), ["malformed-address"]);
    // Where it is not known whether the condition holds, the rule is asked.
    assert_eq!(setting("only = { goods = \"ship\" }"), ["malformed-address"]);
    assert_eq!(setting("then = \"off\"\nwhen = { goods = \"pickup\" }"), ["malformed-address"]);
}
