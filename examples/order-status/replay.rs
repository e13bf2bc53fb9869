//! `replay`: tickets judged again after a mapping has changed.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use order_status::boundary::{Catalogue as Boundary, Replay as Answer, Ticket, Violation};
use serde::Serialize;
use serde_json::Value;

use crate::args::Replay;
use crate::catalogue::Catalogue;
use crate::input::{self, Empty, Entry, Payload};
use crate::output::{
    BAD, BOLD, Count, DOUBTFUL, GOOD, Line, Outcome, Output, Stop, Verdict, printable,
};

#[derive(Serialize)]
struct Replayed<'a> {
    channel: &'a str,
    order: Option<&'a str>,
    replay: &'static str,
    violations: &'a [Violation],
    reason: Option<&'a str>,
}

pub(crate) fn run(args: &Replay, mappings: &[PathBuf], out: &mut Output) -> Outcome<Verdict> {
    let old = boundary(mappings, args.old.as_deref())?;
    let new = boundary(mappings, Some(&args.new))?;
    let (mut passing, mut failing, mut open) = (0_u64, 0_u64, 0_u64);
    let is_record = |value: &Value| value.get("channel").is_some();
    // Of no orders `check` writes no tickets.
    let tally = input::read(&args.tickets, Empty::Allowed, &is_record, &mut |entry: Entry| {
        let Payload::Json(value) = entry.payload else {
            return Ok(Err("is a row of a table; tickets are JSON, as `check` writes them".into()));
        };
        if value.get("verdict").and_then(Value::as_str) == Some("accepted") {
            return Ok(Ok(()));
        }
        let ticket: Ticket = match serde_json::from_value(value) {
            Ok(ticket) => ticket,
            Err(error) => return Ok(Err(format!("is no ticket: {error}"))),
        };
        let answer = ticket.replay(&old, &new);
        match answer {
            Answer::Passes => passing += 1,
            Answer::Fails(_) => failing += 1,
            Answer::NeedsPayload(_) => open += 1,
        }
        out.line(&Replayed::new(&ticket, &answer))?;
        Ok(Ok(()))
    })?;
    let tickets = Count(passing + failing + open + tally.bad, "ticket", "tickets");
    let again = Count(open, "has", "have");
    out.summary(format_args!(
        "{tickets}: {passing} would now come in, {failing} would not, {again} to be checked again with the payload"
    ))?;
    Ok(Verdict::found(failing + open + tally.bad > 0))
}

/// All systems, with a folder on top of the built-in ones.
fn boundary(mappings: &[PathBuf], folder: Option<&Path>) -> Outcome<Boundary> {
    let folders: Vec<_> = mappings.iter().cloned().chain(folder.map(Path::to_owned)).collect();
    let catalogue = Catalogue::open(&folders)?;
    let all: Vec<_> =
        catalogue.ids().into_iter().map(|id| catalogue.mapping(id)).collect::<Outcome<_>>()?;
    Boundary::new(all).map_err(|error| Stop::Failed(error.to_string()))
}

impl<'a> Replayed<'a> {
    fn new(ticket: &'a Ticket, answer: &'a Answer) -> Self {
        let (replay, violations, reason) = match answer {
            Answer::Passes => ("passes", &[][..], None),
            Answer::Fails(violations) => ("fails", violations.as_slice(), None),
            Answer::NeedsPayload(why) => ("needs-payload", &[][..], Some(why.as_str())),
        };
        Self {
            channel: &ticket.channel,
            order: ticket.order.as_deref(),
            replay,
            violations,
            reason,
        }
    }
}

impl Line for Replayed<'_> {
    fn human(&self, out: &mut dyn Write) -> io::Result<()> {
        let style = match self.replay {
            "passes" => GOOD,
            "fails" => BAD,
            _ => DOUBTFUL,
        };
        let order = self.order.map_or("(no number)".into(), |order| printable(order).to_string());
        let (channel, replay) = (printable(self.channel), self.replay);
        writeln!(out, "{style}{replay}{style:#}  {BOLD}{order}{BOLD:#}  {channel}")?;
        for violation in self.violations {
            writeln!(out, "    {}", printable(&violation.to_string()))?;
        }
        match self.reason {
            Some(reason) => writeln!(out, "    {}", printable(reason)),
            None => Ok(()),
        }
    }
}
