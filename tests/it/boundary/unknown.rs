//! The ledger of unknown statuses: ledgers merge whatever the order, and nothing counts twice.

use jiff::Timestamp;
use order_status::boundary::UnknownStatuses;
use order_status::mapping::Mapping;
use order_status::reading::Known;
use proptest::prelude::*;
use serde_json::json;

use crate::channels::load;

/// One webhook: which order, which status, when.
type Seen = (u8, u8, i64);

fn observed(shopify: &Mapping, seen: &[Seen]) -> UnknownStatuses {
    let mut ledger = UnknownStatuses::new();
    for (order, status, at) in seen {
        let word = ["refundet", "paid", "partiallyrefunded", "payed"][usize::from(*status) % 4];
        let payload = json!({ "name": format!("#{order}"), "financial_status": word });
        let reading = shopify.read(shopify.record("order").unwrap(), &payload, &Known::new());
        let key = format!("{order}-{status}-{at}");
        ledger.observe(shopify, &reading, &key, Timestamp::from_second(*at).unwrap());
    }
    ledger
}

fn merged(a: &UnknownStatuses, b: &UnknownStatuses) -> UnknownStatuses {
    let mut both = a.clone();
    both.merge(b.clone());
    both
}

proptest! {
    #[test]
    fn merging_is_a_union(
        a in prop::collection::vec((0..9_u8, 0..4_u8, 0..5_i64), 0..20),
        b in prop::collection::vec((0..9_u8, 0..4_u8, 0..5_i64), 0..20),
        c in prop::collection::vec((0..9_u8, 0..4_u8, 0..5_i64), 0..20),
    ) {
        let shopify = load("shopify");
        let all = observed(&shopify, &[a.clone(), b.clone(), c.clone()].concat());
        let [a, b, c] = [a, b, c].map(|seen| observed(&shopify, &seen));
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(merged(&a, &a), a.clone());
        prop_assert_eq!(merged(&merged(&a, &b), &c), all.clone());
        let text = serde_json::to_string(&all).unwrap();
        prop_assert_eq!(all, serde_json::from_str(&text).unwrap());
    }
}

#[test]
fn a_value_tells_how_often_since_when_and_where() {
    let shopify = load("shopify");
    let ledger = observed(
        &shopify,
        &[
            (1, 0, 50),
            (2, 0, 10),
            (2, 0, 10),
            (3, 0, 30),
            (4, 0, 30),
            (5, 0, 30),
            (6, 0, 99),
            (1, 1, 1),
        ],
    );
    let unknown: Vec<_> = ledger.iter().collect();
    let [refunded] = unknown.as_slice() else { panic!("{unknown:?}") };
    assert_eq!(
        (refunded.channel.as_str(), refunded.field.as_str(), refunded.value.as_str()),
        ("shopify", "financial", "refundet")
    );
    assert_eq!(
        (refunded.count(), refunded.first.as_second(), refunded.last.as_second()),
        (6, 10, 99)
    );
    assert_eq!(refunded.nearest.as_deref(), Some("refunded"));
    assert_eq!(refunded.orders.len(), 5);
}
