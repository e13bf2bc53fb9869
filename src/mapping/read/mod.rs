//! From TOML text to a [`Document`]: all mistakes of a file in one pass.

mod boundary;
mod claim;
mod entry;
mod example;
mod field;
mod head;
mod keys;
mod mend;
mod paths;
mod quotes;
pub(crate) mod reader;
mod record;
mod scan;
mod show;
pub(crate) mod syntax;

use alloc::vec::Vec;

use toml::Spanned;
use toml::de::DeTable;

pub(crate) use self::example::Example;
use self::reader::Reader;
use self::syntax::Text;
use super::model::Document;
use super::rules;
use crate::diagnostic::{Diagnostic, Source};
use crate::text::Span;

/// The largest mapping file that is read, in bytes.
///
/// ```
/// use order_status::diagnostic::Source;
/// use order_status::mapping::{LARGEST_FILE, Mapping};
///
/// let text = "#".repeat(LARGEST_FILE + 1);
/// let report = Mapping::load(Source::new("mine.toml", &text)).unwrap_err();
/// assert_eq!(report.iter().next().unwrap().rule.name(), "too-large");
/// ```
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
    let is_toml = first.1.is_empty();
    let read = read_text(source, text, first, base, with_examples);
    // A line that is left out may leave TOML, with keys in a place where nobody knows them.
    let unknown = |found: &Diagnostic| found.rule.name() == rules::UNKNOWN_KEY.name();
    if is_toml && read.found.iter().any(unknown) {
        let text = Text::mended(source.text, 0);
        if text.copy().is_some() {
            let first = DeTable::parse_recoverable("");
            return read_text(source, text, first, base, with_examples);
        }
    }
    read
}

/// Reads the copy of a text in which slips are mended, or the tree of the text as it is.
fn read_text<'s>(
    source: Source<'s>,
    text: Text<'s>,
    first: (Spanned<DeTable<'s>>, Vec<toml::de::Error>),
    base: Option<&Document>,
    with_examples: bool,
) -> Read<'s> {
    let (tree, errors) = text.copy().map_or(first, DeTable::parse_recoverable);
    let mut reader = Reader::new(text.as_str(), 0);
    reader.found = text.mistakes(&errors);
    reader.torn = !reader.found.is_empty();
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
