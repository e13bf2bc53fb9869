//! What becomes of an order.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::ticket::{Excused, Ticket, Violation};
use crate::reading::{Claim, Reading};

/// The answer to one order.
///
/// ```
/// use order_status::boundary::{Catalogue, Order, Verdict};
/// use order_status::record::Flat;
///
/// let payload = Flat::new(["name"], ["#1001"]);
/// let catalogue = Catalogue::default();
/// let now = "2026-11-25T12:00:00Z".parse().unwrap();
/// match catalogue.check(&Order::new("shopify", &payload), now) {
///     Verdict::Accepted(order) => panic!("create it: {:?}", order.claim),
///     Verdict::Quarantined(ticket) => {
///         assert_eq!(ticket.violations[0].message, "no mapping has the id `shopify`");
///     }
/// }
/// ```
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
///
/// ```
/// use order_status::boundary::{Catalogue, Order};
/// use order_status::facet::Facet;
/// use order_status::mapping::Mapping;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let catalogue = Catalogue::new([shopify]).unwrap();
/// let order = serde_json::json!({
///     "id": 1, "name": "#1001", "created_at": "2026-11-25T10:00:00Z", "currency": "EUR",
///     "total_price": "20.00", "financial_status": "paid", "fulfillment_status": null,
///     "line_items": [{ "id": 1, "sku": "SONG", "quantity": 1, "price": "20.00",
///                      "requires_shipping": false }],
/// });
/// let order = Order::new("shopify", &order).payment_verified();
/// let verdict = catalogue.check(&order, "2026-11-25T12:00:00Z".parse().unwrap());
/// let accepted = verdict.accepted().unwrap();
/// assert_eq!(accepted.reading.order.as_deref(), Some("1001"));
/// assert_eq!(accepted.claim.states.of(Facet::Payment).to_string(), "paid|overpaid");
/// ```
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
