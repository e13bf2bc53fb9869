//! From parts to the whole: what shipments, payments, documents and lines say of their order.
//!
//! A part claims something about itself. Two parts *merge*, facet by facet: a shipped part beside
//! an unshipped one makes a partly shipped order. Merging is associative and takes parts in any
//! order. What is not listed is the *rest*: none where quantities or amounts cover the order, else
//! whatever may be there.

use crate::facet::{
    Billing, Delivery, Dispute, Facet, Fulfillment, Goods, Lifecycle, Payment, Refund, Returns,
    State, Terms,
};
use crate::state::{FacetSet, StateSet};

/// What is known of the goods, money or paper beside the parts that were listed.
///
/// ```
/// use order_status::facet::{Facet, Fulfillment};
/// use order_status::rollup::{Rest, roll_up};
/// use order_status::state::StateSet;
///
/// let parcel = StateSet::ANY.with(Fulfillment::Shipped).of(Facet::Fulfillment);
/// let on_the_shelf = StateSet::ANY.with(Fulfillment::Unfulfilled);
/// let whole = |rest| roll_up(Facet::Fulfillment, [parcel], rest).to_string();
/// assert_eq!(whole(Rest::Nothing), "shipped");
/// assert_eq!(whole(Rest::Some(on_the_shelf)), "partially_shipped");
/// assert_eq!(whole(Rest::Perhaps(on_the_shelf)), "partially_shipped|shipped");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "either there is a rest, or not, or nobody knows")]
pub enum Rest {
    /// The parts are the whole: lines of a complete list, quantities or amounts that add up.
    Nothing,
    /// There is more than the parts, and it lies in this box.
    Some(StateSet),
    /// There may be more than the parts; if so it lies in this box.
    Perhaps(StateSet),
}

/// Merges the parts of one facet and their rest; without any part only the rest speaks.
///
/// ```
/// use order_status::facet::{Facet, Fulfillment};
/// use order_status::rollup::{Rest, roll_up};
/// use order_status::state::StateSet;
///
/// let shipped = StateSet::ANY.with(Fulfillment::Shipped).of(Facet::Fulfillment);
/// let packed = StateSet::ANY.with(Fulfillment::Packed).of(Facet::Fulfillment);
/// let whole = |parts: &[_], rest| roll_up(Facet::Fulfillment, parts.iter().copied(), rest).to_string();
/// assert_eq!(whole(&[shipped, packed], Rest::Nothing), "partially_shipped");
/// assert_eq!(whole(&[shipped], Rest::Perhaps(StateSet::ANY)), "partially_shipped|shipped");
/// ```
pub fn roll_up(facet: Facet, parts: impl IntoIterator<Item = FacetSet>, rest: Rest) -> FacetSet {
    let merged = parts.into_iter().reduce(merge);
    match (merged, rest) {
        (Some(parts), Rest::Nothing) => parts,
        (Some(parts), Rest::Some(rest)) => merge(parts, rest.of(facet)),
        (Some(parts), Rest::Perhaps(rest)) => union(parts, merge(parts, rest.of(facet))),
        (None, Rest::Nothing) => FacetSet::any(facet),
        (None, Rest::Some(rest) | Rest::Perhaps(rest)) => rest.of(facet),
    }
}

/// What a part's claim says of the whole order while nothing is known of the rest.
///
/// ```
/// use order_status::facet::{Facet, Fulfillment};
/// use order_status::rollup::lift;
/// use order_status::state::StateSet;
///
/// let half_of_the_lines = StateSet::ANY.with(Fulfillment::Shipped);
/// assert_eq!(lift(half_of_the_lines).to_string(), "fulfillment=partially_shipped|shipped");
/// ```
pub fn lift(part: StateSet) -> StateSet {
    Facet::STATE.into_iter().filter(|facet| !part.of(*facet).is_any()).fold(part, |whole, facet| {
        whole.with_set(roll_up(facet, [part.of(facet)], Rest::Perhaps(StateSet::ANY)))
    })
}

/// Every state that two parts can make together.
///
/// ```
/// use order_status::facet::{Delivery, Facet};
/// use order_status::rollup::merge;
/// use order_status::state::StateSet;
///
/// let of = |state| StateSet::ANY.with(state).of(Facet::Delivery);
/// let both = merge(of(Delivery::Delivered), of(Delivery::InTransit));
/// assert_eq!(both.to_string(), "partially_delivered");
/// ```
pub fn merge(a: FacetSet, b: FacetSet) -> FacetSet {
    let table = MERGED.get(a.facet() as usize).map(<[_; 8]>::as_slice).unwrap_or_default();
    let made =
        states_of(table, a).flat_map(|row| states_of(row, b)).fold(0, |bits, made| bits | made);
    FacetSet::from_bits(a.facet(), made)
}

/// The entries of a table with one for each state, for the states of a set.
fn states_of<T>(table: &[T], set: FacetSet) -> impl Iterator<Item = &T> {
    table
        .iter()
        .enumerate()
        .filter(move |(at, _)| set.bits() >> at & 1 != 0)
        .map(|(_, entry)| entry)
}

/// What records that carry each other on say of their one part: each tells how its own step ended,
/// and the one that is furthest along counts. A record that only says *some money was collected*,
/// as a refund does, adds nothing to one that says how much.
pub(crate) fn chained(facet: Facet, records: impl Iterator<Item = FacetSet> + Clone) -> FacetSet {
    let is_vague = |set: &FacetSet| *set == collected();
    let is_exact = |set: FacetSet| {
        !is_vague(&set) && !set.is_empty() && set.iter().all(|state| collected().contains(state))
    };
    let one_is_exact = records.clone().any(is_exact);
    records
        .filter(|set| !(one_is_exact && is_vague(set)))
        .reduce(|a, b| images(a, b, |a, b| one(if rank(a) < rank(b) { b } else { a })))
        .unwrap_or(FacetSet::any(facet))
}

/// The states of a payment that took money.
pub(crate) fn collected() -> FacetSet {
    FacetSet::none(Facet::Payment)
        .with(Payment::PartiallyPaid)
        .with(Payment::Paid)
        .with(Payment::Overpaid)
}

fn images(a: FacetSet, b: FacetSet, image: impl Fn(State, State) -> FacetSet) -> FacetSet {
    a.iter().fold(FacetSet::none(a.facet()), |set, x| {
        b.iter().fold(set, |set, y| union(set, image(x, y)))
    })
}

pub(crate) fn union(a: FacetSet, b: FacetSet) -> FacetSet {
    FacetSet::from_bits(a.facet(), a.bits() | b.bits())
}

fn one(state: State) -> FacetSet {
    FacetSet::none(state.facet()).with(state)
}

/// Success goes before failure, later before earlier.
const fn rank(state: State) -> u8 {
    const PAYMENT: [Payment; 8] = [
        Payment::Failed,
        Payment::Unpaid,
        Payment::Processing,
        Payment::Authorized,
        Payment::Voided,
        Payment::PartiallyPaid,
        Payment::Paid,
        Payment::Overpaid,
    ];
    if !matches!(state.facet(), Facet::Payment) {
        return state.index();
    }
    let mut rank = 0;
    while rank < PAYMENT.len() {
        #[expect(clippy::indexing_slicing, reason = "the loop ends at the length")]
        if PAYMENT[rank] as u8 == state.index() {
            break;
        }
        rank += 1;
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most eight")]
    {
        rank as u8
    }
}

/// How the states of one facet merge: the first rule that fits a pair, in either order.
struct Merging {
    /// Parts in these states do not count beside any other; further left counts less.
    light: &'static [u8],
    /// Pairs of sets of states, and the set that they make.
    pairs: &'static [(u8, u8, u8)],
    /// Of all other pairs: does the slower part count, or the further one?
    slower: bool,
}

/// The bits of some states of one facet.
macro_rules! of {
    ($facet:ident: $($state:ident)|+) => { const { 0 $(| $facet::$state.bit())+ } };
}

#[expect(clippy::too_many_lines, reason = "one table, to be read as one")]
const fn merging(facet: Facet) -> Merging {
    match facet {
        Facet::Lifecycle => Merging {
            light: &[of!(Lifecycle: Cancelled), of!(Lifecycle: Draft)],
            pairs: &[(
                of!(Lifecycle: Placed),
                of!(Lifecycle: Cancelling),
                of!(Lifecycle: Placed | Cancelling),
            )],
            slower: true,
        },
        Facet::Payment => Merging {
            light: &[of!(Payment: Failed), of!(Payment: Voided), of!(Payment: Unpaid)],
            pairs: &[
                (
                    of!(Payment: Overpaid),
                    of!(Payment: Processing | Authorized | PartiallyPaid),
                    of!(Payment: PartiallyPaid | Paid | Overpaid),
                ),
                (
                    of!(Payment: PartiallyPaid | Paid),
                    of!(Payment: Processing | Authorized | PartiallyPaid),
                    of!(Payment: PartiallyPaid),
                ),
            ],
            slower: false,
        },
        Facet::Refund => Merging {
            light: &[],
            pairs: &[
                // The part without a refund may be an attempt that took no money at all.
                (of!(Refund: None), of!(Refund: Full), of!(Refund: Partial | Full)),
                (of!(Refund: Partial), of!(Refund: None | Full), of!(Refund: Partial)),
            ],
            slower: true,
        },
        Facet::Dispute => {
            Merging { light: &[of!(Dispute: None), of!(Dispute: Lost)], pairs: &[], slower: true }
        }
        Facet::Billing => Merging {
            light: &[],
            pairs: &[
                // A credit that does not say what it reverses may reverse any of them.
                (
                    of!(Billing: Credited),
                    of!(Billing: Unbilled | PartiallyBilled | Billed),
                    of!(Billing: Unbilled | PartiallyBilled | Billed | Credited),
                ),
                (
                    of!(Billing: PartiallyBilled),
                    of!(Billing: Unbilled | Billed),
                    of!(Billing: PartiallyBilled),
                ),
                (of!(Billing: Unbilled), of!(Billing: Billed), of!(Billing: PartiallyBilled)),
            ],
            slower: true,
        },
        Facet::Fulfillment => Merging {
            light: &[of!(Fulfillment: NotRequired)],
            pairs: &[(
                of!(Fulfillment: PartiallyShipped | Shipped),
                of!(Fulfillment: Unfulfilled | Backordered | Allocated | Picked | Packed | PartiallyShipped),
                of!(Fulfillment: PartiallyShipped),
            )],
            slower: true,
        },
        Facet::Delivery => Merging {
            light: &[of!(Delivery: None)],
            pairs: &[
                (
                    of!(Delivery: Delivered | PartiallyDelivered),
                    of!(Delivery: None | InTransit | ReadyForPickup | PartiallyDelivered | Failed),
                    of!(Delivery: PartiallyDelivered),
                ),
                (
                    of!(Delivery: Failed),
                    of!(Delivery: InTransit | ReadyForPickup),
                    of!(Delivery: Failed),
                ),
            ],
            slower: true,
        },
        Facet::Returns => Merging {
            light: &[of!(Returns: None), of!(Returns: Declined)],
            pairs: &[(
                of!(Returns: PartiallyReceived | Received),
                of!(Returns: Requested | Approved | InTransit | PartiallyReceived),
                of!(Returns: PartiallyReceived),
            )],
            slower: true,
        },
        Facet::Stage => Merging { light: &[], pairs: &[], slower: true },
        Facet::Hold => Merging { light: &[], pairs: &[], slower: false },
        Facet::Terms => Merging {
            light: &[of!(Terms: NothingToPay)],
            pairs: &[
                (of!(Terms: Prepaid), of!(Terms: OnDelivery), of!(Terms: Prepaid | OnDelivery)),
                (of!(Terms: Prepaid), of!(Terms: OnInvoice), of!(Terms: Prepaid | OnInvoice)),
                (of!(Terms: OnDelivery), of!(Terms: OnInvoice), of!(Terms: OnDelivery | OnInvoice)),
            ],
            slower: true,
        },
        Facet::Goods => {
            Merging { light: &[], pairs: &[(u8::MAX, u8::MAX, of!(Goods: Mixed))], slower: true }
        }
    }
}

/// For every facet and pair of states, as the bits of the set that they make.
const MERGED: [[[u8; 8]; 8]; 12] = every_pair();

#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a constant: out of range would not compile"
)]
const fn every_pair() -> [[[u8; 8]; 8]; 12] {
    let mut table = [[[0; 8]; 8]; 12];
    let mut facet = 0;
    while facet < table.len() {
        let rules = merging(Facet::ALL[facet]);
        let states = Facet::ALL[facet].names().len();
        let mut a = 0;
        while a < states {
            let mut b = 0;
            while b < states {
                table[facet][a][b] = pair(&rules, a as u8, b as u8);
                b += 1;
            }
            a += 1;
        }
        facet += 1;
    }
    table
}

#[expect(clippy::indexing_slicing, reason = "the loop ends at the length")]
const fn pair(rules: &Merging, a: u8, b: u8) -> u8 {
    let (a_bit, b_bit) = (1 << a, 1 << b);
    if a == b {
        return a_bit;
    }
    let mut i = 0;
    while i < rules.pairs.len() {
        let (left, right, made) = rules.pairs[i];
        if (left & a_bit != 0 && right & b_bit != 0) || (left & b_bit != 0 && right & a_bit != 0) {
            return made;
        }
        i += 1;
    }
    let (a_weight, b_weight) = (weight(rules.light, a_bit), weight(rules.light, b_bit));
    if a_weight != b_weight {
        if a_weight < b_weight { b_bit } else { a_bit }
    } else if (a < b) == rules.slower {
        a_bit
    } else {
        b_bit
    }
}

#[expect(clippy::indexing_slicing, reason = "the loop ends at the length")]
const fn weight(light: &[u8], bit: u8) -> usize {
    let mut i = 0;
    while i < light.len() {
        if light[i] == bit {
            return i;
        }
        i += 1;
    }
    usize::MAX
}
