//! Finds the records inside a JSON document without reading it as a whole, so that one broken
//! record costs itself and not the file.

use core::ops::Range;

use crate::output::Outcome;

/// How many bytes are read twice at most in search of the record behind a broken one: without a
/// limit a file of nothing but open brackets would take forever.
const PATIENCE: usize = 1 << 31;

/// A place in a document, and the line on which it lies.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) line: u64,
    pub(crate) range: Range<usize>,
}

/// What is wrong with a document, and on which line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    pub(crate) line: u64,
    pub(crate) what: &'static str,
}

/// One member of an object: its name, unread, and its value.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: Piece,
    pub(crate) value: Piece,
    pub(crate) shape: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Object,
    /// Objects stand in it.
    ListOfObjects,
    EmptyList,
    Other,
}

/// Walks over JSON text by its brackets, commas and quotes. What lies between them is left to a
/// parser.
#[derive(Clone)]
pub(crate) struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> Scanner<'a> {
    /// `line` is the number of the first line.
    pub(crate) const fn new(bytes: &'a [u8], line: u64) -> Self {
        Self { bytes, at: 0, line }
    }

    /// The same document from a place that was found in it.
    pub(crate) const fn from(&self, piece: &Piece) -> Self {
        Self { bytes: self.bytes, at: piece.range.start, line: piece.line }
    }

    /// The next byte that is not blank.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.bytes.get(self.at)? {
                b' ' | b'\t' | b'\r' | b'\n' => self.step(),
                byte => return Some(*byte),
            }
        }
    }

    fn step(&mut self) {
        if self.bytes.get(self.at) == Some(&b'\n') {
            self.line += 1;
        }
        self.at += 1;
    }

    fn take(&mut self, wanted: u8) -> bool {
        let there = self.peek() == Some(wanted);
        if there {
            self.step();
        }
        there
    }

    pub(crate) const fn broken(&self, what: &'static str) -> Broken {
        Broken { line: self.line, what }
    }

    /// Passes over one value.
    pub(crate) fn value(&mut self) -> Result<Piece, Broken> {
        let first = self.peek();
        let (line, start) = (self.line, self.at);
        match first {
            Some(b'"') => self.string()?,
            Some(b'{' | b'[') => self.nested()?,
            Some(_) => {
                let ends = |byte: &u8| {
                    matches!(byte, b',' | b']' | b'}' | b':' | b'"' | b'{' | b'[')
                        || byte.is_ascii_whitespace()
                };
                while self.bytes.get(self.at).is_some_and(|byte| !ends(byte)) {
                    self.at += 1;
                }
            }
            None => {}
        }
        if self.at == start {
            return Err(self.broken("a value is missing"));
        }
        Ok(Piece { line, range: start..self.at })
    }

    fn string(&mut self) -> Result<(), Broken> {
        self.at += 1;
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.at += 2,
                Some(b'\n') => return Err(self.broken("a text is not closed on its line")),
                Some(_) => self.at += 1,
                None => return Err(self.broken("the text is cut off")),
            }
        }
    }

    /// Passes over an object or a list, however deep: without recursion, so that depth costs
    /// nothing but a byte each.
    fn nested(&mut self) -> Result<(), Broken> {
        let mut open = Vec::new();
        let line = self.line;
        loop {
            let Some(byte) = self.peek() else {
                return Err(Broken {
                    line,
                    what: "an object or a list that begins here is cut off",
                });
            };
            match byte {
                b'{' => open.push(b'}'),
                b'[' => open.push(b']'),
                b'}' | b']' if open.pop() != Some(byte) => {
                    return Err(self.broken("a bracket closes what another opened"));
                }
                b'"' => {
                    self.string()?;
                    continue;
                }
                _ => {}
            }
            self.step();
            if open.is_empty() {
                return Ok(());
            }
        }
    }

    /// Passes over a list, handing out its elements; a broken one is told, and the walk goes on at
    /// the next line that begins like the first element's.
    pub(crate) fn elements(
        &mut self,
        each: &mut dyn FnMut(Result<Piece, Broken>) -> Outcome<()>,
    ) -> Outcome<()> {
        self.take(b'[');
        let mut margin: Option<&[u8]> = None;
        let mut first = true;
        let mut patience = PATIENCE;
        loop {
            match self.peek() {
                Some(b']') => {
                    self.step();
                    return Ok(());
                }
                None => return each(Err(self.broken("the list is cut off"))),
                Some(_) => {}
            }
            if !first && !self.take(b',') {
                each(Err(self.broken("a comma is missing between two records")))?;
            }
            first = false;
            if self.peek().is_none() {
                continue;
            }
            let before = self.clone();
            margin = margin.or_else(|| before.margin());
            match self.value() {
                Ok(piece) => each(Ok(piece))?,
                Err(broken) => {
                    each(Err(broken))?;
                    patience = patience.saturating_sub(self.at - before.at);
                    *self = before;
                    let Some(margin) = margin.filter(|_| patience > 0) else {
                        self.at = self.bytes.len();
                        return each(Err(self.broken("records behind it cannot be told apart")));
                    };
                    if !self.resume(margin) {
                        return Ok(());
                    }
                    first = true;
                }
            }
        }
    }

    /// The blanks in front of a value that stands first on its line.
    fn margin(&self) -> Option<&'a [u8]> {
        let before = self.bytes.get(..self.at)?;
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        before.get(start..).filter(|blanks| blanks.iter().all(u8::is_ascii_whitespace))
    }

    /// Goes to the next line that begins with the margin and a bracket that opens, or to the end.
    pub(crate) fn resume(&mut self, margin: &[u8]) -> bool {
        loop {
            while self.bytes.get(self.at).is_some_and(|byte| *byte != b'\n') {
                self.at += 1;
            }
            if self.at >= self.bytes.len() {
                return false;
            }
            self.step();
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            if rest.strip_prefix(margin).is_some_and(|rest| rest.starts_with(b"{")) {
                return true;
            }
        }
    }

    /// The members of the object that begins here. Lists are passed over element by element, so
    /// that a broken record inside does not hide that it is one of a list.
    pub(crate) fn members(&mut self) -> Result<(Piece, Vec<Member>), Broken> {
        self.members_within(2)
    }

    fn members_within(&mut self, depth: usize) -> Result<(Piece, Vec<Member>), Broken> {
        self.peek();
        let (line, start) = (self.line, self.at);
        self.take(b'{');
        let mut members = Vec::new();
        loop {
            if self.take(b'}') {
                return Ok((Piece { line, range: start..self.at }, members));
            }
            if !members.is_empty() && !self.take(b',') {
                let cut_off = self.peek().is_none();
                let what = if cut_off { "the document is cut off" } else { "a comma is missing" };
                return Err(self.broken(what));
            }
            if self.peek() != Some(b'"') {
                return Err(self.broken("a name in quotation marks is missing"));
            }
            let name = self.value()?;
            if !self.take(b':') {
                return Err(self.broken("a colon is missing"));
            }
            let (shape, value) = self.shape_and_value(depth)?;
            members.push(Member { name, value, shape });
        }
    }

    fn shape_and_value(&mut self, depth: usize) -> Result<(Shape, Piece), Broken> {
        match self.peek() {
            Some(b'[') => {}
            Some(b'{') => {
                let before = self.clone();
                let value = self.value().or_else(|broken| {
                    // Its lists may be broken as well.
                    *self = before;
                    let depth = depth.checked_sub(1).ok_or(broken)?;
                    self.members_within(depth).map(|(whole, _)| whole)
                });
                return Ok((Shape::Object, value?));
            }
            Some(_) | None => return Ok((Shape::Other, self.value()?)),
        }
        let (line, start) = (self.line, self.at);
        let shape = match self.after_bracket() {
            Some(b'{') => Shape::ListOfObjects,
            Some(b']') => Shape::EmptyList,
            Some(_) | None => Shape::Other,
        };
        // Errors inside are told when the elements are read.
        let _ = self.elements(&mut |_| Ok(()));
        Ok((shape, Piece { line, range: start..self.at }))
    }

    fn after_bracket(&self) -> Option<u8> {
        let mut inside = self.clone();
        inside.step();
        inside.peek()
    }
}
