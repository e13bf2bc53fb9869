//! The rules: one function for each question, all of them answer.

mod address;
mod lines;
mod money;
mod payment;
mod status;
mod times;

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use jiff::Timestamp;

use super::order::Order;
use super::rules::{self, OrderRule};
use super::ticket::Violation;
use crate::mapping::{Mapping, RecordKind, Role};
use crate::reading::{Reading, SelfContradiction, first};
use crate::record::{Node, Path, Record};
use crate::state::StateSet;

/// An order with all that is known of it.
#[derive(Clone, Copy)]
pub(super) struct Input<'a, 'm> {
    pub(super) mapping: &'m Mapping,
    pub(super) kind: &'m RecordKind,
    /// The payload, taken out of its envelope.
    pub(super) record: &'a dyn Record,
    pub(super) order: &'a Order<'a>,
    pub(super) reading: &'a Reading<'m>,
    /// What its own system sent beside it.
    pub(super) own: &'a [Own<'a, 'm>],
    /// What other systems said of it.
    pub(super) gateways: &'a [Reading<'m>],
    pub(super) claim: StateSet,
    pub(super) contradictions: &'a [SelfContradiction],
    pub(super) now: Timestamp,
}

/// A record of the same system beside the order.
pub(super) struct Own<'a, 'm> {
    pub(super) kind: &'m RecordKind,
    pub(super) record: &'a dyn Record,
    pub(super) reading: &'a Reading<'m>,
}

/// The rules whose outcome depends on what the mapping says of statuses: they are asked again when
/// the mapping has changed. All others ask for the payload's own facts.
pub(super) static OF_STATUSES: &[&OrderRule] = &[
    &rules::CONTRADICTORY_STATUSES,
    &rules::IMPOSSIBLE_STATE,
    &rules::MISSING_PAYMENT_TOKEN,
    &rules::SUSPICIOUS_STATE,
    &rules::UNAUTHENTICATED_PAYMENT_TOKEN,
    &rules::UNDEFINED_STATUS,
    &rules::UNLISTED_WORD,
];

/// Everything that is wrong with an order, before settings and circumstances are looked at.
pub(super) fn violations(input: &Input<'_, '_>) -> Vec<Violation> {
    let mut found = of_statuses(input);
    identity(input, &mut found);
    address::check(input, &mut found);
    money::check(input, &mut found);
    lines::check(input, &mut found);
    times::check(input, &mut found);
    found
}

/// What the rules of [`OF_STATUSES`] object to.
pub(super) fn of_statuses(input: &Input<'_, '_>) -> Vec<Violation> {
    let mut found = Vec::new();
    status::check(input, &mut found);
    payment::check(input, &mut found);
    found
}

fn identity(input: &Input<'_, '_>, found: &mut Vec<Violation>) {
    let number = input.reading.order.as_deref().unwrap_or_default();
    if number.trim().is_empty() {
        let paths = &input.kind.order.at;
        let violation = Violation::new(&rules::MISSING_ORDER_ID, "the order has no number");
        found.push(violation.at(written(paths)).correct());
    }
}

/// Does somebody buy from this system, and is it asked for what a buyer gives?
fn is_shop(input: &Input<'_, '_>) -> bool {
    matches!(input.mapping.channel().role(), Role::Storefront | Role::Marketplace)
}

/// The first of some paths, as it is told to people.
fn written(paths: &[Path]) -> &str {
    paths.first().map(Path::as_str).unwrap_or_default()
}

/// The path among alternatives that is there, else the first.
fn taken<'p>(paths: &'p [Path], record: &dyn Record) -> &'p str {
    let there = paths.iter().find(|path| path.first(record).is_some());
    there.map_or_else(|| written(paths), Path::as_str)
}

/// Where something lies: in the order itself, or in one element of a list. Written out only where
/// something is wrong.
#[derive(Clone, Copy)]
struct Place<'a> {
    list: Option<(&'a str, usize)>,
}

impl Place<'_> {
    const ORDER: Self = Self { list: None };

    /// The path that is there, seen from the order.
    fn of(self, paths: &[Path], record: &dyn Record) -> String {
        let path = taken(paths, record);
        match self.list {
            Some((list, at)) => format!("{list}[{at}].{path}"),
            None => path.into(),
        }
    }
}

/// The text at the first path where there is one: an empty key does not hide another.
fn text<'a>(paths: &[Path], record: &'a dyn Record) -> Option<Cow<'a, str>> {
    paths.iter().find_map(|path| {
        let node = path.first(record).filter(|node| !matches!(node, Node::Flag(_)))?;
        node.as_code().filter(|text| !text.trim().is_empty())
    })
}

/// The objects of a nested list with their places; none where it is not there.
fn elements<'a>(paths: &[Path], record: &'a dyn Record) -> Option<Vec<&'a dyn Record>> {
    match first(paths, record)? {
        Node::List(list) => Some(
            (0..list.len()).filter_map(|at| list.get(at)).filter_map(Node::as_record).collect(),
        ),
        Node::Record(only) => Some(Vec::from([only])),
        Node::Null | Node::Flag(_) | Node::Whole(_) | Node::Float(_) | Node::Text(_) => None,
    }
}
