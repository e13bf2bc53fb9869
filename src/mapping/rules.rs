//! The rules of the mapping format, by name.
//!
//! Errors stop a file from being loaded. Warnings are found by [`lint`](super::lint) and can be
//! answered in the file with `allow = { rule-name = "reason" }`.

use crate::rule::Rule;
use crate::rule::Severity::{Error, Warning};

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $konst:ident = $name:literal, $severity:ident, $summary:literal;)+) => {
        $(
            $(#[doc = $doc])+
            pub static $konst: Rule = Rule::new($name, $severity, $summary, concat!($($doc, "\n"),+));
        )+

        /// Every rule, sorted by name.
        pub static ALL: &[&Rule] = &[$(&$konst),+];
    };
}

rules! {
    /// placeholder
    CLAIM_OUTSIDE_COVERS = "claim-outside-covers", Error, "a row states a facet that its field does not cover";
    /// placeholder
    CLOSED_SAYS_NOTHING_OF_GOODS = "closed-says-nothing-of-goods", Warning, "a closed stage leaves the fulfillment open";
    /// placeholder
    COLLIDING_CODES = "colliding-codes", Error, "two codes become one by the declared folding";
    /// placeholder
    DUPLICATE_CODE = "duplicate-code", Error, "a code stands in two rows without conditions";
    /// placeholder
    DUPLICATE_NAME = "duplicate-name", Error, "two things of one kind have the same name";
    /// placeholder
    EMPTY_CLAIM = "empty-claim", Error, "no state is left in a claimed facet";
    /// placeholder
    FAILING_EXAMPLE = "failing-example", Error, "an example does not read as it says";
    /// placeholder
    HIDDEN_PATTERN = "hidden-pattern", Error, "an earlier pattern takes everything that this one fits";
    /// placeholder
    IMPOSSIBLE_CLAIM = "impossible-claim", Error, "every order that a row claims is impossible";
    /// placeholder
    INCOMPLETE_CONDITIONS = "incomplete-conditions", Error, "the conditions of a code leave a case without a row";
    /// placeholder
    INVALID_PATH = "invalid-path", Error, "a text is not a path into a payload";
    /// placeholder
    MISSING_KEY = "missing-key", Error, "a required key is not there";
    /// placeholder
    MISSING_SHOW = "missing-show", Warning, "a field has no way back and no reason why";
    /// placeholder
    MIXED_LEVELS = "mixed-levels", Error, "a field speaks of another level than its record";
    /// placeholder
    NEAR_DUPLICATE_CODE = "near-duplicate-code", Warning, "two codes differ only in letter case, spaces or punctuation";
    /// placeholder
    NEVER_SHOWN_CODE = "never-shown-code", Warning, "no state is shown as this code and `never` does not say why";
    /// placeholder
    NOTHING_SAID = "nothing-said", Warning, "every row of a field leaves every covered facet open";
    /// placeholder
    OVERLAPPING_CONDITIONS = "overlapping-conditions", Error, "two rows of a code apply to the same case";
    /// placeholder
    SHOW_MISREAD = "show-misread", Error, "a state is shown as a code that claims something else";
    /// placeholder
    STAGE_BELOW_ORDER = "stage-below-order", Error, "a part of an order has no stage of its own";
    /// placeholder
    SYNTAX = "syntax", Error, "the text is not TOML";
    /// placeholder
    TOO_LARGE = "too-large", Error, "the file is larger than the stated limit";
    /// placeholder
    TOO_WIDE = "too-wide", Warning, "a row claims a state that no shown state and no example needs";
    /// placeholder
    UNANSWERED_STATE = "unanswered-state", Error, "the way back has no answer for a possible state";
    /// placeholder
    UNCOVERED_FACET = "uncovered-facet", Error, "a row does not state a facet that its field covers";
    /// placeholder
    UNKNOWN_FACET = "unknown-facet", Error, "a word is not a facet";
    /// placeholder
    UNKNOWN_KEY = "unknown-key", Error, "a key is not one of the format's";
    /// placeholder
    UNKNOWN_NAME = "unknown-name", Error, "a name is used and never defined";
    /// placeholder
    UNKNOWN_STATE = "unknown-state", Error, "a word is not a state of its facet";
    /// placeholder
    UNREACHABLE_ROW = "unreachable-row", Warning, "a row can never apply, earlier ones take every case";
    /// placeholder
    UNSUPPORTED_SCHEMA = "unsupported-schema", Error, "the file was written for another version of the format";
    /// placeholder
    UNUSED_ALLOW = "unused-allow", Warning, "an allowed rule has nothing to object to";
    /// placeholder
    UNUSED_NAME = "unused-name", Warning, "a name is defined and never used";
    /// placeholder
    WRONG_TYPE = "wrong-type", Error, "a value is of another type than the key wants";
    /// placeholder
    WRONG_VALUE = "wrong-value", Error, "a value is not one that the key allows";
}
