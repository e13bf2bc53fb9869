//! How the program is asked, and how it answers where it is asked wrongly.

use std::io::Read as _;
use std::process::Stdio;

use crate::cli::{Desk, sample};

/// Arguments, and what the one line must name.
const WRONG: [(&str, &[&str]); 23] = [
    ("channel", &["'channel'", "'channels'"]),
    ("channels --format xml", &["'xml'", "human, json, ndjson"]),
    ("channels --mappings nowhere", &["nowhere", "No such file"]),
    ("show shpify", &["`shpify`", "did you mean `shopify`?"]),
    ("show shop monney", &["`monney` is no field of shop", "did you mean `money`?"]),
    ("lint", &["PATH"]),
    ("lint nowhere.toml", &["nowhere.toml", "No such file"]),
    ("lint --explain show-misred", &["`show-misred`", "did you mean `show-misread`?"]),
    ("lookup --channel shop paid", &["--field"]),
    ("lookup --channel stripe --field charge.amount_captured 1", &["kind amount", "charge.status"]),
    ("lookup --channel shopify --field financial -x", &["'-x'", "-- -x"]),
    ("translate --from shop nowhere.json", &["nowhere.json", "No such file"]),
    ("translate --from shop systems", &["systems", "folder"]),
    ("translate --from shop.ordr -", &["`ordr` is no record of shop", "did you mean `order`?"]),
    ("reconcile", &["--view"]),
    ("reconcile --view shop", &["shopify=orders.json"]),
    ("reconcile --view shop=- --view books=-", &["standard input", "shop", "books"]),
    (
        "reconcile --view shop=- --absent books=confirmed",
        &["--absent books", "no `--view`", "`[]`"],
    ),
    ("reconcile --view shop=- --absent shp=confirmed", &["--absent shp", "did you mean `shop`?"]),
    (
        "reconcile --view shop=- --absent shop=confirmed --absent shop=unknown",
        &["`--absent shop=confirmed`", "`--absent shop=unknown`"],
    ),
    ("channels --fromat json", &["'--fromat' found; tip: a similar argument exists: '--format'"]),
    ("reconcile --view shop=- --as-of 2026-11-23", &["'--as-of'"]),
    ("check --channel shop --as-of yesterday -", &["'yesterday'", "2026-11-23T06:00:00Z"]),
];

#[test]
fn wrong_arguments_are_refused_in_one_line_that_names_them() {
    let desk = Desk::of("wrong_arguments");
    for (words, named) in WRONG {
        let said = desk.run(&format!("{words} --mappings systems")).refusal();
        for name in named {
            assert!(said.contains(name), "`{words}` does not name {name}: {said}");
        }
    }
    let said = desk.run("").refusal();
    assert!(said.contains("--help"), "{said}");
}

#[test]
fn options_may_stand_before_and_behind_codes() {
    let desk = Desk::of("options_behind_codes");
    let expected =
        desk.run("lookup --format ndjson --channel shopify --field financial paid").exits(0);
    assert_eq!(expected.object()["code"], "paid");
    for words in [
        "lookup --channel shopify --field financial paid --format ndjson",
        "lookup paid --channel shopify --field financial --format ndjson",
        "--format ndjson lookup --channel shopify paid --field financial",
    ] {
        assert_eq!(desk.run(words).exits(0).out, expected.out, "{words}");
    }
}

#[test]
fn a_code_with_a_hyphen_comes_behind_two_and_a_negative_number_as_it_is() {
    let desk = Desk::of("hyphens");
    let asked = "lookup --format ndjson --channel shopify --field financial";
    let codes = |words: &str| -> Vec<String> {
        let objects = desk.run(&format!("{asked} {words}")).exits(1).objects();
        objects.iter().map(|object| object["code"].as_str().unwrap().into()).collect()
    };
    assert_eq!(codes("-- -x --format"), ["-x", "--format"]);
    assert_eq!(codes("-1 paid -2.5"), ["-1", "paid", "-2.5"]);
    assert_eq!(codes("-- -"), ["-"]);
}

#[test]
fn help_is_no_error_and_says_what_is_asked_most() {
    let desk = Desk::of("help");
    for (words, said) in [
        ("--help", &["Exit codes: 0 nothing found, 1 findings, 2", "`| head`"] as &[_]),
        ("--version", &["order-status 0."]),
        ("lookup --help", &["behind `--`"]),
        ("translate --help", &["16 MiB", "1 GiB", "`-`"]),
        ("check --help", &["--as-of"]),
        ("reconcile --help", &["16 MiB", "1 GiB", "`-`", "agreement"]),
    ] {
        let run = desk.run(words).exits(0);
        assert_eq!(run.err, "", "{words}");
        // Lines are broken for the terminal.
        let text = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
        for said in said {
            assert!(text.contains(said), "`{words}` does not say {said:?}:\n{}", run.out);
        }
    }
}

/// What is found decides the exit code, whatever the format.
#[test]
fn the_exit_code_says_whether_something_was_found() {
    let desk = Desk::of("exit_codes")
        .with("fine.json", r##"{ "number": "#1", "money": "paid", "goods": "waiting" }"##)
        .with("bad.toml", "schema = 1\n");
    let shop = "lookup --mappings systems --channel shop --field money";
    for format in ["human", "json", "ndjson"] {
        for (words, code) in [
            ("channels", 0),
            ("show shopify financial", 0),
            ("lint systems", 0),
            ("lint --explain show-misread", 0),
            ("lint bad.toml", 1),
            (&format!("{shop} paid trial"), 0),
            (&format!("{shop} paid piad"), 1),
            ("translate --mappings systems --from shop fine.json", 0),
            ("reconcile --mappings systems --view shop=fine.json", 0),
            ("lookup --channel shop --field money paid", 2),
        ] {
            desk.run(&format!("{words} --format {format}")).exits(code);
        }
    }
}

/// `order-status ... | head -1`: whoever reads has seen enough, and nothing went wrong.
#[test]
fn a_pipe_that_is_closed_early_ends_the_run_in_silence() {
    let desk = Desk::of("closed_pipe");
    let orders = sample("shopify_orders.json");
    for words in [
        "channels --format ndjson",
        "channels",
        "show shopify",
        "show shopify --format json",
        &format!("translate --from shopify --to netsuite {orders}"),
        &format!("translate --from shopify --to netsuite --format ndjson {orders}"),
    ] {
        let mut program = desk.program();
        let mut child =
            program.args(words.split_whitespace()).stdin(Stdio::null()).spawn().unwrap();
        let mut first = [0];
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut first).unwrap();
        drop(out);
        let run = child.wait_with_output().unwrap();
        assert!(matches!(run.status.code(), Some(0 | 1)), "{words}: {}", run.status);
        let said = String::from_utf8(run.stderr).unwrap();
        assert!(!said.contains("panicked") && !said.contains("pipe"), "{words}: {said}");
    }
}

#[test]
fn the_time_that_counts_as_now_is_a_day_or_a_moment() {
    let desk = Desk::of("as_of").with("none.json", "[]");
    for time in ["2026-11-23", "2026-11-23T06:00:00Z", "2026-11-23T07:00:00+01:00"] {
        desk.run(&format!("check --channel shopify --as-of {time} none.json")).exits(0);
    }
}
