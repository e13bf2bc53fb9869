//! Money.

use super::{
    Cases, NO_DISPUTES, NO_MONEY, One, Other, RELEASED_ONLY, at_the_door, declined, disputed,
    ideas, on_invoice, pair, reserved, sale, same, transfer, two_places,
};
use crate::world::{Dispute, From, Money, Pays, Sale, Step};

#[expect(clippy::too_many_lines, reason = "a table, one entry a pattern")]
pub(super) fn cases() -> Vec<Cases> {
    let all = sale().total();
    vec![
        Cases {
            witness: true,
            cannot: &[
                (One, "stripe", "an attempt that failed does not rule out another way to pay"),
                (One, "amazon_sp_api", "Amazon ships only what it released"),
            ],
            ..pair(
                "shipped-unpaid",
                vec![same(declined().sent()), same(transfer().sent()), same(declined().arrived())],
                vec![
                    same(sale().sent()),
                    same(at_the_door().sent()),
                    same(on_invoice().sent()),
                    same(declined()),
                ],
            )
        },
        Cases {
            cannot: &[(One, "amazon_sp_api", RELEASED_ONLY), (One, "dynamics365_fo", NO_MONEY)],
            ..pair(
                "payment-not-collected",
                vec![
                    ideas(sale(), reserved()),
                    ideas(sale().sent(), reserved()),
                    ideas(
                        two_places(From::Maker),
                        two_places(From::Maker).pays(Pays::Card, Money::Reserved),
                    ),
                ],
                vec![same(sale()), same(reserved()), ideas(reserved(), sale())],
            )
        },
        Cases {
            cannot: &[(Other, "amazon_sp_api", RELEASED_ONLY), (Other, "dynamics365_fo", NO_MONEY)],
            ..pair(
                "overcharge",
                {
                    let twice = |sale: Sale| sale.with(|sale| sale.money = Money::TakenTwice);
                    vec![
                        ideas(twice(sale()), sale()),
                        ideas(twice(sale()), sale().sent()),
                        ideas(twice(two_places(From::Maker)), two_places(From::Maker)),
                    ]
                },
                vec![same(sale()), ideas(sale(), reserved()), same(reserved())],
            )
        },
        Cases {
            cannot: &[
                (One, "amazon_sp_api", RELEASED_ONLY),
                (Other, "netsuite", "an order without a deposit says nothing of money"),
                (Other, "dynamics365_fo", NO_MONEY),
            ],
            ..pair(
                "payment-not-recorded",
                vec![
                    ideas(
                        two_places(From::Maker),
                        two_places(From::Maker).pays(Pays::Card, Money::Declined),
                    ),
                    ideas(sale().sent(), declined().sent()),
                    ideas(sale(), declined()),
                    ideas(sale().pays(Pays::Card, Money::Taken), transfer()),
                    ideas(sale().given_back(500), declined()),
                ],
                vec![same(sale()), same(reserved()), ideas(reserved(), sale())],
            )
        },
        Cases {
            cannot: &[
                (One, "amazon_sp_api", RELEASED_ONLY),
                (One, "netsuite", "refunds are documents that hang under credit memos"),
                (One, "acumatica", "refunds are documents that hang under returns"),
                (One, "dynamics365_fo", NO_MONEY),
            ],
            ..pair(
                "refund-not-paid-out",
                vec![
                    ideas(sale().given_back(500), sale()),
                    ideas(sale().given_back(all), sale()),
                    ideas(sale().sent().given_back(500), sale()),
                ],
                vec![
                    same(sale()),
                    same(sale().given_back(500)),
                    ideas(sale(), sale().given_back(500)),
                ],
            )
        },
        Cases {
            cannot: &[
                (Other, "amazon_sp_api", RELEASED_ONLY),
                (
                    Other,
                    "netsuite",
                    "no refund in the books proves nothing: it hangs under a credit memo",
                ),
                (Other, "acumatica", "no refund in the books proves nothing"),
                (Other, "dynamics365_fo", NO_MONEY),
            ],
            ..pair(
                "refund-not-recorded",
                vec![
                    ideas(sale().given_back(500), sale()),
                    ideas(sale().given_back(all), sale()),
                    ideas(sale().sent().given_back(500), sale().sent()),
                ],
                vec![
                    same(sale()),
                    same(sale().given_back(500)),
                    ideas(sale(), sale().given_back(500)),
                ],
            )
        },
        Cases {
            cannot: &[
                (Other, "amazon_sp_api", RELEASED_ONLY),
                (Other, "netsuite", "refunds hang under credit memos"),
                (Other, "acumatica", "refunds hang under returns"),
                (Other, "dynamics365_fo", NO_MONEY),
            ],
            ..pair(
                "double-refund",
                vec![
                    ideas(sale().given_back(all), sale().given_back(500)),
                    ideas(sale().sent().given_back(all), sale().sent().given_back(1500)),
                    ideas(sale().arrived().given_back(all), sale().arrived().given_back(all - 1)),
                ],
                vec![
                    same(sale().given_back(all)),
                    same(sale().given_back(500)),
                    ideas(sale().given_back(500), sale().given_back(all)),
                ],
            )
        },
        Cases {
            cannot: &[
                (One, "stripe", "it is a double-refund, or a refund-not-recorded"),
                (One, "amazon_sp_api", RELEASED_ONLY),
                (Other, "amazon_sp_api", RELEASED_ONLY),
                (One, "netsuite", "refunds hang under credit memos"),
                (Other, "netsuite", "refunds hang under credit memos"),
                (One, "acumatica", "refunds hang under returns"),
                (Other, "acumatica", "refunds hang under returns"),
                (One, "dynamics365_fo", NO_MONEY),
                (Other, "dynamics365_fo", NO_MONEY),
                (One, "shipstation", NO_MONEY),
                (Other, "shipstation", NO_MONEY),
            ],
            ..pair(
                "refund-amounts-differ",
                vec![
                    ideas(sale().given_back(all), sale().given_back(500)),
                    ideas(sale().given_back(all), sale().given_back(1500)),
                    ideas(sale().given_back(all), sale().given_back(all - 1)),
                ],
                vec![same(sale().given_back(all)), same(sale().given_back(500)), same(sale())],
            )
        },
        pair(
            "disputed-order-still-shipping",
            vec![
                same(disputed(Dispute::Open)),
                same(disputed(Dispute::Open).step(Step::Packed)),
                same(disputed(Dispute::Lost)),
            ],
            vec![
                same(sale()),
                same(disputed(Dispute::Open).sent()),
                same(disputed(Dispute::Open).called_off()),
            ],
        ),
        Cases {
            cannot: &[
                (
                    Other,
                    "shopify",
                    "an empty list of disputes proves nothing: only those of Shopify's own payments are listed",
                ),
                (Other, "amazon_sp_api", NO_DISPUTES),
                (Other, "netsuite", NO_DISPUTES),
                (Other, "acumatica", NO_DISPUTES),
                (Other, "dynamics365_fo", NO_DISPUTES),
                (Other, "shipstation", NO_DISPUTES),
            ],
            ..pair(
                "dispute-not-recorded",
                vec![
                    ideas(disputed(Dispute::Open), sale()),
                    ideas(disputed(Dispute::Lost), sale()),
                    ideas(disputed(Dispute::Open).sent(), sale().sent()),
                ],
                vec![
                    same(sale()),
                    same(disputed(Dispute::Open)),
                    ideas(sale(), disputed(Dispute::Open)),
                ],
            )
        },
        Cases {
            cannot: &[
                (
                    Other,
                    "dynamics365_fo",
                    "there is no status for approval: a hold may have any reason",
                ),
                (
                    One,
                    "amazon_sp_api",
                    "Amazon's released orders may be authorized only, and those wait rightly",
                ),
                (Other, "shipstation", "its word for not released says that the money is not here"),
            ],
            ..pair(
                "paid-not-served",
                {
                    let waits = |sale: Sale| sale.with(|sale| sale.released = false);
                    vec![
                        ideas(
                            two_places(From::Warehouse(1)),
                            waits(two_places(From::Warehouse(1)).pays(Pays::Card, Money::Reserved)),
                        ),
                        ideas(sale(), waits(reserved())),
                        ideas(
                            two_places(From::Maker),
                            waits(two_places(From::Maker).pays(Pays::Card, Money::Reserved)),
                        ),
                        ideas(sale().given_back(500), waits(reserved())),
                    ]
                },
                vec![same(sale()), same(reserved()), ideas(sale().sent(), sale().sent())],
            )
        },
        Cases {
            cannot: &[
                (One, "stripe", "an attempt that failed does not rule out another way to pay"),
                (One, "amazon_sp_api", RELEASED_ONLY),
                (Other, "dynamics365_fo", "an open order and a released one are one word there"),
                (Other, "shipstation", "its orders that wait for shipment may be paid on delivery"),
            ],
            witness: true,
            ..pair(
                "released-unpaid",
                {
                    let released = |sale: Sale| sale.with(|sale| sale.released = true);
                    vec![
                        ideas(transfer(), released(transfer())),
                        ideas(reserved(), released(reserved())),
                        ideas(declined(), released(declined())),
                    ]
                },
                vec![same(sale()), same(transfer()), same(at_the_door()), same(on_invoice())],
            )
        },
    ]
}
