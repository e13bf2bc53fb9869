//! `reconcile`: where the exports of several systems contradict each other, and what to do first.

use alloc::collections::BTreeMap;
use std::io::{self, Write};

use order_status::compare::{Deviation, Finding, Presence, View, compare, views};
use order_status::facet::Facet;
use order_status::join::join;
use order_status::mapping::{By, Level, Mapping, Role, Shown};
use order_status::milestone::Milestone;
use order_status::pattern::{Pattern, Patterns, Relation, Severity, Strength};
use order_status::reading::{Native, Reading};
use order_status::state::StateSet;
use serde::Serialize;

use crate::args::{Reconcile, Records};
use crate::catalogue::{self, Catalogue};
use crate::native::{self, NativeEntry, Unmapped};
use crate::output::{
    BAD, BOLD, Columns, DIM, DOUBTFUL, Line, Outcome, Output, Stop, Verdict, note, printable,
    quoted,
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
struct Systems {
    mappings: Vec<Mapping>,
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

    fn of(&self, records: &Records) -> Option<(usize, &Mapping)> {
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
    /// Pairs of an order and a system of which it is not known whether it has the order.
    unjudged: usize,
    patterns: BTreeMap<&'a str, usize>,
}

pub(crate) fn run(args: &Reconcile, catalogue: &Catalogue, out: &mut Output) -> Outcome<Verdict> {
    refuse_two_of_standard_input(args)?;
    let systems = Systems::open(args, catalogue)?;
    let complete = complete(args, &systems)?;
    let mut summary = Summary::default();
    let mut records: Vec<(usize, Reading<'_>)> = Vec::new();
    for export in &args.views {
        let Some((at, mapping)) = systems.of(&export.of) else { continue };
        let tally =
            native::read(&export.file, mapping, &export.of, "--view", &mut |reading, _| {
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
    let judged: Vec<_> = orders.iter().map(|(_, views)| compare(views, &patterns)).collect();
    for ((order, views), findings) in orders.iter().zip(&judged) {
        let unmapped = tell_unmapped(order, views);
        summary.orders += 1;
        summary.unmapped += unmapped;
        // Of a word that nobody knows nobody knows whether it is fine.
        summary.fine += usize::from(findings.is_empty() && unmapped == 0);
        let unknown = |view: &&View<'_>| view.presence() == Presence::Unknown;
        summary.unjudged += views.iter().filter(unknown).count();
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
    summary.tell();
    Ok(Verdict::found(!found.is_empty() || summary.bad > 0 || summary.unmapped > 0))
}

/// Standard input can be read once: the second export would be empty, and every order missing in it.
fn refuse_two_of_standard_input(args: &Reconcile) -> Outcome<()> {
    let of_input = args.views.iter().filter(|export| export.file.as_os_str() == "-");
    let named: Vec<_> = of_input.map(|export| format!("`--view {}=-`", export.of)).collect();
    match named.as_slice() {
        [] | [_] => Ok(()),
        _ => Err(Stop::Failed(format!(
            "standard input can be read once, and {} name it; name a file for all but one",
            named.join(" and ")
        ))),
    }
}

/// Per system the kinds of record of which none is missing.
fn complete<'a>(args: &'a Reconcile, systems: &'a Systems) -> Outcome<Vec<Vec<&'a str>>> {
    let mut complete = vec![Vec::new(); systems.mappings.len()];
    for absent in &args.absences {
        let Some((at, mapping)) = systems.of(&absent.of) else {
            let id = &absent.of.channel;
            return Err(Stop::Failed(format!(
                "`--absent {}`: no `--view` is of {id}; where {id} has no record at all, name an empty file",
                absent.of
            )));
        };
        let kinds: Vec<&str> = match &absent.of.record {
            Some(name) => vec![catalogue::record(mapping, name)?.name()],
            None => exported(args, mapping),
        };
        let Some(of_system) = complete.get_mut(at) else { continue };
        if absent.confirmed {
            of_system.extend(kinds);
        } else {
            of_system.retain(|kind| !kinds.contains(kind));
        }
    }
    Ok(complete)
}

/// The kinds of record that the exports of a system hold by their names; of an export whose records
/// are recognised only that it holds the orders, or what stands for them.
fn exported<'a>(args: &'a Reconcile, mapping: &'a Mapping) -> Vec<&'a str> {
    let of_system = || args.views.iter().filter(|it| it.of.channel == mapping.channel().id());
    let named = of_system().filter_map(|export| export.of.record.as_deref());
    let mut kinds: Vec<&str> = named.collect();
    if of_system().any(|export| export.of.record.is_none()) {
        let own = || mapping.records().iter().filter(|kind| kind.within().is_none());
        let orders = own()
            .filter(|kind| kind.level() == Level::Order)
            .map(order_status::mapping::RecordKind::name);
        kinds.extend(orders);
        if kinds.is_empty() {
            kinds.extend(own().map(order_status::mapping::RecordKind::name));
        }
    }
    kinds
}

/// Values that no row stands for; of open vocabularies they are no news.
fn tell_unmapped(order: &str, views: &[View<'_>]) -> usize {
    let mut count = 0;
    for view in views {
        let natives = view.readings().iter().flat_map(Reading::unmapped);
        for native in natives.filter(|native| !native.field.is_open()) {
            let id = view.mapping().channel().id();
            let told = Unmapped::new(native).told();
            note(format_args!("order {}: {id}: unmapped: {told}", quoted(order)));
            count += 1;
        }
    }
    count
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
    fn tell(&self) {
        let Self { orders, fine, bad, unmapped, unjudged, patterns } = self;
        let findings: usize = patterns.values().sum();
        note(format_args!(
            "{orders} orders: {fine} fine, {findings} findings, {unmapped} values that are not mapped, {bad} records that could not be read"
        ));
        for (pattern, count) in patterns {
            note(format_args!("{count:>7}  {pattern}"));
        }
        if *unjudged > 0 {
            note(format_args!(
                "{unjudged} times a system has no record of an order and it is not known whether that is so; `--absent C=confirmed` says that nothing is missing"
            ));
        }
    }
}
