//! The ledger of statuses that no mapping declares: how often, since when, in which orders.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use jiff::Timestamp;

use crate::digest::Digest;
use crate::mapping::{Mapping, Resolution};
use crate::reading::Reading;

/// Per channel and field every value that was seen and is not declared.
///
/// Two ledgers of two workers merge into one, in any order and as often as one likes: an
/// observation has a key (the id of the webhook, or number and time of the order), and counts once.
///
/// ```
/// # #[cfg(all(feature = "builtin", feature = "json"))] {
/// use order_status::boundary::UnknownStatuses;
/// use order_status::mapping::Mapping;
/// use order_status::reading::Known;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let order = serde_json::json!({ "name": "#1001", "financial_status": "partiallyrefunded" });
/// let reading = shopify.read(shopify.record("order").unwrap(), &order, &Known::new());
/// let at = "2026-11-25T12:00:00Z".parse().unwrap();
///
/// let mut ledger = UnknownStatuses::new();
/// ledger.observe(&shopify, &reading, "webhook-7", at);
/// ledger.observe(&shopify, &reading, "webhook-7", at);
/// let unknown = ledger.iter().next().unwrap();
/// assert_eq!((unknown.field.as_str(), unknown.value.as_str()), ("financial", "partiallyrefunded"));
/// assert_eq!(unknown.count(), 1);
/// assert_eq!(unknown.nearest.as_deref(), Some("partially_refunded"));
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(from = "Vec<UnknownStatus>", into = "Vec<UnknownStatus>"))]
pub struct UnknownStatuses {
    seen: BTreeMap<Key, UnknownStatus>,
}

/// Channel, field, and the digest of the whole value: what is shown of a long one is cut.
type Key = (String, String, Digest);

/// One value that is not declared.
///
/// ```
/// use order_status::boundary::UnknownStatuses;
/// use order_status::mapping::Mapping;
/// use order_status::reading::Known;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let kind = shopify.record("order").unwrap();
/// let mut ledger = UnknownStatuses::new();
/// for number in ["#1001", "#1002"] {
///     let order = serde_json::json!({ "name": number, "financial_status": "partiallyrefunded" });
///     let reading = shopify.read(kind, &order, &Known::new());
///     ledger.observe(&shopify, &reading, number, "2026-11-25T12:00:00Z".parse().unwrap());
/// }
/// let unknown = ledger.iter().next().unwrap();
/// assert_eq!(unknown.count(), 2);
/// assert!(unknown.orders.iter().eq(["1001", "1002"]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct UnknownStatus {
    /// The system that sent it.
    pub channel: String,
    /// The field in which it stood.
    pub field: String,
    /// The value, escaped and cut at 64 characters.
    pub value: String,
    /// The declared code that it resembles, by the mapping that saw it last.
    pub nearest: Option<String>,
    /// When it was seen first.
    #[cfg_attr(feature = "serde", serde(with = "crate::time::text"))]
    pub first: Timestamp,
    /// When it was seen last.
    #[cfg_attr(feature = "serde", serde(with = "crate::time::text"))]
    pub last: Timestamp,
    /// Some orders that have it, at most five.
    pub orders: BTreeSet<String>,
    digest: Digest,
    observations: BTreeSet<Digest>,
}

impl UnknownStatus {
    /// So many orders are kept as samples.
    const SAMPLES: usize = 5;

    /// How often it was seen.
    pub fn count(&self) -> usize {
        self.observations.len()
    }

    fn key(&self) -> Key {
        (self.channel.clone(), self.field.clone(), self.digest)
    }

    /// Every part is a union, a minimum or a maximum, so that the order in which ledgers meet does
    /// not matter.
    fn merge(&mut self, other: Self) {
        let newer = (other.last, &other.nearest) > (self.last, &self.nearest);
        if newer {
            self.nearest = other.nearest;
        }
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.observations.extend(other.observations);
        self.orders.extend(other.orders);
        while self.orders.len() > Self::SAMPLES {
            self.orders.pop_last();
        }
    }
}

impl UnknownStatuses {
    /// Nothing was seen.
    pub const fn new() -> Self {
        Self { seen: BTreeMap::new() }
    }

    /// Takes note of every undeclared value of a record. `key` tells this observation from others;
    /// the same one counts once.
    pub fn observe(&mut self, mapping: &Mapping, reading: &Reading<'_>, key: &str, at: Timestamp) {
        let channel = mapping.channel().id();
        for native in reading.unmapped() {
            let (Resolution::Unmapped { nearest }, Some(raw)) = (native.resolution, &native.raw)
            else {
                continue;
            };
            let part = native.part.as_deref().unwrap_or_default();
            let observation = Digest::written(|write| {
                for text in [key, native.record.name(), part] {
                    write(&text.len().to_be_bytes());
                    write(text.as_bytes());
                }
            });
            self.put(UnknownStatus {
                channel: channel.into(),
                field: native.field.name().into(),
                value: raw.to_string(),
                nearest: nearest.map(Into::into),
                first: at,
                last: at,
                orders: reading.order.iter().cloned().collect(),
                digest: Digest::of(raw.as_str().as_bytes()),
                observations: BTreeSet::from([observation]),
            });
        }
    }

    /// Takes over what another ledger saw.
    pub fn merge(&mut self, other: Self) {
        other.seen.into_values().for_each(|unknown| self.put(unknown));
    }

    /// What was seen, by channel and field.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &UnknownStatus> {
        self.seen.values()
    }

    /// Was nothing seen?
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    fn put(&mut self, unknown: UnknownStatus) {
        match self.seen.get_mut(&unknown.key()) {
            Some(known) => known.merge(unknown),
            None => {
                self.seen.insert(unknown.key(), unknown);
            }
        }
    }
}

impl From<Vec<UnknownStatus>> for UnknownStatuses {
    fn from(list: Vec<UnknownStatus>) -> Self {
        let mut ledger = Self::new();
        for unknown in list {
            ledger.put(unknown);
        }
        ledger
    }
}

impl From<UnknownStatuses> for Vec<UnknownStatus> {
    fn from(ledger: UnknownStatuses) -> Self {
        ledger.seen.into_values().collect()
    }
}
