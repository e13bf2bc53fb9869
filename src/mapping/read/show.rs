//! `[[show]]`: the way back.

use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;

use super::keys::has;
use super::reader::{Reader, Value};
use crate::diagnostic::Diagnostic;
use crate::mapping::model::{By, Never, Show, ShowRow, Shown};
use crate::mapping::rules;
use crate::state::StateSet;
use crate::text::Span;

const KEYS: &[&str] = &["field", "none", "never", "rows"];

const ROW_KEYS: &[&str] = &["when", "code", "null", "empty", "set", "none", "by"];

const ANSWERS: &[&str] = &["code", "null", "empty", "set", "none"];

const HOW: &str = "write `{ call = \"POST ...\" }` for an API call, `{ document = \"...\", call = \"POST ...\" }` for a document that is made by one, or `{ person = \"...\" }` for what somebody does";

impl Reader<'_> {
    pub(super) fn show(&mut self, value: &Value<'_>) -> Option<Show> {
        let table = self.table("show", value)?;
        let span: Span = value.span().into();
        let (mut field, mut none, mut never, mut rows) = (None, None, Vec::new(), Vec::new());
        for (key, value) in table {
            match self.key(table, key, "show", KEYS) {
                "field" => field = self.named("field", value),
                "none" => none = self.sentence("none", value),
                "never" => {
                    never = self
                        .list("never", value)
                        .iter()
                        .filter_map(|value| self.never(value))
                        .collect();
                }
                "rows" => {
                    rows = self
                        .list("rows", value)
                        .iter()
                        .filter_map(|value| self.show_row(value))
                        .collect();
                }
                _ => self.unknown_key(key, "show", KEYS),
            }
        }
        if !has(table, "field", KEYS) {
            self.missing(span, "show", "field");
        }
        if !has(table, "none", KEYS) && !has(table, "rows", KEYS) {
            self.missing(span, "show", "rows");
        }
        Some(Show { field: field?, none, never, rows, origin: self.origin(span) })
    }

    fn never(&mut self, value: &Value<'_>) -> Option<Never> {
        let table = self.table("never", value)?;
        let (mut codes, mut why) = (Vec::new(), None);
        for (key, value) in table {
            match self.key(table, key, "never", &["codes", "why"]) {
                "codes" => codes = self.codes("codes", value),
                "why" => why = self.sentence("why", value),
                _ => self.unknown_key(key, "never", &["codes", "why"]),
            }
        }
        for key in ["codes", "why"] {
            if !has(table, key, &["codes", "why"]) {
                self.missing(value.span().into(), "never", key);
            }
        }
        Some(Never { codes, why: why? })
    }

    fn show_row(&mut self, value: &Value<'_>) -> Option<ShowRow> {
        let table = self.table("a row of show", value)?;
        let span: Span = value.span().into();
        let (mut when, mut by) = (Some(StateSet::ANY), None);
        let mut answer = span;
        let mut answers = Vec::new();
        for (key, value) in table {
            let word = self.key(table, key, "a row of show", ROW_KEYS);
            if ANSWERS.contains(&word) {
                answer = value.span().into();
            }
            match word {
                "when" => when = self.claim("when", value).map(|(when, _)| when),
                "by" => by = self.by(value),
                "code" => {
                    answers.extend(self.code("code", value).map(|code| Shown::Code(code.name)));
                }
                "null" => answers.extend(self.truth("null", value, Shown::Null)),
                "empty" => answers.extend(self.truth("empty", value, Shown::Empty)),
                "set" => answers.extend(self.truth("set", value, Shown::Set)),
                "none" => answers.extend(self.sentence("none", value).map(Shown::Nothing)),
                _ => self.unknown_key(key, "a row of show", ROW_KEYS),
            }
        }
        let given = ANSWERS.iter().filter(|answer| has(table, answer, ROW_KEYS)).count();
        if given != 1 {
            let found = if given == 0 {
                "the row has no answer"
            } else {
                "the row has more than one answer"
            };
            self.push(Diagnostic::new(&rules::WRONG_VALUE, span, found).help(
                "write exactly one of `code = ...`, `null = true`, `empty = true`, `set = true`, `none = \"reason\"`",
            ));
            return None;
        }
        let shown = answers.pop()?;
        Some(ShowRow { when: when?, shown, by, answer, span, origin: self.origin(span) })
    }

    fn truth(&mut self, what: &str, value: &Value<'_>, shown: Shown) -> Option<Shown> {
        match value.get_ref().as_bool() {
            Some(true) => return Some(shown),
            Some(false) => self.push(
                Diagnostic::new(
                    &rules::WRONG_VALUE,
                    value.span().into(),
                    format!("`{what}` is false, which answers nothing"),
                )
                .label("expected true")
                .help("write `true`, or another answer"),
            ),
            None => self.wrong_type(what, "true", value),
        }
        None
    }

    fn by(&mut self, value: &Value<'_>) -> Option<By> {
        if value.get_ref().is_str() {
            self.push(
                Diagnostic::new(&rules::WRONG_TYPE, value.span().into(), "`by` is a text")
                    .label("expected a table that says who or what does it")
                    .help(HOW),
            );
            return None;
        }
        let table = self.table("by", value)?;
        let [mut call, mut document, mut person] = [const { None::<Box<str>> }; 3];
        for (key, value) in table {
            match self.key(table, key, "by", &["call", "document", "person"]) {
                "call" => call = self.sentence("call", value),
                "document" => document = self.sentence("document", value),
                "person" => person = self.sentence("person", value),
                _ => self.unknown_key(key, "by", &["call", "document", "person"]),
            }
        }
        match (call, document, person) {
            (Some(call), None, None) => Some(By::Call { call }),
            (Some(call), Some(document), None) => Some(By::Document { document, call }),
            (None, None, Some(person)) => Some(By::Person { person }),
            _ => {
                let span = value.span().into();
                self.push(
                    Diagnostic::new(&rules::WRONG_VALUE, span, "`by` does not say how").help(HOW),
                );
                None
            }
        }
    }
}
