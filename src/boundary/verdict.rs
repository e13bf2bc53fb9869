//! What becomes of an order.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::ticket::{Excused, Ticket, Violation};
use crate::reading::{Claim, Reading};

/// The answer to one order.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_enums, reason = "an order comes in or it does not")]
pub enum Verdict<'m> {
    /// It may come in.
    Accepted(Box<Accepted<'m>>),
    /// It is kept out.
    Quarantined(Box<Ticket>),
}

impl<'m> Verdict<'m> {
    /// The order, where it may come in.
    pub fn accepted(&self) -> Option<&Accepted<'m>> {
        match self {
            Self::Accepted(accepted) => Some(accepted),
            Self::Quarantined(_) => None,
        }
    }

    /// The ticket, where it is kept out.
    pub fn ticket(&self) -> Option<&Ticket> {
        match self {
            Self::Accepted(_) => None,
            Self::Quarantined(ticket) => Some(ticket),
        }
    }
}

/// An order that may come in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Accepted<'m> {
    /// What its payload says.
    pub reading: Reading<'m>,
    /// What is known of the order: the payload, and what its own system sent beside it.
    pub claim: Claim,
    /// What was found and does not keep it out.
    pub notes: Vec<Violation>,
    /// What was found and does not count for this order.
    pub excused: Vec<Excused>,
}
