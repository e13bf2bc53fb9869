//! A ticket judged again by a changed mapping says what the order itself would say.

use order_status::boundary::{Catalogue, Order, Replay, Ticket, Verdict, replayable};
use serde_json::{Value, json};

use super::{changed, now, order, transaction, with_own};

/// Orders with all kinds of things wrong.
fn orders() -> Vec<Value> {
    let mut orders = vec![order(), changed(&[("/shipping_address", json!(null))])];
    for status in ["payed", "partiallyrefunded", "pending", "refunded", "x\u{7}", "paid"] {
        orders.push(changed(&[("/financial_status", json!(status))]));
        orders.push(changed(&[("/financial_status", json!(status)), ("/currency", json!("EURO"))]));
        orders.push(changed(&[
            ("/financial_status", json!(status)),
            ("/line_items/0/fulfillment_status", json!("gone")),
            ("/fulfillment_status", json!("partial")),
        ]));
        let mut parcels = changed(&[
            ("/financial_status", json!(status)),
            ("/fulfillment_status", json!("fulfilled")),
        ]);
        parcels["fulfillments"] = json!([{
            "id": 7, "order_id": 5_001, "status": "success", "tracking_company": "UPS", "shipment_status": "teleported",
            "line_items": [{ "id": 1, "quantity": 2, "requires_shipping": true }],
        }]);
        parcels["refunds"] = json!([{
            "id": 8, "order_id": 5_001, "created_at": "2026-11-24T11:00:00Z", "refund_line_items": [],
            "transactions": [{ "id": 9, "kind": "refund", "status": "success", "amount": "5.00", "currency": "USD" }],
        }]);
        orders.push(parcels);
    }
    orders
}

/// What a merchant may change after having looked at the queue; whether a ticket can tell what comes of it.
const CHANGES: &[(&str, bool)] = &[
    ("", true),
    (
        "[[field]]\nname = \"financial\"\nstatus = [{ code = \"payed\", payment = \"paid\", refund = \"none\" }]\n",
        true,
    ),
    (
        "[[field]]\nname = \"financial\"\nstatus = [\n{ code = \"payed\", payment = \"unpaid\", refund = \"none\" },\n{ code = \"partiallyrefunded\", payment = \"paid\", refund = \"partial\" },\n]\n",
        true,
    ),
    (
        "[[field]]\nname = \"line_items[].fulfillment_status\"\nstatus = [{ code = \"gone\", fulfillment = \"shipped\" }]\n",
        true,
    ),
    (
        "[[field]]\nname = \"fulfillments.events.status\"\nstatus = [{ code = \"teleported\", fulfillment = \"shipped\", delivery = \"delivered\" }]\n",
        true,
    ),
    (
        "[boundary]\n[[boundary.rule]]\nrule = \"undefined-status\"\nthen = \"note\"\nwhy = \"test\"\n",
        true,
    ),
    (
        "[boundary]\n[[boundary.rule]]\nrule = \"unknown-currency\"\nthen = \"off\"\nwhy = \"test\"\n",
        true,
    ),
    (
        "[boundary]\n[[boundary.rule]]\nrule = \"malformed-address\"\nthen = \"off\"\nwhen = { financial = \"paid\" }\nwhy = \"test\"\n",
        true,
    ),
    (
        "[boundary]\n[[boundary.rule]]\nrule = \"contradictory-statuses\"\nthen = \"note\"\nwhy = \"test\"\n",
        true,
    ),
    // Reads what was not read before.
    (
        "[[field]]\nname = \"mine\"\nrecord = \"order\"\nlevel = \"order\"\nat = [\"tags\"]\ncovers = [\"hold\"]\nstatus = [{ code = \"hold\", hold = \"held\" }]\n[[show]]\nfield = \"mine\"\nnone = \"test\"\n",
        false,
    ),
    // Looks elsewhere for the address.
    ("[boundary.address]\ncountry = [\"ship_country\"]\nstreet = [\"ship_street\"]\n", false),
];

fn check(catalogue: &Catalogue, order: &Value) -> Option<Ticket> {
    let transaction = transaction();
    let order = Order::new("shopify", order).beside("shopify", "transaction", &transaction);
    match catalogue.check(&order, now()) {
        Verdict::Accepted(_) => None,
        Verdict::Quarantined(ticket) => Some(*ticket),
    }
}

#[test]
fn a_replay_says_what_the_order_would_say() {
    let old = with_own("");
    let (mut passing, mut failing, mut open) = (0, 0, 0);
    for (change, can_tell) in CHANGES {
        let new = with_own(change);
        for order in orders() {
            let Some(ticket) = check(&old, &order) else { continue };
            let again = check(&new, &order);
            let is_strange = ticket
                .violations
                .iter()
                .any(|found| found.raw.as_deref().is_some_and(|raw| raw.contains('\\')));
            match ticket.replay(&old, &new) {
                Replay::Passes => {
                    assert!(again.is_none(), "{change}\n{order}\n{again:?}");
                    passing += 1;
                }
                Replay::Fails(violations) => {
                    let again =
                        again.unwrap_or_else(|| panic!("{change}\n{order}\n{violations:?}"));
                    if *can_tell {
                        assert_eq!(violations, again.violations, "{change}\n{order}");
                    }
                    let still = |found| again.violations.contains(found);
                    assert!(violations.iter().all(still), "{change}\n{order}");
                    failing += 1;
                }
                Replay::NeedsPayload(why) => {
                    assert!(!can_tell || is_strange, "{why}\n{change}\n{order}");
                    open += 1;
                }
            }
        }
    }
    assert!(passing > 10 && failing > 100 && open > 10, "{passing} {failing} {open}");
}

#[test]
fn a_ticket_of_another_version_is_not_judged() {
    let (old, other) = (with_own(""), with_own("revision = 7\n"));
    let ticket = check(&old, &changed(&[("/financial_status", json!("payed"))])).unwrap();
    assert!(
        matches!(ticket.replay(&other, &other), Replay::NeedsPayload(why) if why.contains("version"))
    );
    assert_eq!(replayable([&ticket], &old, &old).count(), 0);
}

/// A ticket is judged as well after it was written to a file and read again.
#[test]
fn a_written_ticket_is_judged_the_same() {
    let old = with_own("");
    let new = with_own(CHANGES[1].0);
    for order in orders() {
        let Some(ticket) = check(&old, &order) else { continue };
        let written: Ticket =
            serde_json::from_str(&serde_json::to_string(&ticket).unwrap()).unwrap();
        assert_eq!(written.replay(&old, &new), ticket.replay(&old, &new));
    }
}
