//! How two views of one order relate.

/// How two views of one order relate.
///
/// ```
/// use order_status::compare::Relation;
///
/// assert_eq!(Relation::Deviation.as_str(), "deviation");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[expect(clippy::exhaustive_enums, reason = "two views relate in one of these ways")]
pub enum Relation {
    /// Both cannot be right: no state of a shared facet is left.
    Contradiction,
    /// One does not stand where the others say that it should.
    Deviation,
    /// One has no record, and that is confirmed.
    Presence,
    /// Both may be right.
    Agreement,
}

impl Relation {
    pub(crate) const NAMES: &'static [&'static str] =
        &["contradiction", "deviation", "presence", "agreement"];

    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Contradiction => "contradiction",
            Self::Deviation => "deviation",
            Self::Presence => "presence",
            Self::Agreement => "agreement",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Contradiction, Self::Deviation, Self::Presence, Self::Agreement]
            .into_iter()
            .find(|relation| relation.as_str() == word)
    }
}
