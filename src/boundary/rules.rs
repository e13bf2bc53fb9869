//! The rules for orders, by name.
//!
//! A mapping file, and a merchant's own on top of it, may set each of them otherwise, with a reason:
//! [`_documentation::format`](crate::_documentation::format) says how. All of them on one page:
//! [`_documentation::rules`](crate::_documentation::rules). Each is declared once, here; its
//! explanation is `docs/order-rules/NAME.md`.

use core::fmt;

use crate::facet::{Facet, Goods, Terms};
pub use crate::severity::Severity;
use crate::state::{FacetSet, StateSet};

/// A rule that an order has to keep before anything is created from it.
///
/// ```
/// use order_status::boundary::rules::{MALFORMED_ADDRESS, Severity, Then};
///
/// assert_eq!(MALFORMED_ADDRESS.name(), "malformed-address");
/// assert_eq!(MALFORMED_ADDRESS.severity(), Severity::Medium);
/// assert_eq!(MALFORMED_ADDRESS.then(), Then::Quarantine);
/// assert_eq!(MALFORMED_ADDRESS.excused().to_string(), "goods=pickup|digital|by_channel");
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct OrderRule {
    name: &'static str,
    severity: Severity,
    then: Then,
    summary: &'static str,
    explanation: &'static str,
    excused: &'static [(Facet, u8)],
}

impl OrderRule {
    /// The name, kebab-case.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// How much it costs to let such an order in, or to leave it lying.
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// What follows where nobody has set the rule otherwise.
    pub const fn then(&self) -> Then {
        self.then
    }

    /// What the rule objects to, in one sentence.
    pub const fn summary(&self) -> &'static str {
        self.summary
    }

    /// The rule explained, as Markdown: *What it checks*, *Why it matters*, *Example* (an order that
    /// breaks it), *Instead* (the same, mended), and for some rules *Exceptions*.
    ///
    /// ```
    /// use order_status::boundary::rules;
    ///
    /// for rule in rules::ALL {
    ///     assert!(rule.explanation().starts_with("## What it checks\n"), "{rule}");
    /// }
    /// ```
    pub const fn explanation(&self) -> &'static str {
        self.explanation
    }

    /// The circumstances that excuse an order from the rule; no order where that is empty.
    ///
    /// An order is excused whose circumstances are known to lie inside. One of which they are not
    /// known is not.
    pub fn excused(&self) -> StateSet {
        if self.excused.is_empty() {
            return StateSet::EMPTY;
        }
        self.excused.iter().fold(StateSet::ANY, |all, (facet, bits)| {
            all.with_set(FacetSet::from_bits(*facet, *bits))
        })
    }
}

impl fmt::Debug for OrderRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrderRule({})", self.name)
    }
}

impl fmt::Display for OrderRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for OrderRule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for &'static OrderRule {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = alloc::string::String::deserialize(deserializer)?;
        named(&name).ok_or_else(|| {
            let name = crate::text::Escaped(&name);
            serde::de::Error::custom(alloc::format!("no rule for orders has the name `{name}`"))
        })
    }
}

/// What follows where an order breaks a rule.
///
/// ```
/// use order_status::boundary::rules::{self, Then};
///
/// // A shop may set it otherwise in its mapping; by itself the rule keeps an order out.
/// assert_eq!(rules::UNDEFINED_STATUS.then(), Then::Quarantine);
/// assert_eq!(Then::Quarantine.as_str(), "quarantine");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "an order is kept out, let in, or not asked")]
pub enum Then {
    /// Nothing: the rule is not asked.
    Off,
    /// The order is let in, and what was found goes with it.
    Note,
    /// The order is kept out.
    Quarantine,
}

impl Then {
    pub(crate) const NAMES: &'static [&'static str] = &["off", "note", "quarantine"];

    pub(crate) fn parse(text: &str) -> Option<Self> {
        [Self::Off, Self::Note, Self::Quarantine].into_iter().find(|then| then.as_str() == text)
    }

    /// The word, as it is written in mapping files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Note => "note",
            Self::Quarantine => "quarantine",
        }
    }
}

impl fmt::Display for Then {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The rule with this name.
///
/// ```
/// use order_status::boundary::rules;
///
/// assert_eq!(rules::named("duplicate-line-id"), Some(&rules::DUPLICATE_LINE_ID));
/// assert_eq!(rules::named("duplicate-line"), None);
/// ```
pub fn named(name: &str) -> Option<&'static OrderRule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}

/// Goods for which nobody needs to know where the buyer lives.
const NOTHING_TO_DELIVER: &[(Facet, u8)] =
    &[(Facet::Goods, Goods::Pickup.bit() | Goods::Digital.bit() | Goods::ByChannel.bit())];

/// Deals in which no money is there before the goods leave.
const PAID_LATER: &[(Facet, u8)] =
    &[(Facet::Terms, Terms::OnDelivery.bit() | Terms::OnInvoice.bit() | Terms::NothingToPay.bit())];

const ALWAYS: &[(Facet, u8)] = &[];

macro_rules! rules {
    ($($konst:ident = $name:literal, $severity:ident, $then:ident, $excused:ident, $summary:literal;)+) => {
        $(
            #[doc = concat!("`", $name, "`: ", $summary, ".\n\n")]
            #[doc = include_str!(concat!("../../docs/order-rules/", $name, ".md"))]
            pub static $konst: OrderRule = OrderRule {
                name: $name,
                severity: Severity::$severity,
                then: Then::$then,
                summary: $summary,
                explanation: include_str!(concat!("../../docs/order-rules/", $name, ".md")),
                excused: $excused,
            };
        )+

        /// Every rule, sorted by name.
        ///
        /// ```
        /// use order_status::boundary::rules;
        ///
        /// assert!(rules::ALL.is_sorted_by_key(|rule| rule.name()));
        /// ```
        pub static ALL: &[&OrderRule] = &[$(&$konst),+];
    };
}

rules! {
    CONTRADICTORY_STATUSES = "contradictory-statuses", High, Quarantine, ALWAYS, "values of one order exclude each other";
    DUPLICATE_LINE_ID = "duplicate-line-id", Medium, Quarantine, ALWAYS, "two lines of one order have the same id";
    EXCESSIVE_REFUND = "excessive-refund", High, Quarantine, ALWAYS, "more was given back than the order cost";
    IMPOSSIBLE_STATE = "impossible-state", High, Quarantine, ALWAYS, "the values of an order make a state that no order can be in";
    MALFORMED_ADDRESS = "malformed-address", Medium, Quarantine, NOTHING_TO_DELIVER, "an order to be sent has no address that a parcel can be sent to";
    MISSING_ORDER_ID = "missing-order-id", High, Quarantine, ALWAYS, "an order has no number";
    MISSING_PAYMENT_TOKEN = "missing-payment-token", High, Quarantine, PAID_LATER, "nothing shows that the order's money is there or promised";
    MISSING_SKU = "missing-sku", Low, Note, ALWAYS, "a line does not say which article it is of";
    NEGATIVE_AMOUNT = "negative-amount", Medium, Quarantine, ALWAYS, "an order or a line of it costs less than nothing";
    NEGATIVE_QUANTITY = "negative-quantity", Medium, Quarantine, ALWAYS, "a line is of less than no piece";
    SUM_MISMATCH = "sum-mismatch", Medium, Quarantine, ALWAYS, "amounts of the order do not add up";
    SUSPICIOUS_STATE = "suspicious-state", Low, Note, ALWAYS, "the order is in a state that is possible and rarely right";
    TIME_IN_FUTURE = "time-in-future", Medium, Quarantine, ALWAYS, "an order was placed or changed at a time that has not come yet";
    TIMES_OUT_OF_ORDER = "times-out-of-order", Medium, Quarantine, ALWAYS, "an order was changed before it was placed";
    UNAUTHENTICATED_PAYMENT_TOKEN = "unauthenticated-payment-token", High, Quarantine, PAID_LATER, "nobody who knows confirms the order's payment";
    UNDEFINED_STATUS = "undefined-status", High, Quarantine, ALWAYS, "an order has a status that its mapping does not know";
    UNKNOWN_CHANNEL = "unknown-channel", High, Quarantine, ALWAYS, "an order comes from a system that is not mapped";
    UNKNOWN_CURRENCY = "unknown-currency", Medium, Quarantine, ALWAYS, "an order's currency is missing or is none of ISO 4217";
    UNLISTED_WORD = "unlisted-word", Low, Note, ALWAYS, "a word of an open vocabulary is not in the mapping";
    UNREADABLE_VALUE = "unreadable-value", Medium, Quarantine, ALWAYS, "an amount, a quantity or a time is not written as one";
    UNRECOGNISED_RECORD = "unrecognised-record", High, Quarantine, ALWAYS, "a payload is none of the records that its system sends of an order";
    ZERO_QUANTITY = "zero-quantity", Medium, Quarantine, ALWAYS, "a line is of no piece";
}
