//! The rows: which event leads from where to where.
//!
//! A row reads `from | event | to | kind`. The heads name the states in which a facet begins
//! (`initial`), which have no forward row any more (`terminal`), and in which it may stay for good
//! without anybody having to act (`settled`).

mod goods;
mod money;
mod order;

use super::table::Table;

/// The ten tables, in the order of [`Facet::STATE`](crate::facet::Facet::STATE).
///
/// ```
/// use order_status::machine::{Kind, TABLES};
///
/// let retractions = TABLES
///     .iter()
///     .flat_map(|table| table.edges())
///     .filter(|edge| edge.kind() == Kind::Retraction);
/// for edge in retractions {
///     println!("{}: {} takes back {}", edge.from().facet(), edge.event(), edge.from().as_str());
/// }
/// ```
pub static TABLES: [Table; 10] = [
    order::LIFECYCLE,
    money::PAYMENT,
    money::REFUND,
    money::DISPUTE,
    money::BILLING,
    goods::FULFILLMENT,
    goods::DELIVERY,
    goods::RETURNS,
    order::STAGE,
    order::HOLD,
];
