//! `reconcile`: where the exports of several systems contradict each other, and what to do first.

use alloc::collections::BTreeMap;
use std::io::{self, Write};

use order_status::compare::{
    Deviation, Finding, Presence, View, circumstance_conflicts, compare, views,
};
use order_status::facet::Facet;
use order_status::join::join;
use order_status::mapping::{By, Mapping, Role, Shown};
use order_status::milestone::Milestone;
use order_status::pattern::{Pattern, Patterns, Relation, Severity, Strength};
use order_status::reading::{Native, Reading};
use order_status::state::StateSet;
use serde::Serialize;

use crate::absent;
use crate::args::{Reconcile, Records};
use crate::catalogue::Catalogue;
use crate::native::{self, NativeEntry, Unmapped, tell_noted};
use crate::output::{
    BAD, BOLD, Columns, Count, DIM, DOUBTFUL, Line, Outcome, Output, Told, Verdict, note,
    printable, quoted,
};
use crate::show::{code_of, spelled, way};

/// One finding about one order.
#[derive(Serialize)]
struct Found<'a> {
    order: &'a str,
    pattern: &'a str,
    also: Vec<&'a str>,
    relation: Relation,
    direction: Option<&'static str>,
    strength: Strength,
    verdict: &'static str,
    severity: Severity,
    facets: Vec<&'static str>,
    views: Vec<Side<'a>>,
    repairs: [(); 0],
    #[serde(skip)]
    words: Option<&'a Pattern>,
}

/// What one of the systems says that the finding is about.
#[derive(Serialize)]
struct Side<'a> {
    channel: &'a str,
    role: Role,
    presence: Presence,
    milestone: Milestone,
    claim: StateSet,
    natives: Vec<NativeEntry<'a>>,
    /// The facts about the merchant on which what it says rests.
    facts: Vec<&'a str>,
    expected: Vec<Expected<'a>>,
}

/// Where one of its fields should stand.
#[derive(Serialize)]
struct Expected<'a> {
    field: &'a str,
    code: Option<&'a str>,
    candidates: Vec<Option<&'a str>>,
    by: Option<&'a By>,
    direction: &'static str,
    #[serde(skip)]
    shown: Vec<&'a Shown>,
}

/// The systems, each once, in the order in which they were first named.
pub(crate) struct Systems {
    pub(crate) mappings: Vec<Mapping>,
}

impl Systems {
    fn open(args: &Reconcile, catalogue: &Catalogue) -> Outcome<Self> {
        let mut mappings: Vec<Mapping> = Vec::new();
        for export in &args.views {
            let id = &export.of.channel;
            if !mappings.iter().any(|mapping| mapping.channel().id() == id) {
                mappings.push(catalogue.mapping(id)?);
            }
        }
        Ok(Self { mappings })
    }

    pub(crate) fn of(&self, records: &Records) -> Option<(usize, &Mapping)> {
        let mut all = self.mappings.iter().enumerate();
        all.find(|(_, mapping)| mapping.channel().id() == records.channel)
    }
}

#[derive(Default)]
struct Summary<'a> {
    orders: usize,
    fine: usize,
    bad: u64,
    unmapped: usize,
    /// Words of open fields that are not listed.
    noted: usize,
    /// By system the orders of which it is not known whether it has them.
    unjudged: BTreeMap<&'a str, usize>,
    patterns: BTreeMap<&'a str, usize>,
}

pub(crate) fn run(args: &Reconcile, catalogue: &Catalogue, out: &mut Output) -> Outcome<Verdict> {
    absent::refuse_two_of_standard_input(args)?;
    let systems = Systems::open(args, catalogue)?;
    let complete = absent::complete(args, &systems)?;
    let mut summary = Summary::default();
    let mut records: Vec<(usize, Reading<'_>)> = Vec::new();
    for export in &args.views {
        let Some((at, mapping)) = systems.of(&export.of) else { continue };
        let empty = absent::empty(args, export);
        let (file, of) = (&export.file, &export.of);
        let tally = native::read(file, empty, mapping, of, "--view", &mut |reading, _| {
            records.push((at, reading));
            Ok(())
        })?;
        summary.bad += tally.bad;
    }
    let systems: Vec<&Mapping> = systems.mappings.iter().collect();
    let patterns = Patterns::builtin();
    let orders: Vec<(String, Vec<View<'_>>)> = join(&systems, records)
        .into_iter()
        .map(|order| (order.key.clone(), views(&systems, order, &complete)))
        .collect();
    let mut found: Vec<Found<'_>> = Vec::new();
    let mut told = Told::default();
    let judged: Vec<_> = orders.iter().map(|(_, views)| compare(views, &patterns)).collect();
    for ((order, views), findings) in orders.iter().zip(&judged) {
        let (unmapped, noted) = tell_unmapped(order, views, &mut told);
        tell_circumstances(order, views, &mut told);
        summary.noted += noted;
        summary.orders += 1;
        summary.unmapped += unmapped;
        // Of a word that nobody knows nobody knows whether it is fine.
        summary.fine += usize::from(findings.is_empty() && unmapped == 0);
        let unknown = |view: &&View<'_>| view.presence() == Presence::Unknown;
        for view in views.iter().filter(unknown) {
            *summary.unjudged.entry(view.mapping().channel().id()).or_default() += 1;
        }
        for finding in findings {
            *summary.patterns.entry(finding.name()).or_default() += 1;
            found.push(Found::new(order, views, finding));
        }
    }
    // The worst first; within one severity in the order of the orders.
    found.sort_by_key(|found| found.severity);
    for found in &found {
        out.line(found)?;
    }
    for (more, message) in told.kept_back() {
        note(format_args!("and {more} more like it: {message}"));
    }
    summary.tell(out)?;
    Ok(Verdict::found(!found.is_empty() || summary.bad > 0 || summary.unmapped > 0))
}

/// Where systems exclude each other in what kind of deal it is: no finding, but everything that
/// depends on it went by the shop's word.
fn tell_circumstances(order: &str, views: &[View<'_>], told: &mut Told) {
    for conflict in circumstance_conflicts(views) {
        let says = |at: &usize| {
            let view = views.get(*at)?;
            let id = view.mapping().channel().id();
            Some(format!("{id} {}", view.claim().states.of(conflict.facet)))
        };
        let said: Vec<_> = conflict.views.iter().filter_map(says).collect();
        let (facet, taken) = (conflict.facet, conflict.taken);
        let message = format!("{facet}: {}; taken is {taken}", said.join(", "));
        if told.once_more(&message) {
            note(format_args!("order {}: {message}", quoted(order)));
        }
    }
}

/// Values that no row stands for, told and counted; and how many of open fields were noted.
fn tell_unmapped(order: &str, views: &[View<'_>], told: &mut Told) -> (usize, usize) {
    let (mut count, mut noted) = (0, 0);
    for view in views {
        for reading in view.readings() {
            noted += native::unmapped(reading, true).count();
            for native in native::unmapped(reading, false) {
                let id = view.mapping().channel().id();
                let message = format!("{id}: unmapped: {}", Unmapped::new(native).told());
                if told.once_more(&message) {
                    note(format_args!("order {}: {message}", quoted(order)));
                }
                count += 1;
            }
        }
    }
    (count, noted)
}

impl<'a> Found<'a> {
    fn new(order: &'a str, views: &'a [View<'a>], finding: &'a Finding<'_, '_>) -> Self {
        let sides = finding.views.iter().filter_map(|at| Some((*at, views.get(*at)?)));
        Self {
            order,
            pattern: finding.name(),
            also: finding.also.iter().map(|pattern| pattern.name()).collect(),
            relation: finding.relation,
            direction: finding.direction.map(order_status::machine::Direction::as_str),
            strength: finding.strength,
            verdict: "confirmed",
            severity: finding.severity(),
            facets: finding.facets.iter().map(|facet| facet.as_str()).collect(),
            views: sides.map(|(at, view)| Side::new(at, view, finding)).collect(),
            repairs: [],
            words: finding.pattern,
        }
    }
}

impl<'a> Side<'a> {
    fn new(at: usize, view: &'a View<'a>, finding: &'a Finding<'_, '_>) -> Self {
        let speaks = |native: &&Native<'_>| match finding.facets.as_slice() {
            // Where nothing excludes each other the order's own fields tell what it is about.
            [] => {
                native.part.is_none() && Facet::SHARED.into_iter().any(|facet| native.says(facet))
            }
            facets => facets.iter().any(|facet| native.says(*facet)),
        };
        let natives = || view.readings().iter().flat_map(|reading| &reading.natives).filter(speaks);
        let mut facts: Vec<&str> = natives()
            .filter(|_| finding.strength == Strength::Suspected)
            .filter_map(Native::row)
            .flat_map(|row| row.given().map(|(fact, _)| fact))
            .filter(|fact| view.mapping().facts().iter().any(|it| it.name() == *fact && it.holds()))
            .collect();
        facts.sort_unstable();
        facts.dedup();
        let own = view.own_claim().states;
        Self {
            channel: view.mapping().channel().id(),
            role: view.role(),
            presence: view.presence(),
            milestone: Milestone::of(own),
            claim: own,
            natives: natives().map(|native| NativeEntry::new(view.mapping(), native)).collect(),
            facts,
            expected: finding
                .deviations
                .iter()
                .filter(|deviation| deviation.target == at)
                .map(Expected::new)
                .collect(),
        }
    }
}

impl<'a> Expected<'a> {
    fn new(deviation: &'a Deviation<'_>) -> Self {
        let shown: Vec<&Shown> = deviation.expected.iter().map(|row| row.shown()).collect();
        let (code, candidates, by) = match deviation.expected.as_slice() {
            [row] => (code_of(row.shown()), Vec::new(), row.by()),
            rows => (None, rows.iter().map(|row| code_of(row.shown())).collect(), None),
        };
        let direction = deviation.direction.as_str();
        Self { field: deviation.field.name(), code, candidates, by, direction, shown }
    }

    fn told(&self) -> String {
        let codes: Vec<_> = self.shown.iter().map(|shown| spelled(shown)).collect();
        let by = self.by.map(|by| format!(" by {}", way(by))).unwrap_or_default();
        format!("should stand at {}{by}", codes.join(" or "))
    }
}

impl Line for Found<'_> {
    fn human(&self, out: &mut dyn Write) -> io::Result<()> {
        let style = match self.severity {
            Severity::Critical | Severity::High => BAD,
            Severity::Medium | Severity::Low => DOUBTFUL,
        };
        let suspected = match self.strength {
            Strength::Certain => "",
            Strength::Suspected => ", suspected",
        };
        let order = quoted(self.order);
        let (severity, pattern) = (self.severity, self.pattern);
        let facets = self.facets.join(", ");
        let about = if facets.is_empty() { String::new() } else { format!(" in {facets}") };
        writeln!(
            out,
            "{BOLD}order {order}{BOLD:#}  {style}{severity}{suspected}{style:#}  {BOLD}{pattern}{BOLD:#}{DIM}{about}{DIM:#}"
        )?;
        if let Some(words) = self.words {
            writeln!(out, "  {}", printable(words.summary()))?;
        }
        let mut columns = Columns::default();
        for side in &self.views {
            side.rows(&mut columns);
        }
        columns.print(out, "    ")?;
        if let Some(words) = self.words {
            writeln!(out, "  first: {}", printable(words.first_step()))?;
        }
        if !self.also.is_empty() {
            writeln!(out, "  {DIM}also: {}{DIM:#}", self.also.join(", "))?;
        }
        writeln!(out)
    }
}

/// So many native values of one system are told to people; a thousand lines help nobody.
const TOLD: usize = 4;

impl Side<'_> {
    fn rows(&self, columns: &mut Columns) {
        let says = match self.presence {
            // What it says stands beside it.
            Presence::Present
                if self.milestone == Milestone::Unknown && !self.natives.is_empty() =>
            {
                String::new()
            }
            Presence::Present => self.milestone.to_string(),
            Presence::Absent => "has no record".into(),
            Presence::Unknown => "not known".into(),
        };
        let mut channel = self.channel.to_owned();
        let mut says = says;
        for native in self.natives.iter().take(TOLD) {
            let value = format!("{} {}", native.place(), native.value());
            columns.row([
                core::mem::take(&mut channel),
                core::mem::take(&mut says),
                value,
                native.meaning(),
            ]);
        }
        if let Some(more) = self.natives.len().checked_sub(TOLD).filter(|more| *more > 0) {
            columns.row([String::new(), String::new(), format!("and {more} more"), String::new()]);
        }
        if self.natives.is_empty() {
            columns.row([channel, says, String::new(), String::new()]);
        }
        for expected in &self.expected {
            let field = printable(expected.field).to_string();
            columns.row([String::new(), String::new(), field, expected.told()]);
        }
        if !self.facts.is_empty() {
            let facts = format!("taking it that {}", self.facts.join(", "));
            columns.row([String::new(), String::new(), facts, String::new()]);
        }
    }
}

impl Summary<'_> {
    fn tell(&self, out: &mut Output) -> Outcome<()> {
        let Self { orders, fine, bad, unmapped, noted, unjudged, patterns } = self;
        let findings: usize = patterns.values().sum();
        let orders = Count(*orders, "order", "orders");
        let findings = Count(findings, "finding", "findings");
        let unmapped = Count(*unmapped, "value that is not mapped", "values that are not mapped");
        let bad = Count(*bad, "record that could not be read", "records that could not be read");
        out.summary(format_args!("{orders}: {fine} fine, {findings}, {unmapped}, {bad}"))?;
        for (pattern, count) in patterns {
            note(format_args!("{count:>7}  {pattern}"));
        }
        tell_noted(*noted);
        if !unjudged.is_empty() {
            let times = Count(unjudged.values().sum::<usize>(), "time", "times");
            let systems: Vec<_> =
                unjudged.iter().map(|(system, count)| format!("{system} {count}")).collect();
            note(format_args!(
                "{times} a system has no record of an order and it is not known whether that is so ({}); `--absent C=confirmed` says that nothing is missing",
                systems.join(", ")
            ));
        }
        Ok(())
    }
}
