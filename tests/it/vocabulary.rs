//! The property that the crate lives by: a mapping knows the words that its vendor lists, all of
//! them and no other.
//!
//! `tests/vocabulary/*.toml` is the vendor's side, written from the vendor's sources and kept apart
//! from what we claim. A value may say in how many `cases` it is told apart by something else that
//! the vendor sends (one, where nothing is said).
//!
//! | law | kind | says |
//! |---|---|---|
//! | covered | exhaustive | every listed spelling resolves, all spellings of a value to the same rows; no row stands for an unlisted one; no field is without a list |
//! | deletion | exhaustive | without any one row the law above fails, and the failure names the value |
//! | invention | exhaustive | with any value, spelling or list taken out of the vocabulary it fails, too |
//! | no other | property | no other text resolves: arbitrary ones, and near ones |

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use order_status::diagnostic::Source;
use order_status::mapping::{Field, Mapping, Resolution};
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::channels::{all_are_tested, ids, load, text, tree};

/// What a vendor lists for one field: each value with its other spellings, and its cases.
type Listed = Vec<(BTreeSet<String>, usize)>;
/// Per field.
type Vocabulary = BTreeMap<String, Listed>;

fn toml(text: &str) -> Json {
    toml::from_str(text).unwrap()
}

fn list<'a>(table: &'a Json, key: &str) -> &'a [Json] {
    table.get(key).map_or(&[], |list| list.as_array().unwrap())
}

/// Several lists of one field are several sources: their values are put together.
fn vocabulary(id: &str) -> Vocabulary {
    let path = tree().join("tests/vocabulary").join(id).with_extension("toml");
    let file = toml(&std::fs::read_to_string(path).unwrap());
    assert_eq!(file["channel"], id);
    let mut fields = Vocabulary::new();
    for field in list(&file, "field") {
        let name = field["name"].as_str().unwrap();
        assert!(
            field.get("source").is_some() && field.get("read").is_some(),
            "{id}: {name} has no source"
        );
        let listed = fields.entry(name.to_owned()).or_default();
        for value in list(field, "values") {
            let spellings: BTreeSet<String> = std::iter::once(&value["value"])
                .chain(list(value, "also"))
                .map(|spelling| spelling.as_str().unwrap().to_owned())
                .collect();
            let cases = value.get("cases").map_or(1, |cases| cases.as_u64().unwrap() as usize);
            match listed.iter_mut().find(|(known, _)| !known.is_disjoint(&spellings)) {
                Some((known, of)) => {
                    known.extend(spellings);
                    *of = cases.max(*of);
                }
                None => listed.push((spellings, cases)),
            }
        }
    }
    fields
}

/// What a field declares to be the same: letter case, and prefixes that are cut off.
#[derive(Clone, Debug, Default)]
struct Declared {
    fold: bool,
    strip: Vec<String>,
}

impl Declared {
    fn of(id: &str) -> BTreeMap<String, Self> {
        let file = toml(&text(id));
        list(&file, "field")
            .iter()
            .map(|field| {
                let strip = match field.get("strip") {
                    Some(Json::String(one)) => vec![one.clone()],
                    Some(several) => several
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|one| one.as_str().unwrap().to_owned())
                        .collect(),
                    None => Vec::new(),
                };
                let fold = field.get("fold").is_some();
                (field["name"].as_str().unwrap().to_owned(), Self { fold, strip })
            })
            .collect()
    }

    fn same(&self, a: &str, b: &str) -> bool {
        a == b || (self.fold && a.eq_ignore_ascii_case(b))
    }

    /// Is a text one of the listed spellings, as it is or behind one prefix?
    fn listed(&self, text: &str, listed: &Listed) -> bool {
        let known = |text: &str| {
            listed.iter().any(|(spellings, _)| {
                spellings.iter().any(|spelling| {
                    self.same(spelling, text)
                        || self.strip.iter().any(|prefix| {
                            spelling
                                .strip_prefix(&**prefix)
                                .is_some_and(|rest| self.same(rest, text))
                        })
                })
            })
        };
        known(text)
            || self.strip.iter().any(|prefix| text.strip_prefix(&**prefix).is_some_and(known))
    }
}

fn with_words(mapping: &Mapping) -> impl Iterator<Item = &Field> {
    mapping.fields().iter().filter(|field| field.kind().has_vocabulary())
}

/// Everything in which a mapping and a vocabulary differ.
fn differences(
    mapping: &Mapping,
    vocabulary: &Vocabulary,
    declared: &BTreeMap<String, Declared>,
) -> String {
    let mut found = String::new();
    let mut say = |args: std::fmt::Arguments<'_>| writeln!(found, "{args}").unwrap();
    for name in vocabulary.keys() {
        if !with_words(mapping).any(|field| field.name() == name) {
            say(format_args!("`{name}` is listed and no field"));
        }
    }
    for field in with_words(mapping) {
        let name = field.name();
        let Some(listed) = vocabulary.get(name) else {
            say(format_args!("`{name}` has no vocabulary"));
            continue;
        };
        for (spellings, cases) in listed {
            let mut codes = BTreeSet::new();
            for spelling in spellings {
                match (mapping.look_up(field, spelling), field.ignored()) {
                    (Resolution::Ignored(reason), _) if !reason.is_empty() => {
                        codes.insert("");
                    }
                    (Resolution::Mapped(rows), None) => {
                        codes.extend(rows.iter().map(order_status::mapping::Row::code));
                        let conditional = rows.iter().filter(|row| row.is_conditional()).count();
                        if rows.len() != *cases
                            || conditional != if *cases == 1 { 0 } else { *cases }
                        {
                            say(format_args!(
                                "`{spelling}` of `{name}` has {} rows, {cases} cases are listed",
                                rows.len()
                            ));
                        }
                    }
                    (other, _) => say(format_args!(
                        "`{spelling}` of `{name}` is listed and {}",
                        other.as_str()
                    )),
                }
            }
            if codes.len() > 1 {
                say(format_args!(
                    "{spellings:?} of `{name}` is one value and {} codes: {codes:?}",
                    codes.len()
                ));
            }
        }
        for row in field.rows() {
            for spelling in std::iter::once(row.code()).chain(row.also()) {
                if !declared[name].listed(spelling, listed) {
                    say(format_args!("`{spelling}` of `{name}` has a row and is not listed"));
                }
            }
        }
    }
    found
}

#[test]
fn every_listed_value_has_its_row_and_no_row_is_invented() {
    for id in &ids() {
        let differences = differences(&load(id), &vocabulary(id), &Declared::of(id));
        assert!(differences.is_empty(), "{id}:\n{differences}");
    }
}

#[test]
fn fields_that_say_nothing_answer_so() {
    for id in &ids() {
        let mapping = load(id);
        for field in with_words(&mapping).filter(|field| field.ignored().is_some()) {
            for row in field.rows() {
                assert_eq!(
                    mapping.look_up(field, row.code()),
                    Resolution::Ignored(field.ignored().unwrap())
                );
            }
            assert!(matches!(mapping.look_up(field, "no such word"), Resolution::Unmapped { .. }));
        }
    }
}

/// Every row of every file, the weights of quantities and the times included, one at a time.
#[test]
fn no_row_can_be_deleted_unnoticed() {
    let mut deleted = 0;
    for id in &ids() {
        let (text, vocabulary, declared) = (text(id), vocabulary(id), Declared::of(id));
        let lines: Vec<&str> = text.lines().collect();
        for field in load(id).fields() {
            for row in field.rows() {
                let line = row.origin().line() as usize - 1;
                let written = lines[line].trim_start();
                let whole_row =
                    written.starts_with("{ code = ") && written.matches("{ code = ").count() == 1;
                let weight = ["zero", "some", "all", "over", "set"]
                    .iter()
                    .any(|weight| written.starts_with(weight));
                assert!(whole_row || weight, "{id}: line {} is not one row: {written}", line + 1);
                let mut without = lines.clone();
                without.remove(line);
                let failure = match Mapping::load(Source::new(id, &without.join("\n"))) {
                    Ok(mapping) => differences(&mapping, &vocabulary, &declared),
                    Err(report) => report.to_string(),
                };
                assert!(
                    // A field that folds case may be missed in the vendor's other spelling.
                    failure.to_lowercase().contains(&format!("`{}`", row.code().to_lowercase())),
                    "{id}: nobody misses `{}` of `{}`: {failure}",
                    row.code(),
                    field.name(),
                );
                deleted += 1;
            }
        }
    }
    assert!(deleted > 1000 || !all_are_tested(), "only {deleted} rows were tried");
}

/// The other direction: whatever is taken out of the vocabulary, the row that stands for it is told.
#[test]
fn no_spelling_can_be_unlisted_unnoticed() {
    for id in &ids() {
        let (mapping, full, declared) = (load(id), vocabulary(id), Declared::of(id));
        for (name, listed) in &full {
            let mut without = full.clone();
            without.remove(name);
            assert_eq!(
                differences(&mapping, &without, &declared),
                format!("`{name}` has no vocabulary\n")
            );
            let field = mapping.field(name).unwrap();
            for at in 0..listed.len() {
                let mut without = listed.clone();
                let (gone, _) = without.remove(at);
                let still = |spelling: &String| declared[name].listed(spelling, &without);
                if gone.iter().any(still)
                    || !gone
                        .iter()
                        .any(|spelling| field.rows().iter().any(|row| row.code() == spelling))
                {
                    continue;
                }
                let differences = differences(
                    &mapping,
                    &BTreeMap::from([(name.clone(), without.clone())]),
                    &declared,
                );
                assert!(
                    gone.iter().any(|spelling| differences
                        .contains(&format!("`{spelling}` of `{name}` has a row"))),
                    "{id}: {gone:?} of `{name}`"
                );
            }
        }
    }
}

/// A listed spelling with one thing changed, as people and programs get it wrong.
fn mutated(spelling: &str, kind: usize, at: usize, letter: char) -> String {
    let letters: Vec<char> = spelling.chars().collect();
    let at = at % letters.len().max(1);
    let (before, behind) = letters.split_at(at.min(letters.len()));
    let join = |a: &[char], middle: &str, b: &[char]| -> String {
        a.iter().copied().chain(middle.chars()).chain(b.iter().copied()).collect()
    };
    let rest = behind.get(1..).unwrap_or_default();
    match kind {
        0 => join(before, "", rest),
        1 => join(before, &letter.to_string(), behind),
        2 => join(before, &letter.to_string(), rest),
        3 => join(
            before,
            &behind
                .iter()
                .take(1)
                .flat_map(|c| {
                    if c.is_uppercase() {
                        c.to_lowercase().collect::<String>()
                    } else {
                        c.to_uppercase().collect()
                    }
                    .chars()
                    .collect::<Vec<_>>()
                })
                .collect::<String>(),
            rest,
        ),
        4 => format!(" {spelling}"),
        5 => format!("{spelling} "),
        6 => spelling.to_uppercase(),
        7 => spelling.to_lowercase(),
        8 => spelling.replace(['_', ' '], "-"),
        9 => spelling.replace(['_', ' ', '-'], ""),
        10 => format!("{spelling}{spelling}"),
        11 => format!("{spelling}\0"),
        _ => format!("{letter}:{spelling}"),
    }
}

struct Known {
    mapping: Mapping,
    vocabulary: Vocabulary,
    declared: BTreeMap<String, Declared>,
}

impl Known {
    fn all() -> Vec<Self> {
        ids()
            .iter()
            .map(|id| Self {
                mapping: load(id),
                vocabulary: vocabulary(id),
                declared: Declared::of(id),
            })
            .collect()
    }

    /// Does a text resolve exactly where it is listed?
    fn agrees(&self, field: &Field, text: &str) -> bool {
        let resolves = matches!(
            self.mapping.look_up(field, text),
            Resolution::Mapped(_) | Resolution::Ignored(_)
        );
        resolves == self.declared[field.name()].listed(text, &self.vocabulary[field.name()])
    }
}

#[test]
fn no_other_text_resolves() {
    let known = Known::all();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(300));
    // Near misses of every listed spelling of every field.
    runner
        .run(
            &(
                0..13_usize,
                any::<usize>(),
                prop_oneof![
                    any::<char>(),
                    "[a-zA-Z_ :]".prop_map(|text| text.chars().next().unwrap())
                ],
            ),
            |(kind, at, letter)| {
                for channel in &known {
                    for field in with_words(&channel.mapping) {
                        for spelling in channel.vocabulary[field.name()]
                            .iter()
                            .flat_map(|(spellings, _)| spellings)
                        {
                            let text = mutated(spelling, kind, at, letter);
                            prop_assert!(
                                channel.agrees(field, &text),
                                "`{text}` of `{}`",
                                field.name()
                            );
                        }
                    }
                }
                Ok(())
            },
        )
        .unwrap();
    // Any text at all, long ones and those of other fields included.
    runner
        .run(
            &prop_oneof![
                any::<String>(),
                "\\PC{0,40}",
                "[A-Z]{1,3}",
                "[a-z_]{1,20}",
                "-?[0-9]{1,3}"
            ],
            |text| {
                for channel in &known {
                    for field in with_words(&channel.mapping) {
                        prop_assert!(
                            channel.agrees(field, &text),
                            "`{text}` of `{}`",
                            field.name()
                        );
                    }
                }
                Ok(())
            },
        )
        .unwrap();
}
