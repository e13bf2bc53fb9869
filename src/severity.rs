//! How much something costs while nobody acts on it.

use core::fmt;

/// How much a finding costs while nobody acts on it.
///
/// ```
/// use order_status::pattern::Severity;
///
/// assert!(Severity::Critical < Severity::Low, "sorted, the worst comes first");
/// assert_eq!(Severity::High.to_string(), "high");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[expect(clippy::exhaustive_enums, reason = "whoever works findings off must answer each")]
pub enum Severity {
    /// Money or goods are being lost now.
    Critical,
    /// They will be, or a buyer notices, within a day.
    High,
    /// Somebody has to repair it, no hurry.
    Medium,
    /// Worth knowing.
    Low,
}

impl Severity {
    /// Every severity, the worst first.
    pub const ALL: &'static [Self] = &[Self::Critical, Self::High, Self::Medium, Self::Low];

    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
