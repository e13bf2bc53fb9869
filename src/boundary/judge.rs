//! What follows from a violation: settings of the mapping file, circumstances, the rule's own word.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::rules::Then;
use super::ticket::{Excused, Release, Violation};
use crate::facet::Facet;
use crate::mapping::{Mapping, Truth};
use crate::record::Record;
use crate::state::StateSet;

/// Violations, by what follows from them.
#[derive(Default)]
pub(super) struct Judged {
    pub(super) violations: Vec<Violation>,
    pub(super) notes: Vec<Violation>,
    pub(super) excused: Vec<Excused>,
}

/// Judges what was found in an order. `claim` is what is known of it, `record` its payload.
pub(super) fn judge(
    mapping: &Mapping,
    record: &dyn Record,
    claim: StateSet,
    found: Vec<Violation>,
) -> Judged {
    let mut judged = Judged::default();
    for violation in found {
        let (then, why) = decide(mapping, record, claim, &violation);
        match then {
            Then::Quarantine => judged.violations.push(settled_by(violation, claim)),
            Then::Note => judged.notes.push(violation),
            Then::Off => judged.excused.push(Excused { violation, why }),
        }
    }
    judged.violations.sort_by_key(|found| found.rule.severity());
    judged
}

/// A setting that asks for something and gets it goes before the circumstances, which go before a
/// setting for all orders.
fn decide(
    mapping: &Mapping,
    record: &dyn Record,
    claim: StateSet,
    violation: &Violation,
) -> (Then, String) {
    let rule = violation.rule;
    let circumstances = claim.only(&[Facet::Terms, Facet::Goods]);
    // Where they exclude each other nothing is known of them.
    let circumstances = circumstances.forget(circumstances.empty_facets());
    let settings = mapping.boundary().into_iter().flat_map(|boundary| &boundary.settings);
    let mut for_all = None;
    for setting in settings.filter(|setting| setting.rule.name() == rule.name()) {
        let meets = |condition| mapping.meets(condition, record, circumstances);
        if setting.conditions.only.as_ref().is_some_and(|only| meets(only) == Truth::No) {
            return (Then::Off, setting.why.to_string());
        }
        match (setting.then, &setting.conditions.when) {
            (Some(then), Some(when)) if meets(when) == Truth::Yes => {
                return (then, setting.why.to_string());
            }
            (Some(then), None) => for_all = for_all.or(Some((then, &setting.why))),
            (Some(_), Some(_)) | (None, _) => {}
        }
    }
    let excusing = rule.excused();
    if !excusing.is_empty() && circumstances.is_within(excusing) {
        let known: Vec<Facet> = circumstance_of(excusing).collect();
        return (Then::Off, circumstances.only(&known).to_string());
    }
    match for_all {
        Some((then, why)) => (then, why.to_string()),
        None => (rule.then(), String::new()),
    }
}

fn circumstance_of(excusing: StateSet) -> impl Iterator<Item = Facet> {
    [Facet::Terms, Facet::Goods].into_iter().filter(move |facet| !excusing.of(*facet).is_any())
}

/// A circumstance that may excuse the order and is not known would settle it.
fn settled_by(violation: Violation, claim: StateSet) -> Violation {
    let excusing = violation.rule.excused();
    if excusing.is_empty() {
        return violation;
    }
    circumstance_of(excusing).fold(violation, |violation, facet| {
        let states: Vec<String> =
            (claim & excusing).of(facet).iter().map(|state| state.as_str().into()).collect();
        if states.is_empty() {
            return violation;
        }
        violation.release(Release::Know { circumstance: facet.to_string(), states })
    })
}
