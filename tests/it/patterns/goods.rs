//! Goods going out.

use super::{Cases, NO_DELIVERY, One, Other, at_the_door, ideas, on_invoice, pair, sale, same};
use crate::world::Step;

#[expect(clippy::too_many_lines, reason = "a table, one entry a pattern")]
pub(super) fn cases() -> Vec<Cases> {
    vec![
        Cases {
            cannot: &[
                (One, "amazon_sp_api", "Amazon's orders end at the carrier"),
                (One, "shipstation", NO_DELIVERY),
                (One, "netsuite", NO_DELIVERY),
                (One, "acumatica", NO_DELIVERY),
                (One, "dynamics365_fo", NO_DELIVERY),
                (One, "stripe", "money only"),
                (Other, "stripe", "money only"),
            ],
            ..pair(
                "delivered-without-shipment",
                vec![
                    ideas(at_the_door().arrived(), at_the_door()),
                    ideas(sale().arrived(), sale()),
                    ideas(sale().arrived(), sale().step(Step::Packed)),
                    ideas(sale().partly_sent().with(|sale| sale.lines[0].arrived = 2), sale()),
                ],
                vec![
                    same(sale().arrived()),
                    ideas(sale().sent(), sale()),
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
                (Other, "shipstation", "a warehouse cannot know that it has the whole order"),
                (One, "stripe", "money only"),
                (Other, "stripe", "money only"),
                (One, "shopify", "in a shop it is a stale-shipping-status"),
                (One, "amazon_sp_api", "in a shop it is a stale-shipping-status"),
            ],
            ..pair(
                "partial-read-as-full",
                vec![
                    ideas(sale().partly_sent(), sale().sent()),
                    ideas(at_the_door().partly_sent(), at_the_door().sent()),
                    ideas(on_invoice().partly_sent(), on_invoice().sent()),
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
            ],
            vec![same(sale().sent()), same(sale()), ideas(sale(), sale().sent())],
        ),
        // With the seven it is shown by nobody: see the healthy day for the carriers' side.
        Cases {
            cannot: &[
                (One, "shipstation", NO_DELIVERY),
                (One, "amazon_sp_api", "Amazon's orders end at the carrier"),
            ],
            ..pair(
                "delivery-not-reported",
                vec![
                    ideas(sale().arrived(), sale().sent()),
                    ideas(at_the_door().arrived(), at_the_door().sent()),
                    ideas(on_invoice().arrived(), on_invoice().sent()),
                ],
                vec![same(sale().arrived()), same(sale().sent()), same(sale())],
            )
        },
    ]
}
