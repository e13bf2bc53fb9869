//! prototype
use order_status::compare::{View, compare};
use order_status::join::join;
use order_status::mapping::Mapping;
use order_status::pattern::Patterns;
use order_status::reading::Known;
fn main() {
    let load = |s| Mapping::load(s).unwrap_or_else(|r| panic!("{r}"));
    let systems = [
        load(order_status::builtin::SHOPIFY),
        load(order_status::builtin::NETSUITE),
        load(order_status::builtin::SHIPSTATION),
        load(order_status::builtin::STRIPE),
    ];
    let refs: Vec<&Mapping> = systems.iter().collect();
    let files: [(usize, &str, &str, &str); 7] = [
        (0, "order", "shopify_orders", "orders"),
        (1, "sales_order", "netsuite_sales_orders", "items"),
        (1, "item_fulfillment", "netsuite_item_fulfillments", "items"),
        (1, "return_authorization", "netsuite_return_authorizations", "items"),
        (2, "order", "shipstation_orders", "orders"),
        (2, "shipment", "shipstation_shipments", "shipments"),
        (3, "payment_intent", "stripe_payment_intents", "data"),
    ];
    let mut records = vec![];
    for (sys, kind, file, list) in files {
        let text = std::fs::read_to_string(format!(
            "{}/examples/data/{file}.json",
            env!("CARGO_MANIFEST_DIR")
        ))
        .unwrap();
        let v: serde_json::Value = serde_json::from_str(&text).unwrap();
        let Some(k) = systems[sys].record(kind) else {
            eprintln!(
                "no kind {kind}: {:?}",
                systems[sys].records().iter().map(|k| k.name()).collect::<Vec<_>>()
            );
            continue;
        };
        for item in v[list].as_array().unwrap() {
            records.push((sys, systems[sys].read(k, item, &Known::new())));
        }
    }
    let complete: [&[&str]; 4] = [
        &["order"],
        &["sales_order", "item_fulfillment", "return_authorization"],
        &["order", "shipment"],
        &["payment_intent"],
    ];
    let patterns = Patterns::load(order_status::pattern::BUILTIN).unwrap_or_else(|r| panic!("{r}"));
    for order in join(&refs, records) {
        let shop = order.records[0].first().cloned();
        let total = shop.as_ref().and_then(order_status::compare::Money::total_of);
        let views: Vec<View> = order
            .records
            .into_iter()
            .enumerate()
            .map(|(i, r)| View::of_total(refs[i], r, complete[i], total))
            .collect();
        let f = compare(&views, &patterns);
        println!(
            "{}: {}",
            order.key,
            f.iter()
                .map(|f| format!(
                    "{} [{}] {} {:?} also {:?} {}",
                    f.name(),
                    f.views
                        .iter()
                        .map(|v| views[*v].mapping().channel().id())
                        .collect::<Vec<_>>()
                        .join("-"),
                    f.relation.as_str(),
                    f.facets.iter().map(|x| x.as_str()).collect::<Vec<_>>(),
                    f.also.iter().map(|p| p.name()).collect::<Vec<_>>(),
                    f.deviations
                        .iter()
                        .map(|d| format!(
                            "{}: {:?} {:?}",
                            d.field.name(),
                            d.expected.iter().map(|e| e.shown()).collect::<Vec<_>>(),
                            d.direction
                        ))
                        .collect::<Vec<_>>()
                        .join(",")
                ))
                .collect::<Vec<_>>()
                .join("\n     ")
        );
        if std::env::args().nth(1).as_deref() == Some(&order.key) {
            for v in &views {
                println!(
                    "   {} {} {:?}",
                    v.mapping().channel().id(),
                    v.claim().states,
                    v.presence()
                );
                for r in v.readings() {
                    println!("      {} {:?}", r.record.name(), r.scope);
                    for n in r.natives.iter().filter(|n| n.raw.is_some()) {
                        println!(
                            "         {} {:?} {} {}",
                            n.field.name(),
                            n.raw,
                            n.resolution.as_str(),
                            n.claim.states
                        );
                    }
                }
            }
        }
    }
}
