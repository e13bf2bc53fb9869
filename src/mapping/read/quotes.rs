//! Texts and their quotes: curly ones, missing ones, and texts without any.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use toml::de::DeTable;

use super::mend::at;
use super::scan::Edit;
use crate::diagnostic::Diagnostic;
use crate::text::{Escaped, Span};

/// Longer lines are not tried out for the place of a missing quote.
const LONGEST: usize = 2_000;
/// At so many places of a line.
const MOST: usize = 64;

/// The length of a text in straight quotes, which ends with its line unless it has three of them;
/// nothing where it is not closed.
pub(super) fn length(rest: &str) -> Option<usize> {
    let quote = rest.bytes().next()?;
    let bytes = rest.as_bytes();
    let three = [quote; 3];
    let is_long = bytes.starts_with(&three);
    let mut len = if is_long { 3 } else { 1 };
    while let Some(byte) = bytes.get(len).copied() {
        if byte == b'\\' && quote == b'"' {
            len += 2;
        } else if is_long && bytes.get(len..).is_some_and(|rest| rest.starts_with(&three)) {
            return Some(len + 3);
        } else if !is_long && byte == quote {
            return Some(len + 1);
        } else if !is_long && byte == b'\n' {
            return None;
        } else {
            len += 1;
        }
    }
    None
}

/// Quotes as word processors set them, single and double, of several languages.
pub(super) const fn is_curly(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2039}' | '\u{203a}')
}

/// A text that begins with a curly quote: its length, and what stands between the quotes. It may
/// end with a straight one.
pub(super) fn curly(rest: &str) -> Option<(usize, &str)> {
    let line = rest.lines().next()?;
    let first = line.chars().next().filter(|c| is_curly(*c))?.len_utf8();
    let inside = line.get(first..)?;
    let len = inside.find(|c| is_curly(c) || c == '"')?;
    let last = inside.get(len..)?.chars().next()?.len_utf8();
    Some((first + len + last, inside.get(..len)?))
}

/// A text without quotes, or a value that is none. What stands beside another such text in a list
/// is part of the same slip.
pub(super) fn unquoted(
    start: usize,
    text: &str,
    source: &str,
    edits: &mut Vec<Edit>,
    found: &mut Vec<Diagnostic>,
) {
    if text.is_empty() || is_toml(&format!("x = {text}")) {
        return;
    }
    let here = start..start + text.len();
    let span = Span::from(here.clone());
    if let Some(numbers) = numbers(text) {
        let day = day(numbers);
        let known = day.clone().unwrap_or_else(|| "2000-01-01".into());
        edits.push(Edit { at: here, with: known });
        let slip = at(span, format!("`{}` is no day as TOML writes it", Escaped(text)))
            .label("expected the year, the month and the day, such as 2026-11-23")
            .help("write year-month-day, without quotes");
        found.push(match day {
            Some(day) => slip.fix(span, day),
            None => slip,
        });
        return;
    }
    let plain = text.replace('\\', "\\\\").replace('"', "\\\"");
    let quoted = format!("\"{plain}\"");
    edits.push(Edit { at: here, with: quoted.clone() });
    let shown = Escaped(text);
    let before = found.last_mut().and_then(|last| {
        let fix = last.fix.as_mut()?;
        let between = source.get(fix.span.end()..start)?;
        let same = last.message.ends_with(" without quotes") && between.trim() == ",";
        same.then_some((fix, between, &mut last.message))
    });
    if let Some((fix, between, message)) = before {
        let first = message.split(" stand").next().unwrap_or_default();
        *message = format!("{first} and `{shown}` stand without quotes");
        fix.replacement = format!("{}{between}{quoted}", fix.replacement);
        fix.span = Span::from(fix.span.start()..start + text.len());
        return;
    }
    found.push(
        at(span, format!("`{shown}` stands without quotes"))
            .label(format!("expected `{}`", Escaped(&quoted)))
            .help("put texts into straight double quotes")
            .fix(span, quoted),
    );
}

fn is_toml(text: &str) -> bool {
    DeTable::parse(text).is_ok()
}

/// Three numbers, and what stands between them: a day in another order than TOML's.
type Numbers = (char, [u16; 3]);

fn numbers(text: &str) -> Option<Numbers> {
    let separator = text.chars().find(|c| !c.is_ascii_digit())?;
    let mut parts = text.split(separator).map(|part| part.parse().ok());
    let numbers = [parts.next()??, parts.next()??, parts.next()??];
    let is_day = matches!(separator, '.' | '/' | '-') && parts.next().is_none();
    is_day.then_some((separator, numbers))
}

/// The day, where only one can be meant.
fn day((separator, [a, b, c]): Numbers) -> Option<String> {
    let told = |year: u16, month: u16, day: u16| {
        let is_day = year > 999 && (1..=12).contains(&month) && (1..=31).contains(&day);
        is_day.then(|| format!("{year:04}-{month:02}-{day:02}"))
    };
    match separator {
        _ if a > 999 => told(a, b, c),
        // With dots the day comes first; with strokes that depends on the country.
        '.' => told(c, b, a),
        _ if a > 12 => told(c, b, a),
        _ if b > 12 => told(c, a, b),
        _ => None,
    }
}

/// A quote that is missing in a line, told by trying.
pub(super) struct Missing {
    /// Where it is missing, in the line; a curly one may stand there instead.
    pub(super) at: Range<usize>,
    pub(super) quote: &'static str,
    /// Where the text is, of which it is a part.
    text: Range<usize>,
    /// Does it close the text?
    closes: bool,
    /// The brackets that the line opens.
    pub(super) open: Vec<u8>,
}

impl Missing {
    pub(super) fn found(&self, line: usize) -> Diagnostic {
        let Self { at: Range { start, end }, quote, .. } = self;
        let span = Span::from(line + self.text.start..line + self.text.end);
        let (message, label, help) = if self.closes {
            ("a text is not closed", "the end of the text", "close it with the same quote")
        } else {
            ("a text has no quote in front", "its beginning", "open it with the same quote")
        };
        at(span, message)
            .label(format!("expected a `{quote}` at {label}"))
            .help(help)
            .fix(Span::from(line + start..line + end), *quote)
    }
}

/// Finds the first place in a line at which one more quote makes it right: a statement, or
/// elements of a list.
pub(super) fn missing(line: &str, is_statement: bool, in_list: bool) -> Option<Missing> {
    if line.len() > LONGEST || !(is_statement || in_list) {
        return None;
    }
    let odd = |quote: char| line.matches(quote).count() % 2 == 1;
    let quote = if odd('"') { "\"" } else { "'" };
    let is_end = |c: char| matches!(c, ',' | ']' | '}' | '#' | ';');
    let ends = line.match_indices(is_end).map(|(at, _)| at).chain([line.len()]);
    let ends = ends.filter_map(|at| {
        let before = line.get(..at)?.trim_end();
        let text = before.rfind(quote)?..before.len();
        let curly = before.chars().next_back().filter(|c| is_curly(*c)).map_or(0, char::len_utf8);
        Some((before.len() - curly..before.len(), true, text))
    });
    let starts = line.match_indices(['=', '[', ',']).filter_map(|(at, _)| {
        let behind = line.get(at + 1..)?;
        let word = behind.trim_start();
        let at = line.len() - word.len();
        let len = word.find(quote)?;
        (len > 0).then(|| (at..at, false, at..at + len + 1))
    });
    let brackets_in = |line: &str| open_brackets(line);
    ends.chain(starts).take(MOST).find_map(|(at, closes, text)| {
        let (before, behind) = (line.get(..at.start)?, line.get(at.end..)?);
        let tried = format!("{before}{quote}{behind}");
        let open = brackets_in(&tried)?;
        let closers: String =
            open.iter().rev().map(|bracket| if *bracket == b'[' { ']' } else { '}' }).collect();
        let whole = if is_statement {
            format!("{tried}\n{closers}")
        } else {
            format!("x = [{tried}\n{closers}]")
        };
        is_toml(&whole).then_some(Missing { at, quote, text, closes, open })
    })
}

/// Does a small table go on over several lines? `inside` begins behind its bracket. Lists in it may.
pub(super) fn breaks(inside: &str) -> bool {
    let mut open = Vec::from([b'{']);
    let mut rest = inside;
    while let Some(c) = rest.chars().next() {
        let mut len = c.len_utf8();
        match c {
            '"' | '\'' => len = length(rest).unwrap_or(rest.len()),
            '[' => open.push(b'['),
            '{' => open.push(b'{'),
            ']' | '}' => {
                open.pop();
            }
            '#' => len = rest.find('\n').unwrap_or(rest.len()),
            '\n' if open == [b'{'] => return true,
            _ => {}
        }
        rest = rest.get(len..).unwrap_or_default();
    }
    false
}

/// The brackets that a line leaves open; nothing where one of its texts is not closed.
fn open_brackets(line: &str) -> Option<Vec<u8>> {
    let mut open = Vec::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let mut len = c.len_utf8();
        match c {
            '"' | '\'' => len = length(rest)?,
            '[' => open.push(b'['),
            '{' => open.push(b'{'),
            ']' | '}' => {
                open.pop();
            }
            '#' => break,
            _ => {}
        }
        rest = rest.get(len..)?;
    }
    Some(open)
}
