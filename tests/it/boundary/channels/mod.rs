//! What each shop and marketplace says of its orders under `[boundary]`: a whole order, shaped as
//! the vendor documents it, comes in, and each thing that is taken away keeps it out by its name.

mod amazon;
mod marketplaces;
mod storefronts;

use order_status::boundary::{Catalogue, Order, Verdict, Violation};
use serde_json::Value;

/// An order that is put before the rules of its channel.
struct Shown<'a> {
    channel: &'a str,
    order: Value,
    beside: Vec<(&'a str, Value)>,
    verified: bool,
}

/// What became of it, by the names of the rules.
#[derive(Debug, PartialEq, Eq)]
enum Became {
    Accepted { notes: Vec<&'static str> },
    KeptOut { violations: Vec<&'static str>, excused: Vec<&'static str> },
}

fn shown<'a>(channel: &'a str, order: &Value) -> Shown<'a> {
    Shown { channel, order: order.clone(), beside: vec![], verified: false }
}

impl<'a> Shown<'a> {
    /// A record of the channel's own that was fetched.
    fn beside(mut self, record: &'a str, payload: &Value) -> Self {
        self.beside.push((record, payload.clone()));
        self
    }

    /// The caller asked the gateway.
    fn verified(mut self) -> Self {
        self.verified = true;
        self
    }

    fn became(&self) -> Became {
        let catalogue = Catalogue::new([crate::channels::load(self.channel)]).unwrap();
        let mut order = Order::new(self.channel, &self.order);
        for (record, payload) in &self.beside {
            order = order.beside(self.channel, record, payload);
        }
        if self.verified {
            order = order.payment_verified();
        }
        match catalogue.check(&order, "2026-11-25T12:00:00Z".parse().unwrap()) {
            Verdict::Accepted(accepted) => Became::Accepted { notes: names(&accepted.notes) },
            Verdict::Quarantined(ticket) => Became::KeptOut {
                violations: names(&ticket.violations),
                excused: sorted(ticket.excused.iter().map(|one| one.violation.rule.name())),
            },
        }
    }

    #[track_caller]
    fn comes_in(&self) {
        self.comes_in_with(&[]);
    }

    #[track_caller]
    fn comes_in_with(&self, notes: &[&'static str]) {
        assert_eq!(self.became(), Became::Accepted { notes: notes.to_vec() }, "{}", self.channel);
    }

    #[track_caller]
    fn is_kept_out(&self, violations: &[&'static str]) {
        self.is_kept_out_excused(violations, &[]);
    }

    /// Kept out, and what does not count for it is no reason.
    #[track_caller]
    fn is_kept_out_excused(&self, violations: &[&'static str], excused: &[&'static str]) {
        let (violations, excused) = (violations.to_vec(), excused.to_vec());
        assert_eq!(self.became(), Became::KeptOut { violations, excused }, "{}", self.channel);
    }
}

fn names(found: &[Violation]) -> Vec<&'static str> {
    sorted(found.iter().map(|one| one.rule.name()))
}

/// Each name once: of an address that is not there, every part is missing.
fn sorted(names: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The order with another value at a place.
fn with(order: &Value, place: &str, value: Value) -> Value {
    let mut order = order.clone();
    *order.pointer_mut(place).unwrap_or_else(|| panic!("nothing at {place}")) = value;
    order
}

/// The order without a key.
fn without(order: &Value, place: &str) -> Value {
    let mut order = order.clone();
    let (inside, key) = place.rsplit_once('/').unwrap();
    let taken = order.pointer_mut(inside).and_then(Value::as_object_mut).unwrap().remove(key);
    assert!(taken.is_some(), "nothing at {place}");
    order
}
