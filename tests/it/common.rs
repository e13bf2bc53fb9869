//! Small mappings and payloads for tests, written so that a test line reads as a sentence.

use std::collections::BTreeSet;

use order_status::diagnostic::Source;
use order_status::facet::{Facet, State};
use order_status::mapping::{Absence, Field, Level, Mapping, RecordKind, Role};
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

/// The mappings of the tree.
pub(crate) fn shipped() -> Vec<Mapping> {
    crate::channels::ids().iter().map(|id| crate::channels::load(id)).collect()
}

/// Does the state of a whole order decide this field? Of gateways and carriers the payment and the
/// shipment stand for the order.
pub(crate) fn speaks_for_the_order(mapping: &Mapping, field: &Field) -> bool {
    let level = match mapping.channel().role() {
        Role::Gateway => Level::Payment,
        Role::Carrier => Level::Shipment,
        Role::Storefront | Role::Marketplace | Role::Erp | Role::Wms => Level::Order,
    };
    field.ignored().is_none() && (field.level() == Level::Order || field.level() == level)
}

/// What the rows and absences of a field claim, with the facts of the merchant and without.
pub(crate) fn claims_of(field: &Field) -> impl Iterator<Item = StateSet> {
    let rows = field.rows().iter().filter(|row| row.ignored().is_none()).flat_map(|row| {
        let narrowed = row.given().map(|(_, given)| row.claim() & given);
        core::iter::once(row.claim()).chain(narrowed)
    });
    Absence::ALL.iter().filter_map(|absence| field.absence(*absence)).chain(rows)
}

/// Every claim that the rows and absences of a mapping make, each once.
pub(crate) fn claims(mapping: &Mapping) -> BTreeSet<StateSet> {
    mapping.fields().iter().flat_map(claims_of).collect()
}

/// What the examples of a mapping file are read to say of their orders, in the order of the file.
pub(crate) fn claims_of_examples(mapping: &Mapping, text: &str) -> Vec<StateSet> {
    let file: Value = toml::from_str(text).unwrap();
    let list = |example: &Value, key: &str| -> Vec<String> {
        let texts = example.get(key).and_then(Value::as_array).into_iter().flatten();
        texts.map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    let examples = file["example"].as_array().unwrap().iter();
    let claim = |example: &Value| {
        let mut record = example["record"].clone();
        for path in list(example, "null") {
            let pointer = path.replace('[', "/").replace(']', "").replace('.', "/");
            let at = pointer.split('/').fold(&mut record, |at, key| match key.parse::<usize>() {
                Ok(index) if at.is_array() => &mut at[index],
                _ => &mut at[key],
            });
            *at = Value::Null;
        }
        let told = example.get("circumstances").and_then(Value::as_object).into_iter().flatten();
        let told = told.fold(StateSet::ANY, |set, (facet, state)| {
            let facet: Facet = facet.parse().unwrap();
            state.as_str().map_or(set, |state| set.with(State::parse(facet, state).unwrap()))
        });
        let known = list(example, "complete").iter().fold(
            Known::new().circumstances(told),
            |known, kind| match mapping.record(kind).and_then(RecordKind::within) {
                Some(_) => known.complete(kind),
                None => known.none(kind),
            },
        );
        let kind = match example.get("of") {
            Some(of) => mapping.record(of.as_str().unwrap()),
            None => mapping.recognise(&record),
        };
        let claim = mapping.read(kind.unwrap(), &record, &known).claim_of_the_order();
        [claim.states, claim.certain]
    };
    examples.flat_map(claim).collect()
}
