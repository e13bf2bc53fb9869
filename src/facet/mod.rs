//! The closed vocabularies: which questions an order answers, and with which states.
//!
//! An order is described by ten independent questions, the *facets*, and by two *circumstances* of
//! the deal (how it is paid for, how the goods travel) that are read and compared the same way.
//! Every vocabulary is exhaustive on purpose: match without a wildcard, a new state is meant to
//! break your build. The states stand in the order of an order's life, and `Ord` follows it.

mod billing;
mod circumstance;
mod delivery;
mod dispute;
mod fulfillment;
mod hold;
mod lifecycle;
mod payment;
mod refund;
mod returns;
mod stage;

use core::fmt;
use core::str::FromStr;

pub use self::billing::Billing;
pub use self::circumstance::{Goods, Terms};
pub use self::delivery::Delivery;
pub use self::dispute::Dispute;
pub use self::fulfillment::Fulfillment;
pub use self::hold::Hold;
pub use self::lifecycle::Lifecycle;
pub use self::payment::Payment;
pub use self::refund::Refund;
pub use self::returns::Returns;
pub use self::stage::Stage;

/// One question that an order answers.
///
/// ```
/// use order_status::facet::{Facet, Kind};
///
/// assert_eq!(Facet::Payment.kind(), Kind::Shared);
/// assert_eq!("stage".parse::<Facet>()?.kind(), Kind::Local);
/// assert_eq!(Facet::Refund.names(), ["none", "partial", "full"]);
/// # Ok::<(), order_status::facet::UnknownName>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a new facet is a change every consumer must answer")]
#[cfg_attr(test, derive(strum::VariantArray))]
#[repr(u8)]
pub enum Facet {
    /// Is the order a live agreement? See [`Lifecycle`].
    Lifecycle,
    /// What money was collected? See [`Payment`].
    Payment,
    /// What of the collected money was given back? See [`Refund`].
    Refund,
    /// Does the buyer's bank contest the payment? See [`Dispute`].
    Dispute,
    /// Which invoices exist? See [`Billing`].
    Billing,
    /// How far did goods leave us? See [`Fulfillment`].
    Fulfillment,
    /// Where are the parcels that left? See [`Delivery`].
    Delivery,
    /// Which goods are on their way back? See [`Returns`].
    Returns,
    /// Where does the record lie on this one system's desk? See [`Stage`].
    Stage,
    /// Is work on it stopped in this one system? See [`Hold`].
    Hold,
    /// Circumstance: when does the buyer owe the money? See [`Terms`].
    Terms,
    /// Circumstance: how do the goods reach the buyer? See [`Goods`].
    Goods,
}

/// Who must agree on a facet.
///
/// ```
/// use order_status::facet::{Facet, Kind};
///
/// assert_eq!(Facet::Payment.kind(), Kind::Shared);
/// assert_eq!(Facet::Stage.kind(), Kind::Local);
/// assert_eq!(Facet::Terms.kind(), Kind::Circumstance);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "every comparison must answer each kind")]
pub enum Kind {
    /// A fact about the order: all systems must agree, so two of them can contradict each other.
    Shared,
    /// Where the record lies on one system's desk: it can lag behind, it can never contradict.
    Local,
    /// A property of the deal: decides what other statuses mean, is never itself a mismatch.
    Circumstance,
}

impl Facet {
    /// All facets, the shared ones first, the circumstances last.
    pub const ALL: [Self; 12] = [
        Self::Lifecycle,
        Self::Payment,
        Self::Refund,
        Self::Dispute,
        Self::Billing,
        Self::Fulfillment,
        Self::Delivery,
        Self::Returns,
        Self::Stage,
        Self::Hold,
        Self::Terms,
        Self::Goods,
    ];

    /// The ten that describe the state of an order.
    pub const STATE: [Self; 10] = [
        Self::Lifecycle,
        Self::Payment,
        Self::Refund,
        Self::Dispute,
        Self::Billing,
        Self::Fulfillment,
        Self::Delivery,
        Self::Returns,
        Self::Stage,
        Self::Hold,
    ];

    /// The eight on which every system must agree.
    pub const SHARED: [Self; 8] = [
        Self::Lifecycle,
        Self::Payment,
        Self::Refund,
        Self::Dispute,
        Self::Billing,
        Self::Fulfillment,
        Self::Delivery,
        Self::Returns,
    ];

    /// Who must agree on this facet.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Lifecycle
            | Self::Payment
            | Self::Refund
            | Self::Dispute
            | Self::Billing
            | Self::Fulfillment
            | Self::Delivery
            | Self::Returns => Kind::Shared,
            Self::Stage | Self::Hold => Kind::Local,
            Self::Terms | Self::Goods => Kind::Circumstance,
        }
    }

    /// The tokens of this facet's states, in life-cycle order.
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Lifecycle => Lifecycle::NAMES,
            Self::Payment => Payment::NAMES,
            Self::Refund => Refund::NAMES,
            Self::Dispute => Dispute::NAMES,
            Self::Billing => Billing::NAMES,
            Self::Fulfillment => Fulfillment::NAMES,
            Self::Delivery => Delivery::NAMES,
            Self::Returns => Returns::NAMES,
            Self::Stage => Stage::NAMES,
            Self::Hold => Hold::NAMES,
            Self::Terms => Terms::NAMES,
            Self::Goods => Goods::NAMES,
        }
    }

    /// The token, as it is written in mapping files and output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lifecycle => "lifecycle",
            Self::Payment => "payment",
            Self::Refund => "refund",
            Self::Dispute => "dispute",
            Self::Billing => "billing",
            Self::Fulfillment => "fulfillment",
            Self::Delivery => "delivery",
            Self::Returns => "returns",
            Self::Stage => "stage",
            Self::Hold => "hold",
            Self::Terms => "terms",
            Self::Goods => "goods",
        }
    }

    /// The states of this facet, in life-cycle order.
    pub fn states(self) -> impl Iterator<Item = State> {
        (0u8..).zip(self.names()).map(move |(index, _)| State { facet: self, index })
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Facet {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::ALL.into_iter().find(|facet| facet.as_str() == text).ok_or_else(|| UnknownName {
            found: text.into(),
            vocabulary: "facet",
            expected: const { &facet_names() },
        })
    }
}

const fn facet_names() -> [&'static str; 12] {
    let mut names = [""; 12];
    let mut i = 0;
    while i < names.len() {
        #[expect(clippy::indexing_slicing, reason = "a constant: out of range would not compile")]
        {
            names[i] = Facet::ALL[i].as_str();
        }
        i += 1;
    }
    names
}

/// One state of one facet, for code that treats all facets alike.
///
/// ```
/// use order_status::facet::{Facet, Payment, State};
///
/// let state = State::parse(Facet::Payment, "paid")?;
/// assert_eq!(state, State::from(Payment::Paid));
/// assert_eq!(state.to_string(), "payment=paid");
/// # Ok::<(), order_status::facet::UnknownName>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State {
    facet: Facet,
    index: u8,
}

impl State {
    /// The state of `facet` with this token.
    ///
    /// # Errors
    ///
    /// When the facet has no state of that name; the error lists the states that it has.
    pub fn parse(facet: Facet, name: &str) -> Result<Self, UnknownName> {
        (0u8..)
            .zip(facet.names())
            .find(|(_, known)| **known == name)
            .map(|(index, _)| Self { facet, index })
            .ok_or_else(|| UnknownName {
                found: name.into(),
                vocabulary: facet.as_str(),
                expected: facet.names(),
            })
    }

    /// The state at this place of the facet's life-cycle order, if there is one.
    pub const fn at(facet: Facet, index: u8) -> Option<Self> {
        if (index as usize) < facet.names().len() { Some(Self { facet, index }) } else { None }
    }

    /// The facet that it is a state of.
    pub const fn facet(self) -> Facet {
        self.facet
    }

    /// The place in the facet's life-cycle order, from 0.
    pub const fn index(self) -> u8 {
        self.index
    }

    /// The token.
    pub fn as_str(self) -> &'static str {
        self.facet.names().get(usize::from(self.index)).copied().unwrap_or_default()
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.facet, self.as_str())
    }
}

/// A text is not a word of the closed vocabulary it was read as.
///
/// ```
/// use order_status::facet::Payment;
///
/// let unknown = "payed".parse::<Payment>().unwrap_err();
/// assert_eq!(unknown.found(), "payed");
/// assert!(unknown.expected().contains(&"paid"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not {}: expected one of {}", crate::text::Escaped(.found), Noun(.vocabulary), .expected.join(", "))]
#[must_use]
pub struct UnknownName {
    found: alloc::boxed::Box<str>,
    vocabulary: &'static str,
    expected: &'static [&'static str],
}

impl UnknownName {
    /// For the closed vocabularies that live outside this module.
    pub(crate) fn new(
        found: &str,
        vocabulary: &'static str,
        expected: &'static [&'static str],
    ) -> Self {
        Self { found: found.into(), vocabulary, expected }
    }

    /// The text that was found.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// The words that would have been understood.
    pub const fn expected(&self) -> &'static [&'static str] {
        self.expected
    }
}

/// What a word of the vocabulary is called in a sentence.
struct Noun<'a>(&'a str);

impl fmt::Display for Noun<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            "facet" => f.write_str("a facet"),
            "event" => f.write_str("an event"),
            facet => write!(f, "a {facet} state"),
        }
    }
}

/// Declares one closed vocabulary: the enum, its tokens and its place in [`Facet`].
macro_rules! states {
    ($(#[$doc:meta])* $name:ident { $($(#[$state_doc:meta])* $state:ident = $token:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumString, strum::FromRepr)]
        #[strum(parse_err_ty = crate::facet::UnknownName, parse_err_fn = unknown)]
        #[cfg_attr(test, derive(strum::VariantArray))]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[expect(
            clippy::exhaustive_enums,
            reason = "a new state is a taxonomy change every consumer must answer"
        )]
        #[repr(u8)]
        pub enum $name {
            $(
                $(#[$state_doc])*
                #[strum(serialize = $token)]
                #[cfg_attr(feature = "serde", serde(rename = $token))]
                $state,
            )+
        }

        impl $name {
            /// Every state, in life-cycle order.
            pub const ALL: &'static [Self] = &[$(Self::$state),+];
            pub(crate) const NAMES: &'static [&'static str] = &[$($token),+];

            /// The token, as it is written in mapping files and output.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$state => $token,)+
                }
            }

            pub(crate) const fn bit(self) -> u8 {
                1 << (self as u8)
            }

            /// `State::from`, in a form that a constant can compute.
            pub(crate) const fn state(self) -> crate::facet::State {
                crate::facet::State { facet: crate::facet::Facet::$name, index: self as u8 }
            }
        }

        fn unknown(text: &str) -> crate::facet::UnknownName {
            crate::facet::UnknownName {
                found: text.into(),
                vocabulary: crate::facet::Facet::$name.as_str(),
                expected: $name::NAMES,
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl From<$name> for crate::facet::State {
            fn from(state: $name) -> Self {
                state.state()
            }
        }
    };
}
use states;

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use strum::VariantArray;

    use super::*;

    #[test]
    fn facet_lists_hold_every_variant_once() {
        assert_eq!(Facet::ALL, Facet::VARIANTS);
        assert!(Facet::ALL.iter().all(|facet| facet.to_string().parse() == Ok(*facet)));
        let of_kind = |kind| Facet::ALL.into_iter().filter(move |facet| facet.kind() == kind);
        assert!(of_kind(Kind::Shared).eq(Facet::SHARED));
        assert!(of_kind(Kind::Shared).chain(of_kind(Kind::Local)).eq(Facet::STATE));
    }

    #[test]
    fn state_lists_hold_every_variant_once_and_names_round_trip() {
        macro_rules! check {
            ($($name:ident)+) => {$(
                assert_eq!($name::ALL, $name::VARIANTS);
                for state in $name::ALL {
                    assert_eq!(state.as_str().parse::<$name>().as_ref(), Ok(state));
                    assert_eq!(State::parse(Facet::$name, state.as_str()), Ok((*state).into()));
                    assert_eq!(State::from(*state).as_str(), state.as_str());
                }
            )+};
        }
        check!(Lifecycle Payment Refund Dispute Billing Fulfillment Delivery Returns Stage Hold Terms Goods);
    }

    #[test]
    fn an_unknown_state_lists_what_was_expected() {
        let error = State::parse(Facet::Refund, "all\u{1b}").unwrap_err();
        assert_eq!(
            error.to_string(),
            r"`all\u{1b}` is not a refund state: expected one of none, partial, full"
        );
    }
}
