//! From TOML text to a [`Document`]: all mistakes of a file in one pass.

mod boundary;
mod claim;
mod example;
mod field;
mod head;
pub(crate) mod reader;
mod record;
mod show;
pub(crate) mod syntax;

use alloc::vec::Vec;

use toml::de::DeTable;

pub(crate) use self::example::Example;
use self::reader::Reader;
use self::syntax::Text;
use super::model::Document;
use super::rules;
use crate::diagnostic::{Diagnostic, Source};
use crate::text::Span;

/// The largest mapping file that is read, in bytes.
pub const LARGEST_FILE: usize = 4 * 1024 * 1024;

/// A file as read: what it says, what is wrong with it, and its examples if they were asked for.
pub(crate) struct Read<'s> {
    pub(crate) document: Option<Document>,
    pub(crate) examples: Vec<Example>,
    pub(crate) found: Vec<Diagnostic>,
    /// Turns the places of findings into places of the file.
    pub(crate) text: Text<'s>,
}

/// Reads a file. `base` is the mapping that it extends, if the caller has one at hand;
/// examples cost time and only a checker needs them.
pub(crate) fn read<'s>(
    source: Source<'s>,
    base: Option<&Document>,
    with_examples: bool,
) -> Read<'s> {
    if source.text.len() > LARGEST_FILE {
        return Read {
            document: None,
            examples: Vec::new(),
            found: Vec::from([too_large(source)]),
            text: Text::unread(source.text),
        };
    }
    let first = DeTable::parse_recoverable(source.text);
    let text = Text::new(source.text, &first.1);
    let (tree, errors) = text.copy().map_or(first, DeTable::parse_recoverable);
    let mut reader = Reader::new(text.as_str(), 0);
    reader.found = text.mistakes(&errors);
    let tree = tree.get_ref();
    if !reader.schema(tree) {
        let found = core::mem::take(&mut reader.found);
        return Read { document: None, examples: Vec::new(), found, text };
    }
    let document = Some(reader.document(tree, source, base));
    let examples = if with_examples { reader.examples(tree) } else { Vec::new() };
    if with_examples {
        reader.unused_names();
    }
    let found = core::mem::take(&mut reader.found);
    Read { document, examples, found, text }
}

pub(crate) fn too_large(source: Source<'_>) -> Diagnostic {
    let message =
        alloc::format!("the file has {} bytes, at most {LARGEST_FILE} are read", source.text.len());
    Diagnostic::new(&rules::TOO_LARGE, Span::default(), message)
        .help("is it a mapping file? If it is, shorten its examples to what they show")
}
