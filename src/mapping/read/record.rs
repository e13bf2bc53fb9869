//! `[[record]]`: the kinds of payload and of objects nested in them.

use alloc::vec::Vec;

use super::keys::{has, meant};
use super::reader::{Reader, Value};
use crate::mapping::model::{KeyPath, Link, RecordKind, Reference};
use crate::mapping::words::Level;
use crate::record::Path;
use crate::text::Span;

const KEYS: &[&str] = &[
    "name",
    "level",
    "envelope",
    "is",
    "has",
    "within",
    "complete",
    "split",
    "id",
    "order",
    "parent",
    "refs",
    "created",
    "changed",
    "currency",
    "minor_units",
    "total",
    "amount",
    "quantity",
    "price",
    "sku",
    "continues",
];

impl Reader<'_> {
    pub(super) fn record(&mut self, value: &Value<'_>) -> Option<RecordKind> {
        let table = self.table("record", value)?;
        let span: Span = value.span().into();
        let mut kind = RecordKind {
            name: "".into(),
            level: Level::Order,
            envelope: Vec::new(),
            is: Vec::new(),
            has: Vec::new(),
            within: None,
            complete: false,
            split: false,
            id: Vec::new(),
            order: KeyPath::default(),
            parent: None,
            refs: Vec::new(),
            created: Vec::new(),
            changed: Vec::new(),
            currency: Vec::new(),
            minor_units: false,
            total: Vec::new(),
            amount: Vec::new(),
            quantity: Vec::new(),
            price: Vec::new(),
            sku: Vec::new(),
            continues: Vec::new(),
            sound: true,
            origin: self.origin(span),
        };
        let (mut name, mut level, mut complete) = (None, None, None);
        for (key, value) in table {
            match self.key(table, key, "a record", KEYS) {
                "name" => {
                    name = self.named("name", value);
                    if let Some(name) = &name {
                        self.snake_case("name of a record", &name.name, name.span);
                    }
                }
                "level" => level = self.word("level", value, Level::parse, Level::NAMES),
                "envelope" => kind.envelope = self.paths("envelope", value),
                "is" => kind.is = self.conditions(value),
                "has" => kind.has = self.paths("has", value),
                "within" => kind.within = self.link("within", value),
                "complete" => complete = self.flag("complete", value),
                "split" => kind.split = self.flag("split", value).unwrap_or_default(),
                "id" => kind.id = self.paths("id", value),
                "order" => kind.order = self.key_path("order", value),
                "parent" => kind.parent = self.link("parent", value),
                "refs" => {
                    kind.refs = self
                        .list("refs", value)
                        .iter()
                        .filter_map(|value| self.reference(value))
                        .collect();
                }
                "created" => kind.created = self.paths("created", value),
                "changed" => kind.changed = self.paths("changed", value),
                "currency" => kind.currency = self.paths("currency", value),
                "minor_units" => {
                    kind.minor_units = self.flag("minor_units", value).unwrap_or_default();
                }
                "total" => kind.total = self.paths("total", value),
                "amount" => kind.amount = self.paths("amount", value),
                "quantity" => kind.quantity = self.paths("quantity", value),
                "price" => kind.price = self.paths("price", value),
                "sku" => kind.sku = self.paths("sku", value),
                "continues" => kind.continues = self.paths("continues", value),
                _ => self.unknown_key(key, "a record", KEYS),
            }
        }
        for key in ["name", "level"] {
            if !has(table, key, KEYS) {
                self.missing(span, "the record", key);
            }
        }
        for key in ["envelope", "id", "created", "changed", "currency", "continues"] {
            self.one_value(meant(table, key, KEYS));
        }
        for key in ["order", "parent"] {
            let inner = meant(table, key, KEYS);
            let at = inner.and_then(|inner| inner.get_ref().as_table()?.get("at"));
            self.one_value(at.or(inner));
        }
        kind.name = name?.name;
        kind.level = level.unwrap_or(Level::Order);
        kind.sound = level.is_some();
        kind.complete = complete.unwrap_or(kind.level == Level::Line);
        Some(kind)
    }

    fn conditions(&mut self, value: &Value<'_>) -> Vec<(Path, Vec<alloc::boxed::Box<str>>)> {
        let Some(table) = self.table("is", value) else { return Vec::new() };
        table
            .iter()
            .filter_map(|(key, value)| {
                let codes = self.codes("is", value).into_iter().map(|code| code.name).collect();
                Some((self.path(key.get_ref(), key.span().into())?, codes))
            })
            .collect()
    }

    fn link(&mut self, what: &str, value: &Value<'_>) -> Option<Link> {
        let table = self.table(what, value)?;
        let (mut record, mut at) = (None, Vec::new());
        for (key, value) in table {
            match self.key(table, key, what, &["record", "at"]) {
                "record" => record = self.named("record", value),
                "at" => at = self.paths("at", value),
                _ => self.unknown_key(key, what, &["record", "at"]),
            }
        }
        for key in ["record", "at"] {
            if !has(table, key, &["record", "at"]) {
                self.missing(value.span().into(), what, key);
            }
        }
        Some(Link { record: record?, at })
    }

    /// A list of paths, or `{ at = [paths], strip = "#" }`.
    fn key_path(&mut self, what: &str, value: &Value<'_>) -> KeyPath {
        let Some(table) = value.get_ref().as_table() else {
            return KeyPath { at: self.paths(what, value), strip: Vec::new() };
        };
        let mut path = KeyPath::default();
        for (key, value) in table {
            match self.key(table, key, what, &["at", "strip"]) {
                "at" => path.at = self.paths("at", value),
                "strip" => path.strip = self.texts("strip", value),
                _ => self.unknown_key(key, what, &["at", "strip"]),
            }
        }
        if !has(table, "at", &["at", "strip"]) {
            self.missing(value.span().into(), what, "at");
        }
        path
    }

    fn reference(&mut self, value: &Value<'_>) -> Option<Reference> {
        let table = self.table("refs", value)?;
        let (mut systems, mut key_path) = (Vec::new(), KeyPath::default());
        for (key, value) in table {
            match self.key(table, key, "a reference", &["system", "at", "strip"]) {
                "system" => {
                    systems = Self::elements(value)
                        .iter()
                        .filter_map(|system| self.sentence("system", system))
                        .collect();
                }
                "at" => key_path.at = self.paths("at", value),
                "strip" => key_path.strip = self.texts("strip", value),
                _ => self.unknown_key(key, "a reference", &["system", "at", "strip"]),
            }
        }
        for key in ["system", "at"] {
            if !has(table, key, &["system", "at", "strip"]) {
                self.missing(value.span().into(), "the reference", key);
            }
        }
        Some(Reference { systems, key: key_path })
    }
}
