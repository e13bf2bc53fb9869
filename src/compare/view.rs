//! What one system says of one order.

use alloc::vec::Vec;

use crate::facet::Facet;
use crate::join::Joined;
use crate::mapping::{Field, Level, Mapping, RecordKind, Resolution, Role, Row, Shown};
use crate::reading::parts::{self, Part, Whole};
use crate::reading::{Claim, Reading, Scope, SelfContradiction, facet_bit, none_claim, settle};
use crate::record::Decimal;
use crate::rollup::lift;
use crate::state::StateSet;

/// An amount in a currency.
///
/// ```
/// use order_status::compare::{Money, View};
/// use order_status::facet::Facet;
/// use order_status::mapping::Mapping;
/// use order_status::reading::Known;
/// use order_status::record::Decimal;
///
/// let stripe = Mapping::load(order_status::builtin::STRIPE).unwrap();
/// let charge = serde_json::json!({ "object": "charge", "id": "ch_1", "status": "succeeded",
///     "captured": true, "paid": true, "amount": 2000, "amount_captured": 2000,
///     "amount_refunded": 0, "refunded": false, "disputed": false, "currency": "eur" });
/// let charge = stripe.read(stripe.record("charge").unwrap(), &charge, &Known::new());
/// let payment = |total| {
///     let view = View::of_total(&stripe, vec![charge.clone()], &["charge"], total);
///     view.claim().states.of(Facet::Payment)
/// };
/// // A gateway does not know what the order costs; the shop does.
/// assert_eq!(payment(None).to_string(), "partially_paid|paid|overpaid");
/// let total = Money { amount: Decimal::whole(20), currency: "EUR" };
/// assert_eq!(payment(Some(total)).to_string(), "paid");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "an amount and its currency")]
pub struct Money<'a> {
    /// In the currency's own unit.
    pub amount: Decimal,
    /// The ISO 4217 code, in any letter case.
    pub currency: &'a str,
}

impl<'a> Money<'a> {
    /// The total that a record states, if it states one and its currency.
    pub fn total_of(reading: &'a Reading<'_>) -> Option<Self> {
        Some(Self { amount: reading.total?, currency: reading.currency.as_deref()? })
    }
}

/// Has a system a record of the order?
///
/// ```
/// use order_status::compare::{Presence, View};
/// use order_status::mapping::Mapping;
///
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// // Nobody has asked; somebody has, and there is none.
/// assert_eq!(View::new(&netsuite, vec![], &[]).presence(), Presence::Unknown);
/// assert_eq!(View::new(&netsuite, vec![], &["sales_order"]).presence(), Presence::Absent);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[expect(clippy::exhaustive_enums, reason = "only confirmed absence may mean that there is none")]
pub enum Presence {
    /// Yes.
    Present,
    /// No: it was asked for, the answer is complete, and there is none.
    Absent,
    /// Not known: not asked for, the question failed, or the window was too small.
    Unknown,
}

/// Where one field of an order's record stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing<'m> {
    pub(crate) field: &'m Field,
    pub(crate) at: At<'m>,
    /// What the value claims by itself.
    pub(crate) claim: StateSet,
}

/// The value at which a field stands, in the words of [`Shown`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum At<'m> {
    Code(&'m str),
    Null,
    Empty,
    Set,
}

impl At<'_> {
    pub(crate) fn is(self, shown: &Shown, field: &Field) -> bool {
        match (self, shown) {
            (Self::Code(code), Shown::Code(shown)) => {
                *code == **shown
                    || field
                        .rows()
                        .iter()
                        .any(|row| row.code() == code && row.also().any(|also| *also == **shown))
            }
            (Self::Null, Shown::Null) | (Self::Empty, Shown::Empty) | (Self::Set, Shown::Set) => {
                true
            }
            (Self::Code(code), Shown::Empty) => code.is_empty(),
            (Self::Empty, Shown::Null) | (Self::Null, Shown::Empty) => true,
            (Self::Code(_) | Self::Null | Self::Empty | Self::Set, _) => false,
        }
    }
}

/// The views of one order: of each system its records, or that it has none.
///
/// `systems` are the mappings in the order in which they were given to [`join`](crate::join::join),
/// `complete` names per system the kinds of record of which none is missing. The order's total is
/// the shop's; where no shop states one, another system's.
///
/// ```
/// # #[cfg(all(feature = "builtin", feature = "json"))] {
/// use order_status::compare::{Presence, views};
/// use order_status::join::join;
/// use order_status::mapping::Mapping;
/// use order_status::reading::Known;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// let systems = [&shopify, &netsuite];
/// let payload = serde_json::json!({ "name": "#1001", "financial_status": "paid" });
/// let order = shopify.read(shopify.record("order").unwrap(), &payload, &Known::new());
/// for order in join(&systems, vec![(0, order)]) {
///     let views = views(&systems, order, &[vec!["order"], vec!["sales_order"]]);
///     assert_eq!(views[0].presence(), Presence::Present);
///     assert_eq!(views[1].presence(), Presence::Absent);
/// }
/// # }
/// ```
pub fn views<'m>(
    systems: &[&'m Mapping],
    order: Joined<'m>,
    complete: &[Vec<&str>],
) -> Vec<View<'m>> {
    let stated = |front: bool| {
        let of_role = systems.iter().zip(&order.records).filter(move |(system, _)| {
            matches!(system.channel().role(), Role::Storefront | Role::Marketplace) == front
        });
        of_role.flat_map(|(_, readings)| readings).find_map(|reading| {
            Money::total_of(reading)
                .map(|total| (total.amount, alloc::string::String::from(total.currency)))
        })
    };
    let total = stated(true).or_else(|| stated(false));
    let total = total
        .as_ref()
        .map(|(amount, currency)| Money { amount: *amount, currency: currency.as_str() });
    let records = systems.iter().zip(order.records).enumerate();
    records
        .map(|(at, (system, readings))| {
            let complete = complete.get(at).map(Vec::as_slice).unwrap_or_default();
            View::of_total(system, readings, complete, total)
        })
        .collect()
}

/// What one system says of one order: all its records of it, rolled up and met.
///
/// ```
/// # #[cfg(all(feature = "builtin", feature = "json"))] {
/// use order_status::compare::{Presence, View};
/// use order_status::mapping::Mapping;
/// use order_status::reading::Known;
///
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// let order = netsuite.record("sales_order").unwrap();
/// let payload = serde_json::json!({ "id": "7", "tranId": "SO7", "orderStatus": { "id": "F" } });
/// let reading = netsuite.read(order, &payload, &Known::new());
/// let view = View::new(&netsuite, vec![reading], &["return_authorization"]);
/// assert_eq!(view.presence(), Presence::Present);
/// assert_eq!(View::new(&netsuite, vec![], &["sales_order"]).presence(), Presence::Absent);
/// assert_eq!(View::new(&netsuite, vec![], &[]).presence(), Presence::Unknown);
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct View<'m> {
    mapping: &'m Mapping,
    readings: Vec<Reading<'m>>,
    presence: Presence,
    /// Levels of which a record exists, and of which it is confirmed that none does, one bit each.
    present: u8,
    absent: u8,
    scope: Scope,
    claim: Claim,
    own: Claim,
    contradictions: Vec<SelfContradiction>,
    duplicate: Option<&'m str>,
    standing: Vec<Standing<'m>>,
}

impl<'m> View<'m> {
    /// What the records of one system say of their order.
    ///
    /// `complete` names the kinds of record that were asked for and of which none is missing. A name
    /// that the mapping does not have confirms nothing: without records, a misspelt
    /// `&["sales_ordr"]` gives a view that is [`Unknown`](Presence::Unknown), as if nobody had asked.
    /// Names are [`Mapping::records`]'; [`Mapping::record`] tells whether there is one.
    pub fn new(mapping: &'m Mapping, readings: Vec<Reading<'m>>, complete: &[&str]) -> Self {
        Self::of_total(mapping, readings, complete, None)
    }

    /// The same, for a system that does not know the order's total itself: a gateway whose
    /// payments make up the total that the shop states has all of the order's money.
    pub fn of_total(
        mapping: &'m Mapping,
        readings: Vec<Reading<'m>>,
        complete: &[&str],
        total: Option<Money<'_>>,
    ) -> Self {
        let mut view = Self {
            mapping,
            presence: presence(mapping, &readings, complete),
            present: 0,
            absent: 0,
            scope: Scope::Part,
            claim: Claim::ANY,
            own: Claim::ANY,
            contradictions: Vec::new(),
            duplicate: None,
            standing: Vec::new(),
            readings,
        };
        if view.presence == Presence::Absent {
            view.absent = u8::MAX;
        }
        if view.presence == Presence::Present {
            view.take_levels(complete);
            view.take_claims(complete, total);
            view.take_standing();
        }
        view
    }

    /// A system of which nothing is known but that it exists.
    ///
    /// ```
    /// use order_status::compare::{Presence, View};
    /// use order_status::mapping::Mapping;
    /// use order_status::reading::Claim;
    ///
    /// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
    /// let view = View::unknown(&netsuite);
    /// assert_eq!((view.presence(), view.claim()), (Presence::Unknown, Claim::ANY));
    /// ```
    pub fn unknown(mapping: &'m Mapping) -> Self {
        Self::new(mapping, Vec::new(), &[])
    }

    /// The system.
    pub const fn mapping(&self) -> &'m Mapping {
        self.mapping
    }

    /// What the system does.
    pub const fn role(&self) -> Role {
        self.mapping.channel().role()
    }

    /// Has it a record of the order?
    pub const fn presence(&self) -> Presence {
        self.presence
    }

    /// Is it confirmed that it has no record at this level?
    pub const fn is_absent(&self, level: Level) -> bool {
        self.absent & level_bit(level) != 0
    }

    /// Do its records speak for the whole order?
    pub const fn scope(&self) -> Scope {
        self.scope
    }

    /// What it claims of the whole order: parts are lifted with an unknown rest, and facets in
    /// which it contradicts itself are *any*.
    pub const fn claim(&self) -> Claim {
        self.claim
    }

    /// What its records claim of themselves, as if there were nothing beside them.
    ///
    /// Where no other system has a record, they are all there is to go by.
    ///
    /// ```
    /// use order_status::compare::View;
    /// use order_status::facet::Facet;
    /// use order_status::mapping::Mapping;
    /// use order_status::reading::Known;
    ///
    /// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
    /// let parcel = serde_json::json!({ "tranId": "IF77", "shipStatus": { "id": "C" } });
    /// let kind = netsuite.record("item_fulfillment").unwrap();
    /// let parcel = netsuite.read(kind, &parcel, &Known::new());
    /// let view = View::new(&netsuite, vec![parcel], &[]);
    /// // The parcel has left; whether it is all of the order the record does not say.
    /// assert_eq!(view.own_claim().states.of(Facet::Fulfillment).to_string(), "shipped");
    /// let whole = view.claim().states.of(Facet::Fulfillment);
    /// assert_eq!(whole.to_string(), "partially_shipped|shipped");
    /// ```
    pub const fn own_claim(&self) -> Claim {
        self.own
    }

    /// Where it contradicts itself; places of natives count through the records in their order.
    pub fn contradictions(&self) -> &[SelfContradiction] {
        &self.contradictions
    }

    /// The kind of record of which it has two where there may be one.
    pub const fn duplicate(&self) -> Option<&'m str> {
        self.duplicate
    }

    /// Its records.
    pub fn readings(&self) -> &[Reading<'m>] {
        &self.readings
    }

    /// The records themselves.
    pub(crate) fn into_readings(self) -> Vec<Reading<'m>> {
        self.readings
    }

    pub(crate) fn standing(&self) -> &[Standing<'m>] {
        &self.standing
    }

    /// Does one of its records name a number that the order has in a system with this role or id?
    pub(crate) fn refers_to(&self, other: &View<'_>) -> bool {
        let (role, id) = (other.role().as_str(), other.mapping.channel().id());
        let mut refs = self.readings.iter().flat_map(|reading| &reading.refs);
        refs.any(|reference| {
            reference.systems.iter().any(|system| *system == role || *system == id)
        })
    }

    /// Presence and the levels of which records exist or are confirmed not to, as one number.
    pub(crate) fn levels(&self) -> u64 {
        u64::from(self.present)
            | u64::from(self.absent) << 8
            | (self.presence as u64) << 16
            | (self.scope as u64) << 24
    }

    /// The systems whose numbers of the order its records name, each once.
    pub(crate) fn references(&self) -> impl Iterator<Item = &str> {
        let mut systems: Vec<&str> = self
            .readings
            .iter()
            .flat_map(|reading| &reading.refs)
            .flat_map(|reference| reference.systems.iter().copied())
            .collect();
        systems.sort_unstable();
        systems.dedup();
        systems.into_iter()
    }

    fn take_levels(&mut self, complete: &[&str]) {
        for reading in &self.readings {
            self.present |= level_bit(reading.record.level());
            for native in reading
                .natives
                .iter()
                .filter(|native| matches!(native.resolution, Resolution::Mapped(_)))
            {
                self.present |= level_bit(native.record.level());
            }
        }
        for kind in complete.iter().filter_map(|kind| self.mapping.record(kind)) {
            // A system that throws its finished returns away cannot confirm that there was none.
            if kind.level() == Level::Return
                && none_claim(self.mapping, kind).of(Facet::Returns).is_any()
            {
                continue;
            }
            self.absent |= level_bit(kind.level()) & !self.present;
        }
    }

    /// Meets what the kinds of record say, each rolled up first.
    fn take_claims(&mut self, complete: &[&str], total: Option<Money<'_>>) {
        let mut natives = Vec::new();
        // Where a record stands for the order, what hangs under it is a part of it all the same.
        let has_orders =
            self.readings.iter().any(|reading| stands_for_an_order(self.mapping, reading.record));
        let (mut claim, mut own) = (Claim::ANY, Claim::ANY);
        let mut part_facets = 0;
        for kind in self.mapping.records() {
            let of_kind: Vec<_> = self
                .readings
                .iter()
                .filter(|reading| reading.record.name() == kind.name())
                .collect();
            let none = complete.contains(&kind.name()).then(|| none_claim(self.mapping, kind));
            if of_kind.is_empty() {
                // A kind that lies in another is judged where that one is read.
                if let (Some(none), None) = (none, kind.within()) {
                    claim = claim.meet(Claim::certain(none));
                    own = own.meet(Claim::certain(none));
                }
                continue;
            }
            let offset = natives.len();
            for reading in &of_kind {
                let contradictions = reading.contradictions.iter().cloned();
                self.contradictions.extend(contradictions.map(|mut found| {
                    found.natives.iter_mut().for_each(|at| *at += offset);
                    found
                }));
                natives.extend(reading.natives.iter().cloned());
            }
            match of_kind.as_slice() {
                [only] if only.scope == Scope::Whole => {
                    self.scope = Scope::Whole;
                    claim = claim.meet(only.claim);
                    own = own.meet(only.claim);
                }
                [first, rest @ ..] if first.scope == Scope::Whole => {
                    // Which of them is the order nobody can tell: each of them may be.
                    self.scope = Scope::Whole;
                    self.duplicate = Some(first.record.name());
                    let any_of_them =
                        rest.iter().fold(first.claim, |claim, reading| claim.join(reading.claim));
                    claim = claim.meet(any_of_them);
                    own = own.meet(any_of_them);
                }
                siblings => {
                    let whole = self.whole(none, total, siblings);
                    let parts: Vec<_> = siblings
                        .iter()
                        .map(|reading| as_part(reading))
                        .filter(|part| !part.is_nothing())
                        .collect();
                    let (rolled, said) = parts::roll_up(&parts, kind.level(), &whole);
                    let alone = !has_orders || stands_for_an_order(self.mapping, kind);
                    own = own.meet(if alone {
                        parts::roll_up(&parts, kind.level(), &Whole::ALONE).0
                    } else {
                        rolled
                    });
                    part_facets |= said;
                    claim = claim.meet(rolled);
                }
            }
        }
        if self.scope == Scope::Part && part_facets == 0 {
            claim = claim.map(lift);
        }
        self.claim = settle(claim, &natives, &mut self.contradictions);
        self.own = settle(own, &natives, &mut Vec::new());
        self.contradictions.dedup();
    }

    /// What is known of the order's total and its units: by its own record, else by the shop's,
    /// as long as both count in one currency.
    fn whole(
        &self,
        none: Option<StateSet>,
        total: Option<Money<'_>>,
        parts: &[&Reading<'_>],
    ) -> Whole {
        let order = self.readings.iter().find(|reading| reading.scope == Scope::Whole);
        let comparable = |money: &Money<'_>| {
            parts.iter().all(|part| {
                part.currency
                    .as_deref()
                    .is_some_and(|currency| currency.eq_ignore_ascii_case(money.currency))
            })
        };
        let total = order
            .and_then(|order| order.total)
            .or_else(|| total.filter(comparable).map(|money| money.amount));
        Whole { total, quantity: order.and_then(|order| order.quantity), none, alone: false }
    }

    /// Where the fields stand that speak for the whole order.
    fn take_standing(&mut self) {
        let alone = |reading: &&Reading<'_>| {
            self.readings
                .iter()
                .filter(|other| other.record.name() == reading.record.name())
                .count()
                == 1
        };
        let natives = self.readings.iter().filter(alone).flat_map(|reading| &reading.natives);
        let contested: Vec<Facet> =
            self.contradictions.iter().flat_map(|found| found.facets.iter().copied()).collect();
        let speaking = natives.filter(|native| {
            crate::translation::speaks_for_the_order(native.field, self.role())
                && native.part.is_none()
                && native.field.show().is_some_and(|show| show.none().is_none())
                // A value that its own record contests is not asked to move.
                && !contested.iter().any(|facet| native.says(*facet))
        });
        self.standing = speaking
            .filter_map(|native| {
                let at = match native.resolution {
                    Resolution::Mapped(rows) => match rows.first().map(Row::code) {
                        Some("set") if native.field.kind() == crate::mapping::FieldKind::Time => {
                            At::Set
                        }
                        Some(code) => At::Code(code),
                        None => return None,
                    },
                    Resolution::Missing(crate::mapping::Absence::Null) => At::Null,
                    Resolution::Missing(crate::mapping::Absence::Empty) => At::Empty,
                    Resolution::Missing(_)
                    | Resolution::Unmapped { .. }
                    | Resolution::Ignored(_)
                    | Resolution::Unreadable { .. } => return None,
                };
                Some(Standing { field: native.field, at, claim: native.claim.states })
            })
            .collect();
    }
}

fn as_part(reading: &Reading<'_>) -> Part {
    let said = reading.said.iter().fold(0, |said, facet: &Facet| said | facet_bit(*facet));
    Part {
        id: reading.id.as_deref().map(Into::into),
        continues: reading.continues.as_deref().map(Into::into),
        amount: reading.amount,
        quantity: reading.quantity,
        claim: reading.claim,
        said,
    }
}

fn presence(mapping: &Mapping, readings: &[Reading<'_>], complete: &[&str]) -> Presence {
    if !readings.is_empty() {
        return Presence::Present;
    }
    let confirmed = if mapping.records().iter().any(|kind| stands_for_an_order(mapping, kind)) {
        let mut orders = mapping.records().iter().filter(|kind| stands_for_an_order(mapping, kind));
        orders.any(|kind| complete.contains(&kind.name()))
    } else {
        mapping.records().iter().any(|kind| complete.contains(&kind.name()))
    };
    if confirmed { Presence::Absent } else { Presence::Unknown }
}

/// Is a record of this kind what a system has of every order that it knows? Gateways and carriers
/// have payments and shipments, and what hangs under them comes later or never.
fn stands_for_an_order(mapping: &Mapping, kind: &RecordKind) -> bool {
    let tells = |facet: Facet| {
        let own = |field: &&Field| {
            mapping.record_of(field).is_some_and(|record| record.name() == kind.name())
        };
        mapping.fields().iter().filter(own).any(|field| field.covers().contains(&facet))
    };
    kind.parent().is_none()
        && match (mapping.channel().role(), kind.level()) {
            (Role::Gateway, Level::Payment) => tells(Facet::Payment),
            (Role::Carrier, Level::Shipment) => tells(Facet::Delivery),
            (Role::Gateway | Role::Carrier, _) => false,
            (_, Level::Order) => kind.within().is_none(),
            (
                _,
                Level::Line | Level::Shipment | Level::Payment | Level::Document | Level::Return,
            ) => false,
        }
}

const fn level_bit(level: Level) -> u8 {
    1 << (level as u8)
}
