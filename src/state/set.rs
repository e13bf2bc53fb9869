//! Boxes: one set of states per facet, in one machine word.

use alloc::vec::Vec;
use core::fmt;
use core::ops::{BitAnd, BitOr};

use super::order::OrderState;
use super::spanning;
use crate::facet::{Facet, State};

/// A box: for each facet the set of states that are still possible.
///
/// A native status is a *claim*, and a claim is a box: NetSuite's `F` says that the goods left and
/// that something waits for an invoice, and nothing of money. Two claims about the same order meet
/// with `&`; where a facet has no state left, they contradict each other.
///
/// ```
/// use order_status::facet::{Facet, Fulfillment, Payment};
/// use order_status::state::StateSet;
///
/// let storefront = StateSet::ANY.with(Payment::Paid).with(Fulfillment::Unfulfilled);
/// let warehouse = StateSet::ANY.with(Fulfillment::Shipped);
/// assert!((storefront & warehouse).empty_facets().eq([Facet::Fulfillment]));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateSet(u64);

/// The lowest bit and the number of states of each facet's lane in the word.
const LANES: [(u32, u32); 12] = lanes();

#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a constant: out of range would not compile"
)]
const fn lanes() -> [(u32, u32); 12] {
    let mut lanes = [(0, 0); 12];
    let mut offset = 0;
    let mut i = 0;
    while i < lanes.len() {
        let width = Facet::ALL[i].names().len() as u32;
        lanes[i] = (offset, width);
        offset += width;
        i += 1;
    }
    assert!(offset <= 64, "the facets outgrew one word");
    lanes
}

#[expect(
    clippy::indexing_slicing,
    reason = "a facet's number is a place of LANES: both have one entry per facet"
)]
const fn lane(facet: Facet) -> (u32, u32) {
    LANES[facet as usize]
}

const fn mask(facet: Facet) -> u64 {
    let (offset, width) = lane(facet);
    ((1 << width) - 1) << offset
}

/// The union of what `bit` gives for every lane.
const fn every_lane(kind: u8) -> u64 {
    let mut word = 0;
    let mut i = 0;
    while i < LANES.len() {
        #[expect(clippy::indexing_slicing, reason = "a constant: out of range would not compile")]
        let (offset, width) = LANES[i];
        let all = (1 << width) - 1;
        let high = 1 << (width - 1);
        word |= (match kind {
            0 => all,
            1 => high,
            _ => all & !high,
        }) << offset;
        i += 1;
    }
    word
}

const ALL: u64 = every_lane(0);
const HIGH: u64 = every_lane(1);
const LOW: u64 = every_lane(2);

const fn masks(facets: &[Facet]) -> u64 {
    let mut word = 0;
    let mut i = 0;
    while i < facets.len() {
        #[expect(clippy::indexing_slicing, reason = "the loop ends at the length")]
        let facet = facets[i];
        word |= mask(facet);
        i += 1;
    }
    word
}

impl StateSet {
    /// Every state of every facet: nothing is known.
    pub const ANY: Self = Self(ALL);
    /// No state of any facet.
    pub const EMPTY: Self = Self(0);

    /// The box in which `state`'s facet has that state alone and all else is as before.
    #[must_use]
    pub fn with(self, state: impl Into<State>) -> Self {
        let state = state.into();
        self.with_set(FacetSet::EMPTY_OF(state.facet()).with(state))
    }

    /// The box in which one facet has exactly these states.
    #[must_use]
    pub const fn with_set(self, set: FacetSet) -> Self {
        let (offset, _) = lane(set.facet);
        Self((self.0 & !mask(set.facet)) | ((set.bits as u64) << offset))
    }

    /// The box in which these facets are *any*.
    #[must_use]
    pub fn forget(self, facets: impl IntoIterator<Item = Facet>) -> Self {
        facets.into_iter().fold(self, |set, facet| Self(set.0 | mask(facet)))
    }

    /// The box that keeps these facets and in which all others are *any*.
    #[must_use]
    pub const fn only(self, facets: &[Facet]) -> Self {
        let kept = masks(facets);
        Self((self.0 & kept) | (ALL & !kept))
    }

    /// The states of one facet.
    pub const fn of(self, facet: Facet) -> FacetSet {
        let (offset, _) = lane(facet);
        #[expect(clippy::cast_possible_truncation, reason = "a lane has at most eight bits")]
        let bits = ((self.0 & mask(facet)) >> offset) as u8;
        FacetSet { facet, bits }
    }

    /// Is there no order at all in this box, because a facet has no state left?
    pub const fn is_empty(self) -> bool {
        self.occupied() != HIGH
    }

    /// The facets that have no state left.
    pub fn empty_facets(self) -> impl Iterator<Item = Facet> {
        Facet::ALL.into_iter().filter(move |facet| self.0 & mask(*facet) == 0)
    }

    /// Does every order of this box lie in `outer`?
    pub const fn is_within(self, outer: Self) -> bool {
        self.0 & !outer.0 == 0
    }

    /// Does this order lie in the box? Circumstances are no part of the question.
    pub fn contains(self, state: OrderState) -> bool {
        Self::from(state).only(&Facet::STATE).0 & ALL & masks(&Facet::STATE) & !self.0 == 0
    }

    /// What two systems say together, where only shared facets can disagree.
    ///
    /// Gives the facets in which the two contradict each other; mostly there are
    /// [none](FacetMask::is_none).
    pub const fn contradiction(self, other: Self) -> FacetMask {
        let met = Self(self.0 & other.0);
        FacetMask((met.occupied() ^ HIGH) & masks(&Facet::SHARED))
    }

    /// The facets about which the box says something.
    pub fn known_facets(self) -> impl Iterator<Item = Facet> {
        Facet::ALL.into_iter().filter(move |facet| !self.of(*facet).is_any())
    }

    /// The smallest box around all orders of this one that the [`spanning`] rules allow.
    ///
    /// ```
    /// use order_status::facet::{Delivery, Facet, Fulfillment};
    /// use order_status::state::StateSet;
    ///
    /// let packed = StateSet::ANY.with(Fulfillment::Packed).tightened();
    /// assert!(packed.of(Facet::Delivery).iter().eq([Delivery::None.into()]));
    /// ```
    #[must_use]
    pub fn tightened(self) -> Self {
        spanning::possible()
            .iter()
            .map(|possible| self & *possible)
            .filter(|part| !part.is_empty())
            .fold(Self::EMPTY, BitOr::bitor)
    }

    /// Is there an order in this box that the [`spanning`] rules allow?
    pub(crate) fn is_possible(self) -> bool {
        spanning::possible().iter().any(|possible| !(self & *possible).is_empty())
    }

    /// The orders of this box outside `other`, as disjoint boxes.
    ///
    /// ```
    /// use order_status::facet::{Payment, Refund};
    /// use order_status::state::StateSet;
    ///
    /// let paid = StateSet::ANY.with(Payment::Paid);
    /// let refunded = StateSet::ANY.with(Payment::Paid).with(Refund::Full);
    /// assert!(paid.minus(refunded).all(|rest| (rest & refunded).is_empty()));
    /// ```
    pub const fn minus(self, other: Self) -> Minus {
        Minus { rest: self, other, next: 0, done: self.is_empty() }
    }

    /// How many orders lie in the box, the combinations of all ten facets and both circumstances.
    pub fn count(self) -> u64 {
        Facet::ALL.into_iter().map(|facet| u64::from(self.of(facet).len())).product()
    }

    /// Every order in the box, circumstances left out.
    pub fn orders(self) -> impl Iterator<Item = OrderState> {
        let mut orders = alloc::vec![];
        if !self.is_empty() {
            orders.push(OrderState::PLACED);
        }
        for facet in Facet::STATE {
            let set = self.of(facet);
            orders = orders
                .into_iter()
                .flat_map(|order| set.iter().map(move |state| order.with(state)))
                .collect::<Vec<_>>();
        }
        orders.into_iter()
    }

    pub(crate) const fn bits(self) -> u64 {
        self.0
    }

    pub(crate) const fn from_bits(bits: u64) -> Self {
        Self(bits & ALL)
    }

    /// The highest bit of every lane that has a state.
    const fn occupied(self) -> u64 {
        // Adding a lane's lower bits carries into its highest one iff a lower bit is set.
        (((self.0 & LOW) + LOW) | self.0) & HIGH
    }
}

impl BitAnd for StateSet {
    type Output = Self;

    /// The orders that lie in both boxes.
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for StateSet {
    type Output = Self;

    /// The smallest box around both.
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl From<OrderState> for StateSet {
    /// The box of this one order, whatever its circumstances.
    fn from(order: OrderState) -> Self {
        order.states().into_iter().fold(Self::ANY, Self::with)
    }
}

impl FromIterator<FacetSet> for StateSet {
    /// The box that meets all of these; facets not named are *any*.
    fn from_iter<I: IntoIterator<Item = FacetSet>>(sets: I) -> Self {
        sets.into_iter().fold(Self::ANY, |set, part| set & Self::ANY.with_set(part))
    }
}

impl fmt::Display for StateSet {
    /// `payment=paid fulfillment=picked|packed`, facets that are *any* left out; `any` if all are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for facet in self.known_facets() {
            write!(f, "{separator}{facet}={}", self.of(facet))?;
            separator = " ";
        }
        if separator.is_empty() { f.write_str("any") } else { Ok(()) }
    }
}

impl fmt::Debug for StateSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StateSet({self})")
    }
}

/// Some facets, as the answer of [`StateSet::contradiction`].
///
/// ```
/// use order_status::facet::{Facet, Fulfillment, Payment};
/// use order_status::state::StateSet;
///
/// let shop = StateSet::ANY.with(Payment::Paid).with(Fulfillment::Unfulfilled);
/// let erp = StateSet::ANY.with(Payment::Paid).with(Fulfillment::Shipped);
/// let disputed = shop.contradiction(erp);
/// assert!(disputed.iter().eq([Facet::Fulfillment]));
/// assert!(!disputed.contains(Facet::Payment));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FacetMask(u64);

impl FacetMask {
    /// Is no facet named?
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Is this facet named?
    pub const fn contains(self, facet: Facet) -> bool {
        self.0 & mask(facet) != 0
    }

    /// The facets that are named.
    pub fn iter(self) -> impl Iterator<Item = Facet> {
        Facet::ALL.into_iter().filter(move |facet| self.contains(*facet))
    }
}

/// A set of states of one facet.
///
/// ```
/// use order_status::facet::{Facet, State};
/// use order_status::state::StateSet;
///
/// let all = StateSet::ANY.of(Facet::Refund);
/// assert!(all.is_any());
/// assert_eq!(all.to_string(), "none|partial|full");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FacetSet {
    facet: Facet,
    bits: u8,
}

impl FacetSet {
    /// No state of this facet.
    #[expect(non_snake_case, reason = "reads as the constant it is, one per facet")]
    pub(crate) const fn EMPTY_OF(facet: Facet) -> Self {
        Self { facet, bits: 0 }
    }

    /// Every state of this facet.
    pub const fn any(facet: Facet) -> Self {
        StateSet::ANY.of(facet)
    }

    pub(crate) const fn from_bits(facet: Facet, bits: u8) -> Self {
        Self { facet, bits: bits & Self::any(facet).bits }
    }

    /// No state of the facet.
    pub const fn none(facet: Facet) -> Self {
        Self::EMPTY_OF(facet)
    }

    /// The set with one more state; one of another facet changes nothing.
    #[must_use]
    pub fn with(self, state: impl Into<State>) -> Self {
        let state = state.into();
        let bit = if state.facet() == self.facet { 1 << state.index() } else { 0 };
        Self { bits: self.bits | bit, ..self }
    }

    /// The facet whose states these are.
    pub const fn facet(self) -> Facet {
        self.facet
    }

    /// Are all states of the facet in the set?
    pub const fn is_any(self) -> bool {
        self.bits == Self::any(self.facet).bits
    }

    /// Is no state in the set?
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// How many states are in the set.
    pub const fn len(self) -> u32 {
        self.bits.count_ones()
    }

    /// Is this state in the set?
    pub fn contains(self, state: impl Into<State>) -> bool {
        let state = state.into();
        state.facet() == self.facet && self.bits & (1 << state.index()) != 0
    }

    /// The states, in life-cycle order.
    pub fn iter(self) -> impl Iterator<Item = State> {
        self.facet.states().filter(move |state| self.contains(*state))
    }

    pub(crate) const fn bits(self) -> u8 {
        self.bits
    }
}

impl fmt::Display for FacetSet {
    /// `picked|packed`, or `nothing` where no state is left.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing");
        }
        let mut separator = "";
        for state in self.iter() {
            write!(f, "{separator}{}", state.as_str())?;
            separator = "|";
        }
        Ok(())
    }
}

impl fmt::Debug for FacetSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={self}", self.facet)
    }
}

/// The disjoint boxes of a difference, see [`StateSet::minus`].
///
/// ```
/// use order_status::facet::{Payment, Refund};
/// use order_status::state::StateSet;
///
/// let settled = StateSet::ANY.with(Payment::Paid).with(Refund::None);
/// // All other orders: those that are not paid, and those that are and got money back.
/// let boxes: Vec<_> = StateSet::ANY.minus(settled).collect();
/// assert_eq!(boxes.len(), 2);
/// assert!(boxes.iter().all(|part| (*part & settled).is_empty()));
/// ```
#[derive(Clone, Debug)]
pub struct Minus {
    rest: StateSet,
    other: StateSet,
    next: usize,
    done: bool,
}

impl Iterator for Minus {
    type Item = StateSet;

    fn next(&mut self) -> Option<StateSet> {
        if self.done {
            return None;
        }
        // Facet by facet: first the part of the lane that lies outside, then go on inside it.
        while let Some(facet) = Facet::ALL.get(self.next) {
            self.next += 1;
            let lane = mask(*facet);
            let outside = StateSet((self.rest.0 & !lane) | (self.rest.0 & lane & !self.other.0));
            self.rest = StateSet((self.rest.0 & !lane) | (self.rest.0 & lane & self.other.0));
            let inside_is_empty = self.rest.0 & lane == 0;
            self.done = inside_is_empty;
            if !outside.is_empty() {
                return Some(outside);
            }
            if inside_is_empty {
                return None;
            }
        }
        self.done = true;
        None
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for StateSet {
    /// `{"payment": ["paid", "overpaid"]}`, facets that are *any* left out.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.known_facets().map(|facet| {
            (facet.as_str(), self.of(facet).iter().map(State::as_str).collect::<Vec<_>>())
        }))
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for StateSet {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use alloc::collections::BTreeMap;
        use alloc::string::String;
        use serde::de::Error;

        let claim = BTreeMap::<String, Vec<String>>::deserialize(deserializer)?;
        claim.iter().try_fold(Self::ANY, |set, (facet, states)| {
            let facet = facet.parse().map_err(D::Error::custom)?;
            states
                .iter()
                .try_fold(FacetSet::none(facet), |states, name| {
                    State::parse(facet, name).map(|state| states.with(state))
                })
                .map(|states| set.with_set(states))
                .map_err(D::Error::custom)
        })
    }
}
