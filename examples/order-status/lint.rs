//! `lint`: what is wrong with mapping files, and what a rule is about.

use std::io::{self, Write};

use order_status::boundary::rules as order_rules;
use order_status::diagnostic::{Diagnostic, Report, Severity, render};
use order_status::mapping::{self, rules};
use order_status::text::{Position, nearest};
use serde::Serialize;

use crate::args::Lint;
use crate::catalogue::{Catalogue, MappingFile, mapping_files};
use crate::output::{BAD, BOLD, DIM, DOUBTFUL, Line, Outcome, Output, Stop, Verdict, note};

#[derive(Serialize)]
struct Finding<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    rule: &'static str,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
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
    let mut paths = Vec::new();
    for path in &args.paths {
        paths.extend(mapping_files(path)?);
    }
    let files = paths.iter().map(|path| MappingFile::read(path, 0)).collect::<Outcome<Vec<_>>>()?;
    let catalogue = catalogue.and(files);
    let (mut errors, mut warnings) = (0usize, 0usize);
    for file in catalogue.top() {
        let base = catalogue.base_of(file)?;
        let report = mapping::lint(file.source(), base.as_ref());
        let wrong = report.iter().filter(|found| found.rule.severity() == Severity::Error).count();
        errors += wrong;
        warnings += report.iter().len() - wrong;
        if let Some(out) = out.human() {
            // Colours are taken out again where the output is no terminal.
            out.write_all(render(&report, file.source(), true).as_bytes())?;
            continue;
        }
        for (at, found) in report.positioned() {
            out.object(&finding(&report, at, found))?;
        }
    }
    note(format_args!("{} files: {errors} errors, {warnings} warnings", paths.len()));
    Ok(Verdict::found(errors + warnings > 0))
}

fn finding<'a>(report: &'a Report, at: Position, found: &'a Diagnostic) -> Finding<'a> {
    Finding {
        file: report.source_name(),
        line: at.line,
        column: at.column,
        rule: found.rule.name(),
        severity: found.rule.severity(),
        message: &found.message,
        help: found.help.as_deref(),
    }
}
