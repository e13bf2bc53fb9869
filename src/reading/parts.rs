//! Nested and sibling records: chains, amounts and quantities, and what they make together.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::collect::id;
use super::value::{Sum, sum_of_first};
use super::{Claim, facet_bit};
use crate::facet::{Facet, Fulfillment, Payment};
use crate::mapping::{Level, RecordKind};
use crate::record::{Decimal, Path, Record};
use crate::rollup::{self, Rest};
use crate::state::{FacetSet, StateSet};

/// One part of an order: a shipment, a payment, a line.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) id: Option<Box<str>>,
    pub(crate) continues: Option<Box<str>>,
    pub(crate) amount: Option<Decimal>,
    pub(crate) quantity: Option<Decimal>,
    pub(crate) claim: Claim,
    /// The facets that it speaks about; in all others it does not count.
    pub(crate) said: u16,
}

impl Part {
    pub(super) fn new(kind: &RecordKind, record: &dyn Record) -> Self {
        Self {
            id: id(&kind.id, record),
            continues: id(&kind.continues, record),
            amount: number(&kind.amount, record),
            quantity: number(&kind.quantity, record),
            claim: Claim::ANY,
            said: 0,
        }
    }

    pub(super) fn claiming(self, claim: Claim, said: u16) -> Self {
        Self { claim, said, ..self }
    }

    /// A part of no unit is none.
    pub(crate) fn is_nothing(&self) -> bool {
        self.quantity.is_some_and(Decimal::is_zero)
    }

    fn says(&self, facet: Facet) -> bool {
        self.said & facet_bit(facet) != 0
    }
}

fn number(paths: &[Path], record: &dyn Record) -> Option<Decimal> {
    match sum_of_first(paths, record) {
        Sum::Of(value) => Some(value),
        Sum::Absent | Sum::Null | Sum::Unreadable(_) => None,
    }
}

/// What is known of the order that the parts belong to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Whole {
    pub(crate) total: Option<Decimal>,
    pub(crate) quantity: Option<Decimal>,
    /// If no part is missing: what is true of that of which there is no part.
    pub(crate) none: Option<StateSet>,
}

impl Whole {
    pub(super) fn of(kind: &RecordKind, record: &dyn Record, none: Option<StateSet>) -> Self {
        let total = number(&kind.total, record).or_else(|| number(&kind.amount, record));
        Self { total, quantity: number(&kind.quantity, record), none }
    }
}

/// Rolls parts of one kind up; also gives the facets that they speak about.
pub(crate) fn roll_up(parts: Vec<Part>, level: Level, whole: &Whole) -> (Claim, u16) {
    let parts = chains(parts);
    let mut claim = Claim::ANY;
    let mut said = 0;
    for facet in Facet::ALL.into_iter().filter(|facet| parts.iter().any(|part| part.says(*facet))) {
        said |= facet_bit(facet);
        let rolled = |side: fn(&Claim) -> StateSet| {
            let sets: Vec<FacetSet> = parts
                .iter()
                .filter(|part| part.says(facet))
                .map(|part| side(&part.claim).of(facet))
                .collect();
            exact_payment(facet, &parts, side, whole).unwrap_or_else(|| {
                rollup::roll_up(facet, sets, rest(facet, &parts, side, level, whole))
            })
        };
        claim = Claim {
            states: claim.states.with_set(rolled(|claim| claim.states)),
            certain: claim.certain.with_set(rolled(|claim| claim.certain)),
        };
    }
    (claim, said)
}

/// What parts of one kind make together if there is nothing beside them.
pub(crate) fn alone(parts: Vec<Part>) -> Claim {
    let parts = chains(parts);
    Facet::ALL.into_iter().filter(|facet| parts.iter().any(|part| part.says(*facet))).fold(
        Claim::ANY,
        |claim, facet| {
            let merged = |side: fn(&Claim) -> StateSet| {
                rollup::roll_up(
                    facet,
                    parts
                        .iter()
                        .filter(|part| part.says(facet))
                        .map(|part| side(&part.claim).of(facet)),
                    Rest::Nothing,
                )
            };
            Claim {
                states: claim.states.with_set(merged(|claim| claim.states)),
                certain: claim.certain.with_set(merged(|claim| claim.certain)),
            }
        },
    )
}

/// What there may be beside the parts.
fn rest(
    facet: Facet,
    parts: &[Part],
    side: fn(&Claim) -> StateSet,
    level: Level,
    whole: &Whole,
) -> Rest {
    if level == Level::Line && whole.none.is_some() {
        return Rest::Nothing;
    }
    let beyond = whole.none.unwrap_or(StateSet::ANY);
    let counts = |part: &&Part| part.says(facet) && side(&part.claim).of(facet) != not_required();
    let covered: Option<Decimal> = parts.iter().filter(counts).map(|part| part.quantity).sum();
    if money_covers(facet, parts, side, level, whole) {
        return Rest::Nothing;
    }
    match (facet, covered, whole.quantity) {
        (Facet::Fulfillment, Some(covered), Some(all)) if all.is_positive() => {
            if covered >= all {
                Rest::Nothing
            } else {
                Rest::Some(beyond)
            }
        }
        _ => Rest::Perhaps(beyond),
    }
}

/// Do the payments that collected money make up the order's total? Then there is no other payment
/// that could have been refunded or contested.
fn money_covers(
    facet: Facet,
    parts: &[Part],
    side: fn(&Claim) -> StateSet,
    level: Level,
    whole: &Whole,
) -> bool {
    let (Facet::Payment | Facet::Refund | Facet::Dispute, Level::Payment, Some(total)) =
        (facet, level, whole.total)
    else {
        return false;
    };
    let collected = collected();
    let collecting = parts.iter().filter(|part| {
        side(&part.claim).of(Facet::Payment).iter().all(|state| collected.contains(state))
    });
    let sum: Option<Decimal> = collecting.map(|part| part.amount).sum();
    total.is_positive() && sum.is_some_and(|sum| sum >= total)
}

fn collected() -> FacetSet {
    [Payment::PartiallyPaid, Payment::Paid, Payment::Overpaid]
        .into_iter()
        .fold(FacetSet::none(Facet::Payment), FacetSet::with)
}

fn not_required() -> FacetSet {
    FacetSet::none(Facet::Fulfillment).with(Fulfillment::NotRequired)
}

/// The payment by sums, where every part says whether it collected and how much.
fn exact_payment(
    facet: Facet,
    parts: &[Part],
    side: fn(&Claim) -> StateSet,
    whole: &Whole,
) -> Option<FacetSet> {
    let total = whole.total.filter(|total| total.is_positive() && facet == Facet::Payment)?;
    let collected = collected();
    let mut sum = Decimal::ZERO;
    for part in parts.iter().filter(|part| part.says(facet)) {
        let states = side(&part.claim).of(facet);
        let inside = states.iter().filter(|state| collected.contains(*state)).count();
        if inside == 0 {
            continue;
        }
        if inside != states.iter().count() {
            return None;
        }
        sum = sum + part.amount?;
    }
    if !sum.is_positive() {
        return None;
    }
    // Payments that are not listed can only add to it.
    let exact = match sum.cmp(&total) {
        core::cmp::Ordering::Less => Payment::PartiallyPaid,
        core::cmp::Ordering::Equal => Payment::Paid,
        core::cmp::Ordering::Greater => Payment::Overpaid,
    };
    let states = Payment::ALL.iter().filter(|state| match whole.none {
        Some(_) => **state == exact,
        None => **state >= exact && collected.contains(**state),
    });
    Some(states.fold(FacetSet::none(facet), |set, state| set.with(*state)))
}

/// Parts that carry each other on become one.
fn chains(parts: Vec<Part>) -> Vec<Part> {
    if parts.iter().all(|part| part.continues.is_none()) {
        return parts;
    }
    let mut heads: Vec<(Vec<Box<str>>, Part)> = Vec::with_capacity(parts.len());
    // Roots first, whatever the order in which they were sent.
    let mut waiting = parts;
    while !waiting.is_empty() {
        let before = waiting.len();
        let mut later = Vec::new();
        for part in waiting {
            let root = part.continues.as_deref();
            let known = heads
                .iter()
                .position(|(ids, _)| root.is_some_and(|root| ids.iter().any(|id| **id == *root)));
            match (root, known) {
                (Some(_), Some(at)) => {
                    if let Some((ids, head)) = heads.get_mut(at) {
                        ids.extend(part.id.clone());
                        carry_on(head, part);
                    }
                }
                (Some(_), None) => later.push(part),
                (None, _) => heads.push((part.id.iter().cloned().collect(), part)),
            }
        }
        if later.len() == before {
            // What they carry on was not sent: they stand for themselves.
            let mut orphans = later.into_iter();
            heads.extend(orphans.next().map(|part| (part.id.iter().cloned().collect(), part)));
            waiting = orphans.collect();
        } else {
            waiting = later;
        }
    }
    heads.into_iter().map(|(_, part)| part).collect()
}

/// Takes a continuing record into its chain.
fn carry_on(head: &mut Part, next: Part) {
    let before = head.claim.states.of(Facet::Payment);
    for facet in Facet::ALL.into_iter().filter(|facet| next.says(*facet)) {
        let chained = |head: StateSet, next: StateSet, spoke: bool| {
            head.with_set(if spoke {
                rollup::chained(head.of(facet), next.of(facet))
            } else {
                next.of(facet)
            })
        };
        let spoke = head.says(facet);
        head.claim = Claim {
            states: chained(head.claim.states, next.claim.states, spoke),
            certain: chained(head.claim.certain, next.claim.certain, spoke),
        };
    }
    // The amount that counts is the one of the record that decided the payment.
    if next.says(Facet::Payment)
        && head.claim.states.of(Facet::Payment) != before
        && next.amount.is_some()
    {
        head.amount = next.amount;
    }
    head.said |= next.said;
}
