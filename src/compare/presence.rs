//! Whether a system has a record of the order, and of what kinds.

use alloc::vec::Vec;

use crate::facet::Facet;
use crate::mapping::{Field, Level, Mapping, RecordKind, Resolution, Role};
use crate::reading::{Reading, none_claim};

/// Has a system a record of the order?
///
/// ```
/// use order_status::compare::{Presence, View};
/// use order_status::mapping::Mapping;
///
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// // Nobody has asked; somebody has, and there is none.
/// assert_eq!(View::new(&netsuite, vec![], &[]).presence(), Presence::Unknown);
/// assert_eq!(View::new(&netsuite, vec![], &["sales_order"]).presence(), Presence::Absent);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[expect(clippy::exhaustive_enums, reason = "only confirmed absence may mean that there is none")]
pub enum Presence {
    /// Yes.
    Present,
    /// No: it was asked for, the answer is complete, and there is none.
    Absent,
    /// Not known: not asked for, the question failed, or the window was too small.
    Unknown,
}

impl Presence {
    pub(super) fn of(mapping: &Mapping, readings: &[Reading<'_>], complete: &[&str]) -> Self {
        if !readings.is_empty() {
            return Self::Present;
        }
        let records = mapping.records();
        let confirmed = if records.iter().any(|kind| stands_for_an_order(mapping, kind)) {
            let mut orders = records.iter().filter(|kind| stands_for_an_order(mapping, kind));
            orders.any(|kind| complete.contains(&kind.name()))
        } else {
            records.iter().any(|kind| complete.contains(&kind.name()))
        };
        if confirmed { Self::Absent } else { Self::Unknown }
    }
}

/// The levels of which a system has a record, and of which it is confirmed that it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Levels {
    present: u8,
    absent: u8,
}

impl Levels {
    pub(super) fn of(
        mapping: &Mapping,
        presence: Presence,
        readings: &[Reading<'_>],
        complete: &[&str],
    ) -> Self {
        let mut levels = match presence {
            Presence::Absent => Self { present: 0, absent: u8::MAX },
            Presence::Present | Presence::Unknown => Self { present: 0, absent: 0 },
        };
        if presence != Presence::Present {
            return levels;
        }
        for reading in readings {
            levels.present |= bit(reading.record.level());
            for native in reading
                .natives
                .iter()
                .filter(|native| matches!(native.resolution, Resolution::Mapped(_)))
            {
                levels.present |= bit(native.record.level());
            }
        }
        for level in Level::ALL {
            let first = |kind: &&RecordKind| is_first_of(*level, mapping, kind);
            let kinds: Vec<_> = mapping.records().iter().filter(first).collect();
            let none =
                |kind: &&RecordKind| complete.contains(&kind.name()) && confirms(mapping, kind);
            if !kinds.is_empty() && kinds.iter().all(none) {
                levels.absent |= bit(*level) & !levels.present;
            }
        }
        levels
    }

    pub(super) const fn is_absent(self, level: Level) -> bool {
        self.absent & bit(level) != 0
    }
}

/// Does a record of this level begin with one of this kind? What hangs under its like, as the receipt
/// under the return, is not there without it, and what lies in other records only is never asked for.
fn is_first_of(level: Level, mapping: &Mapping, kind: &RecordKind) -> bool {
    let is_like = |other: &str| mapping.record(other).is_some_and(|it| it.level() == level);
    kind.level() == level
        && !kind.parent().is_some_and(is_like)
        && (kind.within().is_none() || kind.parent().is_some())
}

/// Does the lack of a record say something? A system that throws its finished returns away cannot
/// confirm that there was none.
fn confirms(mapping: &Mapping, kind: &RecordKind) -> bool {
    kind.level() != Level::Return || !none_claim(mapping, kind).of(Facet::Returns).is_any()
}

const fn bit(level: Level) -> u8 {
    1 << (level as u8)
}

/// Is a record of this kind what a system has of every order that it knows? Gateways and carriers
/// have payments and shipments, and what hangs under them comes later or never.
pub(super) fn stands_for_an_order(mapping: &Mapping, kind: &RecordKind) -> bool {
    let tells = |facet: Facet| {
        let own = |field: &&Field| {
            mapping.record_of(field).is_some_and(|record| record.name() == kind.name())
        };
        mapping.fields().iter().filter(own).any(|field| field.covers().contains(&facet))
    };
    kind.parent().is_none()
        && match (mapping.channel().role(), kind.level()) {
            (Role::Gateway, Level::Payment) => tells(Facet::Payment),
            (Role::Carrier, Level::Shipment) => tells(Facet::Delivery),
            (Role::Gateway | Role::Carrier, _) => false,
            (_, Level::Order) => kind.within().is_none(),
            (
                _,
                Level::Line | Level::Shipment | Level::Payment | Level::Document | Level::Return,
            ) => false,
        }
}
