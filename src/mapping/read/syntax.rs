//! What the parser of TOML objects to, in the words of somebody who writes mapping files.
//!
//! The parser goes on behind a mistake, and one slip can have it object to every line that
//! follows. So a bracket that was never closed is looked for first and closed in a copy, and of
//! what is said about one line only the first is told.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::Diagnostic;
use crate::mapping::rules;
use crate::text::{Escaped, Lines, Span};

/// A text that is parsed, and how it differs from the one that was written.
pub(crate) struct Text<'s> {
    source: &'s str,
    read: Cow<'s, str>,
    /// Where something was inserted, as places in `read`, and how much up to there.
    inserted: Vec<(usize, usize)>,
    unclosed: Vec<Diagnostic>,
}

impl<'s> Text<'s> {
    /// Closes brackets that are not closed, if the parser has found anything wrong.
    pub(crate) fn new(source: &'s str, errors: &[toml::de::Error]) -> Self {
        let mut text = Self::unread(source);
        let brackets = if errors.is_empty() { Vec::new() } else { unclosed(source) };
        let (mut copy, mut copied, mut shift) = (String::new(), 0, 0);
        for open in brackets {
            let Some(part) = source.get(copied..open.end) else { continue };
            copy.push_str(part);
            text.unclosed.push(open.found(shift));
            copied = open.end;
            shift += open.closers.len();
            text.inserted.push((copy.len(), shift));
            copy.push_str(&open.closers);
        }
        if shift > 0 {
            copy.push_str(source.get(copied..).unwrap_or_default());
            text.read = copy.into();
        }
        text
    }

    /// A text that nobody is going to parse.
    pub(crate) fn unread(source: &'s str) -> Self {
        Self { source, read: source.into(), inserted: Vec::new(), unclosed: Vec::new() }
    }

    /// The copy in which brackets are closed, if there are any that were not.
    pub(crate) fn copy(&self) -> Option<&str> {
        (!self.inserted.is_empty()).then_some(&*self.read)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.read
    }

    /// The findings about the syntax of the text, at most one for a line.
    pub(crate) fn mistakes(&self, errors: &[toml::de::Error]) -> Vec<Diagnostic> {
        let errors = errors.iter().map(|error| mistake(error, &self.read));
        self.unclosed.iter().cloned().chain(errors).collect()
    }

    /// Gives findings about the text that was parsed the places of the one that was written, and
    /// leaves out those that only echo a mistake of syntax on the same line.
    pub(crate) fn told(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        if !found.iter().any(is_syntax) {
            return found;
        }
        let lines = Lines::new(self.source);
        let mut found: Vec<_> = found.into_iter().map(|found| self.as_written(found)).collect();
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

    /// The place as written of a place in the text that was parsed; what was inserted has the place
    /// at which it was.
    fn place(&self, read: usize) -> usize {
        let behind = self.inserted.partition_point(|(at, _)| *at < read);
        let before = self.inserted.get(..behind).unwrap_or_default();
        let mut before = before.iter().rev();
        let Some((at, shift)) = before.next() else { return read };
        let earlier = before.next().map_or(0, |(_, shift)| *shift);
        read.saturating_sub(*shift).max(at - earlier)
    }
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

/// A bracket that is still open where the next key or table begins.
struct Unclosed {
    /// The outermost bracket.
    bracket: u8,
    start: usize,
    /// Behind the last thing that belongs to it.
    end: usize,
    closers: String,
}

impl Unclosed {
    /// The finding, with its places where so much was inserted before.
    fn found(&self, shift: usize) -> Diagnostic {
        let (open, close) = if self.bracket == b'[' { ('[', ']') } else { ('{', '}') };
        let (start, end) = (self.start + shift, self.end + shift);
        let end = Span::from(end..end);
        let closers = &self.closers;
        Diagnostic::new(
            &rules::SYNTAX,
            Span::from(start..start + 1),
            format!("the `{open}` is not closed"),
        )
        .label(format!("expected a `{close}` before the next key"))
        .help(format!("write `{closers}` where it ends"))
        .fix(end, closers.clone())
    }
}

/// Finds brackets that are not closed. No list and no small table goes on over a line that begins,
/// without a blank, with `key =` or `[table]`.
fn unclosed(source: &str) -> Vec<Unclosed> {
    let mut found = Vec::new();
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut end = 0;
    let mut at = 0;
    let mut line_begins = true;
    let bytes = source.as_bytes();
    while let Some(byte) = bytes.get(at).copied() {
        if line_begins && !open.is_empty() {
            let in_table = open.last().is_some_and(|(bracket, _)| *bracket == b'{');
            if begins_a_statement(source.get(at..).unwrap_or_default(), in_table) {
                found.extend(give_up(&mut open, end));
            }
        }
        line_begins = byte == b'\n';
        let len = match byte {
            b'#' => length_until(bytes, at, b'\n'),
            b'"' | b'\'' => length_of_text(bytes, at, byte),
            b'[' | b'{' => {
                open.push((byte, at));
                1
            }
            b']' | b'}' => {
                open.pop();
                1
            }
            _ => 1,
        };
        at += len;
        if byte != b'#' && !byte.is_ascii_whitespace() {
            end = at;
        }
    }
    found.extend(give_up(&mut open, end));
    found
}

fn give_up(open: &mut Vec<(u8, usize)>, end: usize) -> Option<Unclosed> {
    let (bracket, start) = open.first().copied()?;
    let close = |(bracket, _): (u8, usize)| if bracket == b'[' { ']' } else { '}' };
    let closers = open.drain(..).rev().map(close).collect();
    Some(Unclosed { bracket, start, end, closers })
}

fn begins_a_statement(rest: &str, in_table: bool) -> bool {
    let line = rest.lines().next().unwrap_or_default();
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let name = line.trim_start_matches('[').trim_start_matches(is_key);
    if line.starts_with('[') {
        let named = line.trim_start_matches('[').starts_with(|c: char| c.is_ascii_alphabetic());
        return named && name.starts_with(']');
    }
    // Newer TOML lets a small table go on over several lines.
    !in_table && line.starts_with(is_key) && name.trim_start().starts_with('=')
}

fn length_until(bytes: &[u8], at: usize, wanted: u8) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().position(|byte| *byte == wanted).unwrap_or(rest.len()).max(1)
}

/// The length of a text in quotes, which ends with its line unless it has three of them.
fn length_of_text(bytes: &[u8], at: usize, quote: u8) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let three = [quote; 3];
    let is_long = rest.starts_with(&three);
    let mut len = if is_long { 3 } else { 1 };
    while let Some(byte) = rest.get(len).copied() {
        if byte == b'\\' && quote == b'"' {
            len += 2;
        } else if is_long && rest.get(len..).is_some_and(|rest| rest.starts_with(&three)) {
            return len + 3;
        } else if !is_long && byte == quote {
            return len + 1;
        } else if !is_long && byte == b'\n' {
            return len;
        } else {
            len += 1;
        }
    }
    rest.len()
}
