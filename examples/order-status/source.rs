//! Where records come from: a file or standard input, of which format it is, and its lines.

use core::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, IsTerminal as _, Read};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

use crate::input::Empty;
use crate::output::{Outcome, Stop, Told, note};

/// The largest record that is read, in bytes.
pub(crate) const LARGEST_RECORD: usize = 16 << 20;
/// How much of a file decides of which format it is.
const HEAD: u64 = 64 << 10;
/// Files from this size on show a progress bar, in bytes.
const LONG: u64 = 8 << 20;

/// A source that is open and of which the format is known.
pub(crate) struct Source {
    pub(crate) problems: Problems,
    pub(crate) format: Format,
    pub(crate) input: Box<dyn BufRead>,
}

impl Source {
    /// Opens a file, or standard input where the path is `-`.
    pub(crate) fn open(path: &Path, empty: Empty) -> Outcome<Self> {
        let Opened { name, extension, input, bar } = open(path)?;
        let (format, input) = sniffed(&name, &extension, input, empty)?;
        Ok(Self { problems: Problems { bar, ..Problems::new(&name) }, format, input })
    }
}

/// What was wrong in one source, told as it is found.
pub(crate) struct Problems {
    name: String,
    count: u64,
    told: Told,
    bar: Option<ProgressBar>,
}

impl Problems {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.into(), count: 0, told: Told::default(), bar: None }
    }

    /// Takes the progress bar away, and says how often what was said too often.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        for (more, message) in self.told.kept_back() {
            note(format_args!("{}: and {more} more like it: {message}", self.name));
        }
    }

    pub(crate) const fn count(&self) -> u64 {
        self.count
    }

    pub(crate) fn add(&mut self, line: u64, what: &dyn fmt::Display) {
        self.count += 1;
        let what = what.to_string();
        if !self.told.once_more(&what) {
            return;
        }
        let tell = || note(format_args!("{}:{line}: {what}", self.name));
        match &self.bar {
            Some(bar) => bar.suspend(tell),
            None => tell(),
        }
    }

    /// The run cannot go on with this source, for this reason.
    pub(crate) fn unreadable(&self, error: &dyn fmt::Display) -> Stop {
        Stop::Failed(format!("{}: {error}", self.name))
    }
}

struct Opened {
    name: String,
    extension: String,
    input: Box<dyn BufRead>,
    bar: Option<ProgressBar>,
}

/// How people call it.
pub(crate) fn name_of(path: &Path) -> String {
    let is_input = path.as_os_str() == "-";
    if is_input { "standard input".into() } else { path.display().to_string() }
}

fn open(path: &Path) -> Outcome<Opened> {
    let name = name_of(path);
    if path.as_os_str() == "-" {
        let input = Box::new(BufReader::new(io::stdin()));
        return Ok(Opened { name, extension: String::new(), input, bar: None });
    }
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
pub(crate) enum Format {
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
    empty: Empty,
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
    if empty == Empty::Refused && head.trim_ascii().is_empty() {
        return Err(Stop::Failed(format!(
            "{name}: is empty, as a failed export leaves it; an export without records is `[]`, or a header alone"
        )));
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

/// A record has more bytes than are read.
pub(crate) struct TooLarge;

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the record has more than {} MiB, the most that is read", LARGEST_RECORD >> 20)
    }
}
