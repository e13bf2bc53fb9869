//! Reading values out of the TOML tree: every mistake becomes a finding, and reading goes on.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::Diagnostic;
use crate::mapping::model::{Named, Origin};
use crate::mapping::rules;
use crate::record::Path;
use crate::rule::Rule;
use crate::text::{Escaped, Lines, Span, nearest};

pub(crate) type Value<'t> = Spanned<DeValue<'t>>;
pub(crate) type Key<'t> = Spanned<alloc::borrow::Cow<'t, str>>;

/// Collects findings while the parts of a file are read.
pub(crate) struct Reader<'s> {
    pub(crate) found: Vec<Diagnostic>,
    pub(crate) sets: BTreeMap<Box<str>, NamedSet>,
    /// Fields of the mapping that the file extends: what it does not say of them stays as it is.
    pub(crate) inherited: Vec<Box<str>>,
    lines: Lines<'s>,
    file: u8,
}

/// A set of states that the file gave a name; which facet's they are shows where it is used.
pub(crate) struct NamedSet {
    pub(crate) words: Vec<Box<str>>,
    pub(crate) span: Span,
    pub(crate) used: bool,
}

impl<'s> Reader<'s> {
    pub(crate) fn new(source: &'s str, file: u8) -> Self {
        Self {
            found: Vec::new(),
            sets: BTreeMap::new(),
            inherited: Vec::new(),
            lines: Lines::new(source),
            file,
        }
    }

    pub(crate) fn origin(&self, span: Span) -> Origin {
        Origin { file: self.file, line: self.lines.position(span.start()).line, span }
    }

    /// Takes note of a finding.
    pub(crate) fn object(&mut self, rule: &'static Rule, span: Span, message: impl Into<String>) {
        self.push(Diagnostic::new(rule, span, message));
    }

    pub(crate) fn push(&mut self, found: Diagnostic) {
        self.found.push(found);
    }

    pub(crate) fn wrong_type(&mut self, what: &str, expected: &str, value: &Value<'_>) {
        let found = value.get_ref().type_str();
        self.push(
            Diagnostic::new(
                &rules::WRONG_TYPE,
                value.span().into(),
                format!("`{what}` is {}", article(found)),
            )
            .label(format!("expected {expected}")),
        );
    }

    pub(crate) fn missing(&mut self, span: Span, what: &str, key: &str) {
        self.push(
            Diagnostic::new(&rules::MISSING_KEY, span, format!("{what} has no `{key}`"))
                .help(format!("add `{key} = ...`")),
        );
    }

    pub(crate) fn unknown_key(&mut self, key: &Key<'_>, what: &str, known: &[&str]) {
        let name = key.get_ref();
        let span = key.span().into();
        let mut found = Diagnostic::new(
            &rules::UNKNOWN_KEY,
            span,
            format!("`{}` is not a key of {what}", Escaped(name)),
        );
        if let Some(near) = nearest(name, known.iter().copied()) {
            found = found.help(format!("did you mean `{near}`?")).fix(span, near);
        } else {
            found = found.help(format!("keys of {what}: {}", known.join(", ")));
        }
        self.push(found);
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
        table
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
            self.object(&rules::WRONG_VALUE, value.span().into(), format!("`{what}` is empty"));
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

    pub(crate) fn paths(&mut self, what: &str, value: &Value<'_>) -> Vec<Path> {
        Self::elements(value)
            .iter()
            .filter_map(|path| {
                let text = self.text(what, path)?;
                Path::parse(text)
                    .map_err(|invalid| {
                        self.object(
                            &rules::INVALID_PATH,
                            path.span().into(),
                            alloc::string::ToString::to_string(&invalid),
                        );
                    })
                    .ok()
            })
            .collect()
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
            self.unknown_word(&rules::WRONG_VALUE, what, text, value.span().into(), known);
        }
        word
    }

    pub(crate) fn unknown_word(
        &mut self,
        rule: &'static Rule,
        what: &str,
        text: &str,
        span: Span,
        known: &[&str],
    ) {
        let mut found = Diagnostic::new(rule, span, format!("`{}` is not a {what}", Escaped(text)))
            .label(format!("expected one of {}", known.join(", ")));
        if let Some(near) = nearest(text, known.iter().copied()) {
            found = found.help(format!("did you mean `{near}`?")).fix(span, format!("\"{near}\""));
        }
        self.push(found);
    }
}

fn article(type_name: &str) -> String {
    match type_name {
        "integer" | "array" => format!("an {type_name}"),
        _ => format!("a {type_name}"),
    }
}
