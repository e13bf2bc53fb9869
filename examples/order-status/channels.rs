//! `channels`: what is mapped.

use std::io::{self, Write};

use order_status::mapping::{Field, FieldKind, Level, Mapping, RecordKind, Role, Row};
use serde::Serialize;

use crate::catalogue::Catalogue;
use crate::output::{BOLD, Columns, DIM, Line, Outcome, Output, Verdict, printable};

#[derive(Serialize)]
struct ChannelLine<'m> {
    id: &'m str,
    role: Role,
    title: &'m str,
    fields: Vec<FieldEntry<'m>>,
}

#[derive(Serialize)]
struct FieldEntry<'m> {
    name: &'m str,
    record: Option<&'m str>,
    level: Level,
    kind: FieldKind,
    covers: Vec<&'static str>,
    statuses: Vec<&'m str>,
}

pub(crate) fn run(catalogue: &Catalogue, out: &mut Output) -> Outcome<Verdict> {
    // All are read before the first is told: a file that cannot be used is no half answer.
    let ids = catalogue.ids().into_iter();
    let mappings = ids.map(|id| catalogue.mapping(id)).collect::<Outcome<Vec<_>>>()?;
    for mapping in &mappings {
        let channel = mapping.channel();
        out.line(&ChannelLine {
            id: channel.id(),
            role: channel.role(),
            title: channel.title(),
            fields: mapping.fields().iter().map(|field| entry(mapping, field)).collect(),
        })?;
    }
    Ok(Verdict::Clean)
}

fn entry<'m>(mapping: &'m Mapping, field: &'m Field) -> FieldEntry<'m> {
    let mut statuses: Vec<_> = field.rows().iter().map(Row::code).collect();
    // Rows of one code stand side by side.
    statuses.dedup();
    FieldEntry {
        name: field.name(),
        record: mapping.record_of(field).map(RecordKind::name),
        level: field.level(),
        kind: field.kind(),
        covers: field.covers().iter().map(|facet| facet.as_str()).collect(),
        statuses,
    }
}

impl Line for ChannelLine<'_> {
    fn human(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { id, role, title, fields } = self;
        writeln!(out, "{BOLD}{id}{BOLD:#}  {}  {DIM}{role}{DIM:#}", printable(title))?;
        let mut columns = Columns::default();
        for field in fields {
            let FieldEntry { name, record, kind, covers, statuses, level: _ } = field;
            let says =
                if covers.is_empty() { "nothing of an order".into() } else { covers.join(", ") };
            columns.row([
                printable(name).to_string(),
                record.unwrap_or_default().into(),
                format!("{kind}, {}", statuses.len()),
                says,
            ]);
        }
        columns.print(out, "  ")
    }
}
