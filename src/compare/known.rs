//! What all views together know: the circumstances, and where each of them should stand.

use alloc::vec::Vec;

use super::presence::Presence;
use super::view::View;
use crate::authority;
use crate::facet::{Facet, Kind};
use crate::mapping::Role;
use crate::reading::{Claim, Scope};
use crate::rollup::lift;
use crate::state::spanning::implied;
use crate::state::{FacetSet, StateSet};

/// The circumstances that all views together tell; where they exclude each other, those of the
/// storefront or marketplace.
///
/// ```
/// use order_status::compare::{View, circumstances};
/// use order_status::mapping::Mapping;
/// use order_status::state::StateSet;
///
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// assert_eq!(circumstances(&[View::unknown(&netsuite)]), StateSet::ANY);
/// ```
pub fn circumstances(views: &[View<'_>]) -> StateSet {
    [Facet::Terms, Facet::Goods].into_iter().fold(StateSet::ANY, |known, facet| {
        let told = |view: &View<'_>| view.claim().states.of(facet);
        let met = views.iter().map(told).fold(FacetSet::any(facet), meet);
        let front = || {
            views
                .iter()
                .filter(|view| matches!(view.role(), Role::Storefront | Role::Marketplace))
                .map(told)
                .fold(FacetSet::any(facet), meet)
        };
        let set = if met.is_empty() { front() } else { met };
        known.with_set(if set.is_empty() { FacetSet::any(facet) } else { set })
    })
}

/// A circumstance in which views exclude each other.
///
/// It is no finding: nobody ships wrongly because of it alone. But conditions and patterns went by
/// the shop's word, and whoever reads them should know.
///
/// ```
/// use order_status::compare::{View, circumstance_conflicts};
/// use order_status::mapping::Mapping;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// for conflict in circumstance_conflicts(&[View::unknown(&shopify)]) {
///     println!("{}: taken as {}", conflict.facet, conflict.taken);
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CircumstanceConflict {
    /// The terms or the goods.
    pub facet: Facet,
    /// The views that tell something of it, by their places.
    pub views: Vec<usize>,
    /// What was taken: the word of the storefront or marketplace, *any* where there is none.
    pub taken: FacetSet,
}

/// The circumstances in which some views exclude each other.
///
/// ```
/// # #[cfg(all(feature = "builtin", feature = "json"))] {
/// use order_status::compare::{View, circumstance_conflicts};
/// use order_status::mapping::Mapping;
/// use order_status::reading::Known;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let amazon = Mapping::load(order_status::builtin::AMAZON_SP_API).unwrap();
/// let view = |system, kind: &str, payload| {
///     let system: &'static Mapping = system;
///     View::new(system, vec![system.read(system.record(kind).unwrap(), &payload, &Known::new())], &[])
/// };
/// # let (shopify, amazon): (&'static Mapping, &'static Mapping) = (Box::leak(Box::new(shopify)), Box::leak(Box::new(amazon)));
/// let views = [
///     view(shopify, "order", serde_json::json!({ "name": "#1", "payment_gateway_names": ["shopify_payments"] })),
///     view(amazon, "order", serde_json::json!({ "AmazonOrderId": "1", "PaymentMethod": "COD" })),
/// ];
/// let conflicts = circumstance_conflicts(&views);
/// assert_eq!(conflicts[0].facet.as_str(), "terms");
/// assert_eq!(conflicts[0].views, [0, 1]);
/// # }
/// ```
pub fn circumstance_conflicts(views: &[View<'_>]) -> Vec<CircumstanceConflict> {
    let taken = circumstances(views);
    let facets = [Facet::Terms, Facet::Goods].into_iter();
    let conflicts = facets.filter_map(|facet| {
        let told = |view: &View<'_>| view.claim().states.of(facet);
        let met = views.iter().map(told).fold(FacetSet::any(facet), meet);
        let telling = views.iter().enumerate().filter(|(_, view)| !told(view).is_any());
        let views = telling.map(|(at, _)| at).collect();
        met.is_empty().then(|| CircumstanceConflict { facet, views, taken: taken.of(facet) })
    });
    conflicts.collect()
}

fn meet(a: FacetSet, b: FacetSet) -> FacetSet {
    FacetSet::from_bits(a.facet(), a.bits() & b.bits())
}

/// What a claim comes to under the circumstances that all views tell together.
///
/// A fact is a habit of the merchant's: what is known of this order goes before it. Where a claim
/// is possible under the circumstances only without the facts, it is taken without them.
pub(super) fn under(together: StateSet, claim: Claim) -> Claim {
    let implied = implied(together);
    let claim = claim.map(|states| states.forget([Facet::Terms, Facet::Goods]) & together);
    let narrowed = Facet::STATE.into_iter().filter(|facet| !implied.of(*facet).is_any());
    narrowed.fold(claim, |mut claim, facet| {
        let [states, certain] =
            [claim.states, claim.certain].map(|set| meet(set.of(facet), implied.of(facet)));
        if !certain.is_empty() {
            claim.certain = claim.certain.with_set(certain);
            claim.states = claim.states.with_set(if states.is_empty() { certain } else { states });
        }
        claim
    })
}

/// Where one view should stand, by what the others know.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) states: StateSet,
    /// What the target says of what it has, and nothing beside it.
    pub(super) own: StateSet,
    /// What the others say, *any* where nobody decided.
    pub(super) told: StateSet,
    /// Per facet in which another view decided: which.
    pub(super) sources: Vec<(Facet, usize)>,
}

/// Which orders the target should describe: facet by facet what the best other view and the target
/// itself both allow, and where no other view knows the facet what the target says.
///
/// Where equally good views disagree nobody decides. In a facet that the target and its source
/// contradict each other in, the contradiction is the finding, and the target's own set stands.
///
/// `own` is what the target says of what it has. Where that is a part of the order, a state is
/// allowed that can be a part of what the others say of the whole: a house that sent all that it has
/// stands rightly at *shipped* in an order of which another house still has the rest.
pub(super) fn wanted(
    views: &[View<'_>],
    claims: &[StateSet],
    target: usize,
    own: StateSet,
) -> Wanted {
    let is_part = views.get(target).is_some_and(|view| view.scope() == Scope::Part);
    let mut wanted = Wanted { states: own, own, told: StateSet::ANY, sources: Vec::new() };
    for facet in Facet::ALL.into_iter().filter(|facet| facet.kind() == Kind::Shared) {
        if let Some((said, source)) = best(views, claims, target, facet) {
            let said = if is_part { parts_of(said) } else { said };
            let both = meet(said, own.of(facet));
            if !both.is_empty() {
                wanted.states = wanted.states.with_set(both);
                wanted.told = wanted.told.with_set(said);
                wanted.sources.push((facet, source));
            }
        }
    }
    wanted
}

/// The states at which a part of the order may stand, where the whole stands at one of these.
fn parts_of(whole: FacetSet) -> FacetSet {
    let facet = whole.facet();
    let one = |state| FacetSet::none(facet).with(state);
    FacetSet::any(facet)
        .iter()
        .filter(|state| {
            !meet(lift(StateSet::ANY.with_set(one(*state))).of(facet), whole).is_empty()
        })
        .fold(FacetSet::none(facet), FacetSet::with)
}

/// What the best view beside the target says of a facet.
fn best(
    views: &[View<'_>],
    claims: &[StateSet],
    target: usize,
    facet: Facet,
) -> Option<(FacetSet, usize)> {
    let knowing = views.iter().zip(claims).enumerate().filter(|(at, (view, claim))| {
        *at != target && view.presence() == Presence::Present && !claim.of(facet).is_any()
    });
    let ranked = knowing.filter_map(|(at, (view, claim))| {
        let rank = authority::rank(view.role(), facet, claim.of(facet))?;
        // Of equally good ones the first by name stands for all, wherever it stands.
        Some(((rank, view.mapping().channel().id(), at), claim.of(facet)))
    });
    let ranked: Vec<_> = ranked.collect();
    let ((rank, _, source), _) = *ranked.iter().min_by_key(|(place, _)| *place)?;
    let together = ranked
        .iter()
        .filter(|((other, ..), _)| *other == rank)
        .fold(FacetSet::any(facet), |set, (_, said)| meet(set, *said));
    (!together.is_empty()).then_some((together, source))
}
