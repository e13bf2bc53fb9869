//! Everything that the fields of one record and of its nested records say.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cell::OnceCell;

use super::contradiction::possible;
use super::parts::{self, Part, Size};
use super::value;
use super::{Claim, Known, Native, SelfContradiction, facet_bit};
use crate::facet::Facet;
use crate::mapping::{Field, Mapping, RecordKind, Resolution, Row, Truth};
use crate::record::{Node, Record};
use crate::state::StateSet;

/// The most elements of one nested list that are read.
const LONGEST_LIST: usize = 100_000;
/// How deep records may lie in each other.
const DEEPEST: usize = 8;

/// What was found in one record, nested ones rolled up; not tightened yet.
pub(super) struct Collected<'m> {
    pub(super) said: Said,
    pub(super) natives: Vec<Native<'m>>,
    pub(super) contradictions: Vec<SelfContradiction>,
    /// The kinds and ids of nested records.
    pub(super) nested: Vec<(&'m str, Arc<str>)>,
}

/// What some values say together.
#[derive(Clone, Copy)]
pub(super) struct Said {
    pub(super) claim: Claim,
    /// The facets that some value spoke about, one bit each.
    pub(super) facets: u16,
}

impl Said {
    const NOTHING: Self = Self { claim: Claim::ANY, facets: 0 };

    fn add(&mut self, claim: Claim, facets: u16) {
        self.claim = self.claim.meet(claim);
        self.facets |= facets;
    }
}

impl Collected<'_> {
    const NOTHING: Self = Self {
        said: Said::NOTHING,
        natives: Vec::new(),
        contradictions: Vec::new(),
        nested: Vec::new(),
    };
}

/// Reads a record.
pub(super) fn collect<'m>(
    mapping: &'m Mapping,
    kind: &RecordKind,
    record: &dyn Record,
    known: &Known,
) -> Collected<'m> {
    let number = mapping.kind_number(&kind.name);
    let found = number.map(|kind| Walk::new(mapping, known, (kind, record)).through_all());
    let mut found = found.unwrap_or(Collected::NOTHING);
    for kind in known.none.iter().filter_map(|kind| mapping.record(kind)) {
        found.said.add(Claim::certain(none_claim(mapping, kind)), 0);
    }
    found
}

/// One way through a record and all that lies in it.
struct Walk<'a, 'm> {
    mapping: &'m Mapping,
    known: &'a Known,
    /// The record in which all others lie, and the number of its kind.
    outermost: (usize, &'a dyn Record),
    /// What is known of the deal; nothing as long as no row asked that could not wait.
    circumstances: Option<StateSet>,
    /// Is all read and kept, or is only read what tells the circumstances?
    is_whole: bool,
    /// Fields, by number, whose rows ask for circumstances, and the places of their natives.
    waiting: Vec<(usize, usize)>,
    found: Collected<'m>,
}

impl<'a, 'm> Walk<'a, 'm> {
    const fn new(
        mapping: &'m Mapping,
        known: &'a Known,
        outermost: (usize, &'a dyn Record),
    ) -> Self {
        Self {
            mapping,
            known,
            outermost,
            circumstances: None,
            is_whole: true,
            waiting: Vec::new(),
            found: Collected::NOTHING,
        }
    }

    fn through_all(mut self) -> Collected<'m> {
        let (kind, record) = self.outermost;
        let mut said = self.record(kind, record, None, 0);
        self.answer_waiting(&mut said);
        Collected { said, ..self.found }
    }

    fn record(
        &mut self,
        number: usize,
        record: &dyn Record,
        part: Option<&Arc<str>>,
        depth: usize,
    ) -> Said {
        let mut said = Said::NOTHING;
        let mapping = self.mapping;
        let (Some(layout), Some(kind)) = (mapping.layout(number), mapping.records().get(number))
        else {
            return said;
        };
        let contents = if self.is_whole { &layout.all } else { &layout.telling };
        if self.is_whole {
            self.found.natives.reserve(contents.fields.len());
        }
        for at in &contents.fields {
            let Some(field) = mapping.fields().get(*at) else { continue };
            let value = value::resolve(mapping, *at, field, record);
            let resolution = value.resolution;
            let (claim, row) = if self.can_wait(*at, field, depth) {
                self.waiting.push((*at, self.found.natives.len()));
                (Claim::ANY, None)
            } else {
                self.claim_of(*at, field, resolution, record)
            };
            said.add(claim, facets_of(field, resolution));
            if self.is_whole {
                let (part, raw) = (part.cloned(), value.raw.kept());
                let since = id(&field.since, record);
                self.found.natives.push(Native {
                    record: kind,
                    part,
                    field,
                    raw,
                    resolution,
                    claim,
                    since,
                    row,
                });
            }
        }
        let size = OnceCell::new();
        for inner in &contents.nested {
            let outer = Outer { kind, record, size: &size, depth };
            self.nested(outer, *inner, &mut said);
        }
        said
    }

    /// Can a field be judged when all else is read? Then the circumstances are known, as far as no
    /// field tells them that asks for them itself. What lies in nested records is rolled up at once.
    fn can_wait(&self, at: usize, field: &Field, depth: usize) -> bool {
        depth == 0
            && self.is_whole
            && self.mapping.asks_for_circumstances(at)
            && !field.tells_circumstances()
    }

    /// Judges the fields that waited.
    fn answer_waiting(&mut self, said: &mut Said) {
        if self.circumstances.is_none() {
            self.learn(said.claim.states);
        }
        let (_, record) = self.outermost;
        for (at, place) in core::mem::take(&mut self.waiting) {
            let Some(native) = self.found.natives.get(place) else { continue };
            let (claim, row) = self.claim_of(at, native.field, native.resolution, record);
            said.add(claim, 0);
            if let Some(native) = self.found.natives.get_mut(place) {
                (native.claim, native.row) = (claim, row);
            }
        }
    }

    /// What a value claims, and the row that says so or the first of those that may.
    fn claim_of(
        &mut self,
        at: usize,
        field: &Field,
        resolution: Resolution<'m>,
        record: &dyn Record,
    ) -> (Claim, Option<&'m Row>) {
        match resolution {
            Resolution::Missing(absence) => {
                (field.absence(absence).map_or(Claim::ANY, Claim::certain), None)
            }
            Resolution::Unmapped { .. }
            | Resolution::Ignored(_)
            | Resolution::Unreadable { .. } => (Claim::ANY, None),
            Resolution::Mapped([row]) if !row.is_conditional() => {
                (row_claim(self.mapping, row), Some(row))
            }
            Resolution::Mapped(rows) => self.conditional(at, rows, record),
        }
    }

    /// The row whose condition is met; where that is not known, the join of those that may be.
    fn conditional(
        &mut self,
        at: usize,
        rows: &'m [Row],
        record: &dyn Record,
    ) -> (Claim, Option<&'m Row>) {
        let mapping = self.mapping;
        // Few rows ask for another field: it is looked at once more rather than kept for them.
        let codes_of = |wanted: usize| {
            let field = mapping.fields().get(wanted);
            field.map_or(u128::MAX, |field| value::resolve(mapping, wanted, field, record).codes)
        };
        // Rows of several weights stand side by side: one whose condition is met does not end it.
        let one_code = rows
            .iter()
            .all(|row| rows.first().is_some_and(|first| first.code.name == row.code.name));
        let mut possible: Option<(Claim, &Row)> = None;
        let mut add = |row| {
            let claim = row_claim(mapping, row);
            possible = Some(possible.map_or((claim, row), |(all, first)| (all.join(claim), first)));
        };
        let mut otherwise = None;
        for row in rows {
            match mapping.condition(at, row) {
                Some(condition) if condition.otherwise => otherwise = Some(row),
                Some(condition) => match condition.holds(|| self.circumstances(), codes_of) {
                    Truth::Yes if one_code => return (row_claim(mapping, row), Some(row)),
                    Truth::Yes | Truth::Perhaps => add(row),
                    Truth::No => {}
                },
                None => add(row),
            }
        }
        otherwise.into_iter().for_each(add);
        possible.map_or((Claim::ANY, None), |(claim, first)| (claim, Some(first)))
    }

    /// What is known of the deal. A row that cannot wait has all read at once that tells of it.
    fn circumstances(&mut self) -> StateSet {
        if let Some(known) = self.circumstances {
            return known;
        }
        let mut telling = Walk {
            circumstances: Some(unless_contradicted(self.known.circumstances)),
            is_whole: false,
            ..Walk::new(self.mapping, self.known, self.outermost)
        };
        let (kind, record) = self.outermost;
        let told = telling.record(kind, record, None, 0).claim.states;
        self.learn(told)
    }

    /// Takes over the circumstances that the record tells.
    fn learn(&mut self, told: StateSet) -> StateSet {
        let told = told.only(&[Facet::Terms, Facet::Goods]);
        let known = unless_contradicted(self.known.circumstances & told);
        self.circumstances = Some(known);
        known
    }

    /// Reads the records of one kind that lie in another.
    fn nested(&mut self, outer: Outer<'_>, number: usize, said: &mut Said) {
        let mapping = self.mapping;
        let Some(inner) = mapping.records().get(number) else { return };
        let Some(within) = &inner.within else { return };
        if outer.depth >= DEEPEST {
            return;
        }
        let listed = value::first(&within.at, outer.record);
        let is_listed = !matches!(listed, Some(Node::Null) | None);
        let asked = self.known.complete.contains(&inner.name);
        if !is_listed && !asked {
            return;
        }
        let length = match listed {
            Some(Node::List(list)) => list.len(),
            Some(Node::Record(_)) => 1,
            // Some systems send these for an empty list.
            Some(Node::Null | Node::Flag(false) | Node::Text("")) | None => 0,
            Some(Node::Flag(true) | Node::Whole(_) | Node::Float(_) | Node::Text(_)) => return,
        };
        // Circumstances are not weighed.
        let size = if self.is_whole { outer.size() } else { &Size::default() };
        let (mut parts, mut read, mut in_one_currency) = (Vec::new(), 0, true);
        for element in listed.into_iter().flat_map(elements) {
            read += 1;
            in_one_currency &= size.is_in_currency_of(inner, element);
            parts.extend(self.part(inner, number, element, outer.depth + 1));
        }
        // What is no record, or was not read, is a part of which nothing is known.
        let complete = read == length && (asked || inner.complete);
        let none = complete.then(|| none_claim(mapping, inner));
        if read == 0 {
            said.add(none.map_or(Claim::ANY, Claim::certain), 0);
            return;
        }
        let whole = parts::Whole::of(outer.kind, inner, size, in_one_currency, none);
        let facets = parts.iter().fold(0, |facets, part: &Part| facets | part.said);
        said.add(parts::roll_up(&parts, inner.level, &whole), facets);
    }

    /// Reads a nested record; one of no unit is none.
    fn part(
        &mut self,
        kind: &'m RecordKind,
        number: usize,
        record: &dyn Record,
        depth: usize,
    ) -> Option<Part> {
        let part = Part::new(kind, record);
        if part.is_nothing() {
            return None;
        }
        let before = self.found.natives.len();
        let Said { mut claim, facets } = self.record(number, record, part.id.as_ref(), depth);
        if self.is_whole {
            let natives = self.found.natives.iter().skip(before);
            let mut own = Vec::new();
            claim = possible(claim, natives, &mut own);
            self.found.contradictions.extend(own.into_iter().map(|found| found.behind(before)));
            self.found.nested.extend(part.id.clone().map(|id| (&*kind.name, id)));
        }
        Some(part.claiming(claim, facets))
    }
}

/// A record in which others lie.
#[derive(Clone, Copy)]
struct Outer<'a> {
    kind: &'a RecordKind,
    record: &'a dyn Record,
    size: &'a OnceCell<Size>,
    depth: usize,
}

impl Outer<'_> {
    fn size(&self) -> &Size {
        self.size.get_or_init(|| Size::of(self.kind, self.record))
    }
}

/// Where circumstances exclude each other nothing is known of them.
fn unless_contradicted(circumstances: StateSet) -> StateSet {
    circumstances.forget(circumstances.empty_facets())
}

/// The facets that a value speaks about, be it that what it says is not understood.
fn facets_of(field: &Field, resolution: Resolution<'_>) -> u16 {
    match resolution {
        Resolution::Ignored(_) => 0,
        Resolution::Mapped(_)
        | Resolution::Unmapped { .. }
        | Resolution::Missing(_)
        | Resolution::Unreadable { .. } => {
            field.covers.iter().fold(0, |facets, facet| facets | facet_bit(*facet))
        }
    }
}

fn row_claim(mapping: &Mapping, row: &Row) -> Claim {
    Claim { states: mapping.under_facts(row), certain: row.claim }
}

/// The records in a list, which may also be one record alone.
fn elements(listed: Node<'_>) -> impl Iterator<Item = &dyn Record> {
    let list = match listed {
        Node::List(list) => Some(list),
        Node::Null
        | Node::Flag(_)
        | Node::Whole(_)
        | Node::Float(_)
        | Node::Text(_)
        | Node::Record(_) => None,
    };
    let listed_elements = list.into_iter().flat_map(|list| {
        (0..list.len().min(LONGEST_LIST)).filter_map(|at| list.get(at)).filter_map(Node::as_record)
    });
    listed_elements.chain(listed.as_record())
}

/// What it means that there is no record of a kind.
pub(crate) fn none_claim(mapping: &Mapping, kind: &RecordKind) -> StateSet {
    let layout = mapping.kind_number(&kind.name).and_then(|number| mapping.layout(number));
    layout.map_or(StateSet::ANY, |layout| layout.none)
}

/// The text at the first of some paths, as an id.
pub(super) fn id<T: for<'a> From<&'a str>>(
    paths: &[crate::record::Path],
    record: &dyn Record,
) -> Option<T> {
    value::first(paths, record).and_then(Node::as_code).map(|id| T::from(&id))
}
