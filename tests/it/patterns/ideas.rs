//! What one side may think of an order.

use super::Idea;
use crate::world::{Back, Dispute, From, Money, Pays, Road, Sale};

pub(super) fn sale() -> Sale {
    Sale::new(1001)
}

#[expect(clippy::unnecessary_wraps, reason = "beside `None`, the other idea of an order")]
pub(super) fn has(sale: Sale) -> Idea {
    Some(sale)
}

/// Both sides think the same.
pub(super) fn same(sale: Sale) -> (Idea, Idea) {
    (Some(sale.clone()), Some(sale))
}

pub(super) fn ideas(one: Sale, other: Sale) -> (Idea, Idea) {
    (Some(one), Some(other))
}

pub(super) fn reserved() -> Sale {
    sale().pays(Pays::Card, Money::Reserved)
}

pub(super) fn declined() -> Sale {
    sale().pays(Pays::Card, Money::Declined)
}

pub(super) fn at_the_door() -> Sale {
    sale().pays(Pays::AtTheDoor, Money::Nothing)
}

pub(super) fn on_invoice() -> Sale {
    sale().pays(Pays::OnInvoice, Money::Nothing)
}

pub(super) fn transfer() -> Sale {
    sale().pays(Pays::Transfer, Money::Nothing)
}

pub(super) fn download() -> Sale {
    sale().with(|sale| sale.lines.iter_mut().for_each(|line| line.from = From::Download))
}

/// One download on invoice.
pub(super) fn one_download() -> Sale {
    download().pays(Pays::OnInvoice, Money::Nothing).with(|sale| sale.lines.truncate(1))
}

/// Asked of the buyer's bank, which has not answered.
pub(super) fn under_way() -> Sale {
    sale().pays(Pays::Card, Money::Nothing).with(|sale| sale.under_way = true)
}

/// One half was taken.
pub(super) fn half() -> Sale {
    sale().with(|sale| sale.half = true)
}

pub(super) fn archived(sale: Sale) -> Sale {
    sale.with(|sale| sale.archived = true)
}

pub(super) fn held(sale: Sale) -> Sale {
    sale.with(|sale| sale.held = true)
}

pub(super) fn short(sale: Sale) -> Sale {
    sale.with(|sale| sale.short = true)
}

/// The second line was taken off before it left.
pub(super) fn without_the_second(sale: Sale) -> Sale {
    sale.with(|sale| sale.lines[1].called_off = sale.lines[1].pieces)
}

pub(super) fn wished_off(sale: Sale) -> Sale {
    sale.with(|sale| sale.wish = true)
}

pub(super) fn in_the_van(sale: Sale) -> Sale {
    sale.with(|sale| sale.road = Road::InTheVan)
}

pub(super) fn at_the_counter(sale: Sale) -> Sale {
    sale.with(|sale| sale.road = Road::AtTheCounter)
}

/// What left first has arrived, the rest has not.
pub(super) fn first_arrived(sale: Sale) -> Sale {
    sale.with(|sale| sale.lines[0].arrived = sale.lines[0].sent)
}

pub(super) fn two_places(second: From) -> Sale {
    sale().with(|sale| sale.lines[1].from = second)
}

pub(super) fn gone() -> Sale {
    sale().arrived().billed()
}

/// All of it is to come back, or came.
pub(super) fn back(back: Back) -> Sale {
    gone().returned(back, true)
}

pub(super) fn disputed(dispute: Dispute) -> Sale {
    sale().with(|sale| sale.dispute = dispute)
}
