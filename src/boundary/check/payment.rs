//! Payment: something shows that the money is there or promised, and somebody who knows confirms it.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

use super::{Input, elements, is_shop, text};
use crate::boundary::rules;
use crate::boundary::ticket::{Release, Violation};
use crate::facet::{Facet, Payment};
use crate::mapping::Truth;
use crate::mapping::boundary::Evidence;
use crate::reading::Reading;
use crate::record::Record;
use crate::state::FacetSet;

pub(super) fn check(input: &Input<'_, '_>, found: &mut Vec<Violation>) {
    if !is_shop(input) || input.order.verified || input.gateways.iter().any(confirms) {
        return;
    }
    let boundary = input.mapping.boundary();
    let declared = boundary.map(|boundary| boundary.payments.as_slice()).unwrap_or_default();
    let mut tokens = declared.iter().filter(|evidence| has_token(input, evidence));
    let channel = input.mapping.channel().id();
    match tokens.next() {
        None => {
            let message = "nothing shows that the money is there or promised";
            let violation = Violation::new(&rules::MISSING_PAYMENT_TOKEN, message);
            found.push(missing(input, declared, violation).release(Release::ConfirmPayment));
        }
        Some(first) => {
            if first.vouched.is_some() || tokens.any(|evidence| evidence.vouched.is_some()) {
                return;
            }
            let message = format!(
                "`{}` of {channel} names a payment that nobody confirms",
                first.record.name
            );
            let violation = Violation::new(&rules::UNAUTHENTICATED_PAYMENT_TOKEN, message);
            found.push(violation.release(Release::ConfirmPayment));
        }
    }
}

/// What is to be fetched, where something was not.
fn missing(input: &Input<'_, '_>, declared: &[Evidence], violation: Violation) -> Violation {
    let channel = input.mapping.channel().id();
    if declared.is_empty() {
        return violation.release(Release::Declare { key: "payment".into() });
    }
    let to_fetch = declared.iter().filter(|evidence| records(input, evidence).is_none());
    // One record may hold several tokens; it is fetched once.
    let mut fetched: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for evidence in to_fetch {
        let how = fetched.entry(&evidence.record.name).or_default();
        *how = how.or(evidence.fetch.as_deref());
    }
    fetched.into_iter().fold(violation, |violation, (name, how)| {
        let record = format!("{channel}.{name}");
        violation.release(Release::Fetch { record, how: how.map(Into::into) })
    })
}

/// Does a gateway say that it has the money, or the promise of it?
fn confirms(reading: &Reading<'_>) -> bool {
    let there = [Payment::Authorized, Payment::PartiallyPaid, Payment::Paid, Payment::Overpaid];
    let there = there.into_iter().fold(FacetSet::none(Facet::Payment), FacetSet::with);
    let said = reading.claim.states.of(Facet::Payment);
    said.iter().all(|state| there.contains(state))
}

/// Is there a record that counts and has a token?
fn has_token(input: &Input<'_, '_>, evidence: &Evidence) -> bool {
    let circumstances = input.claim;
    let counts = |record: &&dyn Record| match &evidence.condition {
        Some(condition) => input.mapping.meets(condition, *record, circumstances) == Truth::Yes,
        None => true,
    };
    let records = records(input, evidence).unwrap_or_default();
    records
        .iter()
        .filter(|record| counts(record))
        .any(|record| text(&evidence.token, *record).is_some())
}

/// The records of a kind that came with the order or beside it; nothing where none was asked for.
fn records<'a>(input: &Input<'a, '_>, evidence: &Evidence) -> Option<Vec<&'a dyn Record>> {
    let name = &*evidence.record.name;
    if name == input.kind.name() {
        return Some(Vec::from([input.record]));
    }
    let kind = input.mapping.record(name)?;
    let link = kind.within.as_ref().filter(|link| *link.record.name == *input.kind.name());
    let nested = link.and_then(|link| elements(&link.at, input.record));
    let beside = input.own.iter().filter(|own| own.kind.name() == name).map(|own| own.record);
    let beside: Vec<_> = beside.collect();
    match (nested, beside.is_empty()) {
        (None, true) if !input.order.known.is_complete(name) => None,
        (nested, _) => Some(nested.into_iter().flatten().chain(beside).collect()),
    }
}
