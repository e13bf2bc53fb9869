//! What is read, and what becomes of what cannot be read.

use serde_json::Value;

use crate::cli::{BIDI, Desk, Run, is_harmless};

const TRANSLATE: &str = "translate --mappings systems --from shop --format ndjson";

fn orders(run: &Run) -> Vec<String> {
    let order = |object: &Value| object["order"].as_str().unwrap().to_owned();
    run.objects().iter().map(order).collect()
}

const GOOD: [&str; 2] = [
    r##"{"number": "#1", "money": "paid", "goods": "waiting"}"##,
    r##"{"number": "#3", "money": "open", "goods": "sent"}"##,
];

#[test]
fn a_file_and_standard_input_are_read_alike() {
    let [first, last] = GOOD;
    let shapes = [
        ("ndjson", format!("{first}\n{last}\n")),
        ("json", format!("[\n{first},\n{last}\n]")),
        ("json", format!("[{first},{last}]")),
        ("json", format!("{{\"orders\": [\n{first},\n{last}\n], \"next\": null}}")),
        ("csv", "number,money,goods\n#1,paid,waiting\n#3,open,sent\n".into()),
        ("tsv", "number\tmoney\tgoods\r\n#1\tpaid\twaiting\r\n#3\topen\tsent\r\n".into()),
        ("json", format!("\u{feff}[{first},{last}]")),
    ];
    for (at, (extension, text)) in shapes.into_iter().enumerate() {
        let name = format!("orders.{extension}");
        let desk = Desk::of(&format!("shapes_{at}")).with(&name, &text);
        let of_file = desk.run(&format!("{TRANSLATE} {name}")).exits(0);
        let of_input = desk.feed(&format!("{TRANSLATE} -"), &text).exits(0);
        assert_eq!(orders(&of_file), ["1", "3"], "{text}");
        assert_eq!(of_file.out, of_input.out, "{text}");
    }
    let nothing = Desk::of("shapes_of_nothing").feed(&format!("{TRANSLATE} -"), "[]").exits(0);
    assert_eq!(nothing.out, "");
}

#[test]
fn a_bad_record_is_told_with_its_line_and_counted_and_the_rest_is_read() {
    let [first, last] = GOOD;
    for (extension, bad, said) in [
        ("ndjson", "{\"number\": \"#2\", \"money\": pa", "no JSON"),
        ("ndjson", "17", "a record is an object, this is a number"),
        ("ndjson", "{\"colour\": \"green\"}", "none of the records of shop"),
        ("ndjson", "\"\\ud800\"", "no JSON"),
        ("json", "{\"number\": \"#2\", \"money\": ]}", "a bracket closes"),
        ("json", "{\"number\" \"#2\"}", "no JSON"),
        ("json", "[1, 2]", "none of the records"),
    ] {
        let name = format!("orders.{extension}");
        let text = match extension {
            "json" => format!("[\n{first},\n{bad},\n{last}\n]\n"),
            _ => format!("\n{first}\n{bad}\n{last}\n"),
        };
        let desk = Desk::of("bad_record").with(&name, text);
        let run = desk.run(&format!("{TRANSLATE} {name}")).exits(1);
        assert_eq!(orders(&run), ["1", "3"], "{bad}");
        let lines: Vec<_> = run.err.lines().collect();
        assert_eq!(lines.len(), 2, "{bad}: {}", run.err);
        assert!(lines[0].starts_with(&format!("{name}:3: ")), "{bad}: {}", lines[0]);
        assert!(lines[0].contains(said), "{bad}: {}", lines[0]);
        assert!(lines[1].starts_with("3 records: ") && lines[1].ends_with("1 could not be read"));
    }
}

#[test]
fn a_bad_row_of_a_table_is_told_with_its_line() {
    let desk = Desk::of("bad_row").with(
        "orders.csv",
        b"number,money\n#1,paid\n#2\n#3,\xff\xfe\n\"#4\",\"pa\nid\"\n#5,open\n",
    );
    let run = desk.run(&format!("{TRANSLATE} orders.csv")).exits(1);
    assert_eq!(orders(&run), ["1", "4", "5"]);
    insta::assert_snapshot!(run.err);
}

#[test]
fn a_file_of_which_nothing_can_be_read_is_refused() {
    let desk = Desk::of("all_bad").with("orders.ndjson", "{\n17\n");
    let run = desk.run(&format!("{TRANSLATE} orders.ndjson")).exits(2);
    assert_eq!(run.out, "");
    assert!(
        run.err.ends_with("error: orders.ndjson: none of 2 records could be read\n"),
        "{}",
        run.err
    );
    let utf_16 = Desk::of("utf_16").with("orders.json", b"\xff\xfe[\0]\0");
    let said = utf_16.run(&format!("{TRANSLATE} orders.json")).refusal();
    assert_eq!(said, "orders.json: is UTF-16; save it as UTF-8");
}

/// Neither a line nor a record in a document nor a row may have more than the limit.
#[test]
fn a_record_larger_than_the_limit_is_refused_and_the_rest_is_read() {
    const SAID: &str = "the record has more than 16 MiB, the most that is read";
    let [first, last] = GOOD;
    let note = "x".repeat(16 << 20);
    let large = format!("{{\"number\": \"#2\", \"money\": \"paid\", \"note\": \"{note}\"}}");
    for (name, text) in [
        ("orders.ndjson", format!("{first}\n{large}\n{last}\n")),
        ("orders.json", format!("[\n{first},\n{large},\n{last}\n]\n")),
    ] {
        let desk = Desk::of("large_record").with(name, text);
        let run = desk.run(&format!("{TRANSLATE} {name}")).exits(1);
        assert_eq!(orders(&run), ["1", "3"], "{name}");
        let line = if name == "orders.json" { 3 } else { 2 };
        assert!(run.err.starts_with(&format!("{name}:{line}: {SAID}\n")), "{}", run.err);
        // Scripts read from pipes.
        let text = std::fs::read(desk.folder.join(name)).unwrap();
        assert_eq!(desk.feed(&format!("{TRANSLATE} -"), text).exits(1).out, run.out, "{name}");
    }
}

/// An open quotation mark swallows all that comes: what stands behind it is not read.
#[test]
fn a_row_larger_than_the_limit_is_refused() {
    for more in [0, 1 << 20] {
        let note = "x".repeat((16 << 20) + more);
        let desk = Desk::of("large_row")
            .with("orders.csv", format!("number,money\n#1,paid\n#2,\"{note}\n#3,open\n"));
        let run = desk.run(&format!("{TRANSLATE} orders.csv")).exits(1);
        assert_eq!(orders(&run), ["1"]);
        let said = "orders.csv:3: the record has more than 16 MiB, the most that is read; is a quotation mark not closed?";
        assert_eq!(run.err.lines().next(), Some(said));
    }
}

#[test]
fn a_code_or_a_mapping_larger_than_the_limit_is_refused() {
    let desk = Desk::of("large_code").with("own/large.toml", "#".repeat(5 << 20));
    let mut codes = vec![b'x'; (16 << 20) + 1];
    codes.extend(b"\npaid\n");
    let lookup = "lookup --mappings systems --channel shop --field money --format ndjson";
    let run = desk.feed(lookup, codes).exits(1);
    assert_eq!(run.object()["code"], "paid");
    assert!(
        run.err.starts_with("standard input:1: the record has more than 16 MiB"),
        "{}",
        run.err
    );
    let said = desk.run("lint own/large.toml").refusal();
    assert!(said.starts_with("own/large.toml: it has more than"), "{said}");
}

/// Lines are codes as they are: blanks count, an empty line is the empty code, and so does a last
/// line that nothing ends.
#[test]
fn look_ups_from_standard_input_trim_nothing() {
    let desk = Desk::of("lookup_lines");
    let lookup = "lookup --mappings systems --channel shop --field money --format ndjson";
    let run = desk.feed(lookup, "paid\n paid\npaid \n\npaid\r\n\tpaid\nopen").exits(1);
    let said: Vec<_> = run
        .objects()
        .iter()
        .map(|object| {
            (object["code"].as_str().unwrap().into(), object["result"].as_str().unwrap().into())
        })
        .collect();
    let expected = [
        ("paid", "mapped"),
        (" paid", "unmapped"),
        ("paid ", "unmapped"),
        ("", "missing"),
        ("paid", "mapped"),
        ("\tpaid", "unmapped"),
        ("open", "mapped"),
    ];
    assert_eq!(said, expected.map(|(code, result)| (String::from(code), String::from(result))));
    // What is no text is told with its line, and the rest is answered.
    let run = desk.feed(lookup, b"paid\n\xff\nopen\n").exits(1);
    assert_eq!(run.objects().len(), 2);
    assert!(run.err.starts_with("standard input:2: "), "{}", run.err);
    assert_eq!(desk.feed(lookup, "").exits(0).out, "");
}

/// Whoever names a status or an order may have written anything into it.
#[test]
fn what_steers_a_terminal_reaches_none() {
    let evil: String = ["\u{1b}[2J\u{1b}]0;owned\u{7}", "\r\u{8}\u{7f}\u{9b}31m\u{85}"].concat()
        + &BIDI.iter().collect::<String>();
    let order = serde_json::json!({
        "number": evil, "id": evil, "money": evil, "goods": "dropped", "\u{1b}c": evil,
    });
    let sale = serde_json::json!({ "number": 1, "shop_number": evil, "step": "F", "id": evil });
    let desk = Desk::of("terminal")
        .with("orders.json", order.to_string())
        .with("sales.json", sale.to_string())
        .with("bad.json", format!("[\n{order},\n{{\"{evil}\": ]}}\n]"))
        .with("rows.csv", format!("number,money,\"{evil}\"\n#1,\"{evil}\",2\n#2,paid\n"));
    for words in [
        "translate --from shop --to books orders.json",
        "translate --from shop bad.json",
        "translate --from shop rows.csv",
        "reconcile --view shop=orders.json --view books=sales.json",
        "reconcile --view shop=orders.json --view books=sales.json --absent books=confirmed",
    ] {
        for format in ["human", "json", "ndjson"] {
            let run = desk.run(&format!("{words} --mappings systems --format {format}")).exits(1);
            is_harmless(&run.out);
            is_harmless(&run.err);
        }
    }
    let lookup = ["lookup", "--mappings", "systems", "--channel", "shop", "--field", "money"];
    for format in ["human", "json", "ndjson"] {
        let asked = [&lookup[..], &["--format", format, &evil]].concat();
        is_harmless(&desk.call(&asked, b"").exits(1).out);
    }
    // Programs read what was sent, to the letter.
    let said = desk.call(&[&lookup[..], &["--format", "ndjson", &evil]].concat(), b"");
    assert_eq!(said.object()["code"], evil.as_str());
    for argument in [["show", &evil], ["lint", &evil]] {
        is_harmless(&desk.call(&argument, b"").refusal());
    }
}
