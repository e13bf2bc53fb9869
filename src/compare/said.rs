//! What one system's records say together.

use alloc::vec::Vec;

use super::presence::stands_for_an_order;
use super::view::Money;
use crate::facet::Facet;
use crate::mapping::{Level, Mapping};
use crate::reading::parts::{self, Part, Whole, agreed};
use crate::reading::{Claim, Reading, Scope, SelfContradiction, facet_bit, none_claim, settle};
use crate::rollup::lift;
use crate::state::StateSet;

/// What the records of one system say of their order: all of a kind rolled up, and the kinds met.
#[derive(Clone, Debug)]
pub(super) struct Said<'m> {
    pub(super) scope: Scope,
    pub(super) claim: Claim,
    pub(super) own: Claim,
    pub(super) contradictions: Vec<SelfContradiction>,
    pub(super) duplicate: Option<&'m str>,
}

impl<'m> Said<'m> {
    pub(super) fn of(
        mapping: &'m Mapping,
        readings: &[Reading<'m>],
        complete: &[&str],
        total: Option<Money<'_>>,
    ) -> Self {
        let is_whole = |reading: &Reading<'_>| reading.scope == Scope::Whole;
        let scope = if readings.iter().any(is_whole) { Scope::Whole } else { Scope::Part };
        let mut said = Self {
            scope,
            claim: Claim::ANY,
            own: Claim::ANY,
            contradictions: contradictions(readings),
            duplicate: None,
        };
        if readings.is_empty() {
            return said;
        }
        // Where a record stands for the order, what hangs under it is a part of it all the same.
        let has_orders =
            readings.iter().any(|reading| stands_for_an_order(mapping, reading.record));
        let (mut claim, mut own) = (Claim::ANY, Claim::ANY);
        let mut none_at_all = StateSet::ANY;
        let mut has_all_the_money = false;
        for kind in mapping.records() {
            let of_kind: Vec<_> =
                readings.iter().filter(|reading| reading.record.name() == kind.name()).collect();
            let none = complete.contains(&kind.name()).then(|| none_claim(mapping, kind));
            match of_kind.as_slice() {
                // A kind that lies in another is judged where that one is read.
                [] if kind.within().is_some() => {}
                [] => none_at_all = none_at_all & none.unwrap_or(StateSet::ANY),
                [first, rest @ ..] if is_whole(first) => {
                    if !rest.is_empty() {
                        said.duplicate = Some(first.record.name());
                    }
                    // Which of them is the order nobody can tell: each of them may be.
                    let any_of_them =
                        rest.iter().fold(first.claim, |claim, reading| claim.join(reading.claim));
                    claim = claim.meet(any_of_them);
                    own = own.meet(any_of_them);
                }
                siblings => {
                    let parts: Vec<_> = siblings
                        .iter()
                        .map(|reading| as_part(reading))
                        .filter(|part| !part.is_nothing())
                        .collect();
                    let orders = speaking(mapping, readings).filter(|reading| is_whole(reading));
                    let whole = whole(orders, none, total, siblings);
                    let roll_up = |whole: &Whole| parts::roll_up(&parts, kind.level(), whole);
                    let alone = !has_orders || stands_for_an_order(mapping, kind);
                    own = own.meet(roll_up(if alone { &Whole::ALONE } else { &whole }));
                    // Of a part nothing is missing here, and the rest of the order is elsewhere.
                    let none = whole.none.filter(|_| scope == Scope::Whole);
                    claim = claim.meet(roll_up(&Whole { none, ..whole }));
                    has_all_the_money |=
                        kind.level() == Level::Payment && parts::have_all_the_money(&parts, &whole);
                }
            }
        }
        own = own.meet(Claim::certain(none_at_all));
        claim = claim.meet(Claim::certain(match scope {
            Scope::Whole => none_at_all,
            Scope::Part if has_all_the_money => {
                let money = [Facet::Payment, Facet::Refund, Facet::Dispute];
                let lifted = lift(none_at_all);
                money.iter().fold(lifted, |claim, facet| claim.with_set(none_at_all.of(*facet)))
            }
            Scope::Part => lift(none_at_all),
        }));
        let natives = readings.iter().flat_map(|reading| &reading.natives);
        said.claim = settle(claim, natives.clone(), &mut said.contradictions);
        said.own = settle(own, natives, &mut Vec::new());
        said.contradictions.dedup();
        said
    }
}

/// Where the records contradict themselves; places of values count through all of them.
fn contradictions(readings: &[Reading<'_>]) -> Vec<SelfContradiction> {
    let mut contradictions = Vec::new();
    let mut before = 0;
    for reading in readings {
        let of_record = reading.contradictions.iter().cloned();
        contradictions.extend(of_record.map(|found| found.behind(before)));
        before += reading.natives.len();
    }
    contradictions
}

/// The records that speak for the order: those that stand for it, else any; drafts and the like only
/// where there is nothing better.
pub(super) fn speaking<'r, 'm>(
    mapping: &'m Mapping,
    readings: &'r [Reading<'m>],
) -> impl Iterator<Item = &'r Reading<'m>> + Clone {
    let stands = |reading: &Reading<'_>| stands_for_an_order(mapping, reading.record);
    let better = readings.iter().any(stands);
    readings.iter().filter(move |reading| !better || stands(reading))
}

/// What is known of the order's total and its units: by its own records if they agree, else by the
/// shop's, as long as all amounts are in one currency.
fn whole<'r, 'm: 'r>(
    orders: impl Iterator<Item = &'r Reading<'m>> + Clone,
    none: Option<StateSet>,
    total: Option<Money<'_>>,
    parts: &[&Reading<'_>],
) -> Whole {
    let in_currency = |currency: &str, unknown: bool| {
        parts.iter().all(|part| match &part.currency {
            Some(known) => known.eq_ignore_ascii_case(currency),
            None => unknown,
        })
    };
    let own = orders.clone().filter(|order| order.total.is_some());
    let total = if own.clone().next().is_some() {
        // One system's amounts are in one currency where it does not say otherwise.
        let comparable = |order: &&Reading<'_>| {
            order.currency.as_deref().is_none_or(|currency| in_currency(currency, true))
        };
        agreed(own.map(|order| order.total.filter(|_| comparable(&order)))).flatten()
    } else {
        total.filter(|money| in_currency(money.currency, false)).map(|money| money.amount)
    };
    let quantity = agreed(orders.filter_map(|order| order.quantity));
    Whole { total, quantity, none, alone: false }
}

fn as_part(reading: &Reading<'_>) -> Part {
    let said = reading.said.iter().fold(0, |said, facet: &Facet| said | facet_bit(*facet));
    Part {
        id: reading.id.as_deref().map(Into::into),
        continues: reading.continues.as_deref().map(Into::into),
        amount: reading.amount,
        quantity: reading.quantity,
        claim: reading.claim,
        said,
    }
}
