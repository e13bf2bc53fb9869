//! Statuses: known, and possible together.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Input, elements, taken};
use crate::boundary::rules::{self, OrderRule};
use crate::boundary::ticket::{Release, Violation};
use crate::facet::Facet;
use crate::mapping::{Field, Mapping, RecordKind, Resolution};
use crate::reading::{Known, Native, Reading, SelfContradiction};
use crate::record::Record;
use crate::state::spanning;
use crate::text::Escaped;

pub(super) fn check(input: &Input<'_, '_>, found: &mut Vec<Violation>) {
    let is_unknown = |reading: &Reading<'_>| reading.unmapped().next().is_some();
    if is_unknown(input.reading) {
        undefined(input.mapping, input.kind, input.record, "", found);
    }
    for own in input.own.iter().filter(|own| is_unknown(own.reading)) {
        undefined(input.mapping, own.kind, own.record, "", found);
    }
    for contradiction in input.contradictions {
        found.push(contradictory(input, contradiction));
    }
    suspicious(input, found);
}

/// Goes through the payload once more, because only here the place of a value matters.
fn undefined(
    mapping: &Mapping,
    kind: &RecordKind,
    record: &dyn Record,
    place: &str,
    found: &mut Vec<Violation>,
) {
    let Some(number) = mapping.kind_number(kind.name()) else { return };
    let reading = mapping.read(kind, record, &Known::new());
    // Natives of nested records are found with those.
    let own = reading.natives.iter().filter(|native| native.record.name() == kind.name());
    for native in own.filter(|native| native.part.is_none()) {
        found.extend(undefined_value(mapping, native, record, place));
    }
    for inner in mapping.kinds_in(number) {
        let Some(link) = &inner.within else { continue };
        let list = taken(&link.at, record);
        for (at, element) in elements(&link.at, record).into_iter().flatten().enumerate() {
            undefined(mapping, inner, element, &format!("{place}{list}[{at}]."), found);
        }
    }
}

fn undefined_value(
    mapping: &Mapping,
    native: &Native<'_>,
    record: &dyn Record,
    place: &str,
) -> Option<Violation> {
    let field = native.field;
    let path = if field.join.is_empty() { &field.at } else { &field.join };
    let path = format!("{place}{}", taken(path, record));
    let channel = mapping.channel().id();
    match native.resolution {
        Resolution::Unmapped { nearest } => {
            let raw = native.raw.as_ref().map(ToString::to_string).unwrap_or_default();
            let message = format!("`{raw}` is no code of `{}` of {channel}", Escaped(field.name()));
            // Where merchants and plugins may add words, a new one is nothing to stop an order for.
            let rule: &'static OrderRule =
                if field.is_open() { &rules::UNLISTED_WORD } else { &rules::UNDEFINED_STATUS };
            let violation = Violation::new(rule, message).at(path);
            let nearest = nearest.or_else(|| look_alike(field, native));
            let field = format!("{channel}.{}", field.name());
            Some(Violation {
                raw: Some(raw),
                nearest: nearest.map(Into::into),
                ..violation.release(Release::Map { field })
            })
        }
        Resolution::Unreadable { found } => {
            let message =
                format!("`{}` of {channel} is {found}, which no status is", Escaped(field.name()));
            Some(Violation::new(&rules::UNDEFINED_STATUS, message).at(path).correct())
        }
        Resolution::Mapped(_) | Resolution::Missing(_) | Resolution::Ignored(_) => None,
    }
}

/// The code that is written with other letters which look the same.
#[cfg(feature = "lookalikes")]
fn look_alike<'m>(field: &'m Field, native: &Native<'_>) -> Option<&'m str> {
    use unicode_security::confusable_detection::skeleton;

    let raw = native.raw.as_ref()?.as_str();
    let codes = field.rows().iter().flat_map(|row| core::iter::once(row.code()).chain(row.also()));
    let lower_case = |text: &str| text.to_lowercase();
    let raw: String = skeleton(&lower_case(raw)).collect();
    codes.into_iter().find(|code| skeleton(&lower_case(code)).eq(raw.chars()))
}

#[cfg(not(feature = "lookalikes"))]
const fn look_alike<'m>(_: &'m Field, _: &Native<'_>) -> Option<&'m str> {
    None
}

fn contradictory(input: &Input<'_, '_>, contradiction: &SelfContradiction) -> Violation {
    let facets: Vec<&str> = contradiction.facets.iter().map(|facet| facet.as_str()).collect();
    let facets = facets.join(" and ");
    let said = said(input, &contradiction.facets);
    let violation = if contradiction.rules.is_empty() {
        let message = format!("{said} exclude each other in {facets}");
        Violation::new(&rules::CONTRADICTORY_STATUSES, message)
    } else {
        let rules = contradiction.rules.join(", ");
        let message = format!("{said} make an order that cannot be: {rules}");
        Violation::new(&rules::IMPOSSIBLE_STATE, message)
    };
    violation.correct()
}

/// The values that speak of some facets: `financial` "paid" and `refunded` "10".
fn said(input: &Input<'_, '_>, facets: &[Facet]) -> String {
    let readings = core::iter::once(input.reading).chain(input.own.iter().map(|own| own.reading));
    let speaks = |native: &&Native<'_>| facets.iter().any(|facet| native.says(*facet));
    let natives = readings.flat_map(|reading| &reading.natives).filter(speaks);
    let told = natives.map(|native| {
        let raw = native.raw.as_ref().map_or_else(|| "null".into(), |raw| format!("\"{raw}\""));
        format!("`{}` {raw}", Escaped(native.field.name()))
    });
    told.collect::<Vec<_>>().join(" and ")
}

fn suspicious(input: &Input<'_, '_>, found: &mut Vec<Violation>) {
    let fits = spanning::RULES
        .iter()
        .filter(|rule| !rule.is_impossible() && input.claim.is_within(rule.combination()));
    for rule in fits {
        let message = format!("{}: {}", rule.id(), rule.reason());
        found.push(Violation::new(&rules::SUSPICIOUS_STATE, message).correct());
    }
}
