//! `extends`: a merchant's own file on top of a shipped one, row by row.

use alloc::format;
use alloc::vec::Vec;

use super::boundary::Boundary;
use super::model::{Document, Field, Origin};
use super::read::reader::{Place, written};
use super::rules;
use crate::diagnostic::Diagnostic;
use crate::record::Path;
use crate::text::{Escaped, Span, nearest};

/// Puts a document on the one that it extends. Without `extends` it stands for itself.
pub(super) fn overlay(
    document: Document,
    base: Option<&Document>,
    found: &mut Vec<Diagnostic>,
) -> Option<Document> {
    match (&document.channel.extends, base) {
        (None, _) => Some(document),
        (Some(wanted), Some(base)) if wanted.name == base.channel.id => {
            Some(put_on(document, base.clone()))
        }
        (Some(wanted), _) => {
            let name = Escaped(&wanted.name);
            let message = format!("the file extends `{name}`, and no such mapping is at hand");
            let slip = Diagnostic::new(&rules::UNKNOWN_NAME, wanted.span, message);
            let base = base.map(|base| &*base.channel.id);
            let near = nearest(&wanted.name, base)
                .and_then(|near| Some((near, written(near, Place::Value)?)));
            found.push(match near {
                Some((near, fix)) => {
                    slip.help(format!("did you mean `{near}`?")).fix(wanted.span, fix)
                }
                None => {
                    let help = format!("check the spelling; if `{name}` is a file of your own, name it beside this one, or its folder with `--mappings`");
                    slip.help(match base {
                        Some(_) => help,
                        None => format!("{help}; a program loads it on top of that mapping with `load_extending`"),
                    })
                }
            });
            None
        }
    }
}

fn put_on(top: Document, mut base: Document) -> Document {
    shift_files(&mut base, u8::try_from(top.files.len()).unwrap_or(u8::MAX));
    for fact in top.facts {
        replace(&mut base.facts, fact, |a, b| a.name == b.name);
    }
    for record in top.records {
        replace(&mut base.records, record, |a, b| a.name == b.name);
    }
    for field in top.fields {
        match base.fields.iter_mut().find(|known| known.name == field.name) {
            Some(known) => put_field_on(field, known),
            None => base.fields.push(field),
        }
    }
    base.files.splice(0..0, top.files);
    let boundary = match (top.boundary, base.boundary.take()) {
        (Some(top), Some(base)) => Some(put_boundary_on(top, base)),
        (top, base) => top.or(base),
    };
    Document {
        channel: top.channel,
        names: top.names,
        boundary,
        digest: top.digest.and(base.digest),
        allow: [base.allow, top.allow].concat(),
        ..base
    }
}

fn replace<T>(list: &mut Vec<T>, new: T, same: impl Fn(&T, &T) -> bool) {
    match list.iter_mut().find(|known| same(known, &new)) {
        Some(known) => *known = new,
        None => list.push(new),
    }
}

/// Rows replace all rows of the same code; other keys replace what the base says where they are given.
fn put_field_on(top: Field, base: &mut Field) {
    let replaced: Vec<_> = top.rows.iter().map(|row| row.code.name.clone()).collect();
    let at = base.rows.iter().position(|row| replaced.contains(&row.code.name));
    base.rows.retain(|row| !replaced.contains(&row.code.name));
    let at = at.unwrap_or(base.rows.len()).min(base.rows.len());
    base.rows.splice(at..at, top.rows);
    macro_rules! put {
        ($($key:ident)+) => { $(if !top.$key.is_empty() { base.$key = top.$key; })+ };
    }
    put!(at join strip covers since of of_sum minus);
    macro_rules! put_option {
        ($($key:ident)+) => { $(base.absences.$key = top.absences.$key.or(base.absences.$key);)+ };
    }
    put_option!(absent null empty none);
    base.ignored = top.ignored.or_else(|| base.ignored.take());
    base.show = top.show.or_else(|| base.show.take());
    base.open |= top.open;
    base.allow.extend(top.allow);
}

/// What the top file says replaces what the base says; its settings are asked first.
fn put_boundary_on(top: Boundary, base: Boundary) -> Boundary {
    let or = |top: Vec<Path>, base: Vec<Path>| if top.is_empty() { base } else { top };
    let mut sums = base.sums;
    for sum in top.sums {
        replace(&mut sums, sum, |a, b| a.name == b.name);
    }
    let mut settings = top.settings;
    settings.extend(base.settings);
    Boundary {
        record: if top.record.span == Span::default() { base.record } else { top.record },
        address: top.address.or(base.address),
        payments: if top.payments.is_empty() { base.payments } else { top.payments },
        sums,
        refunded: or(top.refunded, base.refunded),
        settings,
        origin: top.origin,
    }
}

fn shift_files(document: &mut Document, by: u8) {
    let shift = |origin: &mut Origin| origin.file = origin.file.saturating_add(by);
    document.facts.iter_mut().for_each(|fact| shift(&mut fact.origin));
    document.records.iter_mut().for_each(|record| shift(&mut record.origin));
    if let Some(boundary) = &mut document.boundary {
        shift(&mut boundary.origin);
        boundary.payments.iter_mut().for_each(|evidence| shift(&mut evidence.origin));
        boundary.sums.iter_mut().for_each(|sum| shift(&mut sum.origin));
        boundary.settings.iter_mut().for_each(|setting| shift(&mut setting.origin));
    }
    document.allow.iter_mut().for_each(|allow| shift(&mut allow.origin));
    for field in &mut document.fields {
        shift(&mut field.origin);
        field.allow.iter_mut().for_each(|allow| shift(&mut allow.origin));
        for row in &mut field.rows {
            shift(&mut row.origin);
            row.allow.iter_mut().for_each(|allow| shift(&mut allow.origin));
        }
        if let Some(show) = &mut field.show {
            shift(&mut show.origin);
            show.rows.iter_mut().for_each(|row| shift(&mut row.origin));
        }
    }
}
