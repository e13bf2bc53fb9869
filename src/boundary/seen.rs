//! What an order's own system says of it: the order, and what was handed in beside it.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::compare::View;
use crate::mapping::Mapping;
use crate::reading::{Claim, Reading, SelfContradiction};

/// Most orders come alone, and a view costs more than one reading.
pub(super) enum Seen<'m> {
    Alone(Box<Reading<'m>>),
    Together(Box<View<'m>>),
}

impl<'m> Seen<'m> {
    /// The order with the records beside it.
    pub(super) fn of(mapping: &'m Mapping, order: Reading<'m>, beside: Vec<Reading<'m>>) -> Self {
        if beside.is_empty() {
            return Self::Alone(Box::new(order));
        }
        let mut readings = Vec::from([order]);
        readings.extend(beside);
        Self::Together(Box::new(View::new(mapping, readings, &[])))
    }

    /// The order first.
    pub(super) fn readings(&self) -> &[Reading<'m>] {
        match self {
            Self::Alone(order) => core::slice::from_ref(&**order),
            Self::Together(view) => view.readings(),
        }
    }

    /// What the order itself says.
    pub(super) fn into_order(self) -> Option<Reading<'m>> {
        match self {
            Self::Alone(order) => Some(*order),
            Self::Together(view) => view.into_readings().into_iter().next(),
        }
    }

    pub(super) fn claim(&self) -> Claim {
        match self {
            Self::Alone(order) => order.claim_of_the_order(),
            Self::Together(view) => view.claim(),
        }
    }

    pub(super) fn contradictions(&self) -> &[SelfContradiction] {
        match self {
            Self::Alone(order) => &order.contradictions,
            Self::Together(view) => view.contradictions(),
        }
    }
}
