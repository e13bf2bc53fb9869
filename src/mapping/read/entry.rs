//! The lines with which entries of a list begin: `[[field]]` with one bracket, or left out.

use alloc::format;
use alloc::vec::Vec;

use super::mend::at;
use super::scan::{Edit, Statement, statement};
use crate::diagnostic::Diagnostic;
use crate::mapping::rules;
use crate::text::Span;

/// What stands in two brackets: in mapping files, and in a list of patterns.
const ENTRIES: &[&str] = &["record", "field", "show", "example", "pattern"];

/// The finding about a name that stands in one bracket and belongs into two.
pub(super) fn one_bracket(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(&rules::WRONG_TYPE, span, format!("`{name}` stands in one bracket"))
        .label(format!("expected `[[{name}]]`, an entry of a list"))
        .help(format!("write `[[{name}]]`"))
}

/// The entry in which a line stands.
#[derive(Default)]
pub(super) struct Entries<'s> {
    header: Option<&'s str>,
    keys: Vec<&'s str>,
}

impl<'s> Entries<'s> {
    /// Takes a statement in; `rest` is the text from its line on.
    pub(super) fn line(
        &mut self,
        start: usize,
        statement: &Statement<'s>,
        rest: &'s str,
        edits: &mut Vec<Edit>,
        found: &mut Vec<Diagnostic>,
    ) {
        match *statement {
            Statement::Header { name, open, len, close } => {
                if (open, close) != (2, 2) && ENTRIES.contains(&name) {
                    let whole = start..start + len;
                    let (span, right) = (Span::from(whole.clone()), format!("[[{name}]]"));
                    let slip = if open == close {
                        one_bracket(name, span)
                    } else {
                        at(span, format!("a bracket is missing around `{name}`"))
                            .label(format!("expected `{right}`"))
                            .help(format!("write `{right}`"))
                    };
                    found.push(slip.fix(span, right.clone()));
                    edits.push(Edit { at: whole, with: right });
                }
                self.header = Some(name);
                self.keys.clear();
            }
            Statement::Key(key) => {
                if let Some(kind) = self.begins(key, rest) {
                    let above = format!("[[{kind}]]\n");
                    let span = Span::from(start..start + key.len());
                    found.push(
                        at(span, format!("`{key}` begins an entry, and nothing says of what"))
                            .label(format!("expected a line `[[{kind}]]` above"))
                            .help(format!("write `[[{kind}]]` in the line above"))
                            .fix(Span::from(start..start), above.clone()),
                    );
                    edits.push(Edit { at: start..start, with: above });
                    self.header = Some(kind);
                    self.keys.clear();
                }
                self.keys.push(key);
            }
        }
    }

    /// The kind of the entry that a key begins without a line of its own.
    fn begins(&self, key: &str, rest: &str) -> Option<&'static str> {
        if key != "name" && key != "field" {
            return None;
        }
        let keys = keys(rest);
        let is_again = |key: &&str| self.keys.contains(key);
        let misplaced = match self.header {
            // Only lists stand at the top under these names.
            None => key == "name",
            Some("show") if key == "name" => true,
            Some("record" | "field" | "example") if key == "field" => true,
            // A key that is given twice stands alone; with an entry all its keys come again.
            Some(header) if ENTRIES.contains(&header) => {
                is_again(&key) && keys.iter().filter(|key| is_again(key)).count() > 1
            }
            Some(_) => false,
        };
        misplaced.then(|| kind(&keys))
    }
}

/// The keys of an entry, up to the next one.
fn keys(rest: &str) -> Vec<&str> {
    let statements = rest.lines().filter_map(statement);
    let keys = statements.map_while(|statement| match statement {
        Statement::Key(key) => Some(key),
        Statement::Header { .. } => None,
    });
    keys.collect()
}

/// Of what kind an entry with these keys is.
fn kind(keys: &[&str]) -> &'static str {
    let any = |wanted: &[&str]| keys.iter().any(|key| wanted.contains(key));
    if keys.first() == Some(&"field") {
        "show"
    } else if any(&["covers", "status", "kind", "join"]) {
        "field"
    } else if any(&["severity", "first-step"]) {
        "pattern"
    } else if any(&["claim", "contradicts", "unmapped"]) {
        "example"
    } else {
        "record"
    }
}
