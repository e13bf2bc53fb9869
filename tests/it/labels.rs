//! Labels are printed in the morning, the parcels still stand here, and the shops are told already.
//!
//! Where a system says shipped as soon as there is a label, a mapping takes by a fact that the parcel
//! is gone. Then the warehouse's word that it is packed looks like a contradiction, and the finding
//! has to say that it holds under that fact alone. A merchant who prints ahead switches the fact off
//! and finds nothing.

use std::fmt::Write as _;

use order_status::compare::{Finding, compare, views};
use order_status::diagnostic::Source;
use order_status::facet::Facet;
use order_status::join::join;
use order_status::mapping::Mapping;
use order_status::pattern::{Patterns, Strength};
use order_status::reading::Known;
use serde_json::Value;

use crate::world::{From, Sale, Sent, Step, World};

/// Per merchant the systems that are told with the label, and behind them those that know better.
const MERCHANTS: [(&[&str], &[&str]); 6] = [
    (&["shopify", "shipstation"], &["netsuite"]),
    (&["shopify", "shipstation"], &["acumatica"]),
    (&["shopify", "shipstation"], &["dynamics365_fo"]),
    (&["amazon_sp_api", "shipstation"], &["netsuite"]),
    (&["ebay", "shipstation"], &["netsuite", "dynamics365_bc"]),
    (&["walmart", "shipstation"], &["netsuite"]),
];

/// The facts by which a told system is believed.
const FACTS: [&str; 2] = ["told-means-handed-over", "label-means-shipped"];

/// No carrier has seen the parcel: its words are gone, the seller's stay.
fn unscanned(payload: &mut Value) {
    match payload {
        Value::Object(object) => {
            for (key, value) in object.iter_mut() {
                // `shipment_status` is a scan in one system and the seller's word in another.
                let moving = *value == "in_transit";
                if key == "detailedStatus"
                    || moving && (key == "shipment_status" || key == "tracking_status")
                {
                    *value = Value::Null;
                } else if *value == "IN_TRANSIT" {
                    *value = "SHIPPED".into();
                } else {
                    unscanned(value);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(unscanned),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn sends(world: &World, at: usize, sale: &Sale) -> Sent {
    let mut sent = world.sends(at, sale);
    for (_, payload) in &mut sent {
        unscanned(payload);
    }
    sent
}

/// The mapping of a merchant who prints ahead.
fn printing_ahead(mapping: &Mapping) -> Mapping {
    let id = mapping.channel().id();
    let mut facts = String::new();
    for fact in mapping.facts().iter().filter(|fact| FACTS.contains(&fact.name())) {
        writeln!(facts, "[fact.{}]\nholds = false\nwhy = \"we print ahead\"", fact.name()).unwrap();
    }
    let text = format!("schema = 1\nextends = \"{id}\"\n{facts}");
    Mapping::load_extending(Source::new("ahead.toml", &text), mapping).unwrap()
}

/// What is found of one order.
fn found<'p, 'm>(
    mappings: &[&'m Mapping],
    sent: &[Sent],
    patterns: &'p Patterns,
) -> Vec<Finding<'p, 'm>> {
    let records = sent.iter().enumerate().flat_map(|(at, sent)| {
        sent.iter().map(move |(kind, payload)| {
            let kind = mappings[at].record(kind).unwrap();
            (at, mappings[at].read(kind, payload, &Known::new()))
        })
    });
    let mut orders = join(mappings, records.collect::<Vec<_>>());
    assert_eq!(orders.len(), 1);
    let complete = vec![Vec::<&str>::new(); mappings.len()];
    compare(&views(mappings, orders.pop().unwrap(), &complete), patterns)
}

/// Orders of which nothing has left, and what the shop was told of them.
fn stories() -> impl Iterator<Item = (Sale, Sale)> {
    (1000..1040).map(|number| {
        let second = [From::Warehouse(0), From::Warehouse(1)][number as usize % 2];
        let here = Sale::new(number).with(|sale| sale.lines[1].from = second).step(Step::Packed);
        let told = if number % 5 == 0 { here.clone().partly_sent() } else { here.clone().sent() };
        (here, told)
    })
}

#[test]
fn a_label_alone_makes_nothing_certain() {
    let patterns = Patterns::builtin();
    for (told_systems, others) in MERCHANTS {
        let systems: Vec<&str> = told_systems.iter().chain(others).copied().collect();
        let world = World::of(&systems);
        let usual: Vec<&Mapping> = world.mappings.iter().collect();
        let ahead: Vec<Mapping> = usual.iter().map(|mapping| printing_ahead(mapping)).collect();
        let ahead: Vec<&Mapping> = ahead.iter().collect();
        let mut suspected = 0;
        for (here, told) in stories() {
            let idea = |at: usize| if at < told_systems.len() { &told } else { &here };
            let sent: Vec<Sent> =
                (0..systems.len()).map(|at| sends(&world, at, idea(at))).collect();
            let findings = found(&usual, &sent, &patterns);
            let certain: Vec<_> = findings
                .iter()
                .filter(|finding| finding.strength == Strength::Certain)
                .map(|finding| (finding.name(), &finding.facets, &finding.views))
                .collect();
            assert!(certain.is_empty(), "{systems:?} {}: {certain:?}\n{sent:#?}", here.number);
            suspected += findings.len();
            // Who prints ahead has switched the facts off, and nothing about goods is left.
            let left: Vec<_> = found(&ahead, &sent, &patterns)
                .into_iter()
                .filter(|finding| finding.facets.contains(&Facet::Fulfillment))
                .map(|finding| (finding.name().to_owned(), finding.views))
                .collect();
            assert!(left.is_empty(), "{systems:?} {}: {left:?}\n{sent:#?}", here.number);
        }
        // The fact is what the finding hangs on.
        assert!(suspected > 0, "{systems:?}: nobody would see a parcel that was forgotten");
    }
}
