//! The truth of one order: pieces, parcels and money.

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

/// Where a parcel is that has left and has not arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Road {
    Between,
    /// In the van that brings it.
    InTheVan,
    /// At a counter, for the buyer to come.
    AtTheCounter,
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
    // The rest is told by the systems that every pattern is tried on, and by no other yet.
    pub(crate) road: Road,
    /// There is no stock for what has not left.
    pub(crate) short: bool,
    /// Of what is due one half was taken.
    pub(crate) half: bool,
    /// The buyer's bank has been asked for the money and has not answered.
    pub(crate) under_way: bool,
    /// The buyer asked to call it off, and nobody has answered.
    pub(crate) wish: bool,
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
            road: Road::Between,
            short: false,
            half: false,
            under_way: false,
            wish: false,
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

    /// What was taken of what is due, in cents.
    pub(crate) fn taken(&self) -> u32 {
        if self.half { self.total() / 2 } else { self.total() }
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

    pub(crate) fn has_downloads(&self) -> bool {
        self.lines.iter().any(|line| !line.is_goods())
    }

    /// Is money due before the goods leave, and not even promised by a bank?
    pub(crate) fn waits_for_money(&self) -> bool {
        matches!(self.pays, Pays::Card | Pays::Transfer)
            && matches!(self.money, Money::Nothing | Money::Declined)
    }

    pub(crate) fn is_paid(&self) -> bool {
        self.pays == Pays::Nothing || matches!(self.money, Money::Taken | Money::TakenTwice)
    }

    pub(crate) fn step_of_all(&self) -> Step {
        let open = self.lines.iter().filter(|line| line.open() > 0);
        open.map(|line| line.step).min().unwrap_or(Step::Waits)
    }

    /// What left: one parcel from each place, in a fixed order.
    pub(crate) fn parcels(&self) -> Vec<Parcel> {
        let places = [From::Warehouse(0), From::Warehouse(1), From::Maker];
        let of_place = |place| {
            let gone = |(_, line): &(usize, &Line)| line.from == place && line.sent > 0;
            let lines = || self.lines.iter().enumerate().filter(gone);
            Parcel {
                place,
                pieces: lines().map(|(at, line)| (at, line.sent)).collect(),
                arrived: lines().all(|(_, line)| line.arrived == line.sent),
            }
        };
        places.into_iter().map(of_place).filter(|parcel| !parcel.pieces.is_empty()).collect()
    }
}

/// A parcel that left.
#[derive(Clone, Debug)]
pub(crate) struct Parcel {
    pub(crate) place: From,
    /// Each line's place in the order, and how many of its pieces are in it.
    pub(crate) pieces: Vec<(usize, u32)>,
    pub(crate) arrived: bool,
}

impl Parcel {
    pub(crate) fn count(&self) -> u32 {
        self.pieces.iter().map(|(_, pieces)| pieces).sum()
    }
}
