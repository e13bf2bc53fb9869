//! What each channel's words mean, both ways, as one page per channel to be read in review.
//!
//! A row that changes its meaning shows as a changed line; the line says the claim as it is resolved:
//! named sets and ranges spelled out, facets that are left open as `any`.

use std::fmt::Write as _;

use order_status::facet::Facet;
use order_status::mapping::{Absence, By, Field, Mapping, Row, Show, Shown};
use order_status::state::StateSet;

use crate::channels::{ids, load};

fn claim(states: StateSet, covers: &[Facet]) -> String {
    let parts = covers.iter().map(|facet| {
        let set = states.of(*facet);
        if set.is_any() { format!("{facet}=any") } else { format!("{facet}={set}") }
    });
    parts.collect::<Vec<_>>().join(" ")
}

fn row_line(row: &Row, covers: &[Facet]) -> String {
    let mut line = format!("{:?}", row.code());
    if row.also().len() > 0 {
        write!(
            line,
            " also {}",
            row.also().map(|also| format!("{also:?}")).collect::<Vec<_>>().join(", ")
        )
        .unwrap();
    }
    if let Some(condition) = row.condition() {
        write!(line, " when {condition}").unwrap();
    }
    match row.ignored() {
        Some(reason) => write!(line, " -> ignored: {reason}").unwrap(),
        None => write!(line, " -> {}", claim(row.claim(), covers)).unwrap(),
    }
    for (fact, narrower) in row.given() {
        write!(line, "; given {fact}: {narrower}").unwrap();
    }
    line
}

fn answer(shown: &Shown) -> String {
    match shown {
        Shown::Code(code) => format!("{code:?}"),
        Shown::Null => "null".into(),
        Shown::Empty => "the empty text".into(),
        Shown::Set => "a time".into(),
        Shown::Nothing(reason) => format!("nothing: {reason}"),
    }
}

fn by(by: &By) -> String {
    match by {
        By::Call { call } => format!(" by call {call}"),
        By::Document { document, call } => format!(" by {document}, call {call}"),
        By::Person { person } => format!(" by a person: {person}"),
    }
}

fn show_lines(page: &mut String, show: &Show) {
    if let Some(reason) = show.none() {
        writeln!(page, "    shown: never, {reason}").unwrap();
        return;
    }
    for row in show.rows() {
        let when = if row.when() == StateSet::ANY { "else".into() } else { row.when().to_string() };
        let by = row.by().map(by).unwrap_or_default();
        writeln!(page, "    {when} => {}{by}", answer(row.shown())).unwrap();
    }
    for (code, why) in show.never() {
        writeln!(page, "    never {code:?}: {why}").unwrap();
    }
}

fn field_lines(page: &mut String, mapping: &Mapping, field: &Field) {
    let record = mapping.record_of(field).map_or("", |record| record.name());
    writeln!(page, "\n{} ({}, {}, {})", field.name(), record, field.level(), field.kind()).unwrap();
    if let Some(reason) = field.ignored() {
        let codes: Vec<_> = field
            .rows()
            .iter()
            .map(|row| std::iter::once(row.code()).chain(row.also()).collect::<Vec<_>>().join("="))
            .collect();
        writeln!(page, "    ignored: {reason}\n    {}", codes.join(", ")).unwrap();
        return;
    }
    for row in field.rows() {
        writeln!(page, "    {}", row_line(row, field.covers())).unwrap();
    }
    for absence in Absence::ALL {
        if let Some(states) = field.absence(*absence) {
            writeln!(page, "    {absence} -> {}", claim(states, field.covers())).unwrap();
        }
    }
    if let Some(show) = field.show() {
        show_lines(page, show);
    }
}

fn page(mapping: &Mapping) -> String {
    let channel = mapping.channel();
    let mut page = format!(
        "{} ({}), {}, revision {}\n{}\n",
        channel.title(),
        channel.id(),
        channel.role(),
        channel.revision(),
        channel.api()
    );
    for fact in mapping.facts() {
        writeln!(
            page,
            "fact {}, {}: {}",
            fact.name(),
            if fact.holds() { "holds" } else { "does not hold" },
            fact.why()
        )
        .unwrap();
    }
    for field in mapping.fields() {
        field_lines(&mut page, mapping, field);
    }
    page
}

#[test]
fn of_every_channel() {
    for id in &ids() {
        insta::assert_snapshot!(format!("meaning_{id}"), page(&load(id)));
    }
}
