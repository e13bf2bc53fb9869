//! States of an order, and sets of them.
//!
//! An [`OrderState`] is one state per facet. A [`StateSet`] is a *box*: one set of states per
//! facet, all combinations of which are still possible. Everything that this crate concludes is
//! computed on boxes. The [`spanning`] rules say which combinations cannot be.

mod order;
mod set;
pub mod spanning;

pub use self::order::OrderState;
pub use self::set::{FacetMask, FacetSet, Minus, StateSet};
