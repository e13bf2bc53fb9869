//! The way back: at which code an order in some state should stand.

use alloc::vec::Vec;

use super::model::{Field, Show, ShowRow};
use crate::state::{StateSet, spanning};

impl Field {
    /// The rows that answer for the orders of a box, in the order of the file; impossible orders
    /// are left out.
    ///
    /// One row is an answer. Several mean that the box does not decide between them.
    ///
    /// ```
    /// # #[cfg(feature = "builtin")] {
    /// use order_status::facet::{Payment, Stage};
    /// use order_status::mapping::{Mapping, Shown};
    /// use order_status::state::{OrderState, StateSet};
    ///
    /// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
    /// let status = netsuite.field("salesOrder.orderStatus").unwrap();
    /// let paid = OrderState { payment: Payment::Paid, stage: Stage::Active, ..OrderState::PLACED };
    /// let rows = status.shown_for(StateSet::from(paid));
    /// assert!(matches!(rows.as_slice(), [row] if *row.shown() == Shown::Code("B".into())));
    /// # }
    /// ```
    pub fn shown_for(&self, states: StateSet) -> Vec<&ShowRow> {
        self.show
            .as_ref()
            .map(|show| show.regions(states).answered.into_iter().map(|(row, _)| row).collect())
            .unwrap_or_default()
    }
}

/// Which row answers for which orders.
pub(crate) struct Regions<'m> {
    /// Rows that answer for at least one order, with disjoint boxes of all orders that they answer for.
    pub(crate) answered: Vec<(&'m ShowRow, Vec<StateSet>)>,
    /// Possible orders that no row answers for.
    pub(crate) unanswered: Vec<StateSet>,
}

impl Show {
    /// Splits the possible orders of a box by the first row that fits them.
    pub(crate) fn regions(&self, states: StateSet) -> Regions<'_> {
        let mut rest: Vec<StateSet> = spanning::possible()
            .iter()
            .map(|possible| *possible & states)
            .filter(|part| !part.is_empty())
            .collect();
        let mut answered = Vec::new();
        for row in &self.rows {
            let mine: Vec<_> =
                rest.iter().map(|part| *part & row.when).filter(|part| !part.is_empty()).collect();
            if !mine.is_empty() {
                rest = rest.iter().flat_map(|part| part.minus(row.when)).collect();
                answered.push((row, mine));
            }
            if rest.is_empty() {
                break;
            }
        }
        Regions { answered, unanswered: rest }
    }
}
