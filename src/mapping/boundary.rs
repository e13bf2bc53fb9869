//! What a file says for the boundary: where an order keeps what is asked of it before anything is
//! created from it, and how the rules are set.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::condition::Condition;
use super::model::{Named, Origin, When};
use crate::boundary::rules::{OrderRule, Then};
use crate::record::Path;

/// The table `[boundary]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Boundary {
    /// The kind of record that is checked; it speaks of whole orders.
    pub(crate) record: Named,
    pub(crate) address: Option<Address>,
    pub(crate) payments: Vec<Evidence>,
    pub(crate) sums: Vec<Sum>,
    /// What was given back.
    pub(crate) refunded: Vec<Path>,
    /// How rules are set; the first whose condition is met counts.
    pub(crate) settings: Vec<Setting>,
    pub(crate) origin: Origin,
}

/// Where the parts of a shipping address stand; each list is of alternatives, seen from `at`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Address {
    /// The address inside the record; the record itself where there is none.
    pub(crate) at: Vec<Path>,
    pub(crate) country: Vec<Path>,
    pub(crate) region: Vec<Path>,
    pub(crate) city: Vec<Path>,
    pub(crate) postal_code: Vec<Path>,
    pub(crate) street: Vec<Path>,
}

/// A record that proves that money is there or promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Evidence {
    pub(crate) record: Named,
    pub(crate) token: Vec<Path>,
    /// Which of these records count.
    pub(crate) when: Option<When>,
    pub(crate) condition: Option<Condition>,
    /// Why the system's own word is enough, where it is.
    pub(crate) vouched: Option<Box<str>>,
    /// How to get the records where they do not come with the order.
    pub(crate) fetch: Option<Box<str>>,
    pub(crate) origin: Origin,
}

/// Amounts that have to add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) name: Box<str>,
    /// Alternatives.
    pub(crate) whole: Vec<Path>,
    /// All of them are added up.
    pub(crate) parts: Vec<Path>,
    /// All of them are taken off.
    pub(crate) minus: Vec<Path>,
    /// Each may be one of the parts or not: tax that prices may include.
    pub(crate) optional: Vec<Path>,
    /// The lines belong to the parts.
    pub(crate) lines: bool,
    pub(crate) origin: Origin,
}

/// A rule that this channel or this merchant wants otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(crate) rule: &'static OrderRule,
    /// What follows where the rule is broken; as the rule says where nothing is said here.
    pub(crate) then: Option<Then>,
    /// The setting holds where this does.
    pub(crate) when: Option<When>,
    /// The rule is asked only where this may hold.
    pub(crate) only: Option<When>,
    pub(crate) conditions: Conditions,
    pub(crate) why: Box<str>,
    pub(crate) origin: Origin,
}

/// The conditions of a setting, with names resolved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Conditions {
    pub(crate) when: Option<Condition>,
    pub(crate) only: Option<Condition>,
}
