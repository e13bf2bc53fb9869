//! The side of observations: what it amounts to that a channel reports where an order is.

use super::path::{Path, Via, leads_to, reachable};
use crate::facet::Facet;
use crate::state::{FacetSet, StateSet};

/// Is what was seen newer than what was known, by the source's own clock?
///
/// When it arrived does not count: reports overtake each other.
///
/// ```
/// use order_status::facet::{Facet, Fulfillment};
/// use order_status::machine::{Timing, observe};
/// use order_status::state::StateSet;
///
/// let known = StateSet::ANY.with(Fulfillment::Shipped);
/// let seen = StateSet::ANY.with(Fulfillment::Packed);
/// let outcome = |timing| observe(known, seen, timing).of(Facet::Fulfillment).as_str();
/// assert_eq!(outcome(Timing::Newer), "retraction");
/// assert_eq!(outcome(Timing::Older), "late");
/// assert_eq!(outcome(Timing::Unknown), "undecided");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the three answers are the question")]
pub enum Timing {
    /// The source says that it began to hold later.
    Newer,
    /// The source says that it held before.
    Older,
    /// The source says nothing of time, or the same time.
    Unknown,
}

/// What an observation amounts to in one facet.
///
/// ```
/// use order_status::facet::{Facet, Returns};
/// use order_status::machine::{Event, Observation, Timing, observe};
/// use order_status::state::StateSet;
///
/// let known = StateSet::ANY.with(Returns::Requested);
/// let seen = StateSet::ANY.with(Returns::Received);
/// let observation = observe(known, seen, Timing::Unknown).of(Facet::Returns);
/// let path = observation.path().ok_or("no path")?;
/// assert!(path.events().eq([Event::ReturnReceivedRest]));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "whoever observes must answer each outcome")]
pub enum Observation {
    /// It says nothing here: the facet is *any*, or it has no state at all and contradicts itself.
    Silent,
    /// It can be where it was known to be; what is known may have become narrower.
    Confirmed,
    /// It went on, by this path. Every state that was seen follows from a known one.
    Advanced(Path),
    /// Something that had been true was taken back, by this path.
    Retraction(Path),
    /// Old news: from what was seen, this path led to what is known.
    Late(Path),
    /// No path leads there. The world moved anyway: a finding, never refused.
    Jump,
    /// Only time could tell progress, retraction and old news apart, and no time is known.
    Undecided,
}

impl Observation {
    /// The token.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Confirmed => "confirmed",
            Self::Advanced(_) => "advanced",
            Self::Retraction(_) => "retraction",
            Self::Late(_) => "late",
            Self::Jump => "jump",
            Self::Undecided => "undecided",
        }
    }

    /// The path, where one is named.
    pub const fn path(self) -> Option<Path> {
        match self {
            Self::Advanced(path) | Self::Retraction(path) | Self::Late(path) => Some(path),
            Self::Silent | Self::Confirmed | Self::Jump | Self::Undecided => None,
        }
    }
}

/// The answer of [`observe`].
///
/// ```
/// use order_status::facet::{Facet, Payment};
/// use order_status::machine::{Observation, Timing, observe};
/// use order_status::state::StateSet;
///
/// let open = StateSet::ANY.with(Payment::Authorized) | StateSet::ANY.with(Payment::Paid);
/// let observed = observe(open, StateSet::ANY.with(Payment::Paid), Timing::Newer);
/// let spoken: Vec<_> =
///     observed.iter().filter(|(_, outcome)| *outcome != Observation::Silent).collect();
/// assert_eq!(spoken, [(Facet::Payment, Observation::Confirmed)]);
/// assert_eq!(observed.set().to_string(), "payment=paid");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct Observed {
    set: StateSet,
    facets: [Observation; 10],
}

impl Observed {
    /// What is known now.
    pub const fn set(&self) -> StateSet {
        self.set
    }

    /// What the observation amounts to in this facet; circumstances are [`Observation::Silent`].
    pub fn of(&self, facet: Facet) -> Observation {
        self.facets.get(facet as usize).copied().unwrap_or(Observation::Silent)
    }

    /// The outcome of every facet of [`Facet::STATE`].
    pub fn iter(&self) -> impl Iterator<Item = (Facet, Observation)> {
        Facet::STATE.into_iter().zip(self.facets)
    }
}

/// Says what it amounts to that an order of which this was `known` is `seen` there.
///
/// Facet by facet:
///
/// 1. *any* on the seen side says nothing;
/// 2. a state in common confirms and narrows;
/// 3. if every seen state follows from a known one by forward edges, it advanced, and no clock has
///    to be asked; only where toggles lead back (a cancellation refused, a payment tried again) an
///    older time makes it late;
/// 4. newer by the source's clock: it advanced if forward edges and toggles lead to every seen
///    state; it was retracted if retractions are the shorter way, or the only one to some of them;
/// 5. older: late, if every known state follows from a seen one in one of these ways;
/// 6. without a time: undecided, if newer and older would have had different answers;
/// 7. else a jump.
///
/// What is known afterwards is what was seen, unless that is older (then it stays) or undecided
/// (then both remain possible). A facet of which the observation is silent keeps what was known,
/// unless that is impossible beside what moved: then it is *any*. A facet in which nothing was
/// known or left counts as *any*. Circumstances meet; where they cannot, the newer one stands.
///
/// ```
/// use order_status::facet::{Facet, Fulfillment, Hold};
/// use order_status::machine::{Observation, Timing, observe};
/// use order_status::state::StateSet;
///
/// let known = StateSet::ANY.with(Fulfillment::Unfulfilled).with(Hold::Held);
/// let seen = StateSet::ANY.with(Fulfillment::Packed).with(Hold::Clear);
///
/// let observed = observe(known, seen, Timing::Unknown);
/// assert_eq!(observed.of(Facet::Fulfillment).as_str(), "advanced");
/// assert_eq!(observed.of(Facet::Hold), Observation::Undecided);
///
/// let observed = observe(known, seen, Timing::Newer);
/// assert_eq!(observed.of(Facet::Hold).path().map(|path| path.to_string()), Some("released".into()));
/// assert_eq!(observed.set(), seen);
/// ```
pub fn observe(known: StateSet, seen: StateSet, timing: Timing) -> Observed {
    let mut set = known;
    let mut silent = 0u16;
    let facets = Facet::STATE.map(|facet| {
        let (was, is) = (known_states(known, facet), seen.of(facet));
        let observation = observe_facet(was, is, timing);
        silent |= u16::from(observation == Observation::Silent) << (facet as u16);
        set = set.with_set(settle(was, is, observation, timing));
        observation
    });
    for facet in [Facet::Terms, Facet::Goods] {
        let (was, is) = (known_states(known, facet), seen.of(facet));
        let observation = match (is.is_any() || is.is_empty(), meet(was, is).is_empty()) {
            (true, _) => Observation::Silent,
            (false, true) => Observation::Jump,
            (false, false) => Observation::Confirmed,
        };
        set = set.with_set(settle(was, is, observation, timing));
    }
    if set.tightened().is_empty() {
        set = set
            .forget(Facet::STATE.into_iter().filter(|facet| silent & (1 << (*facet as u16)) != 0));
    }
    Observed { set, facets }
}

/// The outcome in one facet, by the rules that [`observe`] states.
fn observe_facet(known: FacetSet, seen: FacetSet, timing: Timing) -> Observation {
    if seen.is_any() || seen.is_empty() {
        return Observation::Silent;
    }
    if !meet(known, seen).is_empty() {
        return Observation::Confirmed;
    }
    let forward = path(known, seen, Via::Forward);
    let if_newer = || match way(known, seen) {
        Some((path, false)) => Observation::Advanced(path),
        Some((path, true)) => Observation::Retraction(path),
        None => Observation::Jump,
    };
    let if_older =
        || way(seen, known).map_or(Observation::Jump, |(path, _)| Observation::Late(path));
    match (forward, timing) {
        (Some(_), Timing::Older) if path(seen, known, Via::Course).is_some() => if_older(),
        (Some(path), Timing::Newer | Timing::Older | Timing::Unknown) => {
            Observation::Advanced(path)
        }
        (None, Timing::Newer) => if_newer(),
        (None, Timing::Older) => if_older(),
        (None, Timing::Unknown) => {
            let newer = if_newer();
            if newer == if_older() { newer } else { Observation::Undecided }
        }
    }
}

/// What is known of one facet afterwards.
fn settle(known: FacetSet, seen: FacetSet, observation: Observation, timing: Timing) -> FacetSet {
    match observation {
        Observation::Silent | Observation::Late(_) => known,
        Observation::Confirmed => meet(known, seen),
        Observation::Advanced(_) | Observation::Retraction(_) => seen,
        Observation::Undecided => join(known, seen),
        Observation::Jump => match timing {
            Timing::Newer => seen,
            Timing::Older => known,
            Timing::Unknown => join(known, seen),
        },
    }
}

/// The way on which every state of `to` follows from one of `from`, and whether it takes something
/// back: by the ordinary course, or by retractions where they are needed or shorter.
///
/// Ways that mix the two are none: they would be stories that nobody told.
fn way(from: FacetSet, to: FacetSet) -> Option<(Path, bool)> {
    let course = reachable(from, Via::Course).bits();
    let beyond = FacetSet::from_bits(to.facet(), to.bits() & !course);
    if beyond.is_empty() {
        let course = Path::shortest(from, to, Via::Course)?;
        return match Path::shortest(from, to, Via::Retraction) {
            Some(back) if back.len() < course.len() => Some((back, true)),
            Some(_) | None => Some((course, false)),
        };
    }
    path(from, beyond, Via::Retraction).map(|path| (path, true))
}

/// Where every state of `to` follows from one of `from`, the shortest path.
fn path(from: FacetSet, to: FacetSet, via: Via) -> Option<Path> {
    if leads_to(from, to, via) { Path::shortest(from, to, via) } else { None }
}

/// A facet in which no state is left was contradicted before: nothing is known of it.
fn known_states(known: StateSet, facet: Facet) -> FacetSet {
    let states = known.of(facet);
    if states.is_empty() { FacetSet::any(facet) } else { states }
}

fn meet(a: FacetSet, b: FacetSet) -> FacetSet {
    FacetSet::from_bits(a.facet(), a.bits() & b.bits())
}

fn join(a: FacetSet, b: FacetSet) -> FacetSet {
    FacetSet::from_bits(a.facet(), a.bits() | b.bits())
}
