//! Times as systems write them.

use alloc::string::String;

use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::record::Node;

/// A time, as exactly as it was written: without an offset it may be anywhere on earth, and a day
/// has many hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) earliest: Timestamp,
    pub(crate) latest: Timestamp,
}

/// No place is further from UTC.
const FURTHEST: SignedDuration = SignedDuration::from_hours(14);

/// Numbers from this on are milliseconds: as seconds they would lie in the year 5138.
const MILLISECONDS: i64 = 100_000_000_000;

/// The time that a value stands for; nothing where there is none, or where it is written in a form
/// that means different days in different countries.
pub(crate) fn moment(node: Node<'_>) -> Result<Option<Moment>, String> {
    match node {
        Node::Null | Node::Text("") => Ok(None),
        Node::Whole(number) => of_number(number).map(Some),
        Node::Text(text) => of_text(text.trim()),
        #[expect(clippy::cast_possible_truncation, reason = "seconds and a fraction of one")]
        Node::Float(number) => of_number(number as i64).map(Some),
        Node::Flag(_) | Node::Record(_) | Node::List(_) => {
            Err(alloc::format!("{} stands where a time is expected", node.kind()))
        }
    }
}

fn of_number(number: i64) -> Result<Moment, String> {
    let time = if number.abs() < MILLISECONDS {
        Timestamp::from_second(number)
    } else {
        Timestamp::from_millisecond(number)
    };
    time.map(exactly).map_err(|_| "the number is too large for a time".into())
}

fn of_text(text: &str) -> Result<Option<Moment>, String> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Ok(Some(exactly(time)));
    }
    if let Ok(time) = text.parse::<DateTime>() {
        // Of a day alone nobody knows the hour.
        let length = if text.parse::<Date>().is_ok() && !text.contains(':') { 24 } else { 0 };
        return Ok(somewhere(time, SignedDuration::from_hours(length)));
    }
    if let Ok(time) = rfc2822::parse(text) {
        return Ok(Some(exactly(time.timestamp())));
    }
    if let Ok(number) = text.parse() {
        return of_number(number).map(Some);
    }
    // `03/04/2026` is a day, though nobody can tell which.
    let looks_like_a_day = text
        .split(['/', '.', '-'])
        .filter(|part| part.starts_with(|c: char| c.is_ascii_digit()))
        .count()
        >= 3;
    if looks_like_a_day {
        Ok(None)
    } else {
        Err("a text that is no time stands where a time is expected".into())
    }
}

const fn exactly(time: Timestamp) -> Moment {
    Moment { earliest: time, latest: time }
}

fn somewhere(time: DateTime, length: SignedDuration) -> Option<Moment> {
    let time = TimeZone::UTC.to_timestamp(time).ok()?;
    Some(Moment {
        earliest: time.checked_sub(FURTHEST).unwrap_or(Timestamp::MIN),
        latest: time.checked_add(FURTHEST + length).unwrap_or(Timestamp::MAX),
    })
}

/// Timestamps as texts of RFC 3339.
#[cfg(feature = "serde")]
pub(crate) mod text {
    use alloc::string::String;

    use jiff::Timestamp;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(time: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(time)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Moment> {
        moment(Node::Text(text)).unwrap()
    }

    #[test]
    fn one_time_in_many_forms() {
        let noon: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
        for text in [
            "2026-11-25T12:00:00Z",
            "2026-11-25T13:00:00+01:00",
            "2026-11-25T12:00:00.000+0000",
            "Wed, 25 Nov 2026 12:00:00 +0000",
            "1795608000",
            "1795608000000",
        ] {
            assert_eq!(read(text), Some(exactly(noon)), "{text}");
        }
        for text in ["2026-11-25T12:00:00", "2026-11-25 12:00:00", "2026-11-25"] {
            let moment = read(text).unwrap();
            assert!(moment.earliest < noon && noon < moment.latest, "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_said_and_what_is_ambiguous_is_not_judged() {
        assert!(moment(Node::Text("yesterday")).is_err());
        assert!(moment(Node::Flag(true)).is_err());
        assert!(moment(Node::Whole(i64::MAX)).is_err());
        assert_eq!(read("03/04/2026 10:00 am"), None);
        assert_eq!(moment(Node::Null), Ok(None));
    }
}
