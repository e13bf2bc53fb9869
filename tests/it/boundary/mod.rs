//! Orders are let in or kept out.

mod channels;

use order_status::boundary::{Catalogue, Order, Verdict};

#[test]
fn smoke() {
    let catalogue = Catalogue::new(["shopify", "stripe"].map(crate::channels::load)).unwrap();
    let now = "2026-11-25T12:00:00Z".parse().unwrap();
    let text = std::fs::read_to_string("/work/shared/data/shopify_orders.ndjson").unwrap();
    let sample: serde_json::Value =
        serde_json::from_str(include_str!("../../../examples/data/shopify_orders.json")).unwrap();
    let orders = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    for order in orders.chain(sample["orders"].as_array().unwrap().iter().cloned()) {
        match catalogue.check(&Order::new("shopify", &order), now) {
            Verdict::Accepted(accepted) => {
                println!("{:?} accepted {:?}", accepted.reading.order, accepted.notes)
            }
            Verdict::Quarantined(ticket) => {
                println!("{:?} {}", ticket.order, ticket.severity);
                for violation in &ticket.violations {
                    let release: Vec<_> =
                        violation.release.iter().map(ToString::to_string).collect();
                    println!("    {violation}   -> {}", release.join(" | "));
                }
                for violation in &ticket.notes {
                    println!("    note {violation}");
                }
                for excused in &ticket.excused {
                    println!("    excused {} {}", excused.violation, excused.why);
                }
            }
        }
    }
}
