//! Lines: each with an id of its own, an article, and a quantity that can be sent.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::money::{amount, line_kinds};
use super::{Input, Place, elements, taken, text};
use crate::boundary::rules;
use crate::boundary::ticket::Violation;
use crate::mapping::RecordKind;
use crate::record::{Decimal, Path, Record};

pub(super) fn check(input: &Input<'_, '_>, found: &mut Vec<Violation>) {
    for kind in line_kinds(input) {
        let Some(link) = &kind.within else { continue };
        let list = taken(&link.at, input.record);
        let lines = elements(&link.at, input.record).unwrap_or_default();
        for (at, line) in lines.iter().enumerate() {
            of_line(kind, *line, Place { list: Some((list, at)) }, found);
        }
        twice(kind, &lines, list, found);
    }
}

fn of_line(kind: &RecordKind, line: &dyn Record, place: Place<'_>, found: &mut Vec<Violation>) {
    let at = |paths: &[Path]| place.of(paths, line);
    if let Some(quantity) = amount(&kind.quantity, line, place, found) {
        let broken = if quantity.is_zero() {
            Some((&rules::ZERO_QUANTITY, "the line is of no piece"))
        } else if quantity < Decimal::ZERO {
            Some((&rules::NEGATIVE_QUANTITY, "the line is of less than no piece"))
        } else {
            None
        };
        if let Some((rule, message)) = broken {
            found.push(Violation::new(rule, message).at(at(&kind.quantity)).correct());
        }
    }
    for paths in [&kind.price, &kind.amount] {
        if amount(paths, line, place, found).is_some_and(|amount| amount < Decimal::ZERO) {
            let violation =
                Violation::new(&rules::NEGATIVE_AMOUNT, "the line costs less than nothing");
            found.push(violation.at(at(paths)).correct());
        }
    }
    if !kind.sku.is_empty() && text(&kind.sku, line).is_none() {
        let violation = Violation::new(&rules::MISSING_SKU, "the line names no article");
        found.push(violation.at(at(&kind.sku)).correct());
    }
}

fn twice(kind: &RecordKind, lines: &[&dyn Record], list: &str, found: &mut Vec<Violation>) {
    let mut seen = BTreeSet::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(id) = text(&kind.id, *line) else { continue };
        if !seen.insert(id) {
            let message = "an earlier line has the same id";
            let path = Place { list: Some((list, at)) }.of(&kind.id, *line);
            found.push(Violation::new(&rules::DUPLICATE_LINE_ID, message).at(path).correct());
        }
    }
}
