//! Reads exports: JSON, NDJSON and CSV, record by record, with the line of each.
//!
//! What cannot be read is told on standard error with its line and counted; the rest is read on.

use core::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, IsTerminal as _, Read};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use order_status::record::{Flat, Record};
use serde_json::{Map, Value};

use crate::output::{Outcome, Stop, note, printable};
use crate::split::{Broken, Member, Piece, Scanner, Shape};

/// The largest record that is read, in bytes.
pub(crate) const LARGEST_RECORD: usize = 16 << 20;
/// The largest JSON document that is read, in bytes: it is held in memory, its records one by one.
const LARGEST_DOCUMENT: usize = 1 << 30;
/// How much of a file decides of which format it is.
const HEAD: u64 = 64 << 10;
/// Files from this size on show a progress bar, in bytes.
const LONG: u64 = 8 << 20;

/// One record and the line on which it begins.
pub(crate) struct Entry {
    pub(crate) line: u64,
    pub(crate) payload: Payload,
}

pub(crate) enum Payload {
    Json(Value),
    Table(Flat<'static>),
}

impl Payload {
    pub(crate) fn as_record(&self) -> &dyn Record {
        match self {
            Self::Json(value) => value,
            Self::Table(row) => row,
        }
    }
}

/// How many records there were, those that could not be read among them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) records: u64,
    pub(crate) bad: u64,
}

/// Tells a record from what an API puts around a list of records.
pub(crate) type IsRecord<'a> = &'a dyn Fn(&Value) -> bool;
/// Takes a record; the inner error is the reason why it is none.
pub(crate) type Each<'a> = &'a mut dyn FnMut(Entry) -> Outcome<Result<(), String>>;

/// Reads every record of a file, or of standard input where the path is `-`.
///
/// # Errors
///
/// Where the file cannot be read, or none of its records, or `each` says stop.
pub(crate) fn read(path: &Path, is_record: IsRecord<'_>, each: Each<'_>) -> Outcome<Tally> {
    let Opened { name, extension, input, bar } = open(path)?;
    let mut reading =
        Reading { problems: Problems { name, count: 0, bar }, good: 0, is_record, each };
    let (format, input) = sniffed(&reading.problems.name, &extension, input)?;
    match format {
        Format::Lines => reading.lines(input)?,
        Format::Document => reading.document(input)?,
        Format::Table(separator) => reading.table(input, separator)?,
    }
    let Reading { problems, good, .. } = reading;
    if let Some(bar) = &problems.bar {
        bar.finish_and_clear();
    }
    let tally = Tally { records: good + problems.count, bad: problems.count };
    if good == 0 && tally.bad > 0 {
        let message = format!("{}: none of {} records could be read", problems.name, tally.bad);
        return Err(Stop::Failed(message));
    }
    Ok(tally)
}

/// What was wrong in one source, told as it is found.
pub(crate) struct Problems {
    name: String,
    count: u64,
    bar: Option<ProgressBar>,
}

impl Problems {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.into(), count: 0, bar: None }
    }

    pub(crate) const fn count(&self) -> u64 {
        self.count
    }

    pub(crate) fn add(&mut self, line: u64, what: &dyn fmt::Display) {
        self.count += 1;
        let tell = || note(format_args!("{}:{line}: {what}", self.name));
        match &self.bar {
            Some(bar) => bar.suspend(tell),
            None => tell(),
        }
    }

    fn unreadable(&self, error: &dyn fmt::Display) -> Stop {
        Stop::Failed(format!("{}: {error}", self.name))
    }
}

struct Opened {
    name: String,
    extension: String,
    input: Box<dyn BufRead>,
    bar: Option<ProgressBar>,
}

fn open(path: &Path) -> Outcome<Opened> {
    if path.as_os_str() == "-" {
        let input = Box::new(BufReader::new(io::stdin()));
        let name = "standard input".into();
        return Ok(Opened { name, extension: String::new(), input, bar: None });
    }
    let name = path.display().to_string();
    let unreadable = |error: io::Error| Stop::Failed(format!("{name}: {error}"));
    let file = File::open(path).map_err(unreadable)?;
    let about = file.metadata().map_err(unreadable)?;
    if about.is_dir() {
        return Err(Stop::Failed(format!("{name}: is a folder, not a file")));
    }
    let extension = path.extension().map(|end| end.to_string_lossy().to_lowercase());
    // The bar must not be drawn between lines that are printed to the same terminal.
    let watched = io::stderr().is_terminal() && !io::stdout().is_terminal();
    let bar = (watched && about.len() >= LONG).then(|| ProgressBar::new(about.len()));
    let input: Box<dyn BufRead> = match &bar {
        Some(bar) => {
            if let Ok(style) = ProgressStyle::with_template(
                "{bar:32} {bytes}/{total_bytes} {bytes_per_sec}, {eta} left",
            ) {
                bar.set_style(style);
            }
            Box::new(BufReader::new(bar.wrap_read(file)))
        }
        None => Box::new(BufReader::with_capacity(1 << 16, file)),
    };
    Ok(Opened { name, extension: extension.unwrap_or_default(), input, bar })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// One JSON value a line.
    Lines,
    /// JSON over several lines.
    Document,
    /// CSV with this separator.
    Table(u8),
}

/// Decides of which format an input is, by the extension of its name and by its first line.
fn sniffed(
    name: &str,
    extension: &str,
    mut input: Box<dyn BufRead>,
) -> Outcome<(Format, Box<dyn BufRead>)> {
    let mut head = Vec::new();
    while head.trim_ascii().is_empty() {
        // A line at a time: whoever feeds a pipe slowly is not waited for.
        let read = input.by_ref().take(HEAD).read_until(b'\n', &mut head);
        if read.map_err(|error| Stop::Failed(format!("{name}: {error}")))? == 0 {
            break;
        }
    }
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return Err(Stop::Failed(format!("{name}: is UTF-16; save it as UTF-8")));
    }
    if let Some(rest) = head.strip_prefix(b"\xef\xbb\xbf") {
        head = rest.to_vec();
    }
    let json = || if is_whole_line(&head) { Format::Lines } else { Format::Document };
    let format = match (extension, head.trim_ascii_start().first()) {
        ("ndjson" | "jsonl", _) => Format::Lines,
        ("csv" | "tsv", _) => Format::Table(separator(&head)),
        ("json", _) | (_, Some(b'{' | b'[') | None) => json(),
        (_, Some(_)) => Format::Table(separator(&head)),
    };
    Ok((format, Box::new(Cursor::new(head).chain(input))))
}

/// Is the first line a value of its own, or a broken one, rather than the beginning of one?
fn is_whole_line(head: &[u8]) -> bool {
    match serde_json::from_slice::<serde::de::IgnoredAny>(head) {
        Ok(_) => true,
        Err(error) => !error.is_eof(),
    }
}

/// The separator that occurs most often in the header.
fn separator(head: &[u8]) -> u8 {
    let header = head.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty());
    let count = |separator: u8| header.unwrap_or_default().split(|byte| *byte == separator).count();
    // Of equals the last counts.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|byte| count(*byte)).unwrap_or(b',')
}

/// One line of input, without what ends it.
pub(crate) struct RawLine<'a> {
    pub(crate) number: u64,
    pub(crate) bytes: &'a [u8],
}

/// Lines of at most so many bytes; a longer one is told and passed over. A line ends with a line
/// feed, or a carriage return and a line feed.
pub(crate) struct Lines<R> {
    input: R,
    limit: usize,
    number: u64,
    buffer: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    pub(crate) const fn new(input: R, limit: usize) -> Self {
        Self { input, limit, number: 0, buffer: Vec::new() }
    }

    pub(crate) fn next_line(&mut self, problems: &mut Problems) -> Outcome<Option<RawLine<'_>>> {
        loop {
            self.buffer.clear();
            self.number += 1;
            let limit = self.limit as u64 + 1;
            let read = self.input.by_ref().take(limit).read_until(b'\n', &mut self.buffer);
            if read.map_err(|error| problems.unreadable(&error))? == 0 {
                return Ok(None);
            }
            if self.buffer.len() <= self.limit || self.buffer.ends_with(b"\n") {
                break;
            }
            self.input.skip_until(b'\n').map_err(|error| problems.unreadable(&error))?;
            problems.add(self.number, &TooLarge);
        }
        let line = self.buffer.strip_suffix(b"\n").unwrap_or(&self.buffer);
        let bytes = line.strip_suffix(b"\r").unwrap_or(line);
        Ok(Some(RawLine { number: self.number, bytes }))
    }
}

struct TooLarge;

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the record has more than {} MiB, the most that is read", LARGEST_RECORD >> 20)
    }
}

struct TooLargeRow;

impl fmt::Display for TooLargeRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{TooLarge}; is a quotation mark not closed?")
    }
}

struct Reading<'a> {
    problems: Problems,
    good: u64,
    is_record: IsRecord<'a>,
    each: Each<'a>,
}

impl Reading<'_> {
    fn lines(&mut self, input: impl BufRead) -> Outcome<()> {
        let mut lines = Lines::new(input, LARGEST_RECORD);
        while let Some(line) = lines.next_line(&mut self.problems)? {
            if line.bytes.trim_ascii().is_empty() {
                continue;
            }
            match parse(line.bytes) {
                Err(what) => self.problems.add(line.number, &what),
                // A line may also be an API's answer, one page of many.
                Ok(value) if value.is_array() || self.is_wrapper(&value) => {
                    self.values(line.bytes, line.number)?;
                }
                Ok(value) => self.hand_over(line.number, Payload::Json(value))?,
            }
        }
        Ok(())
    }

    fn document(&mut self, input: impl BufRead) -> Outcome<()> {
        let mut bytes = Vec::new();
        let limit = LARGEST_DOCUMENT as u64 + 1;
        input
            .take(limit)
            .read_to_end(&mut bytes)
            .map_err(|error| self.problems.unreadable(&error))?;
        if bytes.len() > LARGEST_DOCUMENT {
            let mib = LARGEST_DOCUMENT >> 20;
            return Err(self.problems.unreadable(&format_args!(
                "has more than {mib} MiB, the most that is read of JSON; NDJSON has no such limit"
            )));
        }
        self.values(&bytes, 1)
    }

    /// Reads a text of JSON values, one behind the other.
    fn values(&mut self, bytes: &[u8], line: u64) -> Outcome<()> {
        let mut scanner = Scanner::new(bytes, line);
        while let Some(first) = scanner.peek() {
            let before = scanner.clone();
            let done = match first {
                b'[' => {
                    scanner.elements(&mut |element| self.element(bytes, element))?;
                    Ok(())
                }
                b'{' => self.object(bytes, &mut scanner, 0)?,
                _ => Err(scanner.broken("a record is an object, here is something else")),
            };
            if let Err(Broken { line, what }) = done {
                self.problems.add(line, &what);
                scanner = before;
                if !scanner.resume(b"") {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn element(&mut self, bytes: &[u8], element: Result<Piece, Broken>) -> Outcome<()> {
        match element {
            Ok(piece) => self.piece(bytes, &piece),
            Err(Broken { line, what }) => {
                self.problems.add(line, &what);
                Ok(())
            }
        }
    }

    fn piece(&mut self, bytes: &[u8], piece: &Piece) -> Outcome<()> {
        match parse(bytes.get(piece.range.clone()).unwrap_or_default()) {
            Ok(value) => self.hand_over(piece.line, Payload::Json(value)),
            Err(what) => {
                self.problems.add(piece.line, &what);
                Ok(())
            }
        }
    }

    /// An object is a record, or something around a list of records: `{"orders": [...]}`,
    /// `{"object": "list", "data": [...]}`, `{"payload": {"Orders": [...]}}`.
    fn object(
        &mut self,
        bytes: &[u8],
        scanner: &mut Scanner<'_>,
        depth: usize,
    ) -> Outcome<Result<(), Broken>> {
        let (whole, members) = match scanner.members() {
            Ok(found) => found,
            Err(broken) => return Ok(Err(broken)),
        };
        let is_record = || (self.is_record)(&without_lists(bytes, &members));
        let lists = lists_of(bytes, &members);
        let objects: Vec<_> =
            members.iter().filter(|member| member.shape == Shape::Object).collect();
        match (lists.as_slice(), objects.as_slice()) {
            ([], [only]) if depth < 2 && !is_record() => {
                let mut inner = scanner.from(&only.value);
                return self.object(bytes, &mut inner, depth + 1);
            }
            ([list], _) if !is_record() => {
                let mut elements = scanner.from(&list.value);
                elements.elements(&mut |element| self.element(bytes, element))?;
            }
            ([_, _, ..], _) if !is_record() => {
                let names: Vec<_> = lists.iter().map(|list| name_of(bytes, list)).collect();
                let names = names.join("`, `");
                let what = format!("which of the lists `{names}` holds the records?");
                self.problems.add(whole.line, &what);
            }
            _ => self.piece(bytes, &whole)?,
        }
        Ok(Ok(()))
    }

    /// May an object be something around a list? Records have more to say than the few members
    /// of a wrapper, so that they are not looked at twice.
    fn is_wrapper(&self, value: &Value) -> bool {
        const MOST_MEMBERS: usize = 12;
        value.as_object().is_some_and(|object| {
            object.len() <= MOST_MEMBERS
                && object.values().any(|value| value.is_array() || value.is_object())
                && !(self.is_record)(value)
        })
    }

    fn table(&mut self, input: impl BufRead, separator: u8) -> Outcome<()> {
        let fed = core::cell::Cell::new(0);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .from_reader(Rationed { input, fed: &fed });
        let header = reader
            .byte_headers()
            .map_err(|error| self.problems.unreadable(&error))?
            .iter()
            .map(|name| core::str::from_utf8(name).map(str::to_owned))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| self.problems.unreadable(&format_args!("the header: {error}")))?;
        let mut row = csv::ByteRecord::new();
        loop {
            fed.set(0);
            let line = reader.position().line();
            match reader.read_byte_record(&mut row) {
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
            let line = row.position().map_or(line, csv::Position::line);
            match cells(&header, &row) {
                Ok(row) => self.hand_over(line, Payload::Table(row))?,
                Err(what) => self.problems.add(line, &what),
            }
        }
    }

    fn hand_over(&mut self, line: u64, payload: Payload) -> Outcome<()> {
        match (self.each)(Entry { line, payload })? {
            Ok(()) => self.good += 1,
            Err(what) => self.problems.add(line, &what),
        }
        Ok(())
    }
}

fn parse(bytes: &[u8]) -> Result<Value, String> {
    if bytes.len() > LARGEST_RECORD {
        return Err(TooLarge.to_string());
    }
    let text = core::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let said = error.to_string();
        let said = said.split(" at line ").next().unwrap_or(&said);
        format!("no JSON: {said}, {} bytes into the record", offset(text, &error))
    })?;
    match value {
        Value::Object(_) | Value::Array(_) => Ok(value),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Err(format!(
            "a record is an object, this is {}",
            order_status::record::Node::from(&value).kind()
        )),
    }
}

fn offset(text: &str, error: &serde_json::Error) -> usize {
    let before = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    before.map(str::len).sum::<usize>() + error.column()
}

/// What an object says beside its lists.
fn without_lists(bytes: &[u8], members: &[Member]) -> Value {
    let said = members.iter().filter(|member| matches!(member.shape, Shape::Object | Shape::Other));
    let read = |piece: &Piece| {
        let bytes = bytes.get(piece.range.clone()).filter(|bytes| bytes.len() <= LARGEST_RECORD)?;
        serde_json::from_slice(bytes).ok()
    };
    let said = said.filter_map(|member| Some((name_of(bytes, member), read(&member.value)?)));
    Value::Object(said.collect::<Map<_, _>>())
}

/// The lists that may hold the records. What APIs put beside them (links to other pages, errors)
/// counts only where there is nothing else, and so do empty ones.
fn lists_of<'m>(bytes: &[u8], members: &'m [Member]) -> Vec<&'m Member> {
    let beside = |member: &&Member| {
        matches!(&*name_of(bytes, member), "links" | "_links" | "errors" | "warnings")
    };
    let of = |shape| members.iter().filter(move |member| member.shape == shape);
    let full: Vec<_> = of(Shape::ListOfObjects).filter(|member| !beside(member)).collect();
    if !full.is_empty() {
        return full;
    }
    of(Shape::EmptyList).chain(of(Shape::ListOfObjects)).take(1).collect()
}

fn name_of(bytes: &[u8], member: &Member) -> String {
    let bytes = bytes.get(member.name.range.clone()).unwrap_or_default();
    serde_json::from_slice(bytes).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned())
}

fn cells(header: &[String], row: &csv::ByteRecord) -> Result<Flat<'static>, String> {
    if row.len() != header.len() {
        return Err(format!("{} cells, where the header has {}", row.len(), header.len()));
    }
    let cells = row
        .iter()
        .zip(header)
        .map(|(cell, name)| {
            core::str::from_utf8(cell)
                .map(str::to_owned)
                .map_err(|error| format!("column {}: {error}", printable(name)))
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Flat::new(header.to_vec(), cells))
}

/// Stops feeding a reader that has swallowed more than a record may have.
struct Rationed<'a, R> {
    input: R,
    fed: &'a core::cell::Cell<usize>,
}

impl<R: Read> Read for Rationed<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.fed.get() > LARGEST_RECORD {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.input.read(buffer)?;
        self.fed.set(self.fed.get() + read);
        Ok(read)
    }
}

fn is_too_large(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::FileTooLarge
}
