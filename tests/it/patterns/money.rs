//! Money.

use super::{
    Cases, NO_MONEY, One, Other, PARCELS_ONLY, REFUND_OF_WHAT, RELEASED_ONLY, WAREHOUSE_ONLY,
    archived, at_the_door, back, declined, disputed, gone, half, held, ideas, in_the_van,
    on_invoice, pair, reserved, sale, same, short, transfer, two_places, under_way,
    without_the_second,
};
use crate::world::{Back, Dispute, From, Money, Pays, Sale, Step};

const NO_DISPUTES: &str = "no record of an order there tells of disputes";

#[expect(clippy::too_many_lines, reason = "a table, one entry a pattern")]
pub(super) fn cases() -> Vec<Cases> {
    let all = sale().total();
    vec![
        Cases {
            witness: true,
            cannot: &[(One, "amazon_sp_api", "Amazon ships only what it released")],
            ..pair(
                "shipped-unpaid",
                vec![
                    same(declined().sent()),
                    same(transfer().sent()),
                    same(declined().arrived()),
                    same(under_way().sent()),
                    same(under_way().partly_sent()),
                    same(under_way().arrived().billed()),
                    same(in_the_van(under_way().sent())),
                ],
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
                    ideas(sale(), under_way()),
                    ideas(archived(sale()), reserved()),
                    ideas(half(), reserved()),
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
                        ideas(twice(sale()), sale().partly_sent()),
                        ideas(twice(sale()), sale().step(Step::Packed)),
                        ideas(twice(two_places(From::Maker)), two_places(From::Maker)),
                    ]
                },
                vec![same(sale()), ideas(sale(), reserved()), same(reserved())],
            )
        },
        Cases {
            cannot: &[
                (One, "amazon_sp_api", RELEASED_ONLY),
                (
                    Other,
                    "netsuite",
                    "an open invoice or a missing deposit says nothing of other payments",
                ),
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
                    ideas(sale(), reserved()),
                    ideas(archived(sale()), declined()),
                    ideas(disputed(Dispute::Open), declined()),
                ],
                vec![same(sale()), same(reserved()), ideas(reserved(), sale())],
            )
        },
        Cases {
            cannot: &[(One, "amazon_sp_api", RELEASED_ONLY), (One, "dynamics365_fo", NO_MONEY)],
            ..pair(
                "refund-not-paid-out",
                vec![
                    ideas(sale().given_back(500), sale()),
                    ideas(sale().given_back(all), sale()),
                    ideas(sale().sent().given_back(500), sale()),
                    ideas(back(Back::Here).given_back(all), back(Back::Here)),
                    ideas(came_back(sale().sent()).given_back(all), sale().sent()),
                    ideas(came_back(sale().partly_sent()).given_back(500), sale().partly_sent()),
                    ideas(gone().given_back(500), gone()),
                ],
                vec![
                    same(sale()),
                    same(sale().given_back(500)),
                    same(back(Back::Here).given_back(all)),
                    ideas(sale(), sale().given_back(500)),
                ],
            )
        },
        Cases {
            cannot: &[
                (Other, "amazon_sp_api", RELEASED_ONLY),
                (Other, "netsuite", REFUND_OF_WHAT),
                (Other, "acumatica", REFUND_OF_WHAT),
                (Other, "dynamics365_fo", NO_MONEY),
            ],
            ..pair(
                "refund-not-recorded",
                vec![
                    ideas(sale().given_back(500), sale()),
                    ideas(sale().given_back(all), sale()),
                    ideas(sale().sent().given_back(500), sale().sent()),
                    ideas(gone().given_back(500), archived(gone())),
                    ideas(back(Back::Here).given_back(all), back(Back::Here)),
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
                (Other, "netsuite", REFUND_OF_WHAT),
                (Other, "acumatica", REFUND_OF_WHAT),
                (Other, "dynamics365_fo", NO_MONEY),
            ],
            ..pair(
                "double-refund",
                vec![
                    ideas(sale().given_back(all), sale().given_back(500)),
                    ideas(sale().sent().given_back(all), sale().sent().given_back(1500)),
                    ideas(sale().arrived().given_back(all), sale().arrived().given_back(all - 1)),
                    ideas(back(Back::Here).given_back(all), back(Back::Here).given_back(1500)),
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
                (One, "gateway", "it is a double-refund, or a refund-not-recorded"),
                (One, "amazon_sp_api", RELEASED_ONLY),
                (Other, "amazon_sp_api", RELEASED_ONLY),
                (One, "netsuite", REFUND_OF_WHAT),
                (Other, "netsuite", REFUND_OF_WHAT),
                (One, "acumatica", REFUND_OF_WHAT),
                (Other, "acumatica", REFUND_OF_WHAT),
                (One, "dynamics365_fo", NO_MONEY),
                (Other, "dynamics365_fo", NO_MONEY),
                (One, "wms", WAREHOUSE_ONLY),
                (Other, "wms", WAREHOUSE_ONLY),
                (One, "carrier", PARCELS_ONLY),
                (Other, "carrier", PARCELS_ONLY),
            ],
            ..pair(
                "refund-amounts-differ",
                vec![
                    ideas(sale().given_back(all), sale().given_back(500)),
                    ideas(sale().sent().given_back(all), sale().given_back(1500)),
                    ideas(sale().arrived().given_back(all), sale().given_back(all - 1)),
                    ideas(back(Back::Here).given_back(all), back(Back::Here).given_back(500)),
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
                same(held(disputed(Dispute::Open))),
                same(short(disputed(Dispute::Open))),
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
                (Other, "erp", NO_DISPUTES),
                (Other, "wms", NO_DISPUTES),
                (Other, "carrier", NO_DISPUTES),
            ],
            ..pair(
                "dispute-not-recorded",
                vec![
                    ideas(disputed(Dispute::Open), sale()),
                    ideas(disputed(Dispute::Lost), sale()),
                    ideas(disputed(Dispute::Open).sent(), sale().sent()),
                    ideas(disputed(Dispute::Lost).sent(), sale().sent()),
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
                        ideas(archived(sale()), waits(reserved())),
                        ideas(half(), waits(reserved())),
                        ideas(sale(), waits(without_the_second(reserved()))),
                        ideas(disputed(Dispute::Open), waits(reserved())),
                    ]
                },
                vec![same(sale()), same(reserved()), ideas(sale().sent(), sale().sent())],
            )
        },
        Cases {
            cannot: &[
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
                        ideas(archived(reserved()), released(reserved())),
                        ideas(under_way(), released(under_way())),
                        ideas(reserved(), released(reserved()).step(Step::Packed)),
                        ideas(transfer(), released(transfer()).step(Step::Packed)),
                        ideas(transfer(), short(released(transfer()))),
                        ideas(reserved(), short(released(reserved()))),
                        ideas(declined(), released(declined()).step(Step::Packed)),
                        ideas(declined(), short(released(declined()))),
                    ]
                },
                vec![same(sale()), same(transfer()), same(at_the_door()), same(on_invoice())],
            )
        },
    ]
}

/// All that left came back.
fn came_back(sale: Sale) -> Sale {
    sale.returned(Back::Here, true)
}
