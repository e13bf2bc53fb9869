//! Reads tables: CSV and its kin, row by row, with the line of each.

use alloc::collections::VecDeque;
use core::cell::RefCell;
use core::fmt;
use std::io::{self, BufRead, Read};

use order_status::record::Flat;

use crate::input::{Payload, Reading};
use crate::output::{Count, NotUtf8, Outcome, printable};
use crate::source::{LARGEST_RECORD, TooLarge};

impl Reading<'_> {
    pub(crate) fn table(&mut self, input: impl BufRead, separator: u8) -> Outcome<()> {
        let seen = RefCell::new(Seen::default());
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .from_reader(Rationed { input, seen: &seen });
        let header = reader
            .byte_headers()
            .map_err(|error| self.problems.unreadable(&error))?
            .iter()
            .map(|name| core::str::from_utf8(name).map(str::to_owned).map_err(NotUtf8))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| self.problems.unreadable(&format_args!("the header is {error}")))?;
        let mut row = csv::ByteRecord::new();
        loop {
            let start = reader.position().byte();
            seen.borrow_mut().fed = 0;
            let read = reader.read_byte_record(&mut row);
            let line = seen.borrow_mut().line_at(start);
            match read {
                Ok(false) => return Ok(()),
                // The ration is a whole number of buffers, so that a row may be a little too large.
                Ok(true) if row.as_slice().len() > LARGEST_RECORD => {
                    self.problems.add(line, &TooLargeRow);
                    continue;
                }
                Ok(true) => {}
                Err(error) if matches!(error.kind(), csv::ErrorKind::Io(error) if is_too_large(error)) =>
                {
                    self.problems.add(line, &TooLargeRow);
                    return Ok(());
                }
                Err(error) => return Err(self.problems.unreadable(&error)),
            }
            match cells(&header, &row) {
                Ok(row) => self.hand_over(line, Payload::Table(row))?,
                Err(what) => self.problems.add(line, &what),
            }
        }
    }
}

fn cells(header: &[String], row: &csv::ByteRecord) -> Result<Flat<'static>, String> {
    if row.len() != header.len() {
        let cells = Count(row.len(), "cell", "cells");
        return Err(format!("{cells}, where the header has {}", header.len()));
    }
    let cells = row
        .iter()
        .zip(header)
        .map(|(cell, name)| {
            core::str::from_utf8(cell)
                .map(str::to_owned)
                .map_err(|error| format!("column {} is {}", printable(name), NotUtf8(error)))
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Flat::new(header.to_vec(), cells))
}

struct TooLargeRow;

impl fmt::Display for TooLargeRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{TooLarge}; is a quotation mark not closed?")
    }
}

/// Stops feeding a reader that has swallowed more than a record may have.
struct Rationed<'a, R> {
    input: R,
    seen: &'a RefCell<Seen>,
}

impl<R: Read> Read for Rationed<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.seen.borrow().fed > LARGEST_RECORD {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.input.read(buffer)?;
        self.seen.borrow_mut().add(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

fn is_too_large(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::FileTooLarge
}

/// What was fed to the reader, and where lines begin in it. The reader counts lines itself, but it
/// counts the line feed behind a carriage return to the next row, and so do blank lines.
struct Seen {
    /// So many bytes since the last row.
    fed: usize,
    bytes: u64,
    line: u64,
    is_fresh: bool,
    after_return: bool,
    /// The first byte of each line that is not blank, and the line's number.
    starts: VecDeque<(u64, u64)>,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            fed: 0,
            bytes: 0,
            line: 1,
            is_fresh: true,
            after_return: false,
            starts: VecDeque::new(),
        }
    }
}

impl Seen {
    fn add(&mut self, bytes: &[u8]) {
        self.fed += bytes.len();
        for byte in bytes {
            match byte {
                b'\n' if self.after_return => {}
                b'\n' | b'\r' => {
                    self.line += 1;
                    self.is_fresh = true;
                }
                _ if self.is_fresh => {
                    self.starts.push_back((self.bytes, self.line));
                    self.is_fresh = false;
                }
                _ => {}
            }
            self.after_return = *byte == b'\r';
            self.bytes += 1;
        }
    }

    /// The line on which the row begins of which the reader says that it begins here.
    fn line_at(&mut self, place: u64) -> u64 {
        while self.starts.front().is_some_and(|(start, _)| *start < place) {
            self.starts.pop_front();
        }
        self.starts.front().map_or(self.line, |(_, line)| *line)
    }
}
