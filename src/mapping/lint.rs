//! The laws that a mapping as a whole must keep: examples hold, and the way back leads back.
//!
//! They are judged by subtracting boxes, never by walking through two million states, and only
//! when somebody asks: loading a mapping does not pay for them.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;

use super::check;
use super::model::{Allow, Field, Named, Origin, RecordKind, Row, Show, Shown};
use super::read::reader::Place;
use super::read::{self, Example, Read};
use super::rules;
use super::show::Regions;
use super::table::Mapping;
use super::words::FieldKind;
use crate::diagnostic::{Diagnostic, Report, Severity, Source};
use crate::facet::{Facet, Fulfillment, Kind, Stage};
use crate::reading::Known;
use crate::rule::Rule;
use crate::state::{FacetSet, StateSet};
use crate::text::{Escaped, Span};

/// Checks a mapping file in depth: what [`Mapping::load`] refuses, and all that is probably not
/// what its author meant.
///
/// `base` is the mapping that the file extends, if it extends one.
///
/// ```
/// use order_status::diagnostic::Source;
/// use order_status::mapping::lint;
///
/// let report = lint(Source::new("mine.toml", "schema = 1\nid = \"mine\"\ntitel = \"Mine\""), None);
/// assert!(report.to_string().contains("did you mean `title`?"));
/// ```
pub fn lint(source: Source<'_>, base: Option<&Mapping>) -> Report {
    let Read { document, examples, found, text } =
        read::read(source, base.map(|base| &base.document), true);
    let (mapping, mut found) = Mapping::assemble(document, base, found);
    // What the examples and the laws would say of a file with an error is mostly that error again,
    // in words that lead away from it.
    if let Some(mapping) = mapping.filter(|_| !super::table::has_errors(&found)) {
        let earlier = core::mem::take(&mut found);
        let examples = readings(&mapping, &examples, &mut found);
        if super::table::has_errors(&found) {
            found.extend(earlier);
        } else {
            Laws { mapping: &mapping, examples, used: Vec::new() }.check(earlier, &mut found);
        }
    }
    Report::new(source, text.told(found))
}

/// What an example's record says, for the rows that it used.
struct Witness<'m> {
    rows: Vec<(&'m Field, &'m Row)>,
    claim: StateSet,
    parts: Vec<StateSet>,
}

fn readings<'m>(
    mapping: &'m Mapping,
    examples: &[Example],
    found: &mut Vec<Diagnostic>,
) -> Vec<Witness<'m>> {
    examples.iter().filter_map(|example| read_example(mapping, example, found)).collect()
}

/// Reads an example and compares it with what it says it must give.
fn read_example<'m>(
    mapping: &'m Mapping,
    example: &Example,
    found: &mut Vec<Diagnostic>,
) -> Option<Witness<'m>> {
    let failing = |message: String| Diagnostic::new(&rules::FAILING_EXAMPLE, example.span, message);
    let name = Escaped(&example.name);
    if !names_are_known(mapping, example, found) {
        return None;
    }
    let kind = match &example.of {
        Some(of) => mapping.record(&of.name),
        None => mapping.recognise(&example.record),
    };
    let Some(kind) = kind else {
        let known: Vec<_> = mapping.records().iter().map(RecordKind::name).collect();
        found.push(
            failing(format!("the payload of the example \"{name}\" is recognised as no record"))
                .help(if known.is_empty() {
                    "add a [[record]] that says what the system sends".into()
                } else {
                    format!("name its record: `of = \"...\"`, one of {}", known.join(", "))
                }),
        );
        return None;
    };
    let known = example.complete.iter().fold(
        Known::new().circumstances(example.circumstances),
        |known, kind| {
            // A kind that does not lie in the example's record comes on its own: there is none.
            let nested = mapping.record(&kind.name).is_some_and(|kind| kind.within.is_some());
            if nested { known.complete(&kind.name) } else { known.none(&kind.name) }
        },
    );
    let reading = mapping.read(kind, &example.record, &known);
    let mut facets: Vec<_> =
        reading.contradictions.iter().flat_map(|found| found.facets.iter().copied()).collect();
    facets.sort_unstable();
    facets.dedup();
    let mut wanted = example.contradicts.clone();
    wanted.sort_unstable();
    if facets != wanted {
        let list = |facets: &[Facet]| {
            if facets.is_empty() {
                String::from("nothing")
            } else {
                facets.iter().map(|facet| facet.as_str()).collect::<Vec<_>>().join(", ")
            }
        };
        let message = format!(
            "the example \"{name}\" contradicts itself in {}, expected {}",
            list(&facets),
            list(&wanted)
        );
        let values: Vec<_> = reading
            .natives
            .iter()
            .filter(|native| facets.iter().any(|facet| native.says(*facet)))
            .map(spoken)
            .collect();
        found.push(failing(message).help(format!(
            "mend the row or the example, whichever is wrong; it reads {}",
            values.join("; ")
        )));
    }
    if let Some(claim) = example.claim {
        // Circumstances count where the example states them.
        let stated: Vec<_> = Facet::ALL
            .into_iter()
            .filter(|facet| facet.kind() != Kind::Circumstance || !claim.of(*facet).is_any())
            .collect();
        let (read, wanted) = (reading.claim.states.only(&stated), claim.tightened());
        if read != wanted {
            let differing =
                Facet::ALL.into_iter().filter(|facet| read.of(*facet) != wanted.of(*facet));
            let parts: Vec<_> = differing
                .map(|facet| {
                    format!("{facet} is {}, expected {}", read.of(facet), wanted.of(facet))
                })
                .collect();
            let values: Vec<_> = reading
                .natives
                .iter()
                .filter(|native| !native.claim.states.known_facets().collect::<Vec<_>>().is_empty())
                .map(spoken)
                .collect();
            let message = format!("the example \"{name}\" reads otherwise: {}", parts.join("; "));
            found.push(failing(message).help(format!(
                "mend the row or the example, whichever is wrong; it reads {}",
                values.join("; ")
            )));
        }
    }
    let unmapped: Vec<_> = reading.unmapped().map(|native| native.field.name()).collect();
    for field in example.unmapped.iter().filter(|field| !unmapped.contains(&&*field.name)) {
        let message = format!(
            "`{}` of the example \"{name}\" has a row for its value, expected none",
            field.name
        );
        found.push(failing(message).help("take the field out of `unmapped`"));
    }
    for native in reading
        .unmapped()
        .filter(|native| !example.unmapped.iter().any(|field| *field.name == *native.field.name()))
    {
        let raw = native.raw.as_ref().map_or_else(String::new, |raw| format!(" `{raw}`"));
        let message = format!(
            "`{}` of the example \"{name}\" has a value{raw} that no row stands for",
            native.field.name()
        );
        let help = format!(
            "add a row, or say that there is none: unmapped = [\"{}\"]",
            native.field.name()
        );
        found.push(failing(message).help(help));
    }
    let rows =
        reading.natives.iter().filter_map(|native| Some((native.field, native.row()?))).collect();
    let parts = reading.natives.iter().map(|native| native.claim.states).collect();
    Some(Witness { rows, claim: reading.claim.states, parts })
}

/// The records and fields that an example names are there.
fn names_are_known(mapping: &Mapping, example: &Example, found: &mut Vec<Diagnostic>) -> bool {
    let before = found.len();
    let records = || mapping.records().iter().map(RecordKind::name);
    for record in example.of.iter().chain(&example.complete) {
        check::known("record", &record.name, record.span, Place::Value, records, found);
    }
    let fields = || mapping.fields().iter().map(Field::name);
    for field in &example.unmapped {
        check::known("field", &field.name, field.span, Place::Value, fields, found);
    }
    found.len() == before
}

fn spoken(native: &crate::reading::Native<'_>) -> String {
    let raw = native
        .raw
        .as_ref()
        .map_or_else(|| String::from(native.resolution.as_str()), |raw| format!("`{raw}`"));
    format!("{} {raw}: {}", native.field.name(), native.claim.states)
}

struct Laws<'m> {
    mapping: &'m Mapping,
    examples: Vec<Witness<'m>>,
    used: Vec<(*const Allow, Cell<bool>)>,
}

impl<'m> Laws<'m> {
    /// Judges the laws. `earlier` are warnings that were found while the file was read: they can be
    /// answered in it like any other.
    fn check(mut self, earlier: Vec<Diagnostic>, found: &mut Vec<Diagnostic>) {
        let document = &self.mapping.document;
        let of_fields = document.fields.iter().flat_map(|field| {
            field.allow.iter().chain(field.rows.iter().flat_map(|row| &row.allow))
        });
        self.used = document
            .allow
            .iter()
            .chain(of_fields)
            .map(|allow| (core::ptr::from_ref(allow), Cell::new(false)))
            .collect();
        for warning in earlier {
            match self.row_at(warning.start()) {
                Some((field, row)) => self.warn(found, Some(field), Some(row), warning),
                None => self.warn(found, None, None, warning),
            }
        }
        for (at, field) in
            document.fields.iter().enumerate().filter(|(_, field)| field.ignored.is_none())
        {
            self.rows(field, found);
            self.near_duplicates(field, found);
            match &field.show {
                None => self.warn(
                    found,
                    Some(field),
                    None,
                    Diagnostic::new(
                        &rules::MISSING_SHOW,
                        here(field.origin),
                        format!("`{}` has no way back", field.name),
                    )
                    .help(format!(
                        "add [[show]] field = \"{}\" with rows, or with none = \"reason\"",
                        field.name
                    )),
                ),
                Some(show) if show.none.is_none() => self.show(at, field, show, found),
                Some(_) => {}
            }
        }
        self.unused_allows(found);
    }

    fn rows(&self, field: &'m Field, found: &mut Vec<Diagnostic>) {
        for row in field.rows.iter().filter(|row| row.ignored.is_none()) {
            let closed = FacetSet::none(Facet::Stage).with(Stage::Closed);
            if field.covers.contains(&Facet::Fulfillment)
                && row.claim.of(Facet::Stage) == closed
                && row.claim.of(Facet::Fulfillment).is_any()
            {
                let message = format!(
                    "`{}` of `{}` is closed and says nothing of the goods",
                    Escaped(row.code()),
                    field.name
                );
                let help = format!(
                    "say which are still possible, such as [\"{}\", \"{}\"]",
                    Fulfillment::Shipped,
                    Fulfillment::NotRequired
                );
                self.warn(
                    found,
                    Some(field),
                    Some(row),
                    Diagnostic::new(
                        &rules::CLOSED_SAYS_NOTHING_OF_GOODS,
                        here_in(row.origin, row.place_of(Facet::Fulfillment)),
                        message,
                    )
                    .help(help),
                );
            }
        }
        let says = |row: &Row| {
            row.ignored.is_some()
                || field.covers.iter().any(|facet| !row.claim.of(*facet).is_any())
                || !row.given.is_empty()
        };
        if !field.rows.is_empty() && !field.rows.iter().any(says) {
            let message = format!("every row of `{}` leaves everything open", field.name);
            self.warn(
                found,
                Some(field),
                None,
                Diagnostic::new(&rules::NOTHING_SAID, here(field.origin), message)
                    .help("claim something, or write `ignored = \"reason\"`"),
            );
        }
    }

    fn near_duplicates(&self, field: &'m Field, found: &mut Vec<Diagnostic>) {
        let folded = |text: &str| {
            text.chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect::<String>()
        };
        let mut seen: Vec<(String, &Named, &Row)> = Vec::new();
        for row in &field.rows {
            for spelling in core::iter::once(&row.code).chain(&row.also) {
                let key = folded(&spelling.name);
                let other = seen.iter().find(|(known, _, other)| {
                    *known == key && !key.is_empty() && other.code() != row.code()
                });
                if let Some((_, near, other)) = other {
                    let message = format!(
                        "`{}` of `{}` differs from `{}` in case or punctuation only",
                        Escaped(&spelling.name),
                        field.name,
                        Escaped(&near.name)
                    );
                    let diagnostic = Diagnostic::new(
                        &rules::NEAR_DUPLICATE_CODE,
                        here_in(row.origin, spelling.span),
                        message,
                    )
                    .also(here_in(other.origin, near.span), "the other one");
                    self.warn(found, Some(field), Some(row), diagnostic.help("remove one, or put it under `also` of the other; if both are official, answer with `allow = { near-duplicate-code = \"why\" }`"));
                }
                seen.push((key, spelling, row));
            }
        }
    }

    fn show(&self, at: usize, field: &'m Field, show: &'m Show, found: &mut Vec<Diagnostic>) {
        let Regions { answered, unanswered } = show.regions(StateSet::ANY);
        if let Some(states) = unanswered.first() {
            let message = format!("the way back of `{}` has no answer for {states}", field.name);
            found.push(
                Diagnostic::new(&rules::UNANSWERED_STATE, here(show.origin), message)
                    .help("end the rows with one that has no `when`"),
            );
        }
        for row in &show.rows {
            if !answered.iter().any(|(known, _)| core::ptr::eq(*known, row)) {
                let message = format!(
                    "this row of `{}` never answers: earlier rows take all its states",
                    field.name
                );
                self.warn(
                    found,
                    Some(field),
                    None,
                    Diagnostic::new(
                        &rules::UNREACHABLE_ROW,
                        here_in(row.origin, row.span),
                        message,
                    )
                    .help("move it up or remove it"),
                );
            }
        }
        for (row, boxes) in &answered {
            for states in boxes {
                if let Some((facet, claimed, split)) = self.misread(at, field, &row.shown, *states)
                {
                    let message = format!(
                        "`{}` is shown as {} and read back as {}",
                        StateSet::ANY.with_set(split.of(facet)),
                        shown_text(&row.shown),
                        StateSet::ANY.with_set(claimed),
                    );
                    found.push(
                        Diagnostic::new(&rules::SHOW_MISREAD, here_in(row.origin, row.span), message)
                            .help(format!("narrow this row's `when`, or widen the {facet} that the code claims; it goes wrong for an order with {split}")),
                    );
                    break;
                }
            }
        }
        self.never_shown(field, show, &answered, found);
        self.too_wide(field, show, &answered, found);
    }

    /// The first shared facet in which an order of a box is shown as something that excludes it.
    fn misread(
        &self,
        at: usize,
        field: &Field,
        shown: &Shown,
        states: StateSet,
    ) -> Option<(Facet, FacetSet, StateSet)> {
        circumstances_of(field)
            .into_iter()
            .map(|circumstances| states & circumstances)
            .filter(|split| !split.is_empty())
            .find_map(|split| {
                let claim = self.claim_of(at, field, shown, split)?;
                let shared = field.covers.iter().filter(|facet| facet.kind() == Kind::Shared);
                let facet = shared.into_iter().find(|facet| {
                    !StateSet::ANY
                        .with_set(split.of(**facet))
                        .is_within(StateSet::ANY.with_set(claim.of(**facet)))
                })?;
                Some((*facet, claim.of(*facet), split))
            })
    }

    /// What is read where a field stands at a value, facts left aside; nothing where it says nothing.
    fn claim_of(
        &self,
        at: usize,
        field: &Field,
        shown: &Shown,
        states: StateSet,
    ) -> Option<StateSet> {
        let code = match shown {
            Shown::Code(code) => code,
            Shown::Set => "set",
            Shown::Null => return field.absences.null,
            Shown::Empty => {
                if !field.rows.iter().any(|row| row.code().is_empty()) {
                    return field.absences.empty;
                }
                ""
            }
            Shown::Nothing(_) => return None,
        };
        let rows = match self.mapping.resolve(at, code).1 {
            super::Resolution::Mapped(rows) => rows,
            super::Resolution::Unmapped { .. }
            | super::Resolution::Missing(_)
            | super::Resolution::Ignored(_)
            | super::Resolution::Unreadable { .. } => return None,
        };
        let circumstances = states.only(&[Facet::Terms, Facet::Goods]);
        let may_apply = |row: &&Row| {
            self.mapping
                .condition(at, field, row)
                .is_none_or(|condition| !(condition.circumstances & circumstances).is_empty())
        };
        Some(rows.iter().filter(may_apply).fold(StateSet::EMPTY, |claim, row| claim | row.claim))
    }

    fn never_shown(
        &self,
        field: &'m Field,
        show: &Show,
        answered: &[(&super::ShowRow, Vec<StateSet>)],
        found: &mut Vec<Diagnostic>,
    ) {
        if field.kind == FieldKind::Time {
            return;
        }
        let mut last = None;
        for row in field.rows.iter().filter(|row| row.ignored.is_none()) {
            if last == Some(row.code()) {
                continue;
            }
            last = Some(row.code());
            let spelled = |code: &str| row.code() == code || row.also().any(|also| also == code);
            let shown = answered.iter().any(|(answer, _)| {
                matches!(&answer.shown, Shown::Code(code) if spelled(code))
                    || (answer.shown == Shown::Empty && row.code().is_empty())
            });
            let never =
                show.never.iter().any(|never| never.codes.iter().any(|code| spelled(&code.name)));
            if !shown && !never {
                let message =
                    format!("no state is shown as `{}` of `{}`", Escaped(row.code()), field.name);
                let help = format!(
                    "add a row to show, or never = [{{ codes = [\"{}\"], why = \"...\" }}]",
                    Escaped(row.code())
                );
                self.warn(
                    found,
                    Some(field),
                    Some(row),
                    Diagnostic::new(
                        &rules::NEVER_SHOWN_CODE,
                        here_in(row.origin, row.code.span),
                        message,
                    )
                    .help(help),
                );
            }
        }
    }

    fn too_wide(
        &self,
        field: &'m Field,
        show: &Show,
        answered: &[(&super::ShowRow, Vec<StateSet>)],
        found: &mut Vec<Diagnostic>,
    ) {
        for row in field.rows.iter().filter(|row| row.ignored.is_none()) {
            let spelled = |code: &str| row.code() == code || row.also().any(|also| also == code);
            if show.never.iter().any(|never| never.codes.iter().any(|code| spelled(&code.name))) {
                continue;
            }
            let stands = |shown: &Shown| match shown {
                Shown::Code(code) => spelled(code),
                Shown::Set => row.code() == "set",
                Shown::Empty => row.code().is_empty(),
                Shown::Null | Shown::Nothing(_) => false,
            };
            let boxes = answered
                .iter()
                .filter(|(answer, _)| stands(&answer.shown))
                .flat_map(|(_, boxes)| boxes);
            let mut needed = boxes.fold(StateSet::EMPTY, |needed, part| needed | *part);
            for witness in self
                .examples
                .iter()
                .filter(|witness| witness.rows.iter().any(|(_, known)| core::ptr::eq(*known, row)))
            {
                needed = witness.parts.iter().filter(|part| !part.is_empty()).fold(
                    needed | witness.claim,
                    |needed, part| {
                        // A nested record's row is witnessed by what it claims itself.
                        if part.is_within(row.claim) && row.code().is_empty() {
                            needed | *part
                        } else {
                            needed
                        }
                    },
                );
                needed = needed | self.nested_witness(witness, row);
            }
            let wide: Vec<(Facet, FacetSet)> = field
                .covers
                .iter()
                .filter_map(|facet| {
                    let extra = FacetSet::from_bits(
                        *facet,
                        row.claim.of(*facet).bits() & !needed.of(*facet).bits(),
                    );
                    (!extra.is_empty()).then_some((*facet, extra))
                })
                .collect();
            if let Some((first, _)) = wide.first() {
                let spoken: Vec<_> =
                    wide.iter().map(|(facet, extra)| format!("{facet}={extra}")).collect();
                let message = format!(
                    "`{}` of `{}` claims {} and no shown state and no example needs it",
                    Escaped(row.code()),
                    field.name,
                    spoken.join(" ")
                );
                self.warn(
                    found,
                    Some(field),
                    Some(row),
                    Diagnostic::new(
                        &rules::TOO_WIDE,
                        here_in(row.origin, row.place_of(*first)),
                        message,
                    )
                    .help("narrow the claim, or add an example that shows why it is right"),
                );
            }
        }
    }

    /// A row of a nested record is witnessed by an example of the record around it: the example
    /// says what the whole is, so what the row claims of the part is part of that proof.
    fn nested_witness(&self, witness: &Witness<'_>, row: &Row) -> StateSet {
        let nested = witness.rows.iter().any(|(field, known)| {
            core::ptr::eq(*known, row)
                && self.mapping.record_of(field).is_some_and(|kind| kind.within.is_some())
        });
        if nested { row.claim } else { StateSet::EMPTY }
    }

    /// The row of the file in which a place lies.
    fn row_at(&self, place: usize) -> Option<(&'m Field, &'m Row)> {
        let contains = |row: &&Row| {
            let span = here(row.origin);
            (span.start()..span.end()).contains(&place)
        };
        let mut fields = self.mapping.document.fields.iter();
        fields.find_map(|field| Some((field, field.rows.iter().find(contains)?)))
    }

    /// Reports a warning unless the row, the field or the file answers it.
    fn warn(
        &self,
        found: &mut Vec<Diagnostic>,
        field: Option<&'m Field>,
        row: Option<&'m Row>,
        diagnostic: Diagnostic,
    ) {
        debug_assert_eq!(diagnostic.rule.severity(), Severity::Warning, "errors cannot be allowed");
        let of_row = row.map(|row| row.allow.as_slice()).unwrap_or_default();
        let answered = of_row
            .iter()
            .chain(field.map(|field| field.allow.as_slice()).unwrap_or_default())
            .chain(&self.mapping.document.allow)
            .find(|allow| allows(allow, diagnostic.rule));
        match answered {
            Some(allow) => {
                if let Some((_, used)) =
                    self.used.iter().find(|(known, _)| core::ptr::eq(*known, allow))
                {
                    used.set(true);
                }
            }
            None => found.push(diagnostic),
        }
    }

    fn unused_allows(&self, found: &mut Vec<Diagnostic>) {
        let document = &self.mapping.document;
        let of_rows = document.fields.iter().flat_map(|field| {
            let own = field.allow.iter().map(move |allow| (allow, field.origin));
            own.chain(
                field
                    .rows
                    .iter()
                    .flat_map(|row| row.allow.iter().map(move |allow| (allow, row.origin))),
            )
        });
        let file = Origin { file: 0, line: 0, span: Span::default() };
        for (allow, origin) in document.allow.iter().map(|allow| (allow, file)).chain(of_rows) {
            let used =
                self.used.iter().any(|(known, used)| core::ptr::eq(*known, allow) && used.get());
            if !used && origin.file == 0 {
                let name = &allow.rule.name;
                let is_error =
                    rules::named(name).is_some_and(|rule| rule.severity() == Severity::Error);
                let (message, help) = if is_error {
                    (
                        format!("`{name}` is an error and cannot be allowed"),
                        "remove it, and mend what the rule objects to",
                    )
                } else {
                    (format!("`{name}` is allowed here and objects to nothing"), "remove it")
                };
                found.push(
                    Diagnostic::new(&rules::UNUSED_ALLOW, allow.rule.span, message).help(help),
                );
            }
        }
    }
}

fn allows(allow: &Allow, rule: &Rule) -> bool {
    *allow.rule.name == *rule.name()
}

/// The circumstances that conditions of a field tell apart; one box where none asks for any.
fn circumstances_of(field: &Field) -> Vec<StateSet> {
    if !field
        .rows
        .iter()
        .any(|row| row.when.as_ref().is_some_and(|when| when.circumstances != StateSet::ANY))
    {
        return Vec::from([StateSet::ANY]);
    }
    let goods =
        |terms| Facet::Goods.states().map(move |goods| StateSet::ANY.with(terms).with(goods));
    Facet::Terms.states().flat_map(goods).collect()
}

fn shown_text(shown: &Shown) -> String {
    match shown {
        Shown::Code(code) => format!("`{}`", Escaped(code)),
        Shown::Null => "null".into(),
        Shown::Empty => "the empty text".into(),
        Shown::Set => "a time".into(),
        Shown::Nothing(_) => "nothing".into(),
    }
}

fn here(origin: Origin) -> Span {
    here_in(origin, origin.span)
}

fn here_in(origin: Origin, span: Span) -> Span {
    check::place(origin, span)
}
