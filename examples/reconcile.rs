//! The main job: reads the sample exports of four systems, joins them to orders and says where the
//! systems contradict each other.

#![expect(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::std_instead_of_core,
    clippy::std_instead_of_alloc,
    reason = "the example prints a table and lives in std; its places are those of EXPORTS"
)]

use std::collections::BTreeMap;
use std::error::Error;

use order_status::builtin;
use order_status::compare::{compare, views};
use order_status::join::join;
use order_status::mapping::Mapping;
use order_status::pattern::{Pattern, Patterns};
use order_status::reading::Known;
use order_status::text::Escaped;

/// System, kind of record, file, and the list in it that holds the records.
const EXPORTS: [(usize, &str, &str, &str); 7] = [
    (0, "order", "shopify_orders", "orders"),
    (1, "sales_order", "netsuite_sales_orders", "items"),
    (1, "item_fulfillment", "netsuite_item_fulfillments", "items"),
    (1, "return_authorization", "netsuite_return_authorizations", "items"),
    (2, "order", "shipstation_orders", "orders"),
    (2, "shipment", "shipstation_shipments", "shipments"),
    (3, "payment_intent", "stripe_payment_intents", "data"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let sources = [builtin::SHOPIFY, builtin::NETSUITE, builtin::SHIPSTATION, builtin::STRIPE];
    let systems = sources.into_iter().map(Mapping::load).collect::<Result<Vec<_>, _>>()?;
    let systems: Vec<&Mapping> = systems.iter().collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data");

    let mut records = Vec::new();
    // Every export is complete: what is not in it does not exist in that system.
    let mut complete = vec![Vec::new(); systems.len()];
    for (system, kind, file, list) in EXPORTS {
        let text = std::fs::read_to_string(format!("{folder}/{file}.json"))?;
        let answer: serde_json::Value = serde_json::from_str(&text)?;
        let mapping = systems[system];
        let record = mapping.record(kind).ok_or("the mapping has no such kind of record")?;
        complete[system].push(kind);
        for payload in answer[list].as_array().into_iter().flatten() {
            records.push((system, mapping.read(record, payload, &Known::new())));
        }
    }

    let patterns = Patterns::builtin();
    let orders = join(&systems, records);
    let mut unmapped = Vec::new();
    let (count, mut fine, mut names) = (orders.len(), 0, BTreeMap::<String, usize>::new());
    println!("{:<7} {:<9} {:<28} {:<28} first step", "order", "severity", "finding", "systems");
    for order in orders {
        // Order numbers come from outside, as all else does that is printed here.
        let key = Escaped(&order.key).to_string();
        let views = views(&systems, order, &complete);
        let known = unmapped.len();
        for view in &views {
            for native in view
                .readings()
                .iter()
                .flat_map(order_status::reading::Reading::unmapped)
                .filter(|native| !native.field.is_open())
            {
                let system = view.mapping().channel().id();
                let raw = native.raw.as_ref().map_or_else(String::new, ToString::to_string);
                unmapped.push(format!("{}: {system} {} `{raw}`", key, native.field.name()));
            }
        }
        let findings = compare(&views, &patterns);
        fine += usize::from(findings.is_empty() && unmapped.len() == known);
        for finding in findings {
            let who: Vec<_> =
                finding.views.iter().map(|at| views[*at].mapping().channel().id()).collect();
            let step = finding.pattern.map_or("compare the records", Pattern::first_step);
            *names.entry(finding.name().into()).or_default() += 1;
            println!(
                "{:<7} {:<9} {:<28} {:<28} {step}",
                key,
                finding.severity(),
                finding.name(),
                who.join(" - "),
            );
        }
    }
    println!("\n{count} orders, {fine} fine");
    for (name, count) in names {
        println!("{count:>5}  {name}");
    }
    if !unmapped.is_empty() {
        println!("\n{} values that no row of a mapping stands for:", unmapped.len());
        for value in unmapped {
            println!("       {value}");
        }
    }
    Ok(())
}
