//! Rows: every covered facet stated, nothing else, and nothing that cannot be.

use alloc::format;
use alloc::vec::Vec;

use super::names::known;
use super::place;
use crate::diagnostic::Diagnostic;
use crate::facet::Facet;
use crate::mapping::model::{Document, Field, Row};
use crate::mapping::read::reader::Place;
use crate::mapping::rules;
use crate::state::StateSet;
use crate::state::spanning::{RULES, SpanningRule};
use crate::text::Escaped;

pub(super) fn check(document: &Document, found: &mut Vec<Diagnostic>) {
    for field in &document.fields {
        for row in &field.rows {
            if field.ignored.is_some() || row.ignored.is_some() {
                ignored(field, row, found);
            } else {
                if row.sound && field.sound {
                    stated(field, row, found);
                }
                given(document, field, row, found);
                possible(field, row, row.claim, found);
            }
        }
        let absences = field.absences;
        for (what, claim) in [
            ("absent", absences.absent),
            ("null", absences.null),
            ("empty", absences.empty),
            ("none", absences.none),
        ] {
            let Some(claim) = claim else { continue };
            let uncovered = |facet: &Facet| field.sound && !field.covers.contains(facet);
            for facet in claim.known_facets().filter(uncovered) {
                let message = format!(
                    "`{what}` of `{}` claims `{facet}`, which the field does not cover",
                    field.name
                );
                found.push(
                    Diagnostic::new(
                        &rules::CLAIM_OUTSIDE_COVERS,
                        place(field.origin, field.origin.span),
                        message,
                    )
                    .help(format!("add \"{facet}\" to `covers`, or take it out of `{what}`")),
                );
            }
        }
    }
}

fn ignored(field: &Field, row: &Row, found: &mut Vec<Diagnostic>) {
    if let Some((facet, span)) = row.stated.first() {
        let message = format!(
            "`{}` of `{}` is ignored and claims `{facet}` all the same",
            Escaped(&row.code.name),
            field.name
        );
        found.push(
            Diagnostic::new(&rules::CLAIM_OUTSIDE_COVERS, place(row.origin, *span), message)
                .help("write either the reason or the claim"),
        );
    }
}

fn stated(field: &Field, row: &Row, found: &mut Vec<Diagnostic>) {
    let code = Escaped(&row.code.name);
    let at = place(row.origin, row.code.span);
    let missing: Vec<_> = field
        .covers
        .iter()
        .filter(|facet| !row.stated.iter().any(|(stated, _)| stated == *facet))
        .map(|facet| facet.as_str())
        .collect();
    if !missing.is_empty() {
        let message = format!("`{code}` of `{}` does not state {}", field.name, missing.join(", "));
        let help = format!(
            "add `{} = ...`; \"any\" says that every state is possible",
            missing.join(" = ..., ")
        );
        found.push(Diagnostic::new(&rules::UNCOVERED_FACET, at, message).help(help));
    }
    for (facet, span) in row.stated.iter().filter(|(facet, _)| !field.covers.contains(facet)) {
        let message = format!(
            "`{code}` of `{}` states `{facet}`, which the field does not cover",
            field.name
        );
        let help = format!(
            "add \"{facet}\" to `covers` and state it in every row, or take it out of this one"
        );
        let at = place(row.origin, *span);
        found.push(Diagnostic::new(&rules::CLAIM_OUTSIDE_COVERS, at, message).help(help));
    }
}

fn given(document: &Document, field: &Field, row: &Row, found: &mut Vec<Diagnostic>) {
    for (fact, claim) in &row.given {
        let at = place(row.origin, fact.span);
        let names = || document.facts.iter().map(|fact| &*fact.name);
        known("fact", &fact.name, at, Place::Key, names, found);
        for facet in claim.known_facets() {
            if !field.covers.contains(&facet) {
                if field.sound {
                    let message = format!(
                        "the fact `{}` claims `{facet}`, which `{}` does not cover",
                        fact.name, field.name
                    );
                    found.push(
                        Diagnostic::new(&rules::CLAIM_OUTSIDE_COVERS, at, message).help(format!(
                            "add \"{facet}\" to `covers` and state it in every row, or take it out of `given`"
                        )),
                    );
                }
            } else if (row.claim & *claim).of(facet).is_empty() {
                let message = format!(
                    "under `{}` no {facet} state is left: the row claims {}",
                    fact.name,
                    row.claim.of(facet)
                );
                found.push(
                    Diagnostic::new(&rules::EMPTY_CLAIM, at, message).help(
                        "let the row claim what is possible either way; a fact only narrows it",
                    ),
                );
            }
        }
    }
}

fn possible(field: &Field, row: &Row, claim: StateSet, found: &mut Vec<Diagnostic>) {
    if claim.tightened().is_empty() {
        let impossible = || RULES.iter().filter(|rule| rule.is_impossible());
        // One rule alone mostly excludes the claim; else those that exclude a part of what it states.
        let mut rules: Vec<_> =
            impossible().filter(|rule| claim.is_within(rule.combination())).collect();
        if rules.is_empty() {
            let stated = |rule: &&SpanningRule| {
                let mut facets = rule.combination().known_facets();
                facets.all(|facet| row.stated.iter().any(|(stated, _)| *stated == facet))
                    && !(rule.combination() & claim).is_empty()
            };
            rules = impossible().filter(stated).collect();
        }
        let rules: Vec<_> = rules.into_iter().map(SpanningRule::reason).collect();
        let message = format!(
            "no possible order is as `{}` of `{}` claims: {claim}",
            Escaped(&row.code.name),
            field.name
        );
        found.push(
            Diagnostic::new(&rules::IMPOSSIBLE_CLAIM, place(row.origin, row.origin.span), message)
                .help(format!("claim states that can be together: {}", rules.join("; "))),
        );
    }
    debug_assert!(
        Facet::ALL.iter().all(|facet| !claim.of(*facet).is_empty()),
        "the reader refuses empty claims"
    );
}
