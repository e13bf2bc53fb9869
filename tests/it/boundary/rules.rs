//! Every rule for orders fires where it should and nowhere else, and is explained by a page whose
//! examples are true.
//!
//! All orders here are of an invented shop, whose mapping is `tests/fixtures/boundary.toml`. The
//! examples of `docs/order-rules/RULE.md` are whole orders; behind the fence stands what else is
//! handed in:
//!
//! | fence | means |
//! |---|---|
//! | `json` | an order of the shop |
//! | `json of NAME` | an order of the system with this name |
//! | `json beside CHANNEL.RECORD` | handed in beside the order before it, or else beside that of the example |
//!
//! Further cases lie in `tests/fixtures/order-rules/RULE/`, one a file:
//!
//! | file | the order is |
//! |---|---|
//! | `fail-*.json` | kept out, for this rule and no other |
//! | `note-*.json` | let in, and the rule is all that was found |
//! | `excused-*.json` | let in, and the rule was excused |
//! | `pass-*.json` | let in, and nothing was found |
//!
//! See [`Case`] for what stands in them. What operators read of all of them is in one snapshot.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use order_status::boundary::rules::{self, OrderRule, Then};
use order_status::boundary::{Catalogue, Order, Verdict, Violation};
use order_status::diagnostic::Source;
use order_status::mapping::{Mapping, lint};
use order_status::reading::Known;
use order_status::state::StateSet;
use serde_json::Value;

use crate::channels::load;
use crate::docs::read_box;
use crate::rules::{fences, has_the_headings, is_well_said, sections};

/// The moment at which all orders are checked: the page of rules says so.
pub(crate) const NOW: &str = "2026-11-25T12:00:00Z";

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn read(inside: &str) -> String {
    std::fs::read_to_string(fixtures().join(inside)).unwrap()
}

fn shop() -> Mapping {
    match Mapping::load(Source::new("boundary.toml", &read("boundary.toml"))) {
        Ok(mapping) => mapping,
        Err(report) => panic!("{report}"),
    }
}

fn catalogue(shop: Mapping) -> Catalogue {
    Catalogue::new([shop, load("stripe"), load("shopify")]).unwrap()
}

/// What is handed in.
struct Case {
    /// `channel`: the system's name; the shop's where it is left out.
    channel: String,
    /// `order`: what differs from `order.json`, key by key, null taking a key out; or `payload`: all
    /// that came, null standing for what is no record.
    payload: Value,
    /// `beside`: what was fetched beside it, by `channel.record`.
    beside: BTreeMap<String, Value>,
    /// `circumstances`, as they are printed: `terms=on_invoice`.
    circumstances: StateSet,
    /// `verified`: has the caller made sure of the payment?
    verified: bool,
    /// `mapping`: the merchant's own file on top of the shop's, without its first lines.
    mapping: Option<String>,
}

impl Case {
    fn of(channel: &str, payload: Value) -> Self {
        Self {
            channel: channel.to_owned(),
            payload,
            beside: BTreeMap::new(),
            circumstances: StateSet::ANY,
            verified: false,
            mapping: None,
        }
    }

    fn read(text: &str) -> Self {
        let mut case =
            Self::of("tidewater", serde_json::from_str(&read("order-rules/order.json")).unwrap());
        let file: serde_json::Map<String, Value> = serde_json::from_str(text).unwrap();
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        for (key, value) in file {
            match key.as_str() {
                "channel" => case.channel = word(&value),
                "order" => patch(&mut case.payload, value),
                "payload" => case.payload = value,
                "beside" => case.beside = serde_json::from_value(value).unwrap(),
                "circumstances" => case.circumstances = read_box(&word(&value)),
                "verified" => case.verified = value.as_bool().unwrap(),
                "mapping" => case.mapping = Some(word(&value)),
                _ => panic!("`{key}` is no key of a case"),
            }
        }
        case
    }

    fn outcome(&self) -> Outcome {
        let shop = shop();
        let shop = match &self.mapping {
            None => shop,
            Some(text) => {
                let text = format!("schema = 1\nextends = \"tidewater\"\n{text}\n");
                match Mapping::load_extending(Source::new("ours.toml", &text), &shop) {
                    Ok(mapping) => mapping,
                    Err(report) => panic!("{report}"),
                }
            }
        };
        let catalogue = catalogue(shop);
        let mut order = if self.payload.is_null() {
            Order::broken(&self.channel)
        } else {
            Order::new(&self.channel, &self.payload)
        };
        for (name, payload) in &self.beside {
            let (channel, record) = name.split_once('.').unwrap();
            order = order.beside(channel, record, payload);
        }
        order = order.known(Known::new().circumstances(self.circumstances));
        if self.verified {
            order = order.payment_verified();
        }
        Outcome::of(&catalogue, &order)
    }
}

/// Lays one value over another, as RFC 7396 has it.
fn patch(under: &mut Value, over: Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (key, value) in over {
                if value.is_null() {
                    under.remove(&key);
                } else {
                    patch(under.entry(key).or_insert(Value::Null), value);
                }
            }
        }
        (under, over) => *under = over,
    }
}

/// What became of an order: the names of the rules, and what operators read.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    accepted: bool,
    violations: Vec<&'static str>,
    notes: Vec<&'static str>,
    excused: Vec<&'static str>,
    pub(crate) told: String,
}

impl Outcome {
    pub(crate) fn of(catalogue: &Catalogue, order: &Order<'_>) -> Self {
        let mut outcome = Self::default();
        let told = &mut outcome.told;
        let (violations, notes, excused) = match catalogue.check(order, NOW.parse().unwrap()) {
            Verdict::Accepted(accepted) => {
                outcome.accepted = true;
                let number = accepted.reading.order.as_deref().unwrap_or("without a number");
                writeln!(told, "accepted {number}").unwrap();
                (vec![], accepted.notes, accepted.excused)
            }
            Verdict::Quarantined(ticket) => {
                let number = ticket.order.as_deref().unwrap_or("an order without a number");
                writeln!(told, "kept out {number}: {}", ticket.severity).unwrap();
                (ticket.violations, ticket.notes, ticket.excused)
            }
        };
        for violation in &violations {
            tell(told, "", violation);
            for release in &violation.release {
                writeln!(told, "    {release}").unwrap();
            }
        }
        for note in &notes {
            tell(told, "noted: ", note);
        }
        for excused in &excused {
            tell(told, "excused: ", &excused.violation);
            writeln!(told, "    {}", excused.why).unwrap();
        }
        outcome.violations = names(violations.iter());
        outcome.notes = names(notes.iter());
        outcome.excused = names(excused.iter().map(|excused| &excused.violation));
        outcome
    }
}

/// The names of the rules, each once.
fn names<'a>(found: impl Iterator<Item = &'a Violation>) -> Vec<&'static str> {
    let names: BTreeSet<_> = found.map(|found| found.rule.name()).collect();
    names.into_iter().collect()
}

fn tell(told: &mut String, how: &str, violation: &Violation) {
    write!(told, "  {how}{violation}").unwrap();
    if let Some(nearest) = &violation.nearest {
        write!(told, "; nearest `{nearest}`").unwrap();
    }
    told.push('\n');
}

#[test]
fn the_catalogue() {
    let names: Vec<_> = rules::ALL.iter().map(|rule| rule.name()).collect();
    assert!(names.is_sorted_by(|a, b| a < b), "sorted, and each name once: {names:?}");
    let mut list = String::new();
    for rule in rules::ALL {
        let (name, severity, then, summary) =
            (rule.name(), rule.severity(), rule.then(), rule.summary());
        writeln!(list, "{name:<30} {severity:<7} {then:<11} {summary}").unwrap();
        if rule.excused() != StateSet::EMPTY {
            writeln!(list, "{:<30} excused where {}", "", rule.excused()).unwrap();
        }
    }
    insta::assert_snapshot!("catalogue", list);
    for rule in rules::ALL {
        let kebab = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(rule.name().chars().all(kebab), "{rule}");
        assert_eq!(rules::named(rule.name()), Some(*rule));
        assert!(
            order_status::mapping::rules::named(rule.name()).is_none(),
            "{rule}: a rule for mapping files has the same name"
        );
        is_well_said(rule.name(), rule.summary());
    }
}

#[test]
fn every_rule_has_an_explanation_and_every_explanation_a_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/order-rules");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let expected: Vec<_> = rules::ALL.iter().map(|rule| format!("{rule}.md")).collect();
    assert_eq!(files, expected);
    for rule in rules::ALL {
        has_the_headings(rule.name(), rule.explanation());
    }
}

#[test]
fn the_invented_shop_has_a_sound_mapping() {
    let text = read("boundary.toml");
    let report = lint(Source::new("boundary.toml", &text), None);
    assert!(report.is_empty(), "{report}");
}

/// What a section hands in: each order, with what stands beside it.
fn handed_in(section: &str, example: Option<&Value>) -> Vec<Case> {
    let mut cases: Vec<Case> = vec![];
    for (info, text) in fences(section) {
        let payload: Value = serde_json::from_str(text).unwrap();
        match info.split(' ').collect::<Vec<_>>()[..] {
            ["json"] => cases.push(Case::of("tidewater", payload)),
            ["json", "of", channel] => cases.push(Case::of(channel, payload)),
            ["json", "beside", record] => {
                if cases.is_empty() {
                    cases.push(Case::of("tidewater", example.unwrap().clone()));
                }
                cases.last_mut().unwrap().beside.insert(record.to_owned(), payload);
            }
            _ => panic!("a fence of an unknown kind, `{info}`"),
        }
    }
    cases
}

#[test]
fn examples_of_explanations_are_true() {
    let mut wrong = String::new();
    for rule in rules::ALL {
        let sections: BTreeMap<_, _> = sections(rule.explanation()).into_iter().collect();
        let example = handed_in(sections["Example"], None);
        let [example] = &example[..] else {
            writeln!(wrong, "{rule}: one order as the example").unwrap();
            continue;
        };
        let found = example.outcome();
        let broken = [found.violations, found.notes].concat();
        if broken != [rule.name()] || found.accepted != (rule.then() == Then::Note) {
            writeln!(wrong, "{rule}: the example breaks {broken:?}: {}", found.told).unwrap();
        }
        let instead = handed_in(sections["Instead"], Some(&example.payload));
        let [instead] = &instead[..] else {
            writeln!(wrong, "{rule}: one order instead").unwrap();
            continue;
        };
        let found = instead.outcome();
        if !found.accepted || !found.notes.is_empty() {
            writeln!(wrong, "{rule}: the order instead is {}", found.told).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The cases of a rule, sorted.
fn cases_of(rule: &OrderRule) -> Vec<PathBuf> {
    let Ok(folder) = std::fs::read_dir(fixtures().join("order-rules").join(rule.name())) else {
        return vec![];
    };
    let mut paths: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_case_is_of_a_rule() {
    for entry in std::fs::read_dir(fixtures().join("order-rules")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name == "order.json" || rules::named(&name).is_some(), "no rule `{name}`");
    }
    let order = Case::read("{}").outcome();
    assert!(order.accepted && order.notes.is_empty() && order.excused.is_empty(), "{order:?}");
}

/// A change of a message is a change of the snapshot, read before it is committed.
#[test]
fn cases_come_out_as_they_are_named() {
    let mut wrong = String::new();
    let mut told = String::new();
    for rule in rules::ALL {
        for path in cases_of(rule) {
            let name = path.file_stem().unwrap().to_str().unwrap();
            let found = Case::read(&std::fs::read_to_string(&path).unwrap()).outcome();
            let this = vec![rule.name()];
            let (kind, _) = name.split_once('-').unwrap();
            let expected = match kind {
                "fail" => (false, this, vec![], vec![]),
                "note" => (true, vec![], this, vec![]),
                "excused" => (true, vec![], vec![], this),
                "pass" => (true, vec![], vec![], vec![]),
                _ => panic!("{}: a case of an unknown kind", path.display()),
            };
            if (found.accepted, found.violations, found.notes, found.excused) != expected {
                writeln!(wrong, "{rule}/{name} is {}", found.told).unwrap();
            }
            if kind != "pass" {
                writeln!(told, "{rule}/{name}: {}", found.told).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    insta::assert_snapshot!("told", told);
}
