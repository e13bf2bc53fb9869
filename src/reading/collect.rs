//! Everything that the fields of one record and of its nested records say.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::contradiction::possible;
use super::parts::{self, Part};
use super::value::{self, Resolved};
use super::{Claim, Known, Native, SelfContradiction, facet_bit};
use crate::facet::Facet;
use crate::mapping::{Absence, Field, Mapping, RecordKind, Resolution, Row, Truth};
use crate::record::{Node, Record};
use crate::state::StateSet;

/// The most elements of one nested list that are read.
const LONGEST_LIST: usize = 100_000;
/// How deep records may lie in each other.
const DEEPEST: usize = 8;

/// What was found in one record, nested ones rolled up; not tightened yet.
pub(super) struct Collected<'m> {
    pub(super) claim: Claim,
    /// The facets that some value spoke about, one bit each.
    pub(super) said: u16,
    pub(super) natives: Vec<Native<'m>>,
    pub(super) contradictions: Vec<SelfContradiction>,
    /// The kinds and ids of nested records.
    pub(super) nested: Vec<(&'m str, Box<str>)>,
}

#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    known: &'a Known,
    circumstances: StateSet,
    /// Only what tells the circumstances is read.
    circumstances_only: bool,
    depth: usize,
}

/// Reads a record: first what it tells of the circumstances, if any row asks for them.
pub(super) fn collect<'m>(
    mapping: &'m Mapping,
    kind: &'m RecordKind,
    record: &dyn Record,
    known: &Known,
) -> Collected<'m> {
    let context =
        Context { known, circumstances: known.circumstances, circumstances_only: false, depth: 0 };
    let none = known
        .none
        .iter()
        .filter_map(|kind| mapping.record(kind))
        .fold(StateSet::ANY, |claim, kind| claim & none_claim(mapping, kind));
    let with_none = |mut collected: Collected<'m>| {
        collected.claim = collected.claim.meet(Claim::certain(none));
        collected
    };
    if !mapping.asks_for_circumstances() {
        return with_none(read(mapping, kind, record, context, None));
    }
    let told = read(mapping, kind, record, Context { circumstances_only: true, ..context }, None)
        .claim
        .states;
    let circumstances = known.circumstances & told.only(&[Facet::Terms, Facet::Goods]);
    // Where circumstances exclude each other nothing is known of them.
    let circumstances = circumstances.forget(circumstances.empty_facets());
    with_none(read(mapping, kind, record, Context { circumstances, ..context }, None))
}

fn read<'m>(
    mapping: &'m Mapping,
    kind: &'m RecordKind,
    record: &dyn Record,
    context: Context<'_>,
    part: Option<&str>,
) -> Collected<'m> {
    let mut collected = Collected {
        claim: Claim::ANY,
        said: 0,
        natives: Vec::new(),
        contradictions: Vec::new(),
        nested: Vec::new(),
    };
    let Some(number) = mapping.kind_number(&kind.name) else { return collected };
    let fields: Vec<(usize, &Field, Resolved<'m>)> = mapping
        .fields_of(number)
        .iter()
        .filter_map(|at| Some((*at, mapping.fields().get(*at)?)))
        .filter(|(_, field)| {
            !context.circumstances_only
                || field.covers.iter().any(|facet| matches!(facet, Facet::Terms | Facet::Goods))
        })
        .map(|(at, field)| (at, field, value::resolve(mapping, at, field, record)))
        .collect();
    for (at, field, resolved) in &fields {
        let value_of = |wanted: usize| match fields.iter().find(|(at, ..)| *at == wanted) {
            Some((_, _, resolved)) => resolved.codes,
            None => mapping
                .fields()
                .get(wanted)
                .map_or(u128::MAX, |field| value::resolve(mapping, wanted, field, record).codes),
        };
        let (claim, row) =
            claim_of(mapping, *at, field, resolved.resolution, context.circumstances, value_of);
        collected.said |= said(field, resolved.resolution);
        collected.claim = collected.claim.meet(claim);
        collected.natives.push(Native {
            record: kind,
            part: part.map(Into::into),
            field,
            raw: resolved.raw.clone(),
            resolution: resolved.resolution,
            claim,
            row,
        });
    }
    for inner in mapping.kinds_in(number) {
        read_nested(mapping, kind, inner, record, context, &mut collected);
    }
    collected
}

/// The facets that a value speaks about, be it that what it says is not understood.
fn said(field: &Field, resolution: Resolution<'_>) -> u16 {
    match resolution {
        Resolution::Ignored(_) => 0,
        Resolution::Mapped(_)
        | Resolution::Unmapped { .. }
        | Resolution::Missing(_)
        | Resolution::Unreadable { .. } => {
            field.covers.iter().fold(0, |said, facet| said | facet_bit(*facet))
        }
    }
}

/// What a value claims, and the row that says so or the first of those that may.
fn claim_of<'m>(
    mapping: &Mapping,
    at: usize,
    field: &'m Field,
    resolution: Resolution<'m>,
    circumstances: StateSet,
    value_of: impl Fn(usize) -> u128,
) -> (Claim, Option<&'m Row>) {
    match resolution {
        Resolution::Missing(absence) => {
            (field.absence(absence).map_or(Claim::ANY, Claim::certain), None)
        }
        Resolution::Unmapped { .. } | Resolution::Ignored(_) | Resolution::Unreadable { .. } => {
            (Claim::ANY, None)
        }
        Resolution::Mapped([row]) if !row.is_conditional() => (row_claim(mapping, row), Some(row)),
        Resolution::Mapped(rows) => conditional(mapping, at, field, rows, circumstances, value_of),
    }
}

fn row_claim(mapping: &Mapping, row: &Row) -> Claim {
    Claim { states: mapping.under_facts(row), certain: row.claim }
}

/// The row whose condition is met; where that is not known, the join of those that may be.
fn conditional<'m>(
    mapping: &Mapping,
    at: usize,
    field: &Field,
    rows: &'m [Row],
    circumstances: StateSet,
    value_of: impl Fn(usize) -> u128,
) -> (Claim, Option<&'m Row>) {
    // Rows of several weights stand side by side: one whose condition is met does not end it.
    let one_code =
        rows.iter().all(|row| rows.first().is_some_and(|first| first.code.name == row.code.name));
    let mut possible: Vec<&Row> = Vec::new();
    let mut otherwise = None;
    for row in rows {
        match mapping.condition(at, field, row) {
            Some(condition) if condition.otherwise => otherwise = Some(row),
            Some(condition) => match condition.holds(circumstances, &value_of) {
                Truth::Yes if one_code => return (row_claim(mapping, row), Some(row)),
                Truth::Yes | Truth::Perhaps => possible.push(row),
                Truth::No => {}
            },
            None => possible.push(row),
        }
    }
    possible.extend(otherwise);
    let joined = possible.iter().map(|row| row_claim(mapping, row)).reduce(Claim::join);
    (joined.unwrap_or(Claim::ANY), possible.first().copied())
}

fn read_nested<'m>(
    mapping: &'m Mapping,
    outer: &'m RecordKind,
    inner: &'m RecordKind,
    record: &dyn Record,
    context: Context<'_>,
    into: &mut Collected<'m>,
) {
    let Some(within) = &inner.within else { return };
    let listed = value::first(&within.at, record);
    let asked = context.known.complete.contains(&inner.name);
    if context.depth >= DEEPEST {
        return;
    }
    let (elements, all) = match listed {
        Some(Node::List(list)) => {
            let read = (0..list.len().min(LONGEST_LIST)).filter_map(|at| list.get(at));
            let elements: Vec<_> = read.filter_map(as_record).collect();
            let all = elements.len() == list.len();
            (elements, all)
        }
        Some(Node::Record(only)) => (Vec::from([only]), true),
        Some(Node::Null) | None if !asked => return,
        // Some systems send these for an empty list.
        Some(Node::Null | Node::Flag(false) | Node::Text("")) | None => (Vec::new(), true),
        Some(Node::Flag(true) | Node::Whole(_) | Node::Float(_) | Node::Text(_)) => return,
    };
    // What is no record, or was not read, is a part of which nothing is known.
    let complete = all && (asked || (inner.complete && !matches!(listed, Some(Node::Null) | None)));
    if elements.is_empty() {
        if complete {
            into.claim = into.claim.meet(Claim::certain(none_claim(mapping, inner)));
        }
        return;
    }
    let context = Context { depth: context.depth + 1, ..context };
    let mut parts = Vec::with_capacity(elements.len());
    for element in &elements {
        let part = Part::new(inner, *element);
        if part.is_nothing() {
            continue;
        }
        let mut collected = read(mapping, inner, *element, context, part.id.as_deref());
        let natives = collected.natives.iter();
        let claim = possible(collected.claim, natives, &mut collected.contradictions);
        into.natives_with(collected.natives, collected.contradictions);
        into.nested.append(&mut collected.nested);
        into.nested.extend(part.id.clone().map(|id| (&*inner.name, id)));
        into.said |= collected.said;
        parts.push(part.claiming(claim, collected.said));
    }
    let none = complete.then(|| none_claim(mapping, inner));
    let whole = parts::Whole::of(outer, inner, record, &elements, none);
    into.claim = into.claim.meet(parts::roll_up(&parts, inner.level, &whole));
}

fn as_record(node: Node<'_>) -> Option<&dyn Record> {
    match node {
        Node::Record(record) => Some(record),
        Node::Null
        | Node::Flag(_)
        | Node::Whole(_)
        | Node::Float(_)
        | Node::Text(_)
        | Node::List(_) => None,
    }
}

/// What it means that there is no record of a kind.
pub(crate) fn none_claim(mapping: &Mapping, kind: &RecordKind) -> StateSet {
    let Some(number) = mapping.kind_number(&kind.name) else { return StateSet::ANY };
    let fields = mapping.fields_of(number).iter().filter_map(|at| mapping.fields().get(*at));
    fields
        .filter_map(|field| field.absence(Absence::None))
        .fold(StateSet::ANY, |claim, none| claim & none)
}

impl<'m> Collected<'m> {
    /// Takes over what was found in a nested record.
    fn natives_with(&mut self, natives: Vec<Native<'m>>, contradictions: Vec<SelfContradiction>) {
        let before = self.natives.len();
        self.natives.extend(natives);
        self.contradictions.extend(contradictions.into_iter().map(|found| found.behind(before)));
    }
}

/// The text at the first of some paths, as an id.
pub(super) fn id(paths: &[crate::record::Path], record: &dyn Record) -> Option<Box<str>> {
    value::first(paths, record).and_then(Node::as_code).map(|id| id.as_ref().into())
}
