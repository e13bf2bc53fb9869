//! Tickets: why an order was kept out, and what would let it in.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::rules::{OrderRule, Severity};
use crate::digest::Digest;

/// An order in quarantine.
///
/// Holds nothing personal, so that it can be logged, mailed and kept.
///
/// ```
/// use order_status::boundary::{Catalogue, Order};
/// use order_status::mapping::Mapping;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let catalogue = Catalogue::new([shopify]).unwrap();
/// let order = serde_json::json!({ "name": "#1001", "financial_status": "partiallyrefunded" });
/// let now = "2026-11-25T12:00:00Z".parse().unwrap();
/// let verdict = catalogue.check(&Order::new("shopify", &order), now);
///
/// let ticket = verdict.ticket().unwrap();
/// assert_eq!((ticket.channel.as_str(), ticket.order.as_deref()), ("shopify", Some("1001")));
/// for release in ticket.release() {
///     println!("-> {release}");
/// }
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Ticket {
    /// The version of this form: [`Ticket::SCHEMA`].
    pub schema: u32,
    /// The system that the order came from.
    pub channel: String,
    /// Which of its records was checked; nothing where it is none of them.
    pub record: Option<String>,
    /// The order's number in that system, or else its id; nothing where it has neither.
    pub order: Option<String>,
    /// The mapping by which it was judged; nothing where the system is not mapped.
    pub mapping: Option<Version>,
    /// The digest of the payload; nothing where it could not be read.
    pub payload: Option<Digest>,
    /// The worst of its violations.
    pub severity: Severity,
    /// What keeps it out, the worst first.
    pub violations: Vec<Violation>,
    /// What was found beside and would not keep it out.
    pub notes: Vec<Violation>,
    /// What was found and does not count for this order.
    pub excused: Vec<Excused>,
    pub(super) evidence: super::evidence::Evidence,
}

impl Ticket {
    /// The version of the form in which tickets are written.
    pub const SCHEMA: u32 = 1;

    /// What would release it: what each violation asks for, each once.
    pub fn release(&self) -> Vec<&Release> {
        let mut wanted: Vec<&Release> = Vec::new();
        for release in self.violations.iter().flat_map(|found| &found.release) {
            if !wanted.contains(&release) {
                wanted.push(release);
            }
        }
        wanted
    }
}

/// A mapping file as it was when an order was judged by it.
///
/// ```
/// use order_status::boundary::Version;
/// use order_status::mapping::Mapping;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let version = Version { revision: shopify.channel().revision(), digest: shopify.digest() };
/// // What a ticket was judged by, and what is loaded now.
/// assert_eq!(version.digest, shopify.digest());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_structs, reason = "a number for people and a digest for certainty")]
pub struct Version {
    /// The revision that the file states.
    pub revision: u32,
    /// Of the file, those that it extends included.
    pub digest: Digest,
}

/// One thing that is wrong with an order.
///
/// ```
/// use order_status::boundary::{Catalogue, Order};
/// use order_status::mapping::Mapping;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let catalogue = Catalogue::new([shopify]).unwrap();
/// let order = serde_json::json!({ "name": "#1001", "financial_status": "partiallyrefunded" });
/// let now = "2026-11-25T12:00:00Z".parse().unwrap();
/// let verdict = catalogue.check(&Order::new("shopify", &order), now);
///
/// let violations = &verdict.ticket().unwrap().violations;
/// let undefined = violations.iter().find(|found| found.rule.name() == "undefined-status");
/// let undefined = undefined.unwrap();
/// assert_eq!(undefined.path.as_deref(), Some("financial_status"));
/// assert_eq!(undefined.release[0].to_string(), "map the value in shopify.financial");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Violation {
    /// The rule that it breaks.
    pub rule: &'static OrderRule,
    /// What was found, and what was expected.
    pub message: String,
    /// Where in the payload.
    pub path: Option<String>,
    /// The value, for declared statuses only: escaped, cut at 64 characters.
    pub raw: Option<String>,
    /// The declared code that the value resembles.
    pub nearest: Option<String>,
    /// What would settle it; one of them is enough.
    pub release: Vec<Release>,
}

impl Violation {
    pub(super) fn new(rule: &'static OrderRule, message: impl Into<String>) -> Self {
        Self {
            rule,
            message: message.into(),
            path: None,
            raw: None,
            nearest: None,
            release: Vec::new(),
        }
    }

    pub(super) fn at(self, path: impl Into<String>) -> Self {
        Self { path: Some(path.into()), ..self }
    }

    pub(super) fn release(mut self, release: Release) -> Self {
        self.release.push(release);
        self
    }

    /// To be put right where the order comes from.
    pub(super) fn correct(self) -> Self {
        let path = self.path.clone().unwrap_or_default();
        self.release(Release::Correct { path })
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.rule)?;
        if let Some(path) = &self.path {
            write!(f, " at {path}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// A violation that does not count for this order, and why.
///
/// ```
/// use order_status::boundary::{Catalogue, Order};
/// use order_status::mapping::Mapping;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let catalogue = Catalogue::new([shopify]).unwrap();
/// // A download: nobody needs to know where the buyer lives.
/// let order = serde_json::json!({
///     "id": 1, "name": "#1001", "created_at": "2026-11-25T10:00:00Z", "currency": "EUR",
///     "total_price": "20.00", "financial_status": "paid", "fulfillment_status": null,
///     "line_items": [{ "id": 1, "sku": "SONG", "quantity": 1, "price": "20.00",
///                      "requires_shipping": false }],
/// });
/// let order = Order::new("shopify", &order).payment_verified();
/// let verdict = catalogue.check(&order, "2026-11-25T12:00:00Z".parse().unwrap());
/// let excused = &verdict.accepted().unwrap().excused;
/// assert_eq!(excused[0].violation.rule.name(), "malformed-address");
/// assert!(excused[0].why.contains("digital"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Excused {
    /// The violation.
    pub violation: Violation,
    /// The circumstance, or the reason that the mapping file gives.
    pub why: String,
}

/// Something that would settle a violation.
///
/// ```
/// use order_status::boundary::Release;
///
/// let release = Release::Fetch { record: "shopify.transaction".into(), how: None };
/// assert_eq!(release.to_string(), "hand in shopify.transaction");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "do", rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Release {
    /// Add a row for the value to the mapping.
    Map {
        /// The field, as `channel.field`.
        field: String,
    },
    /// Say in the mapping file where it stands.
    Declare {
        /// The key of `[boundary]`.
        key: String,
    },
    /// Map the system.
    MapChannel,
    /// Correct the value where the order comes from.
    Correct {
        /// Its place in the payload.
        path: String,
    },
    /// Fetch these records and hand them in beside the order.
    Fetch {
        /// Which, as `channel.record`.
        record: String,
        /// How, where the mapping says it.
        how: Option<String>,
    },
    /// Hand in what the gateway says of the payment, or mark the payment as verified.
    ConfirmPayment,
    /// Hand in that this circumstance is known to be one of these.
    Know {
        /// `terms` or `goods`.
        circumstance: String,
        /// Its states.
        states: Vec<String>,
    },
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Map { field } => write!(f, "map the value in {field}"),
            Self::Declare { key } => {
                write!(f, "say in the mapping's [boundary] where `{key}` stands")
            }
            Self::MapChannel => f.write_str("map the system"),
            Self::Correct { path } if path.is_empty() => {
                f.write_str("correct the order at its source")
            }
            Self::Correct { path } => write!(f, "correct {path} at its source"),
            Self::Fetch { record, how: Some(how) } => write!(f, "hand in {record}, from {how}"),
            Self::Fetch { record, how: None } => write!(f, "hand in {record}"),
            Self::ConfirmPayment => {
                f.write_str("hand in the gateway's view of the payment, or mark it as verified")
            }
            Self::Know { circumstance, states } => {
                write!(f, "make sure that {circumstance} is {}", states.join(" or "))
            }
        }
    }
}
