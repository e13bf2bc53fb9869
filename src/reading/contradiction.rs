//! Where values of one system exclude each other, and what is left of what they claim.

use alloc::vec::Vec;

use super::{Claim, Native};
use crate::facet::{Facet, Kind};
use crate::state::StateSet;
use crate::state::spanning::{RULES, SpanningRule};

/// Facets of which no state is left, because values of one record exclude each other.
///
/// ```
/// use order_status::facet::Facet;
/// use order_status::mapping::Mapping;
/// use order_status::reading::Known;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// // Nothing has left, says the order, and what left has arrived, says its parcel.
/// let order = serde_json::json!({ "name": "#1001", "fulfillment_status": null,
///     "fulfillments": [{ "id": 1, "status": "success", "shipment_status": "delivered" }] });
/// let reading = shopify.read(shopify.record("order").unwrap(), &order, &Known::new());
/// let found = &reading.contradictions[0];
/// assert_eq!(found.facets, [Facet::Fulfillment]);
/// for at in &found.natives {
///     println!("{}", reading.natives[*at].field.name());
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SelfContradiction {
    /// The facets.
    pub facets: Vec<Facet>,
    /// The native values that speak of them, as places in [`Reading::natives`](super::Reading::natives).
    pub natives: Vec<usize>,
    /// The spanning rules that exclude what the values say together; empty where the values
    /// exclude each other directly.
    pub rules: Vec<&'static str>,
    /// Do they exclude each other whatever the facts about the merchant?
    pub certain: bool,
}

impl SelfContradiction {
    /// The same where so many other values stand before its own.
    pub(crate) fn behind(mut self, others: usize) -> Self {
        self.natives.iter_mut().for_each(|at| *at += others);
        self
    }
}

/// What is left where facets without a state are *any*, tightened; takes note of those.
pub(crate) fn settle<'a, 'm: 'a>(
    claim: Claim,
    natives: impl Iterator<Item = &'a Native<'m>> + Clone,
    contradictions: &mut Vec<SelfContradiction>,
) -> Claim {
    possible(claim, natives, contradictions).map(StateSet::tightened)
}

/// The same, without what would follow from it: what a part says of itself.
///
/// A fact is a habit of the merchant's. Where values exclude each other under a fact alone, they
/// are taken without it.
pub(super) fn possible<'a, 'm: 'a>(
    mut claim: Claim,
    natives: impl Iterator<Item = &'a Native<'m>> + Clone,
    contradictions: &mut Vec<SelfContradiction>,
) -> Claim {
    let mut note = |facets: &[Facet], rules: &[&SpanningRule], certain| {
        let speaks = |native: &Native<'_>| facets.iter().any(|facet| native.says(*facet));
        let natives = natives.clone().enumerate().filter(|(_, native)| speaks(native));
        contradictions.push(SelfContradiction {
            facets: facets.into(),
            natives: natives.map(|(at, _)| at).collect(),
            rules: rules.iter().map(|rule| rule.id()).collect(),
            certain,
        });
    };
    let empty: Vec<_> = claim.states.empty_facets().collect();
    for facet in empty {
        let without = claim.certain.of(facet);
        if facet.kind() != Kind::Circumstance {
            note(&[facet], &[], without.is_empty());
        }
        if without.is_empty() {
            claim = claim.map(|states| states.forget([facet]));
        } else {
            claim.states = claim.states.with_set(without);
        }
    }
    if claim.states.is_possible() {
        return claim;
    }
    let (rules, facets) = excluding_rules(claim.states);
    let certain = !claim.certain.is_possible();
    note(&facets, &rules, certain);
    if !certain {
        return Claim::certain(claim.certain);
    }
    let claim = claim.map(|states| states.forget(facets.iter().copied()));
    possible(claim, natives, contradictions)
}

/// The impossible combinations that a box has no order beside, and the facets that they are about.
fn excluding_rules(states: StateSet) -> (Vec<&'static SpanningRule>, Vec<Facet>) {
    let impossible = || RULES.iter().filter(|rule| rule.is_impossible());
    let mut rules: Vec<_> =
        impossible().filter(|rule| states.is_within(rule.combination())).collect();
    if rules.is_empty() {
        // It takes several of them: those without which an order would be left.
        rules.extend(impossible());
        for rule in impossible() {
            let others: Vec<_> = rules.iter().copied().filter(|other| *other != rule).collect();
            if is_covered(states, &others) {
                rules = others;
            }
        }
    }
    let about = |facet: &Facet| rules.iter().any(|rule| !rule.combination().of(*facet).is_any());
    let facets = Facet::STATE.into_iter().filter(about);
    let facets = facets.filter(|facet| !states.of(*facet).is_any()).collect();
    (rules, facets)
}

fn is_covered(states: StateSet, rules: &[&SpanningRule]) -> bool {
    let beside = |rest: Vec<StateSet>, rule: &&SpanningRule| {
        rest.iter().flat_map(|part| part.minus(rule.combination())).collect()
    };
    rules.iter().fold(Vec::from([states]), beside).is_empty()
}
