//! Named rules: what a checker can object to, and why.

use core::fmt;

/// A rule with a name that people can look up, allow and talk about.
///
/// ```
/// use order_status::mapping::rules;
///
/// assert_eq!(rules::DUPLICATE_CODE.name(), "duplicate-code");
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    name: &'static str,
    severity: Severity,
    summary: &'static str,
    explanation: &'static str,
}

impl Rule {
    pub(crate) const fn new(
        name: &'static str,
        severity: Severity,
        summary: &'static str,
        explanation: &'static str,
    ) -> Self {
        Self { name, severity, summary, explanation }
    }

    /// The name, kebab-case; it reads correctly after "allow".
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// How much a finding of this rule matters.
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// What the rule objects to, in one sentence.
    pub const fn summary(&self) -> &'static str {
        self.summary
    }

    /// Why it matters and what to write instead, Markdown.
    pub const fn explanation(&self) -> &'static str {
        self.explanation
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rule({})", self.name)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used and something in it is probably not what its author meant.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
