//! Conditional rows: names resolved, no case twice, no case left out.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::names::known;
use super::place;
use crate::diagnostic::Diagnostic;
use crate::mapping::condition::{Case, Condition, Flaw, NULL, flaws};
use crate::mapping::index::CodeIndex;
use crate::mapping::model::{Document, Field, Named, Origin, Row, When};
use crate::mapping::read::reader::Place;
use crate::mapping::rules;
use crate::mapping::words::FieldKind;
use crate::state::StateSet;
use crate::text::Escaped;

/// Resolves the conditions of all fields.
pub(super) fn resolve(
    document: &Document,
    indexes: &[CodeIndex],
    found: &mut Vec<Diagnostic>,
) -> Vec<Vec<Option<Condition>>> {
    let fields = document.fields.iter().zip(indexes);
    fields
        .map(|(field, index)| {
            if !field.rows.iter().any(Row::is_conditional) && index.groups() == field.rows.len() {
                return Vec::new();
            }
            let resolved: Vec<_> = field
                .rows
                .iter()
                .map(|row| condition(document, indexes, field, row, found))
                .collect();
            let is_sound = |rows: core::ops::Range<usize>| {
                let named = resolved.get(rows.clone()).unwrap_or_default();
                let read = field.rows.get(rows).unwrap_or_default();
                named.iter().all(Result::is_ok) && read.iter().all(|row| row.sound)
            };
            let groups =
                (0..index.groups()).map(|at| index.rows(u16::try_from(at).unwrap_or(u16::MAX)));
            let judged: Vec<_> = groups.filter(|rows| is_sound(rows.clone())).collect();
            let conditions: Vec<_> = resolved.into_iter().map(Result::unwrap_or_default).collect();
            for rows in judged {
                check_group(document, indexes, field, rows, &conditions, found);
            }
            conditions
        })
        .collect()
}

/// A condition names something that is not there; that has been reported, and what cases the row
/// was to take nobody can tell.
pub(super) struct Unresolved;

fn condition(
    document: &Document,
    indexes: &[CodeIndex],
    field: &Field,
    row: &Row,
    found: &mut Vec<Diagnostic>,
) -> Result<Option<Condition>, Unresolved> {
    let Some(when) = &row.when else {
        let otherwise = row.otherwise;
        return Ok(otherwise.then(|| Condition {
            fields: Vec::new(),
            circumstances: StateSet::ANY,
            otherwise,
        }));
    };
    let record = field.record.as_ref().map(|record| &*record.name);
    let named = named(document, indexes, record, when, row.origin, found)?;
    Ok(Some(Condition { otherwise: row.otherwise, ..named }))
}

/// A condition on fields of one record, names resolved.
pub(super) fn named(
    document: &Document,
    indexes: &[CodeIndex],
    record: Option<&str>,
    when: &When,
    origin: Origin,
    found: &mut Vec<Diagnostic>,
) -> Result<Condition, Unresolved> {
    let before = found.len();
    let same_record = |other: &&Field| other.record.as_ref().map(|record| &*record.name) == record;
    let mut fields = Vec::new();
    for (name, codes) in &when.fields {
        let span = place(origin, name.span);
        let names = || document.fields.iter().filter(same_record).map(|field| &*field.name);
        if !known("field of the same record", &name.name, span, Place::Key, names, found) {
            continue;
        }
        let Some(at) =
            document.fields.iter().position(|other| other.name == name.name && same_record(&other))
        else {
            continue;
        };
        let Some((other, index)) = document.fields.get(at).zip(indexes.get(at)) else { continue };
        let bits = codes.iter().map(|code| code_bit(other, index, code, origin, found));
        fields.push((at, bits.fold(0, |mask, bit| mask | bit)));
    }
    if found.len() > before {
        return Err(Unresolved);
    }
    Ok(Condition { fields, circumstances: when.circumstances, otherwise: false })
}

fn code_bit(
    other: &Field,
    index: &CodeIndex,
    code: &Named,
    origin: Origin,
    found: &mut Vec<Diagnostic>,
) -> u128 {
    if let Some((group, ..)) = index.find(&code.name) {
        if group >= 127 {
            let message =
                format!("`{}` has more than 127 codes, too many for a condition", other.name);
            found.push(
                Diagnostic::new(&rules::WRONG_VALUE, place(origin, code.span), message)
                    .help("let the condition ask another field"),
            );
            return 0;
        }
        return 1 << group;
    }
    if &*code.name == "null" {
        return NULL;
    }
    let names = || other.rows.iter().map(Row::code);
    known(
        &format!("code of `{}`", other.name),
        &code.name,
        place(origin, code.span),
        Place::Value,
        names,
        found,
    );
    0
}

/// All codes that a field can have, null included for times, whose only code is `set`.
fn domain(document: &Document, indexes: &[CodeIndex], field: usize) -> u128 {
    let codes = indexes.get(field).map_or(0, CodeIndex::groups).min(127);
    let null = document.fields.get(field).is_some_and(|field| field.kind == FieldKind::Time);
    ((1 << codes) - 1) | if null { NULL } else { 0 }
}

fn check_group(
    document: &Document,
    indexes: &[CodeIndex],
    field: &Field,
    rows: core::ops::Range<usize>,
    conditions: &[Option<Condition>],
    found: &mut Vec<Diagnostic>,
) {
    let (Some(rows), Some(conditions)) = (field.rows.get(rows.clone()), conditions.get(rows))
    else {
        return;
    };
    let Some(first) = rows.first() else { return };
    let code = Escaped(&first.code.name);
    if let [row] = rows {
        if row.is_conditional() && row.otherwise {
            let message = format!("`{code}` of `{}` has `otherwise` and no other row", field.name);
            found.push(
                Diagnostic::new(
                    &rules::UNREACHABLE_ROW,
                    place(row.origin, row.origin.span),
                    message,
                )
                .help("take `otherwise` out, or add the rows that it is the rest of"),
            );
            return;
        }
        if !row.is_conditional() {
            return;
        }
    }
    if let Some(row) = rows.iter().find(|row| !row.is_conditional()) {
        let message = format!(
            "`{code}` of `{}` stands in several rows and this one has no condition",
            field.name
        );
        let other = rows.iter().find(|other| other.origin != row.origin).unwrap_or(first);
        found.push(
            Diagnostic::new(&rules::DUPLICATE_CODE, place(row.origin, row.code.span), message)
                .also(place(other.origin, other.code.span), "also here")
                .help("remove one of them, or give each a `when`; the last may say `otherwise = true`"),
        );
        return;
    }
    for flaw in flaws(conditions, |field| domain(document, indexes, field)) {
        let at = |place_of: usize| {
            rows.get(place_of)
                .map(|row| {
                    place(row.origin, row.when.as_ref().map_or(row.origin.span, |when| when.span))
                })
                .unwrap_or_default()
        };
        found.push(match flaw {
            Flaw::Overlap(a, b, case) => Diagnostic::new(
                &rules::OVERLAPPING_CONDITIONS,
                at(b),
                format!(
                    "two rows of `{code}` of `{}` apply where {}",
                    field.name,
                    spoken(document, indexes, &case)
                ),
            )
            .also(at(a), "the other one")
            .help("make the conditions exclude each other"),
            Flaw::Gap(case) => Diagnostic::new(
                &rules::INCOMPLETE_CONDITIONS,
                at(0),
                format!(
                    "no row of `{code}` of `{}` applies where {}",
                    field.name,
                    spoken(document, indexes, &case)
                ),
            )
            .help("add a row for the rest: `otherwise = true`"),
            Flaw::Idle(row) => Diagnostic::new(
                &rules::UNREACHABLE_ROW,
                at(row),
                format!(
                    "the other rows of `{code}` of `{}` leave nothing for `otherwise`",
                    field.name
                ),
            )
            .help("remove the row"),
        });
    }
}

/// A case in the words of the file: `method is "cod" and terms=on_delivery`.
fn spoken(document: &Document, indexes: &[CodeIndex], case: &Case) -> String {
    let fields = case.fields.iter().filter_map(|(at, code)| {
        let (field, index) = document.fields.get(*at).zip(indexes.get(*at))?;
        let code = match code {
            Some(group) => {
                let rows = index.rows(*group);
                format!("\"{}\"", Escaped(field.rows.get(rows.start)?.code()))
            }
            None => "null".into(),
        };
        Some(format!("`{}` is {code}", Escaped(&field.name)))
    });
    let circumstances =
        (case.circumstances != StateSet::ANY).then(|| case.circumstances.to_string());
    fields.chain(circumstances).collect::<Vec<_>>().join(" and ")
}
