//! Examples read, and compared with what they say they must give.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::Diagnostic;
use crate::facet::{Facet, Kind};
use crate::mapping::model::{Field, RecordKind, Row};
use crate::mapping::read::Example;
use crate::mapping::read::reader::Place;
use crate::mapping::table::Mapping;
use crate::mapping::{check, rules};
use crate::reading::{Known, Native, Reading};
use crate::state::StateSet;
use crate::text::Escaped;

/// So many paths are named where nothing was found.
const LOOKED_FOR: usize = 6;

/// What an example's record says, for the rows that it used.
pub(super) struct Witness<'m> {
    pub(super) rows: Vec<(&'m Field, &'m Row)>,
    pub(super) claim: StateSet,
    pub(super) parts: Vec<StateSet>,
}

pub(super) fn readings<'m>(
    mapping: &'m Mapping,
    examples: &[Example],
    found: &mut Vec<Diagnostic>,
) -> Vec<Witness<'m>> {
    examples.iter().filter_map(|example| read_example(mapping, example, found)).collect()
}

/// Reads an example and compares it with what it says it must give.
fn read_example<'m>(
    mapping: &'m Mapping,
    example: &Example,
    found: &mut Vec<Diagnostic>,
) -> Option<Witness<'m>> {
    let name = Escaped(&example.name);
    if !names_are_known(mapping, example, found) {
        return None;
    }
    let kind = match &example.of {
        Some(of) => mapping.record(&of.name),
        None => mapping.recognise(&example.record),
    };
    let Some(kind) = kind else {
        let known: Vec<_> = mapping.records().iter().map(RecordKind::name).collect();
        found.push(
            failing(
                example,
                format!("the payload of the example \"{name}\" is recognised as no record"),
            )
            .help(if known.is_empty() {
                "add a [[record]] that says what the system sends".into()
            } else {
                format!("name its record: `of = \"...\"`, one of {}", known.join(", "))
            }),
        );
        return None;
    };
    let known = example.complete.iter().fold(
        Known::new().circumstances(example.circumstances),
        |known, kind| {
            // A kind that does not lie in the example's record comes on its own: there is none.
            let nested = mapping.record(&kind.name).is_some_and(|kind| kind.within.is_some());
            if nested { known.complete(&kind.name) } else { known.none(&kind.name) }
        },
    );
    let reading = mapping.read(kind, &example.record, &known);
    contradictions(example, &reading, found);
    claim(mapping, example, &reading, found);
    rows_that_are_missing(example, &reading, found);
    let rows =
        reading.natives.iter().filter_map(|native| Some((native.field, native.row()?))).collect();
    let parts = reading.natives.iter().map(|native| native.claim.states).collect();
    // Where it contradicts itself it shows that any state is possible beside these words.
    let contested = reading.contradictions.iter().flat_map(|found| found.facets.iter().copied());
    Some(Witness { rows, claim: reading.claim.states.forget(contested), parts })
}

fn failing(example: &Example, message: String) -> Diagnostic {
    Diagnostic::new(&rules::FAILING_EXAMPLE, example.span, message)
}

/// The same with what led to it.
fn failing_by(example: &Example, message: String, values: &[String]) -> Diagnostic {
    let help = "mend the row or the example, whichever is wrong; ";
    failing(example, message).help(format!("{help}it reads {}", values.join("; ")))
}

/// Where the fields of a record were looked for, if nothing was found at all.
fn looked_for(mapping: &Mapping, kind: &RecordKind) -> String {
    let of_kind =
        |field: &&Field| mapping.record_of(field).is_some_and(|known| known.name() == kind.name());
    let places: Vec<_> = mapping
        .fields()
        .iter()
        .filter(of_kind)
        .flat_map(|field| field.at.iter().chain(&field.join))
        .map(|path| format!("`{path}`"))
        .collect();
    let (shown, more) = places.split_at(places.len().min(LOOKED_FOR));
    let more = if more.is_empty() { "" } else { ", ..." };
    if places.is_empty() {
        return format!("no field is read from `{}`", kind.name());
    }
    format!("nothing was found at {}{more}", shown.join(", "))
}

/// The payload contradicts itself in what the example says, and in nothing else.
fn contradictions(example: &Example, reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let name = Escaped(&example.name);
    let mut facets: Vec<_> =
        reading.contradictions.iter().flat_map(|found| found.facets.iter().copied()).collect();
    facets.sort_unstable();
    facets.dedup();
    let mut wanted = example.contradicts.clone();
    wanted.sort_unstable();
    if facets != wanted {
        let list = |facets: &[Facet]| {
            if facets.is_empty() {
                String::from("nothing")
            } else {
                facets.iter().map(|facet| facet.as_str()).collect::<Vec<_>>().join(", ")
            }
        };
        let message = format!(
            "the example \"{name}\" contradicts itself in {}, expected {}",
            list(&facets),
            list(&wanted)
        );
        let values: Vec<_> = reading
            .natives
            .iter()
            .filter(|native| facets.iter().any(|facet| native.says(*facet)))
            .map(spoken)
            .collect();
        found.push(failing_by(example, message, &values));
    }
}

/// The claim is exactly the example's, if it states one.
fn claim(mapping: &Mapping, example: &Example, reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let name = Escaped(&example.name);
    if let Some(claim) = example.claim {
        // Circumstances count where the example states them.
        let stated: Vec<_> = Facet::ALL
            .into_iter()
            .filter(|facet| facet.kind() != Kind::Circumstance || !claim.of(*facet).is_any())
            .collect();
        let (read, wanted) = (reading.claim.states.only(&stated), claim.tightened());
        if read != wanted {
            let differing =
                Facet::ALL.into_iter().filter(|facet| read.of(*facet) != wanted.of(*facet));
            let parts: Vec<_> = differing
                .map(|facet| {
                    format!("{facet} is {}, expected {}", read.of(facet), wanted.of(facet))
                })
                .collect();
            let values: Vec<_> = reading
                .natives
                .iter()
                .filter(|native| !native.claim.states.known_facets().collect::<Vec<_>>().is_empty())
                .map(spoken)
                .collect();
            let message = format!("the example \"{name}\" reads otherwise: {}", parts.join("; "));
            if values.is_empty() {
                let looked_for = looked_for(mapping, reading.record);
                found.push(failing(example, message).help(format!(
                    "{looked_for}; look for a slip in the payload's keys or in the fields' paths"
                )));
            } else {
                found.push(failing_by(example, message, &values));
            }
        }
    }
}

/// Values without a row are those that the example names.
fn rows_that_are_missing(example: &Example, reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let name = Escaped(&example.name);
    let unmapped: Vec<_> = reading.unmapped().map(|native| native.field.name()).collect();
    for field in example.unmapped.iter().filter(|field| !unmapped.contains(&&*field.name)) {
        let message = format!(
            "`{}` of the example \"{name}\" has a row for its value, expected none",
            field.name
        );
        found.push(failing(example, message).help("take the field out of `unmapped`"));
    }
    for native in reading
        .unmapped()
        .filter(|native| !example.unmapped.iter().any(|field| *field.name == *native.field.name()))
    {
        let raw = native.raw.as_ref().map_or_else(String::new, |raw| format!(" `{raw}`"));
        let message = format!(
            "`{}` of the example \"{name}\" has a value{raw} that no row stands for",
            native.field.name()
        );
        let help = format!(
            "add a row, or say that there is none: unmapped = [\"{}\"]",
            native.field.name()
        );
        found.push(failing(example, message).help(help));
    }
}

/// The records and fields that an example names are there.
fn names_are_known(mapping: &Mapping, example: &Example, found: &mut Vec<Diagnostic>) -> bool {
    let before = found.len();
    let records = || mapping.records().iter().map(RecordKind::name);
    for record in example.of.iter().chain(&example.complete) {
        check::known("record", &record.name, record.span, Place::Value, records, found);
    }
    let fields = || mapping.fields().iter().map(Field::name);
    for field in &example.unmapped {
        check::known("field", &field.name, field.span, Place::Value, fields, found);
    }
    found.len() == before
}

fn spoken(native: &Native<'_>) -> String {
    let raw = native
        .raw
        .as_ref()
        .map_or_else(|| String::from(native.resolution.as_str()), |raw| format!("`{raw}`"));
    format!("{} {raw}: {}", native.field.name(), native.claim.states)
}
