//! Cancelled here, alive there.

use super::{
    Cases, One, Other, at_the_door, declined, download, ideas, one_download, pair, reserved, sale,
    same, two_places,
};
use crate::world::{From, Money, Pays, Step};

#[expect(clippy::too_many_lines, reason = "a table, one entry a pattern")]
pub(super) fn cases() -> Vec<Cases> {
    vec![
        pair(
            "ghost-fulfillment",
            vec![
                ideas(sale().called_off(), sale().sent()),
                ideas(sale().called_off(), sale().partly_sent()),
                ideas(at_the_door().called_off(), at_the_door().arrived()),
            ],
            vec![
                same(sale().called_off()),
                ideas(sale().called_off(), sale().step(Step::Packed)),
                ideas(sale(), sale().sent()),
            ],
        ),
        pair(
            "cancellation-not-propagated",
            vec![
                ideas(sale().called_off(), sale()),
                ideas(sale().called_off(), sale().step(Step::Packed)),
                ideas(at_the_door().called_off(), at_the_door()),
            ],
            vec![
                same(sale().called_off()),
                same(sale()),
                ideas(sale().called_off(), sale().sent()),
            ],
        ),
        pair(
            "cancellation-not-reported",
            vec![
                ideas(sale().called_off(), sale()),
                ideas(at_the_door().called_off(), at_the_door()),
                ideas(reserved().called_off(), reserved()),
            ],
            vec![same(sale().called_off()), same(sale()), same(sale().sent())],
        ),
        Cases {
            cannot: &[(
                One,
                "dynamics365_fo",
                "it tells no total, so that a payment may be one of several",
            )],
            ..pair(
                "cancelled-not-refunded",
                vec![
                    ideas(sale().called_off(), sale()),
                    ideas(sale().step(Step::Picked).called_off(), sale()),
                    ideas(two_places(From::Maker).called_off(), two_places(From::Maker)),
                ],
                vec![same(sale().called_off()), same(sale()), same(reserved().called_off())],
            )
        },
        Cases {
            cannot: &[(
                One,
                "dynamics365_fo",
                "it tells no total, so that a payment may be one of several",
            )],
            ..pair(
                "cancelled-with-open-authorization",
                vec![
                    ideas(reserved().called_off(), reserved()),
                    ideas(reserved().called_off(), reserved().step(Step::Picked)),
                    ideas(
                        two_places(From::Maker).pays(Pays::Card, Money::Reserved).called_off(),
                        two_places(From::Maker).pays(Pays::Card, Money::Reserved),
                    ),
                ],
                vec![
                    same(reserved().called_off()),
                    same(reserved()),
                    same(declined().called_off()),
                ],
            )
        },
        Cases {
            cannot: &[(Other, "dynamics365_fo", "invoices and credit notes lie in one list there")],
            ..pair(
                "cancelled-order-billed",
                vec![
                    ideas(
                        download().pays(Pays::OnInvoice, Money::Nothing).called_off(),
                        download().pays(Pays::OnInvoice, Money::Nothing).billed(),
                    ),
                    ideas(
                        download().pays(Pays::Transfer, Money::Nothing).called_off(),
                        download().pays(Pays::OnInvoice, Money::Nothing).billed(),
                    ),
                    ideas(one_download().called_off(), one_download().billed()),
                ],
                vec![
                    same(download().called_off()),
                    same(download().billed()),
                    ideas(sale().called_off(), sale()),
                ],
            )
        },
        pair(
            "cancelled-in-warehouse",
            vec![
                ideas(sale().called_off(), sale()),
                ideas(at_the_door().called_off(), at_the_door()),
                ideas(two_places(From::Warehouse(1)).called_off(), two_places(From::Warehouse(1))),
            ],
            vec![same(sale()), same(sale().called_off()), same(sale().sent())],
        ),
    ]
}
