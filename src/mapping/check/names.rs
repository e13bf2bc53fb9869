//! Names: each defined once, and every name that is used is defined.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

use super::place;
use crate::diagnostic::Diagnostic;
use crate::facet::Facet;
use crate::mapping::model::{Document, Named, Origin, RecordKind};
use crate::mapping::read::reader::{Place, written};
use crate::mapping::rules;
use crate::mapping::words::Level;
use crate::text::{Escaped, Span, nearest};

pub(super) fn check(document: &Document, found: &mut Vec<Diagnostic>) {
    unique("record", document.records.iter().map(|record| (&record.name, record.origin)), found);
    unique("field", document.fields.iter().map(|field| (&field.name, field.origin)), found);
    for record in &document.records {
        for link in [&record.within, &record.parent].into_iter().flatten() {
            known_record(document, &link.record, record.origin, found);
        }
    }
    for field in &document.fields {
        match &field.record {
            Some(record) if known_record(document, record, field.origin, found) => {
                let kind = document.records.iter().find(|kind| kind.name == record.name);
                let both_known = |kind: &&RecordKind| kind.sound && field.level_is_known;
                if let Some(kind) = kind.filter(both_known).filter(|kind| kind.level != field.level)
                {
                    let message = format!(
                        "`{}` is at level {}, its record `{}` at level {}",
                        field.name, field.level, kind.name, kind.level
                    );
                    found.push(
                        Diagnostic::new(
                            &rules::MIXED_LEVELS,
                            place(field.origin, record.span),
                            message,
                        )
                        .help(format!(
                            "write `level = \"{}\"`, or name another record",
                            kind.level
                        )),
                    );
                }
            }
            Some(_) => {}
            None if document.records.len() > 1 => {
                let message = format!("`{}` does not say in which record it is found", field.name);
                let names: Vec<_> = document.records.iter().map(|kind| &*kind.name).collect();
                found.push(
                    Diagnostic::new(
                        &rules::MISSING_KEY,
                        place(field.origin, field.origin.span),
                        message,
                    )
                    .help(format!("add `record = \"...\"`, one of {}", names.join(", "))),
                );
            }
            None => {}
        }
        if field.level_is_known
            && field.level != Level::Order
            && field.covers.contains(&Facet::Stage)
        {
            let message = format!("`{}` covers `stage` at level {}", field.name, field.level);
            found.push(
                Diagnostic::new(
                    &rules::STAGE_BELOW_ORDER,
                    place(field.origin, field.origin.span),
                    message,
                )
                .help("only the order has a place on the desk: take `stage` out of `covers`"),
            );
        }
    }
}

fn unique<'a>(
    what: &str,
    names: impl Iterator<Item = (&'a Box<str>, Origin)>,
    found: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<&str, Origin> = BTreeMap::new();
    for (name, origin) in names {
        if let Some(first) = seen.get(&**name) {
            let message = format!("a second {what} has the name `{}`", Escaped(name));
            let here = place(origin, origin.span);
            found.push(
                Diagnostic::new(&rules::DUPLICATE_NAME, here, message)
                    .also(place(*first, first.span), "first here")
                    .help("give each a name of its own"),
            );
        }
        seen.entry(name).or_insert(origin);
    }
}

pub(super) fn known_record(
    document: &Document,
    record: &Named,
    origin: Origin,
    found: &mut Vec<Diagnostic>,
) -> bool {
    let names = || document.records.iter().map(|kind| &*kind.name);
    known("record", &record.name, place(origin, record.span), Place::Value, names, found)
}

/// Reports a name that nothing has; tells whether something has it.
pub(in crate::mapping) fn known<'a, I: Iterator<Item = &'a str>>(
    what: &str,
    name: &str,
    span: Span,
    written_as: Place,
    names: impl Fn() -> I,
    found: &mut Vec<Diagnostic>,
) -> bool {
    if names().any(|known| known == name) {
        return true;
    }
    let mut diagnostic = Diagnostic::new(
        &rules::UNKNOWN_NAME,
        span,
        format!("no {what} has the name `{}`", Escaped(name)),
    );
    let list = names().collect::<Vec<_>>().join(", ");
    diagnostic = match nearest(name, names()) {
        Some(near) => {
            let diagnostic = diagnostic.help(format!("did you mean `{}`?", Escaped(near)));
            // There is nothing to replace where the name stands in another file.
            match written(near, written_as).filter(|_| span != Span::default()) {
                Some(fix) => diagnostic.fix(span, fix),
                None => diagnostic,
            }
        }
        None if list.is_empty() => {
            diagnostic.help(format!("there is no {what} at all: add it, or take the name out"))
        }
        None => diagnostic.help(format!("known: {list}")),
    };
    found.push(diagnostic);
    false
}
