//! `lookup`: what codes mean, one answer a code.

use std::io::{self, IsTerminal as _, Write};

use order_status::mapping::{Field, Mapping, Resolution, Row};
use order_status::state::StateSet;
use serde::Serialize;

use crate::args::Lookup;
use crate::catalogue::{self, Catalogue, place};
use crate::native::states;
use crate::output::{
    BAD, BOLD, DIM, DOUBTFUL, GOOD, Line, NotUtf8, Outcome, Output, Stop, Verdict, note, printable,
    quoted,
};
use crate::source::{LARGEST_RECORD, Lines, Problems};

#[derive(Serialize)]
struct Answer<'a> {
    code: &'a str,
    result: &'static str,
    claim: Option<StateSet>,
    at: Option<String>,
    /// Of an unmapped code: the declared one that resembles it most, if any does.
    nearest: Option<&'a str>,
    /// Of a code that says nothing of an order: why.
    reason: Option<&'a str>,
    #[serde(skip)]
    rows: &'a [Row],
}

pub(crate) fn run(args: &Lookup, catalogue: &Catalogue, out: &mut Output) -> Outcome<Verdict> {
    let mapping = catalogue.mapping(&args.channel)?;
    let field = catalogue::field(&mapping, &args.field)?;
    if !field.kind().has_vocabulary() {
        let all = mapping.fields().iter().filter(|field| field.kind().has_vocabulary());
        return Err(Stop::Failed(format!(
            "`{}` has no codes to look up, it is a field of kind {}; fields that have: {}",
            field.name(),
            field.kind(),
            all.map(Field::name).collect::<Vec<_>>().join(", "),
        )));
    }
    let mut unmapped = false;
    let mut answer = |code: &str| -> Outcome<()> {
        let resolution = mapping.look_up(field, code);
        unmapped |= matches!(resolution, Resolution::Unmapped { .. });
        Ok(out.line(&answer_to(&mapping, field, code, resolution))?)
    };
    for code in &args.codes {
        answer(code)?;
    }
    if !args.codes.is_empty() {
        return Ok(Verdict::found(unmapped));
    }
    let problems = from_standard_input(answer)?;
    Ok(Verdict::found(unmapped || problems.count() > 0))
}

fn from_standard_input(mut answer: impl FnMut(&str) -> Outcome<()>) -> Outcome<Problems> {
    if io::stdin().is_terminal() {
        note(format_args!("codes are read from the terminal, one a line; end with Ctrl-D"));
    }
    let mut problems = Problems::new("standard input");
    let mut lines = Lines::new(io::stdin().lock(), LARGEST_RECORD);
    while let Some(line) = lines.next_line(&mut problems)? {
        match core::str::from_utf8(line.bytes) {
            Ok(code) => answer(code)?,
            Err(error) => problems.add(line.number, &format_args!("is {}", NotUtf8(error))),
        }
    }
    problems.finish();
    Ok(problems)
}

fn answer_to<'a>(
    mapping: &'a Mapping,
    field: &'a Field,
    code: &'a str,
    resolution: Resolution<'a>,
) -> Answer<'a> {
    let rows = rows_of(field, code, resolution);
    let at = rows.first().map(Row::origin);
    let (claim, at, nearest, reason) = match resolution {
        Resolution::Mapped(_) => (resolution.claim(), at, None, None),
        Resolution::Ignored(reason) => (None, at.or(Some(field.origin())), None, Some(reason)),
        Resolution::Missing(absence) => {
            let claim = field.absence(absence);
            (claim, claim.map(|_| field.origin()), None, None)
        }
        Resolution::Unmapped { nearest } => (None, None, nearest, None),
        Resolution::Unreadable { found } => (None, None, None, Some(found)),
    };
    Answer {
        code,
        result: resolution.as_str(),
        claim,
        at: at.map(|origin| place(mapping, origin)),
        nearest,
        reason,
        rows,
    }
}

/// The rows that stand for a code, or the one that says why it is ignored.
fn rows_of<'a>(field: &'a Field, code: &str, resolution: Resolution<'a>) -> &'a [Row] {
    match resolution {
        Resolution::Mapped(rows) => rows,
        Resolution::Ignored(_) => field
            .rows()
            .iter()
            .find(|row| row.code() == code || row.also().any(|also| also == code))
            .map(core::slice::from_ref)
            .unwrap_or_default(),
        Resolution::Unmapped { .. } | Resolution::Missing(_) | Resolution::Unreadable { .. } => &[],
    }
}

impl Line for Answer<'_> {
    fn human(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { code, result, claim, at, nearest, reason, rows } = self;
        let style = match *result {
            "mapped" => GOOD,
            "unmapped" | "unreadable" => BAD,
            _ => DOUBTFUL,
        };
        write!(out, "{BOLD}{}{BOLD:#}  {style}{result}{style:#}", quoted(code))?;
        if let Some(claim) = claim {
            write!(out, "  {}", states(*claim))?;
        }
        if let Some(nearest) = nearest {
            write!(out, "  did you mean {}?", quoted(nearest))?;
        }
        if let Some(reason) = reason {
            write!(out, "  {}", printable(reason))?;
        }
        if let Some(at) = at {
            write!(out, "  {DIM}{}{DIM:#}", printable(at))?;
        }
        writeln!(out)?;
        for row in *rows {
            if let Some(condition) = row.condition() {
                let condition = condition.to_string();
                writeln!(out, "  where {}: {}", printable(&condition), states(row.claim()))?;
            }
            for (fact, narrower) in row.given() {
                writeln!(out, "  given {}: {}", printable(fact), states(narrower))?;
            }
            if let Some(why) = row.why() {
                writeln!(out, "  {}", printable(why))?;
            }
        }
        Ok(())
    }
}
