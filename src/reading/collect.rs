//! Everything that the fields of one record and of its nested records say.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cell::OnceCell;

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

/// Reads a record.
pub(super) fn collect<'m>(
    mapping: &'m Mapping,
    kind: &RecordKind,
    record: &dyn Record,
    known: &Known,
) -> Collected<'m> {
    let number = mapping.kind_number(&kind.name);
    let mut walk = Walk {
        mapping,
        known,
        circumstances: number.map_or(Circumstances::Known(StateSet::ANY), |kind| {
            Circumstances::Unasked { kind, record }
        }),
        is_whole: true,
        natives: Vec::new(),
        contradictions: Vec::new(),
        nested: Vec::new(),
    };
    let mut said = number.map_or(Said::NOTHING, |kind| walk.record(kind, record, None, 0));
    for kind in known.none.iter().filter_map(|kind| mapping.record(kind)) {
        said.add(Claim::certain(none_claim(mapping, kind)), 0);
    }
    let Walk { natives, contradictions, nested, .. } = walk;
    Collected { said, natives, contradictions, nested }
}

/// One way through a record and all that lies in it.
struct Walk<'a, 'm> {
    mapping: &'m Mapping,
    known: &'a Known,
    circumstances: Circumstances<'a>,
    /// Is all of it read and kept, or only what tells the circumstances?
    is_whole: bool,
    natives: Vec<Native<'m>>,
    contradictions: Vec<SelfContradiction>,
    nested: Vec<(&'m str, Arc<str>)>,
}

/// What is known of the deal.
#[derive(Clone, Copy)]
enum Circumstances<'a> {
    Known(StateSet),
    /// No row has asked yet: most orders need not be read for it.
    Unasked {
        kind: usize,
        record: &'a dyn Record,
    },
}

impl<'m> Walk<'_, 'm> {
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
        for at in &contents.fields {
            let Some(field) = mapping.fields().get(*at) else { continue };
            let value = value::resolve(mapping, *at, field, record);
            let (claim, row) = self.claim_of(*at, field, value.resolution, record);
            said.add(claim, facets_of(field, value.resolution));
            if self.is_whole {
                self.natives.push(Native {
                    record: kind,
                    part: part.cloned(),
                    field,
                    raw: value.raw.kept(),
                    resolution: value.resolution,
                    claim,
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

    /// What is known of the deal, and what the record itself tells of it.
    fn circumstances(&mut self) -> StateSet {
        let (kind, record) = match self.circumstances {
            Circumstances::Known(known) => return known,
            Circumstances::Unasked { kind, record } => (kind, record),
        };
        let mut telling = Walk {
            circumstances: Circumstances::Known(self.known.circumstances),
            is_whole: false,
            natives: Vec::new(),
            contradictions: Vec::new(),
            nested: Vec::new(),
            ..*self
        };
        let told = telling.record(kind, record, None, 0).claim.states;
        let known = self.known.circumstances & told.only(&[Facet::Terms, Facet::Goods]);
        // Where circumstances exclude each other nothing is known of them.
        let known = known.forget(known.empty_facets());
        self.circumstances = Circumstances::Known(known);
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
        let none = (asked || inner.complete).then(|| none_claim(mapping, inner));
        let mut parts = Vec::new();
        let mut is_empty = true;
        for element in listed.into_iter().flat_map(elements) {
            is_empty = false;
            parts.extend(self.part(inner, number, element, outer.depth + 1));
        }
        if is_empty {
            said.add(none.map_or(Claim::ANY, Claim::certain), 0);
            return;
        }
        // Circumstances are not weighed.
        let size = if self.is_whole { outer.size() } else { Size::default() };
        let whole = parts::Whole::of(outer.kind, inner, size, none);
        let (claim, facets) = parts::roll_up(&parts, inner.level, &whole);
        said.add(claim, facets);
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
        let (natives, contradictions) = (self.natives.len(), self.contradictions.len());
        let Said { mut claim, facets } = self.record(number, record, part.id.as_ref(), depth);
        if self.is_whole {
            claim = super::settle_part(
                claim,
                (&self.natives, natives),
                (&mut self.contradictions, contradictions),
            );
            self.nested.extend(part.id.clone().map(|id| (&*kind.name, id)));
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
    fn size(&self) -> Size {
        *self.size.get_or_init(|| Size::of(self.kind, self.record))
    }
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
        (0..list.len().min(LONGEST_LIST)).filter_map(|at| list.get(at)).filter_map(as_record)
    });
    listed_elements.chain(as_record(listed))
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
