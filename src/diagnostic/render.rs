//! Reports for people at a terminal: source lines, carets, fixes as diffs.

use alloc::string::String;
use alloc::vec::Vec;

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};

use super::{Report, Severity, Source};

/// Renders a report in the manner of a compiler.
///
/// `source` is the text that was checked; `color` adds terminal colours.
///
/// ```
/// use order_status::diagnostic::{Source, render};
/// use order_status::mapping::Mapping;
///
/// let source = Source::new("mine.toml", "schema = 1\nid = 7");
/// let report = Mapping::load(source).unwrap_err();
/// assert!(render(&report, source, false).contains("2 | id = 7"));
/// ```
pub fn render(report: &Report, source: Source<'_>, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for found in report.iter() {
        let level = match found.rule.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group =
            Group::with_title(level.primary_title(&*found.message).id(found.rule.name()));
        if let Some(primary) = &found.primary {
            let labels = core::iter::once((AnnotationKind::Primary, primary))
                .chain(found.others.iter().map(|label| (AnnotationKind::Context, label)))
                .filter(|(_, label)| label.span.slice(source.text).is_some())
                .map(|(kind, label)| {
                    kind.span(label.span.start()..label.span.end()).label(&*label.text)
                });
            group = group.element(
                Snippet::source(source.text).path(source.name).fold(true).annotations(labels),
            );
        }
        let mut groups = Vec::from([group]);
        match (&found.help, &found.fix) {
            (help, Some(fix)) if fix.span.slice(source.text).is_some() => {
                let title = help.as_deref().unwrap_or("write instead");
                groups.push(
                    Group::with_title(Level::HELP.secondary_title(title)).element(
                        Snippet::source(source.text)
                            .path(source.name)
                            .patch(Patch::new(fix.span.start()..fix.span.end(), &*fix.replacement)),
                    ),
                );
            }
            (Some(help), _) => {
                groups.push(Group::with_title(Level::HELP.secondary_title(&**help)));
            }
            (None, _) => {}
        }
        out.push_str(&renderer.render(&groups));
        out.push('\n');
    }
    out
}
