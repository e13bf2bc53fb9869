//! Places in a payload, as mapping files write them.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::{Node, Record};

/// A place in a payload: `orderStatus.id`, `lines[].quantity`, `lines[0].sku`,
/// `transactions[kind=refund,status=success].amount`, `"a.b".c`.
///
/// `[]` stands for every element of a list, `[0]` for one, `[key=text]` for those whose key has
/// that text; a list may also be one object alone.
///
/// ```
/// use order_status::record::{Flat, Path};
///
/// let path = Path::parse("order-status")?;
/// let row = Flat::new(["order-status"], ["Shipped"]);
/// assert_eq!(path.first(&row).and_then(|node| node.as_code()).as_deref(), Some("Shipped"));
/// assert!(Path::parse("lines[").is_err());
/// # Ok::<(), order_status::record::InvalidPath>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    text: Box<str>,
    steps: Box<[Step]>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Step {
    Key(Box<str>),
    Every,
    Index(usize),
    Where(Box<[(Box<str>, Box<str>)]>),
}

impl Path {
    /// Reads a path.
    ///
    /// # Errors
    ///
    /// When a key is empty, a bracket or a quote is not closed, or brackets hold something else
    /// than nothing, a number or `key=text` pairs.
    pub fn parse(text: &str) -> Result<Self, InvalidPath> {
        let invalid = |reason| InvalidPath { path: text.into(), reason };
        let mut steps = Vec::new();
        let mut rest = text;
        loop {
            let (key, after) = take_key(rest).map_err(invalid)?;
            steps.push(Step::Key(key.into()));
            rest = after;
            while let Some(inside) = rest.strip_prefix('[') {
                let (inside, after) =
                    inside.split_once(']').ok_or(invalid("a `[` is not closed"))?;
                steps.push(take_selector(inside).map_err(invalid)?);
                rest = after;
            }
            match rest.strip_prefix('.') {
                Some(after) => rest = after,
                None if rest.is_empty() => break,
                None => return Err(invalid("keys are separated by dots")),
            }
        }
        Ok(Self { text: text.into(), steps: steps.into() })
    }

    /// The path as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Can the path lead to several values?
    pub fn is_plural(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Every | Step::Where(_)))
    }

    /// Does it lead to each element of a list, none chosen?
    pub(crate) fn leads_to_each(&self) -> bool {
        self.steps.contains(&Step::Every)
    }

    /// The first value at this place, if the place is there; a null is a value, an object without
    /// keys is none.
    pub fn first<'a>(&self, record: &'a dyn Record) -> Option<Node<'a>> {
        let (node, several) = follow(Node::Record(record), &self.steps)?;
        if several.is_empty() {
            return Some(node);
        }
        let mut found = None;
        visit(node, several, &mut |node| found = found.or(node));
        found
    }

    /// All values at this place, or nothing where even the list is not there, or where one of its
    /// elements lacks a key by which they are told apart.
    pub fn all<'a>(&self, record: &'a dyn Record) -> Option<Vec<Node<'a>>> {
        let mut found = Vec::new();
        self.each(record, |node| found.push(node)).then_some(found)
    }

    /// Calls `each` with every value at this place. Tells whether the place is there in the sense of
    /// [`all`](Self::all); what was found on the way does not count where it is not.
    pub(crate) fn each<'a>(&self, record: &'a dyn Record, mut each: impl FnMut(Node<'a>)) -> bool {
        let Some((node, several)) = follow(Node::Record(record), &self.steps) else { return false };
        if several.is_empty() {
            each(node);
            return true;
        }
        let mut is_told = true;
        visit(node, several, &mut |node| match node {
            Some(node) => each(node),
            None => is_told = false,
        });
        is_told
    }
}

/// Goes on as long as there is one way: most paths hold nothing but keys. Gives the steps that are
/// left, of which the first leads to several values; nothing where the place is not there.
fn follow<'a, 's>(mut node: Node<'a>, mut steps: &'s [Step]) -> Option<(Node<'a>, &'s [Step])> {
    while let Some((step, rest)) = steps.split_first() {
        node = match (step, node) {
            (Step::Key(key), Node::Record(record)) => record.get(key)?,
            (Step::Index(index), Node::List(list)) => list.get(*index)?,
            (Step::Index(0), Node::Record(_)) => node,
            (Step::Every | Step::Where(_), Node::List(_) | Node::Record(_)) => break,
            (Step::Key(_), Node::List(_)) | (Step::Index(_), Node::Record(_)) => return None,
            (_, Node::Null | Node::Flag(_) | Node::Whole(_) | Node::Float(_) | Node::Text(_)) => {
                return None;
            }
        };
        steps = rest;
    }
    // An object without keys holds no value, and is no other one's wrapper either: the place is as
    // good as missing, and the next path may lead somewhere.
    let is_nothing = steps.is_empty() && matches!(node, Node::Record(record) if record.is_empty());
    (!is_nothing).then_some((node, steps))
}

/// Calls `each` with every value at the place, and with nothing for an element of which it cannot
/// be told whether it is meant.
fn visit<'a>(node: Node<'a>, steps: &[Step], each: &mut dyn FnMut(Option<Node<'a>>)) {
    let Some((node, several)) = follow(node, steps) else { return };
    let Some((step, rest)) = several.split_first() else { return each(Some(node)) };
    let mut visit_element = |element| match selects(step, element) {
        Some(true) => visit(element, rest, each),
        Some(false) => {}
        None => each(None),
    };
    match node {
        Node::List(list) => {
            (0..list.len()).filter_map(|index| list.get(index)).for_each(visit_element);
        }
        // A list may also be one object alone.
        Node::Record(_)
        | Node::Null
        | Node::Flag(_)
        | Node::Whole(_)
        | Node::Float(_)
        | Node::Text(_) => visit_element(node),
    }
}

/// Is an element meant? Nothing where a key is missing that decides it.
fn selects(step: &Step, element: Node<'_>) -> Option<bool> {
    match (step, element) {
        (Step::Where(pairs), Node::Record(record)) => {
            let mut selected = Some(true);
            for (key, text) in pairs {
                match record.get(key) {
                    // One pair that does not fit decides, whatever the others are.
                    Some(value) if value.as_code().is_none_or(|code| *code != **text) => {
                        return Some(false);
                    }
                    Some(_) => {}
                    None => selected = None,
                }
            }
            selected
        }
        (Step::Where(_), _) => Some(false),
        (Step::Key(_) | Step::Every | Step::Index(_), _) => Some(true),
    }
}

fn take_key(text: &str) -> Result<(&str, &str), &'static str> {
    let (key, rest) = if let Some(quoted) = text.strip_prefix('"') {
        quoted.split_once('"').ok_or("a quote is not closed")?
    } else {
        text.split_at(text.find(['.', '[', ']', '"']).unwrap_or(text.len()))
    };
    if key.is_empty() { Err("a key is empty") } else { Ok((key, rest)) }
}

fn take_selector(inside: &str) -> Result<Step, &'static str> {
    if inside.is_empty() {
        return Ok(Step::Every);
    }
    if inside.bytes().all(|byte| byte.is_ascii_digit()) {
        return inside.parse().map(Step::Index).map_err(|_| "the place in a list is too large");
    }
    inside
        .split(',')
        .map(|pair| pair.split_once('=').filter(|(key, _)| !key.is_empty()))
        .map(|pair| pair.map(|(key, text)| (key.to_owned().into(), text.to_owned().into())))
        .collect::<Option<_>>()
        .map(Step::Where)
        .ok_or("brackets hold nothing, a number, or `key=text` pairs separated by commas")
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Path({})", self.text)
    }
}

/// A text is not a path into a payload.
///
/// ```
/// use order_status::record::Path;
///
/// let invalid = Path::parse("lines[").unwrap_err();
/// assert!(invalid.to_string().starts_with("`lines[` is not a path: "));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not a path: {reason}", crate::text::Escaped(.path))]
#[must_use]
pub struct InvalidPath {
    path: String,
    reason: &'static str,
}

impl InvalidPath {
    /// What is wrong with it.
    pub const fn reason(&self) -> &'static str {
        self.reason
    }
}
