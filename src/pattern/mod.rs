//! The names that operators have for disagreements: ghost fulfillment, orphaned payment.
//!
//! Patterns are data, ordered from the most specific to the least: the first that fits names a
//! finding. [`Patterns::builtin`] is the list that ships with the crate; a merchant may load one
//! of their own.

mod read;
mod relation;

use alloc::boxed::Box;
use alloc::vec::Vec;

pub use self::relation::Relation;
use crate::diagnostic::{Report, Source};
use crate::facet::Facet;
use crate::machine::Direction;
use crate::mapping::{Level, Role};
pub use crate::severity::Severity;
use crate::state::StateSet;

/// Does a finding hold whatever the facts about the merchant?
///
/// ```
/// use order_status::pattern::Strength;
///
/// assert_eq!(Strength::Suspected.as_str(), "suspected");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[expect(clippy::exhaustive_enums, reason = "a finding rests on facts or does not")]
pub enum Strength {
    /// Yes.
    Certain,
    /// Only under a fact that a mapping takes to hold.
    Suspected,
}

impl Strength {
    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Suspected => "suspected",
        }
    }
}

/// What one side of a pattern asks of a view.
///
/// ```
/// use order_status::mapping::Role;
/// use order_status::pattern::Patterns;
///
/// let patterns = Patterns::builtin();
/// let ghost = patterns.named("ghost-fulfillment").unwrap();
/// let (one, other) = ghost.sides().unwrap();
/// println!("{:?} {} against {:?} {}", one.roles(), one.claim(), other.roles(), other.claim());
/// assert!(one.roles().is_empty() || !one.roles().contains(&Role::Carrier));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Empty where every role will do.
    pub(crate) roles: Vec<Role>,
    pub(crate) claim: StateSet,
    /// A view whose claim lies in this box does not fit.
    pub(crate) unless: Option<StateSet>,
    /// Judged by what the records claim of themselves, as if nothing lay beside them.
    pub(crate) own: bool,
    /// The level of which it must be confirmed that the system has no record.
    pub(crate) absent: Option<Level>,
    /// Confirmed for every system with one of the roles.
    pub(crate) everywhere: bool,
    /// A record must name a number that the order has in the other system.
    pub(crate) refers: bool,
}

impl Side {
    /// The roles; none where every role will do.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// The box in which the view's claim must lie.
    pub const fn claim(&self) -> StateSet {
        self.claim
    }

    /// The box in which the view's claim must not lie.
    ///
    /// `unless` is weaker than leaving states out of [`claim`](Self::claim): a system that knows
    /// nothing of the facet fits.
    pub const fn unless(&self) -> Option<StateSet> {
        self.unless
    }

    /// Does what the view's records claim of themselves count, and not what they say of the whole
    /// order?
    pub const fn is_own(&self) -> bool {
        self.own
    }

    /// The level of which it must be confirmed that the system has no record.
    pub const fn absent(&self) -> Option<Level> {
        self.absent
    }

    /// Does every view of a record fit?
    fn takes_all(&self) -> bool {
        self.roles.is_empty()
            && self.claim == StateSet::ANY
            && self.unless.is_none()
            && self.absent.is_none()
            && !self.refers
    }

    /// Does every view that fits this side fit the other as well?
    fn is_within(&self, outer: &Self) -> bool {
        let roles = outer.roles.is_empty()
            || (!self.roles.is_empty() && self.roles.iter().all(|role| outer.roles.contains(role)));
        roles
            && self.claim.is_within(outer.claim)
            && (outer.absent.is_none() || outer.absent == self.absent)
            && (self.absent == Some(Level::Order)) == (outer.absent == Some(Level::Order))
            && (!outer.everywhere || self.everywhere)
            && (!outer.refers || self.refers)
            && (outer.unless.is_none() || outer.unless == self.unless)
            && outer.own == self.own
    }
}

/// What a pattern is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Two views of one order.
    Pair { one: Side, other: Side },
    /// One view that contradicts itself.
    SelfContradiction,
    /// One view with two records where there may be one.
    Duplicate,
}

/// A named disagreement.
///
/// ```
/// use order_status::pattern::Patterns;
///
/// let patterns = Patterns::builtin();
/// let ghost = patterns.named("ghost-fulfillment").unwrap();
/// println!("{}: {}", ghost.name(), ghost.summary());
/// println!("{} First: {}", ghost.impact(), ghost.first_step());
/// assert!(ghost.sides().is_some());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    pub(crate) name: Box<str>,
    pub(crate) severity: Severity,
    pub(crate) summary: Box<str>,
    pub(crate) impact: Box<str>,
    pub(crate) first_step: Box<str>,
    pub(crate) subject: Subject,
    /// Between which views it can be; empty where every relation will do.
    pub(crate) relations: Vec<Relation>,
    /// At least one of these must be among the facets that disagree; empty where any will do.
    pub(crate) facets: Vec<Facet>,
    /// How the deviating side stands; nothing where it does not matter.
    pub(crate) direction: Option<Direction>,
}

impl Pattern {
    /// The name, kebab-case.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How much it costs.
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// What it is, in one sentence.
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// What it does to the business.
    pub fn impact(&self) -> &str {
        &self.impact
    }

    /// What to do first.
    pub fn first_step(&self) -> &str {
        &self.first_step
    }

    /// The two sides, where it is about two views.
    pub const fn sides(&self) -> Option<(&Side, &Side)> {
        match &self.subject {
            Subject::Pair { one, other } => Some((one, other)),
            Subject::SelfContradiction | Subject::Duplicate => None,
        }
    }

    /// Is it about an absence that must be confirmed for every system of a role?
    pub(crate) fn is_about_every_system(&self) -> bool {
        self.sides().is_some_and(|(one, other)| one.everywhere || other.everywhere)
    }

    /// Does it take whatever two views disagree about, so that it names what no other pattern does?
    pub(crate) fn is_last_resort(&self) -> bool {
        self.sides().is_some_and(|(one, other)| one.takes_all() && other.takes_all())
    }

    /// Is it never reached, because an earlier one takes every pair that it fits?
    fn is_hidden_by(&self, earlier: &Self) -> bool {
        let (Subject::Pair { one, other }, Subject::Pair { one: one_before, other: other_before }) =
            (&self.subject, &earlier.subject)
        else {
            return self.subject == earlier.subject;
        };
        let relations = earlier.relations.is_empty()
            || (!self.relations.is_empty()
                && self.relations.iter().all(|relation| earlier.relations.contains(relation)));
        let facets = earlier.facets.is_empty()
            || (!self.facets.is_empty()
                && self.facets.iter().all(|facet| earlier.facets.contains(facet)));
        let direction = earlier.direction.is_none() || earlier.direction == self.direction;
        let straight = one.is_within(one_before) && other.is_within(other_before);
        let crossed = one.is_within(other_before) && other.is_within(one_before);
        relations && facets && direction && (straight || crossed)
    }
}

/// An ordered list of patterns.
///
/// ```
/// use order_status::pattern::{Patterns, Severity};
///
/// let patterns = Patterns::builtin();
/// let ghost = patterns.named("ghost-fulfillment").unwrap();
/// assert_eq!(ghost.severity(), Severity::Critical);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patterns {
    patterns: Vec<Pattern>,
}

/// The shipped list, as text.
///
/// ```
/// use order_status::pattern::{BUILTIN, Patterns};
///
/// assert_eq!(Patterns::load(BUILTIN).unwrap(), Patterns::builtin());
/// ```
pub const BUILTIN: Source<'static> =
    Source::new("src/pattern/patterns.toml", include_str!("patterns.toml"));

impl Patterns {
    /// Reads and checks a list of patterns.
    ///
    /// # Errors
    ///
    /// When the text has a mistake; the report holds all of them, each with its place. A pattern
    /// that an earlier one hides is a mistake, and so is a list that leaves a facet without a
    /// last pattern that takes what no other names.
    ///
    /// ```
    /// use order_status::diagnostic::Source;
    /// use order_status::pattern::{BUILTIN, Patterns, Severity};
    ///
    /// // A merchant's own list: the shipped one, where nothing is worth less than "high".
    /// let text = BUILTIN.text.replace("\"medium\"", "\"high\"").replace("\"low\"", "\"high\"");
    /// let patterns = Patterns::load(Source::new("mine.toml", &text)).unwrap();
    /// assert!(patterns.iter().all(|pattern| pattern.severity() <= Severity::High));
    ///
    /// let report = Patterns::load(Source::new("mine.toml", "schema = 1")).unwrap_err();
    /// assert!(report.has_errors());
    /// ```
    pub fn load(source: Source<'_>) -> Result<Self, Report> {
        read::read(source).map(|patterns| Self { patterns })
    }

    /// The list that ships with the crate.
    ///
    /// It is tested to load; should it not, the list is empty and every finding is without a name.
    pub fn builtin() -> Self {
        Self::load(BUILTIN).unwrap_or(Self { patterns: Vec::new() })
    }

    /// The patterns, the most specific first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Pattern> {
        self.patterns.iter()
    }

    /// The pattern with this name.
    pub fn named(&self, name: &str) -> Option<&Pattern> {
        self.iter().find(|pattern| &*pattern.name == name)
    }

    pub(crate) fn about(&self, subject: &Subject) -> Option<&Pattern> {
        self.iter().find(|pattern| pattern.subject == *subject)
    }
}
