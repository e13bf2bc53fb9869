//! Slips of syntax that the parser would answer with a dozen objections, found by their looks.
//!
//! The parser goes on behind a mistake as well as it can, which for a quote or a bracket that is
//! not closed is not far. So where it objects, the text is looked through for what people do write:
//! quotes that curl, a `;` for a comma, a row without its `}`. Each is one finding, and is mended
//! in a copy that is parsed instead, so that all else of the file is understood.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::{entry, quotes};
use crate::diagnostic::Diagnostic;

/// A change of the text: what stands at a place, and what is read instead.
pub(super) struct Edit {
    pub(super) at: Range<usize>,
    pub(super) with: String,
}

/// What may stand at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    Key,
    Value,
    /// A comma, or the end of what is open.
    Comma,
}

/// An open bracket.
#[derive(Clone, Copy)]
pub(super) struct Open {
    pub(super) bracket: u8,
    pub(super) at: usize,
}

impl Open {
    pub(super) const fn closer(self) -> char {
        if self.bracket == b'[' { ']' } else { '}' }
    }
}

pub(super) struct Scan<'s> {
    pub(super) source: &'s str,
    pub(super) at: usize,
    pub(super) next: Next,
    pub(super) open: Vec<Open>,
    /// Behind the last thing that is no blank, remark or comma.
    pub(super) end: usize,
    /// Behind the comma that follows, if there is one.
    pub(super) comma: usize,
    pub(super) edits: Vec<Edit>,
    pub(super) found: Vec<Diagnostic>,
}

/// Looks a text through; the edits are in order and do not overlap.
pub(super) fn scan(source: &str) -> (Vec<Edit>, Vec<Diagnostic>) {
    let mut scan = Scan {
        source,
        at: 0,
        next: Next::Key,
        open: Vec::new(),
        end: 0,
        comma: 0,
        edits: Vec::new(),
        found: Vec::new(),
    };
    let mut entries = entry::Entries::default();
    while scan.at < source.len() {
        let before = scan.at;
        scan.line(&mut entries);
        // Whatever happens, a line is left behind.
        scan.at = scan.at.max(before + 1);
    }
    scan.give_up();
    let Scan { mut edits, found, .. } = scan;
    edits.sort_by_key(|edit| edit.at.start);
    let mut end = 0;
    edits.retain(|edit| {
        let behind = edit.at.start >= end && source.is_char_boundary(edit.at.start);
        if behind {
            end = edit.at.end;
        }
        behind
    });
    (edits, found)
}

/// What begins a line.
pub(super) enum Statement<'s> {
    /// `[name]` or `[[name]]`: how many brackets there are on each side, and the length of all.
    Header { name: &'s str, open: usize, close: usize, len: usize },
    /// `key = ...`, or with a colon.
    Key(&'s str),
}

/// The statement with which a line begins; the first character decides that it is one.
pub(super) fn statement(line: &str) -> Option<Statement<'_>> {
    let rest = line.trim_start_matches(['[', '{', '(']);
    let open = line.len() - rest.len();
    let (name, behind) = rest.split_at(rest.find(|c| !is_of_key(c)).unwrap_or(rest.len()));
    match (open, behind.trim_start().chars().next()) {
        (0, Some('=' | ':')) if !name.is_empty() => Some(Statement::Key(name)),
        (1 | 2, Some(']' | '}' | ')')) if name.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            let rest = behind.trim_start().trim_start_matches([']', '}', ')']);
            let len = line.len() - rest.len();
            let close = behind.trim_start().len() - rest.len();
            // Brackets of other kinds are none.
            let square = line.get(..len).unwrap_or_default().matches(['[', ']']).count();
            let open = if square == open + close { open } else { 0 };
            Some(Statement::Header { name, open, close, len })
        }
        _ => None,
    }
}

pub(super) const fn is_of_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

impl<'s> Scan<'s> {
    /// One line, and those over which a text of several lines goes on.
    fn line(&mut self, entries: &mut entry::Entries<'s>) {
        let line = self.rest().lines().next().unwrap_or_default();
        let in_table = self.open.last().is_some_and(|open| open.bracket == b'{');
        let statement = statement(line);
        // No list goes on over a line that begins, without a blank, with `key =` or `[table]`; a
        // small table goes on over the former in newer TOML.
        let begins = match statement {
            Some(Statement::Header { .. }) => true,
            Some(Statement::Key(_)) => !in_table || self.next == Next::Comma,
            None => false,
        };
        if begins {
            self.give_up();
        }
        if self.open.is_empty() {
            self.next = Next::Key;
            if let Some(statement) = &statement {
                entries.line(self.at, statement, self.rest(), &mut self.edits, &mut self.found);
            }
            if let Some(Statement::Header { .. }) = statement {
                self.at += line.len();
                self.end = self.at;
                return self.newline();
            }
        }
        let state = (self.at, self.next, self.open.len(), self.edits.len(), self.found.len());
        if let Some(quote) = self.tokens() {
            // A quote that is missing makes texts of what stands between them, so the line is looked
            // at as a whole, and from its beginning.
            let (at, next, open, edits, found) = state;
            let in_list = self.open.get(..open).and_then(<[_]>::last);
            let in_list = in_list.is_some_and(|open| open.bracket == b'[');
            if let Some(missing) = quotes::missing(line, open == 0, in_list) {
                self.open.truncate(open);
                self.edits.truncate(edits);
                self.found.truncate(found);
                let place = at + missing.at.start;
                let end = at + missing.at.end;
                self.edits.push(Edit { at: place..end, with: missing.quote.into() });
                self.found.push(missing.found(at));
                self.open.extend(
                    missing.open.iter().map(|bracket| Open { bracket: *bracket, at: place }),
                );
                self.at = at + line.len();
                self.end = at + line.trim_end().len();
                self.next = if line.trim_end().ends_with(',') { Next::Value } else { Next::Comma };
            } else {
                (self.at, self.next) = (quote, next);
                self.at += self.rest().lines().next().unwrap_or_default().len();
                self.end = self.at;
            }
        }
        if self.open.is_empty() && self.next == Next::Value {
            self.list_without_bracket();
        }
        self.newline();
    }

    fn newline(&mut self) {
        self.at += self.rest().find('\n').map_or(self.rest().len(), |at| at + 1);
    }

    pub(super) fn rest(&self) -> &'s str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// The rest of the line, token by token; tells where a text is not closed.
    fn tokens(&mut self) -> Option<usize> {
        while let Some(c) = self.rest().chars().next() {
            let top = self.open.last().copied();
            match c {
                '\n' | '#' => break,
                '"' | '\'' => {
                    self.comma_before(top);
                    match quotes::length(self.rest()) {
                        Some(len) => self.token(len, Next::Comma),
                        None => return Some(self.at),
                    }
                }
                _ if quotes::is_curly(c) => match quotes::curly(self.rest()) {
                    Some((len, inner)) => {
                        self.curly(len, inner);
                        self.token(len, Next::Comma);
                    }
                    None => self.at += c.len_utf8(),
                },
                '[' | '{' => self.opening(c, top),
                ']' | '}' => self.closing(c),
                ',' => {
                    self.at += 1;
                    self.comma = self.at;
                    self.next = match top {
                        Some(Open { bracket: b'{', .. }) => Next::Key,
                        Some(_) | None => Next::Value,
                    };
                }
                ';' => self.semicolon(top),
                '=' => {
                    self.token(1, Next::Value);
                    self.next = Next::Value;
                }
                ':' if self.next == Next::Key => self.colon(),
                _ if c.is_whitespace() => self.at += c.len_utf8(),
                _ => self.word(top),
            }
        }
        None
    }

    pub(super) fn token(&mut self, len: usize, next: Next) {
        self.at += len;
        self.end = self.at;
        // A text may be a key.
        let behind = self.rest().trim_start();
        let is_key = self.next == Next::Key && behind.starts_with(['=', ':']);
        self.next = if is_key { Next::Key } else { next };
    }

    /// Is a bracket another than the one that is open, and not that of an outer one?
    fn is_wrong(&self, c: char) -> bool {
        let Some(top) = self.open.last().filter(|top| top.closer() != c) else { return false };
        if !self.open.iter().any(|open| open.closer() == c) {
            return true;
        }
        // Where all that the line opens is closed in it, none is missing.
        let line = self.source.get(..self.at).and_then(|before| before.rfind('\n')).unwrap_or(0);
        let opened = self.open.iter().filter(|open| open.at > line).count();
        let rest = self.rest().lines().next().unwrap_or_default();
        let closed = rest.matches([']', '}']).count();
        let closed = closed.saturating_sub(rest.matches(['[', '{']).count());
        top.at > line && closed >= opened
    }

    fn opening(&mut self, c: char, top: Option<Open>) {
        if c == '{' && self.is_list() {
            return self.wrong_opener(top);
        }
        let in_row = top.is_some_and(|open| open.bracket == b'{') && self.next != Next::Value;
        if c == '{' && in_row {
            // The next row begins where a key was expected.
            self.close();
            self.next = Next::Value;
            if !self.source.get(self.end..self.at).is_some_and(|between| between.contains(',')) {
                self.next = Next::Comma;
            }
        }
        let top = self.open.last().copied();
        self.comma_before(top);
        let bracket = if c == '[' { b'[' } else { b'{' };
        self.open.push(Open { bracket, at: self.at });
        self.next = if c == '[' { Next::Value } else { Next::Key };
        self.at += 1;
        self.end = self.at;
    }

    fn closing(&mut self, c: char) {
        if self.is_wrong(c) {
            self.wrong_closer(c);
        } else {
            while self.open.last().is_some_and(|open| open.closer() != c) {
                self.close();
            }
        }
        self.open.pop();
        self.next = Next::Comma;
        self.at += 1;
        self.end = self.at;
    }

    /// A key, a number, a day, or a text without its quotes.
    fn word(&mut self, top: Option<Open>) {
        let rest = self.rest();
        if self.next == Next::Key {
            let len = rest.find(|c| !is_of_key(c)).unwrap_or(rest.len()).max(1);
            self.at += rest.get(..len).map_or(1, str::len);
            self.end = self.at;
            let behind = self.rest().trim_start_matches([' ', '\t']);
            let is_value = behind.starts_with(['"', '\'', '[', '{'])
                || behind.starts_with(|c: char| c.is_ascii_digit())
                || behind.starts_with("true")
                || behind.starts_with("false");
            if is_value && behind.len() < self.rest().len() {
                self.missing("=", self.at..self.at, " =", "the value stands there without it");
                self.next = Next::Value;
            }
            return;
        }
        if self.next == Next::Comma {
            self.comma_before(top);
            if self.next == Next::Key {
                return self.word(top);
            }
        }
        let stops: &[char] = match top {
            Some(_) => &[',', ';', ']', '}', '[', '{', '#', '"', '\'', '\n', '='],
            None => &['#', '"', '\'', '\n', ';'],
        };
        let len = rest.find(stops).unwrap_or(rest.len());
        let text = rest.get(..len).unwrap_or_default().trim_end();
        let next = rest.get(len..).and_then(|rest| rest.chars().next());
        let is_key = next == Some('=') && !text.is_empty() && text.chars().all(is_of_key);
        if self.next == Next::Value && is_key {
            // A small table that has not begun.
            self.missing("{", self.at..self.at, "{ ", "a key of a small table follows");
            self.open.push(Open { bracket: b'{', at: self.at });
            self.next = Next::Key;
            return self.word(self.open.last().copied());
        }
        // Quotes beside it are the better explanation.
        if self.next == Next::Value && !matches!(next, Some('"' | '\'' | '=')) {
            quotes::unquoted(self.at, text, self.source, &mut self.edits, &mut self.found);
        }
        self.at += text.len().max(rest.chars().next().map_or(1, char::len_utf8));
        self.end = self.at;
        self.next = Next::Comma;
    }
}
