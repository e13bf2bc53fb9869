//! The keys of every line, and small answers to be read by a person.

use serde_json::Value;

use crate::cli::{Desk, has_keys, sample};

/// The keys of what a value of the payload is told as.
const NATIVE: &str = "record part field raw result claim at";
const UNMAPPED: &str = "record part field raw nearest found";

/// What three orders of the small shop say: all is well, a word that nobody knows, a value that can
/// be no status.
const ORDERS: &str = r##"{"number": "#1", "id": 11, "money": "paid", "goods": "waiting"}
{"number": "#2", "id": 12, "money": "piad", "goods": null}
{"number": "#3", "id": 13, "money": {"paid": true}, "goods": "part"}
{"number": "#4", "id": 14, "money": "trial"}
"##;

fn of<'a>(object: &'a Value, key: &str) -> &'a [Value] {
    object[key].as_array().unwrap()
}

#[track_caller]
fn each_has(object: &Value, key: &str, keys: &str) {
    for entry in of(object, key) {
        has_keys(entry, keys);
    }
}

#[test]
fn channels_have_the_keys_that_are_promised() {
    let lines =
        Desk::of("channels_keys").run("channels --mappings systems --format ndjson").exits(0);
    let lines = lines.objects();
    for line in &lines {
        has_keys(line, "id role title fields");
        each_has(line, "fields", "name record level kind covers statuses");
    }
    let ids: Vec<_> = lines.iter().map(|line| line["id"].as_str().unwrap()).collect();
    assert!(ids.is_sorted() && ids.contains(&"shop") && ids.contains(&"shopify"), "{ids:?}");
    let shop = lines.iter().find(|line| line["id"] == "shop").unwrap();
    insta::assert_snapshot!(format!("{shop:#}"));
}

#[test]
fn show_has_the_keys_that_are_promised() {
    let desk = Desk::of("show_keys");
    for words in ["show shop", "show shopify", "show netsuite", "show stripe"] {
        let run = desk.run(&format!("{words} --mappings systems --format ndjson")).exits(0);
        for line in run.objects() {
            has_keys(
                &line,
                "channel field record level kind covers ignored statuses absences show",
            );
            for status in of(&line, "statuses") {
                has_keys(status, "code also when claim given ignored why at");
                each_has(status, "given", "fact claim");
            }
            each_has(&line, "absences", "absence claim");
            let Some(show) = line["show"].as_object() else { continue };
            has_keys(&line["show"], "none never rows");
            for row in show["rows"].as_array().unwrap() {
                has_keys(row, "when result code by reason");
            }
        }
    }
}

#[test]
fn show_reads_as_a_table() {
    let desk = Desk::of("show_table");
    insta::assert_snapshot!(desk.run("show shop --mappings systems").exits(0).out);
}

#[test]
fn lint_has_the_keys_that_are_promised() {
    const CLAIMED: &str = r#", fulfillment = ["not_required", "partially_shipped", "shipped"]"#;
    let text = include_str!("systems/shop.toml").replace("\"unpaid\" }", "\"unpayed\" }");
    let desk = Desk::of("lint_keys").with("own/shop.toml", text.replace(CLAIMED, ""));
    let run = desk.run("lint own --format ndjson").exits(1);
    for line in run.objects() {
        has_keys(&line, "file line column rule severity message label help fix");
    }
    assert_eq!(run.err, "1 file: 2 errors, 0 warnings\n");
    insta::assert_snapshot!(run.out);
    let explained = desk.run("lint --explain show-misread --format ndjson").exits(0);
    has_keys(&explained.object(), "rule severity summary explanation");
    let explained = desk.run("lint --explain malformed-address --format ndjson").exits(0);
    has_keys(&explained.object(), "rule severity then summary explanation");
}

/// The small systems prove that they are mappings, so that the other tests are about something.
#[test]
fn lint_has_nothing_to_say_of_the_small_systems() {
    let run = Desk::of("lint_systems").run("lint systems --format ndjson").exits(0);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", "2 files: 0 errors, 0 warnings\n"));
}

#[test]
fn look_ups_have_the_keys_that_are_promised() {
    let desk = Desk::of("lookup_keys");
    let asked = "lookup --mappings systems --channel shop --field money";
    let run = desk.feed(&format!("{asked} --format ndjson"), "paid\nPAID\npiad\ntrial\n\nzebra\n");
    let run = run.exits(1);
    for line in run.objects() {
        has_keys(&line, "code result claim at nearest reason");
    }
    insta::assert_snapshot!("lookup_ndjson", run.out);
    let human = desk.run(&format!("{asked} paid piad trial zebra")).exits(1);
    insta::assert_snapshot!("lookup_human", human.out);
}

/// Of a value that nobody knows the answer names the nearest that somebody does, of one that says
/// nothing the reason.
#[test]
fn look_ups_say_what_was_meant_and_why_nothing_is_said() {
    let desk = Desk::of("lookup_nearest");
    let shopify = "lookup --format ndjson --channel shopify --field financial";
    let unmapped = desk.run(&format!("{shopify} partiallyrefunded")).exits(1).object();
    assert_eq!(unmapped["result"], "unmapped");
    assert_eq!(unmapped["nearest"], "partially_refunded");
    let mapped = desk.run(&format!("{shopify} paid")).exits(0).object();
    assert!(mapped["nearest"].is_null() && mapped["reason"].is_null(), "{mapped}");
    let shop = "lookup --format ndjson --mappings systems --channel shop --field money";
    let ignored = desk.run(&format!("{shop} trial")).exits(0).object();
    assert_eq!(ignored["result"], "ignored");
    assert_eq!(ignored["reason"], "an order that the shop places to try itself out");
}

#[test]
fn translations_have_the_keys_that_are_promised() {
    let desk = Desk::of("translate_keys").with("orders.ndjson", ORDERS);
    let small = "translate --mappings systems --from shop --to books";
    let sample =
        format!("translate --from shopify --to netsuite {}", sample("shopify_orders.json"));
    // The sample has words of an open field, which are no findings, and no others.
    for (words, code) in [(format!("{small} orders.ndjson"), 1), (sample, 0)] {
        for line in desk.run(&format!("{words} --format ndjson")).exits(code).objects() {
            has_keys(&line, "order claim milestone natives contradictions unmapped noted show");
            each_has(&line, "natives", NATIVE);
            each_has(&line, "unmapped", UNMAPPED);
            each_has(&line, "noted", UNMAPPED);
            for contradiction in of(&line, "contradictions") {
                has_keys(contradiction, "facet natives");
                each_has(contradiction, "natives", NATIVE);
            }
            each_has(&line, "show", "field result code by candidates reason");
        }
    }
    let run = desk.run(&format!("{small} orders.ndjson --format ndjson")).exits(1);
    let read = "4 records: 0 contradict themselves, 2 have values that are not mapped, 0 could not be read\n";
    assert_eq!(run.err, read);
    insta::assert_snapshot!("translate_ndjson", run.out);
    insta::assert_snapshot!(
        "translate_human",
        desk.run(&format!("{small} orders.ndjson")).exits(1).out
    );
    // Without another system there is nothing to show.
    let alone = desk.run("translate --mappings systems --from shop orders.ndjson --format ndjson");
    assert!(alone.exits(1).objects().iter().all(|line| of(line, "show").is_empty()));
}

/// A value whose shape no status can have is told with what was found.
#[test]
fn what_no_status_can_be_is_told_with_what_it_is() {
    let desk = Desk::of("found").with("orders.ndjson", ORDERS);
    let run = desk.run("translate --mappings systems --from shop orders.ndjson --format ndjson");
    let lines = run.exits(1).objects();
    assert_eq!(lines[1]["unmapped"][0]["nearest"], "paid");
    assert!(lines[1]["unmapped"][0]["found"].is_null());
    assert_eq!(lines[2]["unmapped"][0]["found"], "an object");
}

/// Merchants and plugins add words to an open field: a new one is noted by every command, and is a
/// finding of none.
#[test]
fn words_of_open_fields_are_noted_and_no_findings() {
    let open = include_str!("systems/shop.toml")
        .replace("name   = \"money\"\n", "name   = \"money\"\nopen   = true\n");
    let desk = Desk::of("open_words")
        .with("systems/shop.toml", open)
        .with("shop.json", r##"[{"number": "#1", "money": "seashells", "goods": "waiting"}]"##);
    let words = "translate --mappings systems --from shop shop.json";
    let run = desk.run(&format!("{words} --format ndjson")).exits(0);
    assert_eq!(run.object()["noted"][0]["raw"], "seashells");
    assert!(of(&run.object(), "unmapped").is_empty());
    let human = desk.run(words).exits(0);
    assert!(human.out.contains("  noted: order money \"seashells\""), "{}", human.out);
    let told = "1 word of open fields is not listed";
    assert!(human.err.contains(told), "{}", human.err);
    let both = desk.run("reconcile --mappings systems --view shop=shop.json").exits(0);
    assert!(both.err.contains("1 order: 1 fine") && both.err.contains(told), "{}", both.err);
    let check =
        desk.run("check --mappings systems --channel shop --format human shop.json").exits(1);
    assert!(check.out.contains("noted: unlisted-word"), "{}", check.out);
}

/// People read words, and a headline only where there is one.
#[test]
fn people_read_headlines_as_words_and_ranges() {
    let desk = Desk::of("headlines").with("orders.ndjson", ORDERS);
    let out = desk.run("translate --mappings systems --from shop orders.ndjson").exits(1).out;
    assert!(out.contains("  not shipped: lifecycle=placed|cancelling"), "{out}");
    assert!(out.contains("fulfillment=unfulfilled..packed "), "{out}");
    assert!(!out.contains("unknown"), "{out}");
    let show = desk.run("show shop --mappings systems").exits(0).out;
    assert!(show.contains("fulfillment=unfulfilled..packed\n"), "{show}");
    for words in ["show shopify", "show netsuite"] {
        let long = desk.run(words).exits(0).out;
        let widest = long.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(!long.contains("backordered|allocated|picked"), "{words}: {widest}");
    }
}

/// Scripts that hold all in memory and scripts that read line by line read the same.
#[test]
fn json_is_the_array_of_the_lines() {
    let desk = Desk::of("json").with("orders.ndjson", ORDERS);
    for words in [
        "channels",
        "show netsuite",
        "lint systems",
        "lint --explain show-misread",
        "lookup --channel shop --field money paid piad trial",
        "translate --from shop --to books orders.ndjson",
        "reconcile --view shop=orders.ndjson --view books=orders.ndjson",
        "reconcile --view shop=orders.ndjson --view shopify=orders.ndjson",
    ] {
        let [lines, array] = ["ndjson", "json"]
            .map(|format| desk.run(&format!("{words} --mappings systems --format {format}")));
        assert_eq!((lines.code, &lines.err), (array.code, &array.err), "{words}");
        if lines.code == 2 {
            continue;
        }
        let array: Vec<Value> = serde_json::from_str(&array.out).unwrap();
        assert_eq!(array, lines.objects(), "{words}");
    }
}
