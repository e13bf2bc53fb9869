//! Orders as they really are, and what each system sends of them.
//!
//! A [`Sale`] is the truth: pieces, parcels, money. The modules below know how a vendor's system
//! behaves and write the payload that its API would send of that truth. They are written from the
//! vendors' descriptions and look neither at the mappings' rows nor at their way back, so that what
//! the library reads can be held against what is true.

mod acumatica;
mod amazon_sp_api;
mod dynamics365_fo;
mod netsuite;
mod shipstation;
mod shopify;
mod stripe;

use order_status::compare::{View, views};
use order_status::join::join;
use order_status::mapping::Mapping;
use order_status::reading::Known;
use serde_json::Value;

use crate::channels::load;

/// When and how the buyer pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pays {
    /// By card, through the gateway.
    Card,
    /// By bank transfer, before the goods leave; the gateway never hears of it.
    Transfer,
    /// At the door.
    AtTheDoor,
    /// After the invoice.
    OnInvoice,
    /// Nothing: the order is free.
    Nothing,
}

/// How far the money is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Money {
    Nothing,
    Declined,
    Reserved,
    /// Reserved, and released without taking anything.
    Released,
    Taken,
    /// Taken twice by mistake.
    TakenTwice,
}

/// Who sends a line to the buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum From {
    /// We, from the warehouse with this number.
    Warehouse(u8),
    /// Its maker, or another service.
    Maker,
    /// Nobody: it is downloaded.
    Download,
}

/// What was done for the pieces that have not left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Waits,
    Picked,
    Packed,
}

/// Goods on their way back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Back {
    Nothing,
    Asked,
    Agreed,
    Here,
}

/// The bank's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dispute {
    None,
    Open,
    Lost,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) pieces: u32,
    /// Of one piece, in cents.
    pub(crate) price: u32,
    pub(crate) from: From,
    pub(crate) step: Step,
    pub(crate) sent: u32,
    pub(crate) arrived: u32,
    /// Taken off the order before they left.
    pub(crate) called_off: u32,
    /// Of those that are to come back, or came.
    pub(crate) back: u32,
}

impl Line {
    pub(crate) const fn live(&self) -> u32 {
        self.pieces - self.called_off
    }

    pub(crate) fn is_goods(&self) -> bool {
        self.from != From::Download
    }

    /// What is still to leave.
    pub(crate) fn open(&self) -> u32 {
        if self.is_goods() { self.live() - self.sent } else { 0 }
    }
}

/// An order as it really is.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each may be without the others")]
pub(crate) struct Sale {
    pub(crate) number: u32,
    pub(crate) lines: Vec<Line>,
    pub(crate) pays: Pays,
    pub(crate) money: Money,
    /// In cents.
    pub(crate) given_back: u32,
    pub(crate) dispute: Dispute,
    pub(crate) called_off: bool,
    /// Work on it was released in the ERP.
    pub(crate) released: bool,
    /// What left is invoiced.
    pub(crate) billed: bool,
    /// Archived in the shop.
    pub(crate) archived: bool,
    /// The warehouse stopped it.
    pub(crate) held: bool,
    pub(crate) back: Back,
}

impl Sale {
    /// Two mugs and a tee, paid by card and released, of which nothing was touched yet.
    pub(crate) fn new(number: u32) -> Self {
        let line = |pieces, price| Line {
            pieces,
            price,
            from: From::Warehouse(0),
            step: Step::Waits,
            sent: 0,
            arrived: 0,
            called_off: 0,
            back: 0,
        };
        Self {
            number,
            lines: vec![line(2, 1500), line(1, 2400)],
            pays: Pays::Card,
            money: Money::Taken,
            given_back: 0,
            dispute: Dispute::None,
            called_off: false,
            released: true,
            billed: false,
            archived: false,
            held: false,
            back: Back::Nothing,
        }
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    pub(crate) fn pays(self, pays: Pays, money: Money) -> Self {
        self.with(|sale| {
            sale.pays = pays;
            sale.money = money;
            sale.released = sale.may_be_released();
        })
    }

    pub(crate) fn step(self, step: Step) -> Self {
        self.with(|sale| sale.lines.iter_mut().for_each(|line| line.step = step))
    }

    /// The first line left, the others did not.
    pub(crate) fn partly_sent(self) -> Self {
        self.with(|sale| {
            sale.released = true;
            sale.lines[0].sent = sale.lines[0].live();
        })
    }

    pub(crate) fn sent(self) -> Self {
        self.with(|sale| {
            sale.released = true;
            sale.lines
                .iter_mut()
                .filter(|line| line.is_goods())
                .for_each(|line| line.sent = line.live());
        })
    }

    pub(crate) fn arrived(self) -> Self {
        self.sent().with(|sale| sale.lines.iter_mut().for_each(|line| line.arrived = line.sent))
    }

    pub(crate) fn billed(self) -> Self {
        self.with(|sale| sale.billed = true)
    }

    /// Called off as a whole. What had left stays gone; reserved money is released and taken money
    /// given back.
    pub(crate) fn called_off(self) -> Self {
        self.with(|sale| {
            sale.called_off = true;
            for line in &mut sale.lines {
                line.called_off = line.pieces - line.sent;
            }
            match sale.money {
                Money::Reserved => sale.money = Money::Released,
                Money::Taken => sale.given_back = sale.total(),
                Money::Nothing | Money::Declined | Money::Released | Money::TakenTwice => {}
            }
        })
    }

    /// All of it, or the first line, is to come back or came.
    pub(crate) fn returned(self, back: Back, all: bool) -> Self {
        self.with(|sale| {
            sale.back = back;
            let lines = if all { sale.lines.len() } else { 1 };
            sale.lines.iter_mut().take(lines).for_each(|line| line.back = line.sent);
        })
    }

    pub(crate) fn given_back(self, cents: u32) -> Self {
        self.with(|sale| sale.given_back = cents)
    }

    pub(crate) fn total(&self) -> u32 {
        if self.pays == Pays::Nothing {
            return 0;
        }
        self.lines.iter().map(|line| line.pieces * line.price).sum()
    }

    /// May the goods leave, as far as the money goes?
    pub(crate) fn may_be_released(&self) -> bool {
        match self.pays {
            Pays::Card | Pays::Transfer => {
                matches!(self.money, Money::Taken | Money::TakenTwice)
            }
            Pays::AtTheDoor | Pays::OnInvoice | Pays::Nothing => true,
        }
    }

    pub(crate) fn any_sent(&self) -> bool {
        self.lines.iter().any(|line| line.sent > 0)
    }

    pub(crate) fn open(&self) -> u32 {
        self.lines.iter().map(Line::open).sum()
    }

    /// Is all that is to leave gone, and was there something to leave?
    pub(crate) fn all_sent(&self) -> bool {
        self.open() == 0 && self.any_sent()
    }

    pub(crate) fn has_goods(&self) -> bool {
        self.lines.iter().any(|line| line.is_goods() && line.live() > 0)
    }

    pub(crate) fn step_of_all(&self) -> Step {
        let open = self.lines.iter().filter(|line| line.open() > 0);
        open.map(|line| line.step).min().unwrap_or(Step::Waits)
    }
}

/// What a system sends: the kind of each record, and its payload.
pub(crate) type Sent = Vec<(&'static str, Value)>;

/// A system's id, what it sends of a sale, and which kinds of record lie in its exports.
type System = (&'static str, fn(&Sale) -> Sent, &'static [&'static str]);

/// The systems that can be asked.
const SYSTEMS: [System; 7] = [
    ("shopify", shopify::sends, &["order"]),
    ("amazon_sp_api", amazon_sp_api::sends, &["order"]),
    (
        "netsuite",
        netsuite::sends,
        &[
            "sales_order",
            "item_fulfillment",
            "return_authorization",
            "customer_deposit",
            "invoice",
            "credit_memo",
        ],
    ),
    (
        "acumatica",
        acumatica::sends,
        &["sales_order", "return_order", "return_receipt", "sales_invoice"],
    ),
    ("dynamics365_fo", dynamics365_fo::sends, &["sales_order", "return_order"]),
    ("shipstation", shipstation::sends, &["order", "shipment"]),
    ("stripe", stripe::sends, &["payment_intent", "dispute"]),
];

/// Some systems at work.
pub(crate) struct World {
    pub(crate) mappings: Vec<Mapping>,
    systems: Vec<usize>,
}

impl World {
    pub(crate) fn of(ids: &[&str]) -> Self {
        let at = |id: &&str| SYSTEMS.iter().position(|(known, ..)| known == id).unwrap();
        let systems: Vec<_> = ids.iter().map(at).collect();
        Self { mappings: ids.iter().map(|id| load(id)).collect(), systems }
    }

    pub(crate) fn all() -> Vec<&'static str> {
        SYSTEMS.iter().map(|(id, ..)| *id).collect()
    }

    /// What one of the systems sends of a sale.
    pub(crate) fn sends(&self, system: usize, sale: &Sale) -> Sent {
        SYSTEMS[self.systems[system]].1(sale)
    }

    /// The views of one order, each system with its own idea of it; `None` is an order that the
    /// system does not have. Every export is complete.
    pub(crate) fn views(&self, ideas: &[Option<Sale>]) -> Vec<View<'_>> {
        let mappings: Vec<&Mapping> = self.mappings.iter().collect();
        let mut records = Vec::new();
        for (at, idea) in ideas.iter().enumerate() {
            for (kind, payload) in idea.iter().flat_map(|sale| self.sends(at, sale)) {
                let mapping = mappings[at];
                let kind = mapping.record(kind).unwrap_or_else(|| panic!("no record {kind}"));
                records.push((at, mapping.read(kind, &payload, &known())));
            }
        }
        let complete: Vec<Vec<&str>> =
            self.systems.iter().map(|at| SYSTEMS[*at].2.to_vec()).collect();
        let mut orders = join(&mappings, records);
        let keys: Vec<_> = orders.iter().map(|order| &order.key).collect();
        let ids: Vec<_> = mappings.iter().map(|mapping| mapping.channel().id()).collect();
        assert!(keys.len() <= 1, "one order was taken for several: {keys:?}, {ids:?}, {ideas:?}");
        match orders.pop() {
            Some(order) => views(&mappings, order, &complete),
            None => mappings
                .iter()
                .zip(&complete)
                .map(|(mapping, complete)| View::new(mapping, Vec::new(), complete))
                .collect(),
        }
    }
}

/// Returns come in a list of their own, and whoever reads it knows that none is missing.
fn known() -> Known {
    Known::new().complete("return")
}

/// Cents as an amount.
fn money(cents: u32) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
