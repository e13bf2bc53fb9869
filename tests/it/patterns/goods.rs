//! Goods going out.

use super::{
    Both, Cases, MONEY_ONLY, NO_DELIVERY, NO_WHOLE, One, Other, archived, at_the_counter,
    at_the_door, first_arrived, held, ideas, in_the_van, on_invoice, pair, reserved, sale, same,
    two_places, wished_off, without_the_second,
};
use crate::world::{From, Step};

#[expect(clippy::too_many_lines, reason = "a table, one entry a pattern")]
pub(super) fn cases() -> Vec<Cases> {
    vec![
        Cases {
            cannot: &[
                (One, "erp", NO_DELIVERY),
                (One, "gateway", MONEY_ONLY),
                (Other, "gateway", MONEY_ONLY),
                (Other, "carrier", "a parcel that was not scanned may travel all the same"),
                (
                    Both,
                    "carrier - wms",
                    "each of them has some of the goods and no word of the rest",
                ),
            ],
            ..pair(
                "delivered-without-shipment",
                vec![
                    ideas(at_the_door().arrived(), at_the_door()),
                    ideas(sale().arrived(), sale()),
                    ideas(sale().arrived(), sale().step(Step::Packed)),
                    ideas(first_arrived(sale().partly_sent()), sale()),
                    ideas(sale().arrived(), held(sale())),
                    ideas(sale().arrived(), without_the_second(sale())),
                    ideas(sale().arrived(), wished_off(sale())),
                    ideas(sale().arrived(), reserved()),
                    ideas(
                        first_arrived(two_places(From::Warehouse(1)).sent()),
                        two_places(From::Warehouse(1)),
                    ),
                ],
                vec![
                    same(sale().arrived()),
                    ideas(sale().sent(), sale()),
                    ideas(in_the_van(sale().sent()), sale()),
                    ideas(sale().arrived(), sale().sent()),
                ],
            )
        },
        pair(
            "stale-shipping-status",
            vec![
                ideas(at_the_door(), at_the_door().sent()),
                ideas(sale(), sale().sent()),
                ideas(sale(), sale().partly_sent()),
                ideas(sale().partly_sent(), sale().sent()),
                ideas(sale(), sale().arrived()),
                ideas(sale(), in_the_van(sale().sent())),
                ideas(wished_off(sale()), at_the_counter(sale().sent())),
                ideas(archived(sale()), sale().sent()),
                ideas(without_the_second(sale()), in_the_van(sale().sent())),
            ],
            vec![
                same(sale().sent()),
                same(sale()),
                ideas(sale().called_off(), sale().sent()),
                ideas(sale(), sale().step(Step::Packed)),
            ],
        ),
        Cases {
            cannot: &[
                (Other, "wms", "a warehouse cannot know that it has the whole order"),
                (One, "gateway", MONEY_ONLY),
                (Other, "gateway", MONEY_ONLY),
                (One, "carrier", NO_WHOLE),
                (Other, "carrier", NO_WHOLE),
                (One, "storefront", "in a shop it is a stale-shipping-status"),
                (One, "marketplace", "in a shop it is a stale-shipping-status"),
            ],
            ..pair(
                "partial-read-as-full",
                vec![
                    ideas(sale().partly_sent(), sale().sent()),
                    ideas(at_the_door().partly_sent(), at_the_door().sent()),
                    ideas(on_invoice().partly_sent(), on_invoice().sent()),
                    ideas(sale().partly_sent(), sale().arrived()),
                    ideas(sale().partly_sent().billed(), sale().sent()),
                    ideas(reserved().partly_sent(), reserved().sent()),
                    ideas(held(sale().partly_sent()), sale().sent().billed()),
                    ideas(sale().partly_sent().step(Step::Packed), archived(sale().sent())),
                ],
                vec![same(sale().partly_sent()), same(sale().sent()), ideas(sale(), sale().sent())],
            )
        },
        pair(
            "fulfilled-only-in-shop",
            vec![
                ideas(at_the_door().sent(), at_the_door()),
                ideas(sale().sent(), sale()),
                ideas(sale().partly_sent(), sale()),
                ideas(sale().sent(), sale().step(Step::Packed)),
                ideas(sale().sent(), held(sale())),
                ideas(reserved().sent(), reserved()),
                ideas(archived(sale().sent()), sale()),
            ],
            vec![
                same(sale().sent()),
                same(sale()),
                ideas(sale(), sale().sent()),
                ideas(sale().sent(), sale().partly_sent()),
            ],
        ),
        pair(
            "shipment-not-booked",
            vec![
                ideas(sale().sent(), sale()),
                ideas(sale().partly_sent(), sale()),
                ideas(at_the_door().sent(), at_the_door()),
                ideas(sale().arrived(), sale().step(Step::Packed)),
                ideas(in_the_van(sale().sent()), held(sale())),
                ideas(at_the_counter(sale().sent()), sale()),
            ],
            vec![same(sale().sent()), same(sale()), ideas(sale(), sale().sent())],
        ),
        pair(
            "shipped-only-in-erp",
            vec![
                ideas(on_invoice().sent(), on_invoice()),
                ideas(sale().sent(), sale()),
                ideas(sale().partly_sent(), sale()),
                ideas(at_the_door().sent().billed(), at_the_door()),
                ideas(sale().sent(), held(sale())),
                ideas(reserved().sent(), reserved()),
            ],
            vec![same(sale().sent()), same(sale()), ideas(sale(), sale().sent())],
        ),
        Cases {
            cannot: &[(Other, "erp", NO_DELIVERY)],
            ..pair(
                "delivery-not-reported",
                vec![
                    ideas(sale().arrived(), sale().sent()),
                    ideas(at_the_door().arrived(), at_the_door().sent()),
                    ideas(on_invoice().arrived(), on_invoice().sent()),
                    ideas(sale().arrived(), in_the_van(sale().sent())),
                    ideas(sale().arrived(), at_the_counter(sale().sent())),
                    ideas(sale().arrived(), archived(sale().sent())),
                    ideas(sale().arrived(), wished_off(sale().sent())),
                    ideas(
                        two_places(From::Warehouse(1)).arrived(),
                        two_places(From::Warehouse(1)).sent(),
                    ),
                    ideas(
                        first_arrived(two_places(From::Warehouse(1)).sent()),
                        two_places(From::Warehouse(1)).sent(),
                    ),
                ],
                vec![
                    same(sale().arrived()),
                    same(sale().sent()),
                    same(in_the_van(sale().sent())),
                    same(sale()),
                ],
            )
        },
    ]
}
