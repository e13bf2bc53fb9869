//! Native values and the records that they stand in, as every command tells them.

use std::path::Path;

use order_status::facet::{Kind, State};
use order_status::mapping::{Mapping, RecordKind, Resolution, Row};
use order_status::reading::{Known, Native, RawStatus, Reading};
use order_status::record::Record;
use order_status::state::StateSet;
use serde::Serialize;
use serde_json::Value;

use crate::args::Records;
use crate::catalogue::{self, place};
use crate::input::{self, Empty, Entry, Payload, Tally};
use crate::output::{Count, Outcome, note, printable, quoted};
use crate::recognise::{Silent, tell_columns};

/// One native value and what became of it.
#[derive(Clone, Serialize)]
pub(crate) struct NativeEntry<'a> {
    record: &'a str,
    part: Option<&'a str>,
    field: &'a str,
    raw: Option<&'a str>,
    result: &'static str,
    pub(crate) claim: Option<StateSet>,
    pub(crate) at: Option<String>,
}

impl<'a> NativeEntry<'a> {
    pub(crate) fn new(from: &Mapping, native: &'a Native<'_>) -> Self {
        let claims = match native.resolution {
            Resolution::Mapped(_) => true,
            Resolution::Missing(_) => native.claim.states != StateSet::ANY,
            Resolution::Unmapped { .. }
            | Resolution::Ignored(_)
            | Resolution::Unreadable { .. } => false,
        };
        let origin = native.row().map_or(native.field.origin(), Row::origin);
        Self {
            record: native.record.name(),
            part: native.part.as_deref(),
            field: native.field.name(),
            raw: native.raw.as_ref().map(RawStatus::as_str),
            result: native.resolution.as_str(),
            claim: claims.then_some(native.claim.states),
            at: claims.then(|| place(from, origin)),
        }
    }

    /// Where it stands, for people.
    pub(crate) fn place(&self) -> String {
        spot(self.record, self.part, self.field)
    }

    /// What stands there, for people.
    pub(crate) fn value(&self) -> String {
        self.raw.map_or_else(|| "(nothing)".into(), quoted)
    }

    /// What it claims, or why it claims nothing, for people.
    pub(crate) fn meaning(&self) -> String {
        self.claim.map_or_else(|| self.result.into(), states)
    }
}

/// A value that no row stands for, or whose shape no status can have.
#[derive(Serialize)]
pub(crate) struct Unmapped<'a> {
    record: &'a str,
    part: Option<&'a str>,
    field: &'a str,
    raw: Option<&'a str>,
    nearest: Option<&'a str>,
    /// What stands there instead of a status: an object, a list.
    found: Option<&'static str>,
}

impl<'a> Unmapped<'a> {
    pub(crate) fn new(native: &'a Native<'_>) -> Self {
        let (nearest, found) = match native.resolution {
            Resolution::Unmapped { nearest } => (nearest, None),
            Resolution::Unreadable { found } => (None, Some(found)),
            Resolution::Mapped(_) | Resolution::Missing(_) | Resolution::Ignored(_) => (None, None),
        };
        Self {
            record: native.record.name(),
            part: native.part.as_deref(),
            field: native.field.name(),
            raw: native.raw.as_ref().map(RawStatus::as_str),
            nearest,
            found,
        }
    }

    /// In one line, for people.
    pub(crate) fn told(&self) -> String {
        let place = spot(self.record, self.part, self.field);
        let raw = self.raw.map(quoted).or_else(|| self.found.map(Into::into)).unwrap_or_default();
        let meant = self.nearest.map(|code| format!("; did you mean {}?", quoted(code)));
        format!("{place} {raw}{}", meant.unwrap_or_default())
    }
}

/// A claim for people; what lies side by side is written as mapping files write it: `first..last`.
/// Circumstances have no order.
pub(crate) fn states(claim: StateSet) -> String {
    let facets = claim.known_facets().map(|facet| {
        let is_ordered = facet.kind() != Kind::Circumstance;
        let mut runs: Vec<Vec<State>> = Vec::new();
        for state in claim.of(facet).iter() {
            match runs.last_mut() {
                Some(run)
                    if is_ordered
                        && run.last().is_some_and(|last| last.index() + 1 == state.index()) =>
                {
                    run.push(state);
                }
                _ => runs.push(vec![state]),
            }
        }
        let runs = runs.iter().map(|run| match run.as_slice() {
            [first, _, .., last] => format!("{}..{}", first.as_str(), last.as_str()),
            few => few.iter().map(|state| state.as_str()).collect::<Vec<_>>().join("|"),
        });
        let runs: Vec<_> = runs.collect();
        let runs = if runs.is_empty() { "nothing".into() } else { runs.join("|") };
        format!("{facet}={runs}")
    });
    let facets: Vec<_> = facets.collect();
    if facets.is_empty() { "any".into() } else { facets.join(" ") }
}

/// Words that no row stands for: those that are findings, and those of open fields, to which
/// merchants and plugins add. Of these a new one is noted.
pub(crate) fn unmapped<'a>(
    reading: &'a Reading<'_>,
    noted: bool,
) -> impl Iterator<Item = &'a Native<'a>> {
    reading.unmapped().filter(move |native| is_noted(native) == noted)
}

/// Says how many words of open fields were noted.
pub(crate) fn tell_noted(noted: usize) {
    if noted > 0 {
        let words = Count(noted, "word of open fields is", "words of open fields are");
        note(format_args!("{words} not listed, which is no finding"));
    }
}

fn is_noted(native: &Native<'_>) -> bool {
    native.field.is_open() && matches!(native.resolution, Resolution::Unmapped { .. })
}

fn spot(record: &str, part: Option<&str>, field: &str) -> String {
    let part = part.map(|part| format!(" {}", quoted(part))).unwrap_or_default();
    format!("{record}{part} {}", printable(field))
}

/// Keys that are not there and from which nothing follows are not worth a word.
pub(crate) fn is_told(native: &Native<'_>) -> bool {
    !matches!(native.resolution, Resolution::Missing(_)) || native.claim.states != StateSet::ANY
}

/// Reads every record of a file, and tells each with the line on which it begins.
///
/// `option` is the option by which the file was named, for the advice to name the record's kind.
pub(crate) fn read<'m>(
    path: &Path,
    empty: Empty,
    mapping: &'m Mapping,
    records: &Records,
    option: &str,
    each: &mut dyn FnMut(Reading<'m>, u64) -> Outcome<()>,
) -> Outcome<Tally> {
    let named = records.record.as_ref().map(|name| catalogue::record(mapping, name)).transpose()?;
    let known = Known::new();
    let kind_of = |payload: &dyn Record| named.or_else(|| mapping.recognise(payload));
    let is_record = |value: &Value| {
        kind_of(value).is_some_and(|kind| names_an_order(&mapping.read(kind, value, &known)))
    };
    let mut silent = Silent::default();
    let mut is_told = false;
    let mut columns = |payload: &Payload| {
        if let Payload::Table(row) = payload
            && !core::mem::replace(&mut is_told, true)
        {
            tell_columns(path, row, mapping, named);
        }
    };
    let tally = input::read(path, empty, &is_record, &mut |entry: Entry| {
        let payload = entry.payload.as_record();
        let Some(kind) = kind_of(payload) else {
            columns(&entry.payload);
            return Ok(Err(unrecognised(mapping, option)));
        };
        let reading = mapping.read(kind, payload, &known);
        if !names_an_order(&reading) {
            columns(&entry.payload);
            return Ok(Err(foreign(mapping, kind)));
        }
        silent.add(&reading);
        each(reading, entry.line).map(Ok)
    })?;
    silent.judge(path, mapping)?;
    Ok(tally)
}

/// Is there anything in it that a record of this kind has?
fn names_an_order(reading: &Reading<'_>) -> bool {
    reading.id.is_some()
        || reading.order.is_some()
        || reading.natives.iter().any(|native| native.raw.is_some())
}

fn unrecognised(from: &Mapping, option: &str) -> String {
    let kinds: Vec<_> = from.records().iter().map(RecordKind::name).collect();
    let id = from.channel().id();
    format!(
        "is none of the records of {id} that can be told by themselves; name its kind with `{option} {id}.RECORD` ({})",
        kinds.join(", ")
    )
}

fn foreign(from: &Mapping, kind: &RecordKind) -> String {
    let (id, kind) = (from.channel().id(), kind.name());
    format!("has no id, no number and no status of {id}.{kind}")
}
