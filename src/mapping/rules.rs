//! The rules of the mapping format, by name.
//!
//! Errors stop a file from being loaded. Warnings are found by [`lint`](super::lint) and can be
//! answered in the file with `allow = { rule-name = "reason" }`. All of them on one page, in words
//! for people who write mappings: [`_documentation::rules`](crate::_documentation::rules).
//!
//! Each rule is declared once, here; its explanation is `docs/rules/NAME.md`, always with the same
//! headings, so that it reads as a page of its own, at the terminal and in these documents.

use crate::rule::Rule;
use crate::rule::Severity::{Error, Warning};

macro_rules! rules {
    ($($konst:ident = $name:literal, $severity:ident, $summary:literal;)+) => {
        $(
            #[doc = concat!("`", $name, "`: ", $summary, ".\n\n")]
            #[doc = include_str!(concat!("../../docs/rules/", $name, ".md"))]
            pub static $konst: Rule = Rule::new(
                $name,
                $severity,
                $summary,
                include_str!(concat!("../../docs/rules/", $name, ".md")),
            );
        )+

        /// Every rule, sorted by name.
        ///
        /// ```
        /// use order_status::mapping::rules;
        ///
        /// assert!(rules::ALL.iter().any(|rule| rule.name() == "show-misread"));
        /// ```
        pub static ALL: &[&Rule] = &[$(&$konst),+];
    };
}

/// The rule with this name.
///
/// ```
/// use order_status::mapping::rules;
///
/// let rule = rules::named("too-wide").unwrap();
/// assert_eq!(rule.name(), rules::TOO_WIDE.name());
/// assert!(rules::named("too-narrow").is_none());
/// ```
pub fn named(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name() == name)
}

rules! {
    CLAIM_OUTSIDE_COVERS = "claim-outside-covers", Error, "a row states a facet that its field does not cover";
    CLOSED_SAYS_NOTHING_OF_GOODS = "closed-says-nothing-of-goods", Warning, "a closed stage leaves the fulfillment open";
    COLLIDING_CODES = "colliding-codes", Error, "two codes become one by the declared folding";
    DUPLICATE_CODE = "duplicate-code", Error, "a code stands in a field twice and no condition tells the two apart";
    DUPLICATE_NAME = "duplicate-name", Error, "two things of one kind have the same name";
    EMPTY_CLAIM = "empty-claim", Error, "no state is left in a claimed facet";
    FAILING_EXAMPLE = "failing-example", Error, "an example does not read as it says";
    HIDDEN_PATTERN = "hidden-pattern", Error, "an earlier pattern takes everything that this one fits";
    IMPOSSIBLE_CLAIM = "impossible-claim", Error, "every order that a row claims is impossible";
    INCOMPLETE_CONDITIONS = "incomplete-conditions", Error, "the conditions of a code leave a case without a row";
    INVALID_PATH = "invalid-path", Error, "a text is not a path into a payload";
    MISSING_KEY = "missing-key", Error, "a required key is not there";
    MISSING_SHOW = "missing-show", Warning, "a field has no way back and no reason why";
    MIXED_LEVELS = "mixed-levels", Error, "a field speaks of another level than its record";
    NEAR_DUPLICATE_CODE = "near-duplicate-code", Warning, "two codes differ only in letter case, spaces or punctuation";
    NEVER_SHOWN_CODE = "never-shown-code", Warning, "no state is shown as this code and `never` does not say why";
    NOTHING_SAID = "nothing-said", Warning, "every row of a field leaves every covered facet open";
    OVERLAPPING_CONDITIONS = "overlapping-conditions", Error, "two rows of a code apply to the same case";
    PADDED_CODE = "padded-code", Warning, "a code begins or ends with a blank";
    SHOW_MISREAD = "show-misread", Error, "a state is shown as a code that claims something else";
    STAGE_BELOW_ORDER = "stage-below-order", Error, "a field of a part of the order covers `stage`";
    SYNTAX = "syntax", Error, "the text is not TOML";
    TOO_LARGE = "too-large", Error, "the file is larger than 4 MiB";
    TOO_WIDE = "too-wide", Warning, "a row claims a state that no shown state and no example needs";
    UNANSWERED_STATE = "unanswered-state", Error, "the way back has no answer for a possible state";
    UNCOVERED_FACET = "uncovered-facet", Error, "a row does not state a facet that its field covers";
    UNKNOWN_FACET = "unknown-facet", Error, "a word is not a facet";
    UNKNOWN_KEY = "unknown-key", Error, "a key is not one of the format's";
    UNKNOWN_NAME = "unknown-name", Error, "a name is used and never defined";
    UNKNOWN_STATE = "unknown-state", Error, "a word is not a state of its facet";
    UNMARKED_RECORDS = "unmarked-records", Warning, "several records come by themselves and nothing tells which a payload is";
    UNREACHABLE_ROW = "unreachable-row", Warning, "a row can never apply, earlier ones take every case";
    UNSUPPORTED_SCHEMA = "unsupported-schema", Error, "the file was written for another version of the format";
    UNUSED_ALLOW = "unused-allow", Warning, "an allowed rule has nothing to object to";
    UNUSED_NAME = "unused-name", Warning, "a name is defined and never used";
    WRONG_TYPE = "wrong-type", Error, "a value is of another type than the key wants";
    WRONG_VALUE = "wrong-value", Error, "a value is not one that the key allows";
}
