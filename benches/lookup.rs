//! From a text to what it means: ours beside what one would write by hand.
//!
//! `every_code` asks for each spelling of every field of NetSuite and Shopify, in a scattered
//! order; `one_field` for those of one large field each, where the keys can stand in the source
//! for `phf` and for a `match`. All contenders hash or compare whole texts and allocate nothing.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::wildcard_imports,
    clippy::std_instead_of_core,
    reason = "a bench lives in std and stops where something is wrong"
)]

use std::collections::HashMap;
use std::hint::black_box;

use divan::Bencher;
use divan::counter::ItemsCount;
use order_status::builtin::{NETSUITE, SHOPIFY};
use order_status::diagnostic::Source;
use order_status::mapping::{Field, Mapping, Resolution};

fn main() {
    divan::main();
}

const CHANNELS: [(&str, Source<'static>); 2] = [("netsuite", NETSUITE), ("shopify", SHOPIFY)];
const NAMES: [&str; 2] = ["netsuite", "shopify"];

fn mapping(name: &str) -> Mapping {
    let (_, source) = CHANNELS.iter().find(|(known, _)| *known == name).unwrap();
    Mapping::load(*source).unwrap()
}

fn spellings(field: &Field) -> impl Iterator<Item = &str> {
    field.rows().iter().flat_map(|row| core::iter::once(row.code()).chain(row.also()))
}

/// Field numbers and texts, scattered so that neighbours seldom ask the same field.
fn scattered(mapping: &Mapping) -> Vec<(usize, String)> {
    let fields = mapping.fields().iter().enumerate();
    let mut keys: Vec<(usize, String)> =
        fields.flat_map(|(at, field)| spellings(field).map(move |key| (at, key.into()))).collect();
    keys.sort();
    keys.dedup();
    let mut seed = 0x9e37_79b9_u64;
    for at in (1..keys.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        keys.swap(at, usize::try_from(seed >> 33).unwrap() % (at + 1));
    }
    keys
}

mod every_code {
    use super::*;

    #[divan::bench(args = NAMES)]
    fn ours(bencher: Bencher<'_, '_>, name: &str) {
        let mapping = mapping(name);
        let keys = scattered(&mapping);
        bencher.counter(ItemsCount::new(keys.len())).bench_local(|| {
            let found = |(at, key): &&(usize, String)| {
                let resolution = mapping.look_up(&mapping.fields()[*at], black_box(key));
                matches!(resolution, Resolution::Mapped(_) | Resolution::Ignored(_))
            };
            keys.iter().filter(found).count()
        });
    }

    #[divan::bench(args = NAMES)]
    fn hash_map(bencher: Bencher<'_, '_>, name: &str) {
        let mapping = mapping(name);
        let keys = scattered(&mapping);
        let maps: Vec<HashMap<String, usize>> = mapping
            .fields()
            .iter()
            .map(|field| spellings(field).map(String::from).zip(0..).collect())
            .collect();
        bencher.counter(ItemsCount::new(keys.len())).bench_local(|| {
            keys.iter().filter(|(at, key)| maps[*at].contains_key(black_box(key.as_str()))).count()
        });
    }

    /// Nothing is found, and ours also says which code was probably meant.
    #[divan::bench(args = NAMES)]
    fn ours_miss(bencher: Bencher<'_, '_>, name: &str) {
        let mapping = mapping(name);
        let keys = misses(&mapping);
        bencher.counter(ItemsCount::new(keys.len())).bench_local(|| {
            let missed = |(at, key): &&(usize, String)| {
                let resolution = mapping.look_up(&mapping.fields()[*at], black_box(key));
                matches!(resolution, Resolution::Unmapped { .. })
            };
            keys.iter().filter(missed).count()
        });
    }

    #[divan::bench(args = NAMES)]
    fn hash_map_miss(bencher: Bencher<'_, '_>, name: &str) {
        let mapping = mapping(name);
        let keys = misses(&mapping);
        let maps: Vec<HashMap<String, usize>> = mapping
            .fields()
            .iter()
            .map(|field| spellings(field).map(String::from).zip(0..).collect())
            .collect();
        bencher.counter(ItemsCount::new(keys.len())).bench_local(|| {
            keys.iter().filter(|(at, key)| !maps[*at].contains_key(black_box(key.as_str()))).count()
        });
    }

    fn misses(mapping: &Mapping) -> Vec<(usize, String)> {
        scattered(mapping).into_iter().map(|(at, key)| (at, format!("{key}?"))).collect()
    }
}

/// One field's keys for a `phf` map and for a `match`, written once.
macro_rules! written_by_hand {
    ($name:ident: $channel:literal, $field:literal, [$($key:literal),+ $(,)?]) => {
        mod $name {
            use super::*;

            static PHF: phf::Map<&'static str, usize> = phf::phf_map! { $($key => $key.len()),+ };

            fn by_hand(text: &str) -> Option<usize> {
                match text {
                    $($key => Some($key.len()),)+
                    _ => None,
                }
            }

            /// The keys, checked to be those of the mapping.
            fn keys(mapping: &Mapping) -> Vec<&'static str> {
                let field = mapping.field($field).unwrap();
                let mut keys = vec![$($key),+];
                keys.sort_unstable();
                let mut declared: Vec<_> = spellings(field).collect();
                declared.sort_unstable();
                declared.dedup();
                assert_eq!(keys, declared, "the keys in this bench are those of the mapping file");
                keys.sort_by_key(|key| key.bytes().rev().collect::<Vec<_>>());
                keys
            }

            #[divan::bench]
            fn ours(bencher: Bencher<'_, '_>) {
                let mapping = mapping($channel);
                let (keys, field) = (keys(&mapping), mapping.field($field).unwrap());
                bencher.counter(ItemsCount::new(keys.len())).bench_local(|| {
                    keys.iter()
                        .filter(|key| {
                            let found = mapping.look_up(field, black_box(key));
                            matches!(found, Resolution::Mapped(_) | Resolution::Ignored(_))
                        })
                        .count()
                });
            }

            #[divan::bench]
            fn hash_map(bencher: Bencher<'_, '_>) {
                let keys = keys(&mapping($channel));
                let map: HashMap<String, usize> =
                    keys.iter().map(|key| ((*key).into(), key.len())).collect();
                bencher.counter(ItemsCount::new(keys.len())).bench_local(|| {
                    keys.iter().filter(|key| map.contains_key(black_box(**key))).count()
                });
            }

            #[divan::bench]
            fn phf_map(bencher: Bencher<'_, '_>) {
                let keys = keys(&mapping($channel));
                bencher.counter(ItemsCount::new(keys.len())).bench_local(|| {
                    keys.iter().filter(|key| PHF.contains_key(black_box(**key))).count()
                });
            }

            #[divan::bench]
            fn match_by_hand(bencher: Bencher<'_, '_>) {
                let keys = keys(&mapping($channel));
                bencher.counter(ItemsCount::new(keys.len())).bench_local(|| {
                    keys.iter().filter(|key| by_hand(black_box(key)).is_some()).count()
                });
            }
        }
    };
}

written_by_hand!(one_field_netsuite: "netsuite", "salesOrder.orderStatus", [
    "A", "Pending Approval", "_pendingApproval", "_salesOrderPendingApproval", "pendingApproval",
    "B", "Pending Fulfillment", "_pendingFulfillment", "_salesOrderPendingFulfillment",
    "pendingFulfillment", "C", "Cancelled", "_cancelled", "_salesOrderCancelled", "cancelled",
    "D", "Partially Fulfilled", "_partiallyFulfilled", "_salesOrderPartiallyFulfilled",
    "partiallyFulfilled", "E", "Pending Billing/Partially Fulfilled",
    "_pendingBillingPartFulfilled", "_salesOrderPendingBillingPartiallyFulfilled",
    "pendingBillingPartFulfilled", "F", "Pending Billing", "_pendingBilling",
    "_salesOrderPendingBilling", "pendingBilling", "G", "Billed", "_fullyBilled",
    "_salesOrderBilled", "fullyBilled", "H", "Closed", "_closed", "_salesOrderClosed", "closed",
    "_undefined",
]);

written_by_hand!(one_field_shopify: "shopify", "fulfillments.displayStatus", [
    "SUBMITTED", "Submitted", "LABEL_PURCHASED", "Label purchased", "LABEL_PRINTED",
    "Label printed", "LABEL_VOIDED", "Label voided", "CONFIRMED", "Confirmed",
    "CARRIER_PICKED_UP", "Picked up by carrier", "MARKED_AS_FULFILLED", "Marked as fulfilled",
    "FULFILLED", "Fulfilled", "IN_TRANSIT", "In transit", "DELAYED", "Delayed",
    "OUT_FOR_DELIVERY", "Out for delivery", "ATTEMPTED_DELIVERY", "Attempted delivery",
    "READY_FOR_PICKUP", "Ready for pickup", "PICKED_UP", "Picked up", "DELIVERED", "Delivered",
    "NOT_DELIVERED", "Not delivered", "FAILURE", "Failure", "CANCELED", "Canceled",
]);
