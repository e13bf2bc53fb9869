//! Reading values out of the TOML tree: every mistake becomes a finding, and reading goes on.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::quotes;
use crate::diagnostic::Diagnostic;
use crate::facet::Facet;
use crate::mapping::model::{Named, Origin};
use crate::mapping::rules;
use crate::text::{Escaped, Lines, Span, nearest};

pub(crate) type Value<'t> = Spanned<DeValue<'t>>;
pub(crate) type Key<'t> = Spanned<alloc::borrow::Cow<'t, str>>;

/// Collects findings while the parts of a file are read.
pub(crate) struct Reader<'s> {
    pub(crate) found: Vec<Diagnostic>,
    pub(crate) sets: BTreeMap<Box<str>, NamedSet>,
    /// Fields of the mapping that the file extends: what it does not say of them stays as it is.
    pub(crate) inherited: Vec<Box<str>>,
    /// The file extends a mapping that is not at hand: whatever it leaves out may stand there.
    pub(crate) base_is_missing: bool,
    /// Something of the file could not be read at all, so that what is missing may be in it.
    pub(crate) torn: bool,
    source: &'s str,
    lines: Lines<'s>,
    file: u8,
}

/// A set of states that the file gave a name; which facet's they are shows where it is used.
pub(crate) struct NamedSet {
    pub(crate) words: Vec<Named>,
    pub(crate) span: Span,
    pub(crate) used: bool,
    /// Were all its words understood as words?
    pub(crate) sound: bool,
}

/// Where a word stands decides how it is written: values are texts, keys need no quotes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Key,
    Value,
}

impl<'s> Reader<'s> {
    pub(crate) fn new(source: &'s str, file: u8) -> Self {
        Self {
            found: Vec::new(),
            sets: BTreeMap::new(),
            inherited: Vec::new(),
            base_is_missing: false,
            torn: false,
            source,
            lines: Lines::new(source),
            file,
        }
    }

    /// The text at a place.
    pub(crate) fn text_at(&self, span: Span) -> Option<&'s str> {
        span.slice(self.source)
    }

    pub(crate) fn origin(&self, span: Span) -> Origin {
        Origin { file: self.file, line: self.lines.position(span.start()).line, span }
    }

    /// Takes note of a finding.
    pub(crate) fn push(&mut self, found: Diagnostic) {
        self.found.push(found);
    }

    pub(crate) fn wrong_type(&mut self, what: &str, expected: &str, value: &Value<'_>) {
        let found = type_of(value.get_ref());
        self.push(
            Diagnostic::new(
                &rules::WRONG_TYPE,
                value.span().into(),
                format!("{} is {found}", named(what)),
            )
            .label(format!("expected {expected}"))
            .help(how_to_write(expected)),
        );
    }

    pub(crate) fn missing(&mut self, span: Span, what: &str, key: &str) {
        let what = named(what);
        self.push(
            Diagnostic::new(&rules::MISSING_KEY, span, format!("{what} has no `{key}`"))
                .help(format!("add `{key} = {}`", form_of(&what, key))),
        );
    }

    pub(crate) fn table<'v, 't>(
        &mut self,
        what: &str,
        value: &'v Value<'t>,
    ) -> Option<&'v DeTable<'t>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_type(what, "a table", value);
        }
        self.one_line(value);
        table
    }

    /// Small tables stand on one line, and have no comma at the end: the parser knows a newer TOML,
    /// which other programs that read the file may not.
    pub(crate) fn one_line(&mut self, value: &Value<'_>) {
        let span = Span::from(value.span());
        let Some(inside) = self.text_at(span).and_then(|text| text.strip_prefix('{')) else {
            return;
        };
        let start = Span::from(span.start()..span.start() + 1);
        if inside.contains('\n') && quotes::breaks(inside) {
            self.push(
                Diagnostic::new(&rules::SYNTAX, start, "a small table goes on over several lines")
                    .label("expected its `}` on the same line")
                    .help(
                        "write it on one line, or as a table of its own with its name in brackets",
                    ),
            );
            return;
        }
        let before = inside.strip_suffix('}').unwrap_or_default().trim_end();
        if before.ends_with(',') {
            let comma = span.start() + before.len()..span.start() + before.len() + 1;
            self.push(
                Diagnostic::new(
                    &rules::SYNTAX,
                    Span::from(comma.clone()),
                    "a small table ends with a comma",
                )
                .label("expected another key, or the `}`")
                .help("remove the comma")
                .fix(Span::from(comma), ""),
            );
        }
    }

    /// The elements of a list; a value that is no list is a list of one.
    pub(crate) fn elements<'v, 't>(value: &'v Value<'t>) -> &'v [Value<'t>] {
        value.get_ref().as_array().map_or(core::slice::from_ref(value), |list| list)
    }

    pub(crate) fn list<'v, 't>(&mut self, what: &str, value: &'v Value<'t>) -> &'v [Value<'t>] {
        let list = value.get_ref().as_array();
        if list.is_none() {
            self.wrong_type(what, "a list", value);
        }
        list.map_or(&[], |list| list)
    }

    pub(crate) fn text<'v>(&mut self, what: &str, value: &'v Value<'_>) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(what, "a text", value);
        }
        text
    }

    /// A text that is not empty.
    pub(crate) fn sentence(&mut self, what: &str, value: &Value<'_>) -> Option<Box<str>> {
        let text = self.text(what, value)?;
        if text.trim().is_empty() {
            self.push(
                Diagnostic::new(
                    &rules::WRONG_VALUE,
                    value.span().into(),
                    format!("`{what}` is empty"),
                )
                .label("expected a text that says something")
                .help("write it, or remove the key where it may be left out"),
            );
        }
        Some(text.into())
    }

    pub(crate) fn named(&mut self, what: &str, value: &Value<'_>) -> Option<Named> {
        let name = self.text(what, value)?.into();
        Some(Named { name, span: value.span().into() })
    }

    pub(crate) fn texts(&mut self, what: &str, value: &Value<'_>) -> Vec<Box<str>> {
        Self::elements(value)
            .iter()
            .filter_map(|text| self.text(what, text))
            .map(Into::into)
            .collect()
    }

    pub(crate) fn flag(&mut self, what: &str, value: &Value<'_>) -> Option<bool> {
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(what, "true or false", value);
        }
        flag
    }

    /// A list with nothing in it says nothing where something is needed.
    pub(crate) fn has_elements(&mut self, what: &str, value: &Value<'_>) {
        if value.get_ref().as_array().is_some_and(|list| list.is_empty()) {
            self.push(
                Diagnostic::new(
                    &rules::WRONG_VALUE,
                    value.span().into(),
                    format!("`{what}` names nothing"),
                )
                .label("expected at least one text")
                .help(match what {
                    "covers" => "name the facets that the field says something about, or write `ignored = \"reason\"` instead",
                    "sources" => "name the addresses of the vendor's documentation",
                    _ => "name the place at which it stands",
                }),
            );
        }
    }

    /// A code, as text: numbers and flags as they are written.
    pub(crate) fn code(&mut self, what: &str, value: &Value<'_>) -> Option<Named> {
        let name: Box<str> = match value.get_ref() {
            DeValue::String(text) => text.as_ref().into(),
            DeValue::Boolean(true) => "true".into(),
            DeValue::Boolean(false) => "false".into(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().into(),
            DeValue::Float(number) => number.as_str().into(),
            DeValue::Integer(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => {
                self.wrong_type(what, "a text, a decimal number, true or false", value);
                return None;
            }
        };
        Some(Named { name, span: value.span().into() })
    }

    pub(crate) fn codes(&mut self, what: &str, value: &Value<'_>) -> Vec<Named> {
        Self::elements(value).iter().filter_map(|code| self.code(what, code)).collect()
    }

    /// One of a closed list of words.
    pub(crate) fn word<T>(
        &mut self,
        what: &str,
        value: &Value<'_>,
        parse: impl FnOnce(&str) -> Option<T>,
        known: &[&str],
    ) -> Option<T> {
        let text = self.text(what, value)?;
        let word = parse(text);
        if word.is_none() {
            self.unknown_word(what, text, value.span().into(), known);
        }
        word
    }

    fn unknown_word(&mut self, what: &str, text: &str, span: Span, known: &[&str]) {
        let message = format!("`{}` is not {}", Escaped(text), one_of_its_kind(what));
        let found = Diagnostic::new(&rules::WRONG_VALUE, span, message);
        self.push(one_of(found, text, known, Place::Value));
    }

    pub(crate) fn unknown_facet(&mut self, text: &str, span: Span, place: Place) {
        let known = Facet::ALL.map(Facet::as_str);
        let message = format!("`{}` is not a facet", Escaped(text));
        let found = Diagnostic::new(&rules::UNKNOWN_FACET, span, message);
        // A state where its facet belongs is a frequent slip.
        let of_state = Facet::ALL.into_iter().find(|facet| facet.names().contains(&text));
        self.push(match of_state {
            Some(facet) => found
                .label(format!("expected one of {}", known.join(", ")))
                .help(format!("`{text}` is a state of `{facet}`")),
            None => one_of(found, text, &known, place),
        });
    }

    /// Is the file written for this version of the format?
    pub(crate) fn supports(&mut self, schema: &Value<'_>) -> bool {
        let known = schema.get_ref().as_integer().is_some_and(|number| number.as_str() == "1");
        if !known {
            let message = match schema.get_ref().as_integer() {
                Some(number) => {
                    let number = number.as_str();
                    format!("the file is written for schema {number}, which is not known here")
                }
                None => {
                    format!("`schema` is {}, which names no version", type_of(schema.get_ref()))
                }
            };
            self.push(
                Diagnostic::new(&rules::UNSUPPORTED_SCHEMA, schema.span().into(), message)
                    .label("expected `1`")
                    .help(
                        "write `schema = 1`, or use a version of this program that knows the other",
                    ),
            );
        }
        known
    }
}

/// How the value of a key looks, for those that a file is told to add.
fn form_of(what: &str, key: &str) -> &'static str {
    match key {
        // In an example it is the payload, elsewhere the name of a kind of record.
        "record" if what != "the example" => "\"...\"",
        "schema" => "1",
        "read" => "2026-11-23",
        "sources" | "at" | "covers" | "codes" | "country" | "street" | "token" | "whole"
        | "parts" => "[\"...\"]",
        "status" | "rows" => "[...]",
        "holds" => "true",
        "set" | "zero" | "some" | "all" | "over" | "record" | "claim" | "one" | "other" => {
            "{ ... }"
        }
        _ => "\"...\"",
    }
}

/// Says what was expected where a word is none of a list: the one that resembles it, or all.
pub(crate) fn one_of(found: Diagnostic, text: &str, known: &[&str], place: Place) -> Diagnostic {
    let Some(near) = nearest(text, known.iter().copied()) else {
        return found.help(match known {
            [only] => format!("write `{only}`, or leave the key out"),
            _ => format!("write one of {}", known.join(", ")),
        });
    };
    let span = found.primary.as_ref().map(|label| label.span).unwrap_or_default();
    let found = found
        .label(format!("expected one of {}", known.join(", ")))
        .help(format!("did you mean `{near}`?"));
    match written(near, place) {
        Some(fix) => found.fix(span, fix),
        None => found,
    }
}

/// A key is quoted; what is described in words is not.
pub(super) fn named(what: &str) -> String {
    let shown = Escaped(what);
    if what.contains(' ') { shown.to_string() } else { format!("`{shown}`") }
}

/// `an amount`, `a word`.
pub(crate) fn article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// What the words that a key takes are words for.
fn one_of_its_kind(key: &str) -> String {
    match key {
        "absent" => "a level".into(),
        "fold" => "a way to fold".into(),
        "then" => "what may follow".into(),
        "finds" => "something that a pattern finds".into(),
        _ => article(key),
    }
}

/// The type of a value, in the words of `docs/format.md`.
const fn type_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(true) => "`true`",
        DeValue::Boolean(false) => "`false`",
        DeValue::Datetime(_) => "a date or a time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// What to do about a value of the wrong type.
fn how_to_write(expected: &str) -> String {
    match expected {
        "a text" => "write a text, in straight double quotes".into(),
        "a list" => {
            "write a list, `[ ... ]`; entries such as [[field]] have their name in two brackets"
                .into()
        }
        "a table" => {
            "write a table, `{ key = value }`, or with its name in brackets above its keys".into()
        }
        "true or false" | "true" => format!("write {expected}, without quotes"),
        other => format!("write {other}"),
    }
}

/// A known name as a replacement for a wrong one; none where it would have to be escaped.
pub(crate) fn written(name: &str, place: Place) -> Option<String> {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    match place {
        Place::Key if !name.is_empty() && name.chars().all(is_bare) => Some(name.into()),
        Place::Key | Place::Value => {
            let plain = |c: char| !c.is_control() && !matches!(c, '"' | '\\');
            name.chars().all(plain).then(|| format!("\"{name}\""))
        }
    }
}
