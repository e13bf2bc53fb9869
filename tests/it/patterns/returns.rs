//! Goods coming back.

use super::{
    Cases, NO_RETURNS, One, Other, RELEASED_ONLY, back, gone, ideas, pair, sale, same, two_places,
};
use crate::world::{Back, From};

pub(super) fn cases() -> Vec<Cases> {
    let all = sale().total();
    vec![
        Cases {
            cannot: &[
                (One, "amazon_sp_api", NO_RETURNS),
                (One, "shipstation", "return labels are made without the order"),
            ],
            ..pair(
                "unprocessed-return",
                vec![
                    ideas(back(Back::Asked), gone()),
                    ideas(back(Back::Agreed), gone()),
                    ideas(back(Back::Here), gone()),
                ],
                vec![same(back(Back::Agreed)), same(gone()), ideas(gone(), back(Back::Agreed))],
            )
        },
        Cases {
            cannot: &[
                (One, "shipstation", "return labels are made without the order"),
                (Other, "amazon_sp_api", NO_RETURNS),
            ],
            ..pair(
                "return-not-reported",
                vec![
                    ideas(back(Back::Here), gone()),
                    ideas(back(Back::Here), back(Back::Asked)),
                    ideas(back(Back::Here).given_back(all), gone()),
                ],
                vec![same(back(Back::Here)), same(gone()), same(back(Back::Agreed))],
            )
        },
        Cases {
            witness: true,
            cannot: &[
                (One, "shopify", "a return is closed by hand, whatever came"),
                (One, "amazon_sp_api", NO_RETURNS),
                (One, "shipstation", "return labels are made without the order"),
            ],
            ..pair(
                "return-without-refund",
                vec![
                    same(back(Back::Here)),
                    same(sale().sent().returned(Back::Here, true)),
                    same(two_places(From::Maker).arrived().returned(Back::Here, true)),
                ],
                vec![
                    same(back(Back::Here).given_back(all)),
                    same(back(Back::Agreed)),
                    same(gone()),
                    same(back(Back::Here).given_back(500)),
                ],
            )
        },
        Cases {
            cannot: &[(One, "amazon_sp_api", RELEASED_ONLY)],
            witness: true,
            ..pair(
                "refund-without-return",
                vec![
                    same(gone().given_back(all)),
                    same(sale().sent().given_back(all)),
                    same(gone().billed().given_back(all)),
                ],
                vec![
                    same(back(Back::Here).given_back(all)),
                    same(gone().given_back(500)),
                    same(sale().called_off()),
                ],
            )
        },
        Cases {
            cannot: &[
                (One, "amazon_sp_api", NO_RETURNS),
                (Other, "amazon_sp_api", NO_RETURNS),
                (One, "shipstation", NO_RETURNS),
                (Other, "shipstation", NO_RETURNS),
                (One, "stripe", "money only"),
                (Other, "stripe", "money only"),
                (One, "dynamics365_fo", "one word for all that comes before the goods arrive"),
                (Other, "dynamics365_fo", "one word for all that comes before the goods arrive"),
            ],
            ..pair(
                "return-progress-differs",
                vec![
                    ideas(back(Back::Asked), back(Back::Agreed)),
                    ideas(back(Back::Agreed), back(Back::Asked)),
                    ideas(
                        gone().returned(Back::Asked, false),
                        gone().returned(Back::Agreed, false),
                    ),
                ],
                vec![same(back(Back::Asked)), same(back(Back::Agreed)), same(gone())],
            )
        },
    ]
}
