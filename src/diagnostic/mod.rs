//! What a checker found, as data: rule, place, message and, where possible, a fix.

#[cfg(feature = "render")]
mod render;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

#[cfg(feature = "render")]
pub use self::render::render;
use crate::rule::Rule;
pub use crate::rule::Severity;
use crate::text::{Lines, Position, Span};

/// A place with something to say about it.
///
/// ```
/// use order_status::diagnostic::Source;
/// use order_status::mapping::Mapping;
///
/// let file = Source::new("mine.toml", "schema = 1\nid = 7");
/// let report = Mapping::load(file).unwrap_err();
/// let label = report.iter().find_map(|found| found.primary.as_ref()).unwrap();
/// assert_eq!(label.span.slice(file.text), Some("7"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is there; may be empty.
    pub text: String,
}

/// A change of the text that would answer the finding.
///
/// ```
/// use order_status::diagnostic::Source;
/// use order_status::mapping::Mapping;
///
/// let file = Source::new("mine.toml", "schema = 1\nid = \"mine\"\nrol = \"erp\"");
/// let report = Mapping::load(file).unwrap_err();
/// let fix = report.iter().find_map(|found| found.fix.as_ref()).unwrap();
/// assert_eq!(fix.span.slice(file.text), Some("rol"));
/// assert_eq!(fix.replacement, "role");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Fix {
    /// What to replace; an empty place means to insert.
    pub span: Span,
    /// With what.
    pub replacement: String,
}

/// One finding.
///
/// ```
/// use order_status::diagnostic::Source;
/// use order_status::mapping::Mapping;
///
/// let report = Mapping::load(Source::new("mine.toml", "schema = 1\nid = 7")).unwrap_err();
/// for (at, found) in report.positioned() {
///     println!("{}:{} {}: {}", at.line, at.column, found.rule, found.message);
/// }
/// let found = report.iter().find(|found| found.rule.name() == "wrong-type").unwrap();
/// assert_eq!(found.start(), 16);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule that objects.
    pub rule: &'static Rule,
    /// The place, or nothing where the finding is about the whole file.
    pub primary: Option<Label>,
    /// Other places that belong to it.
    pub others: Vec<Label>,
    /// What was found, in one line.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// A change that would do it.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    pub(crate) fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        let primary = (span != Span::default()).then(|| Label { span, text: String::new() });
        Self { rule, primary, others: Vec::new(), message: message.into(), help: None, fix: None }
    }

    pub(crate) fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(primary) = &mut self.primary {
            primary.text = text.into();
        }
        self
    }

    pub(crate) fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.others.push(Label { span, text: text.into() });
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, replacement: replacement.into() });
        self
    }

    /// The first byte that it is about.
    pub fn start(&self) -> usize {
        self.primary.as_ref().map_or(0, |label| label.span.start())
    }
}

/// A text that was checked, with the name under which people know it.
///
/// ```
/// use order_status::diagnostic::Source;
///
/// // Reading the file is the caller's; its name is for messages.
/// let text = String::from("schema = 1\nid = \"my_shop\"");
/// let file = Source::new("my_shop.toml", &text);
/// assert_eq!(file.name, "my_shop.toml");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a text and its name")]
pub struct Source<'a> {
    /// A file name, for messages only: nothing is ever opened.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
}

impl<'a> Source<'a> {
    /// A text with its name.
    pub const fn new(name: &'a str, text: &'a str) -> Self {
        Self { name, text }
    }
}

/// Everything that was found in one source, sorted by place.
///
/// ```
/// use order_status::diagnostic::Source;
/// use order_status::mapping::Mapping;
///
/// let report = Mapping::load(Source::new("mine.toml", "schema = 1\nid = 7")).unwrap_err();
/// assert!(report.to_string().contains("mine.toml:2:6: error[wrong-type]"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Report {
    source_name: Box<str>,
    entries: Vec<(Position, Diagnostic)>,
}

impl Report {
    pub(crate) fn new(source: Source<'_>, mut diagnostics: Vec<Diagnostic>) -> Self {
        diagnostics.sort_by(|a, b| {
            (a.start(), a.rule.name(), &a.message).cmp(&(b.start(), b.rule.name(), &b.message))
        });
        diagnostics.dedup();
        let entries = if diagnostics.is_empty() {
            Vec::new()
        } else {
            let lines = Lines::new(source.text);
            diagnostics.into_iter().map(|found| (lines.position(found.start()), found)).collect()
        };
        Self { source_name: source.name.into(), entries }
    }

    /// The name of the source.
    pub fn source_name(&self) -> &str {
        &self.source_name
    }

    /// Was nothing found?
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Is there an error, or are all findings warnings?
    pub fn has_errors(&self) -> bool {
        self.iter().any(|found| found.rule.severity() == Severity::Error)
    }

    /// The findings, by place.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Diagnostic> {
        self.entries.iter().map(|(_, found)| found)
    }

    /// The findings with their lines and columns.
    pub fn positioned(&self) -> impl ExactSizeIterator<Item = (Position, &Diagnostic)> {
        self.entries.iter().map(|(position, found)| (*position, found))
    }
}

impl fmt::Display for Report {
    /// One line per finding: `file:line:column: severity[rule]: message`, with the help behind it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, found) in &self.entries {
            let (severity, rule) = (found.rule.severity(), found.rule);
            write!(
                f,
                "{}:{}:{}: {severity}[{rule}]: {}",
                self.source_name, at.line, at.column, found.message
            )?;
            if let Some(help) = &found.help {
                write!(f, "; {help}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

impl core::error::Error for Report {}
