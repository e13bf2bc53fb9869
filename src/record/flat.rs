//! Rows of tables: a flat list of named texts.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::{Node, Record};

/// A flat map from column names to texts: a CSV row, a form, query parameters.
///
/// A column that is missing is absent, an empty cell is the empty text.
///
/// ```
/// use order_status::record::{Flat, Record};
///
/// let row = Flat::new(["order-id", "order-status"], ["701-1", "Shipped"]);
/// assert_eq!(row.get("order-status").and_then(|node| node.as_code()).as_deref(), Some("Shipped"));
/// assert!(row.get("sku").is_none());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flat<'a> {
    columns: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> Flat<'a> {
    /// Pairs names with texts; of names that have no text, or texts that have no name, nothing is
    /// kept. Of two columns with one name the first counts.
    pub fn new<N, T>(names: impl IntoIterator<Item = N>, texts: impl IntoIterator<Item = T>) -> Self
    where
        N: Into<Cow<'a, str>>,
        T: Into<Cow<'a, str>>,
    {
        names.into_iter().zip(texts).map(|(name, text)| (name.into(), text.into())).collect()
    }
}

impl<'a> FromIterator<(Cow<'a, str>, Cow<'a, str>)> for Flat<'a> {
    fn from_iter<I: IntoIterator<Item = (Cow<'a, str>, Cow<'a, str>)>>(columns: I) -> Self {
        Self { columns: columns.into_iter().collect() }
    }
}

impl Record for Flat<'_> {
    fn get(&self, key: &str) -> Option<Node<'_>> {
        self.columns.iter().find(|(name, _)| name == key).map(|(_, text)| Node::Text(text))
    }

    fn keys(&self) -> Option<Vec<&str>> {
        Some(self.columns.iter().map(|(name, _)| &**name).collect())
    }
}
