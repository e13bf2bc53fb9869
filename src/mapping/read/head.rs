//! The top of a file: what it is about, names, facts; and the order in which the rest is read.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use toml::de::DeTable;

use super::reader::{NamedSet, Reader, Value};
use crate::diagnostic::Diagnostic;
use crate::mapping::model::{Allow, Channel, Document, Fact, Named};
use crate::mapping::rules;
use crate::mapping::words::Role;
use crate::text::Span;

const KEYS: &[&str] = &[
    "schema", "id", "title", "role", "api", "read", "sources", "revision", "extends", "allow",
    "names", "fact", "record", "field", "show", "example",
];

impl Reader<'_> {
    /// Is the file written for this version of the format? Checked first and alone.
    pub(super) fn schema(&mut self, tree: &DeTable<'_>) -> bool {
        let Some(value) = tree.get("schema") else {
            if self.found.is_empty() {
                self.missing(Span::default(), "the file", "schema");
            }
            return false;
        };
        let known = value.get_ref().as_integer().is_some_and(|number| number.as_str() == "1");
        if !known {
            let message = "the file is written for a schema that is not known here";
            self.push(
                Diagnostic::new(&rules::UNSUPPORTED_SCHEMA, value.span().into(), message)
                    .help("this version reads `schema = 1`"),
            );
        }
        known
    }

    pub(super) fn document(
        &mut self,
        tree: &DeTable<'_>,
        file: &str,
        base: Option<&Document>,
    ) -> Option<Document> {
        for (key, _) in tree {
            if !KEYS.contains(&key.get_ref().as_ref()) {
                self.unknown_key(key, "a mapping file", KEYS);
            }
        }
        if let Some(base) = base {
            self.inherit_names(base);
            self.inherited = base.fields.iter().map(|field| field.name.clone()).collect();
        }
        if let Some(names) = tree.get("names")
            && let Some(table) = self.table("names", names)
        {
            self.names(table);
        }
        let channel = self.channel(tree, base.map(|base| &base.channel));
        let facts = tree.get("fact").map(|facts| self.facts(facts)).unwrap_or_default();
        let records: Vec<_> = self
            .tables(tree, "record")
            .into_iter()
            .filter_map(|value| self.record(value))
            .collect();
        let mut fields: Vec<_> =
            self.tables(tree, "field").into_iter().filter_map(|value| self.field(value)).collect();
        for value in self.tables(tree, "show") {
            let Some(show) = self.show(value) else { continue };
            match fields.iter_mut().find(|field| field.name == show.field.name) {
                Some(field) if field.show.is_some() => {
                    let message = format!(
                        "the way back of `{}` stands here for the second time",
                        show.field.name
                    );
                    self.object(&rules::DUPLICATE_NAME, show.field.span, message);
                }
                Some(field) => field.show = Some(show),
                None if base.is_some_and(|base| {
                    base.fields.iter().any(|field| field.name == show.field.name)
                }) =>
                {
                    fields.push(super::field::only_show(&show));
                }
                None => {
                    let names: Vec<_> = fields.iter().map(|field| &*field.name).collect();
                    self.unknown_word(
                        &rules::UNKNOWN_NAME,
                        "field of this file",
                        &show.field.name,
                        show.field.span,
                        &names,
                    );
                }
            }
        }
        let allow = tree.get("allow").map(|allow| self.allow(allow)).unwrap_or_default();
        let names = self.sets.iter().map(|(name, set)| (name.clone(), set.words.clone())).collect();
        let channel = channel?;
        Some(Document {
            channel,
            names,
            facts,
            records,
            fields,
            allow,
            files: Vec::from([file.into()]),
        })
    }

    /// The elements of an array of tables.
    pub(super) fn tables<'v, 't>(
        &mut self,
        tree: &'v DeTable<'t>,
        key: &str,
    ) -> Vec<&'v Value<'t>> {
        match tree.get(key) {
            Some(value) => self.list(key, value).iter().collect(),
            None => Vec::new(),
        }
    }

    fn inherit_names(&mut self, base: &Document) {
        for (name, words) in &base.names {
            self.sets.insert(
                name.clone(),
                NamedSet { words: words.clone(), span: Span::default(), used: true },
            );
        }
    }

    /// Names that the file defines and never uses.
    pub(super) fn unused_names(&mut self) {
        let unused: Vec<_> = self
            .sets
            .iter()
            .filter(|(_, set)| !set.used)
            .map(|(name, set)| (name.clone(), set.span))
            .collect();
        for (name, span) in unused {
            self.push(
                Diagnostic::new(
                    &rules::UNUSED_NAME,
                    span,
                    format!("the name `{name}` is never used"),
                )
                .help("remove it"),
            );
        }
    }

    fn channel(&mut self, tree: &DeTable<'_>, base: Option<&Channel>) -> Option<Channel> {
        let extends = tree.get("extends").and_then(|value| self.sentence("extends", value));
        // A file that extends another says only what differs.
        let optional = extends.is_some();
        let mut text = |key: &str, inherited: Option<&str>| -> Option<Box<str>> {
            match tree.get(key) {
                Some(value) => self.sentence(key, value),
                None if optional => Some(inherited.unwrap_or_default().into()),
                None => {
                    self.missing(Span::default(), "the file", key);
                    None
                }
            }
        };
        let id = text("id", base.map(|base| &*base.id));
        let title = text("title", base.map(|base| &*base.title));
        let api = text("api", base.map(|base| &*base.api));
        let role = match tree.get("role") {
            Some(value) => self.word("role", value, Role::parse, Role::NAMES),
            None if optional => Some(base.map_or(Role::Storefront, |base| base.role)),
            None => {
                self.missing(Span::default(), "the file", "role");
                None
            }
        };
        let read = match tree.get("read") {
            Some(value) => self.day(value),
            None if optional => Some(base.map(|base| base.read.clone()).unwrap_or_default()),
            None => {
                self.missing(Span::default(), "the file", "read");
                None
            }
        };
        let sources = match tree.get("sources") {
            Some(value) => self.texts("sources", value),
            None if optional => base.map(|base| base.sources.clone()).unwrap_or_default(),
            None => {
                self.missing(Span::default(), "the file", "sources");
                Vec::new()
            }
        };
        let revision = match tree.get("revision") {
            Some(value) => self.revision(value),
            None => Some(base.map_or(1, |base| base.revision)),
        };
        if let (Some(id), Some(value)) = (&id, tree.get("id")) {
            self.snake_case("id", id, value.span().into());
        }
        Some(Channel {
            id: id?,
            title: title?,
            role: role?,
            api: api?,
            read: read?,
            sources,
            revision: revision?,
            extends,
        })
    }

    /// Tokens that people type on command lines and use in other files.
    pub(super) fn snake_case(&mut self, what: &str, text: &str, span: Span) {
        let valid = !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !valid {
            let message =
                format!("the {what} `{}` is not in snake_case", crate::text::Escaped(text));
            self.push(
                Diagnostic::new(&rules::WRONG_VALUE, span, message)
                    .help("use lower-case letters, digits and underscores"),
            );
        }
    }

    fn day(&mut self, value: &Value<'_>) -> Option<Box<str>> {
        let day = value.get_ref().as_datetime();
        let day = day.filter(|day| day.date.is_some() && day.time.is_none());
        let day = day.map(|day| day.to_string().into());
        if day.is_none() {
            self.wrong_type("read", "a day such as 2026-11-23, without quotes", value);
        }
        day
    }

    fn revision(&mut self, value: &Value<'_>) -> Option<u32> {
        let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
        if number.is_none() {
            self.wrong_type("revision", "a whole number from 1", value);
        }
        number
    }

    fn facts(&mut self, value: &Value<'_>) -> Vec<Fact> {
        let Some(table) = self.table("fact", value) else { return Vec::new() };
        table
            .iter()
            .filter_map(|(name, value)| {
                let table = self.table("a fact", value)?;
                let (mut holds, mut why) = (None, None);
                for (key, value) in table {
                    match key.get_ref().as_ref() {
                        "holds" => holds = self.flag("holds", value),
                        "why" => why = self.sentence("why", value),
                        _ => self.unknown_key(key, "a fact", &["holds", "why"]),
                    }
                }
                let span: Span = name.span().into();
                for (key, there) in
                    [("holds", table.contains_key("holds")), ("why", table.contains_key("why"))]
                {
                    if !there {
                        self.missing(span, "the fact", key);
                    }
                }
                Some(Fact {
                    name: name.get_ref().as_ref().into(),
                    holds: holds?,
                    why: why?,
                    origin: self.origin(span),
                })
            })
            .collect()
    }

    pub(super) fn allow(&mut self, value: &Value<'_>) -> Vec<Allow> {
        let Some(table) = self.table("allow", value) else { return Vec::new() };
        table
            .iter()
            .filter_map(|(key, value)| {
                self.sentence("the reason of an allowed rule", value)?;
                let name: Box<str> = key.get_ref().as_ref().into();
                if !rules::ALL.iter().any(|rule| rule.name() == &*name) {
                    let known: Vec<_> = rules::ALL.iter().map(|rule| rule.name()).collect();
                    self.unknown_word(
                        &rules::UNKNOWN_NAME,
                        "rule",
                        &name,
                        key.span().into(),
                        &known,
                    );
                    return None;
                }
                Some(Allow { rule: Named { name, span: key.span().into() } })
            })
            .collect()
    }
}
