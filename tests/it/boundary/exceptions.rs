//! The exception log: each order once, causes counted, ages told.

use order_status::boundary::{Exceptions, Order, Ticket};
use serde_json::{Value, json};

use super::{catalogue, changed, now};

fn ticket(order: &Value) -> Ticket {
    let catalogue = catalogue();
    let verdict = catalogue.check(&Order::new("shopify", order).payment_verified(), now());
    verdict.ticket().unwrap().clone()
}

fn numbered(number: u32, changes: &[(&str, Value)]) -> Ticket {
    let number = ("/name", json!(format!("#{number}")));
    ticket(&changed(&[changes, &[number]].concat()))
}

fn log() -> Exceptions {
    let mut log = Exceptions::new();
    let payed = [("/financial_status", json!("payed"))];
    for (hours, number) in [(70, 1001), (3, 1002), (1, 1003), (1, 1004), (1, 1005), (1, 1006)] {
        log.add(numbered(number, &payed), now() - jiff::SignedDuration::from_hours(hours));
    }
    let no_zip = [("/shipping_address/zip", json!("627"))];
    log.add(numbered(1007, &no_zip), now() - jiff::SignedDuration::from_mins(20));
    // Two lines of one order with the same mistake.
    let two = [
        ("/line_items/0/fulfillment_status", json!("gone")),
        ("/line_items/1/fulfillment_status", json!("gone")),
    ];
    log.add(numbered(1008, &two), now() - jiff::SignedDuration::from_mins(10));
    log
}

#[test]
fn an_order_that_comes_again_is_one_exception_with_its_newest_ticket() {
    let mut log = log();
    let before = log.len();
    let later = now() + jiff::SignedDuration::from_hours(1);
    assert!(!log.add(numbered(1001, &[("/currency", json!("EURO"))]), later));
    assert_eq!(log.len(), before);
    let exception = log.iter().find(|known| known.ticket.order.as_deref() == Some("1001")).unwrap();
    assert_eq!((exception.times, exception.last), (2, later));
    assert_eq!(exception.ticket.violations[0].rule.name(), "unknown-currency");
    // A ticket that was written earlier and arrives later does not replace the newer one.
    log.add(
        numbered(1001, &[("/financial_status", json!("payed"))]),
        now() - jiff::SignedDuration::from_hours(99),
    );
    let exception = log.release("shopify", "1001").unwrap();
    assert_eq!(exception.ticket.violations[0].rule.name(), "unknown-currency");
    assert_eq!(exception.age(later), jiff::SignedDuration::from_hours(100));
    assert_eq!(log.len(), before - 1);
    assert!(log.release("shopify", "1001").is_none());
}

#[test]
fn causes_count_orders() {
    let log = log();
    let causes: Vec<_> =
        log.causes().into_iter().map(|cause| (cause.rule, cause.path, cause.orders)).collect();
    assert_eq!(
        causes,
        [
            ("undefined-status", "financial_status".to_owned(), 6),
            ("undefined-status", "line_items[].fulfillment_status".to_owned(), 1),
            ("malformed-address", "shipping_address.zip".to_owned(), 1),
        ]
    );
}

#[test]
fn what_the_operations_team_reads() {
    insta::assert_snapshot!("digest", log().digest(now()));
}

#[test]
fn a_log_reads_as_it_was_written() {
    let log = log();
    let text = serde_json::to_string(&log).unwrap();
    assert_eq!(log, serde_json::from_str(&text).unwrap());
}
