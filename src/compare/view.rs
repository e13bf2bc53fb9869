//! What one system says of one order.

use alloc::vec::Vec;

use super::presence::{Levels, Presence};
use super::said::{Said, speaking};
use super::standing::{Standing, standing};
use crate::join::Joined;
use crate::mapping::{Level, Mapping, Role};
use crate::reading::{Claim, Reading, Scope, SelfContradiction};
use crate::record::Decimal;

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
/// assert!(payment(None).to_string().contains("partially_paid"));
/// let total = Money { amount: Decimal::whole(20), currency: "EUR" };
/// assert_eq!(payment(Some(total)).to_string(), "paid|overpaid");
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

/// The views of one order: of each system its records, or that it has none.
///
/// `systems` are the mappings in the order in which they were given to [`join`](crate::join::join),
/// `complete` names per system the kinds of record of which none is missing. The order's total is
/// the shop's; where no shop states one, another system's. Two that differ make none.
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
        let records = of_role.flat_map(|(system, readings)| speaking(system, readings));
        let mut totals = records.filter_map(|reading| {
            let Money { amount, currency } = Money::total_of(reading)?;
            Some((amount, currency.to_ascii_uppercase()))
        });
        let first = totals.next()?;
        // Two that differ are none: nobody can tell which of them is the order's.
        Some(totals.all(|other| other == first).then_some(first))
    };
    let total = stated(true).or_else(|| stated(false)).flatten();
    let total = total
        .as_ref()
        .map(|(amount, currency)| Money { amount: *amount, currency: currency.as_str() });
    let records = systems.iter().zip(order.records).enumerate();
    records
        .map(|(at, (system, readings))| {
            let complete = complete.get(at).map(Vec::as_slice).unwrap_or_default();
            // What may be there under a number that nobody can tell apart is not confirmed absent.
            let unsure = readings.is_empty() && order.unsure.get(at).is_some_and(|unsure| *unsure);
            View::of_total(system, readings, if unsure { &[] } else { complete }, total)
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
    levels: Levels,
    said: Said<'m>,
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
        let presence = Presence::of(mapping, &readings, complete);
        let levels = Levels::of(mapping, presence, &readings, complete);
        let said = Said::of(mapping, &readings, complete, total);
        let standing = standing(mapping.channel().role(), &readings, &said.contradictions);
        Self { mapping, readings, presence, levels, said, standing }
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
        self.levels.is_absent(level)
    }

    /// Do its records speak for the whole order?
    pub const fn scope(&self) -> Scope {
        self.said.scope
    }

    /// What it claims of the whole order: parts are lifted with an unknown rest, and facets in
    /// which it contradicts itself are *any*.
    pub const fn claim(&self) -> Claim {
        self.said.claim
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
        self.said.own
    }

    /// Where it contradicts itself; places of natives count through the records in their order.
    pub fn contradictions(&self) -> &[SelfContradiction] {
        &self.said.contradictions
    }

    /// The kind of record of which it has two where there may be one.
    pub const fn duplicate(&self) -> Option<&'m str> {
        self.said.duplicate
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

    pub(crate) const fn levels(&self) -> Levels {
        self.levels
    }

    /// The systems whose numbers of the order its records name, each once.
    pub(crate) fn references(&self) -> Vec<&'m str> {
        let refs = self.readings.iter().flat_map(|reading| &reading.refs);
        let mut systems: Vec<_> =
            refs.flat_map(|reference| reference.systems.iter().copied()).collect();
        systems.sort_unstable();
        systems.dedup();
        systems
    }
}
