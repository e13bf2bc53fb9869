//! Reads exports: JSON, NDJSON and CSV, record by record, with the line of each.
//!
//! What cannot be read is told on standard error with its line and counted; the rest is read on.

use std::io::{BufRead, Read as _};
use std::path::Path;

use order_status::record::{Flat, Node, Record};
use serde_json::{Map, Value};

use crate::output::{Count, NotUtf8, Outcome};
use crate::source::{Format, LARGEST_RECORD, Lines, Problems, Source, TooLarge};
use crate::split::{Broken, Member, Piece, Scanner, Shape};

/// The largest JSON document that is read, in bytes: it is held in memory, its records one by one.
const LARGEST_DOCUMENT: usize = 1 << 30;

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

/// Is a file without a single byte an export? It is what a failed export leaves behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Empty {
    Refused,
    Allowed,
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
pub(crate) fn read(
    path: &Path,
    empty: Empty,
    is_record: IsRecord<'_>,
    each: Each<'_>,
) -> Outcome<Tally> {
    let Source { problems, format, input } = Source::open(path, empty)?;
    let mut reading = Reading { problems, good: 0, is_record, each };
    match format {
        Format::Lines => reading.lines(input)?,
        Format::Document => reading.document(input)?,
        Format::Table(separator) => reading.table(input, separator)?,
    }
    let Reading { problems, good, .. } = reading;
    problems.finish();
    let tally = Tally { records: good + problems.count(), bad: problems.count() };
    if good == 0 && tally.bad > 0 {
        let records = Count(tally.bad, "record", "records");
        return Err(problems.unreadable(&format_args!("none of {records} could be read")));
    }
    Ok(tally)
}

pub(crate) struct Reading<'a> {
    pub(crate) problems: Problems,
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

    pub(crate) fn hand_over(&mut self, line: u64, payload: Payload) -> Outcome<()> {
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
    let text = core::str::from_utf8(bytes).map_err(|error| format!("is {}", NotUtf8(error)))?;
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let said = error.to_string();
        let said = said.split(" at line ").next().unwrap_or(&said);
        let bytes = Count(offset(text, &error), "byte", "bytes");
        format!("no JSON: {}, {bytes} into the record", in_plain_words(said))
    })?;
    match value {
        Value::Object(_) | Value::Array(_) => Ok(value),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Err(format!("a record is an object, this is {}", Node::from(&value).kind()))
        }
    }
}

/// What the parser says, for people who know no parser.
fn in_plain_words(said: &str) -> &str {
    match said {
        _ if said.starts_with("EOF ") => "the text is cut off",
        _ if said.starts_with("control character") => {
            "a line break or another control character stands inside a text"
        }
        "expected ident" => "a word stands there that is neither true, false nor null",
        "expected value" => "a value is missing",
        "expected `:`" => "a colon is missing",
        "expected `,` or `]`" | "expected `,` or `}`" => {
            "a comma or the closing bracket is missing"
        }
        "key must be a string" | "expected `\"`" => "a name in quotation marks is missing",
        "trailing comma" => "a comma stands before the closing bracket",
        "trailing characters" => "something stands behind the record",
        "invalid number" => "a number is not written as JSON writes it",
        "number out of range" => "a number is too large",
        "invalid escape" => "a backslash stands before a letter that it does not go with",
        "recursion limit exceeded" => "objects and lists are nested too deep",
        "invalid unicode code point"
        | "lone leading surrogate in hex escape"
        | "unexpected end of hex escape" => "what stands behind \\u is no character",
        _ => said,
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
