//! Answers for people and for programs, and how a run ends.

use alloc::collections::BTreeMap;
use core::fmt;
use std::io::{self, BufWriter, Write};

use anstyle::{AnsiColor, Style};
use order_status::text::Escaped;
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Human,
    /// One array.
    Json,
    /// One object a line.
    Ndjson,
}

/// How a run that came to its end ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Clean,
    Findings,
    /// Something could not be read, and the rest was answered.
    Unreadable,
}

impl Verdict {
    pub(crate) const fn found(found: bool) -> Self {
        if found { Self::Findings } else { Self::Clean }
    }
}

/// Why a run did not come to its end.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Nobody reads the output any more.
    Pipe,
    /// This went wrong, in one line.
    Failed(String),
}

pub(crate) type Outcome<T> = Result<T, Stop>;

impl From<io::Error> for Stop {
    /// Errors of writing; those of reading are told with the name of what was read.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Pipe
        } else {
            Self::Failed(format!("the output cannot be written: {error}"))
        }
    }
}

/// One line of output: an object for programs, some text for people.
pub(crate) trait Line: Serialize {
    fn human(&self, out: &mut dyn Write) -> io::Result<()>;
}

/// Standard output.
pub(crate) struct Output {
    out: BufWriter<Box<dyn Write>>,
    format: Format,
    objects: usize,
    /// What is not handed out before it is known that the input is what it is said to be.
    held: Option<Vec<u8>>,
    complete: bool,
}

/// So many bytes are held back at most.
const HELD: usize = 16 << 20;

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.held {
            Some(held) if held.len() < HELD => held.write(bytes),
            Some(_) => {
                self.release()?;
                self.out.write(bytes)
            }
            None => self.out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Output {
    pub(crate) fn new(format: Format) -> Self {
        let out: Box<dyn Write> = if format == Format::Human {
            Box::new(anstream::AutoStream::auto(io::stdout().lock()))
        } else {
            Box::new(io::stdout().lock())
        };
        let out = BufWriter::with_capacity(1 << 16, out);
        Self { out, format, objects: 0, held: None, complete: false }
    }

    /// Holds back what is answered from here on.
    pub(crate) fn hold(&mut self) {
        self.held = Some(Vec::new());
    }

    /// Hands out what was held back.
    pub(crate) fn release(&mut self) -> io::Result<()> {
        self.held.take().map_or(Ok(()), |held| self.out.write_all(&held))
    }

    /// Where to write to if the answer is for people.
    pub(crate) fn human(&mut self) -> Option<&mut dyn Write> {
        if self.format == Format::Human { Some(self) } else { None }
    }

    /// An answer in the format that was asked for.
    pub(crate) fn line(&mut self, line: &impl Line) -> io::Result<()> {
        match self.human() {
            Some(out) => line.human(out),
            None => self.object(line),
        }
    }

    /// An answer for programs.
    pub(crate) fn object(&mut self, object: &impl Serialize) -> io::Result<()> {
        match (self.format, self.objects) {
            (Format::Json, 0) => self.write_all(b"[\n")?,
            (Format::Json, _) => self.write_all(b",\n")?,
            (Format::Human | Format::Ndjson, _) => {}
        }
        self.objects += 1;
        let mut serializer = Serializer::with_formatter(&mut *self, Harmless(CompactFormatter));
        object.serialize(&mut serializer)?;
        if self.format == Format::Ndjson { self.write_all(b"\n") } else { Ok(()) }
    }

    /// Completes the array and writes what is still held back.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        if core::mem::replace(&mut self.complete, true) {
            return Ok(());
        }
        self.release()?;
        match self.format {
            Format::Json if self.objects == 0 => self.out.write_all(b"[]\n")?,
            Format::Json => self.out.write_all(b"\n]\n")?,
            Format::Human | Format::Ndjson => {}
        }
        self.out.flush()
    }

    /// Says on standard error what it comes to, behind all answers: a terminal shows both.
    pub(crate) fn summary(&mut self, message: fmt::Arguments<'_>) -> Outcome<()> {
        self.finish()?;
        note(message);
        Ok(())
    }
}

/// JSON that may be printed to a terminal: what JSON itself lets stand and a terminal or an eye
/// would obey (0x9b, bidirectional overrides) is escaped, too. A parser reads the same text.
struct Harmless(CompactFormatter);

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        text: &str,
    ) -> io::Result<()> {
        if text.is_ascii() && !text.contains('\u{7f}') {
            return out.write_all(text.as_bytes());
        }
        let mut bytes = [0; 4];
        let mut units = [0; 2];
        for c in text.chars() {
            let text = c.encode_utf8(&mut bytes);
            // The library knows which characters are harmless: it prints them as they are.
            if is_harmless(c) {
                out.write_all(text.as_bytes())?;
            } else {
                for unit in c.encode_utf16(&mut units) {
                    write!(out, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }
}

fn is_harmless(c: char) -> bool {
    let mut bytes = [0; 4];
    let text: &str = c.encode_utf8(&mut bytes);
    c == '\\' || Escaped(text).to_string() == text
}

/// A text of somebody else's, made safe for a terminal and not cut.
pub(crate) fn printable(text: &str) -> Printable<'_> {
    Printable(text)
}

pub(crate) struct Printable<'a>(&'a str);

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = [0; 4];
        let mut safe = String::with_capacity(self.0.len());
        for c in self.0.chars() {
            match c {
                // A backslash is harmless, and folders are written with it.
                ' '..='~' => safe.push(c),
                _ => safe.push_str(&Escaped(c.encode_utf8(&mut bytes)).to_string()),
            }
        }
        f.pad(&safe)
    }
}

/// The same in quotation marks, at most 64 characters of it: a value that a system sent.
pub(crate) fn quoted(raw: &str) -> String {
    format!("\"{}\"", Escaped(raw))
}

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(crate) const DOUBTFUL: Style = AnsiColor::Yellow.on_default();

/// Columns side by side; the last one is as long as it likes.
#[derive(Default)]
pub(crate) struct Columns {
    rows: Vec<Vec<String>>,
}

impl Columns {
    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.into());
    }

    /// Prints the rows, the first column in bold. One cell of exceeding length does not push all
    /// others to the right: a column is at most 56 characters wide.
    pub(crate) fn print(&self, out: &mut dyn Write, indent: &str) -> io::Result<()> {
        const WIDEST: usize = 56;
        let mut widths: Vec<usize> = Vec::new();
        for row in &self.rows {
            widths.resize(widths.len().max(row.len()), 0);
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count().min(WIDEST));
            }
        }
        for row in &self.rows {
            // Empty cells at the end need no blanks in front of them.
            let used = row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
            write!(out, "{indent}")?;
            for (at, (cell, width)) in row.iter().zip(&widths).take(used).enumerate() {
                let style = if at == 0 { BOLD } else { Style::new() };
                let gap =
                    if at + 1 == used { 0 } else { width.saturating_sub(cell.chars().count()) + 2 };
                write!(out, "{style}{cell}{style:#}{:gap$}", "")?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

/// A number and what is counted, in the singular and in the plural.
pub(crate) struct Count<N>(pub(crate) N, pub(crate) &'static str, pub(crate) &'static str);

impl<N: fmt::Display + From<u8> + PartialEq> fmt::Display for Count<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, one, more) = self;
        write!(f, "{number} {}", if *number == N::from(1) { one } else { more })
    }
}

/// Why bytes are no text, and what to do about it.
pub(crate) struct NotUtf8(pub(crate) core::str::Utf8Error);

impl fmt::Display for NotUtf8 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not UTF-8 (byte {}); save it as UTF-8", self.0.valid_up_to() + 1)
    }
}

/// Says on standard error what went wrong.
pub(crate) fn complain(message: &str) {
    let mut err = anstream::stderr().lock();
    // Where even this cannot be written there is nobody left to tell.
    let _ = writeln!(err, "{BAD}error{BAD:#}: {}", printable(message));
}

/// Messages that were told, so that none is told without end.
#[derive(Default)]
pub(crate) struct Told {
    times: BTreeMap<String, u64>,
}

impl Told {
    /// So often one message is told.
    const MOST: u64 = 10;
    /// So many messages are remembered.
    const REMEMBERED: usize = 10_000;

    /// May it be told once more?
    pub(crate) fn once_more(&mut self, message: &str) -> bool {
        if let Some(times) = self.times.get_mut(message) {
            *times += 1;
            return *times <= Self::MOST;
        }
        if self.times.len() < Self::REMEMBERED {
            self.times.insert(message.into(), 1);
        }
        true
    }

    /// How many of each message were kept back, with the message.
    pub(crate) fn kept_back(&self) -> impl Iterator<Item = (u64, &str)> {
        let more = |(message, times): (_, &u64)| (times.saturating_sub(Self::MOST), message);
        let all = self.times.iter().map(|(message, times)| (message.as_str(), times)).map(more);
        all.filter(|(more, _)| *more > 0)
    }
}

/// Says something on standard error that is no reason to stop.
pub(crate) fn note(message: fmt::Arguments<'_>) {
    let mut err = anstream::stderr().lock();
    // Where even this cannot be written there is nobody left to tell.
    let _ = writeln!(err, "{}", printable(&message.to_string()));
}
