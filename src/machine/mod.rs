//! The state machine: what can happen to an order, and what an observation amounts to.
//!
//! Each facet has one [`Table`] of [`Edge`]s, which can be listed, drawn and tested as a whole.
//! [`Event`]s are named by their outcome. Two functions read the tables:
//!
//! - [`apply`] is the side of commands: an event moves the order, finds it already there, or is
//!   refused, by the table or by one of the [guards](GUARDS) that span facets;
//! - [`observe`] is the side of observations: channels report where an order *is*, late, twice and
//!   out of order, and nothing that they report is refused.
//!
//! ```
//! use order_status::facet::{Lifecycle, Payment};
//! use order_status::machine::{Event, apply};
//! use order_status::state::OrderState;
//!
//! let paid = apply(OrderState::PLACED, Event::CapturedRest)?.after();
//! assert_eq!(paid.payment, Payment::Paid);
//!
//! let cancelled = apply(paid, Event::Cancelled)?.after();
//! assert_eq!(cancelled.lifecycle, Lifecycle::Cancelled);
//!
//! let refused = apply(cancelled, Event::Departed).unwrap_err();
//! assert_eq!(refused.guards().next().map(|guard| guard.id()), Some("delivery-before-shipment"));
//! # Ok::<(), order_status::machine::Refused>(())
//! ```
//!
//! The drawn tables stand on [a page of their own](crate::_documentation::machine).

mod apply;
mod event;
mod guard;
mod observe;
mod path;
pub mod print;
mod table;
mod tables;

pub use self::apply::{Refused, Step, accepted, apply};
pub use self::event::Event;
pub use self::guard::{CONSEQUENCES, Consequence, GUARDS, Guard};
pub use self::observe::{Observation, Observed, Timing, observe};
pub use self::path::{Direction, Path, Via, direction, reachable};
pub use self::table::{Edge, Kind, Table};
pub use self::tables::TABLES;
