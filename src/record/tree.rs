//! Payloads of our own: examples of mapping files, and what a ticket keeps of an order.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::path::Step;
use super::{List, Node, Path, Record};

/// An owned payload.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(untagged))]
pub(crate) enum Tree {
    Null,
    Flag(bool),
    Whole(i64),
    Float(f64),
    Text(Box<str>),
    List(Vec<Self>),
    Record(BTreeMap<Box<str>, Self>),
}

impl Tree {
    /// An object without keys.
    pub(crate) const fn empty() -> Self {
        Self::Record(BTreeMap::new())
    }

    /// Stands for an object of which only matters that it is one, and whether there is anything in it.
    pub(crate) fn object(of: &dyn Record) -> Self {
        let withheld = (!of.is_empty()).then(|| (WITHHELD.into(), Self::Null));
        Self::Record(withheld.into_iter().collect())
    }

    pub(crate) fn node(&self) -> Node<'_> {
        match self {
            Self::Null => Node::Null,
            Self::Flag(flag) => Node::Flag(*flag),
            Self::Whole(number) => Node::Whole(*number),
            Self::Float(number) => Node::Float(*number),
            Self::Text(text) => Node::Text(text),
            Self::List(list) => Node::List(list),
            Self::Record(_) => Node::Record(self),
        }
    }

    /// Puts a null where the dotted path leads, making objects on the way; `lists[0].key` goes into a list.
    pub(crate) fn set_null(&mut self, path: &str) -> bool {
        let (head, rest) =
            path.split_once('.').map_or((path, None), |(head, rest)| (head, Some(rest)));
        let (key, index) = match head.split_once('[') {
            Some((key, index)) => {
                (key, index.strip_suffix(']').and_then(|index| index.parse::<usize>().ok()))
            }
            None => (head, None),
        };
        let Self::Record(entries) = self else { return false };
        let value = entries.entry(key.into()).or_insert_with(Self::empty);
        let value = match (index, value) {
            (Some(index), Self::List(list)) => match list.get_mut(index) {
                Some(value) => value,
                None => return false,
            },
            (None, value) => value,
            (Some(_), _) => return false,
        };
        match rest {
            Some(rest) => value.set_null(rest),
            None => {
                *value = Self::Null;
                true
            }
        }
    }
}

/// Stands for a text that is not to be kept, where only matters that it is there.
pub(crate) const WITHHELD: &str = "…";

impl Tree {
    /// Copies what a path leads through and, as `leaf` wants it, what it leads to: afterwards the
    /// path leads to the same places in the copy. What was copied before stays.
    pub(crate) fn copy<'a>(
        &mut self,
        path: &Path,
        from: &'a dyn Record,
        leaf: &mut dyn FnMut(Node<'a>) -> Self,
    ) {
        copy(path.steps(), Node::Record(from), self, leaf);
    }

    /// Copies the way to a list, or to the one object that stands for it, and gives both sides of
    /// each of its objects to `each`.
    pub(crate) fn copy_each<'a>(
        &mut self,
        path: &Path,
        from: &'a dyn Record,
        each: &mut dyn FnMut(&'a dyn Record, &mut Self),
    ) {
        into_each(path.steps(), Node::Record(from), self, each);
    }

    /// A value as it is; objects and lists without what is in them.
    fn scalar(node: Node<'_>) -> Self {
        match node {
            Node::Flag(flag) => Self::Flag(flag),
            Node::Whole(number) => Self::Whole(number),
            Node::Float(number) => Self::Float(number),
            Node::Text(text) => Self::Text(text.into()),
            Node::Null | Node::Record(_) | Node::List(_) => Self::blank(node),
        }
    }

    /// The shape of a value, without what is in it.
    fn blank(of: Node<'_>) -> Self {
        match of {
            Node::Record(_) => Self::empty(),
            Node::List(list) => Self::List(
                (0..list.len()).map(|at| list.get(at).map_or(Self::Null, Self::blank)).collect(),
            ),
            Node::Null | Node::Flag(_) | Node::Whole(_) | Node::Float(_) | Node::Text(_) => {
                Self::Null
            }
        }
    }
}

fn copy<'a>(
    steps: &[Step],
    from: Node<'a>,
    into: &mut Tree,
    leaf: &mut dyn FnMut(Node<'a>) -> Tree,
) {
    let Some((step, rest)) = steps.split_first() else {
        let is_withheld = matches!(into, Tree::Text(text) if **text == *WITHHELD);
        if is_withheld || matches!(into, Tree::Null) || *into == Tree::empty() {
            *into = leaf(from);
        }
        return;
    };
    if let (Step::Where(pairs), _) = (step, from) {
        keep_marks(pairs, from, into);
    }
    step_into(step, from, into, &mut |from, into| copy(rest, from, into, leaf));
}

fn into_each<'a>(
    steps: &[Step],
    from: Node<'a>,
    into: &mut Tree,
    each: &mut dyn FnMut(&'a dyn Record, &mut Tree),
) {
    if let Some((step, rest)) = steps.split_first() {
        step_into(step, from, into, &mut |from, into| into_each(rest, from, into, each));
        return;
    }
    match from {
        Node::Record(record) => each(record, into),
        Node::List(_) => step_into(&Step::Every, from, into, &mut |from, into| {
            if let Node::Record(record) = from {
                each(record, into);
            }
        }),
        Node::Null | Node::Flag(_) | Node::Whole(_) | Node::Float(_) | Node::Text(_) => {}
    }
}

/// One step down on both sides; what is not there on the side of the copy is put there.
fn step_into<'a>(
    step: &Step,
    from: Node<'a>,
    into: &mut Tree,
    then: &mut dyn FnMut(Node<'a>, &mut Tree),
) {
    match (step, from, into) {
        (Step::Key(key), Node::Record(record), Tree::Record(entries)) => {
            if let Some(value) = record.get(key) {
                then(value, entries.entry(key.clone()).or_insert_with(|| Tree::blank(value)));
            }
        }
        (Step::Index(at), Node::List(list), Tree::List(copies)) => {
            if let (Some(value), Some(copy)) = (list.get(*at), copies.get_mut(*at)) {
                then(value, copy);
            }
        }
        (Step::Every | Step::Where(_), Node::List(list), Tree::List(copies)) => {
            for (at, copy) in copies.iter_mut().enumerate() {
                if let Some(value) = list.get(at) {
                    then(value, copy);
                }
            }
        }
        // One object stands for a list of one.
        (Step::Every | Step::Where(_) | Step::Index(0), Node::Record(_), into) => then(from, into),
        _ => {}
    }
}

/// The keys by which elements of a list are told apart: kept where they are as the path wants them.
fn keep_marks(pairs: &[(Box<str>, Box<str>)], from: Node<'_>, into: &mut Tree) {
    for (key, text) in pairs {
        let mark = [Step::Every, Step::Key(key.clone())];
        copy(&mark, from, into, &mut |node| match node {
            Node::Null => Tree::Null,
            Node::Record(record) => Tree::object(record),
            Node::List(_) => Tree::List(Vec::new()),
            Node::Flag(_) | Node::Whole(_) | Node::Float(_) | Node::Text(_) => {
                let is_wanted = node.as_code().is_some_and(|code| *code == **text);
                if is_wanted { Tree::scalar(node) } else { Tree::Text(WITHHELD.into()) }
            }
        });
    }
}

impl Record for Tree {
    fn is_empty(&self) -> bool {
        matches!(self, Self::Record(entries) if entries.is_empty())
    }

    fn get(&self, key: &str) -> Option<Node<'_>> {
        match self {
            Self::Record(entries) => entries.get(key).map(Self::node),
            Self::Null
            | Self::Flag(_)
            | Self::Whole(_)
            | Self::Float(_)
            | Self::Text(_)
            | Self::List(_) => None,
        }
    }

    fn keys(&self) -> Option<Vec<&str>> {
        match self {
            Self::Record(entries) => Some(entries.keys().map(|key| &**key).collect()),
            Self::Null
            | Self::Flag(_)
            | Self::Whole(_)
            | Self::Float(_)
            | Self::Text(_)
            | Self::List(_) => None,
        }
    }
}

impl List for Vec<Tree> {
    fn len(&self) -> usize {
        Self::len(self)
    }

    fn get(&self, index: usize) -> Option<Node<'_>> {
        self.as_slice().get(index).map(Tree::node)
    }
}
