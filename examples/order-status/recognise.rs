//! Is a file what it is said to be? Exports are swapped, and tables have columns of other names.

use core::cell::RefCell;
use std::path::Path;

use order_status::mapping::{Absence, Mapping, RecordKind, Resolution};
use order_status::reading::{Known, Native, Reading};
use order_status::record::{Flat, Node, Record};

use crate::output::{Count, Outcome, Stop, note};
use crate::source::name_of;

/// Is there a key in it of which the mapping knows what it means? Records of a kind without status
/// fields need none.
pub(crate) fn has_status(reading: &Reading<'_>) -> bool {
    let is_there = |native: &Native<'_>| {
        !matches!(native.resolution, Resolution::Missing(Absence::Absent | Absence::None))
    };
    reading.natives.is_empty() || reading.natives.iter().any(is_there)
}

/// Counts the records of one file in which no status was found.
#[derive(Default)]
pub(crate) struct Silent {
    records: u64,
    silent: u64,
}

impl Silent {
    pub(crate) fn add(&mut self, reading: &Reading<'_>) {
        self.records += 1;
        self.silent += u64::from(!has_status(reading));
    }

    /// Says how many there were.
    ///
    /// # Errors
    ///
    /// Where there was nothing else: an order of which nobody says anything would be fine.
    pub(crate) fn judge(&self, path: &Path, mapping: &Mapping) -> Outcome<()> {
        let Self { records, silent } = *self;
        if silent == 0 {
            return Ok(());
        }
        let (name, id) = (name_of(path), mapping.channel().id());
        let all = Count(records, "record", "records");
        if silent < records {
            let has = if silent == 1 { "has" } else { "have" };
            note(format_args!(
                "{name}: {silent} of {all} {has} no status that {id} is known to have"
            ));
            return Ok(());
        }
        Err(Stop::Failed(format!(
            "{name}: none of {all} has a status that {id} is known to have; is it an export of another system, or of another kind of record?"
        )))
    }
}

/// Says which columns a table has, and which would be read.
pub(crate) fn tell_columns(
    path: &Path,
    row: &Flat<'_>,
    mapping: &Mapping,
    named: Option<&RecordKind>,
) {
    let only = match mapping.records() {
        [only] => Some(only),
        _ => None,
    };
    let (name, id) = (name_of(path), mapping.channel().id());
    let found = row.keys().unwrap_or_default().join(", ");
    let asked = Asked::default();
    let reads = match named.or(only) {
        Some(kind) => {
            mapping.read(kind, &asked, &Known::new());
            format!("{id}.{} reads", kind.name())
        }
        None => {
            mapping.recognise(&asked);
            format!("the records of {id} are told by")
        }
    };
    let keys = asked.keys.into_inner().join(", ");
    note(format_args!("{name}: its columns are {found}; {reads} {keys}"));
}

/// A record without keys, which remembers for which it was asked.
#[derive(Default)]
struct Asked {
    keys: RefCell<Vec<String>>,
}

impl Record for Asked {
    fn get(&self, key: &str) -> Option<Node<'_>> {
        let mut keys = self.keys.borrow_mut();
        if !keys.iter().any(|known| known == key) {
            keys.push(key.into());
        }
        None
    }

    fn keys(&self) -> Option<Vec<&str>> {
        None
    }
}
