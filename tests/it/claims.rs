//! The algebra of boxes, on every pair of claims that the mapping files make.
//!
//! A claim is one machine word, and the library computes on it with a few instructions for all
//! facets at once. Here every facet is a list of states, and nothing is done but to go through them.

use std::collections::{BTreeSet, HashMap};

use order_status::facet::{Facet, Kind, State};
use order_status::mapping::Mapping;
use order_status::state::spanning::{self, Verdict, judge};
use order_status::state::{FacetSet, StateSet};

use crate::channels::{all_are_tested, text};
use crate::common::{claims, claims_of_examples, set, shipped};

/// Per facet which of its states are possible, a byte each: no facet can spill into another.
type Lists = [u8; 12];

fn lists(claim: StateSet) -> Lists {
    Facet::ALL.map(|facet| {
        let possible = facet.states().filter(|state| claim.of(facet).contains(*state));
        possible.map(|state| 1 << state.index()).sum()
    })
}

/// The box of some lists; the sets of each facet are looked up, as there are few.
struct Boxes(Vec<Vec<FacetSet>>);

impl Boxes {
    fn new() -> Self {
        let sets = |facet| (0..=u8::MAX).map(move |bits| set(facet, bits)).collect();
        Self(Facet::ALL.into_iter().map(sets).collect())
    }

    fn of(&self, lists: Lists) -> StateSet {
        let sets = self.0.iter().zip(lists).map(|(sets, bits)| sets[usize::from(bits)]);
        sets.fold(StateSet::ANY, StateSet::with_set)
    }
}

/// Everything that any field, absence or example of any channel claims, each claim once.
fn distinct_claims() -> Vec<StateSet> {
    let of_channel = |mapping: &Mapping| {
        let examples = claims_of_examples(mapping, &text(mapping.channel().id()));
        claims(mapping).into_iter().chain(examples).collect::<Vec<_>>()
    };
    shipped().iter().flat_map(of_channel).collect::<BTreeSet<_>>().into_iter().collect()
}

fn pair_by_pair<T>(a: Lists, b: Lists, of: impl Fn(u8, u8) -> T) -> [T; 12] {
    core::array::from_fn(|facet| of(a[facet], b[facet]))
}

/// No pair is left out: of 36 channels some 1,400 claims, a million pairs.
#[test]
fn every_pair_of_claims_meets_joins_and_contradicts_facet_by_facet() {
    let claims: Vec<_> = distinct_claims().into_iter().map(|claim| (claim, lists(claim))).collect();
    let boxes = Boxes::new();
    let shared = Facet::ALL.map(|facet| facet.kind() == Kind::Shared);
    let (mut pairs, mut contradictory, mut within) = (0_usize, 0_usize, 0_usize);
    for (place, (a, in_a)) in claims.iter().enumerate() {
        assert_eq!(boxes.of(*in_a), *a);
        for (b, in_b) in &claims[place..] {
            pairs += 1;
            let both = pair_by_pair(*in_a, *in_b, |a, b| a & b);
            let either = pair_by_pair(*in_a, *in_b, |a, b| a | b);
            assert_eq!((*a & *b, *b & *a), (boxes.of(both), boxes.of(both)), "{a} and {b}");
            assert_eq!((*a | *b, *b | *a), (boxes.of(either), boxes.of(either)), "{a} or {b}");

            // An empty facet makes the box empty; only a shared one is a contradiction.
            let mut nothing_left = both.map(|states| states == 0);
            assert_eq!((*a & *b).is_empty(), nothing_left.contains(&true), "{a} and {b}");
            for (nothing_left, shared) in nothing_left.iter_mut().zip(shared) {
                *nothing_left &= shared;
            }
            let found = a.contradiction(*b);
            assert_eq!(found.is_none(), !nothing_left.contains(&true), "{a} against {b}");
            assert_eq!(found, b.contradiction(*a));
            if !found.is_none() {
                contradictory += 1;
                let facets = Facet::ALL.into_iter().zip(nothing_left);
                let expected = facets.filter_map(|(facet, nothing)| nothing.then_some(facet));
                assert!(found.iter().eq(expected), "{a} against {b}");
            }

            let outside = pair_by_pair(*in_a, *in_b, |a, b| (a & !b != 0, b & !a != 0));
            assert_eq!(a.is_within(*b), outside.iter().all(|(of_a, _)| !of_a), "{a} in {b}");
            assert_eq!(b.is_within(*a), outside.iter().all(|(_, of_b)| !of_b), "{b} in {a}");
            within += usize::from(a.is_within(*b) || b.is_within(*a));
        }
    }
    eprintln!(
        "{} claims, {pairs} pairs, {contradictory} contradict, {within} lie in each other",
        claims.len()
    );
    if all_are_tested() {
        assert!(claims.len() > 300 && pairs > 50_000, "{pairs}");
        assert!(contradictory > pairs / 10 && within > claims.len() * 2);
    }
}

/// Which combinations of shared states no spanning rule calls impossible, found by asking for each.
struct Possible {
    facets: Vec<Facet>,
    table: Vec<bool>,
    known: HashMap<Vec<u8>, Vec<u8>>,
}

impl Possible {
    fn new() -> Self {
        let facets: Vec<_> =
            Facet::ALL.into_iter().filter(|facet| facet.kind() == Kind::Shared).collect();
        // What is impossible is so whatever the local states and the circumstances.
        for rule in spanning::RULES.iter().filter(|rule| rule.is_impossible()) {
            assert_eq!(rule.combination().only(&facets), rule.combination(), "{}", rule.id());
        }
        let others = Facet::ALL.into_iter().filter(|facet| facet.kind() != Kind::Shared);
        let fixed =
            others.fold(StateSet::ANY, |fixed, facet| fixed.with(facet.states().next().unwrap()));
        // The last facet turns fastest, here and in `walk`.
        let table: Vec<_> =
            fixed.orders().map(|order| !matches!(judge(order), Verdict::Impossible(_))).collect();
        let product: usize = facets.iter().map(|facet| facet.names().len()).product();
        assert_eq!(table.len(), product);
        Self { facets, table, known: HashMap::new() }
    }

    /// Is an order possible whose first states are those that led to `at`? Notes all that are.
    fn walk(&self, wanted: &[u8], at: usize, found: &mut [u8]) -> bool {
        let place = self.facets.len() - wanted.len();
        let [states, rest @ ..] = wanted else { return self.table[at] };
        let count = self.facets[place].names().len();
        let mut any = false;
        for state in (0..count).filter(|state| states & (1 << state) != 0) {
            if self.walk(rest, at * count + state, found) {
                found[place] |= 1 << state;
                any = true;
            }
        }
        any
    }

    /// The smallest box around the possible orders of a claim.
    fn tightened(&mut self, claim: StateSet) -> StateSet {
        let wanted: Vec<u8> = self
            .facets
            .iter()
            .map(|facet| claim.of(*facet).iter().map(|state: State| 1 << state.index()).sum())
            .collect();
        let found = match self.known.get(&wanted) {
            Some(found) => found.clone(),
            None => {
                let mut found = vec![0; wanted.len()];
                self.walk(&wanted, 0, &mut found);
                self.known.insert(wanted, found.clone());
                found
            }
        };
        let all = self.facets.iter().zip(found);
        let tightened = all.fold(claim, |claim, (facet, bits)| claim.with_set(set(*facet, bits)));
        // Without an order there is no local state and no circumstance either.
        if tightened.is_empty() { StateSet::EMPTY } else { tightened }
    }
}

/// Every claim, and of the pairs every claim with itself moved on by one, two, four, ... places.
#[test]
fn what_no_order_can_be_is_taken_out_of_claims_and_of_what_two_say_together() {
    let claims = distinct_claims();
    let mut possible = Possible::new();
    let distances = std::iter::successors(Some(1), |distance| Some(distance * 2));
    let distances = distances.take_while(|distance| *distance < claims.len());
    let pairs = distances.flat_map(|distance| claims.iter().zip(&claims[distance..]));
    let met: BTreeSet<_> = pairs.map(|(a, b)| *a & *b).chain(claims.iter().copied()).collect();
    let (mut narrower, mut impossible) = (0, 0);
    for claim in &met {
        let tightened = claim.tightened();
        assert_eq!(tightened, possible.tightened(*claim), "{claim}");
        narrower += usize::from(tightened != *claim && !tightened.is_empty());
        impossible += usize::from(tightened.is_empty() && !claim.is_empty());
    }
    eprintln!("{} boxes, {narrower} narrowed, {impossible} impossible", met.len());
    if all_are_tested() {
        assert!(met.len() > 1_000 && narrower > 100 && impossible > 0);
    }
}
