//! Times: passed, and in order.

use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};

use super::{Input, taken};
use crate::boundary::rules;
use crate::boundary::ticket::Violation;
use crate::reading::first;
use crate::record::Path;
use crate::time::{Moment, moment};

/// Clocks differ.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

pub(super) fn check(input: &Input<'_, '_>, found: &mut Vec<Violation>) {
    let created = time(input, &input.kind.created, found);
    let changed = time(input, &input.kind.changed, found);
    for (paths, moment) in [(&input.kind.created, created), (&input.kind.changed, changed)] {
        if moment.is_some_and(|moment| moment.earliest > later(input.now)) {
            let violation = Violation::new(&rules::TIME_IN_FUTURE, "the time has not come yet");
            found.push(violation.at(taken(paths, input.record)).correct());
        }
    }
    if let (Some(created), Some(changed)) = (created, changed)
        && later(changed.latest) < created.earliest
    {
        let message = "the order was changed before it was placed";
        let path = taken(&input.kind.changed, input.record);
        found.push(Violation::new(&rules::TIMES_OUT_OF_ORDER, message).at(path).correct());
    }
}

fn later(time: Timestamp) -> Timestamp {
    time.checked_add(TOLERANCE).unwrap_or(Timestamp::MAX)
}

fn time(input: &Input<'_, '_>, paths: &[Path], found: &mut Vec<Violation>) -> Option<Moment> {
    match moment(first(paths, input.record)?) {
        Ok(moment) => moment,
        Err(message) => {
            let path = taken(paths, input.record);
            found.push(Violation::new(&rules::UNREADABLE_VALUE, message).at(path).correct());
            None
        }
    }
}
