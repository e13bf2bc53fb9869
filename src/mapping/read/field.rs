//! `[[field]]` and its rows.

use alloc::format;
use alloc::vec::Vec;

use toml::de::DeTable;

use super::keys::{has, meant};
use super::reader::{Key, Place, Reader, Value, article};
use crate::diagnostic::Diagnostic;
use crate::facet::{Facet, Kind};
use crate::mapping::model::{Absences, Allow, Field, Named, Origin, Row, Show, When};
use crate::mapping::rules;
use crate::mapping::words::{FieldKind, Level};
use crate::state::StateSet;
use crate::text::{Escaped, Span};

const KEYS: &[&str] = &[
    "name", "record", "level", "kind", "at", "join", "with", "strip", "fold", "covers", "since",
    "of", "of_sum", "minus", "absent", "null", "empty", "none", "status", "set", "zero", "some",
    "all", "over", "ignored", "open", "allow",
];

const ROW_KEYS: &[&str] =
    &["code", "also", "when", "otherwise", "given", "ignored", "why", "allow"];

fn row_keys() -> Vec<&'static str> {
    ROW_KEYS.iter().copied().chain(Facet::ALL.map(Facet::as_str)).collect()
}

impl Reader<'_> {
    pub(super) fn field(&mut self, value: &Value<'_>) -> Option<Field> {
        let table = self.table("field", value)?;
        let span: Span = value.span().into();
        let mut field = blank(self.origin(span));
        let (mut name, mut level) = (None, None);
        let mut weighed = Vec::new();
        let mut kind_is_known = true;
        for (key, value) in table {
            match self.key(table, key, "a field", KEYS) {
                "name" => name = self.named("name", value),
                "record" => field.record = self.named("record", value),
                "level" => level = self.word("level", value, Level::parse, Level::NAMES),
                "kind" => {
                    let kind = self.word("kind", value, FieldKind::parse, FieldKind::NAMES);
                    kind_is_known = kind.is_some();
                    field.kind = kind.unwrap_or(FieldKind::Word);
                }
                "at" => {
                    self.has_elements("at", value);
                    field.at = self.paths("at", value);
                }
                "join" => field.join = self.paths("join", value),
                "with" => field.with = self.text("with", value).unwrap_or_default().into(),
                "strip" => field.strip = self.texts("strip", value),
                "fold" => {
                    field.fold = self
                        .word("fold", value, |word| (word == "case").then_some(true), &["case"])
                        .unwrap_or_default();
                }
                "covers" => {
                    let before = self.found.len();
                    self.has_elements("covers", value);
                    field.covers = self.facets("covers", value);
                    field.sound &= self.found.len() == before;
                }
                "since" => field.since = self.paths("since", value),
                "of" => field.of = self.paths("of", value),
                "of_sum" => field.of_sum = self.paths("of_sum", value),
                "minus" => field.minus = self.paths("minus", value),
                "absent" => field.absences.absent = self.absence("absent", value),
                "null" => field.absences.null = self.absence("null", value),
                "empty" => field.absences.empty = self.absence("empty", value),
                "none" => field.absences.none = self.absence("none", value),
                "status" => {
                    field.rows = self
                        .list("status", value)
                        .iter()
                        .filter_map(|value| self.row(value))
                        .collect();
                }
                weight @ ("set" | "zero" | "some" | "all" | "over") => {
                    weighed.push((weight, key, value));
                }
                "ignored" => field.ignored = self.sentence("ignored", value),
                "open" => field.open = self.flag("open", value).unwrap_or_default(),
                "allow" => field.allow = self.allow(value),
                _ => self.unknown_key(key, "a field", KEYS),
            }
        }
        // The rows of weights stand in the order of the weights, whatever the order of the keys.
        let weights = field.kind.weights();
        weighed.sort_by_key(|(code, ..)| weights.iter().position(|weight| weight == code));
        for (code, key, value) in weighed.into_iter().filter(|_| kind_is_known) {
            self.weighed_row(&mut field, code, key, value);
        }
        if let Some(name) = &name
            && (self.base_is_missing || self.inherited.contains(&name.name))
        {
            field.name = name.name.clone();
            return Some(field);
        }
        for key in ["name", "level"] {
            if !has(table, key, KEYS) {
                self.missing(span, "the field", key);
            }
        }
        self.required(table, &field, span, kind_is_known);
        if kind_is_known && !matches!(field.kind, FieldKind::Quantity | FieldKind::Amount) {
            for key in ["at", "join", "since"] {
                self.one_value(meant(table, key, KEYS));
            }
        }
        field.name = name?.name;
        field.level = level.unwrap_or(Level::Order);
        field.level_is_known = level.is_some();
        field.sound &= kind_is_known && (field.ignored.is_some() || has(table, "covers", KEYS));
        Some(field)
    }

    /// Keys that a field needs because of its kind.
    fn required(&mut self, table: &DeTable<'_>, field: &Field, span: Span, kind_is_known: bool) {
        if field.at.is_empty()
            && field.join.is_empty()
            && !has(table, "at", KEYS)
            && !has(table, "join", KEYS)
            && field.ignored.is_none()
        {
            self.missing(span, "the field", "at");
        }
        if !field.join.is_empty() && !has(table, "with", KEYS) {
            self.missing(span, "a field that joins several places", "with");
        }
        if field.ignored.is_none() && !has(table, "covers", KEYS) {
            self.missing(span, "the field", "covers");
        }
        if !kind_is_known {
            return;
        }
        let has_whole = !field.of.is_empty() || !field.of_sum.is_empty();
        let wanted: &[&str] = match field.kind {
            FieldKind::Word | FieldKind::Number | FieldKind::Flag => &["status"],
            FieldKind::Quantity | FieldKind::Amount if !has_whole => &["zero", "some"],
            FieldKind::Time | FieldKind::Quantity | FieldKind::Amount => field.kind.weights(),
        };
        for key in wanted.iter().filter(|key| field.ignored.is_none() && !has(table, key, KEYS)) {
            self.missing(span, &format!("{} field", article(field.kind.as_str())), key);
        }
    }

    /// `set = {...}` of a time, `zero`, `some`, `all` and `over` of a quantity: rows with a fixed code.
    fn weighed_row(&mut self, field: &mut Field, code: &str, key: &Key<'_>, value: &Value<'_>) {
        let span: Span = key.span().into();
        if !field.kind.weights().contains(&code) {
            let kind = article(field.kind.as_str());
            let message = format!("`{code}` is not a key of {kind} field");
            let help = match field.kind {
                FieldKind::Word | FieldKind::Number | FieldKind::Flag => {
                    "its values are rows of `status`; times have `set`, amounts and quantities `zero`, `some`, `all` and `over`"
                }
                FieldKind::Time => "a time has `set`, and `null` for one that is not set",
                FieldKind::Quantity | FieldKind::Amount => {
                    "an amount or a quantity has `zero`, `some`, `all` and `over`"
                }
            };
            self.push(Diagnostic::new(&rules::UNKNOWN_KEY, span, message).help(help));
            return;
        }
        let Some(table) = self.table(code, value) else { return };
        let name = Named { name: code.into(), span };
        let origin = self.origin(span);
        field.rows.push(self.row_body(name, table, origin));
    }

    pub(crate) fn facets(&mut self, what: &str, value: &Value<'_>) -> Vec<Facet> {
        Self::elements(value)
            .iter()
            .filter_map(|word| {
                let text = self.text(what, word)?;
                let facet = text.parse().ok();
                if facet.is_none() {
                    self.unknown_facet(text, word.span().into(), Place::Value);
                }
                facet
            })
            .collect()
    }

    /// `"unknown"`, or what the absence claims.
    fn absence(&mut self, what: &str, value: &Value<'_>) -> Option<StateSet> {
        if value.get_ref().as_str() == Some("unknown") {
            return None;
        }
        if value.get_ref().is_str() {
            let text = value.get_ref().as_str().unwrap_or_default();
            self.push(
                Diagnostic::new(
                    &rules::WRONG_VALUE,
                    value.span().into(),
                    format!("`{}` is not an answer to `{what}`", Escaped(text)),
                )
                .label("expected \"unknown\", or a claim such as { payment = \"unpaid\" }")
                .help("if the documentation does not say what it means, write \"unknown\""),
            );
            return None;
        }
        self.claim(what, value).map(|(claim, _)| claim)
    }

    fn row(&mut self, value: &Value<'_>) -> Option<Row> {
        let table = self.table("a row of `status`", value)?;
        let span: Span = value.span().into();
        let code = table.get("code").or_else(|| meant(table, "code", &row_keys()));
        if code.is_none() {
            self.missing(span, "the row", "code");
        }
        let code = code.and_then(|code| self.code("code", code));
        // Without a code there is no row, and what else is wrong in it is told all the same.
        let is_named = code.is_some();
        let origin = self.origin(span);
        let row = self.row_body(code.unwrap_or_default(), table, origin);
        is_named.then_some(row)
    }

    /// A row that is not understood is still the row of its code: to leave it out would make all
    /// that names the code wrong as well.
    fn row_body(&mut self, code: Named, table: &DeTable<'_>, origin: Origin) -> Row {
        let before = self.found.len();
        let mut row = Row {
            code,
            also: Vec::new(),
            stated: Vec::new(),
            claim: StateSet::ANY,
            given: Vec::new(),
            when: None,
            otherwise: false,
            ignored: None,
            why: None,
            allow: Vec::new(),
            sound: true,
            origin,
        };
        for (key, value) in table {
            let word = key.get_ref().as_ref();
            let is_known = ROW_KEYS.contains(&word) || word.parse::<Facet>().is_ok();
            let word = if is_known { word } else { self.key(table, key, "a row", &row_keys()) };
            match word {
                "code" => {}
                "also" => row.also = self.codes("also", value),
                "when" => row.when = self.when(value),
                "otherwise" => row.otherwise = self.flag("otherwise", value).unwrap_or_default(),
                "given" => row.given = self.given(value),
                "ignored" => row.ignored = self.sentence("ignored", value),
                "why" => row.why = self.sentence("why", value),
                "allow" => row.allow = self.allow(value),
                word => match word.parse::<Facet>() {
                    Ok(facet) => {
                        row.stated.push((facet, key.span().into()));
                        if let Some(set) = self.states(facet, value) {
                            row.claim = row.claim.with_set(set);
                        }
                    }
                    Err(_) => {
                        let known = row_keys();
                        self.unknown_key(key, "a row", &known);
                    }
                },
            }
        }
        row.sound = self.found.len() == before;
        row
    }

    fn given(&mut self, value: &Value<'_>) -> Vec<(Named, StateSet)> {
        let Some(table) = self.table("given", value) else { return Vec::new() };
        table
            .iter()
            .filter_map(|(key, value)| {
                let (claim, _) = self.claim("given", value)?;
                Some((
                    Named { name: key.get_ref().as_ref().into(), span: key.span().into() },
                    claim,
                ))
            })
            .collect()
    }

    /// A condition: circumstances by their names, all other keys are fields of the same record.
    pub(super) fn when(&mut self, value: &Value<'_>) -> Option<When> {
        let table = self.table("when", value)?;
        let mut when =
            When { fields: Vec::new(), circumstances: StateSet::ANY, span: value.span().into() };
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match name.parse::<Facet>() {
                Ok(facet) if facet.kind() == Kind::Circumstance => {
                    when.circumstances = when.circumstances.with_set(self.states(facet, value)?);
                }
                // A field may have the name of a facet: `fulfillment` is one of Shopify's.
                Ok(_) | Err(_) => {
                    let field = Named { name: name.into(), span: key.span().into() };
                    when.fields.push((field, self.codes("when", value)));
                }
            }
        }
        Some(when)
    }
}

fn blank(origin: Origin) -> Field {
    Field {
        name: "".into(),
        record: None,
        level: Level::Order,
        kind: FieldKind::Word,
        at: Vec::new(),
        join: Vec::new(),
        with: "".into(),
        strip: Vec::new(),
        fold: false,
        covers: Vec::new(),
        since: Vec::new(),
        of: Vec::new(),
        of_sum: Vec::new(),
        minus: Vec::new(),
        absences: Absences::default(),
        rows: Vec::new(),
        ignored: None,
        open: false,
        show: None,
        allow: Vec::<Allow>::new(),
        level_is_known: true,
        sound: true,
        origin,
    }
}

/// A field of an extending file that has nothing but a way back of its own.
pub(super) fn only_show(show: &Show) -> Field {
    Field { name: show.field.name.clone(), show: Some(show.clone()), ..blank(show.origin) }
}
