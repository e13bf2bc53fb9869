//! Payloads: how this crate looks into what a system sent.
//!
//! A payload is anything that implements [`Record`]: `serde_json::Value` with the feature `json`,
//! a [`Flat`] map or CSV row, or a type of your own. Mapping files name places in it with
//! [`Path`]s; nobody writes glue code per channel.

mod decimal;
mod digest;
mod flat;
#[cfg(feature = "json")]
mod json;
mod path;
mod tree;

use alloc::borrow::Cow;
use alloc::string::ToString as _;
use alloc::vec::Vec;

pub use self::decimal::Decimal;
pub use self::digest::digest;
pub use self::flat::Flat;
pub use self::path::{InvalidPath, Path};
pub(crate) use self::tree::{Tree, WITHHELD};

/// Something with named values: one object of a payload, one row of a table.
///
/// ```
/// use order_status::record::{Node, Record};
///
/// struct Mine { status: &'static str }
///
/// impl Record for Mine {
///     fn get(&self, key: &str) -> Option<Node<'_>> {
///         (key == "status").then_some(Node::Text(self.status))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read as a payload",
    label = "not a `Record`",
    note = "`serde_json::Value` is one with the feature `json` of `order-status`; rows of tables are read as `Flat`; \
            or implement `Record` for `{Self}`"
)]
pub trait Record {
    /// The value under a key, or nothing where there is no such key; a null is a value.
    fn get(&self, key: &str) -> Option<Node<'_>>;

    /// The keys that there are, in any order; nothing where they cannot be listed. Only what has
    /// keys has a [`digest`].
    fn keys(&self) -> Option<Vec<&str>> {
        None
    }

    /// Is there no key at all? A path does not lead to such a record: some APIs wrap every value in
    /// an object, and send an empty one where there is none.
    fn is_empty(&self) -> bool {
        false
    }
}

/// Something with values in order: a list inside a payload.
///
/// ```
/// use order_status::record::{List, Node};
///
/// struct Statuses(Vec<String>);
///
/// impl List for Statuses {
///     fn len(&self) -> usize {
///         self.0.len()
///     }
///
///     fn get(&self, index: usize) -> Option<Node<'_>> {
///         self.0.get(index).map(|status| Node::Text(status))
///     }
/// }
///
/// let list = Statuses(vec!["Shipped".into()]);
/// assert_eq!(Node::List(&list).kind(), "a list");
/// ```
pub trait List {
    /// How many values there are.
    fn len(&self) -> usize;

    /// The value at a place, from 0.
    fn get(&self, index: usize) -> Option<Node<'_>>;

    /// Is there no value?
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One value inside a payload.
///
/// ```
/// use order_status::record::Node;
///
/// let payload = serde_json::json!({ "financial_status": "paid", "test": false, "tags": [] });
/// let code = |key: &str| Node::from(&payload[key]).as_code().map(String::from);
/// assert_eq!(code("financial_status").as_deref(), Some("paid"));
/// assert_eq!(code("test").as_deref(), Some("false"));
/// assert_eq!(code("tags"), None);
/// ```
#[derive(Clone, Copy)]
#[expect(clippy::exhaustive_enums, reason = "these are the shapes that data has")]
pub enum Node<'a> {
    /// Present, and explicitly nothing.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Whole(i64),
    /// A number with a fraction, or one too large for [`Node::Whole`].
    Float(f64),
    /// A text.
    Text(&'a str),
    /// An object.
    Record(&'a dyn Record),
    /// A list.
    List(&'a dyn List),
}

impl<'a> Node<'a> {
    /// The value as a code: texts as they are, numbers and flags as they are written in JSON.
    /// Null, objects and lists are no codes.
    pub fn as_code(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Flag(true) => Some(Cow::Borrowed("true")),
            Self::Flag(false) => Some(Cow::Borrowed("false")),
            Self::Whole(number) => Some(Cow::Owned(number.to_string())),
            Self::Float(number) => Some(Cow::Owned(number.to_string())),
            Self::Null | Self::Record(_) | Self::List(_) => None,
        }
    }

    /// The value as an object, if it is one.
    pub(crate) const fn as_record(self) -> Option<&'a dyn Record> {
        match self {
            Self::Record(record) => Some(record),
            Self::Null
            | Self::Flag(_)
            | Self::Whole(_)
            | Self::Float(_)
            | Self::Text(_)
            | Self::List(_) => None,
        }
    }

    /// What the value is, for messages.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Flag(_) => "a flag",
            Self::Whole(_) | Self::Float(_) => "a number",
            Self::Text(_) => "a text",
            Self::Record(_) => "an object",
            Self::List(_) => "a list",
        }
    }
}

impl core::fmt::Debug for Node<'_> {
    /// The kind alone: payloads hold personal data.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Node({})", self.kind())
    }
}
