//! Nested and sibling records: chains, amounts and quantities, and what they make together.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cmp::Ordering;

use super::collect::id;
use super::value::{currency, in_own_unit, sum_of_first, worth};
use super::{Claim, facet_bit};
use crate::facet::{Billing, Delivery, Facet, Fulfillment, Payment, Refund};
use crate::groups::Groups;
use crate::mapping::{Level, RecordKind};
use crate::record::{Decimal, Record};
use crate::rollup::{self, Rest};
use crate::state::{FacetSet, StateSet};

/// Longer chains than this are taken for circles.
const LONGEST_CHAIN: usize = 64;

/// One part of an order: a shipment, a payment, a line.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Shared with all that is found in the part.
    pub(crate) id: Option<Arc<str>>,
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
            amount: worth(&kind.amount, record).map(|it| in_own_unit(kind, record, it)),
            quantity: sum_of_first(&kind.quantity, record).known(),
            claim: Claim::ANY,
            said: 0,
        }
    }

    pub(super) fn claiming(self, claim: Claim, said: u16) -> Self {
        Self { claim, said, ..self }
    }

    /// The part as a chain of its own: only what it speaks about counts.
    fn alone(&self) -> Self {
        let spoken = |states: StateSet| {
            let facets = Facet::ALL.into_iter().filter(|facet| self.says(*facet));
            facets.fold(StateSet::ANY, |spoken, facet| spoken.with_set(states.of(facet)))
        };
        Self { id: None, continues: None, claim: self.claim.map(spoken), ..*self }
    }

    /// A part of no unit is none.
    pub(crate) fn is_nothing(&self) -> bool {
        self.quantity.is_some_and(Decimal::is_zero)
    }

    fn says(&self, facet: Facet) -> bool {
        self.said & facet_bit(facet) != 0
    }

    /// Is nothing of the part to be done any more?
    fn is_cancelled(&self, side: fn(&Claim) -> StateSet) -> bool {
        let not_required = FacetSet::none(Facet::Fulfillment).with(Fulfillment::NotRequired);
        side(&self.claim).of(Facet::Fulfillment) == not_required
    }

    /// A voided parcel did not fail to arrive, and a cancelled line does not wait for its invoice.
    fn is_void(&self, facet: Facet, side: fn(&Claim) -> StateSet) -> bool {
        let nothing_happened = match facet {
            Facet::Delivery => FacetSet::none(facet).with(Delivery::None),
            Facet::Billing => FacetSet::none(facet).with(Billing::Unbilled),
            Facet::Lifecycle
            | Facet::Payment
            | Facet::Refund
            | Facet::Dispute
            | Facet::Fulfillment
            | Facet::Returns
            | Facet::Stage
            | Facet::Hold
            | Facet::Terms
            | Facet::Goods => return false,
        };
        self.is_cancelled(side) && side(&self.claim).of(facet) == nothing_happened
    }
}

/// What is known of the order that the parts belong to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Whole {
    pub(crate) total: Option<Decimal>,
    pub(crate) quantity: Option<Decimal>,
    /// If no part is missing: what is true of that of which there is no part.
    pub(crate) none: Option<StateSet>,
    /// Is it taken that there is nothing beside the parts?
    pub(crate) alone: bool,
}

impl Whole {
    /// Nothing is known of the order, and its parts are taken to be all there is.
    pub(crate) const ALONE: Self = Self { total: None, quantity: None, none: None, alone: true };

    /// What a record is to the parts of some kind that lie in it.
    pub(super) fn of(
        outer: &RecordKind,
        inner: &RecordKind,
        size: &Size,
        in_one_currency: bool,
        none: Option<StateSet>,
    ) -> Self {
        // The lines of an order are the order, and the lines of a return the return.
        let alone = none.is_some() && (inner.level == Level::Line || inner.level == outer.level);
        let total = size.total.filter(|_| in_one_currency);
        Self { total, quantity: size.quantity, none, alone }
    }
}

/// How much money and how many units a record is about.
#[derive(Default)]
pub(super) struct Size {
    total: Option<Decimal>,
    currency: Option<Box<str>>,
    quantity: Option<Decimal>,
}

impl Size {
    pub(super) fn of(kind: &RecordKind, record: &dyn Record) -> Self {
        let total = sum_of_first(&kind.total, record).known();
        let total = total.or_else(|| worth(&kind.amount, record));
        Self {
            total: total.map(|total| in_own_unit(kind, record, total)),
            currency: currency(kind, record).map(|currency| currency.as_ref().into()),
            quantity: sum_of_first(&kind.quantity, record).known(),
        }
    }

    /// Are a part's amounts in the same currency? Amounts that lie in one record are, where they do
    /// not say otherwise.
    pub(super) fn is_in_currency_of(&self, kind: &RecordKind, part: &dyn Record) -> bool {
        match (&self.currency, currency(kind, part)) {
            (Some(whole), Some(part)) => whole.eq_ignore_ascii_case(&part),
            (None, _) | (_, None) => true,
        }
    }
}

/// Rolls parts of one kind up, in the facets that they speak about.
pub(crate) fn roll_up(parts: &[Part], level: Level, whole: &Whole) -> Claim {
    let links = Links::of(parts);
    let chains = links.chains(parts);
    let rests_on_facts = parts.iter().any(|part| part.claim.states != part.claim.certain);
    let mut claim = Claim::ANY;
    for facet in Facet::ALL.into_iter().filter(|facet| parts.iter().any(|part| part.says(*facet))) {
        let rolled = |side: fn(&Claim) -> StateSet| {
            let speaking = || chains.iter().filter(move |part| part.says(facet));
            let is_all_void = speaking().all(|part| part.is_void(facet, side));
            let sets = speaking()
                .filter(|part| is_all_void || !part.is_void(facet, side))
                .map(|part| side(&part.claim).of(facet));
            exact_payment(facet, parts, &links, side, whole).unwrap_or_else(|| {
                let money = money_against_total(facet, parts, &links, side, level, whole);
                let rest = match money {
                    Some(Ordering::Equal | Ordering::Greater) => Rest::Nothing,
                    Some(Ordering::Less) | None => rest(facet, &chains, side, whole),
                };
                let rolled = rollup::roll_up(facet, sets, rest);
                // If all of it was taken, it is more than the order costs.
                let too_much = facet == Facet::Payment
                    && money == Some(Ordering::Greater)
                    && rolled.contains(Payment::Paid);
                if too_much { rolled.with(Payment::Overpaid) } else { rolled }
            })
        };
        let states = rolled(|claim| claim.states);
        // What may be under the facts may be whatever they are: sums are exact on one side alone.
        let certain = if rests_on_facts {
            rollup::union(states, rolled(|claim| claim.certain))
        } else {
            states
        };
        claim = Claim {
            states: claim.states.with_set(states),
            certain: claim.certain.with_set(certain),
        };
    }
    claim
}

/// Are the payments all the money of the order, whatever the facts? Then no other system took any.
pub(crate) fn have_all_the_money(parts: &[Part], whole: &Whole) -> bool {
    let (links, side) = (Links::of(parts), |claim: &Claim| claim.certain);
    money_against_total(Facet::Payment, parts, &links, side, Level::Payment, whole)
        .is_some_and(Ordering::is_ge)
}

/// What there may be beside the parts.
fn rest(facet: Facet, parts: &[Part], side: fn(&Claim) -> StateSet, whole: &Whole) -> Rest {
    if whole.alone {
        return Rest::Nothing;
    }
    let beyond = whole.none.unwrap_or(StateSet::ANY);
    let counts = |part: &&Part| part.says(facet) && !part.is_cancelled(side);
    let covered: Option<Decimal> = parts.iter().filter(counts).map(|part| part.quantity).sum();
    match (facet, covered, whole.quantity) {
        (Facet::Fulfillment | Facet::Delivery, Some(covered), Some(all)) if all.is_positive() => {
            if covered >= all {
                Rest::Nothing
            } else {
                Rest::Some(beyond)
            }
        }
        _ => Rest::Perhaps(beyond),
    }
}

/// Do the payments that collected or hold money make up the order's total? Then there is no other
/// payment beside them.
fn money_against_total(
    facet: Facet,
    parts: &[Part],
    links: &Links,
    side: fn(&Claim) -> StateSet,
    level: Level,
    whole: &Whole,
) -> Option<Ordering> {
    let (Facet::Payment | Facet::Refund | Facet::Dispute, Level::Payment, Some(total)) =
        (facet, level, whole.total)
    else {
        return None;
    };
    let collected = rollup::collected();
    let money =
        [Payment::Processing, Payment::Authorized].into_iter().fold(collected, FacetSet::with);
    let has_money = |part: &Part| {
        let states = side(&part.claim);
        // A refund says that money had been collected, by another record.
        let gave_back = !states.of(Facet::Refund).contains(Refund::None);
        let paid = states.of(Facet::Payment);
        part.says(Facet::Payment)
            && paid.iter().all(|state| money.contains(state))
            && !(gave_back && paid == collected)
    };
    let adds = |at: usize| {
        let before = links.before(at);
        before.is_some_and(|mut before| !before.any(|at| parts.get(at).is_some_and(has_money)))
    };
    let collecting = parts.iter().enumerate().filter(|(at, part)| has_money(part) && adds(*at));
    let sum: Option<Decimal> = collecting.map(|(_, part)| part.amount).sum();
    total.is_positive().then(|| sum.map(|sum| sum.cmp(&total))).flatten()
}

/// The payment by sums, where every part says whether it collected and how much.
fn exact_payment(
    facet: Facet,
    parts: &[Part],
    links: &Links,
    side: fn(&Claim) -> StateSet,
    whole: &Whole,
) -> Option<FacetSet> {
    let total = whole.total.filter(|total| total.is_positive() && facet == Facet::Payment)?;
    let states = |part: &Part| side(&part.claim).of(facet);
    let paid = FacetSet::none(facet).with(Payment::Paid);
    let collects = |part: &Part| part.says(facet) && states(part) == paid;
    let mut sum = Decimal::ZERO;
    for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.says(facet)) {
        let collected = rollup::collected();
        if !states(part).iter().any(|state| collected.contains(state)) {
            continue;
        }
        // What carries on collected money, a settlement or a refund, collects nothing new.
        if links.before(at)?.any(|before| parts.get(before).is_some_and(collects)) {
            continue;
        }
        if !collects(part) {
            return None;
        }
        sum = sum + part.amount?;
    }
    if !sum.is_positive() {
        return None;
    }
    // Payments that are not listed can only add to it.
    let exact = match sum.cmp(&total) {
        Ordering::Less => Payment::PartiallyPaid,
        Ordering::Equal => Payment::Paid,
        Ordering::Greater => Payment::Overpaid,
    };
    let states = Payment::ALL.iter().filter(|state| match whole.none {
        Some(_) => **state == exact,
        None => **state >= exact && rollup::collected().contains(**state),
    });
    Some(states.fold(FacetSet::none(facet), |set, state| set.with(*state)))
}

/// Which part carries on which.
struct Links {
    /// Per part, the one that it carries on, where that was sent; empty where none carries on.
    previous: Vec<Option<usize>>,
}

impl Links {
    fn of(parts: &[Part]) -> Self {
        if parts.iter().all(|part| part.continues.is_none()) {
            return Self { previous: Vec::new() };
        }
        let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, part) in parts.iter().enumerate() {
            if let Some(id) = &part.id {
                by_id.entry(id).or_insert(at);
            }
        }
        let previous = parts.iter().enumerate().map(|(at, part)| {
            let previous = by_id.get(part.continues.as_deref()?).copied();
            previous.filter(|previous| *previous != at)
        });
        Self { previous: previous.collect() }
    }

    /// The parts that one carries on, the nearest first; nothing where they run in a circle.
    fn before(&self, at: usize) -> Option<impl Iterator<Item = usize>> {
        let step = |at: &usize| self.previous.get(*at).copied().flatten();
        let before = || core::iter::successors(step(&at), step);
        before().nth(LONGEST_CHAIN).is_none().then(before)
    }

    /// Parts that carry each other on become one, whatever the order in which they were sent.
    fn chains(&self, parts: &[Part]) -> Vec<Part> {
        if self.previous.is_empty() {
            return parts.iter().map(Part::alone).collect();
        }
        let mut groups = Groups::new(parts.len());
        for (at, previous) in self.previous.iter().enumerate() {
            groups.unite(at, previous.unwrap_or(at));
        }
        let mut chains: BTreeMap<usize, Vec<&Part>> = BTreeMap::new();
        for (at, part) in parts.iter().enumerate() {
            chains.entry(groups.root(at)).or_default().push(part);
        }
        chains.into_values().map(|chain| joined(&chain)).collect()
    }
}

/// One part made of those of a chain.
fn joined(chain: &[&Part]) -> Part {
    let mut whole = Part {
        id: None,
        continues: None,
        // Which of several amounts is the chain's depends on what each of them collected.
        amount: if let [only] = chain { only.amount } else { None },
        quantity: agreed(chain.iter().filter_map(|part| part.quantity)),
        claim: Claim::ANY,
        said: 0,
    };
    for facet in Facet::ALL {
        let said = || chain.iter().filter(|part| part.says(facet));
        let of = |side: fn(&Claim) -> StateSet| {
            rollup::chained(facet, said().map(|part| side(&part.claim).of(facet)))
        };
        if said().next().is_some() {
            whole.said |= facet_bit(facet);
            whole.claim = Claim {
                states: whole.claim.states.with_set(of(|claim| claim.states)),
                certain: whole.claim.certain.with_set(of(|claim| claim.certain)),
            };
        }
    }
    whole
}

/// What all say that say anything.
pub(crate) fn agreed<T: PartialEq>(mut said: impl Iterator<Item = T>) -> Option<T> {
    let first = said.next()?;
    said.all(|other| other == first).then_some(first)
}
