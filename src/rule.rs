//! Named rules: what a checker can object to, and why.

use core::fmt;

/// A rule with a name that people can look up, allow and talk about.
///
/// ```
/// use order_status::diagnostic::Source;
/// use order_status::mapping::Mapping;
///
/// let report = Mapping::load(Source::new("mine.toml", "schema = 2")).unwrap_err();
/// let rule = report.iter().next().unwrap().rule;
/// assert_eq!(rule.name(), "unsupported-schema");
/// assert_eq!(rule.summary(), "the file was written for another version of the format");
/// assert!(rule.explanation().starts_with("## What it checks\n"));
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

    /// The rule explained to whoever writes a mapping file, as Markdown.
    ///
    /// The headings are always *What it checks*, *Why it matters*, *Example* (a file, or the part
    /// of one that matters, to which the rule objects), *Instead* (the same, mended) and, for some
    /// rules, *Exceptions*. There is no title, and the headings are of the second level.
    ///
    /// ```
    /// use order_status::mapping::rules;
    ///
    /// let explanation = rules::UNKNOWN_STATE.explanation();
    /// let (_, example) = explanation.split_once("\n## Example\n").unwrap();
    /// assert!(example.contains("payment = \"authorised\""));
    /// ```
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
///
/// ```
/// use order_status::diagnostic::Severity;
/// use order_status::mapping::rules;
///
/// assert_eq!(rules::UNKNOWN_STATE.severity(), Severity::Error);
/// assert_eq!(rules::TOO_WIDE.severity().to_string(), "warning");
/// ```
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
