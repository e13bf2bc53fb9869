//! What a ticket keeps of a payload: enough to judge every status again, and nothing personal.
//!
//! The payload is copied along the paths that the mapping reads, so that the copy can be read as the
//! payload was. Statuses stay as they are, numbers stay numbers; ids become ordinals, of times and
//! tokens only stays that they are there.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::ticket::Version;
use crate::mapping::{Field, FieldKind, Mapping, RecordKind};
use crate::reading::unwrapped;
use crate::record::{Decimal, Node, Path, Record, Tree, WITHHELD};
use crate::state::StateSet;
use crate::text::Escaped;

/// What was handed in with an order, as far as it may be kept.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Evidence {
    /// The order first, then what was handed in beside it.
    pub(super) records: Vec<Kept>,
    pub(super) circumstances: StateSet,
    pub(super) complete: Vec<String>,
    pub(super) none: Vec<String>,
    pub(super) verified: bool,
    /// Are there statuses that could not be kept as they are?
    pub(super) cut: bool,
}

/// One record.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Kept {
    pub(super) channel: String,
    pub(super) record: String,
    pub(super) mapping: Version,
    pub(super) payload: Tree,
}

/// What matters of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Matters {
    /// The status itself.
    Status,
    /// How much it is.
    Number,
    /// Whether there is a time.
    Time,
    /// Whether two ids are the same.
    Id,
    /// Whether there is a token.
    Token,
}

/// A place that a mapping reads for a status or for the payment.
pub(super) type Read<'m> = (&'m str, Matters, &'m Path);

/// All places that a mapping reads in one kind of record, those of statuses first.
pub(super) fn places<'m>(mapping: &'m Mapping, kind: &'m RecordKind) -> Vec<Read<'m>> {
    let mut places: Vec<(Matters, &Path)> = Vec::new();
    let number = mapping.kind_number(kind.name()).unwrap_or(usize::MAX);
    let fields = || mapping.fields_in(number);
    for field in fields() {
        let matters = of_field(field);
        places.extend(field.at.iter().chain(&field.join).map(|path| (matters, path)));
    }
    for field in fields() {
        let weighed = field.of.iter().chain(&field.of_sum).chain(&field.minus);
        places.extend(weighed.map(|path| (Matters::Number, path)));
    }
    let amounts = kind.quantity.iter().chain(&kind.amount).chain(&kind.total);
    places.extend(amounts.map(|path| (Matters::Number, path)));
    places.extend(kind.id.iter().chain(&kind.continues).map(|path| (Matters::Id, path)));
    let evidence = mapping.boundary().into_iter().flat_map(|boundary| &boundary.payments);
    let tokens = evidence.filter(|evidence| *evidence.record.name == *kind.name);
    places.extend(tokens.flat_map(|evidence| &evidence.token).map(|path| (Matters::Token, path)));
    places.into_iter().map(|(matters, path)| (kind.name(), matters, path)).collect()
}

const fn of_field(field: &Field) -> Matters {
    match field.kind {
        FieldKind::Word | FieldKind::Number | FieldKind::Flag => Matters::Status,
        FieldKind::Time => Matters::Time,
        FieldKind::Quantity | FieldKind::Amount => Matters::Number,
    }
}

/// All that a mapping reads, to be compared with what another one reads.
pub(super) fn all_places(mapping: &Mapping) -> BTreeSet<(&str, Option<Matters>, &str)> {
    let mut all = BTreeSet::new();
    for kind in mapping.records() {
        let places = places(mapping, kind).into_iter();
        all.extend(places.map(|(kind, matters, path)| (kind, Some(matters), path.as_str())));
        let nested = kind.within.iter().flat_map(|link| &link.at);
        all.extend(nested.map(|path| (kind.name(), None, path.as_str())));
    }
    all
}

/// Copies records, and remembers which ids are the same.
#[derive(Default)]
pub(super) struct Keeper {
    ids: BTreeMap<Box<str>, usize>,
    /// Was a status too long or too strange to be kept?
    pub(super) cut: bool,
}

impl Keeper {
    /// Copies what may be kept of a record.
    pub(super) fn keep(
        &mut self,
        mapping: &Mapping,
        kind: &RecordKind,
        payload: &dyn Record,
    ) -> Tree {
        let mut copy = Tree::empty();
        self.copy(mapping, kind, unwrapped(kind, payload), &mut copy);
        copy
    }

    fn copy(&mut self, mapping: &Mapping, kind: &RecordKind, record: &dyn Record, copy: &mut Tree) {
        for (_, matters, path) in places(mapping, kind) {
            copy.copy(path, record, &mut |node| self.value(matters, node));
        }
        let Some(number) = mapping.kind_number(kind.name()) else { return };
        for inner in mapping.kinds_in(number) {
            for path in inner.within.iter().flat_map(|link| &link.at) {
                copy.copy_each(path, record, &mut |element, copy| {
                    self.copy(mapping, inner, element, copy);
                });
            }
        }
    }

    fn value(&mut self, matters: Matters, node: Node<'_>) -> Tree {
        let withheld = || Tree::Text(WITHHELD.into());
        match (matters, node) {
            (_, Node::Null) => Tree::Null,
            (_, Node::Record(record)) => Tree::object(record),
            (_, Node::List(_)) => Tree::List(Vec::new()),
            (_, Node::Text("")) => Tree::Text("".into()),
            (Matters::Status, Node::Text(text)) => {
                let shown = Escaped(text).to_string();
                self.cut |= shown != text;
                Tree::Text(shown.into())
            }
            (Matters::Number, Node::Text(text)) => match Decimal::parse(text) {
                Some(number) => Tree::Text(number.to_string().into()),
                None => withheld(),
            },
            (Matters::Status | Matters::Number, Node::Whole(number)) => Tree::Whole(number),
            (Matters::Status | Matters::Number, Node::Float(number)) => Tree::Float(number),
            (Matters::Status | Matters::Number | Matters::Time, Node::Flag(flag)) => {
                Tree::Flag(flag)
            }
            (Matters::Time | Matters::Token, _) => withheld(),
            (Matters::Id, _) => node.as_code().map_or(Tree::Null, |id| {
                let next = self.ids.len() + 1;
                let ordinal = *self.ids.entry(id.as_ref().into()).or_insert(next);
                Tree::Text(ordinal.to_string().into())
            }),
        }
    }
}
