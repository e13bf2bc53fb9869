//! JSON payloads, as the vendors' APIs send them.

use alloc::string::String;
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::{List, Node, Record};

impl Record for Value {
    fn get(&self, key: &str) -> Option<Node<'_>> {
        self.as_object().and_then(|object| Record::get(object, key))
    }

    fn keys(&self) -> Option<Vec<&str>> {
        self.as_object().and_then(Record::keys)
    }

    fn is_empty(&self) -> bool {
        self.as_object().is_some_and(Map::is_empty)
    }
}

impl Record for Map<String, Value> {
    fn get(&self, key: &str) -> Option<Node<'_>> {
        Self::get(self, key).map(Node::from)
    }

    fn keys(&self) -> Option<Vec<&str>> {
        Some(Self::keys(self).map(String::as_str).collect())
    }

    fn is_empty(&self) -> bool {
        Self::is_empty(self)
    }
}

impl List for Vec<Value> {
    fn len(&self) -> usize {
        Self::len(self)
    }

    fn get(&self, index: usize) -> Option<Node<'_>> {
        self.as_slice().get(index).map(Node::from)
    }
}

impl<'a> From<&'a Value> for Node<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Flag(*flag),
            Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => Self::Whole(whole),
                (None, Some(float)) => Self::Float(float),
                (None, None) => Self::Null,
            },
            Value::String(text) => Self::Text(text),
            Value::Array(list) => Self::List(list),
            Value::Object(object) => Self::Record(object),
        }
    }
}
