//! `order-status`: the command line for people who write mapping files and people who run shops.
//!
//! All reading and writing of files happens here; the library only computes. Exit codes: 0 nothing
//! found, 1 findings, 2 wrong usage or input that cannot be read, said in one line.

extern crate alloc;

mod absent;
mod args;
mod catalogue;
mod channels;
mod check;
mod input;
mod lint;
mod lookup;
mod native;
mod output;
mod recognise;
mod reconcile;
mod replay;
mod show;
mod source;
mod split;
mod table;
mod translate;

use std::process::ExitCode;

use args::{Cli, Command};
use catalogue::Catalogue;
use output::{Format, Outcome, Output, Stop, Verdict, complain};

fn main() -> ExitCode {
    match run() {
        // Where the pipe is closed whoever reads has seen enough: `order-status ... | head`. What
        // would have been found is not known then, as the help says.
        Ok(Verdict::Clean) | Err(Stop::Pipe) => ExitCode::SUCCESS,
        Ok(Verdict::Findings) => ExitCode::from(1),
        Ok(Verdict::Unreadable) => ExitCode::from(2),
        Err(Stop::Failed(message)) => {
            complain(&message);
            ExitCode::from(2)
        }
    }
}

fn run() -> Outcome<Verdict> {
    let Some(Cli { global, command }) = args::parse()? else { return Ok(Verdict::Clean) };
    let kept = matches!(command, Command::Check(_) | Command::Replay(_));
    let usual = if kept { Format::Ndjson } else { Format::Human };
    let mut out = Output::new(global.format.unwrap_or(usual));
    let catalogue = || Catalogue::open(&global.mappings);
    let verdict = match command {
        Command::Channels => channels::run(&catalogue()?, &mut out),
        Command::Show(args) => show::run(&args, &catalogue()?, &mut out),
        Command::Lint(args) => match &args.explain {
            Some(rule) => lint::explain(rule, &mut out),
            None => lint::run(&args, catalogue()?, &mut out),
        },
        Command::Lookup(args) => lookup::run(&args, &catalogue()?, &mut out),
        Command::Translate(args) => translate::run(&args, &catalogue()?, &mut out),
        Command::Reconcile(args) => reconcile::run(&args, &catalogue()?, &mut out),
        Command::Check(args) => check::run(&args, &catalogue()?, &mut out),
        Command::Replay(args) => replay::run(&args, &global.mappings, &mut out),
    }?;
    out.finish()?;
    Ok(verdict)
}
