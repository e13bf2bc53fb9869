//! Exports that are not what they are said to be, and messages that would be said a thousand times.

use std::path::Path;

use crate::cli::{Desk, sample};

const TRANSLATE: &str = "translate --mappings systems --from shop --format ndjson";
const RECONCILE: &str = "reconcile --mappings systems --view shop=shop.json";

/// Whoever names one system's export as another's is told that nothing in it is what was looked for.
#[test]
fn exports_that_were_swapped_are_refused() {
    let desk = Desk::of("swapped");
    let [shopify, netsuite] = ["shopify_orders.json", "netsuite_sales_orders.json"].map(sample);
    let of_netsuite = format!("{netsuite}: none of 51 records has a status that shopify");
    for words in [
        format!("reconcile --view netsuite.sales_order={shopify} --view shopify={netsuite}"),
        format!("reconcile --view shopify={netsuite}"),
        format!("translate --from shopify {netsuite}"),
        format!("translate --from shopify --format json {netsuite}"),
        format!("check --channel shopify {netsuite}"),
    ] {
        let said = desk.run(&words).refusal();
        assert!(said.contains("has a status that") && said.contains("another system"), "{said}");
        assert!(words.contains("sales_order=") || said.starts_with(&of_netsuite), "{said}");
    }
}

#[test]
fn some_records_without_any_status_are_counted_and_the_rest_is_read() {
    let orders = r##"[{"number": "#1"}, {"number": "#2", "money": "paid"}, {"number": "#3", "money": null}]"##;
    let desk = Desk::of("without_status").with("shop.json", orders);
    let translate = "translate --mappings systems --from shop.order --format ndjson shop.json";
    let said = "shop.json: 1 of 3 records has no status that shop is known to have\n";
    for words in [
        translate,
        "reconcile --mappings systems --view shop.order=shop.json",
        "check --mappings systems --channel shop.order shop.json",
    ] {
        let run = desk.run(words);
        assert!(run.code < 2 && run.err.contains(said), "{words}: {}", run.err);
    }
    // All of them are told, the first one too.
    assert_eq!(desk.run(translate).objects().len(), 3);
}

/// A file of no bytes is what a failed export leaves behind.
#[test]
fn nothing_at_all_is_no_export() {
    let orders = r##"[{"number": "#1", "money": "paid", "goods": "waiting"}]"##;
    let desk = Desk::of("no_bytes")
        .with("shop.json", orders)
        .with("none.json", "")
        .with("none.csv", "\n")
        .with("list.json", "[]")
        .with("header.csv", "id,number,step\n");
    for words in [
        "translate --mappings systems --from shop none.json",
        "translate --mappings systems --from shop -",
        "check --mappings systems --channel shop none.json",
        "check --mappings systems --channel shop --with books.sale=none.json shop.json",
        &format!("{RECONCILE} --view books=none.json"),
        &format!("{RECONCILE} --view books=none.csv"),
        &format!("{RECONCILE} --view books=- --absent shop=confirmed"),
    ] {
        let said = desk.run(words).refusal();
        assert!(said.contains("is empty") && said.contains("`[]`"), "{words}: {said}");
    }
    for words in [
        "translate --mappings systems --from shop list.json",
        &format!("{RECONCILE} --view books=list.json"),
        &format!("{RECONCILE} --view books=header.csv"),
        &format!("{RECONCILE} --view books=none.json --absent books=unknown"),
        &format!("{RECONCILE} --view books.sale=none.json --absent books.sale=unknown"),
    ] {
        desk.run(words).exits(0);
    }
}

/// The line is the one that an editor shows, whatever ends a line.
#[test]
fn rows_are_told_with_their_lines() {
    let text = "number,money\n#1,piad\n\n\"#2\",\"pa\nid\"\n#3\n#4,piad\n";
    for (test, end) in [("lf", "\n"), ("crlf", "\r\n"), ("cr", "\r")] {
        let desk = Desk::of(&format!("row_lines_{test}"))
            .with("orders.csv", text.replace('\n', end))
            .with("head.csv", format!("\n\n{text}").replace('\n', end));
        for (file, more) in [("orders.csv", 0), ("head.csv", 2)] {
            let words = format!("translate --mappings systems --from shop {file}");
            let run = desk.run(&words).exits(1);
            assert!(run.err.starts_with(&format!("{file}:{}: 1 cell,", 6 + more)), "{}", run.err);
            for (order, line) in [(1, 2), (2, 4), (4, 7)] {
                let said = format!("order \"{order}\"  shop.order, line {}\n", line + more);
                assert!(run.out.contains(&said), "{test}: {said}{}", run.out);
            }
        }
    }
}

/// A header of other names is one mistake and not one a row.
#[test]
fn a_header_that_fits_no_record_is_told_once() {
    let rows = "#1,paid\n".repeat(500);
    let desk = Desk::of("header").with("orders.csv", format!("Order No,Money\n{rows}"));
    for of in ["shop", "shop.order"] {
        let run =
            desk.run(&format!("translate --mappings systems --from {of} orders.csv")).exits(2);
        let found = "orders.csv: its columns are Order No, Money; shop.order reads ";
        let line = run.err.lines().find(|line| line.starts_with(found)).expect("columns");
        assert!(["id", "number", "money", "goods"].iter().all(|key| line.contains(key)), "{line}");
        assert_eq!(run.err.matches(found).count(), 1);
        assert!(run.err.lines().count() < 20, "{}", run.err);
        assert!(run.err.contains("orders.csv: and 490 more like it: "), "{}", run.err);
        assert!(run.err.ends_with("none of 500 records could be read\n"), "{}", run.err);
    }
}

#[test]
fn one_message_is_not_repeated_without_end() {
    let bad = "17\n".repeat(50);
    let desk = Desk::of("repeats")
        .with("orders.ndjson", format!("{{\"number\": \"#1\", \"money\": \"paid\"}}\n{bad}"));
    let run = desk.run(&format!("{TRANSLATE} orders.ndjson")).exits(1);
    assert_eq!(run.err.matches(": a record is an object, this is a number").count(), 11);
    assert!(run.err.contains("orders.ndjson: and 40 more like it: "), "{}", run.err);
    let orders = "{\"number\": \"#1\", \"money\": \"piad\"}\n".repeat(50);
    let desk = Desk::of("repeats_of_words").with("shop.json", orders);
    let run = desk.run(RECONCILE).exits(1);
    assert_eq!(run.err.matches("order \"").count(), 10);
    assert!(run.err.contains("and 40 more like it: "), "{}", run.err);
}

#[test]
fn what_is_no_json_is_said_in_plain_words() {
    for (bad, said) in [
        ("{\"number\": nil}", "no JSON: a word stands there that is neither true, false nor null"),
        ("{\"number\": 1", "no JSON: the text is cut off"),
        ("{\"number\": 1,}", "no JSON: a comma stands before the closing bracket"),
        ("{'number': 1}", "no JSON: a name in quotation marks is missing"),
        ("{\"number\" 1}", "no JSON: a colon is missing"),
        ("{\"number\": 1} {}", "no JSON: something stands behind the record"),
        ("{\"number\": 1 2}", "no JSON: a comma or the closing bracket is missing"),
        ("{\"number\": }", "no JSON: a value is missing"),
        ("{\"number\": 01}", "no JSON: a number is not written as JSON writes it"),
    ] {
        let text = format!("{{\"number\": \"#1\", \"money\": \"paid\"}}\n{bad}\n");
        let run = Desk::of("no_json")
            .with("orders.ndjson", text)
            .run(&format!("{TRANSLATE} orders.ndjson"))
            .exits(1);
        assert!(run.err.contains(said), "{bad}: {}", run.err);
    }
}

/// On a terminal both streams are one.
#[test]
fn the_summary_comes_behind_the_body() {
    let desk = Desk::of("order_of_streams")
        .with("shop.json", r##"[{"number": "#1", "money": "paid", "goods": "waiting"}]"##)
        .with("bad.toml", "schema = 1\n");
    for (words, last) in [
        ("translate --mappings systems --from shop shop.json", "1 record: "),
        ("translate --mappings systems --from shop shop.json --format json", "1 record: "),
        ("check --mappings systems --channel shop shop.json", "1 order: "),
        (
            "reconcile --mappings systems --view shop=shop.json --view books=list.json --absent books=confirmed",
            "1 order: ",
        ),
        ("lint bad.toml", "1 file: "),
    ] {
        std::fs::write(Path::new(&desk.folder).join("list.json"), "[]").unwrap();
        let (mut both, write) = std::io::pipe().unwrap();
        let mut program = desk.program();
        program.args(words.split_whitespace()).stdout(write.try_clone().unwrap()).stderr(write);
        let mut child = program.spawn().unwrap();
        drop(program);
        let said = std::io::read_to_string(&mut both).unwrap();
        child.wait().unwrap();
        let summary = said.lines().position(|line| line.starts_with(last));
        let summary = summary.unwrap_or_else(|| panic!("{words}: {said}"));
        let behind = said.lines().skip(summary + 1);
        // Patterns are counted behind it.
        assert!(summary > 0 && behind.into_iter().all(|line| line.starts_with("    ")), "{said}");
    }
}
