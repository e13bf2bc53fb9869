//! The exception log: every order in quarantine once, by cause and by age.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;

use jiff::{SignedDuration, Timestamp};

use super::rules::Severity;
use super::ticket::{Release, Ticket, Violation};

/// Orders in quarantine. Pure bookkeeping: the caller keeps it, and says what time it is.
///
/// An order that comes again is one exception still, with its newest ticket.
///
/// ```
/// use order_status::boundary::{Catalogue, Exceptions, Order};
/// use order_status::record::Flat;
///
/// let catalogue = Catalogue::default();
/// let payload = Flat::new(["name"], ["#1001"]);
/// let verdict = catalogue.check(&Order::new("shopify", &payload), "2026-11-25T12:00:00Z".parse().unwrap());
/// let mut log = Exceptions::new();
/// for hour in ["2026-11-25T12:00:00Z", "2026-11-25T13:00:00Z"] {
///     log.add(verdict.ticket().unwrap().clone(), hour.parse().unwrap());
/// }
/// let exception = log.iter().next().unwrap();
/// assert_eq!((log.len(), exception.times), (1, 2));
/// assert_eq!(log.causes()[0].rule, "unknown-channel");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(from = "Vec<Exception>", into = "Vec<Exception>"))]
pub struct Exceptions {
    open: BTreeMap<(String, String), Exception>,
}

/// An order in quarantine.
///
/// ```
/// use order_status::boundary::{Catalogue, Exceptions, Order};
///
/// let now = "2026-11-25T12:00:00Z".parse().unwrap();
/// let catalogue = Catalogue::default();
/// let verdict = catalogue.check(&Order::broken("shopify"), now);
/// let mut log = Exceptions::new();
/// log.add(verdict.ticket().unwrap().clone(), now);
///
/// let exception = log.iter().next().unwrap();
/// assert_eq!(exception.age("2026-11-25T15:00:00Z".parse().unwrap()).as_hours(), 3);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Exception {
    /// Its newest ticket.
    pub ticket: Ticket,
    /// When it was kept out for the first time.
    #[cfg_attr(feature = "serde", serde(with = "crate::time::text"))]
    pub first: Timestamp,
    /// When it was kept out for the last time.
    #[cfg_attr(feature = "serde", serde(with = "crate::time::text"))]
    pub last: Timestamp,
    /// How often it was kept out.
    pub times: u32,
}

impl Exception {
    /// For how long it has been lying there.
    pub fn age(&self, now: Timestamp) -> SignedDuration {
        now.duration_since(self.first).max(SignedDuration::ZERO)
    }
}

impl Exceptions {
    /// None.
    pub const fn new() -> Self {
        Self { open: BTreeMap::new() }
    }

    /// Takes note of a ticket, which was written at `at`. Tells whether the order was not there before.
    pub fn add(&mut self, ticket: Ticket, at: Timestamp) -> bool {
        match self.open.get_mut(&key(&ticket)) {
            Some(known) => {
                known.times = known.times.saturating_add(1);
                known.first = known.first.min(at);
                if at >= known.last {
                    known.last = at;
                    known.ticket = ticket;
                }
                false
            }
            None => {
                let exception = Exception { ticket, first: at, last: at, times: 1 };
                self.open.insert(key(&exception.ticket), exception);
                true
            }
        }
    }

    /// Takes an order out: it has come in, or nobody waits for it any more.
    pub fn release(&mut self, channel: &str, order: &str) -> Option<Exception> {
        self.open.remove(&(channel.into(), order.into()))
    }

    /// How many orders there are.
    pub fn len(&self) -> usize {
        self.open.len()
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// The orders, by channel and number.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Exception> {
        self.open.values()
    }

    /// Why they are there: the worst first, then the most frequent.
    pub fn causes(&self) -> Vec<Cause<'_>> {
        let mut causes: BTreeMap<(&str, &str, String, Option<&str>), Cause<'_>> = BTreeMap::new();
        for exception in self.iter() {
            let ticket = &exception.ticket;
            let mut counted = Vec::new();
            for violation in &ticket.violations {
                let path = without_places(violation.path.as_deref().unwrap_or_default());
                let key = (
                    ticket.channel.as_str(),
                    violation.rule.name(),
                    path.clone(),
                    violation.raw.as_deref(),
                );
                // Three bad lines of one order are one order.
                if counted.contains(&key) {
                    continue;
                }
                counted.push(key.clone());
                let cause = causes
                    .entry(key)
                    .or_insert_with(|| Cause::new(ticket, violation, path, exception.first));
                cause.orders += 1;
                cause.since = cause.since.min(exception.first);
                if let Some(order) =
                    ticket.order.as_deref().filter(|_| cause.samples.len() < Cause::SAMPLES)
                {
                    cause.samples.push(order);
                }
            }
        }
        let mut causes: Vec<_> = causes.into_values().collect();
        causes.sort_by(|a, b| a.severity.cmp(&b.severity).then(b.orders.cmp(&a.orders)));
        causes
    }

    /// What the operations team reads in the morning: how many, why, since when, and what to do.
    ///
    /// ```
    /// use order_status::boundary::Exceptions;
    ///
    /// let now = "2026-11-25T12:00:00Z".parse().unwrap();
    /// assert_eq!(Exceptions::new().digest(now), "no order is in quarantine\n");
    /// ```
    pub fn digest(&self, now: Timestamp) -> String {
        Digest { exceptions: self, now }.to_string()
    }
}

/// The log as a text.
struct Digest<'a> {
    exceptions: &'a Exceptions,
    now: Timestamp,
}

impl fmt::Display for Digest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { exceptions, now } = *self;
        let Some(oldest) = exceptions.iter().map(|exception| exception.age(now)).max() else {
            return f.write_str("no order is in quarantine\n");
        };
        let count = orders(exceptions.len());
        writeln!(f, "{count} in quarantine, the oldest for {}", spoken(oldest))?;
        for cause in exceptions.causes() {
            let age = now.duration_since(cause.since).max(SignedDuration::ZERO);
            writeln!(f, "\n{cause}, for {}", spoken(age))?;
            if !cause.samples.is_empty() {
                let more = if cause.orders > cause.samples.len() { " ..." } else { "" };
                writeln!(f, "    {}{more}", cause.samples.join(", "))?;
            }
            for release in cause.release {
                writeln!(f, "    -> {release}")?;
            }
        }
        Ok(())
    }
}

/// One reason for which orders are in quarantine.
///
/// ```
/// use order_status::boundary::{Catalogue, Exceptions, Order};
///
/// let now = "2026-11-25T12:00:00Z".parse().unwrap();
/// let catalogue = Catalogue::default();
/// let verdict = catalogue.check(&Order::broken("shopify"), now);
/// let mut log = Exceptions::new();
/// log.add(verdict.ticket().unwrap().clone(), now);
///
/// let cause = &log.causes()[0];
/// assert_eq!(cause.to_string(), "high: 1 order with unknown-channel in shopify");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Cause<'a> {
    /// The system that the orders came from.
    pub channel: &'a str,
    /// The name of the rule.
    pub rule: &'static str,
    /// How much it costs.
    pub severity: Severity,
    /// Where in the payload, places in lists left out.
    pub path: String,
    /// The status, where the rule is about one.
    pub raw: Option<&'a str>,
    /// The declared code that it resembles.
    pub nearest: Option<&'a str>,
    /// How many orders.
    pub orders: usize,
    /// The numbers of some of them, at most five.
    pub samples: Vec<&'a str>,
    /// When the first of them was kept out.
    pub since: Timestamp,
    /// What would settle it.
    pub release: &'a [Release],
}

impl<'a> Cause<'a> {
    const SAMPLES: usize = 5;

    fn new(ticket: &'a Ticket, violation: &'a Violation, path: String, since: Timestamp) -> Self {
        Self {
            channel: &ticket.channel,
            rule: violation.rule.name(),
            severity: violation.rule.severity(),
            path,
            raw: violation.raw.as_deref(),
            nearest: violation.nearest.as_deref(),
            orders: 0,
            samples: Vec::new(),
            since,
            release: &violation.release,
        }
    }
}

impl fmt::Display for Cause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { channel, rule, severity, path, raw, nearest, orders: count, .. } = self;
        write!(f, "{severity}: {} with {rule} in {channel}", orders(*count))?;
        if !path.is_empty() {
            write!(f, " at {path}")?;
        }
        if let Some(raw) = raw {
            write!(f, ", \"{raw}\"")?;
        }
        match nearest {
            Some(nearest) => write!(f, " (resembles \"{nearest}\")"),
            None => Ok(()),
        }
    }
}

impl From<Vec<Exception>> for Exceptions {
    fn from(list: Vec<Exception>) -> Self {
        Self {
            open: list.into_iter().map(|exception| (key(&exception.ticket), exception)).collect(),
        }
    }
}

impl From<Exceptions> for Vec<Exception> {
    fn from(exceptions: Exceptions) -> Self {
        exceptions.open.into_values().collect()
    }
}

/// By which an order is known again: its number, or where it has none its content.
fn key(ticket: &Ticket) -> (String, String) {
    let number = ticket.order.clone();
    let number = number.or_else(|| ticket.payload.map(|payload| payload.to_string()));
    (ticket.channel.clone(), number.unwrap_or_default())
}

/// `line_items[3].sku` is `line_items[].sku` of all lines.
fn without_places(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.chars() {
        match c {
            '[' => inside = true,
            ']' => inside = false,
            _ if inside && c.is_ascii_digit() => continue,
            _ => {}
        }
        text.push(c);
    }
    text
}

fn orders(count: usize) -> String {
    if count == 1 { "1 order".into() } else { format!("{count} orders") }
}

/// A length of time in the unit that matters.
fn spoken(age: SignedDuration) -> String {
    let (count, unit) = match age.as_secs() {
        seconds if seconds >= 2 * 86_400 => (seconds / 86_400, "days"),
        seconds if seconds >= 2 * 3_600 => (seconds / 3_600, "hours"),
        seconds => (seconds / 60, "minutes"),
    };
    format!("{count} {unit}")
}
