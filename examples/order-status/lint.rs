//! `lint`: what is wrong with mapping files, and what a rule is about.

use std::io::{self, Write};

use order_status::boundary::rules as order_rules;
use order_status::diagnostic::{Diagnostic, Report, Severity, render};
use order_status::mapping::{self, rules};
use order_status::text::{Lines, Position, nearest};
use serde::Serialize;

use crate::args::Lint;
use crate::catalogue::{Catalogue, MappingFile, mapping_files};
use crate::output::{
    BAD, BOLD, Count, DIM, DOUBTFUL, Line, Outcome, Output, Stop, Verdict, complain,
};

#[derive(Serialize)]
struct Finding<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    rule: &'static str,
    severity: Severity,
    message: &'a str,
    /// What stands at the place, or what would be understood there.
    label: Option<&'a str>,
    help: Option<&'a str>,
    fix: Option<FixEntry<'a>>,
}

/// A change that would answer a finding; the end is one behind the last character.
#[derive(Serialize)]
struct FixEntry<'a> {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    replacement: &'a str,
}

/// A rule, explained.
#[derive(Serialize)]
struct Explained {
    rule: &'static str,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    then: Option<&'static str>,
    summary: &'static str,
    explanation: &'static str,
}

impl Line for Explained {
    /// The explanation is Markdown, which reads well as it is; headings and files stand out.
    fn human(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { rule, severity, then, summary, explanation } = self;
        let style = if matches!(*severity, "error" | "high") { BAD } else { DOUBTFUL };
        writeln!(out, "{style}{severity}[{rule}]{style:#}: {BOLD}{summary}{BOLD:#}\n")?;
        match *then {
            Some("quarantine") => writeln!(out, "An order that breaks it is kept out.\n")?,
            Some(_) => writeln!(out, "An order that breaks it comes in with a note.\n")?,
            None => {}
        }
        let mut in_file = false;
        for line in explanation.lines() {
            if line.starts_with("```") {
                in_file = !in_file;
            } else if in_file && !line.is_empty() {
                writeln!(out, "    {DIM}{line}{DIM:#}")?;
            } else if let Some(heading) = line.strip_prefix("## ").filter(|_| !in_file) {
                writeln!(out, "{BOLD}{heading}{BOLD:#}")?;
            } else {
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    }
}

pub(crate) fn explain(name: &str, out: &mut Output) -> Outcome<Verdict> {
    let for_files = rules::named(name).map(|rule| Explained {
        rule: rule.name(),
        severity: rule.severity().as_str(),
        then: None,
        summary: rule.summary(),
        explanation: rule.explanation(),
    });
    let for_orders = order_rules::named(name).map(|rule| Explained {
        rule: rule.name(),
        severity: rule.severity().as_str(),
        then: Some(rule.then().as_str()),
        summary: rule.summary(),
        explanation: rule.explanation(),
    });
    let Some(explained) = for_files.or(for_orders) else {
        let of_files = rules::ALL.iter().map(|rule| rule.name());
        let meant = nearest(name, of_files.chain(order_rules::ALL.iter().map(|rule| rule.name())))
            .map(|near| format!("did you mean `{near}`?"));
        let help = meant.unwrap_or_else(|| "docs/rules.md lists them all".into());
        return Err(Stop::Failed(format!("`{name}` is no rule; {help}")));
    };
    out.line(&explained)?;
    Ok(Verdict::Clean)
}

pub(crate) fn run(args: &Lint, catalogue: Catalogue, out: &mut Output) -> Outcome<Verdict> {
    let mut unread = Unread::default();
    let mut files = Vec::new();
    for path in &args.paths {
        for path in unread.but(mapping_files(path))?.into_iter().flatten() {
            files.extend(unread.but(MappingFile::read(&path, 0))?);
        }
    }
    if files.is_empty() {
        // The last of them is told by whoever ends the run.
        return Err(Stop::Failed(unread.messages.pop().unwrap_or_default()))
            .inspect_err(|_| unread.tell());
    }
    let read = Count(files.len(), "file", "files");
    let catalogue = catalogue.and(files);
    let (mut errors, mut warnings) = (0usize, 0usize);
    for file in catalogue.top() {
        let base = catalogue.base_of(file).map_err(|stop| match stop {
            Stop::Failed(why) => {
                Stop::Failed(format!("{}: what it extends has a mistake: {why}", file.name))
            }
            Stop::Pipe => stop,
        });
        let Some(base) = unread.but(base)? else { continue };
        let report = mapping::lint(file.source(), base.as_ref());
        let wrong = report.iter().filter(|found| found.rule.severity() == Severity::Error).count();
        errors += wrong;
        warnings += report.iter().len() - wrong;
        if let Some(out) = out.human() {
            // Colours are taken out again where the output is no terminal.
            out.write_all(render(&report, file.source(), true).as_bytes())?;
            continue;
        }
        let lines = Lines::new(&file.text);
        for (at, found) in report.positioned() {
            out.object(&finding(&report, &lines, at, found))?;
        }
    }
    let errors_found = Count(errors, "error", "errors");
    let warnings_found = Count(warnings, "warning", "warnings");
    out.finish()?;
    unread.tell();
    let unread = match unread.messages.len() {
        0 => String::new(),
        some => format!(", {some} could not be read"),
    };
    out.summary(format_args!("{read}: {errors_found}, {warnings_found}{unread}"))?;
    if !unread.is_empty() {
        return Ok(Verdict::Unreadable);
    }
    Ok(Verdict::found(errors + warnings > 0))
}

/// Files that cannot be read do not hide what is wrong with the others.
#[derive(Default)]
struct Unread {
    messages: Vec<String>,
}

impl Unread {
    /// Remembers why something failed, and goes on.
    fn but<T>(&mut self, outcome: Outcome<T>) -> Outcome<Option<T>> {
        match outcome {
            Ok(read) => Ok(Some(read)),
            Err(Stop::Failed(why)) => {
                self.messages.push(why);
                Ok(None)
            }
            Err(Stop::Pipe) => Err(Stop::Pipe),
        }
    }

    fn tell(&self) {
        self.messages.iter().for_each(|message| complain(message));
    }
}

fn finding<'a>(
    report: &'a Report,
    lines: &Lines<'_>,
    at: Position,
    found: &'a Diagnostic,
) -> Finding<'a> {
    let label = found.primary.as_ref().map(|label| label.text.as_str());
    let fix = found.fix.as_ref().map(|fix| {
        let (start, end) = (lines.position(fix.span.start()), lines.position(fix.span.end()));
        FixEntry {
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            replacement: &fix.replacement,
        }
    });
    Finding {
        file: report.source_name(),
        line: at.line,
        column: at.column,
        rule: found.rule.name(),
        severity: found.rule.severity(),
        message: &found.message,
        label: label.filter(|text| !text.is_empty()),
        help: found.help.as_deref(),
        fix,
    }
}
