//! `[[show]]`: the way back.

use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;

use super::reader::{Reader, Value};
use crate::diagnostic::Diagnostic;
use crate::mapping::model::{By, Never, Show, ShowRow, Shown};
use crate::mapping::rules;
use crate::state::StateSet;
use crate::text::Span;

const ANSWERS: &[&str] = &["code", "null", "empty", "set", "none"];

impl Reader<'_> {
    pub(super) fn show(&mut self, value: &Value<'_>) -> Option<Show> {
        let table = self.table("show", value)?;
        let span: Span = value.span().into();
        let (mut field, mut none, mut never, mut rows) = (None, None, Vec::new(), Vec::new());
        for (key, value) in table {
            match key.get_ref().as_ref() {
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
                _ => self.unknown_key(key, "show", &["field", "none", "never", "rows"]),
            }
        }
        if !table.contains_key("field") {
            self.missing(span, "show", "field");
        }
        if !table.contains_key("none") && !table.contains_key("rows") {
            self.missing(span, "show", "rows");
        }
        Some(Show { field: field?, none, never, rows, origin: self.origin(span) })
    }

    fn never(&mut self, value: &Value<'_>) -> Option<Never> {
        let table = self.table("never", value)?;
        let (mut codes, mut why) = (Vec::new(), None);
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "codes" => codes = self.codes("codes", value),
                "why" => why = self.sentence("why", value),
                _ => self.unknown_key(key, "never", &["codes", "why"]),
            }
        }
        for key in ["codes", "why"] {
            if !table.contains_key(key) {
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
            if ANSWERS.contains(&key.get_ref().as_ref()) {
                answer = value.span().into();
            }
            match key.get_ref().as_ref() {
                "when" => when = self.claim("when", value).map(|(when, _)| when),
                "by" => by = self.by(value),
                "code" => {
                    answers.extend(self.code("code", value).map(|code| Shown::Code(code.name)));
                }
                "null" => answers.extend(self.truth("null", value, Shown::Null)),
                "empty" => answers.extend(self.truth("empty", value, Shown::Empty)),
                "set" => answers.extend(self.truth("set", value, Shown::Set)),
                "none" => answers.extend(self.sentence("none", value).map(Shown::Nothing)),
                _ => self.unknown_key(
                    key,
                    "a row of show",
                    &["when", "code", "null", "empty", "set", "none", "by"],
                ),
            }
        }
        let given = ANSWERS.iter().filter(|answer| table.contains_key(**answer)).count();
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
        let table = self.table("by", value)?;
        let [mut call, mut document, mut person] = [const { None::<Box<str>> }; 3];
        for (key, value) in table {
            match key.get_ref().as_ref() {
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
                self.push(Diagnostic::new(&rules::WRONG_VALUE, value.span().into(), "`by` does not say how").help(
                    "write `{ call = ... }`, `{ document = ..., call = ... }` or `{ person = ... }`",
                ));
                None
            }
        }
    }
}
