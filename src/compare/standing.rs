//! Where the fields of an order's record stand.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::facet::Facet;
use crate::mapping::{Absence, Field, FieldKind, Resolution, Role, Row, Shown};
use crate::reading::{Reading, SelfContradiction};
use crate::state::StateSet;
use crate::translation::speaks_for_the_order;

/// Where one field of an order's record stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing<'m> {
    pub(crate) field: &'m Field,
    pub(crate) at: At<'m>,
    /// What the value claims by itself.
    pub(crate) claim: StateSet,
}

/// The value at which a field stands, in the words of [`Shown`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum At<'m> {
    Code(&'m str),
    Null,
    Empty,
    Set,
}

impl At<'_> {
    pub(crate) fn is(self, shown: &Shown, field: &Field) -> bool {
        match (self, shown) {
            (Self::Code(code), Shown::Code(shown)) => {
                *code == **shown
                    || field
                        .rows()
                        .iter()
                        .any(|row| row.code() == code && row.also().any(|also| *also == **shown))
            }
            (Self::Null, Shown::Null) | (Self::Empty, Shown::Empty) | (Self::Set, Shown::Set) => {
                true
            }
            (Self::Code(code), Shown::Empty) => code.is_empty(),
            (Self::Empty, Shown::Null) | (Self::Null, Shown::Empty) => true,
            (Self::Code(_) | Self::Null | Self::Empty | Self::Set, _) => false,
        }
    }
}

/// Where the fields stand that speak for the whole order.
pub(super) fn standing<'m>(
    role: Role,
    readings: &[Reading<'m>],
    contradictions: &[SelfContradiction],
) -> Vec<Standing<'m>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for reading in readings {
        *counts.entry(reading.record.name()).or_default() += 1;
    }
    let alone = |reading: &&Reading<'_>| counts.get(reading.record.name()) == Some(&1);
    let natives = readings.iter().filter(alone).flat_map(|reading| &reading.natives);
    let contested: Vec<Facet> =
        contradictions.iter().flat_map(|found| found.facets.iter().copied()).collect();
    let speaking = natives.filter(|native| {
        speaks_for_the_order(native.field, role)
            && native.part.is_none()
            && native.field.show().is_some_and(|show| show.none().is_none())
            // A value that its own record contests is not asked to move.
            && !contested.iter().any(|facet| native.says(*facet))
    });
    speaking
        .filter_map(|native| {
            let at = match native.resolution {
                Resolution::Mapped(rows) => match rows.first().map(Row::code) {
                    Some("set") if native.field.kind() == FieldKind::Time => At::Set,
                    Some(code) => At::Code(code),
                    None => return None,
                },
                Resolution::Missing(Absence::Null) => At::Null,
                Resolution::Missing(Absence::Empty) => At::Empty,
                Resolution::Missing(Absence::Absent | Absence::None)
                | Resolution::Unmapped { .. }
                | Resolution::Ignored(_)
                | Resolution::Unreadable { .. } => return None,
            };
            Some(Standing { field: native.field, at, claim: native.claim.states })
        })
        .collect()
}
