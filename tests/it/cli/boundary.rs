//! `check` and `replay`: a batch of orders, its tickets, and what becomes of them.

use serde_json::{Value, json};

use crate::cli::{Desk, Run, has_keys};

fn order(number: u32, changes: &[(&str, Value)]) -> Value {
    let mut order = json!({
        "id": 5_000 + number, "name": format!("#{number}"), "created_at": "2026-11-24T10:00:00Z", "currency": "USD",
        "total_price": "15.00", "financial_status": "paid", "fulfillment_status": null,
        "payment_gateway_names": ["shopify_payments"],
        "shipping_address": { "name": "Ada Example", "address1": "1 Main St", "city": "Springfield", "province_code": "IL", "zip": "62701", "country_code": "US" },
        "line_items": [{ "id": 1, "sku": "MUG", "quantity": 1, "price": "15.00", "requires_shipping": true }],
    });
    for (key, value) in changes {
        order[*key] = value.clone();
    }
    order
}

fn transaction(number: u32) -> Value {
    json!({ "id": 9_000 + number, "order_id": 5_000 + number, "kind": "sale", "status": "success", "gateway": "shopify_payments", "authorization": "ch_1", "amount": "15.00" })
}

/// Five orders: one good, one whose transaction is missing, two with a word that nobody knows, and
/// something broken.
fn desk(test: &str) -> Desk {
    let orders = [
        order(1001, &[]),
        order(1002, &[]),
        order(1003, &[("financial_status", json!("payed"))]),
        order(1004, &[("financial_status", json!("payed")), ("currency", json!("EURO"))]),
    ];
    let lines = |list: &[Value]| {
        let lines: Vec<_> = list.iter().map(Value::to_string).collect();
        lines.join("\n") + "\n"
    };
    let transactions = [1001, 1003, 1004].map(transaction);
    Desk::of(test)
        .with("orders.ndjson", format!("{}{{\"name\": \"#10", lines(&orders)))
        .with("transactions.ndjson", lines(&transactions))
        .with("old/shopify.toml", "schema = 1\nextends = \"shopify\"\nid = \"shopify\"\n")
        .with(
            "mine/shopify.toml",
            "schema = 1\nextends = \"shopify\"\nid = \"shopify\"\n[[field]]\nname = \"financial\"\nstatus = [{ code = \"payed\", payment = \"paid\", refund = \"none\" }]\n",
        )
}

const CHECK: &str = "check --channel shopify --with shopify.transaction=transactions.ndjson --as-of 2026-11-25 orders.ndjson";

fn verdicts(run: &Run) -> Vec<(Value, Value)> {
    run.objects().iter().map(|line| (line["verdict"].clone(), line["order"].clone())).collect()
}

#[test]
fn a_batch_is_accepted_or_quarantined_line_by_line() {
    let run = desk("check").run(CHECK).exits(1);
    let expected = [
        ("accepted", json!("1001")),
        ("quarantined", json!("1002")),
        ("quarantined", json!("1003")),
        ("quarantined", json!("1004")),
        ("quarantined", json!(null)),
    ];
    assert_eq!(verdicts(&run), expected.map(|(verdict, order)| (json!(verdict), order)));
    assert!(run.err.ends_with("5 orders: 1 accepted, 4 quarantined\n"), "{}", run.err);
    assert!(run.err.contains("orders.ndjson:5: "), "{}", run.err);
    let lines = run.objects();
    has_keys(&lines[0], "verdict channel record order claim milestone notes");
    has_keys(
        &lines[1],
        "verdict schema channel record order mapping payload severity violations notes excused evidence",
    );
    assert!(!run.out.contains("Ada") && !run.out.contains("Main St") && !run.out.contains("ch_1"));
    let all_good =
        desk("check_good").with("orders.ndjson", order(1001, &[]).to_string()).run(CHECK);
    assert_eq!(all_good.exits(0).objects().len(), 1);
}

#[test]
fn people_are_told_what_to_do() {
    let run = desk("check_human").run(&format!("{CHECK} --format human")).exits(1);
    insta::assert_snapshot!("check_human", run.out);
}

/// What does not count for an order is told with the reason, so that nobody thinks it was not seen.
#[test]
fn people_are_told_what_was_excused() {
    let own = "schema = 1\nextends = \"shopify\"\n[[boundary.rule]]\nrule = \"malformed-address\"\nwhen = { financial = \"paid\" }\nthen = \"off\"\nwhy = \"the warehouse asks for it\"\n";
    let desk = desk("check_excused")
        .with("own/mine.toml", own)
        .with("orders.ndjson", order(1001, &[("shipping_address", json!(null))]).to_string());
    let run = desk.run(&format!("{CHECK} --mappings own --format human"));
    let said = "    excused: malformed-address at shipping_address: there is no address (the warehouse asks for it)\n";
    assert!(run.out.contains(said), "{}{}", run.out, run.err);
}

/// Marketplaces hand out tables; a column is a key, and an order has a ticket or comes in.
#[test]
fn orders_may_come_as_a_table() {
    let rows = "number,money,goods\r\n#1,paid,waiting\r\n#2,piad,waiting\r\n#3\r\n";
    let own = "schema = 1\nextends = \"shop\"\n[boundary]\nrecord = \"order\"\n[[boundary.rule]]\nrule = \"malformed-address\"\nthen = \"off\"\nwhy = \"a counter\"\n";
    let desk = Desk::of("check_table").with("orders.csv", rows).with("own/mine.toml", own);
    let run = desk
        .run(
            "check --mappings systems --mappings own --channel shop --payments-verified orders.csv",
        )
        .exits(1);
    let expected =
        [("accepted", json!("1")), ("quarantined", json!("2")), ("quarantined", json!(null))];
    assert_eq!(verdicts(&run), expected.map(|(verdict, order)| (json!(verdict), order)));
    assert!(run.err.starts_with("orders.csv:4: 1 cell, where the header has 3\n"), "{}", run.err);
}

#[test]
fn after_a_change_exactly_those_come_in_that_would() {
    let desk = desk("replay");
    let tickets = desk.run(&format!("{CHECK} --mappings old")).exits(1).out;
    let desk = desk.with("tickets.ndjson", tickets);
    let run = desk.run("replay --tickets tickets.ndjson --old old --new mine").exits(1);
    let answers: Vec<_> =
        run.objects().iter().map(|line| (line["order"].clone(), line["replay"].clone())).collect();
    let expected = [("1002", "fails"), ("1003", "passes"), ("1004", "fails")];
    let expected = expected.map(|(order, replay)| (json!(order), json!(replay)));
    assert_eq!(answers[..3], expected);
    assert_eq!(answers[3], (json!(null), json!("needs-payload")));
    has_keys(&run.objects()[0], "channel order replay violations reason");
    assert!(
        run.err.contains("4 tickets: 1 would now come in, 2 would not, 1 has to be checked"),
        "{}",
        run.err
    );
}

#[test]
fn what_cannot_be_checked_is_refused() {
    let desk = desk("check_refused");
    for (words, said) in [
        ("check --channel shpify orders.ndjson", "shpify"),
        ("check --channel shopify.ordr orders.ndjson", "ordr"),
        ("check --channel shopify missing.ndjson", "missing.ndjson"),
        (
            "check --channel shopify --with stripe=transactions.ndjson orders.ndjson",
            "name the record",
        ),
        ("replay --tickets missing --old old --new mine", "missing"),
        ("replay --tickets orders.ndjson --old old --new elsewhere", "elsewhere"),
    ] {
        let refusal = desk.run(words).refusal();
        assert!(refusal.contains(said), "{words}: {refusal}");
    }
}
