//! Goods coming back.

use super::{
    Both, Cases, MONEY_ONLY, One, Other, RELEASED_ONLY, archived, back, gone, ideas, pair, sale,
    same, two_places,
};
use crate::world::{Back, Dispute, From};

const NO_WAY_BACK: &str = "its label does not tell whether the goods are on their way back";
const FORWARD_ONLY: &str = "a tracking there does not tell which way the parcel of a return goes";

const ONE_PARCEL: &str =
    "what it brought back is a return-not-reported, and a shop closes a return whatever came";

#[expect(clippy::too_many_lines, reason = "a table, one entry a pattern")]
pub(super) fn cases() -> Vec<Cases> {
    let all = sale().total();
    let unbilled = |back| sale().sent().returned(back, true);
    let one_line = |back| gone().returned(back, false);
    let of_some = |back| sale().partly_sent().returned(back, true);
    vec![
        pair(
            "unprocessed-return",
            vec![
                ideas(back(Back::Asked), gone()),
                ideas(back(Back::Agreed), gone()),
                ideas(back(Back::Here), gone()),
                ideas(unbilled(Back::Agreed), sale().sent()),
                ideas(unbilled(Back::Here), sale().sent().billed()),
            ],
            vec![same(back(Back::Agreed)), same(gone()), ideas(gone(), back(Back::Agreed))],
        ),
        Cases {
            cannot: &[(One, "wms", NO_WAY_BACK), (One, "aftership", FORWARD_ONLY)],
            ..pair(
                "return-not-reported",
                vec![
                    ideas(back(Back::Here), gone()),
                    ideas(back(Back::Here), back(Back::Asked)),
                    ideas(back(Back::Here), archived(gone())),
                    ideas(unbilled(Back::Here), sale().sent()),
                    ideas(unbilled(Back::Here), unbilled(Back::Agreed)),
                    ideas(back(Back::Here).given_back(all), gone()),
                ],
                vec![same(back(Back::Here)), same(gone()), same(back(Back::Agreed))],
            )
        },
        Cases {
            witness: true,
            cannot: &[
                (One, "shopify", "a return is closed by hand, whatever came"),
                (One, "shipstation", NO_WAY_BACK),
            ],
            ..pair(
                "return-without-refund",
                vec![
                    same(back(Back::Here)),
                    same(unbilled(Back::Here)),
                    same(two_places(From::Maker).arrived().returned(Back::Here, true)),
                    same(back(Back::Here).with(|sale| sale.half = true)),
                    same(back(Back::Here).with(|sale| sale.dispute = Dispute::Open)),
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
                    ideas(gone().given_back(all), sale().partly_sent()),
                    ideas(archived(gone().given_back(all)), sale().arrived()),
                    same(sale().partly_sent().given_back(all)),
                    same(gone().given_back(all).with(|sale| sale.dispute = Dispute::Open)),
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
                (One, "shipstation", NO_WAY_BACK),
                (Other, "shipstation", NO_WAY_BACK),
                (One, "gateway", MONEY_ONLY),
                (Other, "gateway", MONEY_ONLY),
                (One, "aftership", FORWARD_ONLY),
                (Other, "aftership", FORWARD_ONLY),
                (Both, "storefront - easypost", ONE_PARCEL),
                (Both, "easypost - storefront", ONE_PARCEL),
            ],
            ..pair(
                "return-progress-differs",
                vec![
                    ideas(back(Back::Asked), back(Back::Agreed)),
                    ideas(back(Back::Agreed), back(Back::Asked)),
                    ideas(one_line(Back::Asked), one_line(Back::Agreed)),
                    ideas(back(Back::Here), back(Back::Asked)),
                    ideas(back(Back::Here), back(Back::Agreed)),
                    ideas(back(Back::Asked), back(Back::Here)),
                    ideas(unbilled(Back::Asked), unbilled(Back::Agreed)),
                    ideas(unbilled(Back::Agreed), unbilled(Back::Asked)),
                    ideas(unbilled(Back::Here), unbilled(Back::Agreed)),
                    ideas(unbilled(Back::Asked), unbilled(Back::Here)),
                    ideas(of_some(Back::Here), of_some(Back::Agreed)),
                    ideas(of_some(Back::Agreed), of_some(Back::Here)),
                    ideas(back(Back::Agreed), back(Back::Here)),
                    ideas(unbilled(Back::Agreed), unbilled(Back::Here)),
                ],
                vec![same(back(Back::Asked)), same(back(Back::Agreed)), same(gone())],
            )
        },
    ]
}
