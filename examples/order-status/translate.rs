//! `translate`: what payloads claim, and at which codes another system should stand.

use std::io::{self, Write};

use order_status::mapping::{By, Mapping, RecordKind, Resolution, Row, Shown};
use order_status::reading::{Known, Native, RawStatus, Reading};
use order_status::record::Record;
use order_status::state::StateSet;
use order_status::translation::Answer;
use serde::Serialize;
use serde_json::Value;

use crate::args::Translate;
use crate::catalogue::{self, Catalogue, place};
use crate::input::{self, Entry, Tally};
use crate::output::{
    BAD, BOLD, Columns, DIM, DOUBTFUL, GOOD, Line, Outcome, Output, Verdict, note, printable,
    quoted,
};
use crate::show::{code_of, spelled, way};

#[derive(Serialize)]
struct Translated<'a> {
    order: Option<&'a str>,
    claim: StateSet,
    milestone: Option<&'static str>,
    natives: Vec<NativeEntry<'a>>,
    contradictions: Vec<Contradiction<'a>>,
    unmapped: Vec<Unmapped<'a>>,
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
    rules: Vec<&'static str>,
}

#[derive(Clone, Serialize)]
struct NativeEntry<'a> {
    record: &'a str,
    part: Option<&'a str>,
    field: &'a str,
    raw: Option<&'a str>,
    result: &'static str,
    claim: Option<StateSet>,
    at: Option<String>,
}

#[derive(Serialize)]
struct Contradiction<'a> {
    facet: &'static str,
    natives: Vec<NativeEntry<'a>>,
}

#[derive(Serialize)]
struct Unmapped<'a> {
    record: &'a str,
    part: Option<&'a str>,
    field: &'a str,
    raw: Option<&'a str>,
    nearest: Option<&'a str>,
    #[serde(skip)]
    found: Option<&'static str>,
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

/// The headline of a claim.
const fn milestone(_claim: StateSet) -> Option<&'static str> {
    None
}

#[derive(Default)]
struct Counts {
    contradicting: u64,
    unmapped: u64,
}

pub(crate) fn run(args: &Translate, catalogue: &Catalogue, out: &mut Output) -> Outcome<Verdict> {
    let from = catalogue.mapping(&args.from.channel)?;
    let to = args.to.as_ref().map(|id| catalogue.mapping(id)).transpose()?;
    let named = args.from.record.as_ref().map(|name| catalogue::record(&from, name)).transpose()?;
    let known = Known::new();
    let kind_of = |payload: &dyn Record| named.or_else(|| from.recognise(payload));
    let is_record = |value: &Value| {
        kind_of(value).is_some_and(|kind| names_an_order(&from.read(kind, value, &known)))
    };
    let mut counts = Counts::default();
    let tally = input::read(&args.file, &is_record, &mut |entry: Entry| {
        let payload = entry.payload.as_record();
        let Some(kind) = kind_of(payload) else { return Ok(Err(unrecognised(&from))) };
        let reading = from.read(kind, payload, &known);
        if !names_an_order(&reading) {
            return Ok(Err(foreign(&from, kind)));
        }
        let translated = translated(&from, to.as_ref(), &reading, entry.line);
        counts.contradicting += u64::from(!translated.contradictions.is_empty());
        counts.unmapped += u64::from(!translated.unmapped.is_empty());
        out.line(&translated)?;
        Ok(Ok(()))
    })?;
    summary(tally, &counts);
    Ok(Verdict::found(tally.bad + counts.contradicting + counts.unmapped > 0))
}

/// Is there anything in it that a record of this kind has?
fn names_an_order(reading: &Reading<'_>) -> bool {
    reading.id.is_some()
        || reading.order.is_some()
        || reading.natives.iter().any(|native| native.raw.is_some())
}

fn unrecognised(from: &Mapping) -> String {
    let kinds: Vec<_> = from.records().iter().map(RecordKind::name).collect();
    let id = from.channel().id();
    format!(
        "is none of the records of {id} that can be told by themselves; name its kind with `--from {id}.RECORD` ({})",
        kinds.join(", ")
    )
}

fn foreign(from: &Mapping, kind: &RecordKind) -> String {
    let (id, kind) = (from.channel().id(), kind.name());
    format!("has no id, no number and no status of {id}.{kind}")
}

fn summary(tally: Tally, counts: &Counts) {
    let Tally { records, bad } = tally;
    let Counts { contradicting, unmapped } = counts;
    note(format_args!(
        "{records} records: {contradicting} contradict themselves, {unmapped} have values that are not mapped, {bad} could not be read"
    ));
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
        milestone: milestone(claim),
        natives: natives
            .iter()
            .filter(|native| is_told(native))
            .map(|it| entry(from, it))
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
                    .map(|native| entry(from, native))
                    .collect(),
            })
            .collect(),
        unmapped: reading.unmapped().map(unmapped).collect(),
        show: show.map(Iterator::collect).unwrap_or_default(),
        about: About {
            line,
            from: from.channel().id(),
            to: to.map(|to| to.channel().id()),
            record: reading.record.name(),
            rules: reading.contradictions.iter().flat_map(|it| it.rules.iter().copied()).collect(),
        },
    }
}

/// Keys that are not there and from which nothing follows are not worth a word.
fn is_told(native: &Native<'_>) -> bool {
    !matches!(native.resolution, Resolution::Missing(_)) || native.claim.states != StateSet::ANY
}

fn entry<'a>(from: &Mapping, native: &'a Native<'_>) -> NativeEntry<'a> {
    let claims = match native.resolution {
        Resolution::Mapped(_) => true,
        Resolution::Missing(_) => native.claim.states != StateSet::ANY,
        Resolution::Unmapped { .. } | Resolution::Ignored(_) | Resolution::Unreadable { .. } => {
            false
        }
    };
    let origin = native.row().map_or(native.field.origin(), Row::origin);
    NativeEntry {
        record: native.record.name(),
        part: native.part.as_deref(),
        field: native.field.name(),
        raw: native.raw.as_ref().map(RawStatus::as_str),
        result: native.resolution.as_str(),
        claim: claims.then_some(native.claim.states),
        at: claims.then(|| place(from, origin)),
    }
}

fn unmapped<'a>(native: &'a Native<'_>) -> Unmapped<'a> {
    let (nearest, found) = match native.resolution {
        Resolution::Unmapped { nearest } => (nearest, None),
        Resolution::Unreadable { found } => (None, Some(found)),
        Resolution::Mapped(_) | Resolution::Missing(_) | Resolution::Ignored(_) => (None, None),
    };
    Unmapped {
        record: native.record.name(),
        part: native.part.as_deref(),
        field: native.field.name(),
        raw: native.raw.as_ref().map(RawStatus::as_str),
        nearest,
        found,
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
        let About { line, from, to, record, rules } = &self.about;
        let order = self.order.map_or_else(|| "without a number".into(), quoted);
        let about = format!("{from}.{record}, line {line}");
        writeln!(out, "{BOLD}order {order}{BOLD:#}  {DIM}{about}{DIM:#}")?;
        writeln!(out, "  {}", self.claim)?;
        let mut columns = Columns::default();
        for native in &self.natives {
            let claim =
                native.claim.map_or_else(|| native.result.into(), |claim| claim.to_string());
            columns.row([native.place(), native.value(), claim]);
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
        for Unmapped { record, part, field, raw, nearest, found } in &self.unmapped {
            let place = spot(record, *part, field);
            let raw = raw.map(quoted).or_else(|| found.map(Into::into)).unwrap_or_default();
            let meant = nearest.map(|code| format!("; did you mean {}?", quoted(code)));
            let meant = meant.unwrap_or_default();
            writeln!(out, "  {BAD}unmapped{BAD:#}: {place} {raw}{meant}")?;
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

impl NativeEntry<'_> {
    fn place(&self) -> String {
        spot(self.record, self.part, self.field)
    }

    fn value(&self) -> String {
        self.raw.map_or_else(|| "(nothing)".into(), quoted)
    }
}

fn spot(record: &str, part: Option<&str>, field: &str) -> String {
    let part = part.map(|part| format!(" {}", quoted(part))).unwrap_or_default();
    format!("{record}{part} {}", printable(field))
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
