//! Cancelled here, alive there.

use super::{
    Cases, One, Other, archived, at_the_door, declined, disputed, download, half, held, ideas,
    in_the_van, one_download, pair, reserved, sale, same, short, transfer, two_places, under_way,
    wished_off, without_the_second,
};
use crate::world::{Dispute, From, Money, Pays, Step};

#[expect(clippy::too_many_lines, reason = "a table, one entry a pattern")]
pub(super) fn cases() -> Vec<Cases> {
    vec![
        pair(
            "ghost-fulfillment",
            vec![
                ideas(sale().called_off(), sale().sent()),
                ideas(sale().called_off(), sale().partly_sent()),
                ideas(at_the_door().called_off(), at_the_door().arrived()),
                ideas(reserved().called_off(), reserved().sent().billed()),
                ideas(sale().called_off(), in_the_van(sale().sent())),
                ideas(archived(sale().called_off()), sale().sent()),
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
                ideas(sale().called_off(), held(sale())),
                ideas(reserved().called_off(), reserved()),
                ideas(sale().called_off(), short(sale())),
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
                ideas(transfer().called_off(), transfer()),
                ideas(sale().called_off(), archived(sale())),
                ideas(sale().called_off(), without_the_second(sale())),
                ideas(sale().called_off(), wished_off(sale())),
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
                    ideas(sale().called_off(), half()),
                    ideas(sale().called_off(), disputed(Dispute::Lost)),
                    ideas(sale().called_off(), disputed(Dispute::Open)),
                    ideas(sale().called_off(), sale().with(|sale| sale.money = Money::TakenTwice)),
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
                    ideas(sale().called_off(), reserved()),
                    ideas(under_way().called_off(), under_way()),
                    ideas(archived(reserved().called_off()), reserved()),
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
            cannot: &[
                (
                    Other,
                    "dynamics365_fo",
                    "an order stays Invoiced when its invoice is credited, and of services it does not tell that nothing left",
                ),
                (
                    One,
                    "amazon_sp_api",
                    "sellers offer no downloads there, and of goods it is a ghost-fulfillment",
                ),
            ],
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
                    ideas(download().called_off(), download().billed()),
                    ideas(archived(download().called_off()), download().billed()),
                    ideas(
                        download().called_off(),
                        download().pays(Pays::OnInvoice, Money::Nothing).billed(),
                    ),
                    ideas(
                        archived(download().pays(Pays::OnInvoice, Money::Nothing).called_off()),
                        download().pays(Pays::OnInvoice, Money::Nothing).billed(),
                    ),
                    ideas(
                        download().pays(Pays::Card, Money::Reserved).called_off(),
                        download().billed(),
                    ),
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
                ideas(reserved().called_off(), reserved()),
                ideas(sale().called_off(), archived(sale())),
                ideas(sale().called_off(), without_the_second(sale())),
                ideas(sale().called_off(), wished_off(sale())),
                ideas(sale().called_off(), sale().step(Step::Packed)),
                ideas(two_places(From::Warehouse(1)).called_off(), two_places(From::Warehouse(1))),
            ],
            vec![same(sale()), same(sale().called_off()), same(sale().sent())],
        ),
    ]
}
