//! `translate`: what payloads claim, and at which codes another system should stand.

use std::io::{self, Write};

use order_status::mapping::{By, Mapping, Shown};
use order_status::milestone::Milestone;
use order_status::reading::Reading;
use order_status::state::StateSet;
use order_status::translation::Answer;
use serde::Serialize;

use crate::args::Translate;
use crate::catalogue::Catalogue;
use crate::input::{Empty, Tally};
use crate::native::{self, NativeEntry, Unmapped, is_told, states, tell_noted};
use crate::output::{
    BAD, BOLD, Columns, Count, DIM, DOUBTFUL, GOOD, Line, Outcome, Output, Verdict, printable,
    quoted,
};
use crate::recognise::has_status;
use crate::show::{code_of, spelled, way};

#[derive(Serialize)]
struct Translated<'a> {
    order: Option<&'a str>,
    claim: StateSet,
    milestone: Milestone,
    natives: Vec<NativeEntry<'a>>,
    contradictions: Vec<Contradiction<'a>>,
    unmapped: Vec<Unmapped<'a>>,
    /// Words of open fields that are not listed.
    noted: Vec<Unmapped<'a>>,
    show: Vec<Shows<'a>>,
    #[serde(skip)]
    about: About<'a>,
}

/// What people want to know beside it.
struct About<'a> {
    line: u64,
    from: &'a str,
    to: Option<&'a str>,
    record: &'a str,
    id: Option<&'a str>,
    parent: Option<(&'a str, &'a str)>,
    rules: Vec<&'static str>,
}

#[derive(Serialize)]
struct Contradiction<'a> {
    facet: &'static str,
    natives: Vec<NativeEntry<'a>>,
}

#[derive(Serialize)]
struct Shows<'a> {
    field: &'a str,
    result: &'static str,
    code: Option<&'a str>,
    by: Option<&'a By>,
    candidates: Vec<Option<&'a str>>,
    reason: Option<&'a str>,
    #[serde(skip)]
    shown: Vec<&'a Shown>,
}

/// The headline of a claim; one whose empty facets were set aside is contradictory all the same.
fn milestone(claim: StateSet, reading: &Reading<'_>) -> Milestone {
    if reading.contradictions.is_empty() { Milestone::of(claim) } else { Milestone::Contradictory }
}

#[derive(Default)]
struct Counts {
    contradicting: u64,
    unmapped: u64,
    noted: usize,
}

pub(crate) fn run(args: &Translate, catalogue: &Catalogue, out: &mut Output) -> Outcome<Verdict> {
    let from = catalogue.mapping(&args.from.channel)?;
    let to = args.to.as_ref().map(|id| catalogue.mapping(id)).transpose()?;
    let mut counts = Counts::default();
    // Nothing is answered of an export that turns out to be another system's.
    out.hold();
    let refused = Empty::Refused;
    let tally =
        native::read(&args.file, refused, &from, &args.from, "--from", &mut |reading, line| {
            if has_status(&reading) {
                out.release()?;
            }
            let translated = translated(&from, to.as_ref(), &reading, line);
            counts.contradicting += u64::from(!translated.contradictions.is_empty());
            counts.unmapped += u64::from(!translated.unmapped.is_empty());
            counts.noted += translated.noted.len();
            Ok(out.line(&translated)?)
        })?;
    summary(out, tally, &counts)?;
    Ok(Verdict::found(tally.bad + counts.contradicting + counts.unmapped > 0))
}

fn summary(out: &mut Output, tally: Tally, counts: &Counts) -> Outcome<()> {
    let Tally { records, bad } = tally;
    let Counts { contradicting, unmapped, noted } = *counts;
    let records = Count(records, "record", "records");
    let contradicting = Count(contradicting, "contradicts itself", "contradict themselves");
    let unmapped = Count(unmapped, "has", "have");
    out.summary(format_args!(
        "{records}: {contradicting}, {unmapped} values that are not mapped, {bad} could not be read"
    ))?;
    tell_noted(noted);
    Ok(())
}

fn translated<'a>(
    from: &'a Mapping,
    to: Option<&'a Mapping>,
    reading: &'a Reading<'a>,
    line: u64,
) -> Translated<'a> {
    let claim = reading.claim_of_the_order().states;
    let natives = &reading.natives;
    let show = to.map(|to| to.translate(claim).map(|(field, answer)| shows(field.name(), answer)));
    Translated {
        order: reading.order.as_deref(),
        claim,
        milestone: milestone(claim, reading),
        natives: natives
            .iter()
            .filter(|native| is_told(native))
            .map(|it| NativeEntry::new(from, it))
            .collect(),
        contradictions: reading
            .contradictions
            .iter()
            .flat_map(|found| found.facets.iter().map(move |facet| (facet, &found.natives)))
            .map(|(facet, speakers)| Contradiction {
                facet: facet.as_str(),
                natives: speakers
                    .iter()
                    .filter_map(|at| natives.get(*at))
                    .map(|native| NativeEntry::new(from, native))
                    .collect(),
            })
            .collect(),
        unmapped: native::unmapped(reading, false).map(Unmapped::new).collect(),
        noted: native::unmapped(reading, true).map(Unmapped::new).collect(),
        show: show.map(Iterator::collect).unwrap_or_default(),
        about: About {
            line,
            from: from.channel().id(),
            to: to.map(|to| to.channel().id()),
            record: reading.record.name(),
            id: reading.id.as_deref(),
            parent: reading.parent.as_ref().map(|(kind, id)| (*kind, id.as_str())),
            rules: reading.contradictions.iter().flat_map(|it| it.rules.iter().copied()).collect(),
        },
    }
}

fn shows<'a>(field: &'a str, answer: Answer<'a>) -> Shows<'a> {
    let result = answer.as_str();
    let none = Shows {
        field,
        result,
        code: None,
        by: None,
        candidates: Vec::new(),
        reason: None,
        shown: Vec::new(),
    };
    match answer {
        Answer::Shown(row) => {
            Shows { code: code_of(row.shown()), by: row.by(), shown: vec![row.shown()], ..none }
        }
        Answer::Nothing(reason) => Shows { reason: Some(reason), ..none },
        Answer::Undetermined(rows) => {
            let shown: Vec<_> = rows.iter().map(|row| row.shown()).collect();
            let codes = shown.iter().filter(|shown| reason_of(shown).is_none());
            Shows {
                candidates: codes.map(|shown| code_of(shown)).collect(),
                reason: shown.iter().find_map(|shown| reason_of(shown)),
                shown,
                ..none
            }
        }
    }
}

/// Why nothing can be shown, where that is the answer.
fn reason_of(shown: &Shown) -> Option<&str> {
    match shown {
        Shown::Nothing(reason) => Some(reason),
        Shown::Code(_) | Shown::Null | Shown::Empty | Shown::Set => None,
    }
}

impl Line for Translated<'_> {
    fn human(&self, out: &mut dyn Write) -> io::Result<()> {
        let About { line, from, to, record, id, parent, rules } = &self.about;
        // Records that hang under another know its id and not the order's number.
        let name = match (self.order, parent, id) {
            (Some(order), ..) => format!("order {}", quoted(order)),
            (None, Some((kind, id)), _) => format!("{record} of {kind} {}", quoted(id)),
            (None, None, Some(id)) => format!("{record} {}", quoted(id)),
            (None, None, None) => format!("{record} without a number"),
        };
        let about = format!("{from}.{record}, line {line}");
        writeln!(out, "{BOLD}{name}{BOLD:#}  {DIM}{about}{DIM:#}")?;
        let claim = states(self.claim);
        if self.milestone != Milestone::Unknown {
            writeln!(out, "  {GOOD}{}{GOOD:#}: {claim}", self.milestone)?;
        } else if self.claim == StateSet::ANY {
            writeln!(out, "  {DOUBTFUL}says nothing of the order{DOUBTFUL:#}")?;
        } else {
            writeln!(out, "  {claim}")?;
        }
        let mut columns = Columns::default();
        for native in &self.natives {
            columns.row([native.place(), native.value(), native.meaning()]);
        }
        columns.print(out, "    ")?;
        for Contradiction { facet, natives } in &self.contradictions {
            let said: Vec<_> = natives
                .iter()
                .map(|native| format!("{} {}", native.place(), native.value()))
                .collect();
            let rules =
                if rules.is_empty() { String::new() } else { format!(" ({})", rules.join(", ")) };
            let said = said.join(", ");
            writeln!(out, "  {BAD}contradicts itself{BAD:#} in {facet}{rules}: {said}")?;
        }
        for unmapped in &self.unmapped {
            writeln!(out, "  {BAD}unmapped{BAD:#}: {}", unmapped.told())?;
        }
        for noted in &self.noted {
            writeln!(out, "  {DOUBTFUL}noted{DOUBTFUL:#}: {}", noted.told())?;
        }
        if let Some(to) = to {
            writeln!(out, "  in {to}")?;
            let mut columns = Columns::default();
            for show in &self.show {
                columns.row([printable(show.field).to_string(), show.answer()]);
            }
            columns.print(out, "    ")?;
        }
        writeln!(out)
    }
}

impl Shows<'_> {
    fn answer(&self) -> String {
        let all = |separator: &str| {
            let spelled = self.shown.iter().map(|shown| spelled(shown));
            spelled.collect::<Vec<_>>().join(separator)
        };
        match self.result {
            "shown" => {
                let by = self.by.map(|by| format!(" by {}", way(by))).unwrap_or_default();
                format!("{GOOD}{}{GOOD:#}{by}", all(""))
            }
            "undetermined" => format!("{DOUBTFUL}undetermined{DOUBTFUL:#}: {}", all(" or ")),
            _ => format!("none: {}", printable(self.reason.unwrap_or_default())),
        }
    }
}
