//! What is handed in: an order's payload, and what was fetched beside it.

use alloc::vec::Vec;
use core::fmt;

use crate::reading::Known;
use crate::record::Record;

/// An order to be checked, as its system sent it.
///
/// ```
/// use order_status::boundary::Order;
/// use order_status::record::Flat;
///
/// let payload = Flat::new(["name", "financial_status"], ["#1001", "paid"]);
/// let transaction = Flat::new(["kind", "status", "authorization"], ["sale", "success", "ch_1"]);
/// let order = Order::new("shopify", &payload)
///     .record("order")
///     .beside("shopify", "transaction", &transaction);
/// assert_eq!(format!("{order:?}"), "Order(shopify.order, 1 record beside)");
/// ```
#[derive(Clone)]
#[must_use]
pub struct Order<'a> {
    pub(super) channel: &'a str,
    pub(super) record: Option<&'a str>,
    pub(super) payload: Option<&'a dyn Record>,
    pub(super) beside: Vec<Beside<'a>>,
    pub(super) known: Known,
    pub(super) verified: bool,
}

/// A record of the same order, of the same system or of another one.
#[derive(Clone, Copy)]
pub(super) struct Beside<'a> {
    pub(super) channel: &'a str,
    pub(super) record: &'a str,
    pub(super) payload: &'a dyn Record,
}

impl<'a> Order<'a> {
    /// An order of the system with this id.
    pub const fn new(channel: &'a str, payload: &'a dyn Record) -> Self {
        Self {
            channel,
            record: None,
            payload: Some(payload),
            beside: Vec::new(),
            known: Known::new(),
            verified: false,
        }
    }

    /// What came from the system and is no record at all: text that is not JSON, a list, nothing.
    ///
    /// Its ticket says that there was something, so that a batch loses nothing.
    pub const fn broken(channel: &'a str) -> Self {
        Self {
            channel,
            record: None,
            payload: None,
            beside: Vec::new(),
            known: Known::new(),
            verified: false,
        }
    }

    /// Which of the system's records it is; recognised where this is not said.
    pub fn record(mut self, name: &'a str) -> Self {
        self.record = Some(name);
        self
    }

    /// A record that was fetched beside the order: a transaction of the shop, the gateway's payment.
    /// It is taken to be of this order.
    pub fn beside(mut self, channel: &'a str, record: &'a str, payload: &'a dyn Record) -> Self {
        self.beside.push(Beside { channel, record, payload });
        self
    }

    /// What is known beside the payload: circumstances, lists of which nothing is missing.
    pub fn known(mut self, known: Known) -> Self {
        self.known = known;
        self
    }

    /// The caller has made sure of the payment: with the gateway, or at the bank.
    pub const fn payment_verified(mut self) -> Self {
        self.verified = true;
        self
    }
}

impl fmt::Debug for Order<'_> {
    /// Without anything of the payload: it holds personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Order({}", self.channel)?;
        if let Some(record) = self.record {
            write!(f, ".{record}")?;
        }
        match self.beside.len() {
            0 => {}
            1 => f.write_str(", 1 record beside")?,
            several => write!(f, ", {several} records beside")?,
        }
        f.write_str(")")
    }
}
