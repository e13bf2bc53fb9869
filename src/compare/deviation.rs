//! One field that does not stand where the others say that it should.

use alloc::vec::Vec;

use super::known::{Wanted, circumstances, under, wanted};
use super::presence::Presence;
use super::standing::{At, Standing};
use super::view::View;
use crate::facet::{Facet, Kind};
use crate::machine::{Direction, direction};
use crate::mapping::{Field, ShowRow, Shown};
use crate::reading::{Claim, Scope};
use crate::state::StateSet;

/// A field that stands at one value while what the other systems know asks for another.
///
/// ```
/// use order_status::compare::{View, compare};
/// use order_status::machine::Direction;
/// use order_status::mapping::{Mapping, Shown};
/// use order_status::pattern::Patterns;
/// use order_status::reading::Known;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// let paid = serde_json::json!({
///     "name": "#1", "financial_status": "paid", "fulfillment_status": null,
///     "line_items": [{ "quantity": 2, "requires_shipping": true }] });
/// let waiting = serde_json::json!({ "tranId": "SO1", "otherRefNum": "#1", "orderStatus": "A" });
/// let paid = shopify.read(shopify.record("order").unwrap(), &paid, &Known::new());
/// let waiting = netsuite.read(netsuite.record("sales_order").unwrap(), &waiting, &Known::new());
/// let views =
///     [View::new(&shopify, vec![paid], &[]), View::new(&netsuite, vec![waiting], &[])];
///
/// let patterns = Patterns::builtin();
/// let findings = compare(&views, &patterns);
/// let deviation = &findings[0].deviations[0];
/// assert_eq!((deviation.source, deviation.target), (0, 1));
/// assert_eq!(deviation.field.name(), "salesOrder.orderStatus");
/// assert_eq!(*deviation.expected[0].shown(), Shown::Code("B".into()));
/// assert_eq!(deviation.direction, Direction::Behind);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Deviation<'m> {
    /// Which view, by its place among those that were compared.
    pub target: usize,
    /// The view on whose word the expectation rests.
    pub source: usize,
    /// The field.
    pub field: &'m Field,
    /// The rows of the way back that say where it should stand; several where what is known does
    /// not decide between them.
    pub expected: Vec<&'m ShowRow>,
    /// The facets in which the value that it has and the one that it should have exclude each other.
    pub facets: Vec<Facet>,
    /// Is it behind the others or ahead of them?
    pub direction: Direction,
    /// Does it rest on no fact about the merchant?
    pub certain: bool,
}

/// Every deviation of one view.
pub(super) fn deviations<'m>(
    views: &[View<'m>],
    claims: &[Claim],
    target: usize,
) -> Vec<Deviation<'m>> {
    let Some(view) = views.get(target).filter(|view| view.presence() == Presence::Present) else {
        return Vec::new();
    };
    if view.standing().is_empty() {
        return Vec::new();
    }
    let narrow: Vec<_> = claims.iter().map(|claim| claim.states).collect();
    let certain: Vec<_> = claims.iter().map(|claim| claim.certain).collect();
    // A part's record is held against what the part may be.
    let own = match view.scope() {
        Scope::Whole => claims.get(target).copied().unwrap_or(Claim::ANY),
        Scope::Part => under(circumstances(views), view.own_claim()),
    };
    let known = wanted(views, &narrow, target, own.states);
    if known.sources.is_empty() {
        return Vec::new();
    }
    let known_certainly = wanted(views, &certain, target, own.certain);
    view.standing()
        .iter()
        .filter(|standing| is_news(standing, &known))
        .filter_map(|standing| {
            let expected = expected(standing, known.states)?;
            let source = deciding(standing, &known)?;
            let (facets, direction) = compare_rows(standing, &expected);
            // Two values that claim the same cannot be told apart by anybody.
            (!facets.is_empty()).then_some(Deviation {
                target,
                source,
                field: standing.field,
                expected,
                facets,
                direction,
                certain: is_news(standing, &known_certainly)
                    && self::expected(standing, known_certainly.states).is_some(),
            })
        })
        .collect()
}

/// Is it the others' word that the value does not go with?
///
/// What the system's own other fields say is no reason to move this one: of six flags that stop an
/// order one is enough. And a value that only the vendor's own process sets, which no state is
/// brought to, stands wherever its claim allows; outside of that it is a contradiction.
fn is_news(standing: &Standing<'_>, known: &Wanted) -> bool {
    let may_stand = |states| expected(standing, states).is_none();
    let circumstances =
        StateSet::ANY.with_set(known.own.of(Facet::Terms)).with_set(known.own.of(Facet::Goods));
    let alone = standing.claim & circumstances;
    may_stand(standing.claim) && !may_stand(alone & known.told)
}

/// Where a field should stand; nothing where it may stand as it does, or where nothing is to be said.
fn expected<'m>(standing: &Standing<'m>, wanted: StateSet) -> Option<Vec<&'m ShowRow>> {
    let rows = standing.field.shown_for(wanted);
    if rows.iter().any(|row| standing.at.is(row.shown(), standing.field)) {
        return None;
    }
    let mut seen: Vec<&Shown> = Vec::new();
    let mut answers: Vec<&ShowRow> = Vec::new();
    for row in rows {
        if !matches!(row.shown(), Shown::Nothing(_)) && !seen.contains(&row.shown()) {
            seen.push(row.shown());
            answers.push(row);
        }
    }
    (!answers.is_empty()).then_some(answers)
}

/// The view without whose word the field might stand where it does: the first whose facets alone
/// make it deviate, else the first of all, in the order of the facets.
fn deciding(standing: &Standing<'_>, known: &Wanted) -> Option<usize> {
    let alone = |source: &usize| {
        let of_source = known.sources.iter().filter(|(_, by)| by == source);
        let states = of_source
            .fold(known.own, |states, (facet, _)| states.with_set(known.states.of(*facet)));
        expected(standing, states).is_some()
    };
    let mut sources = known.sources.iter().map(|(_, source)| *source);
    let first = sources.clone().next();
    sources.find(alone).or(first)
}

/// In which facets the present and the expected value exclude each other, and which is further.
fn compare_rows(standing: &Standing<'_>, expected: &[&ShowRow]) -> (Vec<Facet>, Direction) {
    let claims = expected.iter().filter_map(|row| claim_of(standing.field, row.shown()));
    let Some(there) = claims.reduce(core::ops::BitOr::bitor) else {
        return (Vec::new(), Direction::Beside);
    };
    let here = standing.claim;
    let covered = || {
        standing.field.covers().iter().copied().filter(|facet| facet.kind() != Kind::Circumstance)
    };
    let facets: Vec<_> = covered().filter(|facet| (here & there).of(*facet).is_empty()).collect();
    if facets.is_empty() {
        // The two values have orders in common: then it is about whatever they say differently.
        return (
            covered().filter(|facet| here.of(*facet) != there.of(*facet)).collect(),
            Direction::Beside,
        );
    }
    let mut directions = facets.iter().map(|facet| direction(here.of(*facet), there.of(*facet)));
    let first = directions.next().unwrap_or(Direction::Beside);
    let same = directions.all(|other| other == first);
    (facets, if same { first } else { Direction::Beside })
}

fn claim_of(field: &Field, shown: &Shown) -> Option<StateSet> {
    let at = |shown: &Shown| match shown {
        Shown::Code(_) | Shown::Set => None,
        Shown::Null => field.absence(crate::mapping::Absence::Null),
        Shown::Empty => field.absence(crate::mapping::Absence::Empty),
        Shown::Nothing(_) => None,
    };
    let stands = |row: &&crate::mapping::Row| match shown {
        Shown::Code(_) => At::Code(row.code()).is(shown, field),
        Shown::Set => row.code() == "set",
        Shown::Empty => row.code().is_empty(),
        Shown::Null | Shown::Nothing(_) => false,
    };
    let rows = field
        .rows()
        .iter()
        .filter(stands)
        .map(crate::mapping::Row::claim)
        .reduce(core::ops::BitOr::bitor);
    rows.or_else(|| at(shown))
}
