//! `lint`: what is wrong with mapping files.

use order_status::diagnostic::{Diagnostic, Report, Severity, render};
use order_status::mapping;
use order_status::text::Position;
use serde::Serialize;

use crate::args::Lint;
use crate::catalogue::{Catalogue, MappingFile, mapping_files};
use crate::output::{Outcome, Output, Verdict, note};

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
