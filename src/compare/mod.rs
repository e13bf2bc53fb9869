//! Where systems disagree about one order.
//!
//! [`compare`] takes the [`View`]s of any number of systems and gives [`Finding`]s: where two
//! *contradict* each other, where one *deviates* from what the others know, where one has no
//! record at all, and where one contradicts itself. Everything else is agreement, and silent but for
//! what a pattern names: two systems may agree on something bad.

mod batch;
mod deviation;
mod finding;
mod fitting;
mod known;
mod presence;
mod said;
mod standing;
mod view;

pub use self::batch::{Batch, Class, ViewCode};
pub use self::deviation::Deviation;
pub use self::finding::{Finding, compare};
pub use self::known::{CircumstanceConflict, circumstance_conflicts, circumstances};
pub use self::presence::Presence;
pub use self::view::{Money, View, views};
pub use crate::pattern::Relation;
