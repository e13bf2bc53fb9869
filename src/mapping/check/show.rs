//! The way back names codes that exist, and its rows can be reached.

use alloc::format;
use alloc::vec::Vec;

use super::names::known;
use super::place;
use crate::diagnostic::Diagnostic;
use crate::mapping::index::CodeIndex;
use crate::mapping::model::{Document, Row, Shown};
use crate::mapping::read::reader::Place;
use crate::mapping::rules;
use crate::mapping::words::FieldKind;

pub(super) fn check(document: &Document, indexes: &[CodeIndex], found: &mut Vec<Diagnostic>) {
    for (field, index) in document.fields.iter().zip(indexes) {
        let Some(show) = &field.show else { continue };
        let names = || field.rows.iter().map(Row::code);
        let what = format!("code of `{}`", field.name);
        for row in &show.rows {
            let at = place(row.origin, row.answer);
            match &row.shown {
                Shown::Code(code) if index.find(code).is_none() => {
                    known(&what, code, at, Place::Value, names, found);
                }
                Shown::Set if field.kind != FieldKind::Time => {
                    let message = format!(
                        "`set` is an answer for times, `{}` is a {} field",
                        field.name, field.kind
                    );
                    found.push(
                        Diagnostic::new(&rules::WRONG_VALUE, at, message)
                            .help("answer with a code"),
                    );
                }
                Shown::Code(_) | Shown::Set | Shown::Null | Shown::Empty | Shown::Nothing(_) => {}
            }
        }
        for code in show.never.iter().flat_map(|never| &never.codes) {
            if index.find(&code.name).is_none() {
                known(&what, &code.name, place(show.origin, code.span), Place::Value, names, found);
            }
        }
    }
}
