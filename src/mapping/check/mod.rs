//! What must hold before a document may be used. One function per question; all of them answer.

mod boundary;
mod conditions;
mod names;
mod rows;
mod show;

pub(super) use self::names::known;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::condition::Condition;
use super::index::CodeIndex;
use super::model::{Document, Field, Origin, RecordKind};
use super::rules;
use super::table::{Compiled, Contents, Layout, has_errors};
use super::words::Absence;
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
    let asks = |condition: &Condition| condition.circumstances != StateSet::ANY;
    compiled.asks =
        compiled.conditions.iter().map(|rows| rows.iter().flatten().any(asks)).collect();
    boundary::check(document, &compiled.indexes, found);
    show::check(document, &compiled.indexes, found);
    // Whatever has an error is not read from.
    if !has_errors(found) {
        compiled.layouts = layouts(document);
    }
    compiled
}

/// Which fields are read from which record, which records lie in which, and which of all these tell
/// circumstances.
fn layouts(document: &Document) -> Vec<Layout> {
    let all = contents(document);
    let tells = |at: &usize| document.fields.get(*at).is_some_and(Field::tells_circumstances);
    let mut telling: Vec<bool> = all.iter().map(|all| all.fields.iter().any(tells)).collect();
    // A kind tells, too, what the kinds in it tell; each round goes one level up.
    for _ in &all {
        let tells = |kind: &usize| telling.get(*kind).is_some_and(|tells| *tells);
        telling = all
            .iter()
            .enumerate()
            .map(|(kind, all)| tells(&kind) || all.nested.iter().any(tells))
            .collect();
    }
    let nested_tells = |kind: &usize| telling.get(*kind).is_some_and(|tells| *tells);
    all.into_iter()
        .map(|all| Layout {
            telling: Contents {
                fields: all.fields.iter().copied().filter(tells).collect(),
                nested: all.nested.iter().copied().filter(nested_tells).collect(),
            },
            none: all
                .fields
                .iter()
                .filter_map(|at| document.fields.get(*at)?.absence(Absence::None))
                .fold(StateSet::ANY, |claim, none| claim & none),
            all,
        })
        .collect()
}

fn contents(document: &Document) -> Vec<Contents> {
    let is_only = document.records.len() == 1;
    let mut fields: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for (at, field) in document.fields.iter().enumerate() {
        fields.entry(field.record.as_ref().map(|record| &*record.name)).or_default().push(at);
    }
    let mut nested: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, inner) in document.records.iter().enumerate() {
        if let Some(within) = &inner.within {
            nested.entry(&within.record.name).or_default().push(at);
        }
    }
    let of_kind = |kind: &RecordKind| {
        let mut mine = fields.get(&Some(&*kind.name)).cloned().unwrap_or_default();
        if is_only {
            mine.extend(fields.get(&None).into_iter().flatten());
            mine.sort_unstable();
        }
        let nested = nested.get(&*kind.name).cloned().unwrap_or_default();
        Contents { fields: mine, nested }
    };
    document.records.iter().map(of_kind).collect()
}

/// A place, if it is in the file that is being checked and not in one that it extends.
pub(super) fn place(origin: Origin, span: Span) -> Span {
    if origin.file == 0 { span } else { Span::default() }
}
