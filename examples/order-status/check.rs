//! `check`: orders before anything is created from them.

use alloc::collections::BTreeMap;
use std::io::{self, Write};

use jiff::Timestamp;
use order_status::boundary::{
    Accepted, Catalogue as Boundary, Excused, Order, Ticket, Verdict as Judgement, Violation,
};
use order_status::mapping::Mapping;
use order_status::milestone::Milestone;
use order_status::reading::{Known, Reading};
use order_status::state::StateSet;
use serde::Serialize;
use serde_json::Value;

use crate::args::Check;
use crate::catalogue::{self, Catalogue};
use crate::input::{self, Empty, Entry, Payload};
use crate::output::{BAD, BOLD, Count, DIM, GOOD, Line, Outcome, Output, Stop, Verdict, printable};
use crate::recognise::{Silent, has_status, tell_columns};

/// Records that may belong to an order, by what they say of it.
#[derive(Default)]
struct Beside {
    records: Vec<(String, String, Payload)>,
    /// Records of the same system, by the id of the order under which they hang.
    by_parent: BTreeMap<String, Vec<usize>>,
    /// Any record, by the number of the order in its shop.
    by_number: BTreeMap<String, Vec<usize>>,
}

#[derive(Serialize)]
#[serde(tag = "verdict", rename_all = "lowercase")]
enum Checked<'a> {
    Accepted(Box<In<'a>>),
    Quarantined(&'a Ticket),
}

#[derive(Serialize)]
struct In<'a> {
    channel: &'a str,
    record: &'a str,
    order: Option<&'a str>,
    claim: StateSet,
    milestone: Milestone,
    notes: &'a [Violation],
    #[serde(skip)]
    excused: &'a [Excused],
}

pub(crate) fn run(args: &Check, catalogue: &Catalogue, out: &mut Output) -> Outcome<Verdict> {
    let channel = &args.channel.channel;
    let mapping = catalogue.mapping(channel)?;
    if let Some(record) = &args.channel.record {
        catalogue::record(&mapping, record)?;
    }
    let mut mappings = BTreeMap::from([(channel.clone(), mapping)]);
    for export in &args.with {
        let id = &export.of.channel;
        if !mappings.contains_key(id) {
            mappings.insert(id.clone(), catalogue.mapping(id)?);
        }
    }
    let beside = beside(args, &mappings)?;
    let boundary =
        Boundary::new(mappings.into_values()).map_err(|error| Stop::Failed(error.to_string()))?;
    // Without a clock no time lies in the future.
    let now = args.as_of.unwrap_or(Timestamp::MAX);
    let (mut accepted, mut quarantined) = (0_u64, 0_u64);
    let mut judge = |order: Order<'_>, out: &mut Output| {
        let judgement = boundary.check(&order, now);
        match &judgement {
            Judgement::Accepted(order) => {
                accepted += 1;
                out.line(&Checked::Accepted(Box::new(In::new(channel, order))))
            }
            Judgement::Quarantined(ticket) => {
                quarantined += 1;
                out.line(&Checked::Quarantined(ticket))
            }
        }
    };
    let shop =
        boundary.mapping(channel).ok_or_else(|| Stop::Failed(format!("no system {channel}")))?;
    let is_record = |value: &Value| shop.recognise(value).is_some() && !is_list(value);
    let named = args.channel.record.as_deref().and_then(|name| shop.record(name));
    let mut silent = Silent::default();
    let mut is_told = false;
    // No ticket is written of an export that turns out to be another system's.
    out.hold();
    let tally = input::read(&args.file, Empty::Refused, &is_record, &mut |entry: Entry| {
        let payload = entry.payload.as_record();
        let kind = named.or_else(|| shop.recognise(payload));
        if let (None, Payload::Table(row), false) = (kind, &entry.payload, is_told) {
            is_told = true;
            tell_columns(&args.file, row, shop, named);
        }
        let reading = kind.map(|kind| shop.read(kind, payload, &Known::new()));
        match &reading {
            Some(reading) => silent.add(reading),
            // It has a ticket, which says that it is no record of this system.
            None => out.release()?,
        }
        if reading.as_ref().is_some_and(has_status) {
            out.release()?;
        }
        let mut order = Order::new(channel, payload);
        if let Some(record) = &args.channel.record {
            order = order.record(record);
        }
        if args.payments_verified {
            order = order.payment_verified();
        }
        for at in reading.iter().flat_map(|reading| beside.of(reading)) {
            if let Some((channel, record, payload)) = beside.records.get(at) {
                order = order.beside(channel, record, payload.as_record());
            }
        }
        judge(order, out)?;
        Ok(Ok(()))
    })?;
    silent.judge(&args.file, shop)?;
    // What could not be read is not lost: each such record has a ticket, too.
    for _ in 0..tally.bad {
        judge(Order::broken(channel), out)?;
    }
    let orders = Count(tally.records, "order", "orders");
    out.summary(format_args!("{orders}: {accepted} accepted, {quarantined} quarantined"))?;
    Ok(Verdict::found(quarantined > 0))
}

/// Is it what an API puts around a list of records?
fn is_list(value: &Value) -> bool {
    value
        .as_object()
        .is_some_and(|object| object.len() == 1 && object.values().all(Value::is_array))
}

fn beside(args: &Check, mappings: &BTreeMap<String, Mapping>) -> Outcome<Beside> {
    let mut beside = Beside::default();
    for export in &args.with {
        let id = &export.of.channel;
        let Some(mapping) = mappings.get(id) else { continue };
        let Some(name) = &export.of.record else {
            return Err(Stop::Failed(format!(
                "--with {id}: name the record as well, such as {id}.RECORD=FILE"
            )));
        };
        let kind = catalogue::record(mapping, name)?;
        let is_record = |value: &Value| !is_list(value);
        let mut silent = Silent::default();
        input::read(&export.file, Empty::Refused, &is_record, &mut |entry: Entry| {
            let reading = mapping.read(kind, entry.payload.as_record(), &Known::new());
            silent.add(&reading);
            beside.add(&reading, *id == args.channel.channel);
            beside.records.push((id.clone(), name.clone(), entry.payload));
            Ok(Ok(()))
        })?;
        silent.judge(&export.file, mapping)?;
    }
    Ok(beside)
}

impl Beside {
    /// Takes note of the record that is about to be put to the others.
    fn add(&mut self, reading: &Reading<'_>, is_own: bool) {
        let at = self.records.len();
        if is_own && let Some((_, id)) = &reading.parent {
            self.by_parent.entry(id.clone()).or_default().push(at);
        }
        let numbers = reading.order.iter().chain(reading.refs.iter().map(|of| &of.number));
        for number in numbers {
            self.by_number.entry(number.clone()).or_default().push(at);
        }
    }

    /// The places of the records that name an order.
    fn of(&self, order: &Reading<'_>) -> Vec<usize> {
        let by_id = order.id.as_ref().and_then(|id| self.by_parent.get(id));
        let by_number = order.order.as_ref().and_then(|number| self.by_number.get(number));
        let mut places: Vec<_> = by_id.into_iter().chain(by_number).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

impl<'a> In<'a> {
    fn new(channel: &'a str, accepted: &'a Accepted<'_>) -> Self {
        Self {
            channel,
            record: accepted.reading.record.name(),
            order: accepted.reading.order.as_deref(),
            claim: accepted.claim.states,
            milestone: Milestone::of(accepted.claim.states),
            notes: &accepted.notes,
            excused: &accepted.excused,
        }
    }
}

impl Line for Checked<'_> {
    fn human(&self, out: &mut dyn Write) -> io::Result<()> {
        let number = |order: Option<&str>| {
            order.map_or("(no number)".into(), |order| printable(order).to_string())
        };
        match self {
            Self::Accepted(order) => {
                let number = number(order.order);
                write!(out, "{GOOD}accepted{GOOD:#}  {BOLD}{number}{BOLD:#}")?;
                if order.milestone != Milestone::Unknown {
                    write!(out, "  {}", order.milestone)?;
                }
                writeln!(out)?;
                told(out, "noted: ", order.notes)?;
                excused(out, order.excused)
            }
            Self::Quarantined(ticket) => {
                let severity = ticket.severity;
                writeln!(
                    out,
                    "{BAD}quarantined{BAD:#}  {BOLD}{}{BOLD:#}  {severity}",
                    number(ticket.order.as_deref())
                )?;
                told(out, "", &ticket.violations)?;
                told(out, "noted: ", &ticket.notes)?;
                excused(out, &ticket.excused)
            }
        }
    }
}

/// What was found and does not count for this order, and why.
fn excused(out: &mut dyn Write, excused: &[Excused]) -> io::Result<()> {
    for Excused { violation, why, .. } in excused {
        let (violation, why) = (violation.to_string(), printable(why));
        writeln!(out, "    {DIM}excused:{DIM:#} {} ({why})", printable(&violation))?;
    }
    Ok(())
}

fn told(out: &mut dyn Write, word: &str, found: &[Violation]) -> io::Result<()> {
    for violation in found {
        writeln!(out, "    {DIM}{word}{DIM:#}{}", printable(&violation.to_string()))?;
        for release in &violation.release {
            writeln!(out, "        {DIM}->{DIM:#} {}", printable(&release.to_string()))?;
        }
    }
    Ok(())
}
