//! `reconcile`: the keys of a finding, each relation once, and what a missing record comes to.

use std::process::Command;

use serde_json::Value;

use crate::channels::tree;
use crate::cli::{Desk, Run, has_keys, path, sample};

/// Orders of the small shop: 1 is paid, 2 was dropped, 3 is nothing the books know.
const SHOP: &str = r##"{"number": "#1", "id": 11, "money": "paid", "goods": "waiting"}
{"number": "#2", "id": 12, "money": "paid", "goods": "dropped"}
{"number": "#3", "id": 13, "money": "paid", "goods": "waiting"}
{"number": "#4", "id": 14, "money": "paid", "goods": "sent"}
"##;

/// The books: 1 was not released, 2 left the house, 4 is as the shop says.
const BOOKS: &str = r##"{"number": "S1", "id": 21, "shop_number": "#1", "step": "A"}
{"number": "S2", "id": 22, "shop_number": "#2", "step": "F"}
{"number": "S4", "id": 24, "shop_number": "#4", "step": "F"}
"##;

const SMALL: &str =
    "reconcile --mappings systems --view shop=shop.ndjson --view books=books.ndjson";

fn desk(test: &str) -> Desk {
    Desk::of(test).with("shop.ndjson", SHOP).with("books.ndjson", BOOKS)
}

/// Order, pattern and relation of each finding.
fn findings(run: &Run) -> Vec<[String; 3]> {
    let text = |object: &Value, key: &str| object[key].as_str().unwrap().to_owned();
    let told = |object: &Value| ["order", "pattern", "relation"].map(|key| text(object, key));
    run.objects().iter().map(told).collect()
}

fn has_the_keys_of_a_finding(line: &Value) {
    has_keys(
        line,
        "order pattern also relation direction strength verdict severity facets views repairs",
    );
    assert_eq!(line["verdict"], "confirmed");
    assert_eq!(line["repairs"], Value::Array(Vec::new()));
    for (key, words) in [
        ("relation", &["contradiction", "deviation", "presence", "agreement"] as &[_]),
        ("strength", &["certain", "suspected"]),
        ("severity", &["critical", "high", "medium", "low"]),
    ] {
        assert!(words.contains(&line[key].as_str().unwrap()), "{line}");
    }
    let direction = line["direction"].as_str();
    assert_eq!(line["relation"] == "deviation", direction.is_some(), "{line}");
    assert!(direction.is_none_or(|word| ["behind", "ahead", "beside"].contains(&word)), "{line}");
    for view in line["views"].as_array().unwrap() {
        has_keys(view, "channel role presence milestone claim natives facts expected");
        for native in view["natives"].as_array().unwrap() {
            has_keys(native, "record part field raw result claim at");
        }
        for expected in view["expected"].as_array().unwrap() {
            has_keys(expected, "field code candidates by direction");
        }
    }
}

#[test]
fn findings_have_the_keys_that_are_promised() {
    let samples: Vec<_> = [
        ("shopify", "shopify_orders"),
        ("netsuite.sales_order", "netsuite_sales_orders"),
        ("netsuite.item_fulfillment", "netsuite_item_fulfillments"),
        ("netsuite.return_authorization", "netsuite_return_authorizations"),
        ("shipstation.order", "shipstation_orders"),
        ("shipstation.shipment", "shipstation_shipments"),
        ("stripe", "stripe_payment_intents"),
    ]
    .map(|(of, file)| format!("--view {of}={}", sample(&format!("{file}.json"))))
    .into();
    let confirmed = ["shopify", "netsuite", "shipstation", "stripe"]
        .map(|id| format!("--absent {id}=confirmed"))
        .join(" ");
    let words = format!("reconcile {} {confirmed}", samples.join(" "));
    let run = desk("finding_keys").run(&format!("{words} --format ndjson")).exits(1);
    let lines = run.objects();
    lines.iter().for_each(has_the_keys_of_a_finding);
    // Each relation occurs, so that each was looked at.
    for relation in ["contradiction", "deviation", "presence", "agreement"] {
        assert!(lines.iter().any(|line| line["relation"] == relation), "no {relation}");
    }
}

/// The main job and the page of its samples count alike: an order with a finding or with a word that
/// nobody knows is not fine.
#[test]
fn the_main_job_counts_as_many_fine_orders_as_its_page_lists() {
    let run = Command::new(path("reconcile")).output().unwrap();
    assert!(run.status.success(), "{run:?}");
    let out = String::from_utf8(run.stdout).unwrap();
    let page = std::fs::read_to_string(tree().join("examples/data/README.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| #1") || line.starts_with("| 1"));
    let (all, fine) = rows
        .fold((0, 0), |(all, fine), row| (all + 1, fine + usize::from(row.ends_with("| fine |"))));
    assert!(
        page.contains(&format!("{all} cases, {fine} of them fine.")),
        "{all} cases, {fine} fine"
    );
    assert!(out.contains(&format!("\n{all} orders, {fine} fine\n")), "{fine} of {all}: {out}");
}

#[test]
fn small_findings_read_well() {
    let desk = desk("small_findings");
    let words = format!("{SMALL} --absent books=confirmed");
    let run = desk.run(&format!("{words} --format ndjson")).exits(1);
    run.objects().iter().for_each(has_the_keys_of_a_finding);
    insta::assert_snapshot!("findings_ndjson", run.out);
    let run = desk.run(&words).exits(1);
    insta::assert_snapshot!("findings_human", run.out);
    insta::assert_snapshot!("findings_summary", run.err);
}

/// A record that is not in an export is only missing where somebody says that the export has all.
#[test]
fn an_absence_counts_where_it_is_confirmed() {
    let desk = desk("absent");
    let of_order_3 = |words: &str| -> (usize, bool) {
        let run = desk.run(&format!("{SMALL} {words} --format ndjson")).exits(1);
        let about = findings(&run).into_iter().filter(|[order, ..]| order == "3");
        (about.count(), run.err.contains("it is not known whether that is so"))
    };
    assert_eq!(of_order_3("--absent books=confirmed"), (1, false));
    assert_eq!(of_order_3("--absent books.sale=confirmed"), (1, false));
    assert_eq!(of_order_3(""), (0, true));
    assert_eq!(of_order_3("--absent books=unknown"), (0, true));
    // What is said of one kind of record counts for that kind, wherever it stands.
    assert_eq!(of_order_3("--absent books=confirmed --absent books.sale=unknown"), (0, true));
    assert_eq!(of_order_3("--absent books.sale=unknown --absent books=confirmed"), (0, true));
    let unknown = desk.run(SMALL).exits(1);
    assert!(unknown.err.contains("whether that is so (books 1)"), "{}", unknown.err);
    assert_eq!(of_order_3("--absent shop=confirmed"), (0, true));
    let said = desk.run(&format!("{SMALL} --absent books.sail=confirmed")).refusal();
    assert!(said.contains("`sail` is no record of books (known: sale)"), "{said}");
    let said = desk.run(&format!("{SMALL} --absent books=perhaps")).refusal();
    assert!(said.contains("netsuite=confirmed or netsuite.invoice=unknown"), "{said}");
}

/// An order that a system was never asked for is no finding, and a system may have no order at all.
#[test]
fn an_empty_export_confirms_that_nothing_is_there() {
    let desk = desk("empty_export").with("nothing.ndjson", "");
    let words = "reconcile --mappings systems --view shop=shop.ndjson --view books=nothing.ndjson";
    let run = desk.run(&format!("{words} --absent books=confirmed --format ndjson")).exits(1);
    assert!(findings(&run).iter().all(|[.., relation]| relation == "presence"), "{}", run.out);
    let desk = desk.with("nothing.ndjson", "[]");
    let run = desk.run(&format!("{words} --format ndjson")).exits(0);
    assert_eq!(run.out, "");
}

#[test]
fn one_export_may_come_from_standard_input() {
    let desk = desk("view_from_input");
    let from_file = desk.run(&format!("{SMALL} --format ndjson")).exits(1);
    let words =
        "reconcile --mappings systems --view shop=- --view books=books.ndjson --format ndjson";
    assert_eq!(desk.feed(words, SHOP).exits(1).out, from_file.out);
}

#[test]
fn a_bad_record_and_a_word_that_nobody_knows_are_told_and_the_rest_is_compared() {
    let shop = SHOP.replace("\"money\": \"paid\", \"goods\": \"sent\"", "\"money\": \"piad\"");
    let desk = desk("bad_view").with("shop.ndjson", format!("{{\n{shop}"));
    let run = desk.run(&format!("{SMALL} --format ndjson")).exits(1);
    assert_eq!(findings(&run).len(), 2);
    insta::assert_snapshot!(run.err);
}

/// The shop took a card, the books wait for an invoice to be paid: what was decided by the terms went
/// by the shop's word, and that is said.
#[test]
fn circumstances_that_exclude_each_other_are_said() {
    let shop = r##"{"name": "#1001", "id": 1, "financial_status": "paid", "payment_gateway_names": ["shopify_payments"]}"##;
    let books = r##"{"id": "7", "tranId": "SO7", "otherRefNum": "#1001", "orderStatus": {"id": "B"}, "terms": {"refName": "Net 30"}}"##;
    let desk = Desk::of("circumstances").with("shop.ndjson", shop).with("books.ndjson", books);
    let run = desk.run("reconcile --view shopify=shop.ndjson --view netsuite.sales_order=books.ndjson --format ndjson");
    let said = "order \"1001\": terms: shopify prepaid, netsuite on_invoice; taken is prepaid";
    assert!(run.err.contains(said), "{}", run.err);
}
