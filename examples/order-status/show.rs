//! `show`: a system's table, both directions.

use std::io::{self, Write};

use order_status::mapping::{
    Absence, By, Field, FieldKind, Level, Mapping, RecordKind, Row, ShowRow, Shown,
};
use order_status::state::StateSet;
use serde::Serialize;

use crate::args::Show;
use crate::catalogue::{self, Catalogue, place};
use crate::native::states;
use crate::output::{BOLD, Columns, DIM, Line, Outcome, Output, Verdict, printable, quoted};

#[derive(Serialize)]
struct Table<'m> {
    channel: &'m str,
    field: &'m str,
    record: Option<&'m str>,
    level: Level,
    kind: FieldKind,
    covers: Vec<&'static str>,
    ignored: Option<&'m str>,
    statuses: Vec<Status<'m>>,
    absences: Vec<Missing>,
    show: Option<Way<'m>>,
}

/// From a code to a claim.
#[derive(Serialize)]
struct Status<'m> {
    code: &'m str,
    also: Vec<&'m str>,
    when: Option<String>,
    claim: Option<StateSet>,
    given: Vec<Given<'m>>,
    ignored: Option<&'m str>,
    why: Option<&'m str>,
    at: String,
}

#[derive(Serialize)]
struct Given<'m> {
    fact: &'m str,
    claim: StateSet,
}

#[derive(Serialize)]
struct Missing {
    absence: Absence,
    claim: StateSet,
}

/// From a state to a code.
#[derive(Serialize)]
struct Way<'m> {
    none: Option<&'m str>,
    never: Vec<Never<'m>>,
    rows: Vec<Answer<'m>>,
}

#[derive(Serialize)]
struct Never<'m> {
    code: &'m str,
    why: &'m str,
}

#[derive(Serialize)]
struct Answer<'m> {
    when: StateSet,
    result: &'static str,
    code: Option<&'m str>,
    by: Option<&'m By>,
    reason: Option<&'m str>,
    #[serde(skip)]
    shown: &'m Shown,
}

pub(crate) fn run(args: &Show, catalogue: &Catalogue, out: &mut Output) -> Outcome<Verdict> {
    let mapping = catalogue.mapping(&args.channel)?;
    match &args.field {
        Some(name) => out.line(&table(&mapping, catalogue::field(&mapping, name)?))?,
        None => mapping.fields().iter().try_for_each(|field| out.line(&table(&mapping, field)))?,
    }
    Ok(Verdict::Clean)
}

fn table<'m>(mapping: &'m Mapping, field: &'m Field) -> Table<'m> {
    let absences = Absence::ALL.iter().filter_map(|absence| {
        field.absence(*absence).map(|claim| Missing { absence: *absence, claim })
    });
    Table {
        channel: mapping.channel().id(),
        field: field.name(),
        record: mapping.record_of(field).map(RecordKind::name),
        level: field.level(),
        kind: field.kind(),
        covers: field.covers().iter().map(|facet| facet.as_str()).collect(),
        ignored: field.ignored(),
        statuses: field.rows().iter().map(|row| status(mapping, field, row)).collect(),
        absences: absences.collect(),
        show: field.show().map(|show| Way {
            none: show.none(),
            never: show.never().map(|(code, why)| Never { code, why }).collect(),
            rows: show.rows().iter().map(answer).collect(),
        }),
    }
}

fn status<'m>(mapping: &'m Mapping, field: &'m Field, row: &'m Row) -> Status<'m> {
    let ignored = row.ignored().or_else(|| field.ignored());
    Status {
        code: row.code(),
        also: row.also().collect(),
        when: row.condition().map(|condition| condition.to_string()),
        claim: ignored.is_none().then(|| row.claim()),
        given: row.given().map(|(fact, claim)| Given { fact, claim }).collect(),
        ignored,
        why: row.why(),
        at: place(mapping, row.origin()),
    }
}

fn answer(row: &ShowRow) -> Answer<'_> {
    let reason = match row.shown() {
        Shown::Nothing(reason) => Some(&**reason),
        Shown::Code(_) | Shown::Null | Shown::Empty | Shown::Set => None,
    };
    Answer {
        when: row.when(),
        result: if reason.is_some() { "none" } else { "shown" },
        code: code_of(row.shown()),
        by: row.by(),
        reason,
        shown: row.shown(),
    }
}

/// A value to stand at, for programs: null is null, and `set` stands for any time.
pub(crate) fn code_of(shown: &Shown) -> Option<&str> {
    match shown {
        Shown::Code(code) => Some(code),
        Shown::Empty => Some(""),
        Shown::Set => Some("set"),
        Shown::Null | Shown::Nothing(_) => None,
    }
}

/// The same for people.
pub(crate) fn spelled(shown: &Shown) -> String {
    match shown {
        Shown::Code(code) => quoted(code),
        Shown::Null => "null".into(),
        Shown::Empty => "the empty text".into(),
        Shown::Set => "a time".into(),
        Shown::Nothing(_) => "nothing".into(),
    }
}

/// How a system gets there, for people.
pub(crate) fn way(by: &By) -> String {
    match by {
        By::Call { call } => printable(call).to_string(),
        By::Document { document, call } => {
            format!("{}: {}", printable(document), printable(call))
        }
        By::Person { person } => printable(person).to_string(),
    }
}

impl Line for Table<'_> {
    fn human(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self {
            channel,
            field,
            record,
            level,
            kind,
            ignored,
            statuses,
            absences,
            show,
            covers: _,
        } = self;
        let record = record.unwrap_or_default();
        let about = format!("{kind} of {record}, {level}");
        writeln!(out, "{BOLD}{channel} {}{BOLD:#}  {DIM}{about}{DIM:#}", printable(field))?;
        if let Some(reason) = ignored {
            writeln!(out, "  says nothing of an order: {}", printable(reason))?;
        }
        writeln!(out, "  what a value means")?;
        let mut columns = Columns::default();
        for Status { code, also, when, claim, given, ignored, why, at: _ } in statuses {
            let also: Vec<_> = also.iter().copied().map(quoted).collect();
            let claim = match (claim, ignored) {
                (Some(claim), _) => states(*claim),
                (None, reason) => format!("ignored: {}", printable(reason.unwrap_or_default())),
            };
            let when = when.as_ref().map(|when| format!("where {}: ", printable(when)));
            columns.row([quoted(code), also.join(" "), when.unwrap_or_default() + &claim]);
            for Given { fact, claim } in given {
                columns.row([
                    String::new(),
                    String::new(),
                    format!("given {fact}: {}", states(*claim)),
                ]);
            }
            if let Some(why) = why {
                columns.row([String::new(), String::new(), format!("({})", printable(why))]);
            }
        }
        for Missing { absence, claim } in absences {
            columns.row([spelled_absence(*absence).into(), String::new(), states(*claim)]);
        }
        columns.print(out, "    ")?;
        if let Some(show) = show {
            show.human(out)?;
        }
        writeln!(out)
    }
}

impl Way<'_> {
    fn human(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { none, never, rows } = self;
        if let Some(reason) = none {
            return writeln!(out, "  never brought to a value: {}", printable(reason));
        }
        writeln!(out, "  where an order should stand, the first line that fits")?;
        let mut columns = Columns::default();
        for Answer { when, by, reason, shown, .. } in rows {
            let when = if *when == StateSet::ANY { "otherwise".into() } else { states(*when) };
            let how = match (by, reason) {
                (Some(by), _) => format!("by {}", way(by)),
                (None, Some(reason)) => printable(reason).to_string(),
                (None, None) => String::new(),
            };
            columns.row([spelled(shown), when, how]);
        }
        columns.print(out, "    ")?;
        if never.is_empty() {
            return Ok(());
        }
        writeln!(out, "  never shown")?;
        let mut columns = Columns::default();
        for Never { code, why } in never {
            columns.row([quoted(code), printable(why).to_string()]);
        }
        columns.print(out, "    ")
    }
}

const fn spelled_absence(absence: Absence) -> &'static str {
    match absence {
        Absence::Absent => "no such key",
        Absence::Null => "null",
        Absence::Empty => "empty text",
        Absence::None => "none exists",
    }
}
