//! Places in a source text.

use core::ops::Range;

/// A range of bytes in a source text.
///
/// ```
/// use order_status::text::Span;
///
/// assert_eq!(Span::new(3, 7).slice("id = 12"), Some("= 12"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// From the first byte to one past the last.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The first byte.
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// The text at this place, if the place is one of `source`'s.
    pub fn slice(self, source: &str) -> Option<&str> {
        source.get(self.start()..self.end())
    }
}

impl From<Range<usize>> for Span {
    /// Sources are limited to far less than 4 GiB; a larger place is cut to the largest.
    fn from(range: Range<usize>) -> Self {
        let cut = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: cut(range.start), end: cut(range.end) }
    }
}

/// A line and a column, both from 1; columns count characters.
///
/// ```
/// use order_status::text::{Lines, Position};
///
/// assert_eq!(Lines::new("a = 1\nb = 2").position(6), Position { line: 2, column: 1 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_structs, reason = "a place has two coordinates")]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
}

/// Turns byte offsets of one text into lines and columns.
///
/// ```
/// use order_status::text::{Lines, Position};
///
/// let lines = Lines::new("a = 1\nü = 2");
/// assert_eq!(lines.position(9), Position { line: 2, column: 3 });
/// ```
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    source: &'a str,
    starts: alloc::vec::Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Finds the line starts of `source`.
    pub fn new(source: &'a str) -> Self {
        let starts =
            core::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { source, starts }
    }

    /// The line and column of a byte offset; past the end is the end.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let before =
            self.source.as_bytes().get(start..offset.min(self.source.len())).unwrap_or_default();
        // Bytes that continue a character do not begin a new column.
        let column = before.iter().filter(|byte| (**byte & 0xc0) != 0x80).count() + 1;
        let cut = |n| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: cut(line), column: cut(column) }
    }
}
