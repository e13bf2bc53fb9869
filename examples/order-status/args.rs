//! What can be asked for.

use core::fmt;
use core::str::FromStr;
use std::path::PathBuf;

use anstyle::AnsiColor;
use clap::builder::Styles;
use clap::{Args, Parser, Subcommand};

use crate::output::{Format, Outcome, Stop};

/// What order statuses mean, and where systems contradict each other.
#[derive(Debug, Parser)]
#[command(name = "order-status", version, styles = STYLES, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 nothing found, 1 findings, 2 wrong usage or unreadable input. Where \
                  the output is not read to its end (`| head`), the run ends with 0 or 1 whatever \
                  was found: to use the exit code, write to a file."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::White.on_default().bold())
    .usage(AnsiColor::White.on_default().bold())
    .literal(AnsiColor::Cyan.on_default())
    .placeholder(AnsiColor::Green.on_default());

#[derive(Args, Debug)]
pub(crate) struct Global {
    /// A folder of your own mapping files, beside the built-in ones (may be repeated).
    ///
    /// A file with the id of a built-in replaces it; one that says `extends = "..."` is put on top
    /// of a built-in or of another file. Later folders come on top of earlier ones.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) mappings: Vec<PathBuf>,
    /// How to answer: for people, as one JSON array, or as one JSON object a line.
    ///
    /// Without it people are answered; `check` and `replay`, whose lines are kept, answer as ndjson.
    #[arg(long, global = true, value_enum)]
    pub(crate) format: Option<Format>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Lists the systems that are mapped, with their status fields.
    Channels,
    /// Prints a system's table: what each code means, and which code a state should stand at.
    Show(Show),
    /// Checks mapping files: every mistake, with its place and what to write instead.
    Lint(Lint),
    /// Looks codes up: exactly as they are sent, nothing trimmed or guessed.
    Lookup(Lookup),
    /// Reads payloads, tells what they claim, and at which codes another system should stand.
    Translate(Translate),
    /// Compares the exports of any number of systems, and says where they contradict each other.
    Reconcile(Reconcile),
    /// Checks orders before anything is created from them: accepted, or kept out with a ticket.
    Check(Check),
    /// Judges tickets again after a mapping has changed: which orders would now come in?
    Replay(Replay),
}

#[derive(Args, Debug)]
pub(crate) struct Show {
    /// The system's id, as `channels` lists it.
    pub(crate) channel: String,
    /// One field of it; without it, all.
    pub(crate) field: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Lint {
    /// Mapping files, or folders of them (*.toml, folders inside are not searched).
    #[arg(required_unless_present = "explain", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Explains a rule, by the name that stands in brackets in a finding, and checks nothing.
    #[arg(long, value_name = "RULE", conflicts_with = "paths")]
    pub(crate) explain: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Lookup {
    /// The system's id.
    #[arg(long, value_name = "C")]
    pub(crate) channel: String,
    /// The field's name.
    #[arg(long, value_name = "F")]
    pub(crate) field: String,
    /// Codes; one that begins with a hyphen and is no number comes behind `--`, as in
    /// `lookup --channel C --field F -- -x`. Without any they are read from standard input, one a
    /// line. Lines are not trimmed, and an empty line is the empty code.
    #[arg(value_name = "CODE", allow_negative_numbers = true)]
    pub(crate) codes: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Translate {
    /// The system that sent the payloads, and which of its records they are; without a record it
    /// is recognised.
    #[arg(long, value_name = "C[.RECORD]")]
    pub(crate) from: Records,
    /// The system that is to be brought to the same state.
    #[arg(long, value_name = "D")]
    pub(crate) to: Option<String>,
    /// JSON (one record, a list, or an API's answer around a list), NDJSON (one record a line) or
    /// CSV with a header; `-` is standard input. A record may have at most 16 MiB, a JSON
    /// document, which is held in memory, at most 1 GiB.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

#[derive(Args, Debug)]
#[command(after_long_help = RELATIONS)]
pub(crate) struct Reconcile {
    /// A system's export, and which of its records it holds; without a record each is recognised
    /// (may be repeated, also for one system).
    ///
    /// JSON (one record, a list, or an API's answer around a list), NDJSON (one record a line) or
    /// CSV with a header; `-` is standard input, which one export may come from. A record may have
    /// at most 16 MiB, a JSON document, which is held in memory, at most 1 GiB.
    #[arg(long = "view", required = true, value_name = "C[.RECORD]=FILE", value_parser = export)]
    pub(crate) views: Vec<Export>,
    /// Whether an order that is not in a system's exports is known not to be in that system, or not
    /// in this kind of its records. Unknown if nothing is said: the window may have been too small.
    /// A system that has no record at all has an export of `[]`; a file of no bytes, which is what a
    /// failed export leaves behind, is read only where this says something of the system.
    #[arg(long = "absent", value_name = "C[.RECORD]=confirmed|unknown", value_parser = absence)]
    pub(crate) absences: Vec<Absent>,
}

const RELATIONS: &str = "\
How the systems of a finding relate:
  contradiction  both cannot be right: no order is as both say
  deviation      one does not stand where the others say that it should
  presence       one has no record, and `--absent` confirms it
  agreement      both may be right, and what they agree on is wrong all the same, such as goods that
                 came back and money that nobody gave back";

#[derive(Args, Debug)]
pub(crate) struct Check {
    /// The system that sent the orders, and which of its records they are; without a record each is
    /// recognised.
    #[arg(long, value_name = "C[.RECORD]")]
    pub(crate) channel: Records,
    /// Records that belong to the orders: the shop's transactions, the gateway's payments (may be
    /// repeated). Each is put to the order whose number or id it names.
    #[arg(long = "with", value_name = "C.RECORD=FILE", value_parser = export)]
    pub(crate) with: Vec<Export>,
    /// The payments of all these orders were verified elsewhere.
    #[arg(long)]
    pub(crate) payments_verified: bool,
    /// The time that counts as now, such as 2026-11-23T06:00:00Z or 2026-11-23 (UTC). Without it no
    /// time is in the future.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) as_of: Option<jiff::Timestamp>,
    /// JSON, NDJSON or CSV, as for `translate`; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Replay {
    /// Tickets, one a line, as `check` writes them; accepted orders among them are passed over.
    #[arg(long, value_name = "FILE")]
    pub(crate) tickets: PathBuf,
    /// The folder of mapping files by which the tickets were written, on top of the built-in ones;
    /// without it the built-in ones alone.
    #[arg(long, value_name = "DIR")]
    pub(crate) old: Option<PathBuf>,
    /// The folder by which they are to be judged.
    #[arg(long, value_name = "DIR")]
    pub(crate) new: PathBuf,
}

/// Where the records of a system lie.
#[derive(Clone, Debug)]
pub(crate) struct Export {
    pub(crate) of: Records,
    pub(crate) file: PathBuf,
}

/// Whether what is not in a system's exports does not exist.
#[derive(Clone, Debug)]
pub(crate) struct Absent {
    pub(crate) of: Records,
    pub(crate) confirmed: bool,
}

fn export(text: &str) -> Result<Export, String> {
    let (of, file) =
        text.split_once('=')
            .filter(|(of, file)| !of.is_empty() && !file.is_empty())
            .ok_or("write it as shopify=orders.json or netsuite.invoice=invoices.ndjson")?;
    Ok(Export { of: records(of), file: file.into() })
}

fn absence(text: &str) -> Result<Absent, String> {
    let (of, word) = text.split_once('=').unwrap_or((text, ""));
    let confirmed = match word {
        "confirmed" => true,
        "unknown" => false,
        _ => return Err("write it as netsuite=confirmed or netsuite.invoice=unknown".into()),
    };
    Ok(Absent { of: records(of), confirmed })
}

fn records(text: &str) -> Records {
    let Ok(records) = text.parse();
    records
}

/// A system, and perhaps one kind of its records: `shopify`, `netsuite.item_fulfillment`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Records {
    pub(crate) channel: String,
    pub(crate) record: Option<String>,
}

impl FromStr for Records {
    type Err = core::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text.split_once('.') {
            Some((channel, record)) => {
                Self { channel: channel.into(), record: Some(record.into()) }
            }
            None => Self { channel: text.into(), record: None },
        })
    }
}

impl fmt::Display for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.record {
            Some(record) => write!(f, "{}.{record}", self.channel),
            None => f.write_str(&self.channel),
        }
    }
}

impl fmt::Display for Absent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.of, if self.confirmed { "confirmed" } else { "unknown" })
    }
}

fn time(text: &str) -> Result<jiff::Timestamp, String> {
    let day = || {
        let day: jiff::civil::Date = text.parse().ok()?;
        jiff::tz::TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()
    };
    text.parse()
        .ok()
        .or_else(day)
        .ok_or_else(|| "write it as 2026-11-23T06:00:00Z or 2026-11-23".into())
}

/// Reads the arguments; nothing where help or the version was asked for and printed.
pub(crate) fn parse() -> Outcome<Option<Cli>> {
    Cli::try_parse().map(Some).or_else(|error| {
        if error.use_stderr() { Err(Stop::Failed(in_one_line(&error))) } else { help(&error) }
    })
}

fn help(error: &clap::Error) -> Outcome<Option<Cli>> {
    error.print()?;
    Ok(None)
}

/// clap says it in a paragraph, followed by the usage; scripts want a line.
fn in_one_line(error: &clap::Error) -> String {
    if error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return "a command is missing; try `order-status --help`".into();
    }
    let text = error.render().to_string();
    let lines = text.lines().take_while(|line| !line.starts_with("Usage:"));
    let mut said = String::new();
    for line in lines.map(str::trim).filter(|line| !line.is_empty()) {
        said.push_str(match line {
            _ if said.is_empty() => "",
            _ if line.starts_with("tip:") => "; ",
            _ => " ",
        });
        said.push_str(&line.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let said = said.strip_prefix("error: ").unwrap_or(&said);
    let said = said.strip_suffix("For more information, try '--help'.").unwrap_or(said).trim_end();
    format!("{said}; try `--help`")
}
