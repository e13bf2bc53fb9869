//! One system has no record.

use super::{
    Cases, One, archived, at_the_door, declined, disputed, download, half, has, held, in_the_van,
    on_invoice, pair, reserved, sale, same, short, transfer, two_places, under_way, wished_off,
    without_the_second,
};
use crate::world::{Dispute, From, Money, Pays, Step};

#[expect(clippy::too_many_lines, reason = "a table, one entry a pattern")]
pub(super) fn cases() -> Vec<Cases> {
    let all = sale().total();
    vec![
        pair(
            "orphaned-payment",
            vec![
                (has(sale()), None),
                (has(sale().given_back(500)), None),
                (has(half()), None),
                (has(disputed(Dispute::Open)), None),
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
            vec![
                (has(sale()), None),
                (has(declined()), None),
                (has(under_way()), None),
                same(reserved()),
            ],
        ),
        pair(
            "unacknowledged-order",
            vec![
                (has(sale()), None),
                (has(reserved()), None),
                (has(archived(sale())), None),
                (has(half()), None),
                (has(without_the_second(sale())), None),
                (has(wished_off(sale())), None),
                (has(two_places(From::Warehouse(1))), None),
            ],
            vec![
                same(sale()),
                (has(sale().called_off()), None),
                (has(sale().sent()), None),
                (has(transfer()), None),
                (has(under_way()), None),
            ],
        ),
        Cases {
            cannot: &[(
                One,
                "amazon_sp_api",
                "a released order may be paid already: Amazon tells neither cash nor invoices that came in",
            )],
            ..pair(
                "unacknowledged-credit-order",
                vec![
                    (has(at_the_door()), None),
                    (has(on_invoice()), None),
                    (has(archived(at_the_door())), None),
                    (has(without_the_second(at_the_door())), None),
                    (has(archived(without_the_second(on_invoice()))), None),
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
                (has(held(sale().partly_sent())), None),
                (has(sale().arrived()), None),
                (has(in_the_van(sale().sent())), None),
                (has(at_the_door().sent()), None),
            ],
            vec![(has(sale()), None), (has(sale().called_off()), None), same(sale().sent())],
        ),
        pair(
            "phantom-erp-order",
            vec![
                (has(sale()), None),
                (has(sale().sent()), None),
                (has(sale().partly_sent().billed()), None),
                (has(sale().step(Step::Packed)), None),
                (has(reserved()), None),
                (has(at_the_door()), None),
            ],
            vec![(has(sale().called_off()), None), same(sale()), same(sale().sent())],
        ),
        Cases {
            witness: true,
            ..pair(
                "unreleased-to-warehouse",
                vec![
                    (has(sale()), None),
                    (has(at_the_door()), None),
                    (has(sale().step(Step::Picked)), None),
                    (has(sale().step(Step::Packed)), None),
                    (has(without_the_second(sale().step(Step::Picked))), None),
                    (has(short(sale())), None),
                    (has(two_places(From::Warehouse(1))), None),
                ],
                vec![(has(download()), None), (has(reserved()), None), same(sale())],
            )
        },
    ]
}
