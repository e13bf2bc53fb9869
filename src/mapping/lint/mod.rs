//! The laws that a mapping as a whole must keep: examples hold, and the way back leads back.
//!
//! They are judged by subtracting boxes, never by walking through two million states, and only
//! when somebody asks: loading a mapping does not pay for them.

mod example;
mod records;
mod show;

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;

use self::example::{Witness, readings};
use super::check;
use super::model::{Allow, Field, Named, Origin, Row};
use super::read::reader::{Place, written};
use super::read::{self, Read};
use super::rules;
use super::table::{Mapping, has_errors};
use crate::diagnostic::{Diagnostic, Report, Severity, Source};
use crate::facet::{Facet, Fulfillment, Stage};
use crate::rule::Rule;
use crate::state::FacetSet;
use crate::text::{Escaped, Span};

/// Checks a mapping file in depth: what [`Mapping::load`] refuses, and all that is probably not
/// what its author meant.
///
/// `base` is the mapping that the file extends, if it extends one.
///
/// ```
/// use order_status::diagnostic::Source;
/// use order_status::mapping::lint;
///
/// let report = lint(Source::new("mine.toml", "schema = 1\nid = \"mine\"\ntitel = \"Mine\""), None);
/// assert!(report.to_string().contains("did you mean `title`?"));
/// ```
pub fn lint(source: Source<'_>, base: Option<&Mapping>) -> Report {
    let Read { document, examples, found, text } =
        read::read(source, base.map(|base| &base.document), true);
    let (mapping, mut found) = Mapping::assemble(document, base, found);
    // What the examples and the laws would say of a file with an error is mostly that error again,
    // in words that lead away from it.
    if let Some(mapping) = mapping.filter(|_| !has_errors(&found) && text.copy().is_none()) {
        let earlier = core::mem::take(&mut found);
        let examples = readings(&mapping, &examples, &mut found);
        if has_errors(&found) {
            found.extend(earlier);
        } else {
            Laws { mapping: &mapping, examples, used: Vec::new() }.check(earlier, &mut found);
        }
    }
    Report::new(source, text.told(found))
}

struct Laws<'m> {
    mapping: &'m Mapping,
    examples: Vec<Witness<'m>>,
    used: Vec<(*const Allow, Cell<bool>)>,
}

impl<'m> Laws<'m> {
    /// Judges the laws. What a file that is extended says was judged with its own examples, which are
    /// not at hand here, so it is only warned of what this file says. `earlier` are warnings that were found while the file was read: they can be
    /// answered in it like any other.
    fn check(mut self, earlier: Vec<Diagnostic>, found: &mut Vec<Diagnostic>) {
        let document = &self.mapping.document;
        let of_fields = document.fields.iter().flat_map(|field| {
            field.allow.iter().chain(field.rows.iter().flat_map(|row| &row.allow))
        });
        self.used = document
            .allow
            .iter()
            .chain(of_fields)
            .map(|allow| (core::ptr::from_ref(allow), Cell::new(false)))
            .collect();
        for warning in earlier {
            match self.row_at(warning.start()) {
                Some((field, row)) => self.warn(found, Some(field), Some(row), warning),
                None => self.warn(found, None, None, warning),
            }
        }
        self.unmarked_records(found);
        for (at, field) in
            document.fields.iter().enumerate().filter(|(_, field)| field.ignored.is_none())
        {
            self.rows(field, found);
            self.near_duplicates(field, found);
            self.padded(field, found);
            match &field.show {
                None if !is_own(field.origin) => {}
                None => self.warn(
                    found,
                    Some(field),
                    None,
                    Diagnostic::new(
                        &rules::MISSING_SHOW,
                        here(field.origin),
                        format!("`{}` has no way back", field.name),
                    )
                    .help(format!(
                        "add [[show]] field = \"{}\" with rows, or with none = \"reason\"",
                        field.name
                    )),
                ),
                Some(show) if show.none.is_none() => self.show(at, field, show, found),
                Some(_) => {}
            }
        }
        self.unused_allows(found);
    }

    fn rows(&self, field: &'m Field, found: &mut Vec<Diagnostic>) {
        let judged = |row: &&Row| row.ignored.is_none() && is_own(row.origin);
        for row in field.rows.iter().filter(judged) {
            let closed = FacetSet::none(Facet::Stage).with(Stage::Closed);
            if field.covers.contains(&Facet::Fulfillment)
                && row.claim.of(Facet::Stage) == closed
                && row.claim.of(Facet::Fulfillment).is_any()
            {
                let message = format!(
                    "`{}` of `{}` is closed and says nothing of the goods",
                    Escaped(row.code()),
                    field.name
                );
                let help = format!(
                    "say which are still possible, such as [\"{}\", \"{}\"]",
                    Fulfillment::Shipped,
                    Fulfillment::NotRequired
                );
                self.warn(
                    found,
                    Some(field),
                    Some(row),
                    Diagnostic::new(
                        &rules::CLOSED_SAYS_NOTHING_OF_GOODS,
                        here_in(row.origin, row.place_of(Facet::Fulfillment)),
                        message,
                    )
                    .help(help),
                );
            }
        }
        let says = |row: &Row| {
            row.ignored.is_some()
                || field.covers.iter().any(|facet| !row.claim.of(*facet).is_any())
                || !row.given.is_empty()
        };
        if field.rows.iter().any(|row| is_own(row.origin)) && !field.rows.iter().any(says) {
            let message = format!("every row of `{}` leaves everything open", field.name);
            self.warn(
                found,
                Some(field),
                None,
                Diagnostic::new(&rules::NOTHING_SAID, here(field.origin), message)
                    .help("claim something, or write `ignored = \"reason\"`"),
            );
        }
    }

    fn near_duplicates(&self, field: &'m Field, found: &mut Vec<Diagnostic>) {
        let folded = |text: &str| {
            text.chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect::<String>()
        };
        // Per folded text, the first spelling and the first one of another code.
        let mut seen: BTreeMap<String, Vec<(&Named, &Row)>> = BTreeMap::new();
        for row in &field.rows {
            for spelling in core::iter::once(&row.code).chain(&row.also) {
                let key = folded(&spelling.name);
                if key.is_empty() {
                    continue;
                }
                let seen = seen.entry(key).or_default();
                if let Some((near, other)) =
                    seen.iter().find(|(_, other)| other.code() != row.code())
                    && (is_own(row.origin) || is_own(other.origin))
                {
                    let message = format!(
                        "`{}` of `{}` differs from `{}` in case or punctuation only",
                        Escaped(&spelling.name),
                        field.name,
                        Escaped(&near.name)
                    );
                    let diagnostic = Diagnostic::new(
                        &rules::NEAR_DUPLICATE_CODE,
                        here_in(row.origin, spelling.span),
                        message,
                    )
                    .also(here_in(other.origin, near.span), "the other one");
                    self.warn(found, Some(field), Some(row), diagnostic.help("remove one, or put it under `also` of the other; if both are official, answer with `allow = { near-duplicate-code = \"why\" }`"));
                }
                if seen.iter().all(|(_, other)| other.code() != row.code()) && seen.len() < 2 {
                    seen.push((spelling, row));
                }
            }
        }
    }

    fn padded(&self, field: &'m Field, found: &mut Vec<Diagnostic>) {
        for row in field.rows.iter().filter(|row| is_own(row.origin)) {
            for spelling in core::iter::once(&row.code).chain(&row.also) {
                let trimmed = spelling.name.trim();
                if trimmed.is_empty() || trimmed.len() == spelling.name.len() {
                    continue;
                }
                let message = format!(
                    "\"{}\" of `{}` has a blank before or behind it",
                    Escaped(&spelling.name),
                    field.name
                );
                let warning = Diagnostic::new(
                    &rules::PADDED_CODE,
                    here_in(row.origin, spelling.span),
                    message,
                )
                .label(format!("expected `{}`", Escaped(trimmed)))
                .help("take the blank out; if the system sends it, answer with `allow = { padded-code = \"why\" }`");
                let fix = written(trimmed, Place::Value);
                self.warn(
                    found,
                    Some(field),
                    Some(row),
                    match fix {
                        Some(fix) => warning.fix(spelling.span, fix),
                        None => warning,
                    },
                );
            }
        }
    }

    /// The row of the file in which a place lies.
    fn row_at(&self, place: usize) -> Option<(&'m Field, &'m Row)> {
        let contains = |row: &&Row| {
            let span = here(row.origin);
            (span.start()..span.end()).contains(&place)
        };
        let mut fields = self.mapping.document.fields.iter();
        fields.find_map(|field| Some((field, field.rows.iter().find(contains)?)))
    }

    /// Reports a warning unless the row, the field or the file answers it.
    fn warn(
        &self,
        found: &mut Vec<Diagnostic>,
        field: Option<&'m Field>,
        row: Option<&'m Row>,
        diagnostic: Diagnostic,
    ) {
        debug_assert_eq!(diagnostic.rule.severity(), Severity::Warning, "errors cannot be allowed");
        let of_row = row.map(|row| row.allow.as_slice()).unwrap_or_default();
        let answered = of_row
            .iter()
            .chain(field.map(|field| field.allow.as_slice()).unwrap_or_default())
            .chain(&self.mapping.document.allow)
            .find(|allow| allows(allow, diagnostic.rule));
        match answered {
            Some(allow) => {
                if let Some((_, used)) =
                    self.used.iter().find(|(known, _)| core::ptr::eq(*known, allow))
                {
                    used.set(true);
                }
            }
            None => found.push(diagnostic),
        }
    }

    fn unused_allows(&self, found: &mut Vec<Diagnostic>) {
        let document = &self.mapping.document;
        let of_fields = document.fields.iter().flat_map(|field| {
            field.allow.iter().chain(field.rows.iter().flat_map(|row| &row.allow))
        });
        for allow in document.allow.iter().chain(of_fields) {
            let used =
                self.used.iter().any(|(known, used)| core::ptr::eq(*known, allow) && used.get());
            if !used && is_own(allow.origin) {
                let name = &allow.rule.name;
                let is_error =
                    rules::named(name).is_some_and(|rule| rule.severity() == Severity::Error);
                let (message, help) = if is_error {
                    (
                        format!("`{name}` is an error and cannot be allowed"),
                        "remove it, and mend what the rule objects to",
                    )
                } else {
                    (format!("`{name}` is allowed here and objects to nothing"), "remove it")
                };
                found.push(
                    Diagnostic::new(&rules::UNUSED_ALLOW, allow.rule.span, message).help(help),
                );
            }
        }
    }
}

fn allows(allow: &Allow, rule: &Rule) -> bool {
    *allow.rule.name == *rule.name()
}

/// Does it stand in the file that is checked, and not in one that it extends?
const fn is_own(origin: Origin) -> bool {
    origin.file == 0
}

fn here(origin: Origin) -> Span {
    here_in(origin, origin.span)
}

fn here_in(origin: Origin, span: Span) -> Span {
    check::place(origin, span)
}
