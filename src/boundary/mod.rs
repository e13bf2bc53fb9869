//! What may come in: orders are checked before anything is created from them.
//!
//! An integration calls [`Catalogue::check`] with an order as the shop's API sent it. It gets the
//! order back, read and claimed, or a [`Ticket`] for the exception queue that says everything that is
//! wrong with it and what would release it. One bad order never stops the rest, and nothing personal
//! is kept of it.
//!
//! ```
//! # #[cfg(all(feature = "builtin", feature = "json"))] {
//! use order_status::boundary::{Catalogue, Order, Verdict};
//! use order_status::mapping::Mapping;
//!
//! let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
//! let catalogue = Catalogue::new([shopify]).unwrap();
//! let now = "2026-11-25T12:00:00Z".parse().unwrap();
//!
//! let order = serde_json::json!({
//!     "id": 5001, "name": "#1001", "created_at": "2026-11-25T10:00:00Z", "currency": "EUR",
//!     "total_price": "20.00", "financial_status": "partiallyrefunded", "fulfillment_status": null,
//! });
//! let Verdict::Quarantined(ticket) = catalogue.check(&Order::new("shopify", &order), now) else {
//!     panic!("this status is not one of Shopify's")
//! };
//! let undefined = ticket.violations.iter().find(|found| found.rule.name() == "undefined-status").unwrap();
//! assert_eq!(undefined.path.as_deref(), Some("financial_status"));
//! assert_eq!(undefined.raw.as_deref(), Some("partiallyrefunded"));
//! assert_eq!(undefined.nearest.as_deref(), Some("partially_refunded"));
//! # }
//! ```
//!
//! What a channel's payload keeps where, and which rules are set otherwise for it, its mapping file
//! says under `[boundary]`; a merchant's own file on top may set them once more.

mod catalogue;
mod check;
mod evidence;
mod exceptions;
mod judge;
mod order;
mod replay;
pub mod rules;
mod seen;
mod ticket;
mod unknown;
mod verdict;

pub use self::catalogue::{Catalogue, DuplicateChannel};
pub use self::exceptions::{Cause, Exception, Exceptions};
pub use self::order::Order;
pub use self::replay::{Replay, replayable};
pub use self::ticket::{Excused, Release, Ticket, Version, Violation};
pub use self::unknown::{UnknownStatus, UnknownStatuses};
pub use self::verdict::{Accepted, Verdict};
