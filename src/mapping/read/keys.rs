//! Keys: what is not known, and what a misspelt one means.

use alloc::format;

use toml::de::DeTable;

use super::reader::{Key, Reader, Value, named};
use crate::diagnostic::Diagnostic;
use crate::mapping::rules;
use crate::text::{Escaped, nearest};

impl Reader<'_> {
    pub(crate) fn unknown_key(&mut self, key: &Key<'_>, what: &str, known: &[&str]) {
        let near = nearest(key.get_ref(), known.iter().copied());
        self.odd_key(key, what, near, known);
    }

    /// A key that is not known, and the one that it means, if it means one.
    fn odd_key(&mut self, key: &Key<'_>, what: &str, near: Option<&str>, known: &[&str]) {
        let name = key.get_ref();
        let span = key.span().into();
        let what = named(what);
        let found = Diagnostic::new(
            &rules::UNKNOWN_KEY,
            span,
            format!("`{}` is not a key of {what}", Escaped(name)),
        );
        self.push(match near {
            Some(near) => found.help(format!("did you mean `{near}`?")).fix(span, near),
            None => found.help(format!("keys of {what}: {}", known.join(", "))),
        });
    }

    /// The key that is meant: where one is misspelt and the right one is not there, it is reported and
    /// read as the right one, so that nothing is missing besides.
    pub(crate) fn key<'k>(
        &mut self,
        table: &DeTable<'_>,
        key: &'k Key<'_>,
        what: &str,
        known: &[&'k str],
    ) -> &'k str {
        let name = key.get_ref().as_ref();
        match misspelt(table, name, known) {
            Some(near) => {
                self.odd_key(key, what, Some(near), known);
                near
            }
            None => name,
        }
    }
}

/// The known key that a wrong one means, if the table has no such key besides.
fn misspelt<'k>(table: &DeTable<'_>, name: &str, known: &[&'k str]) -> Option<&'k str> {
    if known.contains(&name) {
        return None;
    }
    nearest(name, known.iter().copied()).filter(|near| !table.contains_key(*near))
}

/// The value of a key, be the key misspelt.
pub(crate) fn meant<'v, 't>(
    table: &'v DeTable<'t>,
    key: &str,
    known: &[&str],
) -> Option<&'v Value<'t>> {
    table.get(key).or_else(|| {
        let mut others = table.iter();
        let other = others.find(|(other, _)| misspelt(table, other.get_ref(), known) == Some(key));
        other.map(|(_, value)| value)
    })
}

/// Is a key there, be it misspelt?
pub(crate) fn has(table: &DeTable<'_>, key: &str, known: &[&str]) -> bool {
    meant(table, key, known).is_some()
}
