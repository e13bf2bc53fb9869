//! Records: what the system sends by itself can be told apart.

use alloc::format;
use alloc::vec::Vec;

use super::{Laws, here, is_own};
use crate::diagnostic::Diagnostic;
use crate::mapping::model::RecordKind;
use crate::mapping::rules;

/// How many records are named; a system may send dozens.
const NAMED: usize = 3;

impl Laws<'_> {
    pub(super) fn unmarked_records(&self, found: &mut Vec<Diagnostic>) {
        let records = self.mapping.records().iter();
        let unmarked: Vec<_> = records.filter(|kind| kind.comes_unmarked()).collect();
        let [first, second, ..] = &unmarked[..] else { return };
        // What a file that is extended leaves open was answered there.
        let own = |kind: &&&RecordKind| is_own(kind.origin);
        let Some(kind) = core::iter::once(second).chain(&unmarked).find(own) else { return };
        let other = if core::ptr::eq(*kind, *first) { second } else { first };
        let names: Vec<_> =
            unmarked.iter().take(NAMED).map(|kind| format!("`{}`", kind.name)).collect();
        let named = match unmarked.len().saturating_sub(NAMED) {
            0 => names.join(" and "),
            more => format!("{} and {more} more", names.join(", ")),
        };
        let message = format!(
            "{named} come by themselves and have no mark, so that none of them is recognised"
        );
        let mut warning = Diagnostic::new(&rules::UNMARKED_RECORDS, here(kind.origin), message)
            .label("expected `is` or `has` in all but one of them");
        if is_own(other.origin) {
            warning = warning.also(here(other.origin), "this one has none either");
        }
        self.warn(
            found,
            None,
            None,
            warning.help("add `is = { key = \"value\" }` or `has = [\"key\"]` with what only this record has; where nothing tells them apart, answer at the top of the file with `allow = { unmarked-records = \"why\" }`"),
        );
    }
}
