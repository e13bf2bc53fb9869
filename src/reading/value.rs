//! The value of one field in one record, and what it resolves to.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::{String, ToString as _};
use core::fmt;

use crate::mapping::{Absence, Field, FieldKind, Mapping, RecordKind, Resolution, place_in};
use crate::record::{Decimal, Node, Path, Record};
use crate::text::Escaped;

/// A status exactly as a system sent it; amounts and quantities, which may be sums of several values,
/// as plain numbers.
///
/// Compared and kept as it is; printed with everything escaped that could steer a terminal, and
/// cut after 64 characters.
///
/// ```
/// use order_status::reading::RawStatus;
///
/// let raw = RawStatus::new("shipped\u{7}");
/// assert_eq!(raw.as_str(), "shipped\u{7}");
/// assert_eq!(raw.to_string(), "shipped\\u{7}");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RawStatus(Box<str>);

impl RawStatus {
    /// Keeps a text.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The text, unchanged: escape it before it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RawStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Escaped(&self.0).fmt(f)
    }
}

impl fmt::Debug for RawStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{self}`")
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for RawStatus {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// A field's value, looked up.
pub(super) struct Resolved<'m, 'a> {
    pub(super) raw: Raw<'a>,
    pub(super) resolution: Resolution<'m>,
    /// The numbers of the codes that the value may stand for, as a condition sees them; all bits
    /// where that is not known.
    pub(super) codes: u128,
}

/// A value as it lies in the payload; most look-ups don't keep it.
pub(super) enum Raw<'a> {
    Nothing,
    Text(Cow<'a, str>),
    Number(Decimal),
}

impl Raw<'_> {
    pub(super) fn kept(self) -> Option<RawStatus> {
        match self {
            Self::Nothing => None,
            Self::Text(text) => Some(RawStatus(text.into())),
            Self::Number(number) => Some(RawStatus(number.to_string().into())),
        }
    }
}

/// Finds and looks up the value of a field.
pub(super) fn resolve<'m, 'a>(
    mapping: &'m Mapping,
    at: usize,
    field: &Field,
    record: &'a dyn Record,
) -> Resolved<'m, 'a> {
    match field.kind {
        FieldKind::Word | FieldKind::Number | FieldKind::Flag => word(mapping, at, field, record),
        FieldKind::Time => time(mapping, at, field, record),
        FieldKind::Quantity | FieldKind::Amount => weight(mapping, at, field, record),
    }
}

/// The value at the first of several paths that is there.
pub(crate) fn first<'a>(paths: &[Path], record: &'a dyn Record) -> Option<Node<'a>> {
    paths.iter().find_map(|path| path.first(record))
}

fn word<'m, 'a>(
    mapping: &'m Mapping,
    at: usize,
    field: &Field,
    record: &'a dyn Record,
) -> Resolved<'m, 'a> {
    let text = if field.join.is_empty() {
        match first(&field.at, record) {
            None => return missing(Absence::Absent),
            Some(Node::Null) => return missing(Absence::Null),
            Some(node) => match code(field, node) {
                Some(text) => text,
                None => return unreadable(node),
            },
        }
    } else {
        match joined(field, record) {
            Ok(text) => Cow::Owned(text),
            Err(resolved) => return resolved,
        }
    };
    let (group, resolution) = mapping.resolve(at, &text);
    let codes = group.filter(|group| *group < 127).map_or(u128::MAX, |group| 1 << group);
    Resolved { raw: Raw::Text(text), resolution, codes }
}

/// A value as a code of this field: a flag field wants flags, though exports write them as texts.
fn code<'a>(field: &Field, node: Node<'a>) -> Option<Cow<'a, str>> {
    let fits = match (field.kind, node) {
        (_, Node::Text(_))
        | (FieldKind::Flag, Node::Flag(_))
        | (FieldKind::Number, Node::Whole(_) | Node::Float(_)) => true,
        // Some APIs send a word as a number or a flag where its spelling looks like one.
        (FieldKind::Word, Node::Flag(_) | Node::Whole(_)) => true,
        (
            _,
            Node::Flag(_)
            | Node::Whole(_)
            | Node::Float(_)
            | Node::Null
            | Node::Record(_)
            | Node::List(_),
        ) => false,
    };
    if fits { node.as_code() } else { None }
}

fn joined<'m, 'a>(field: &Field, record: &'a dyn Record) -> Result<String, Resolved<'m, 'a>> {
    let mut text = String::new();
    for (place, path) in field.join.iter().enumerate() {
        if place > 0 {
            text.push_str(&field.with);
        }
        match path.first(record) {
            None => return Err(missing(Absence::Absent)),
            Some(Node::Null) => return Err(missing(Absence::Null)),
            Some(node) => text.push_str(&node.as_code().ok_or_else(|| unreadable(node))?),
        }
    }
    Ok(text)
}

fn time<'m, 'a>(
    mapping: &'m Mapping,
    at: usize,
    field: &Field,
    record: &'a dyn Record,
) -> Resolved<'m, 'a> {
    match first(&field.at, record) {
        None => missing(Absence::Absent),
        Some(Node::Null) => missing(Absence::Null),
        Some(Node::Text("")) => missing(Absence::Empty),
        Some(node @ (Node::Text(_) | Node::Whole(_) | Node::Float(_))) => {
            let raw = node.as_code().map_or(Raw::Nothing, Raw::Text);
            Resolved { raw, ..weighed(mapping, at, &["set"]) }
        }
        Some(node @ (Node::Flag(_) | Node::Record(_) | Node::List(_))) => unreadable(node),
    }
}

/// A sum and the whole that it is a part of.
fn weight<'m, 'a>(
    mapping: &'m Mapping,
    at: usize,
    field: &Field,
    record: &'a dyn Record,
) -> Resolved<'m, 'a> {
    let value = match sum_of_first(&field.at, record) {
        Sum::Absent => return missing(Absence::Absent),
        Sum::Null => return missing(Absence::Null),
        Sum::Unreadable(found) => {
            let raw = first(&field.at, record).and_then(Node::as_code);
            let resolution = Resolution::Unreadable { found };
            let raw = raw.map_or(Raw::Nothing, Raw::Text);
            return Resolved { raw, resolution, codes: u128::MAX };
        }
        Sum::Of(value) => value,
    };
    let has_whole = !field.of.is_empty() || !field.of_sum.is_empty();
    let codes: &[&str] = match (has_whole, whole(field, record)) {
        (false, _) if value.is_positive() => &["some"],
        (false, _) => &["zero"],
        (true, Some(whole)) if whole.is_zero() && value.is_zero() => return unknown_weight(value),
        (true, _) if !value.is_positive() => &["zero"],
        (true, None) => &["some", "all", "over"],
        (true, Some(whole)) => match value.cmp(&whole) {
            core::cmp::Ordering::Less => &["some"],
            core::cmp::Ordering::Equal => &["all"],
            core::cmp::Ordering::Greater => &["over"],
        },
    };
    Resolved { raw: Raw::Number(value), ..weighed(mapping, at, codes) }
}

/// Nothing of nothing says nothing.
fn unknown_weight<'m, 'a>(value: Decimal) -> Resolved<'m, 'a> {
    Resolved {
        raw: Raw::Number(value),
        resolution: Resolution::Missing(Absence::Absent),
        codes: u128::MAX,
    }
}

/// The rows of one weight, or of all that are possible.
fn weighed<'m, 'a>(mapping: &'m Mapping, at: usize, codes: &[&str]) -> Resolved<'m, 'a> {
    if let Some(reason) = mapping.fields().get(at).and_then(Field::ignored) {
        let resolution = Resolution::Ignored(reason);
        return Resolved { raw: Raw::Nothing, resolution, codes: u128::MAX };
    }
    let bit = |group: Option<u16>| group.map_or(0, |group| 1u128 << group.min(126));
    let (bits, resolution) = match codes {
        [only] => {
            let (group, resolution) = mapping.resolve(at, only);
            (bit(group), resolution)
        }
        // Several weights are possible: the rows from the first to the last of them, which stand
        // in the order of the file and of the weights.
        several => {
            let found = || several.iter().map(|code| mapping.resolve(at, code));
            let bits = found().fold(0, |bits, (group, _)| bits | bit(group));
            (bits, neighbours(mapping, at, found().map(|(_, resolution)| resolution)))
        }
    };
    let codes = if bits == 0 { u128::MAX } else { bits };
    Resolved { raw: Raw::Nothing, resolution, codes }
}

fn neighbours<'m>(
    mapping: &'m Mapping,
    at: usize,
    found: impl Iterator<Item = Resolution<'m>>,
) -> Resolution<'m> {
    let rows = mapping.fields().get(at).map(Field::rows).unwrap_or_default();
    let mut range: Option<(usize, usize)> = None;
    for resolution in found {
        let Resolution::Mapped(mapped) = resolution else { return resolution };
        for row in mapped {
            let place = place_in(rows, row).unwrap_or_default();
            range = Some(
                range.map_or((place, place), |(first, last)| (first.min(place), last.max(place))),
            );
        }
    }
    range
        .and_then(|(first, last)| rows.get(first..=last))
        .map_or(Resolution::Missing(Absence::Absent), Resolution::Mapped)
}

#[derive(Clone, Copy)]
pub(crate) enum Sum {
    Absent,
    Null,
    Unreadable(&'static str),
    Of(Decimal),
}

impl Sum {
    pub(crate) const fn known(self) -> Option<Decimal> {
        match self {
            Self::Of(value) => Some(value),
            Self::Absent | Self::Null | Self::Unreadable(_) => None,
        }
    }
}

/// The sum of all values at the first of several paths that is there.
pub(crate) fn sum_of_first(paths: &[Path], record: &dyn Record) -> Sum {
    paths
        .iter()
        .map(|path| sum(path, record))
        .find(|sum| !matches!(sum, Sum::Absent))
        .unwrap_or(Sum::Absent)
}

/// What a part is worth: the first of some amounts that is more than nothing, else nothing if one
/// is there. A hold of which nothing was taken yet is worth what it holds.
pub(super) fn worth(paths: &[Path], record: &dyn Record) -> Option<Decimal> {
    let mut amounts = paths.iter().filter_map(|path| sum(path, record).known());
    let first = amounts.next()?;
    if first.is_zero() {
        amounts.find(|amount| !amount.is_zero()).or(Some(first))
    } else {
        Some(first)
    }
}

/// An amount of a record, in the currency's own unit.
pub(super) fn in_own_unit(kind: &RecordKind, record: &dyn Record, amount: Decimal) -> Decimal {
    if kind.minor_units {
        amount.from_minor_units(currency(kind, record).as_deref().unwrap_or_default())
    } else {
        amount
    }
}

/// The currency of a record's amounts, where it says so.
pub(super) fn currency<'a>(kind: &RecordKind, record: &'a dyn Record) -> Option<Cow<'a, str>> {
    first(&kind.currency, record).filter(|node| !matches!(node, Node::Flag(_)))?.as_code()
}

fn sum(path: &Path, record: &dyn Record) -> Sum {
    let mut total = Decimal::ZERO;
    let mut count = 0;
    let mut has_null = false;
    // The first value that is no number.
    let mut other = None;
    let is_there = path.each(record, |node| {
        count += 1;
        match (node, Decimal::from_node(node)) {
            (_, Some(value)) => total = total + value,
            (Node::Null, None) => has_null = true,
            (Node::Text(""), None) => other = other.or(Some(Sum::Null)),
            (node, None) => other = other.or(Some(Sum::Unreadable(node.kind()))),
        }
    });
    match other {
        _ if !is_there => Sum::Absent,
        Some(other) => other,
        None if has_null && count == 1 => Sum::Null,
        None => Sum::Of(total),
    }
}

fn whole(field: &Field, record: &dyn Record) -> Option<Decimal> {
    let whole = if field.of_sum.is_empty() {
        sum_of_first(&field.of, record).known()?
    } else {
        // Of the parts of a sum, one that is not there adds nothing; without any there is no sum.
        let parts = field.of_sum.iter().filter_map(|path| sum(path, record).known());
        parts.reduce(|a, b| a + b)?
    };
    // What is not there takes nothing away.
    let minus: Decimal = field.minus.iter().filter_map(|path| sum(path, record).known()).sum();
    Some(whole - minus)
}

fn missing<'m, 'a>(absence: Absence) -> Resolved<'m, 'a> {
    let codes = match absence {
        Absence::Null | Absence::Empty => crate::mapping::NULL,
        Absence::Absent | Absence::None => u128::MAX,
    };
    Resolved { raw: Raw::Nothing, resolution: Resolution::Missing(absence), codes }
}

/// A value that no status can have; what it says is kept all the same.
fn unreadable<'m>(node: Node<'_>) -> Resolved<'m, '_> {
    let raw = node.as_code().map_or(Raw::Nothing, Raw::Text);
    Resolved { raw, resolution: Resolution::Unreadable { found: node.kind() }, codes: u128::MAX }
}
