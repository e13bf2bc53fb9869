//! What the parser of TOML objects to, in the words of somebody who writes mapping files.
//!
//! The parser goes on behind a mistake, and one slip can have it object to every line that
//! follows. So slips that are known by their looks are mended in a copy first, and of what is said
//! about one line only the first is told.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use toml::de::DeTable;

use super::scan::{Edit, scan};
use crate::diagnostic::Diagnostic;
use crate::mapping::rules;
use crate::text::{Escaped, Lines, Span};

/// A text that is parsed, and how it differs from the one that was written.
pub(crate) struct Text<'s> {
    source: &'s str,
    read: Cow<'s, str>,
    edits: Vec<Replaced>,
    slips: Vec<Diagnostic>,
}

/// What was replaced: where it stands as written, and what stands there as read.
struct Replaced {
    written: Range<usize>,
    read: Range<usize>,
}

impl<'s> Text<'s> {
    /// Mends the slips that are known by their looks, if the parser has found something wrong.
    pub(crate) fn new(source: &'s str, errors: &[toml::de::Error]) -> Self {
        if errors.is_empty() && !source.contains(char::REPLACEMENT_CHARACTER) {
            return Self::unread(source);
        }
        Self::mended(source, errors.len())
    }

    /// The same for a text in which the parser, or whoever reads the tree, found something wrong.
    pub(crate) fn mended(source: &'s str, errors: usize) -> Self {
        let mut text = Self::unread(source);
        if source.contains(['\0', char::REPLACEMENT_CHARACTER]) {
            text.slips.push(not_utf8(source));
            return text;
        }
        let (edits, slips) = scan(source);
        let (mut copy, mut copied) = (String::new(), 0);
        for Edit { at, with } in edits {
            copy.push_str(source.get(copied..at.start).unwrap_or_default());
            let read = copy.len()..copy.len() + with.len();
            copy.push_str(&with);
            copied = at.end;
            text.edits.push(Replaced { written: at, read });
        }
        copy.push_str(source.get(copied..).unwrap_or_default());
        // To mend is to leave less that is wrong; what does not was no slip of this kind.
        if text.edits.is_empty() || DeTable::parse_recoverable(&copy).1.len() > errors {
            return Self::unread(source);
        }
        Self { read: copy.into(), slips, ..text }
    }

    /// A text that nobody is going to parse.
    pub(crate) fn unread(source: &'s str) -> Self {
        Self { source, read: source.into(), edits: Vec::new(), slips: Vec::new() }
    }

    /// The copy in which slips are mended, if there are any.
    pub(crate) fn copy(&self) -> Option<&str> {
        (!self.edits.is_empty()).then_some(&*self.read)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.read
    }

    /// The findings about the syntax of the text. Where the bytes are no text, nothing else is told.
    pub(crate) fn mistakes(&self, errors: &[toml::de::Error]) -> Vec<Diagnostic> {
        if self.edits.is_empty() && !self.slips.is_empty() {
            return self.slips.clone();
        }
        errors.iter().map(|error| mistake(error, &self.read)).collect()
    }

    /// Gives findings about the text that was parsed the places of the one that was written, adds
    /// the slips that were mended, and leaves out what only echoes a mistake of syntax on the same
    /// line.
    pub(crate) fn told(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut found: Vec<_> = if self.edits.is_empty() {
            found
        } else {
            found
                .into_iter()
                .map(|found| self.as_written(found))
                .chain(self.slips.clone())
                .collect()
        };
        if !found.iter().any(is_syntax) {
            return found;
        }
        let lines = Lines::new(self.source);
        found.sort_by_key(|found| (!is_syntax(found), found.start()));
        let mut broken = Vec::new();
        found.retain(|found| {
            let Some(primary) = &found.primary else { return true };
            let line = lines.position(primary.span.start()).line;
            // Lines come in order, first those of the mistakes of syntax.
            let is_echo = broken.binary_search(&line).is_ok();
            if is_syntax(found) && !is_echo {
                broken.push(line);
            }
            !is_echo
        });
        found
    }

    fn as_written(&self, mut found: Diagnostic) -> Diagnostic {
        let fix = found.fix.iter_mut().map(|fix| &mut fix.span);
        let labels = found.primary.iter_mut().chain(&mut found.others);
        for span in labels.map(|label| &mut label.span).chain(fix) {
            *span = Span::from(self.place(span.start())..self.place(span.end()));
        }
        found
    }

    /// The place as written of a place in the text that was parsed; what stands inside of something
    /// replaced has the place at which that begins.
    fn place(&self, read: usize) -> usize {
        let behind = self.edits.partition_point(|edit| edit.read.start < read);
        let before = self.edits.get(..behind).and_then(<[_]>::last);
        match before {
            None => read,
            Some(edit) if read < edit.read.end => edit.written.start,
            Some(edit) => edit.written.end + (read - edit.read.end),
        }
    }
}

/// Text in another encoding, read as if it were UTF-8.
fn not_utf8(source: &str) -> Diagnostic {
    let at = source.find(['\0', char::REPLACEMENT_CHARACTER]).unwrap_or_default();
    let len = source.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Diagnostic::new(&rules::SYNTAX, Span::from(at..at + len), "the file is not written in UTF-8")
        .label("here stands something that no text has")
        .help("save it as UTF-8; an editor offers that where it saves a file")
}

pub(super) fn is_syntax(found: &Diagnostic) -> bool {
    found.rule.name() == rules::SYNTAX.name()
}

/// One objection of the parser.
fn mistake(error: &toml::de::Error, source: &str) -> Diagnostic {
    let whole: Span = error.span().map(Span::from).unwrap_or_default();
    // A caret stands under one line, and under something.
    let text = whole.slice(source).unwrap_or_default();
    let line = text.lines().next().unwrap_or_default();
    let (before, behind) = source.split_at_checked(whole.start()).unwrap_or((source, ""));
    let next = behind.chars().next().filter(|c| !matches!(c, '\n' | '\r'));
    let span = match (line.is_empty(), next, before.chars().next_back()) {
        (false, ..) => whole.start()..whole.start() + line.len(),
        (true, Some(next), _) => whole.start()..whole.start() + next.len_utf8(),
        (true, None, Some(last)) => before.len() - last.len_utf8()..before.len(),
        (true, None, None) => whole.start()..whole.start(),
    };
    let span = Span::from(span);
    let at = |message: String| Diagnostic::new(&rules::SYNTAX, span, message);
    let shown = Escaped(line);
    let said = error.message();
    if said.starts_with("string values must be quoted") && text.is_empty() {
        at("a value is missing".into())
            .label("expected a text, a number, a list or a table")
            .help("write the value behind `=`, or remove the key")
    } else if said.starts_with("string values must be quoted") {
        at(format!("`{shown}` stands without quotes"))
            .label(format!("expected `\"{shown}\"`"))
            .help("put texts into straight double quotes")
            .fix(span, format!("\"{line}\""))
    } else if said.starts_with("duplicate key") {
        at(format!("the key `{shown}` is given twice")).help("remove one of the two")
    } else if said.starts_with("invalid basic string") || said.starts_with("invalid literal string")
    {
        at("a text is not closed, or holds something that it cannot".into())
            .label("expected a quote at the end of the text")
            .help("close it with the same quote; a quote or a backslash inside needs a backslash before it")
    } else {
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        at(said).help(
            "texts stand in straight double quotes, lists in `[ ]`, small tables in `{ }` on one line, remarks behind `#`",
        )
    }
}
