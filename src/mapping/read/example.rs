//! `[[example]]`: payloads with the claim they must produce.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use toml::de::{DeTable, DeValue};

use super::keys::{has, meant};
use super::reader::{Key, Place, Reader, Value};
use crate::diagnostic::Diagnostic;
use crate::facet::Facet;
use crate::mapping::model::Named;
use crate::mapping::rules;
use crate::record::Tree;
use crate::state::StateSet;
use crate::text::{Escaped, Span};

const KEYS: &[&str] = &[
    "name",
    "of",
    "record",
    "null",
    "complete",
    "circumstances",
    "claim",
    "contradicts",
    "unmapped",
];

/// What an example must produce.
const ANSWERS: &[&str] = &["claim", "contradicts", "unmapped"];

/// The key of an example that a payload has swallowed.
fn swallowed<'v, 't>(record: &'v Value<'t>) -> Option<&'v Key<'t>> {
    let mut keys = record.get_ref().as_table()?.iter().map(|(key, _)| key);
    keys.find(|key| ANSWERS.contains(&key.get_ref().as_ref()))
}

/// A payload and how it must be read.
pub(crate) struct Example {
    pub(crate) name: Box<str>,
    pub(crate) of: Option<Named>,
    pub(crate) record: Tree,
    pub(crate) complete: Vec<Named>,
    pub(crate) circumstances: StateSet,
    /// The exact claim; nothing where the example only says what contradicts itself or is unmapped.
    pub(crate) claim: Option<StateSet>,
    pub(crate) contradicts: Vec<Facet>,
    pub(crate) unmapped: Vec<Named>,
    pub(crate) span: Span,
}

impl Reader<'_> {
    pub(super) fn examples(&mut self, tree: &DeTable<'_>) -> Vec<Example> {
        self.tables(tree, "example").into_iter().filter_map(|value| self.example(value)).collect()
    }

    fn example(&mut self, value: &Value<'_>) -> Option<Example> {
        let table = self.table("example", value)?;
        let span: Span = value.span().into();
        let mut example = Example {
            name: "".into(),
            of: None,
            record: Tree::empty(),
            complete: Vec::new(),
            circumstances: StateSet::ANY,
            claim: None,
            contradicts: Vec::new(),
            unmapped: Vec::new(),
            span,
        };
        let (mut name, mut claimed, mut nulls) = (None, true, Vec::new());
        for (key, value) in table {
            match self.key(table, key, "an example", KEYS) {
                "name" => name = self.named("name", value),
                "of" => example.of = self.named("of", value),
                "record" => {
                    if self.table("record", value).is_some() {
                        example.record = self.tree(value);
                    }
                }
                "null" => nulls = self.codes("null", value),
                "complete" => example.complete = self.codes("complete", value),
                "circumstances" => {
                    example.circumstances =
                        self.claim("circumstances", value).map_or(StateSet::ANY, |(set, _)| set);
                }
                "claim" => {
                    example.claim = self.claim("claim", value).map(|(claim, _)| claim);
                    claimed = example.claim.is_some();
                }
                "contradicts" => {
                    example.contradicts = self
                        .codes("contradicts", value)
                        .iter()
                        .filter_map(|word| {
                            let facet = word.name.parse::<Facet>().ok();
                            if facet.is_none() {
                                self.unknown_facet(&word.name, word.span, Place::Value);
                            }
                            facet
                        })
                        .collect();
                }
                "unmapped" => example.unmapped = self.codes("unmapped", value),
                _ => self.unknown_key(key, "an example", KEYS),
            }
        }
        for null in nulls {
            if !example.record.set_null(&null.name) {
                let message = format!("`{}` leads nowhere in the example", Escaped(&null.name));
                self.push(
                    Diagnostic::new(&rules::WRONG_VALUE, null.span, message)
                        .label("expected a path inside `record`")
                        .help("an element of a list has to stand in `record` before it can have a null"),
                );
            }
        }
        for key in ["name", "record"] {
            if !has(table, key, KEYS) {
                self.missing(span, "the example", key);
            }
        }
        if !ANSWERS.iter().any(|key| has(table, key, KEYS)) {
            match meant(table, "record", KEYS).and_then(swallowed) {
                Some(key) => self.swallowed(key),
                None => self.missing(span, "the example", "claim"),
            }
        }
        example.name = name?.name;
        claimed.then_some(example)
    }

    /// A key of the example that stands below `[example.record]`, where it is one of the payload.
    fn swallowed(&mut self, key: &Key<'_>) {
        let name = key.get_ref();
        let message =
            format!("`{name}` stands below `[example.record]`, which makes it the payload's");
        self.push(
            Diagnostic::new(&rules::MISSING_KEY, key.span().into(), message)
                .label("expected above `[example.record]`")
                .help(format!("move `{name} = ...` above the line `[example.record]`")),
        );
    }

    fn tree(&mut self, value: &Value<'_>) -> Tree {
        match value.get_ref() {
            DeValue::String(text) => Tree::Text(text.as_ref().into()),
            DeValue::Boolean(flag) => Tree::Flag(*flag),
            DeValue::Integer(number) => {
                match i64::from_str_radix(number.as_str(), number.radix()) {
                    Ok(number) => Tree::Whole(number),
                    Err(_) => {
                        let message = format!("the number `{}` is too large", number.as_str());
                        self.push(
                            Diagnostic::new(&rules::WRONG_VALUE, value.span().into(), message)
                                .label(format!("expected at most {}", i64::MAX))
                                .help("put it in quotes, as a text"),
                        );
                        Tree::Null
                    }
                }
            }
            DeValue::Float(number) => number.as_str().parse().map_or(Tree::Null, Tree::Float),
            // Payloads carry times as texts.
            DeValue::Datetime(time) => Tree::Text(time.to_string().into()),
            DeValue::Array(list) => Tree::List(list.iter().map(|value| self.tree(value)).collect()),
            DeValue::Table(table) => {
                self.one_line(value);
                let entries = table.iter();
                let entry = |(key, value): (&Key<'_>, &Value<'_>)| {
                    (key.get_ref().as_ref().into(), self.tree(value))
                };
                Tree::Record(entries.map(entry).collect())
            }
        }
    }
}
