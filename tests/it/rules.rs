//! Every rule of the catalogue fires where it should and nowhere else, says so in words that help,
//! and is explained by a page whose example is true.
//!
//! The proof lies in `tests/fixtures/RULE/`: files `fail-*.toml`, to which the rule objects, and
//! `pass-*.toml`, to which nothing objects. What is expected stands in the file itself:
//!
//! | written | means |
//! |---|---|
//! | `# error: [rule]` or `# warning: [rule]` at the end of a line | a finding begins on this line |
//! | `# file error: [rule]` alone on a line | a finding about the file as a whole, which has no line |
//!
//! Each mark is found, and nothing is found that is not marked. How a file is read shows in its
//! name: `*.patterns.toml` is a list of patterns, `*.extending.toml` a file that extends
//! `tests/fixtures/base.toml`, every other one a mapping, which is linted. Beside each `fail-*.toml`
//! lies a snapshot of what an author sees at the terminal.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use order_status::diagnostic::{Report, Severity, Source, render};
use order_status::facet::{Facet, Kind};
use order_status::mapping::{LARGEST_FILE, Mapping, lint, rules};
use order_status::pattern::Patterns;
use order_status::rule::Rule;

/// A line (none for the whole file), a severity, and a rule's name.
pub(crate) type Mark = (Option<u32>, String, String);

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The fixtures of a rule whose names begin with `fail-` or `pass-`, sorted.
fn fixtures_of(rule: &Rule, kind: &str) -> Vec<PathBuf> {
    let Ok(folder) = std::fs::read_dir(fixtures().join(rule.name())) else { return vec![] };
    let paths = folder.map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .filter(|path| name_of(path).starts_with(kind))
        .collect();
    paths.sort();
    paths
}

fn name_of(path: &Path) -> &str {
    path.file_stem().unwrap().to_str().unwrap()
}

/// What is found in a file, or nothing where it is a list of patterns that loads.
fn check(name: &str, text: &str) -> Option<Report> {
    if name.ends_with(".patterns") {
        return Patterns::load(Source::new(name, text)).err();
    }
    let base = std::fs::read_to_string(fixtures().join("base.toml")).unwrap();
    let base = Mapping::load(Source::new("base.toml", &base)).unwrap();
    Some(lint(Source::new(name, text), name.ends_with(".extending").then_some(&base)))
}

pub(crate) fn found(report: &Report) -> BTreeSet<Mark> {
    let mark = |(at, found): (order_status::text::Position, &_)| {
        let found: &order_status::diagnostic::Diagnostic = found;
        let line = found.primary.as_ref().map(|_| at.line);
        (line, found.rule.severity().to_string(), found.rule.name().to_owned())
    };
    report.positioned().map(mark).collect()
}

pub(crate) fn marked(text: &str) -> BTreeSet<Mark> {
    let mut marks = BTreeSet::new();
    for (line, number) in text.lines().zip(1..) {
        for severity in [Severity::Error, Severity::Warning] {
            let of_line = line.split_once(&format!("# {severity}: [")).map(|(_, rest)| rest);
            let of_file = line.strip_prefix(&format!("# file {severity}: ["));
            for (place, rest) in [(Some(number), of_line), (None, of_file)] {
                let Some(rule) = rest.and_then(|rest| rest.strip_suffix(']')) else { continue };
                marks.insert((place, severity.to_string(), rule.to_owned()));
            }
        }
    }
    marks
}

#[test]
fn the_catalogue() {
    let names: Vec<_> = rules::ALL.iter().map(|rule| rule.name()).collect();
    assert!(names.is_sorted_by(|a, b| a < b), "sorted, and each name once: {names:?}");
    let mut list = String::new();
    for rule in rules::ALL {
        let (name, severity, summary) = (rule.name(), rule.severity(), rule.summary());
        writeln!(list, "{name:<28} {severity:<7} {summary}").unwrap();
    }
    insta::assert_snapshot!("catalogue", list);
    for rule in rules::ALL {
        let kebab = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(rule.name().chars().all(kebab), "{rule}");
        assert_eq!(rules::named(rule.name()).map(Rule::name), Some(rule.name()));
        is_well_said(rule.name(), rule.summary());
    }
}

/// One sentence in the manner of all messages: lower case, no full stop, one line, no words of the
/// language that the crate is written in.
pub(crate) fn is_well_said(where_from: &str, text: &str) {
    assert!(!text.starts_with(char::is_uppercase), "{where_from}: begins in upper case: {text}");
    assert!(
        !text.ends_with('.') || text.ends_with("..."),
        "{where_from}: ends in a full stop: {text}"
    );
    assert!(!text.contains('\n'), "{where_from}: more than a line: {text}");
    for word in
        ["None", "Some(", "Option", "Vec<", "enum ", "struct ", "variant", "i64", "u32", "::"]
    {
        assert!(!text.contains(word), "{where_from}: `{word}` is not the format's: {text}");
    }
}

/// The rule whose fixtures would be megabytes; `a_file_that_is_too_large` writes them.
const GENERATED: &str = "too-large";

#[test]
fn every_rule_has_fixtures_and_every_fixture_a_rule() {
    let mut without = String::new();
    for rule in rules::ALL {
        for kind in ["fail-", "pass-"] {
            let generated = rule.name() == GENERATED && kind == "fail-";
            if fixtures_of(rule, kind).is_empty() != generated {
                writeln!(without, "tests/fixtures/{rule}/{kind}*.toml").unwrap();
            }
        }
    }
    assert!(without.is_empty(), "missing, or not expected:\n{without}");
    for rule in rules::ALL.iter().filter(|rule| rule.name() != GENERATED) {
        for entry in std::fs::read_dir(fixtures().join(rule.name())).unwrap() {
            let path = entry.unwrap().path();
            let fixture = path.with_extension("toml");
            assert!(fixture.exists(), "{}: a snapshot of nothing", path.display());
        }
    }
    for entry in std::fs::read_dir(fixtures()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        // The rules for orders have theirs in a folder of their own; see `boundary/rules.rs`.
        let other = ["base.toml", "boundary.toml", "order-rules"].contains(&&*name);
        assert!(other || rules::named(&name).is_some(), "no rule `{name}`");
    }
}

#[test]
fn marks_are_found_and_nothing_else() {
    let mut wrong = String::new();
    for rule in rules::ALL {
        for path in fixtures_of(rule, "fail-") {
            let text = std::fs::read_to_string(&path).unwrap();
            let (name, marked) = (name_of(&path), marked(&text));
            let report = check(name, &text);
            let found = report.as_ref().map(found).unwrap_or_default();
            for mark in marked.difference(&found) {
                writeln!(wrong, "{rule}/{name}: not found: {mark:?}").unwrap();
            }
            for mark in found.difference(&marked) {
                writeln!(wrong, "{rule}/{name}: not marked: {mark:?}").unwrap();
            }
            if !marked.iter().all(|(_, _, name)| name == rule.name()) || marked.is_empty() {
                writeln!(wrong, "{rule}/{name}: a fixture is about its rule and no other").unwrap();
            }
        }
        for path in fixtures_of(rule, "pass-") {
            let text = std::fs::read_to_string(&path).unwrap();
            if let Some(report) = check(name_of(&path), &text).filter(|report| !report.is_empty()) {
                writeln!(wrong, "{rule}: should pass: {report}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What an author sees. A change of a message is a change of these, read before it is committed.
#[test]
fn findings_are_shown_as_in_the_snapshots() {
    for rule in rules::ALL {
        for path in fixtures_of(rule, "fail-") {
            let text = std::fs::read_to_string(&path).unwrap();
            let name = name_of(&path);
            let shown = check(name, &text).map_or_else(String::new, |report| {
                for found in report.iter() {
                    is_well_said(name, &found.message);
                    let help = found.help.as_deref();
                    assert!(help.is_some(), "{rule}/{name}: what is to be done? {}", found.message);
                    for text in
                        help.into_iter().chain(found.primary.as_ref().map(|label| &*label.text))
                    {
                        is_well_said(name, text);
                    }
                }
                render(&report, Source::new(name, &text), false)
            });
            let shown = shown.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
            insta::with_settings!({
                snapshot_path => path.parent().unwrap(),
                prepend_module_to_snapshot => false,
                omit_expression => true,
            }, {
                insta::assert_snapshot!(name, shown);
            });
        }
    }
}

/// A fix that a finding offers, put in place, answers that finding, and what it writes is TOML.
#[test]
fn fixes_fix() {
    let mut fixes = 0;
    for path in rules::ALL.iter().flat_map(|rule| fixtures_of(rule, "fail-")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = name_of(&path);
        let Some(report) = check(name, &text) else { continue };
        for found in report.iter() {
            let Some(fix) = &found.fix else { continue };
            fixes += 1;
            let mut mended = text.clone();
            mended.replace_range(fix.span.start()..fix.span.end(), &fix.replacement);
            let syntax = |report: &Report| {
                report.iter().filter(|found| found.rule.name() == "syntax").count()
            };
            let after = check(name, &mended);
            let same = after
                .iter()
                .flat_map(Report::iter)
                .any(|other| other.message == found.message && other.start() == found.start());
            let broken = after.as_ref().map_or(0, syntax);
            assert!(
                !same && broken <= syntax(&report),
                "{}: the fix of `{}` does not help",
                path.display(),
                found.message
            );
        }
    }
    assert!(fixes > 20, "only {fixes} fixes were tried");
}

/// As large as may be passes, one byte more does not, and nothing of it is read.
#[test]
fn a_file_that_is_too_large() {
    let head = std::fs::read_to_string(fixtures().join("too-large/pass-small.toml")).unwrap();
    let padded = |text: &str, to: usize| {
        let remark = "#".repeat(to - text.len() - 1);
        format!("{text}{remark}\n")
    };
    let largest = padded(&head, LARGEST_FILE);
    assert!(lint(Source::new("largest", &largest), None).is_empty());
    assert_eq!(LARGEST_FILE, 4_194_304, "docs/rules/too-large.md says so");
    let patterns = include_str!("../../src/pattern/patterns.toml");
    assert!(Patterns::load(Source::new("largest", &padded(patterns, LARGEST_FILE))).is_ok());

    let broken = padded("[[[", LARGEST_FILE + 1);
    let expected = BTreeSet::from([(None, "error".to_owned(), GENERATED.to_owned())]);
    let source = Source::new("too_large.toml", &broken);
    let report = lint(source, None);
    assert_eq!(found(&report), expected);
    insta::assert_snapshot!(render(&report, source, false).trim(), @r"
    error[too-large]: the file has 4194305 bytes, at most 4194304 are read
     |
    help: is it a mapping file? If it is, shorten its examples to what they show
    ");
    assert_eq!(found(&Mapping::load(source).unwrap_err()), expected);
    assert_eq!(found(&Patterns::load(source).unwrap_err()), expected);
}

/// A condition can tell 127 codes of a field apart; one that asks for a later code is refused.
#[test]
fn a_condition_on_one_code_too_many() {
    let head = std::fs::read_to_string(fixtures().join("too-large/pass-small.toml")).unwrap();
    let codes = |count: usize| {
        (0..count).fold(String::new(), |all, code| {
            all + &format!("  {{ code = {code}, stage = \"active\" }},\n")
        })
    };
    let file = |count: usize| {
        format!(
            "{head}\n[[field]]\nname = \"step\"\nlevel = \"order\"\nkind = \"number\"\nat = [\"step\"]\n\
             covers = [\"stage\"]\nstatus = [\n{}]\n\n\
             [[field]]\nname = \"money\"\nlevel = \"order\"\nat = [\"money\"]\ncovers = [\"payment\"]\nstatus = [\n  \
             {{ code = \"open\", when = {{ step = {} }}, payment = \"unpaid\" }},\n  \
             {{ code = \"open\", otherwise = true, payment = \"paid\" }},\n]\n",
            codes(count),
            count - 1
        )
    };
    let (most, too_many) = (file(127), file(128));
    assert!(Mapping::load(Source::new("most", &most)).is_ok());
    let report = Mapping::load(Source::new("too_many", &too_many)).unwrap_err();
    insta::assert_snapshot!(report.to_string().trim(), @"too_many:152:36: error[wrong-value]: `step` has more than 127 codes, too many for a condition; let the condition ask another field");
}

const HEADINGS: [&str; 5] =
    ["What it checks", "Why it matters", "Example", "Instead", "Exceptions"];

/// The sections of an explanation: heading and text.
pub(crate) fn sections(explanation: &str) -> Vec<(&str, &str)> {
    let sections = explanation.split("## ").skip(1);
    sections.map(|section| section.split_once('\n').unwrap()).collect()
}

#[test]
fn explanations_have_the_same_headings() {
    for rule in rules::ALL {
        has_the_headings(rule.name(), rule.explanation());
    }
}

pub(crate) fn has_the_headings(rule: &str, explanation: &str) {
    assert!(explanation.starts_with("## "), "{rule}: the explanation has no title");
    let sections = sections(explanation);
    let headings: Vec<_> = sections.iter().map(|(heading, _)| *heading).collect();
    assert!(
        headings == HEADINGS || headings == HEADINGS[..4],
        "{rule}: the headings are {headings:?}"
    );
    for (heading, text) in sections {
        assert!(text.trim().len() > 15, "{rule}: `{heading}` says nothing");
    }
}

/// The files of a section.
fn files(section: &str) -> Vec<(&str, String)> {
    let blocks = fences(section).into_iter();
    blocks.map(|(info, text)| (info, complete(info, &format!("{text}\n")))).collect()
}

/// What stands between fences, each behind what its fence says of it.
pub(crate) fn fences(section: &str) -> Vec<(&str, &str)> {
    let fences = section.split("\n```").skip(1).step_by(2);
    fences.map(|block| block.split_once('\n').unwrap()).collect()
}

/// What a snippet leaves out, as the page of rules tells its readers: a mapping that does not begin
/// with `schema` gets a head, a record `order`, and a way back without rows for each field that has
/// none; a list of patterns gets `schema` and the patterns that every list ends with.
fn complete(info: &str, snippet: &str) -> String {
    if snippet.starts_with("schema") {
        return snippet.to_owned();
    }
    if info == "toml patterns" {
        let mut text = format!("schema = 1\n{snippet}");
        for facet in Facet::ALL.into_iter().filter(|facet| facet.kind() != Kind::Circumstance) {
            writeln!(
                text,
                "[[pattern]]\nname = \"unnamed-{facet}\"\nseverity = \"low\"\nsummary = \"the rest\"\n\
                 impact = \"unknown\"\nfirst-step = \"look\"\nfacets = [\"{facet}\"]\none = {{}}\nother = {{}}"
            )
            .unwrap();
        }
        return text;
    }
    let mut text = format!(
        "schema = 1\nid = \"tidewater\"\ntitle = \"Tidewater Shop\"\nrole = \"storefront\"\n\
         api = \"none\"\nread = 2026-11-23\nsources = [\"https://docs.tidewater.example\"]\n{snippet}"
    );
    if !snippet.contains("[[record]]") {
        text.push_str("[[record]]\nname = \"order\"\nlevel = \"order\"\n");
    }
    let mut in_field = false;
    for line in snippet.lines() {
        if line.starts_with('[') {
            in_field = line == "[[field]]";
        }
        let Some(("name", name)) =
            line.split_once('=').map(|(key, name)| (key.trim(), name.trim()))
        else {
            continue;
        };
        if in_field && !text.contains(&format!("field = {name}\n")) {
            writeln!(text, "[[show]]\nfield = {name}\nnone = \"left out\"").unwrap();
        }
    }
    text
}

#[test]
fn examples_of_explanations_are_true() {
    let mut wrong = String::new();
    for rule in rules::ALL {
        let of = |wanted: &str| {
            let (_, text) = sections(rule.explanation())
                .into_iter()
                .find(|(heading, _)| *heading == wanted)
                .unwrap();
            files(text)
        };
        if rule.name() == GENERATED {
            assert!(of("Instead").is_empty(), "the example of {rule} would be megabytes");
            continue;
        }
        let (example, instead) = (of("Example"), of("Instead"));
        let ([(info, example)], [(_, instead), ..]) = (&example[..], &instead[..]) else {
            writeln!(wrong, "{rule}: one file as the example, and at least one instead").unwrap();
            continue;
        };
        let name = if *info == "toml patterns" { "example.patterns" } else { "example" };
        let names: BTreeSet<_> = check(name, example)
            .iter()
            .flat_map(Report::iter)
            .map(|found| found.rule.name())
            .collect();
        if names != BTreeSet::from([rule.name()]) {
            let report = check(name, example);
            writeln!(wrong, "{rule}: the example breaks {names:?}\n{report:?}\n{example}").unwrap();
        }
        if let Some(report) = check(name, instead).filter(|report| !report.is_empty()) {
            writeln!(wrong, "{rule}: what to write instead is wrong: {report}\n{instead}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
