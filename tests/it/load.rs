//! Law `load-total`: whatever is loaded, the answer is a mapping or a report that says something,
//! and every place in the report is a place in the text. And all mistakes of a file in one pass.

use order_status::builtin;
use order_status::diagnostic::{Report, Source, render};
use order_status::mapping::{Mapping, lint};
use order_status::pattern::{self, Patterns};
use proptest::prelude::*;

use crate::rules::{found, marked};

/// Every place of a report can be cut out of the text, and the report can be shown.
fn is_about(report: &Report, text: &str) -> Result<(), TestCaseError> {
    for (at, found) in report.positioned() {
        let labels = found.primary.iter().chain(&found.others).map(|label| label.span);
        for span in labels.chain(found.fix.iter().map(|fix| fix.span)) {
            prop_assert!(span.start() <= span.end(), "{span:?} of {}", found.message);
            prop_assert!(span.slice(text).is_some(), "{span:?} of {}", found.message);
        }
        prop_assert!(at.line >= 1 && at.column >= 1);
        prop_assert!(at.line as usize <= text.split('\n').count());
        let steers = |c: char| c.is_control();
        prop_assert!(!found.message.is_empty() && !found.message.contains(steers));
    }
    prop_assert_eq!(report.to_string().lines().count(), report.iter().len());
    let source = Source::new("any.toml", text);
    prop_assert_eq!(render(report, source, false).is_empty(), report.is_empty());
    Ok(())
}

/// The law, for a text as a mapping, as one that extends another, and as a list of patterns.
fn loads_or_says_why(text: &str, base: &Mapping) -> Result<(), TestCaseError> {
    let source = Source::new("any.toml", text);
    for base in [None, Some(base)] {
        let loaded = match base {
            None => Mapping::load(source),
            Some(base) => Mapping::load_extending(source, base),
        };
        let linted = lint(source, base);
        is_about(&linted, text)?;
        match loaded {
            Ok(_) => {}
            Err(report) => {
                prop_assert!(report.has_errors(), "refused without an error: {report}");
                prop_assert!(linted.has_errors(), "refused, and lint has no error: {report}");
                is_about(&report, text)?;
            }
        }
    }
    if let Err(report) = Patterns::load(source) {
        prop_assert!(report.has_errors());
        is_about(&report, text)?;
    }
    Ok(())
}

fn small_base() -> Mapping {
    let text = include_str!("../fixtures/base.toml");
    Mapping::load(Source::new("base.toml", text)).unwrap()
}

/// Pieces that files are made of, and some that steer terminals, end lines or have many bytes.
const PIECES: &[&str] = &[
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "#",
    "=",
    ",",
    ".",
    "\\",
    "\n",
    "\r\n",
    "\t",
    " ",
    "..",
    "@",
    "0",
    "9999999999999999999999",
    "1e400",
    "nan",
    "2026-11-23",
    "true",
    "any",
    "schema = 1\n",
    "schema = 2\n",
    "[[field]]\n",
    "[[record]]\n",
    "[[show]]\n",
    "[[example]]\n",
    "[[pattern]]\n",
    "[names]\n",
    "[fact.x]\n",
    "name = \"money\"\n",
    "record = \"order\"\n",
    "level = \"order\"\n",
    "level = \"line\"\n",
    "kind = \"amount\"\n",
    "kind = \"time\"\n",
    "covers = [\"payment\", \"refund\"]\n",
    "covers = \"stage\"\n",
    "status = [\n",
    "{ code = \"a\", payment = \"paid\" },\n",
    "when = { a = \"b\" }",
    "otherwise = true",
    "allow = { too-wide = \"x\" }\n",
    "also = [\"A\", \"a\"]",
    "fold = \"case\"\n",
    "payment = \"@x\"",
    "x = [\"@x\"]\n",
    "payment = \"paid..unpaid\"",
    "at = [\"a[\"]\n",
    "ä",
    "\u{1f4e6}",
    "\u{1b}[2J",
    "\u{202e}",
    "\u{0}",
    "\u{feff}",
    "e\u{301}",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::sample::select(PIECES).prop_map(ToOwned::to_owned),
        1 => proptest::collection::vec(any::<u8>(), 0..6)
            .prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
    ]
}

/// A change of a text, its places as shares of the text's length.
#[derive(Clone, Debug)]
enum Edit {
    Cut(u16, usize),
    Insert(u16, String),
    Swap(u16, u16, usize),
    Repeat(u16, u16, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let len = || prop_oneof![1usize..4, 1usize..200];
    prop_oneof![
        (any::<u16>(), len()).prop_map(|(at, len)| Edit::Cut(at, len)),
        (any::<u16>(), piece()).prop_map(|(at, text)| Edit::Insert(at, text)),
        (any::<u16>(), any::<u16>(), len()).prop_map(|(a, b, len)| Edit::Swap(a, b, len)),
        (any::<u16>(), any::<u16>(), len()).prop_map(|(a, b, len)| Edit::Repeat(a, b, len)),
    ]
}

fn edited(text: &str, edits: &[Edit]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for edit in edits {
        let count = chars.len();
        let place = |share: u16| count * usize::from(share) / (usize::from(u16::MAX) + 1);
        let range = |share: u16, len: usize| place(share)..(place(share) + len).min(count);
        match edit {
            Edit::Cut(at, len) => {
                chars.drain(range(*at, *len));
            }
            Edit::Insert(at, text) => {
                let at = place(*at);
                chars.splice(at..at, text.chars());
            }
            Edit::Swap(a, b, len) => {
                let (a, b) = (place(*a), place(*b));
                for offset in (0..*len).filter(|offset| a.max(b) + offset < count) {
                    chars.swap(a + offset, b + offset);
                }
            }
            Edit::Repeat(from, to, len) => {
                let repeated = chars[range(*from, *len)].to_vec();
                let to = place(*to);
                chars.splice(to..to, repeated);
            }
        }
    }
    chars.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_load_or_are_reported(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        loads_or_says_why(&String::from_utf8_lossy(&bytes), &small_base())?;
    }

    #[test]
    fn any_pieces_load_or_are_reported(
        pieces in proptest::collection::vec(piece(), 0..60), head in any::<bool>(),
    ) {
        let head = if head { "schema = 1\n" } else { "" };
        loads_or_says_why(&format!("{head}{}", pieces.concat()), &small_base())?;
    }
}

proptest! {
    // A shipped file has many rows; linting it takes milliseconds where it is still right.
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_changed_shipped_file_loads_or_is_reported(
        which in 0..=builtin::ALL.len(), edits in proptest::collection::vec(edit(), 1..6),
    ) {
        let text = builtin::ALL.get(which).map_or(pattern::BUILTIN.text, |source| source.text);
        loads_or_says_why(&edited(text, &edits), &small_base())?;
    }
}

/// A file that ends in the middle, wherever that is, and one whose brackets lie too deep.
#[test]
fn torn_and_deep_files_are_reported() {
    let base = small_base();
    let text = include_str!("../fixtures/base.toml");
    for (at, _) in text.char_indices() {
        loads_or_says_why(&text[..at], &base).unwrap();
        loads_or_says_why(&text[at..], &base).unwrap();
    }
    for open in ["[", "{ a = ", "[{ a = "] {
        let deep = format!("schema = 1\nfield = {}", open.repeat(20_000));
        loads_or_says_why(&deep, &base).unwrap();
    }
}

/// Mistakes of spelling, of type, of names, of claims and of conditions do not wait for each other.
#[test]
fn all_mistakes_of_a_file_are_found_in_one_pass() {
    let text = r#"schema  = 1
id      = "Tidewater" # error: [wrong-value]
titel   = "Tidewater Shop" # error: [unknown-key]
title   = 7 # error: [wrong-type]
role    = "storefront"
api     = "Tidewater API, 2026-01"
read    = 2026-11-23
sources = [https://docs.tidewater.example] # error: [syntax]

[[record]]
name  = "order"
level = "order"
id    = ["uid["] # error: [invalid-path]

[[record]] # error: [duplicate-name]
name  = "order"
level = "order"

[[record]]
name   = "parcel"
level  = "shipment"
within = { record = "ordre", at = ["parcels"] } # error: [unknown-name]

[[field]]
name   = "money"
record = "order"
level  = "order"
at     = ["money" # error: [syntax]
covers = ["payment", "refund"]
status = [
  { code = "open", payment = "unpaid" }, # error: [uncovered-facet]
  { code = "held", payment = "authorised", refund = "none" }, # error: [unknown-state]
  { code = "open", payment = "unpaid", refund = "none" }, # error: [duplicate-code]
  { code = "taken", payment = "paid", refund = [] }, # error: [empty-claim]
  { code = "sent", payment = "paid", refund = "none", delivery = "none" }, # error: [claim-outside-covers]
  { code = "back", payment = "unpaid", refund = "full" }, # error: [impossible-claim]
  { code = "due", when = { terms = "prepaid" }, payment = "unpaid", refund = "none" }, # error: [incomplete-conditions]
]

[[field]]
name   = "parcel_state"
record = "parcel" # error: [mixed-levels]
level  = "order"
fold   = "case"
at     = ["state"]
covers = ["fulfillment", "parcels"] # error: [unknown-facet]
status = [
  { code = "gone", fulfillment = "shipped" },
  { code = "GONE", fulfillment = "shipped" }, # error: [colliding-codes]
]

[[field]] # error: [stage-below-order]
name   = "desk"
record = "parcel"
level  = "shipment"
at     = ["desk"]
covers = ["stage"]
status = [
  { code = "a", when = { terms = "prepaid" }, stage = "active" },
  { code = "a", when = { terms = ["prepaid", "on_delivery"] }, stage = "closed" }, # error: [overlapping-conditions]
  { code = "a", otherwise = true, stage = "pending" },
]

[[show]] # error: [missing-key]
field = "desk"
"#;
    let report = lint(Source::new("tidewater.toml", text), None);
    assert_eq!(found(&report), marked(text), "{report}");
    // The bracket was closed in a copy; what is found behind it has its place in the file.
    let unknown = report.iter().find(|found| found.rule.name() == "unknown-state").unwrap();
    assert_eq!(unknown.primary.as_ref().unwrap().span.slice(text), Some("\"authorised\""));
    assert_eq!(unknown.fix.as_ref().unwrap().span.slice(text), Some("\"authorised\""));
    let mut rules: Vec<_> = report.iter().map(|found| found.rule.name()).collect();
    rules.sort_unstable();
    rules.dedup();
    assert!(rules.len() >= 19, "{rules:?}");
}

/// A file in which nothing is wrong is read as it is, also where it is looked through for slips.
#[test]
fn nothing_is_mended_where_nothing_is_wrong() {
    for source in builtin::ALL {
        // A key that nobody knows has the whole file looked through.
        let text = format!("unknown_to_all = 1\n{}", source.text);
        let report = lint(Source::new(source.name, &text), None);
        let found: Vec<_> = report.iter().map(|found| found.rule.name()).collect();
        assert_eq!(found, ["unknown-key"], "{report}");
        // So has a mistake that is no slip of a known kind.
        let text = format!("{}\n[a\n", source.text);
        let report = lint(Source::new(source.name, &text), None);
        let found: Vec<_> = report.iter().map(|found| found.rule.name()).collect();
        assert_eq!(found, ["syntax"], "{report}");
    }
}

/// What is misspelt is told although something else of the file could not be read.
#[test]
fn a_misspelt_name_does_not_wait_for_the_syntax() {
    let text = include_str!("../fixtures/base.toml");
    let text =
        text.replace("field = \"money\"", "field = \"monye\"").replace("[names]", "[names]\n= 1");
    let report = lint(Source::new("base.toml", &text), None);
    let found: Vec<_> = report.iter().map(|found| found.rule.name()).collect();
    assert_eq!(found, ["syntax", "unknown-name"], "{report}");
}

/// Bytes of another encoding, taken for UTF-8.
#[test]
fn a_file_in_another_encoding_is_one_finding() {
    let text = include_str!("../fixtures/base.toml").replace("Shop", "Kröger");
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    for bytes in [wide, latin] {
        let text = String::from_utf8_lossy(&bytes);
        let report = lint(Source::new("base.toml", &text), None);
        assert_eq!(report.iter().len(), 1, "{report}");
        let found = report.iter().next().unwrap();
        assert_eq!(found.message, "the file is not written in UTF-8");
        assert!(Mapping::load(Source::new("base.toml", &text)).is_err());
    }
}
