//! The mappings by which orders are judged, and how one order goes through them.

use alloc::borrow::ToOwned as _;
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use jiff::Timestamp;

use super::check::{self, Input, Own};
use super::evidence::{Evidence, Keeper, Kept};
use super::judge::{Judged, judge};
use super::order::Order;
use super::rules::{self, OrderRule};
use super::seen::Seen;
use super::ticket::{Release, Ticket, Version, Violation};
use super::verdict::{Accepted, Verdict};
use crate::mapping::{Level, Mapping, RecordKind, Role};
use crate::reading::{Claim, Reading, unwrapped};
use crate::record::{Record, digest};
use crate::state::StateSet;
use crate::text::Escaped;

/// The systems whose orders are let in or kept out.
///
/// ```
/// use order_status::boundary::Catalogue;
/// use order_status::mapping::Mapping;
///
/// let mappings = order_status::builtin::ALL.iter().map(|source| Mapping::load(*source));
/// let catalogue = Catalogue::new(mappings.collect::<Result<Vec<_>, _>>().unwrap()).unwrap();
/// assert_eq!(catalogue.mapping("shopify").unwrap().channel().title(), "Shopify");
/// assert!(catalogue.mapping("my_shop").is_none());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    mappings: BTreeMap<Box<str>, Mapping>,
}

/// An order that was looked at.
struct Looked<'m> {
    seen: Seen<'m>,
    claim: Claim,
    found: Vec<Violation>,
}

/// Two mappings are about one system.
///
/// ```
/// use order_status::boundary::Catalogue;
/// use order_status::mapping::Mapping;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let twice = Catalogue::new([shopify.clone(), shopify]).unwrap_err();
/// assert!(twice.to_string().starts_with("two mappings have the id `shopify`"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("two mappings have the id `{}`: put one on top of the other with `extends`, or leave one out", Escaped(.0))]
#[must_use]
pub struct DuplicateChannel(Box<str>);

impl Catalogue {
    /// The systems that these mappings are about.
    ///
    /// # Errors
    ///
    /// When two of them have one id.
    pub fn new(mappings: impl IntoIterator<Item = Mapping>) -> Result<Self, DuplicateChannel> {
        let mut catalogue = Self::default();
        for mapping in mappings {
            let id: Box<str> = mapping.channel().id().into();
            if catalogue.mappings.insert(id.clone(), mapping).is_some() {
                return Err(DuplicateChannel(id));
            }
        }
        Ok(catalogue)
    }

    /// The mapping of the system with this id.
    pub fn mapping(&self, channel: &str) -> Option<&Mapping> {
        self.mappings.get(channel)
    }

    /// Checks an order. `now` decides which times lie in the future.
    ///
    /// Everything that is wrong with it is found at once, and nothing is kept that is personal.
    pub fn check<'m>(&'m self, order: &Order<'_>, now: Timestamp) -> Verdict<'m> {
        let Some(mapping) = self.mapping(order.channel) else {
            let message = format!("no mapping has the id `{}`", Escaped(order.channel));
            return bare(order, None, &rules::UNKNOWN_CHANNEL, message, Release::MapChannel);
        };
        let (Some(payload), Ok(kind)) = (order.payload, kind_of(mapping, order)) else {
            let why = match (order.payload, kind_of(mapping, order)) {
                (None, _) => "the payload is no object".to_owned(),
                (Some(_), Err(why)) => why,
                (Some(_), Ok(_)) => String::new(),
            };
            let release = Release::Correct { path: String::new() };
            return bare(order, Some(mapping), &rules::UNRECOGNISED_RECORD, why, release);
        };
        let Looked { seen, claim, found } =
            self.look(mapping, kind, payload, order, check::violations, now);
        let record = unwrapped(kind, payload);
        let judged = judge(mapping, record, claim.states, found);
        if judged.violations.is_empty() {
            let reading = seen.into_order();
            let reading = reading.unwrap_or_else(|| mapping.read(kind, payload, &order.known));
            let Judged { notes, excused, .. } = judged;
            return Verdict::Accepted(Box::new(Accepted { reading, claim, notes, excused }));
        }
        let severity =
            judged.violations.first().map_or(rules::Severity::Low, |worst| worst.rule.severity());
        Verdict::Quarantined(Box::new(Ticket {
            schema: Ticket::SCHEMA,
            channel: order.channel.to_owned(),
            record: Some(kind.name().to_owned()),
            order: number(seen.readings()),
            mapping: Some(version(mapping)),
            payload: digest(payload),
            severity,
            violations: judged.violations,
            notes: judged.notes,
            excused: judged.excused,
            evidence: self.evidence(mapping, kind, payload, order),
        }))
    }

    /// Reads an order and what was handed in beside it, and lets rules look at it.
    fn look<'m>(
        &'m self,
        mapping: &'m Mapping,
        kind: &'m RecordKind,
        payload: &dyn Record,
        order: &Order<'_>,
        rules: impl Fn(&Input<'_, 'm>) -> Vec<Violation>,
        now: Timestamp,
    ) -> Looked<'m> {
        let read = |kind, payload| mapping.read(kind, payload, &order.known);
        let own = own_records(mapping, order);
        let beside = own.iter().map(|(kind, payload)| read(kind, *payload)).collect();
        let seen = Seen::of(mapping, read(kind, payload), beside);
        let gateways = self.gateways(order);
        let claim = seen.claim().map(|states| knowing(states, order.known.told()));
        let own = own.iter().zip(seen.readings().iter().skip(1));
        let own = own.map(|((kind, payload), reading)| Own {
            kind,
            record: unwrapped(kind, *payload),
            reading,
        });
        let found = seen.readings().first().map(|reading| {
            rules(&Input {
                mapping,
                kind,
                record: unwrapped(kind, payload),
                order,
                reading,
                own: &own.collect::<Vec<_>>(),
                gateways: &gateways,
                claim: claim.states,
                contradictions: seen.contradictions(),
                now,
            })
        });
        Looked { seen, claim, found: found.unwrap_or_default() }
    }

    /// What is known of an order again, from what its ticket kept.
    pub(super) fn again(
        &self,
        mapping: &Mapping,
        kind: &RecordKind,
        order: &Order<'_>,
    ) -> (StateSet, Vec<Violation>) {
        let Some(payload) = order.payload else { return (StateSet::ANY, Vec::new()) };
        // What the clock said stands in the ticket.
        let clock = Timestamp::UNIX_EPOCH;
        let looked = self.look(mapping, kind, payload, order, check::of_statuses, clock);
        (looked.claim.states, looked.found)
    }

    /// What the gateways say that were handed in beside the order. What an ERP or another shop says
    /// of money it has from somebody else.
    fn gateways(&self, order: &Order<'_>) -> Vec<Reading<'_>> {
        let of_others = order.beside.iter().filter(|beside| beside.channel != order.channel);
        of_others
            .filter_map(|beside| {
                let mapping = self.mapping(beside.channel)?;
                if mapping.channel().role() != Role::Gateway {
                    return None;
                }
                Some(mapping.read(mapping.record(beside.record)?, beside.payload, &order.known))
            })
            .collect()
    }

    fn evidence(
        &self,
        mapping: &Mapping,
        kind: &RecordKind,
        payload: &dyn Record,
        order: &Order<'_>,
    ) -> Evidence {
        let mut keeper = Keeper::default();
        let mut keep = |mapping: &Mapping, kind: &RecordKind, payload: &dyn Record| Kept {
            channel: mapping.channel().id().to_owned(),
            record: kind.name().to_owned(),
            mapping: version(mapping),
            payload: keeper.keep(mapping, kind, payload),
        };
        let mut records = Vec::from([keep(mapping, kind, payload)]);
        for beside in &order.beside {
            let mapping = self.mapping(beside.channel);
            let kind = mapping.and_then(|mapping| mapping.record(beside.record));
            if let (Some(mapping), Some(kind)) = (mapping, kind) {
                records.push(keep(mapping, kind, beside.payload));
            }
        }
        let (complete, none) = order.known.asked();
        Evidence {
            records,
            circumstances: order.known.told(),
            complete,
            none,
            verified: order.verified,
            cut: keeper.cut,
        }
    }
}

/// What the caller knows of the circumstances narrows what the payload tells; where the two exclude
/// each other the payload counts.
fn knowing(claim: StateSet, told: StateSet) -> StateSet {
    let both = claim & told;
    both.empty_facets().fold(both, |both, facet| both.with_set(claim.of(facet)))
}

pub(super) fn version(mapping: &Mapping) -> Version {
    Version { revision: mapping.channel().revision(), digest: mapping.digest() }
}

/// By which people call the order: its number, or else its id.
fn number(readings: &[Reading<'_>]) -> Option<String> {
    let order = readings.first()?;
    [&order.order, &order.id].into_iter().flatten().find(|name| !name.trim().is_empty()).cloned()
}

/// The kind of record that an order is.
fn kind_of<'m>(mapping: &'m Mapping, order: &Order<'_>) -> Result<&'m RecordKind, String> {
    let id = mapping.channel().id();
    let kind = match (order.record, order.payload) {
        (Some(name), _) => {
            mapping.record(name).ok_or_else(|| format!("{id} has no record `{}`", Escaped(name)))?
        }
        (None, Some(payload)) => mapping.recognise(payload).ok_or_else(|| {
            format!("the payload is none of the records of {id} that can be told by themselves")
        })?,
        (None, None) => return Err(String::new()),
    };
    if kind.level() == Level::Order {
        Ok(kind)
    } else {
        Err(format!(
            "the payload is `{}` of {id}, which speaks of a {} and not of an order",
            kind.name(),
            kind.level()
        ))
    }
}

/// What the order's own system sent beside it.
fn own_records<'a, 'm>(
    mapping: &'m Mapping,
    order: &Order<'a>,
) -> Vec<(&'m RecordKind, &'a dyn Record)> {
    let own = order.beside.iter().filter(|beside| beside.channel == order.channel);
    own.filter_map(|beside| Some((mapping.record(beside.record)?, beside.payload))).collect()
}

/// The ticket of an order of which not even the kind is known.
fn bare<'m>(
    order: &Order<'_>,
    mapping: Option<&Mapping>,
    rule: &'static OrderRule,
    message: String,
    release: Release,
) -> Verdict<'m> {
    Verdict::Quarantined(Box::new(Ticket {
        schema: Ticket::SCHEMA,
        channel: Escaped(order.channel).to_string(),
        record: None,
        order: None,
        mapping: mapping.map(version),
        payload: order.payload.and_then(digest),
        severity: rule.severity(),
        violations: Vec::from([Violation::new(rule, message).release(release)]),
        notes: Vec::new(),
        excused: Vec::new(),
        evidence: Evidence {
            records: Vec::new(),
            circumstances: order.known.told(),
            complete: Vec::new(),
            none: Vec::new(),
            verified: order.verified,
            cut: false,
        },
    }))
}
