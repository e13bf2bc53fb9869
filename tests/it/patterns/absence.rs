//! One system has no record.

use super::{
    Cases, One, at_the_door, declined, download, has, on_invoice, pair, reserved, sale, same,
    transfer, two_places,
};
use crate::world::{From, Money, Pays, Step};

pub(super) fn cases() -> Vec<Cases> {
    let all = sale().total();
    vec![
        pair(
            "orphaned-payment",
            vec![
                (has(sale()), None),
                (has(sale().given_back(500)), None),
                (has(two_places(From::Maker)), None),
            ],
            vec![
                (has(reserved()), None),
                (has(sale().given_back(all)), None),
                same(sale()),
                (has(declined()), None),
            ],
        ),
        pair(
            "orphaned-authorization",
            vec![
                (has(reserved()), None),
                (has(reserved().step(Step::Picked)), None),
                (has(two_places(From::Maker).pays(Pays::Card, Money::Reserved)), None),
            ],
            vec![(has(sale()), None), (has(declined()), None), same(reserved())],
        ),
        Cases {
            cannot: &[],
            ..pair(
                "unacknowledged-order",
                vec![
                    (has(sale()), None),
                    (has(reserved()), None),
                    (has(two_places(From::Warehouse(1))), None),
                ],
                vec![
                    same(sale()),
                    (has(sale().called_off()), None),
                    (has(sale().sent()), None),
                    (has(transfer()), None),
                ],
            )
        },
        Cases {
            cannot: &[(
                One,
                "amazon_sp_api",
                "Amazon does not tell whether the cash came, and sells nothing on invoice",
            )],
            ..pair(
                "unacknowledged-credit-order",
                vec![
                    (has(at_the_door()), None),
                    (has(on_invoice()), None),
                    (has(two_places(From::Maker).pays(Pays::OnInvoice, Money::Nothing)), None),
                ],
                vec![
                    same(at_the_door()),
                    (has(transfer()), None),
                    (has(at_the_door().called_off()), None),
                    (has(at_the_door().sent()), None),
                ],
            )
        },
        pair(
            "unbooked-shipment",
            vec![
                (has(sale().sent()), None),
                (has(sale().partly_sent()), None),
                (has(at_the_door().sent()), None),
            ],
            vec![(has(sale()), None), (has(sale().called_off()), None), same(sale().sent())],
        ),
        pair(
            "phantom-erp-order",
            vec![(has(sale()), None), (has(sale().sent()), None), (has(at_the_door()), None)],
            vec![(has(sale().called_off()), None), same(sale()), same(sale().sent())],
        ),
        Cases {
            cannot: &[(One, "dynamics365_fo", "it has no word for whether an order is released")],
            witness: true,
            ..pair(
                "unreleased-to-warehouse",
                vec![
                    (has(sale()), None),
                    (has(at_the_door()), None),
                    (has(two_places(From::Warehouse(1))), None),
                ],
                vec![(has(download()), None), (has(reserved()), None), same(sale())],
            )
        },
    ]
}
