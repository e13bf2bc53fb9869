//! Payloads that stand in a mapping file as examples.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{List, Node, Record};

/// An owned payload.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    Null,
    Flag(bool),
    Whole(i64),
    Float(f64),
    Text(Box<str>),
    List(Vec<Self>),
    Record(Vec<(Box<str>, Self)>),
}

impl Tree {
    fn node(&self) -> Node<'_> {
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
        if !entries.iter().any(|(name, _)| **name == *key) {
            entries.push((key.into(), Self::Record(Vec::new())));
        }
        let Some((_, value)) = entries.iter_mut().find(|(name, _)| **name == *key) else {
            return false;
        };
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

impl Record for Tree {
    fn is_empty(&self) -> bool {
        matches!(self, Self::Record(entries) if entries.is_empty())
    }

    fn get(&self, key: &str) -> Option<Node<'_>> {
        match self {
            Self::Record(entries) => {
                entries.iter().find(|(name, _)| **name == *key).map(|(_, value)| value.node())
            }
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
