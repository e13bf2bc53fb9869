//! After a mapping has changed: which orders would now come in?

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::catalogue::{Catalogue, version};
use super::check::OF_STATUSES;
use super::evidence::{Evidence, all_places};
use super::judge::judge;
use super::order::Order;
use super::rules::{self, OrderRule};
use super::ticket::{Release, Ticket, Violation};
use crate::mapping::{Level, Mapping, RecordKind};
use crate::reading::Known;

/// What became of a quarantined order under other mappings.
///
/// ```
/// use order_status::boundary::{Catalogue, Order, Replay};
/// use order_status::mapping::Mapping;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let catalogue = Catalogue::new([shopify]).unwrap();
/// let order = serde_json::json!({ "name": "#1001", "financial_status": "partiallyrefunded" });
/// let now = "2026-11-25T12:00:00Z".parse().unwrap();
/// let verdict = catalogue.check(&Order::new("shopify", &order), now);
///
/// // Nothing has changed, so the order would be kept out again.
/// match verdict.ticket().unwrap().replay(&catalogue, &catalogue) {
///     Replay::Passes => unreachable!("hand the order in again"),
///     Replay::Fails(violations) => assert!(!violations.is_empty()),
///     Replay::NeedsPayload(why) => unreachable!("fetch the order and check it: {why}"),
/// }
/// ```
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "whoever works a queue off must answer each")]
pub enum Replay {
    /// It would come in.
    Passes,
    /// It would be kept out, for these violations.
    Fails(Vec<Violation>),
    /// The ticket does not hold what the new mapping asks for, for this reason: check the order again.
    NeedsPayload(String),
}

/// The tickets whose orders would now come in, in their order.
///
/// Exactly those: an order of which a ticket does not hold enough is not among them.
///
/// ```
/// # #[cfg(all(feature = "builtin", feature = "json"))] {
/// use order_status::boundary::{Catalogue, Order, replayable};
/// use order_status::diagnostic::Source;
/// use order_status::mapping::Mapping;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let mine = Source::new("mine.toml", r#"
///     schema = 1
///     extends = "shopify"
///     id = "shopify"
///     [[field]]
///     name = "financial"
///     status = [{ code = "partiallyrefunded", payment = "any", refund = "partial" }]
/// "#);
/// let new = Catalogue::new([Mapping::load_extending(mine, &shopify).unwrap()]).unwrap();
/// let old = Catalogue::new([shopify]).unwrap();
/// let now = "2026-11-25T12:00:00Z".parse().unwrap();
///
/// let order = serde_json::json!({
///     "name": "#1001", "financial_status": "partiallyrefunded",
///     "line_items": [{ "id": 1, "quantity": 1, "sku": "GIFT", "requires_shipping": false }],
/// });
/// let verdict = old.check(&Order::new("shopify", &order).payment_verified(), now);
/// let tickets = [verdict.ticket().unwrap().clone()];
/// assert_eq!(replayable(&tickets, &old, &new).count(), 1);
/// assert_eq!(replayable(&tickets, &old, &old).count(), 0);
/// # }
/// ```
pub fn replayable<'t>(
    tickets: impl IntoIterator<Item = &'t Ticket>,
    old: &Catalogue,
    new: &Catalogue,
) -> impl Iterator<Item = &'t Ticket> {
    tickets.into_iter().filter(move |ticket| ticket.replay(old, new) == Replay::Passes)
}

impl Ticket {
    /// Judges the order again by other mappings. `old` holds those by which the ticket was written.
    ///
    /// Statuses and the payment are judged anew; what the payload itself did wrong stays wrong, and
    /// is excused where the new mapping excuses it.
    pub fn replay(&self, old: &Catalogue, new: &Catalogue) -> Replay {
        let Some(now_by) = new.mapping(&self.channel) else {
            return Replay::Fails(self.violations.clone());
        };
        match self.judge_again(old, new, now_by) {
            Ok(replay) => replay,
            Err(why) => Replay::NeedsPayload(why),
        }
    }

    fn judge_again(
        &self,
        old: &Catalogue,
        new: &Catalogue,
        now_by: &Mapping,
    ) -> Result<Replay, String> {
        let evidence = &self.evidence;
        let Some(kept) = evidence.records.first() else {
            return Err("nothing could be kept of the order".into());
        };
        if evidence.cut {
            return Err("a status of the order is too long or too strange to be kept".into());
        }
        same_places(evidence, old, new)?;
        let judged_by = old.mapping(&self.channel).ok_or("no mapping of the system is at hand")?;
        let kind = order_kind(now_by, &kept.record)?;
        let old_kind = order_kind(judged_by, &kept.record)?;
        let mut order = Order::new(&self.channel, &kept.payload).record(&kept.record);
        for beside in evidence.records.iter().skip(1) {
            order = order.beside(&beside.channel, &beside.record, &beside.payload);
        }
        order.verified = evidence.verified;
        order.known = known(evidence);
        let (claim, mut found) = new.again(now_by, kind, &order);
        let mut open = Vec::new();
        for violation in self.of_facts() {
            if asks(violation.rule, judged_by, old_kind) == asks(violation.rule, now_by, kind) {
                found.push(without_circumstances(violation));
            }
        }
        let of_facts = rules::ALL.iter().filter(|rule| !is_of_statuses(rule));
        for rule in of_facts {
            if asks(rule, judged_by, old_kind) != asks(rule, now_by, kind) {
                open.push(rule.name());
            }
        }
        let judged = judge(now_by, &kept.payload, claim, found);
        Ok(match (judged.violations.is_empty(), open.is_empty()) {
            (false, _) => Replay::Fails(judged.violations),
            (true, true) => Replay::Passes,
            (true, false) => {
                let rules = open.join(", ");
                Replay::NeedsPayload(format!("the mapping looks elsewhere for {rules}"))
            }
        })
    }

    /// What was found by rules that ask the payload and not the mapping's rows.
    fn of_facts(&self) -> impl Iterator<Item = &Violation> {
        let excused = self.excused.iter().map(|excused| &excused.violation);
        let found = self.violations.iter().chain(&self.notes).chain(excused);
        found.filter(|violation| !is_of_statuses(violation.rule))
    }
}

/// Which circumstance would settle it is judged again.
fn without_circumstances(violation: &Violation) -> Violation {
    let mut violation = violation.clone();
    violation.release.retain(|release| !matches!(release, Release::Know { .. }));
    violation
}

fn is_of_statuses(rule: &OrderRule) -> bool {
    OF_STATUSES.iter().any(|known| known.name() == rule.name())
}

/// Does the ticket hold everything that the new mappings read?
fn same_places(evidence: &Evidence, old: &Catalogue, new: &Catalogue) -> Result<(), String> {
    for kept in &evidence.records {
        let channel = &kept.channel;
        let judged_by = old
            .mapping(channel)
            .ok_or_else(|| format!("no old mapping of {channel} is at hand"))?;
        if version(judged_by) != kept.mapping {
            let revision = kept.mapping.revision;
            return Err(format!(
                "the ticket was written by another version of {channel}, revision {revision}"
            ));
        }
        let Some(now_by) = new.mapping(channel) else {
            return Err(format!("no new mapping of {channel} is at hand"));
        };
        let before = all_places(judged_by);
        if let Some((record, _, path)) = all_places(now_by).difference(&before).next() {
            return Err(format!(
                "the new mapping of {channel} reads {path} of {record}, which was not kept"
            ));
        }
    }
    Ok(())
}

fn order_kind<'m>(mapping: &'m Mapping, name: &str) -> Result<&'m RecordKind, String> {
    let kind = mapping.record(name).filter(|kind| kind.level() == Level::Order);
    kind.ok_or_else(|| format!("the mapping has no record `{name}` of orders"))
}

fn known(evidence: &Evidence) -> Known {
    let known = Known::new().circumstances(evidence.circumstances);
    let known = evidence.complete.iter().fold(known, |known, kind| known.complete(kind));
    evidence.none.iter().fold(known, |known, kind| known.none(kind))
}

/// Where a rule looks in the payload: what it says there stays true while it looks at the same place.
fn asks(rule: &OrderRule, mapping: &Mapping, kind: &RecordKind) -> String {
    let boundary = mapping.boundary().filter(|boundary| *boundary.record.name == *kind.name());
    let lines: Vec<_> = mapping
        .kind_number(kind.name())
        .into_iter()
        .flat_map(|number| mapping.kinds_in(number))
        .filter(|inner| inner.level() == Level::Line)
        .map(|line| (&line.within, &line.id, &line.quantity, &line.price, &line.amount, &line.sku))
        .map(|line| format!("{line:?}"))
        .collect();
    let lines = lines.join("\n");
    let amounts = (&kind.total, &kind.currency, kind.minor_units);
    let refunded = boundary.map(|boundary| &boundary.refunded);
    match rule.name() {
        "missing-order-id" => format!("{:?}", kind.order),
        "malformed-address" => format!("{:?}", boundary.map(|boundary| &boundary.address)),
        "unknown-currency" => format!("{amounts:?}"),
        "sum-mismatch" => {
            let sums = boundary.map(|boundary| {
                let sums = boundary.sums.iter();
                sums.map(|sum| (&sum.whole, &sum.parts, &sum.minus, &sum.optional, sum.lines))
                    .collect::<Vec<_>>()
            });
            format!("{amounts:?} {sums:?} {lines}")
        }
        "excessive-refund" => format!("{amounts:?} {refunded:?}"),
        "negative-amount" | "unreadable-value" => {
            format!("{amounts:?} {refunded:?} {lines} {:?} {:?}", kind.created, kind.changed)
        }
        "duplicate-line-id" | "missing-sku" | "negative-quantity" | "zero-quantity" => lines,
        "time-in-future" | "times-out-of-order" => format!("{:?} {:?}", kind.created, kind.changed),
        // These are asked again, or are about orders of which nothing is kept.
        name => name.to_string(),
    }
}
