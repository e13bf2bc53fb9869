//! A merchant's file says what differs, and is judged for what it says.

use order_status::builtin;
use order_status::diagnostic::Source;
use order_status::mapping::{Mapping, lint};

/// What a shipped file claims was judged with that file, examples and all.
#[test]
fn a_file_that_only_extends_has_nothing_to_answer_for() {
    let mut wrong = String::new();
    for source in builtin::ALL {
        let base = Mapping::load(*source).unwrap();
        let id = base.channel().id();
        let text = format!("schema = 1\nextends = \"{id}\"\n");
        let report = lint(Source::new("our.toml", &text), Some(&base));
        if !report.is_empty() {
            wrong.push_str(&format!("{id}: {} findings\n{report}", report.iter().len()));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

const BASE: &str = include_str!("../fixtures/base.toml");

fn base() -> Mapping {
    Mapping::load(Source::new("base.toml", BASE)).unwrap()
}

/// One line per finding.
fn found(text: &str, base: Option<&Mapping>) -> String {
    lint(Source::new("our.toml", text), base).to_string()
}

#[test]
fn a_row_of_its_own_is_judged() {
    let text = "schema = 1\nextends = \"tidewater\"\n\n[[field]]\nname = \"money\"\nstatus = [\n  { code = \"taken\", payment = [\"paid\", \"unpaid\"] },\n]\n\n\
                [[show]]\nfield = \"money\"\nrows = [\n  { when = { payment = \"paid\" }, code = \"taken\" },\n  { none = \"nothing else is shown\" },\n]\n";
    insta::assert_snapshot!(found(text, Some(&base())).trim(), @"our.toml:7:21: warning[too-wide]: `taken` of `money` claims payment=unpaid and no shown state and no example needs it; narrow the claim, or add an example that shows why it is right");
}

/// The id of a merchant's file is the extended one's unless it gives one, and a file whose base is
/// not at hand has one thing wrong.
#[test]
fn a_base_that_is_not_at_hand_is_one_finding() {
    let text = "schema = 1\nextends = \"tidewatr\"\n\n[[field]]\nname = \"money\"\nstatus = [{ code = \"held\", payment = \"authorized\" }]\n";
    insta::assert_snapshot!(found(text, None).trim(), @"our.toml:2:11: error[unknown-name]: the file extends `tidewatr`, and no such mapping is at hand; check the spelling; if `tidewatr` is a file of your own, name it beside this one, or its folder with `--mappings`; a program loads it on top of that mapping with `load_extending`");
    insta::assert_snapshot!(found(text, Some(&base())).trim(), @"our.toml:2:11: error[unknown-name]: the file extends `tidewatr`, and no such mapping is at hand; did you mean `tidewater`?");
    let loaded = Mapping::load(Source::new("our.toml", text)).unwrap_err();
    assert_eq!(loaded.to_string(), found(text, None));
    let text = "schema = 1\nextends = \"tidewater\"\n";
    let ours = Mapping::load_extending(Source::new("our.toml", text), &base()).unwrap();
    assert_eq!(ours.channel().id(), "tidewater");
}
