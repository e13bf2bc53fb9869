//! The way back: it answers for every order, reads back as what it was, and uses what there is.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::example::Witness;
use super::{Laws, here, here_in, is_own};
use crate::diagnostic::Diagnostic;
use crate::facet::{Facet, Kind};
use crate::mapping::index::Resolution;
use crate::mapping::model::{Field, Row, Show, ShowRow, Shown};
use crate::mapping::rules;
use crate::mapping::show::Regions;
use crate::mapping::words::FieldKind;
use crate::state::{FacetSet, StateSet};
use crate::text::Escaped;

impl<'m> Laws<'m> {
    pub(super) fn show(
        &self,
        at: usize,
        field: &'m Field,
        show: &'m Show,
        found: &mut Vec<Diagnostic>,
    ) {
        if self.takes_all(field, show, found) {
            return;
        }
        let Regions { answered, unanswered } = show.regions(StateSet::ANY);
        if let Some(states) = unanswered.first() {
            let message = format!("the way back of `{}` has no answer for {states}", field.name);
            found.push(
                Diagnostic::new(&rules::UNANSWERED_STATE, here(show.origin), message)
                    .help("end the rows with one that has no `when`"),
            );
        }
        for row in show.rows.iter().filter(|row| is_own(row.origin)) {
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

    /// A row without a `when` in front of others: whatever else is wrong follows from that.
    fn takes_all(&self, field: &'m Field, show: &Show, found: &mut Vec<Diagnostic>) -> bool {
        let first = show.rows.iter().position(|row| row.when == StateSet::ANY);
        let Some((at, row)) = first.and_then(|at| Some((at, show.rows.get(at)?))) else {
            return false;
        };
        let behind = show.rows.len() - at - 1;
        if behind == 0 || !is_own(row.origin) {
            return false;
        }
        let rows = match behind {
            1 => "the row behind it never answers".into(),
            more => format!("the {more} rows behind it never answer"),
        };
        let message = format!(
            "this row of `{}` has no `when` and takes every order that comes to it: {rows}",
            field.name
        );
        let before = found.len();
        self.warn(
            found,
            Some(field),
            None,
            Diagnostic::new(&rules::UNREACHABLE_ROW, here_in(row.origin, row.span), message)
                .help("move it to the end, or give it a `when`"),
        );
        found.len() > before
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
            Resolution::Mapped(rows) => rows,
            Resolution::Unmapped { .. }
            | Resolution::Missing(_)
            | Resolution::Ignored(_)
            | Resolution::Unreadable { .. } => return None,
        };
        let circumstances = states.only(&[Facet::Terms, Facet::Goods]);
        let may_apply = |row: &&Row| {
            self.mapping
                .condition(at, row)
                .is_none_or(|condition| !(condition.circumstances & circumstances).is_empty())
        };
        Some(rows.iter().filter(may_apply).fold(StateSet::EMPTY, |claim, row| claim | row.claim))
    }

    fn never_shown(
        &self,
        field: &'m Field,
        show: &Show,
        answered: &[(&ShowRow, Vec<StateSet>)],
        found: &mut Vec<Diagnostic>,
    ) {
        if field.kind == FieldKind::Time {
            return;
        }
        let mut last = None;
        let judged =
            |row: &&Row| row.ignored.is_none() && (is_own(row.origin) || is_own(show.origin));
        for row in field.rows.iter().filter(judged) {
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
        answered: &[(&ShowRow, Vec<StateSet>)],
        found: &mut Vec<Diagnostic>,
    ) {
        let judged = |row: &&Row| row.ignored.is_none() && is_own(row.origin);
        for row in field.rows.iter().filter(judged) {
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
