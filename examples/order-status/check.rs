//! `check`: orders before anything is created from them.

use alloc::collections::BTreeMap;
use std::io::{self, Write};

use jiff::Timestamp;
use order_status::boundary::{
    Accepted, Catalogue as Boundary, Order, Ticket, Verdict as Judgement, Violation,
};
use order_status::mapping::Mapping;
use order_status::milestone::Milestone;
use order_status::reading::{Known, Reading};
use order_status::state::StateSet;
use serde::Serialize;
use serde_json::Value;

use crate::args::Check;
use crate::catalogue::{self, Catalogue};
use crate::input::{self, Entry, Payload};
use crate::output::{BAD, BOLD, DIM, GOOD, Line, Outcome, Output, Stop, Verdict, note, printable};

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
    milestone: &'static str,
    notes: &'a [Violation],
}

pub(crate) fn run(
    args: &Check,
    as_of: Option<Timestamp>,
    catalogue: &Catalogue,
    out: &mut Output,
) -> Outcome<Verdict> {
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
    let now = as_of.unwrap_or(Timestamp::MAX);
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
    let tally = input::read(&args.file, &is_record, &mut |entry: Entry| {
        let payload = entry.payload.as_record();
        let kind = args.channel.record.as_deref().and_then(|name| shop.record(name));
        let kind = kind.or_else(|| shop.recognise(payload));
        let reading = kind.map(|kind| shop.read(kind, payload, &Known::new()));
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
    // What could not be read is not lost: each such record has a ticket, too.
    for _ in 0..tally.bad {
        judge(Order::broken(channel), out)?;
    }
    note(format_args!("{} orders: {accepted} accepted, {quarantined} quarantined", tally.records));
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
        input::read(&export.file, &is_record, &mut |entry: Entry| {
            let reading = mapping.read(kind, entry.payload.as_record(), &Known::new());
            beside.add(&reading, *id == args.channel.channel);
            beside.records.push((id.clone(), name.clone(), entry.payload));
            Ok(Ok(()))
        })?;
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
            milestone: Milestone::of(accepted.claim.states).as_str(),
            notes: &accepted.notes,
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
                writeln!(
                    out,
                    "{GOOD}accepted{GOOD:#}  {BOLD}{}{BOLD:#}  {}",
                    number(order.order),
                    order.milestone
                )?;
                told(out, order.notes)
            }
            Self::Quarantined(ticket) => {
                let severity = ticket.severity;
                writeln!(
                    out,
                    "{BAD}quarantined{BAD:#}  {BOLD}{}{BOLD:#}  {severity}",
                    number(ticket.order.as_deref())
                )?;
                told(out, &ticket.violations)
            }
        }
    }
}

fn told(out: &mut dyn Write, found: &[Violation]) -> io::Result<()> {
    for violation in found {
        writeln!(out, "    {}", printable(&violation.to_string()))?;
        for release in &violation.release {
            writeln!(out, "        {DIM}->{DIM:#} {}", printable(&release.to_string()))?;
        }
    }
    Ok(())
}
