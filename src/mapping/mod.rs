//! Mapping files: what a system's words mean, both ways, as data.
//!
//! A mapping file is TOML, one per system, written and read by people who need not be
//! programmers; [the page on the format](crate::_documentation::format) teaches it.
//! [`Mapping::load`] reads and checks one; [`lint`] checks it in depth, examples and the way back
//! included.

pub(crate) mod boundary;
mod check;
mod condition;
mod index;
mod lint;
mod model;
mod overlay;
pub(crate) mod read;
pub mod rules;
mod show;
mod table;
mod words;

pub(crate) use self::condition::{Condition, NULL, Truth};
pub use self::index::Resolution;
pub use self::lint::lint;
pub(crate) use self::model::KeyPath;
pub use self::model::{By, Channel, Fact, Field, Origin, RecordKind, Row, Show, ShowRow, Shown};
pub use self::read::LARGEST_FILE;
pub use self::table::Mapping;
pub(crate) use self::table::place_in;
pub use self::words::{Absence, FieldKind, Level, Role};
