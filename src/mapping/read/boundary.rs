//! `[boundary]`: what is asked of an order before anything is created from it.

use alloc::format;
use alloc::vec::Vec;

use toml::de::DeTable;

use super::keys::has;
use super::reader::{Place, Reader, Value, one_of};
use crate::boundary::rules::{self, OrderRule, Then};
use crate::diagnostic::Diagnostic;
use crate::mapping::boundary::{Address, Boundary, Conditions, Evidence, Setting, Sum};
use crate::mapping::model::Named;
use crate::mapping::rules::{UNKNOWN_NAME, WRONG_VALUE};
use crate::record::Path;
use crate::text::{Escaped, Span};

const KEYS: &[&str] = &["record", "address", "payment", "sum", "refunded", "rule"];
const ADDRESS_KEYS: &[&str] = &["at", "country", "region", "city", "postal_code", "street"];
const PAYMENT_KEYS: &[&str] = &["record", "token", "when", "vouched", "fetch"];
const SUM_KEYS: &[&str] = &["name", "whole", "parts", "minus", "optional", "lines"];
const RULE_KEYS: &[&str] = &["rule", "then", "when", "only", "why"];

impl Reader<'_> {
    /// Reads the table; `inherited` is the record of the mapping that the file extends.
    pub(super) fn boundary(
        &mut self,
        value: &Value<'_>,
        inherited: Option<&Named>,
    ) -> Option<Boundary> {
        let table = self.table("boundary", value)?;
        let span: Span = value.span().into();
        let mut record = None;
        let mut boundary = Boundary {
            record: Named::default(),
            address: None,
            payments: Vec::new(),
            sums: Vec::new(),
            refunded: Vec::new(),
            settings: Vec::new(),
            origin: self.origin(span),
        };
        for (key, value) in table {
            match self.key(table, key, "the boundary", KEYS) {
                "record" => record = self.named("record", value),
                "address" => boundary.address = self.address(value),
                "payment" => {
                    let list = self.list("payment", value);
                    boundary.payments =
                        list.iter().filter_map(|value| self.evidence(value)).collect();
                }
                "sum" => {
                    let list = self.list("sum", value);
                    boundary.sums = list.iter().filter_map(|value| self.sum(value)).collect();
                }
                "refunded" => boundary.refunded = self.paths("refunded", value),
                "rule" => {
                    let list = self.list("rule", value);
                    boundary.settings =
                        list.iter().filter_map(|value| self.setting(value)).collect();
                }
                _ => self.unknown_key(key, "the boundary", KEYS),
            }
        }
        if record.is_none() && !has(table, "record", KEYS) {
            // What a file inherits stands in another one.
            record = inherited.map(|known| Named { name: known.name.clone(), ..Named::default() });
            if record.is_none() {
                self.missing(span, "the boundary", "record");
            }
        }
        boundary.record = record?;
        Some(boundary)
    }

    fn address(&mut self, value: &Value<'_>) -> Option<Address> {
        let table = self.table("address", value)?;
        let mut address = Address::default();
        for (key, value) in table {
            let name = self.key(table, key, "an address", ADDRESS_KEYS);
            let paths = match name {
                "at" => &mut address.at,
                "country" => &mut address.country,
                "region" => &mut address.region,
                "city" => &mut address.city,
                "postal_code" => &mut address.postal_code,
                "street" => &mut address.street,
                _ => {
                    self.unknown_key(key, "an address", ADDRESS_KEYS);
                    continue;
                }
            };
            *paths = self.paths(name, value);
        }
        self.needs(table, value, "the address", &["country", "street"], ADDRESS_KEYS);
        Some(address)
    }

    fn evidence(&mut self, value: &Value<'_>) -> Option<Evidence> {
        let table = self.table("payment", value)?;
        let span: Span = value.span().into();
        let mut record = None;
        let mut evidence = Evidence {
            record: Named::default(),
            token: Vec::new(),
            when: None,
            condition: None,
            vouched: None,
            fetch: None,
            origin: self.origin(span),
        };
        for (key, value) in table {
            match self.key(table, key, "evidence of payment", PAYMENT_KEYS) {
                "record" => record = self.named("record", value),
                "token" => evidence.token = self.paths("token", value),
                "when" => evidence.when = self.when(value),
                "vouched" => evidence.vouched = self.sentence("vouched", value),
                "fetch" => evidence.fetch = self.sentence("fetch", value),
                _ => self.unknown_key(key, "evidence of payment", PAYMENT_KEYS),
            }
        }
        self.needs(table, value, "evidence of payment", &["record", "token"], PAYMENT_KEYS);
        evidence.record = record?;
        Some(evidence)
    }

    fn sum(&mut self, value: &Value<'_>) -> Option<Sum> {
        let table = self.table("sum", value)?;
        let mut name = None;
        let (mut whole, mut parts) = (Vec::new(), Vec::new());
        let (mut minus, mut optional) = (Vec::new(), Vec::new());
        let mut lines = None;
        for (key, value) in table {
            match self.key(table, key, "a sum", SUM_KEYS) {
                "name" => name = self.sentence("name", value),
                "whole" => whole = self.paths("whole", value),
                "parts" => parts = self.paths("parts", value),
                "minus" => minus = self.paths("minus", value),
                "optional" => optional = self.optional(value),
                "lines" => lines = self.flag("lines", value),
                _ => self.unknown_key(key, "a sum", SUM_KEYS),
            }
        }
        self.needs(table, value, "the sum", &["name", "whole"], SUM_KEYS);
        // A value that was not understood has been reported.
        let not_understood = lines.is_none() && has(table, "lines", SUM_KEYS);
        let lines = lines.unwrap_or_default();
        if parts.is_empty() && !lines && !not_understood && !has(table, "parts", SUM_KEYS) {
            self.missing(value.span().into(), "the sum", "parts");
        }
        let origin = self.origin(value.span().into());
        Some(Sum { name: name?, whole, parts, minus, optional, lines, origin })
    }

    /// Each of them doubles the ways in which a sum may add up.
    fn optional(&mut self, value: &Value<'_>) -> Vec<Path> {
        const MOST: usize = 4;
        let paths = self.paths("optional", value);
        if paths.len() > MOST {
            let message = format!("`optional` has {} paths", paths.len());
            self.push(
                Diagnostic::new(&WRONG_VALUE, value.span().into(), message)
                    .label(format!("expected at most {MOST}"))
                    .help("a sum that may add up in more ways proves nothing"),
            );
        }
        paths
    }

    fn setting(&mut self, value: &Value<'_>) -> Option<Setting> {
        let table = self.table("rule", value)?;
        let (mut rule, mut then) = (None, None);
        let (mut when, mut only, mut why) = (None, None, None);
        for (key, value) in table {
            match self.key(table, key, "a rule's setting", RULE_KEYS) {
                "rule" => rule = self.order_rule(value),
                "then" => then = self.word("then", value, Then::parse, Then::NAMES),
                "when" => when = self.when(value),
                "only" => only = self.when(value),
                "why" => why = self.sentence("why", value),
                _ => self.unknown_key(key, "a rule's setting", RULE_KEYS),
            }
        }
        self.needs(table, value, "the rule's setting", &["rule", "why"], RULE_KEYS);
        if !has(table, "then", RULE_KEYS) && !has(table, "only", RULE_KEYS) {
            self.missing(value.span().into(), "the rule's setting", "then");
        }
        let origin = self.origin(value.span().into());
        let conditions = Conditions::default();
        Some(Setting { rule: rule?, then, when, only, conditions, why: why?, origin })
    }

    fn order_rule(&mut self, value: &Value<'_>) -> Option<&'static OrderRule> {
        let name = self.text("rule", value)?;
        let rule = rules::named(name);
        if rule.is_none() {
            let names: Vec<_> = rules::ALL.iter().map(|rule| rule.name()).collect();
            let message = format!("no rule for orders has the name `{}`", Escaped(name));
            let found = Diagnostic::new(&UNKNOWN_NAME, value.span().into(), message);
            self.push(one_of(found, name, &names, Place::Value));
        }
        rule
    }

    fn needs(
        &mut self,
        table: &DeTable<'_>,
        value: &Value<'_>,
        what: &str,
        keys: &[&str],
        known: &[&str],
    ) {
        for key in keys.iter().filter(|key| !has(table, key, known)) {
            self.missing(value.span().into(), what, key);
        }
    }
}
