//! From TOML text to a [`Document`]: all mistakes of a file in one pass.

mod claim;
mod example;
mod field;
mod head;
pub(crate) mod reader;
mod record;
mod show;

use alloc::vec::Vec;

use toml::de::DeTable;

pub(crate) use self::example::Example;
use self::reader::Reader;
use super::model::Document;
use super::rules;
use crate::diagnostic::{Diagnostic, Source};
use crate::text::Span;

/// The largest mapping file that is read, in bytes.
pub const LARGEST_FILE: usize = 4 * 1024 * 1024;

/// A file as read: what it says, what is wrong with it, and its examples if they were asked for.
pub(crate) struct Read {
    pub(crate) document: Option<Document>,
    pub(crate) examples: Vec<Example>,
    pub(crate) found: Vec<Diagnostic>,
}

/// Reads a file. `base` is the mapping that it extends, if the caller has one at hand;
/// examples cost time and only a checker needs them.
pub(crate) fn read(source: Source<'_>, base: Option<&Document>, with_examples: bool) -> Read {
    if source.text.len() > LARGEST_FILE {
        let message = alloc::format!(
            "the file has {} bytes, at most {LARGEST_FILE} are read",
            source.text.len()
        );
        return Read::refused(Diagnostic::new(&rules::TOO_LARGE, Span::default(), message));
    }
    let (tree, errors) = DeTable::parse_recoverable(source.text);
    let mut reader = Reader::new(source.text, 0);
    for error in errors {
        let span = error.span().map(Span::from).unwrap_or_default();
        reader.object(&rules::SYNTAX, span, one_line(error.message()));
    }
    let tree = tree.get_ref();
    if !reader.schema(tree) {
        return Read { document: None, examples: Vec::new(), found: reader.found };
    }
    let document = reader.document(tree, source.name, base);
    let examples = if with_examples { reader.examples(tree) } else { Vec::new() };
    if with_examples {
        reader.unused_names();
    }
    Read { document, examples, found: reader.found }
}

impl Read {
    fn refused(found: Diagnostic) -> Self {
        Self { document: None, examples: Vec::new(), found: Vec::from([found]) }
    }
}

fn one_line(message: &str) -> alloc::string::String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}
