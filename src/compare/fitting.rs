//! Which patterns fit a pair of views.

use super::presence::Presence;
use super::view::View;
use crate::facet::Facet;
use crate::machine::Direction;
use crate::mapping::Level;
use crate::pattern::{Pattern, Relation, Side, Strength, Subject};
use crate::reading::Claim;

/// Two views of one order and how they relate.
pub(super) struct Pair<'a, 'm> {
    /// Each view, what it claims of the order, and what its records claim of themselves.
    pub(super) first: (&'a View<'m>, Claim, Claim),
    pub(super) second: (&'a View<'m>, Claim, Claim),
    pub(super) all: &'a [View<'m>],
    pub(super) relation: Relation,
    pub(super) facets: &'a [Facet],
    pub(super) direction: Option<Direction>,
}

/// Does it fit a pair, and on what does that rest? Where it fits in both orders, the surer counts.
pub(super) fn fits(pattern: &Pattern, pair: &Pair<'_, '_>) -> Option<Strength> {
    let Subject::Pair { one, other } = &pattern.subject else { return None };
    if !pattern.relations.is_empty() && !pattern.relations.contains(&pair.relation) {
        return None;
    }
    if !pattern.facets.is_empty() && !pattern.facets.iter().any(|facet| pair.facets.contains(facet))
    {
        return None;
    }
    if pattern.direction.is_some() && pattern.direction != pair.direction {
        return None;
    }
    let both = |(a, a_claim, a_own): (&View<'_>, _, _), (b, b_claim, b_own): (&View<'_>, _, _)| {
        let a_fits = side_fits(one, a, if one.own { a_own } else { a_claim }, pair.all, b)?;
        let b_fits = side_fits(other, b, if other.own { b_own } else { b_claim }, pair.all, a)?;
        Some(a_fits.max(b_fits))
    };
    let orders = [both(pair.first, pair.second), both(pair.second, pair.first)];
    orders.into_iter().flatten().min()
}

/// Does a view fit, and on what does that rest? `claim` is what it claims under the
/// circumstances that all views together tell.
fn side_fits(
    side: &Side,
    view: &View<'_>,
    claim: Claim,
    all: &[View<'_>],
    other: &View<'_>,
) -> Option<Strength> {
    if !side.roles.is_empty() && !side.roles.contains(&view.role()) {
        return None;
    }
    if side.refers && !view.refers_to(other) {
        return None;
    }
    match side.absent {
        Some(Level::Order) => {
            let absent = view.presence() == Presence::Absent;
            let everywhere = || {
                let mut asked = all.iter().filter(|view| side.roles.contains(&view.role()));
                asked.all(|view| view.presence() == Presence::Absent)
            };
            return (absent && (!side.everywhere || everywhere())).then_some(Strength::Certain);
        }
        Some(level) if view.presence() != Presence::Present || !view.is_absent(level) => {
            return None;
        }
        None if view.presence() != Presence::Present => return None,
        Some(_) | None => {}
    }
    // Only a claim that lies wholly in it is excused: an unknown facet excuses nothing.
    if side.unless.is_some_and(|unless| claim.states.is_within(unless)) {
        return None;
    }
    match (claim.states.is_within(side.claim), claim.certain.is_within(side.claim)) {
        (false, _) => None,
        (true, true) => Some(Strength::Certain),
        (true, false) => Some(Strength::Suspected),
    }
}
