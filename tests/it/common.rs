//! Small mappings and payloads for tests, written so that a test line reads as a sentence.

use order_status::diagnostic::Source;
use order_status::facet::Facet;
use order_status::mapping::Mapping;
use order_status::reading::{Known, Reading};
use order_status::state::{FacetSet, StateSet};
use serde_json::Value;

const HEAD: &str = r#"
schema = 1
id = "small"
title = "Small"
role = "storefront"
api = "none"
read = 2026-11-23
sources = ["this test"]
"#;

/// Loads a mapping that says nothing but what a test needs.
#[track_caller]
pub(crate) fn mapping(records_and_fields: &str) -> Mapping {
    let text = format!("{HEAD}{records_and_fields}");
    match Mapping::load(Source::new("small.toml", &text)) {
        Ok(mapping) => mapping,
        Err(report) => panic!("{report}{text}"),
    }
}

/// Reads a payload of the mapping's first record kind.
pub(crate) fn read<'m>(mapping: &'m Mapping, payload: &Value) -> Reading<'m> {
    read_knowing(mapping, payload, &Known::new())
}

pub(crate) fn read_knowing<'m>(
    mapping: &'m Mapping,
    payload: &Value,
    known: &Known,
) -> Reading<'m> {
    mapping.read(&mapping.records()[0], payload, known)
}

/// Every order of a short list.
pub(crate) fn permutations<T: Clone>(list: &[T]) -> Vec<Vec<T>> {
    let [first, rest @ ..] = list else { return vec![Vec::new()] };
    permutations(rest)
        .into_iter()
        .flat_map(|rest| {
            (0..=rest.len()).map(move |at| {
                let mut all = rest.clone();
                all.insert(at, first.clone());
                all
            })
        })
        .collect()
}

/// The set of one facet that a box prints as `facet=...`.
pub(crate) fn set(facet: Facet, bits: u8) -> FacetSet {
    facet
        .states()
        .filter(|state| bits & (1 << state.index()) != 0)
        .fold(FacetSet::none(facet), FacetSet::with)
}

/// The shipped mappings.
pub(crate) fn shipped() -> Vec<Mapping> {
    let load = |source: &Source<'static>| match Mapping::load(*source) {
        Ok(mapping) => mapping,
        Err(report) => panic!("{report}"),
    };
    order_status::builtin::ALL.iter().map(load).collect()
}

/// Every claim that the rows and absences of a mapping make, each once.
pub(crate) fn claims(mapping: &Mapping) -> Vec<StateSet> {
    use order_status::mapping::Absence;

    let of_field = |field: &order_status::mapping::Field| {
        let absences = [Absence::Absent, Absence::Null, Absence::Empty, Absence::None];
        let rows = field.rows().iter().filter(|row| row.ignored().is_none()).flat_map(|row| {
            let narrowed = row.given().map(|(_, given)| row.claim() & given);
            core::iter::once(row.claim()).chain(narrowed).collect::<Vec<_>>()
        });
        absences
            .into_iter()
            .filter_map(|absence| field.absence(absence))
            .chain(rows)
            .collect::<Vec<_>>()
    };
    let mut claims: Vec<_> = mapping.fields().iter().flat_map(of_field).collect();
    claims.sort();
    claims.dedup();
    claims
}
