//! Findings: which views disagree, how, and what operators call it.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::deviation::{Deviation, deviations};
use super::fitting::{Pair, fits};
use super::known;
use super::presence::Presence;
use super::view::View;
use crate::facet::Facet;
use crate::machine::Direction;
use crate::pattern::{Pattern, Patterns, Relation, Severity, Strength, Subject};
use crate::reading::Claim;
use crate::state::StateSet;

/// One disagreement about one order.
///
/// ```
/// use order_status::compare::{Relation, View, compare};
/// use order_status::mapping::Mapping;
/// use order_status::pattern::{Patterns, Severity};
/// use order_status::reading::Known;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// let cancelled = serde_json::json!({
///     "name": "#1001", "cancelled_at": "2026-11-20T10:00:00Z", "fulfillment_status": null });
/// let parcel = serde_json::json!({ "tranId": "IF77", "shipStatus": { "id": "C" } });
/// let cancelled = shopify.read(shopify.record("order").unwrap(), &cancelled, &Known::new());
/// let kind = netsuite.record("item_fulfillment").unwrap();
/// let parcel = netsuite.read(kind, &parcel, &Known::new());
/// let views =
///     [View::new(&shopify, vec![cancelled], &[]), View::new(&netsuite, vec![parcel], &[])];
///
/// let patterns = Patterns::builtin();
/// let findings = compare(&views, &patterns);
/// let finding = &findings[0];
/// assert_eq!(finding.name(), "ghost-fulfillment");
/// assert_eq!(finding.severity(), Severity::Critical);
/// assert_eq!(finding.relation, Relation::Contradiction);
/// assert_eq!(finding.views, [0, 1]);
/// println!("{}", finding.pattern.unwrap().first_step());
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Finding<'p, 'm> {
    /// What operators call it; nothing where the list of patterns has no name for it.
    pub pattern: Option<&'p Pattern>,
    /// Other patterns that fit as well.
    pub also: Vec<&'p Pattern>,
    /// The views, by their places among those that were compared: two, one that contradicts
    /// itself, or more where no two of them exclude each other and all together do.
    pub views: Vec<usize>,
    /// How they relate.
    pub relation: Relation,
    /// The facets in which they disagree.
    pub facets: Vec<Facet>,
    /// The fields that do not stand where they should.
    pub deviations: Vec<Deviation<'m>>,
    /// Is the deviating view behind or ahead? Nothing where none deviates.
    pub direction: Option<Direction>,
    /// Does it hold whatever the facts about the merchant?
    pub strength: Strength,
}

impl Finding<'_, '_> {
    /// The pattern's name, or `unnamed`.
    pub fn name(&self) -> &str {
        self.pattern.map_or("unnamed", Pattern::name)
    }

    /// The pattern's severity; medium without a pattern.
    pub fn severity(&self) -> Severity {
        self.pattern.map_or(Severity::Medium, Pattern::severity)
    }
}

/// Compares all views of one order.
///
/// One pair of views gives at most one finding, however many facets disagree.
///
/// ```
/// # #[cfg(all(feature = "builtin", feature = "json"))] {
/// use order_status::compare::{View, compare};
/// use order_status::mapping::Mapping;
/// use order_status::pattern::Patterns;
/// use order_status::reading::Known;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// let read = |mapping: &'static Mapping, kind, payload| mapping.read(mapping.record(kind).unwrap(), &payload, &Known::new());
/// # let (shopify, netsuite): (&'static Mapping, &'static Mapping) = (Box::leak(Box::new(shopify)), Box::leak(Box::new(netsuite)));
/// let cancelled = read(shopify, "order", serde_json::json!({
///     "name": "#1", "financial_status": "refunded", "cancelled_at": "2026-11-20T10:00:00Z", "fulfillment_status": null,
/// }));
/// let shipped = read(netsuite, "sales_order", serde_json::json!({ "tranId": "SO1", "orderStatus": "F",
///     "item": { "items": [{ "line": 1, "quantity": 1, "quantityFulfilled": 1 }] } }));
/// let views = [View::new(shopify, vec![cancelled], &[]), View::new(netsuite, vec![shipped], &[])];
/// let patterns = Patterns::builtin();
/// let findings = compare(&views, &patterns);
/// assert_eq!(findings[0].name(), "ghost-fulfillment");
/// # }
/// ```
pub fn compare<'p, 'm>(views: &[View<'m>], patterns: &'p Patterns) -> Vec<Finding<'p, 'm>> {
    let together = known::circumstances(views);
    let claims: Vec<_> = views.iter().map(|view| known::under(together, view.claim())).collect();
    let mut findings = alone(views, patterns);
    let deviating: Vec<_> =
        (0..views.len()).flat_map(|target| deviations(views, &claims, target)).collect();
    for (first, a) in views.iter().enumerate() {
        for (second, b) in views.iter().enumerate().skip(first + 1) {
            let claim = |at: usize| claims.get(at).copied().unwrap_or(Claim::ANY);
            let of_pair = |deviation: &&Deviation<'m>| {
                (deviation.target == first && deviation.source == second)
                    || (deviation.target == second && deviation.source == first)
            };
            let deviations: Vec<_> = deviating.iter().filter(of_pair).cloned().collect();
            let pair = PairOf {
                first,
                second,
                a,
                b,
                a_claim: claim(first),
                b_claim: claim(second),
                together,
                all: views,
            };
            findings.extend(pair.finding(deviations, patterns));
        }
    }
    findings.extend(larger_groups(views, &claims, patterns));
    said_of_all_at_once(&mut findings);
    // What agrees and is worth knowing is said once: not where another finding says it already.
    let said: Vec<_> = findings
        .iter()
        .filter(|finding| finding.relation != Relation::Agreement)
        .flat_map(|finding| finding.pattern.into_iter().chain(finding.also.iter().copied()))
        .map(Pattern::name)
        .collect();
    findings.retain(|finding| {
        finding.relation != Relation::Agreement || !said.contains(&finding.name())
    });
    findings
}

/// A pattern about the absence of every record is one finding about all the systems without one.
fn said_of_all_at_once(findings: &mut Vec<Finding<'_, '_>>) {
    let mut kept: Vec<Finding<'_, '_>> = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        let everywhere = finding.pattern.is_some_and(Pattern::is_about_every_system);
        match kept.iter_mut().find(|known| everywhere && known.pattern == finding.pattern) {
            Some(known) => {
                known.views.extend(finding.views);
                known.views.sort_unstable();
                known.views.dedup();
                known.strength = known.strength.min(finding.strength);
            }
            None => kept.push(finding),
        }
    }
    *findings = kept;
}

/// Views that contradict themselves, and doubled records.
fn alone<'p, 'm>(views: &[View<'m>], patterns: &'p Patterns) -> Vec<Finding<'p, 'm>> {
    let mut findings = Vec::new();
    for (at, view) in views.iter().enumerate() {
        let mut facets: Vec<_> =
            view.contradictions().iter().flat_map(|found| found.facets.iter().copied()).collect();
        facets.sort_unstable();
        facets.dedup();
        let mut push = |subject: &Subject, facets: Vec<Facet>, strength| {
            findings.push(Finding {
                pattern: patterns.about(subject),
                also: Vec::new(),
                views: Vec::from([at]),
                relation: Relation::Contradiction,
                facets,
                deviations: Vec::new(),
                direction: None,
                strength,
            });
        };
        if !facets.is_empty() {
            let strength = if view.contradictions().iter().any(|found| found.certain) {
                Strength::Certain
            } else {
                Strength::Suspected
            };
            push(&Subject::SelfContradiction, facets, strength);
        }
        if view.duplicate().is_some() {
            push(&Subject::Duplicate, Vec::new(), Strength::Certain);
        }
    }
    findings
}

struct PairOf<'a, 'm> {
    first: usize,
    second: usize,
    a: &'a View<'m>,
    b: &'a View<'m>,
    a_claim: Claim,
    b_claim: Claim,
    together: StateSet,
    all: &'a [View<'m>],
}

impl<'m> PairOf<'_, 'm> {
    fn finding<'p>(
        &self,
        deviations: Vec<Deviation<'m>>,
        patterns: &'p Patterns,
    ) -> Option<Finding<'p, 'm>> {
        let both_present =
            self.a.presence() == Presence::Present && self.b.presence() == Presence::Present;
        let one_absent = [self.a, self.b].iter().any(|view| view.presence() == Presence::Absent);
        let contradicted = if both_present {
            self.a_claim.states.contradiction(self.b_claim.states)
        } else {
            StateSet::ANY.contradiction(StateSet::ANY)
        };
        let mut facets: Vec<_> = contradicted.iter().collect();
        let relation = match (facets.is_empty(), deviations.is_empty()) {
            (false, _) => Relation::Contradiction,
            (true, false) => Relation::Deviation,
            (true, true) if both_present => Relation::Agreement,
            (true, true) if one_absent => Relation::Presence,
            (true, true) => return None,
        };
        if relation == Relation::Deviation {
            facets =
                deviations.iter().flat_map(|deviation| deviation.facets.iter().copied()).collect();
            facets.sort_unstable();
            facets.dedup();
        }
        let direction = one_direction(&deviations);
        // Where one has no record, the other's records are all there is to go by.
        let said = |view: &'_ View<'m>, claim| {
            let own = known::under(self.together, view.own_claim());
            match relation {
                Relation::Presence => (own, own),
                Relation::Contradiction | Relation::Deviation | Relation::Agreement => (claim, own),
            }
        };
        let (first, second) = (said(self.a, self.a_claim), said(self.b, self.b_claim));
        let pair = Pair {
            first: (self.a, first.0, first.1),
            second: (self.b, second.0, second.1),
            all: self.all,
            relation,
            facets: &facets,
            direction,
        };
        let mut fitting = patterns
            .iter()
            .filter_map(|pattern| fits(pattern, &pair).map(|strength| (pattern, strength)));
        let named = fitting.next();
        let also: Vec<_> = fitting
            .map(|(pattern, _)| pattern)
            .filter(|pattern| !pattern.is_last_resort())
            .collect();
        if named.is_none() && matches!(relation, Relation::Agreement | Relation::Presence) {
            return None;
        }
        // What the name is about must disagree whatever the facts, not only anything.
        let about = |facet: &Facet| {
            named.is_none_or(|(pattern, _)| {
                pattern.facets.is_empty() || pattern.facets.contains(facet)
            })
        };
        let certain = match relation {
            Relation::Contradiction => {
                let certainly = self.a_claim.certain.contradiction(self.b_claim.certain);
                certainly.iter().any(|facet| about(&facet))
            }
            Relation::Deviation => {
                deviations.iter().any(|it| it.certain && it.facets.iter().any(about))
            }
            Relation::Presence | Relation::Agreement => true,
        };
        let strength = named.map_or(Strength::Certain, |(_, strength)| strength);
        Some(Finding {
            pattern: named.map(|(pattern, _)| pattern),
            also,
            views: Vec::from([self.first, self.second]),
            relation,
            facets,
            deviations,
            direction,
            strength: if certain { strength } else { Strength::Suspected },
        })
    }
}

fn one_direction(deviations: &[Deviation<'_>]) -> Option<Direction> {
    let first = deviations.first()?.direction;
    Some(if deviations.iter().all(|deviation| deviation.direction == first) {
        first
    } else {
        Direction::Beside
    })
}

/// Facets in which no two views exclude each other and all together do: the smallest such group.
fn larger_groups<'p, 'm>(
    views: &[View<'m>],
    claims: &[Claim],
    patterns: &'p Patterns,
) -> Vec<Finding<'p, 'm>> {
    let present: Vec<_> = views
        .iter()
        .zip(claims)
        .enumerate()
        .filter(|(_, (view, _))| view.presence() == Presence::Present)
        .map(|(at, (_, claim))| (at, claim.states))
        .collect();
    let mut findings: Vec<Finding<'p, 'm>> = Vec::new();
    for facet in Facet::SHARED {
        let members = smallest_group(views, &present, facet);
        // Two are a pair, and a pair has its finding.
        if members.len() < 3 {
            continue;
        }
        let claims = || members.iter().filter_map(|at| claims.get(*at));
        let certain =
            claims().fold(u8::MAX, |met, claim| met & claim.certain.of(facet).bits()) == 0;
        let strength = if certain { Strength::Certain } else { Strength::Suspected };
        match findings.iter_mut().find(|finding| finding.views == members) {
            Some(finding) => {
                finding.facets.push(facet);
                finding.strength = finding.strength.min(strength);
            }
            None => findings.push(Finding {
                pattern: patterns
                    .iter()
                    .find(|pattern| pattern.is_last_resort() && pattern.facets.contains(&facet)),
                also: Vec::new(),
                views: members,
                relation: Relation::Contradiction,
                facets: Vec::from([facet]),
                deviations: Vec::new(),
                direction: None,
                strength,
            }),
        }
    }
    findings
}

/// The fewest views that leave no state of a facet together; of several such groups the one whose
/// systems have the first names.
fn smallest_group(views: &[View<'_>], present: &[(usize, StateSet)], facet: Facet) -> Vec<usize> {
    let mut present: Vec<_> =
        present.iter().map(|(at, claim)| (*at, claim.of(facet).bits())).collect();
    present.sort_by_key(|(at, _)| (views.get(*at).map(|view| view.mapping().channel().id()), *at));
    // For each set of states the fewest views that leave it: there are no more sets than a byte has.
    let mut known: BTreeMap<u8, Vec<usize>> = BTreeMap::from([(u8::MAX, Vec::new())]);
    for (at, states) in present {
        for (left, group) in known.clone() {
            let group: Vec<_> = group.into_iter().chain([at]).collect();
            let before = known.get(&(left & states));
            if before.is_none_or(|before| before.len() > group.len()) {
                known.insert(left & states, group);
            }
        }
    }
    let mut group = known.remove(&0).unwrap_or_default();
    group.sort_unstable();
    group
}
