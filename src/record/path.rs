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
enum Step {
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

    /// Can the path lead to several values?
    pub fn is_plural(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Every | Step::Where(_)))
    }

    /// The first value at this place, if the place is there; a null is a value, an object without
    /// keys is none.
    pub fn first<'a>(&self, record: &'a dyn Record) -> Option<Node<'a>> {
        let mut found = None;
        visit(Node::Record(record), &self.steps, &mut |node| found = found.or(node));
        found
    }

    /// All values at this place, or nothing where even the list is not there, or where one of its
    /// elements lacks a key by which they are told apart.
    pub fn all<'a>(&self, record: &'a dyn Record) -> Option<Vec<Node<'a>>> {
        let mut found = Vec::new();
        let reached =
            visit(Node::Record(record), &self.steps, &mut |node: Option<_>| found.push(node));
        (reached || !found.is_empty()).then(|| found.into_iter().collect()).flatten()
    }
}

/// Calls `each` with every value at the place, and with nothing for an element of which it cannot
/// be told whether it is meant. Tells whether the place is there: a list that has no such element
/// is, a key that is missing is not.
fn visit<'a>(node: Node<'a>, steps: &[Step], each: &mut dyn FnMut(Option<Node<'a>>)) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        // An object without keys holds no value, and is no other one's wrapper either: the place is
        // as good as missing, and the next path may lead somewhere.
        if matches!(node, Node::Record(record) if record.is_empty()) {
            return false;
        }
        each(Some(node));
        return true;
    };
    match (step, node) {
        (Step::Key(key), Node::Record(record)) => {
            record.get(key).is_some_and(|value| visit(value, rest, each))
        }
        (Step::Index(index), Node::List(list)) => {
            list.get(*index).is_some_and(|value| visit(value, rest, each))
        }
        (Step::Index(0), Node::Record(_)) => visit(node, rest, each),
        (Step::Every | Step::Where(_), Node::List(list)) => {
            for element in (0..list.len()).filter_map(|index| list.get(index)) {
                visit_if(selects(step, element), element, rest, each);
            }
            true
        }
        (Step::Every | Step::Where(_), Node::Record(_)) => {
            visit_if(selects(step, node), node, rest, each);
            true
        }
        (Step::Key(_), Node::List(_)) | (Step::Index(_), Node::Record(_)) => false,
        (_, Node::Null | Node::Flag(_) | Node::Whole(_) | Node::Float(_) | Node::Text(_)) => false,
    }
}

fn visit_if<'a>(
    selected: Option<bool>,
    node: Node<'a>,
    steps: &[Step],
    each: &mut dyn FnMut(Option<Node<'a>>),
) {
    match selected {
        Some(true) => {
            visit(node, steps, each);
        }
        Some(false) => {}
        None => each(None),
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
