//! `[boundary]`: its records are there, its conditions name what is there.

use alloc::format;
use alloc::vec::Vec;

use super::conditions::named;
use super::names::known_record;
use super::place;
use crate::diagnostic::Diagnostic;
use crate::mapping::boundary::Boundary;
use crate::mapping::condition::Condition;
use crate::mapping::index::CodeIndex;
use crate::mapping::model::{Document, Named, Origin, When};
use crate::mapping::rules;
use crate::mapping::words::Level;

/// Checks the table and resolves the names in its conditions.
pub(super) fn check(document: &mut Document, indexes: &[CodeIndex], found: &mut Vec<Diagnostic>) {
    let Some(mut boundary) = document.boundary.take() else { return };
    if known_record(document, &boundary.record, boundary.origin, found) {
        speaks_of_orders(document, &boundary, found);
        resolve(document, indexes, &mut boundary, found);
    }
    document.boundary = Some(boundary);
}

fn speaks_of_orders(document: &Document, boundary: &Boundary, found: &mut Vec<Diagnostic>) {
    let kind = document.records.iter().find(|kind| kind.name == boundary.record.name);
    let Some(kind) = kind.filter(|kind| kind.sound && kind.level != Level::Order) else { return };
    let message = format!(
        "the boundary checks orders, and `{}` is a record at level {}",
        kind.name, kind.level
    );
    found.push(
        Diagnostic::new(
            &rules::MIXED_LEVELS,
            place(boundary.origin, boundary.record.span),
            message,
        )
        .help("name the record that stands for a whole order"),
    );
}

fn resolve(
    document: &Document,
    indexes: &[CodeIndex],
    boundary: &mut Boundary,
    found: &mut Vec<Diagnostic>,
) {
    // A file with one record need not name it in its fields.
    let is_only = document.records.len() == 1;
    let mut condition = |record: &Named, when: &Option<When>, origin: Origin| {
        let own = document.fields.iter().any(|field| field.record.is_some());
        let record = (!is_only || own).then_some(&*record.name);
        let when = when.as_ref()?;
        named(document, indexes, record, when, origin, found).ok()
    };
    for setting in &mut boundary.settings {
        setting.conditions.when = condition(&boundary.record, &setting.when, setting.origin);
        setting.conditions.only = condition(&boundary.record, &setting.only, setting.origin);
    }
    let mut conditions: Vec<Option<Condition>> = Vec::new();
    for evidence in &boundary.payments {
        conditions.push(condition(&evidence.record, &evidence.when, evidence.origin));
    }
    for (evidence, condition) in boundary.payments.iter_mut().zip(conditions) {
        evidence.condition = condition;
    }
    for evidence in &boundary.payments {
        known_record(document, &evidence.record, evidence.origin, found);
    }
}
