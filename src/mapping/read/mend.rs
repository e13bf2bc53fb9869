//! How slips of syntax are told, and what is read instead.

use alloc::format;
use alloc::string::String;
use core::ops::Range;

use super::quotes;
use super::scan::{Edit, Next, Open, Scan, statement};
use crate::diagnostic::Diagnostic;
use crate::mapping::rules;
use crate::text::{Escaped, Span};

impl Scan<'_> {
    /// The rows of a list begin in the next line, and the list itself has not begun.
    pub(super) fn list_without_bracket(&mut self) {
        let behind = self.rest().split_once('\n').map_or("", |(_, behind)| behind);
        if behind.trim_start_matches([' ', '\t', '\r']).starts_with('{') {
            self.missing("[", self.end..self.end, " [", "the list begins here");
            self.open.push(Open { bracket: b'[', at: self.end.saturating_sub(1) });
        }
    }

    /// A sign is missing at a place.
    pub(super) fn missing(&mut self, sign: &str, place: Range<usize>, with: &str, why: &str) {
        self.found.push(
            at(self.last(), format!("a `{sign}` is missing"))
                .label(format!("expected `{sign}` behind this: {why}"))
                .help(format!("write `{sign}`"))
                .fix(Span::from(place.clone()), with),
        );
        self.edits.push(Edit { at: place, with: with.into() });
    }

    /// Two things stand side by side in a list, or two keys in a small table.
    pub(super) fn comma_before(&mut self, top: Option<Open>) {
        let Some(open) = top.filter(|_| self.next == Next::Comma) else { return };
        // A quote behind a word is more likely one that has lost its other half.
        let is_list = open.bracket == b'[';
        let before = self.source.get(..self.at).unwrap_or_default();
        let apart = before.ends_with(char::is_whitespace) || self.rest().starts_with('{');
        if !apart || (!is_list && statement(self.rest()).is_none()) {
            return;
        }
        let place = self.end;
        self.edits.push(Edit { at: place..place, with: ",".into() });
        self.found.push(
            at(self.last(), "a comma is missing")
                .label("expected a comma behind this")
                .help("separate the elements of a list, and the keys of a small table, by commas")
                .fix(Span::from(place..place), ","),
        );
        self.next = if is_list { Next::Value } else { Next::Key };
    }

    /// The last character that was read.
    pub(super) fn last(&self) -> Span {
        let before = self.source.get(..self.end).unwrap_or_default();
        let len = before.chars().next_back().map_or(0, char::len_utf8);
        Span::from(self.end - len..self.end)
    }

    /// Closes the innermost bracket behind the last thing in it.
    pub(super) fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let end = self.end..self.end;
        self.unclosed(open, open.closer().into(), end, "where its last part ends");
    }

    pub(super) fn unclosed(
        &mut self,
        open: Open,
        closers: String,
        end: Range<usize>,
        expected: &str,
    ) {
        let (bracket, close) = (char::from(open.bracket), open.closer());
        self.found.push(
            at(Span::from(open.at..open.at + 1), format!("the `{bracket}` is not closed"))
                .label(format!("expected a `{close}` {expected}"))
                .help(format!("write `{closers}` where it ends"))
                .fix(Span::from(end.clone()), closers.clone()),
        );
        self.edits.push(Edit { at: end, with: closers });
    }

    /// Whatever is open ends here.
    pub(super) fn give_up(&mut self) {
        let closers = self.open.iter().rev().map(|open| open.closer()).collect();
        if let Some(open) = self.open.first().copied() {
            // A comma before the end is too much in a small table.
            let end = self.end..self.comma.max(self.end);
            self.unclosed(open, closers, end, "before the next key");
        }
        self.open.clear();
        self.next = Next::Key;
    }

    /// The bracket that closes is not of the kind that is open.
    pub(super) fn wrong_closer(&mut self, c: char) {
        let Some(open) = self.open.last().copied() else { return };
        let (here, right) = (self.at..self.at + 1, open.closer());
        self.found.push(
            at(
                Span::from(here.clone()),
                format!("a `{c}` closes a `{}`", char::from(open.bracket)),
            )
            .label(format!("expected `{right}`"))
            .help(format!("write `{right}`"))
            .fix(Span::from(here.clone()), right),
        );
        self.edits.push(Edit { at: here, with: right.into() });
    }

    /// Does a list begin here, with the bracket of a small table? Keys follow on that.
    pub(super) fn is_list(&self) -> bool {
        let inside = self.rest().get(1..).unwrap_or_default().trim_start();
        if inside.starts_with('{') {
            return true;
        }
        if !inside.starts_with(['"', '\'']) {
            return false;
        }
        let behind = quotes::length(inside).and_then(|len| inside.get(len..));
        behind.is_some_and(|behind| !behind.trim_start().starts_with(['=', ':', '.']))
    }

    pub(super) fn wrong_opener(&mut self, top: Option<Open>) {
        self.comma_before(top);
        let here = self.at..self.at + 1;
        self.found.push(
            at(Span::from(here.clone()), "a list begins with the bracket of a small table")
                .label("expected `[`")
                .help("write lists in `[ ]`")
                .fix(Span::from(here.clone()), "["),
        );
        self.edits.push(Edit { at: here, with: "[".into() });
        self.open.push(Open { bracket: b'[', at: self.at });
        self.next = Next::Value;
        self.at += 1;
        self.end = self.at;
    }

    pub(super) fn semicolon(&mut self, top: Option<Open>) {
        let here = Span::from(self.at..self.at + 1);
        let comma = if top.is_some() { "," } else { "" };
        let found = at(here, "a `;` stands where TOML has none");
        self.found.push(match top {
            Some(_) => found.label("expected a comma").help("write a comma").fix(here, comma),
            None => found.label("a line needs no end").help("remove it").fix(here, comma),
        });
        self.edits.push(Edit { at: self.at..self.at + 1, with: comma.into() });
        self.at += 1;
        self.next = match top {
            Some(Open { bracket: b'{', .. }) => Next::Key,
            Some(_) => Next::Value,
            None => Next::Comma,
        };
    }

    pub(super) fn colon(&mut self) {
        let here = Span::from(self.at..self.at + 1);
        let with = if self.end == self.at { " =" } else { "=" };
        self.found.push(
            at(here, "a `:` stands between a key and its value")
                .label("expected `=`")
                .help("write `=`")
                .fix(here, with),
        );
        self.edits.push(Edit { at: self.at..self.at + 1, with: with.into() });
        self.token(1, Next::Value);
        self.next = Next::Value;
    }

    pub(super) fn curly(&mut self, len: usize, inner: &str) {
        let here = self.at..self.at + len;
        let quoted = format!("\"{}\"", inner.replace('\\', "\\\\").replace('"', "\\\""));
        self.found.push(
            at(Span::from(here.clone()), format!("curly quotes stand around `{}`", Escaped(inner)))
                .label("expected straight quotes")
                .help("write straight double quotes; a word processor makes them curly")
                .fix(Span::from(here.clone()), quoted.clone()),
        );
        self.edits.push(Edit { at: here, with: quoted });
    }
}

pub(super) fn at(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&rules::SYNTAX, span, message)
}
