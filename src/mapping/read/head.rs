//! The top of a file: what it is about, names, facts; and the order in which the rest is read.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use toml::de::DeTable;

use super::entry;
use super::keys::{has, meant};
use super::reader::{NamedSet, Place, Reader, Value};
use crate::diagnostic::{Diagnostic, Source};
use crate::digest::Digest;
use crate::mapping::check::known;
use crate::mapping::model::{Allow, Channel, Document, Fact, Named};
use crate::mapping::rules;
use crate::mapping::words::Role;
use crate::text::{Escaped, Span, nearest};

const KEYS: &[&str] = &[
    "schema", "id", "title", "role", "api", "read", "sources", "revision", "extends", "allow",
    "names", "fact", "record", "field", "show", "boundary", "example",
];

impl Reader<'_> {
    /// Is the file written for this version of the format? Checked first and alone.
    pub(super) fn schema(&mut self, tree: &DeTable<'_>) -> bool {
        let Some(value) = tree.get("schema") else {
            if !self.torn {
                self.missing(Span::default(), "the file", "schema");
            }
            return false;
        };
        self.supports(value)
    }

    /// What the file says, as far as it can be understood: what is missing or wrong is reported
    /// and stands there empty, so that all the rest can still be checked.
    pub(super) fn document(
        &mut self,
        tree: &DeTable<'_>,
        source: Source<'_>,
        base: Option<&Document>,
    ) -> Document {
        // Whatever the file leaves out may stand in a base that is not at hand, or in another one.
        let wanted = meant(tree, "extends", KEYS);
        let base = base.filter(|base| {
            let wanted = wanted.and_then(|wanted| wanted.get_ref().as_str());
            wanted.is_some_and(|wanted| *wanted == *base.channel.id)
        });
        self.base_is_missing = wanted.is_some() && base.is_none();
        for (key, _) in tree {
            if !KEYS.contains(&key.get_ref().as_ref()) {
                self.unknown_key(key, "a mapping file", KEYS);
            }
        }
        if let Some(base) = base {
            self.inherit_names(base);
            self.inherited = base.fields.iter().map(|field| field.name.clone()).collect();
        }
        if let Some(names) = meant(tree, "names", KEYS)
            && let Some(table) = self.table("names", names)
        {
            self.names(table);
        }
        let channel = self.channel(tree, base.map(|base| &base.channel));
        let facts = meant(tree, "fact", KEYS).map(|facts| self.facts(facts)).unwrap_or_default();
        let records: Vec<_> = self
            .tables(tree, "record")
            .into_iter()
            .filter_map(|value| self.record(value))
            .collect();
        let tables = self.tables(tree, "field");
        let count = tables.len();
        let mut fields: Vec<_> = tables.into_iter().filter_map(|value| self.field(value)).collect();
        // A field whose name could not be read may be the one that is meant.
        let all_named = fields.len() == count && !self.torn;
        for value in self.tables(tree, "show") {
            let Some(show) = self.show(value) else { continue };
            match fields.iter_mut().find(|field| field.name == show.field.name) {
                Some(field) if field.show.is_some() => {
                    let message = format!(
                        "the way back of `{}` stands here for the second time",
                        show.field.name
                    );
                    let first = field.show.as_ref().map(|show| show.field.span);
                    self.push(
                        Diagnostic::new(&rules::DUPLICATE_NAME, show.field.span, message)
                            .also(first.unwrap_or_default(), "first here")
                            .help("put the rows of both into one [[show]]"),
                    );
                }
                Some(field) => field.show = Some(show),
                None if base.is_some_and(|base| {
                    base.fields.iter().any(|field| field.name == show.field.name)
                }) =>
                {
                    fields.push(super::field::only_show(&show));
                }
                None if self.base_is_missing => {}
                None => {
                    let of_base = base.iter().flat_map(|base| &base.fields);
                    let names: Vec<&str> =
                        fields.iter().chain(of_base).map(|field| &*field.name).collect();
                    let Named { name, span } = &show.field;
                    // A field whose name could not be read may be the one that is meant, unless
                    // another resembles it.
                    if all_named || nearest(name, names.iter().copied()).is_some() {
                        let names = || names.iter().copied();
                        known("field", name, *span, Place::Value, names, &mut self.found);
                    }
                }
            }
        }
        let inherited = base.and_then(|base| base.boundary.as_ref()).map(|known| &known.record);
        let boundary =
            meant(tree, "boundary", KEYS).and_then(|value| self.boundary(value, inherited));
        let allow = meant(tree, "allow", KEYS).map(|allow| self.allow(allow)).unwrap_or_default();
        let names = self.sets.iter().map(|(name, set)| (name.clone(), set.words.clone())).collect();
        Document {
            channel,
            names,
            facts,
            records,
            fields,
            boundary,
            allow,
            files: Vec::from([source.name.into()]),
            digest: Digest::of(source.text.as_bytes()),
        }
    }

    /// The elements of an array of tables.
    pub(super) fn tables<'v, 't>(
        &mut self,
        tree: &'v DeTable<'t>,
        key: &str,
    ) -> Vec<&'v Value<'t>> {
        let Some(value) = meant(tree, key, KEYS) else { return Vec::new() };
        let span = Span::from(value.span());
        if value.get_ref().is_table()
            && self.text_at(span).is_some_and(|text| text.starts_with('['))
        {
            self.push(entry::one_bracket(key, span).fix(span, format!("[[{key}]]")));
            return Vec::from([value]);
        }
        self.list(key, value).iter().collect()
    }

    fn inherit_names(&mut self, base: &Document) {
        for (name, words) in &base.names {
            // Their places are places in another file.
            let words = words.iter().map(|word| Named { span: Span::default(), ..word.clone() });
            self.sets.insert(
                name.clone(),
                NamedSet { words: words.collect(), span: Span::default(), used: true, sound: true },
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
            let name = Escaped(&name);
            self.push(
                Diagnostic::new(
                    &rules::UNUSED_NAME,
                    span,
                    format!("the name `{name}` is never used"),
                )
                .help(format!("write \"@{name}\" where it is meant, or remove it")),
            );
        }
    }

    fn channel(&mut self, tree: &DeTable<'_>, base: Option<&Channel>) -> Channel {
        let extends = meant(tree, "extends", KEYS).and_then(|value| {
            let name = self.sentence("extends", value)?;
            Some(Named { name, span: value.span().into() })
        });
        // A file that extends another says only what differs.
        let optional = extends.is_some();
        let mut text = |key: &str, inherited: Option<&str>| -> Option<Box<str>> {
            match meant(tree, key, KEYS) {
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
        let role = match meant(tree, "role", KEYS) {
            Some(value) => self.word("role", value, Role::parse, Role::NAMES),
            None if optional => Some(base.map_or(Role::Storefront, |base| base.role)),
            None => {
                self.missing(Span::default(), "the file", "role");
                None
            }
        };
        let read = match meant(tree, "read", KEYS) {
            Some(value) => self.day(value),
            None if optional => Some(base.map(|base| base.read.clone()).unwrap_or_default()),
            None => {
                self.missing(Span::default(), "the file", "read");
                None
            }
        };
        let sources = match meant(tree, "sources", KEYS) {
            Some(value) => {
                self.has_elements("sources", value);
                self.texts("sources", value)
            }
            None if optional => base.map(|base| base.sources.clone()).unwrap_or_default(),
            None => {
                self.missing(Span::default(), "the file", "sources");
                Vec::new()
            }
        };
        let revision = match meant(tree, "revision", KEYS) {
            Some(value) => self.revision(value),
            None => Some(base.map_or(1, |base| base.revision)),
        };
        if let (Some(id), Some(value)) = (&id, meant(tree, "id", KEYS)) {
            self.snake_case("id", id, value.span().into());
        }
        Channel {
            id: id.unwrap_or_default(),
            title: title.unwrap_or_default(),
            role: role.unwrap_or(Role::Storefront),
            api: api.unwrap_or_default(),
            read: read.unwrap_or_default(),
            sources,
            revision: revision.unwrap_or(1),
            extends,
        }
    }

    /// Tokens that people type on command lines and use in other files.
    pub(super) fn snake_case(&mut self, what: &str, text: &str, span: Span) {
        let valid = !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !valid {
            let message =
                format!("the {what} `{}` has characters that a name must not have", Escaped(text));
            self.push(
                Diagnostic::new(&rules::WRONG_VALUE, span, message)
                    .label("people type it on command lines")
                    .help("write it in lower-case letters, digits and underscores, such as `sales_order`"),
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
        let Some(number) = value.get_ref().as_integer() else {
            self.wrong_type("revision", "a whole number from 1", value);
            return None;
        };
        let counted = number.as_str().parse().ok().filter(|number| *number > 0);
        if counted.is_none() {
            let message = format!("the revision `{}` is out of range", number.as_str());
            self.push(
                Diagnostic::new(&rules::WRONG_VALUE, value.span().into(), message)
                    .label("expected a whole number from 1")
                    .help("start with 1 and count it up when a claim changes"),
            );
        }
        counted
    }

    fn facts(&mut self, value: &Value<'_>) -> Vec<Fact> {
        let Some(table) = self.table("fact", value) else { return Vec::new() };
        table
            .iter()
            .filter_map(|(name, value)| {
                let table = self.table(name.get_ref(), value)?;
                let (mut holds, mut why) = (None, None);
                for (key, value) in table {
                    match self.key(table, key, "a fact", &["holds", "why"]) {
                        "holds" => holds = self.flag("holds", value),
                        "why" => why = self.sentence("why", value),
                        _ => self.unknown_key(key, "a fact", &["holds", "why"]),
                    }
                }
                let span: Span = name.span().into();
                for key in ["holds", "why"] {
                    if !has(table, key, &["holds", "why"]) {
                        self.missing(span, "the fact", key);
                    }
                }
                Some(Fact {
                    name: name.get_ref().as_ref().into(),
                    holds: holds.unwrap_or_default(),
                    why: why.unwrap_or_default(),
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
                self.sentence(key.get_ref(), value)?;
                let name: Box<str> = key.get_ref().as_ref().into();
                if !rules::ALL.iter().any(|rule| rule.name() == &*name) {
                    let span = key.span().into();
                    let message = format!("no rule has the name `{}`", Escaped(&name));
                    let found = Diagnostic::new(&rules::UNKNOWN_NAME, span, message);
                    let near = nearest(&name, rules::ALL.iter().map(|rule| rule.name()));
                    self.push(match near {
                        Some(near) => found.help(format!("did you mean `{near}`?")).fix(span, near),
                        None => found.help("a finding shows the name of its rule in brackets"),
                    });
                    return None;
                }
                let span = key.span().into();
                Some(Allow { rule: Named { name, span }, origin: self.origin(span) })
            })
            .collect()
    }
}
