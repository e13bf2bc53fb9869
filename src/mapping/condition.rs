//! Conditions of rows: which one applies, and whether the rows of a code leave no case out.

use alloc::vec::Vec;

use crate::facet::Facet;
use crate::state::StateSet;

/// When a row applies, with names resolved to numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Condition {
    /// Fields of the same record, and at which of their codes; bit 127 stands for null.
    pub(crate) fields: Vec<(usize, u128)>,
    pub(crate) circumstances: StateSet,
    /// Applies where no other row of the code does.
    pub(crate) otherwise: bool,
}

/// The bit of a condition that stands for null.
pub(crate) const NULL: u128 = 1 << 127;

/// Is a condition met?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    Yes,
    No,
    Perhaps,
}

impl Condition {
    /// Judges the condition where `codes_of` gives the codes that a field may have (all bits
    /// where that is unknown), and `circumstances` what is known of the deal, which is asked for
    /// only where it counts.
    pub(crate) fn holds(
        &self,
        circumstances: impl FnOnce() -> StateSet,
        codes_of: impl Fn(usize) -> u128,
    ) -> Truth {
        let mut truth = Truth::Yes;
        for (field, wanted) in &self.fields {
            let value = codes_of(*field);
            if value & wanted == 0 {
                return Truth::No;
            }
            if value & !wanted != 0 {
                truth = Truth::Perhaps;
            }
        }
        if self.circumstances == StateSet::ANY {
            return truth;
        }
        let known = circumstances().only(&[Facet::Terms, Facet::Goods]);
        if (known & self.circumstances).is_empty() {
            return Truth::No;
        }
        if known.is_within(self.circumstances) { truth } else { Truth::Perhaps }
    }
}

/// A set of cases: per field the codes, and a box of circumstances.
#[derive(Clone, Debug)]
struct Cases {
    codes: Vec<u128>,
    circumstances: StateSet,
}

impl Cases {
    fn is_empty(&self) -> bool {
        self.codes.contains(&0) || self.circumstances.is_empty()
    }

    fn meet(&self, other: &Self) -> Self {
        Self {
            codes: self.codes.iter().zip(&other.codes).map(|(a, b)| a & b).collect(),
            circumstances: self.circumstances & other.circumstances,
        }
    }

    /// The cases outside `other`, as disjoint sets.
    fn minus(&self, other: &Self) -> Vec<Self> {
        let mut outside = Vec::new();
        let mut rest = self.clone();
        for (at, wanted) in other.codes.iter().enumerate() {
            let mut out = rest.clone();
            if let (Some(out), Some(rest)) = (out.codes.get_mut(at), rest.codes.get_mut(at)) {
                *out &= !wanted;
                *rest &= wanted;
            }
            outside.push(out);
        }
        outside.extend(
            rest.circumstances
                .minus(other.circumstances)
                .map(|circumstances| Self { circumstances, ..rest.clone() }),
        );
        outside.retain(|cases| !cases.is_empty());
        outside
    }
}

/// One case, to be told to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Case {
    /// Fields, and the number of the code at which they stand; nothing is null.
    pub(super) fields: Vec<(usize, Option<u16>)>,
    pub(super) circumstances: StateSet,
}

impl Case {
    /// The first case of a set of them.
    fn of(cases: &Cases, fields: &[usize]) -> Self {
        let first = |codes: u128| match codes & !NULL {
            0 => None,
            codes => u16::try_from(codes.trailing_zeros()).ok(),
        };
        let fields = fields.iter().zip(&cases.codes);
        Self {
            fields: fields.map(|(field, codes)| (*field, first(*codes))).collect(),
            circumstances: cases.circumstances,
        }
    }
}

/// What is wrong with the conditions of one code's rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// Two rows, by place, apply to the same case.
    Overlap(usize, usize, Case),
    /// No row applies to some case.
    Gap(Case),
    /// The `otherwise` row, by place, has no case left.
    Idle(usize),
}

/// Checks that the rows of one code exclude each other and are total. `domain_of` gives all codes
/// of a field, null included where it can be told from a code.
pub(super) fn flaws(
    conditions: &[Option<Condition>],
    domain_of: impl Fn(usize) -> u128,
) -> Vec<Flaw> {
    let mut fields: Vec<usize> = conditions
        .iter()
        .flatten()
        .flat_map(|condition| condition.fields.iter().map(|(field, _)| *field))
        .collect();
    fields.sort_unstable();
    fields.dedup();
    let cases_of = |condition: &Condition| Cases {
        codes: fields
            .iter()
            .map(|field| {
                condition
                    .fields
                    .iter()
                    .find(|(known, _)| known == field)
                    .map_or(u128::MAX, |(_, codes)| *codes)
            })
            .collect(),
        circumstances: condition.circumstances,
    };
    let asked_for_null = |field: usize| {
        conditions.iter().flatten().any(|condition| {
            condition.fields.iter().any(|(known, codes)| *known == field && codes & NULL != 0)
        })
    };
    let all = Cases {
        codes: fields
            .iter()
            .map(|field| domain_of(*field) | if asked_for_null(*field) { NULL } else { 0 })
            .collect(),
        circumstances: StateSet::ANY,
    };
    let rows: Vec<(usize, Cases)> = conditions
        .iter()
        .enumerate()
        .filter_map(|(at, condition)| {
            condition
                .as_ref()
                .filter(|condition| !condition.otherwise)
                .map(|condition| (at, cases_of(condition).meet(&all)))
        })
        .collect();
    let mut flaws = Vec::new();
    for (place, (first, a)) in rows.iter().enumerate() {
        for (second, b) in rows.iter().skip(place + 1) {
            let both = a.meet(b);
            if !both.is_empty() {
                flaws.push(Flaw::Overlap(*first, *second, Case::of(&both, &fields)));
            }
        }
    }
    let left = rows.iter().fold(Vec::from([all]), |left, (_, cases)| {
        left.iter().flat_map(|rest| rest.minus(cases)).collect::<Vec<_>>()
    });
    let otherwise = conditions
        .iter()
        .position(|condition| condition.as_ref().is_some_and(|condition| condition.otherwise));
    match (otherwise, left.first()) {
        (None, Some(case)) => flaws.push(Flaw::Gap(Case::of(case, &fields))),
        (Some(at), None) => flaws.push(Flaw::Idle(at)),
        (None, None) | (Some(_), Some(_)) => {}
    }
    flaws
}
