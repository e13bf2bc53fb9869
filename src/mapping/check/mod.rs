//! What must hold before a document may be used. One function per question; all of them answer.

mod conditions;
mod names;
mod rows;
mod show;

pub(super) use self::names::known;
use alloc::vec::Vec;

use super::index::CodeIndex;
use super::model::{Document, Origin};
use super::rules;
use super::table::Compiled;
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;
use crate::state::StateSet;
use crate::text::{Escaped, Span};

/// Checks a document and computes what reading records needs.
pub(super) fn compile(document: &mut Document, found: &mut Vec<Diagnostic>) -> Compiled {
    names::check(document, found);
    rows::check(document, found);
    let mut compiled = Compiled::default();
    for field in &mut document.fields {
        let (index, collisions) = CodeIndex::build(field);
        for collision in collisions {
            let rule: &'static Rule =
                if collision.same_text { &rules::DUPLICATE_CODE } else { &rules::COLLIDING_CODES };
            let (what, help) = if collision.same_text {
                (
                    "stands here for the second time",
                    "keep one of them; where it depends on something, a code has several rows, each with a `when`",
                )
            } else {
                (
                    "is the same as an earlier spelling once letter case is folded",
                    "keep one of them: it stands for every spelling",
                )
            };
            let message =
                alloc::format!("`{}` of `{}` {what}", Escaped(&collision.spelling), field.name);
            let here = place(field.origin, collision.second);
            found.push(
                Diagnostic::new(rule, here, message).also(collision.first, "first here").help(help),
            );
        }
        compiled.indexes.push(index);
    }
    compiled.conditions = conditions::resolve(document, &compiled.indexes, found);
    compiled.asks_for_circumstances = compiled
        .conditions
        .iter()
        .flatten()
        .flatten()
        .any(|condition| condition.circumstances != StateSet::ANY);
    show::check(document, &compiled.indexes, found);
    link(document, &mut compiled);
    compiled
}

/// Which fields are read from which record, and which records lie in which.
fn link(document: &Document, compiled: &mut Compiled) {
    for kind in &document.records {
        let is_only = document.records.len() == 1;
        let fields = document.fields.iter().enumerate();
        let mine = fields.filter(|(_, field)| {
            field.record.as_ref().map_or(is_only, |record| record.name == kind.name)
        });
        compiled.fields_of.push(mine.map(|(at, _)| at).collect());
        let records = document.records.iter().enumerate();
        let nested = records.filter(|(_, inner)| {
            inner.within.as_ref().is_some_and(|within| within.record.name == kind.name)
        });
        compiled.nested_in.push(nested.map(|(at, _)| at).collect());
    }
}

/// A place, if it is in the file that is being checked and not in one that it extends.
pub(super) fn place(origin: Origin, span: Span) -> Span {
    if origin.file == 0 { span } else { Span::default() }
}
