//! From a payload to a claim: what one record says of its order, and on whose word.
//!
//! [`Mapping::read`] looks at every field that the mapping file declares, meets what they claim,
//! rolls nested parts up, and keeps every native value as it was sent. It never fails: a value
//! that is missing, unknown or misshapen is an answer, and so is a record that contradicts itself.

mod collect;
mod contradiction;
pub(crate) mod parts;
mod value;

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

pub(crate) use self::collect::none_claim;
pub use self::contradiction::SelfContradiction;
pub(crate) use self::contradiction::settle;
pub use self::value::RawStatus;
pub(crate) use self::value::{Sum, first, sum_of_first};
use crate::facet::Facet;
use crate::mapping::{Condition, Field, Level, Mapping, RecordKind, Resolution, Role, Row, Truth};
use crate::record::{Decimal, Node, Path, Record};
use crate::state::StateSet;

/// What is known beside the payload itself.
///
/// ```
/// use order_status::facet::Terms;
/// use order_status::reading::Known;
/// use order_status::state::StateSet;
///
/// let known = Known::new()
///     .circumstances(StateSet::ANY.with(Terms::OnDelivery))
///     .complete("item_fulfillment");
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Known {
    circumstances: StateSet,
    complete: Vec<Box<str>>,
    none: Vec<Box<str>>,
}

impl Known {
    /// Nothing.
    pub const fn new() -> Self {
        Self { circumstances: StateSet::ANY, complete: Vec::new(), none: Vec::new() }
    }

    /// Circumstances that another system told; other facets of the box are left aside.
    pub fn circumstances(mut self, circumstances: StateSet) -> Self {
        self.circumstances = self.circumstances & circumstances.only(&[Facet::Terms, Facet::Goods]);
        self
    }

    /// Records of this kind were asked for, and none is missing: an empty list means that there
    /// is none.
    pub fn complete(mut self, kind: &str) -> Self {
        self.complete.push(kind.into());
        self
    }

    /// Records of this kind, which come on their own, were asked for, and there is none.
    pub fn none(mut self, kind: &str) -> Self {
        self.none.push(kind.into());
        self
    }

    /// The circumstances that another system told.
    pub(crate) const fn told(&self) -> StateSet {
        self.circumstances
    }

    /// Is nothing missing of this kind?
    pub(crate) fn is_complete(&self, kind: &str) -> bool {
        self.complete.iter().chain(&self.none).any(|known| **known == *kind)
    }

    /// The kinds of which nothing is missing, and those of which there is none.
    pub(crate) fn asked(&self) -> (Vec<String>, Vec<String>) {
        let owned = |kinds: &[Box<str>]| kinds.iter().map(|kind| kind.as_ref().into()).collect();
        (owned(&self.complete), owned(&self.none))
    }
}

impl Default for Known {
    fn default() -> Self {
        Self::new()
    }
}

/// What is still possible, with and without the facts about the merchant.
///
/// ```
/// use order_status::facet::Fulfillment;
/// use order_status::reading::Claim;
/// use order_status::state::StateSet;
///
/// // Billed, and at this merchant billed means shipped.
/// let billed = Claim { states: StateSet::ANY.with(Fulfillment::Shipped), certain: StateSet::ANY };
/// let packed = Claim::certain(StateSet::ANY.with(Fulfillment::Packed));
/// let both = billed.meet(packed);
/// assert!(both.states.is_empty(), "a contradiction");
/// assert!(!both.certain.is_empty(), "and only if the fact holds");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_structs, reason = "a claim has these two sides")]
pub struct Claim {
    /// What is possible if the facts hold that the mapping takes to hold.
    pub states: StateSet,
    /// What is possible whatever the facts.
    pub certain: StateSet,
}

impl Claim {
    /// Nothing is known.
    pub const ANY: Self = Self { states: StateSet::ANY, certain: StateSet::ANY };

    /// A claim that no fact narrows.
    pub const fn certain(states: StateSet) -> Self {
        Self { states, certain: states }
    }

    /// Both claims hold.
    #[must_use]
    pub fn meet(self, other: Self) -> Self {
        Self { states: self.states & other.states, certain: self.certain & other.certain }
    }

    /// One of the two claims holds.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { states: self.states | other.states, certain: self.certain | other.certain }
    }

    pub(crate) fn map(self, change: impl Fn(StateSet) -> StateSet) -> Self {
        let states = change(self.states);
        // Most claims rest on no fact.
        let certain = if self.certain == self.states { states } else { change(self.certain) };
        Self { states, certain }
    }
}

/// Does a record speak for its whole order?
///
/// ```
/// use order_status::mapping::Mapping;
/// use order_status::reading::{Known, Scope};
///
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// let scope = |kind, payload| {
///     netsuite.read(netsuite.record(kind).unwrap(), &payload, &Known::new()).scope
/// };
/// assert_eq!(scope("sales_order", serde_json::json!({ "tranId": "SO7" })), Scope::Whole);
/// // One of perhaps several parcels.
/// assert_eq!(scope("item_fulfillment", serde_json::json!({ "tranId": "IF7" })), Scope::Part);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a record speaks for all of it or for some of it")]
pub enum Scope {
    /// For all of it.
    Whole,
    /// For some of it; what is true of the rest is not said.
    Part,
}

/// One native value and what became of it.
///
/// ```
/// use order_status::mapping::{Mapping, Resolution};
/// use order_status::reading::Known;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let order = serde_json::json!({ "name": "#1001", "financial_status": "partiallyrefunded" });
/// let reading = shopify.read(shopify.record("order").unwrap(), &order, &Known::new());
/// let mut natives = reading.natives.iter();
/// let native = natives.find(|native| native.field.name() == "financial").unwrap();
/// assert_eq!(native.raw.as_ref().unwrap().as_str(), "partiallyrefunded");
/// assert_eq!(native.resolution, Resolution::Unmapped { nearest: Some("partially_refunded") });
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Native<'m> {
    /// The record kind in which it stood.
    pub record: &'m RecordKind,
    /// The id of the nested record in which it stood, where it has one.
    pub part: Option<Arc<str>>,
    /// The field.
    pub field: &'m Field,
    /// The value as it was sent; nothing where it is missing or has no text.
    pub raw: Option<RawStatus>,
    /// What the mapping answers.
    pub resolution: Resolution<'m>,
    /// What it claims of its own record.
    pub claim: Claim,
    /// When it began to hold, as sent, where the mapping says where that stands.
    pub since: Option<Box<str>>,
    row: Option<&'m Row>,
}

impl<'m> Native<'m> {
    /// The row that decided, or the first of several that may.
    ///
    /// ```
    /// # #[cfg(all(feature = "builtin", feature = "json"))] {
    /// use order_status::mapping::Mapping;
    /// use order_status::reading::Known;
    ///
    /// let stripe = Mapping::load(order_status::builtin::STRIPE).unwrap();
    /// // A released hold, as older versions tell it: not captured, so nothing was given back.
    /// let hold = serde_json::json!({
    ///     "object": "charge", "id": "ch_4", "status": "succeeded", "captured": false, "refunded": true,
    /// });
    /// let reading = stripe.read(stripe.record("charge").unwrap(), &hold, &Known::new());
    /// let refunded = reading.natives.iter().find(|native| native.field.name() == "charge.refunded").unwrap();
    /// assert_eq!(refunded.row().unwrap().claim().to_string(), "payment=voided refund=none");
    /// # }
    /// ```
    pub const fn row(&self) -> Option<&'m Row> {
        self.row
    }

    /// Does it claim anything of this facet?
    pub fn says(&self, facet: Facet) -> bool {
        !self.claim.states.of(facet).is_any()
    }
}

/// A number that another system gave to the order.
///
/// ```
/// use order_status::mapping::Mapping;
/// use order_status::reading::Known;
///
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// let sales_order = serde_json::json!({ "tranId": "SO77", "otherRefNum": "#1001" });
/// let kind = netsuite.record("sales_order").unwrap();
/// let reading = netsuite.read(kind, &sales_order, &Known::new());
/// assert_eq!(reading.refs[0].number, "1001");
/// assert!(reading.refs[0].systems.contains(&"storefront"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct OrderRef<'m> {
    /// Roles or channel ids of the systems whose number it may be.
    pub systems: Vec<&'m str>,
    /// The number, normalised as the mapping declares.
    pub number: String,
}

/// What one record says of its order.
///
/// ```
/// use order_status::facet::Facet;
/// use order_status::mapping::Mapping;
/// use order_status::reading::{Known, Scope};
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let order = serde_json::json!({ "id": 1, "name": "#1001", "financial_status": "authorized" });
/// let reading = shopify.read(shopify.record("order").unwrap(), &order, &Known::new());
/// assert_eq!((reading.id.as_deref(), reading.order.as_deref()), (Some("1"), Some("1001")));
/// assert_eq!(reading.scope, Scope::Whole);
/// assert_eq!(reading.claim.states.of(Facet::Payment).to_string(), "authorized");
/// assert_eq!(reading.unmapped().count(), 0);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reading<'m> {
    /// The kind of the record.
    pub record: &'m RecordKind,
    /// Does it speak for the whole order?
    pub scope: Scope,
    /// The record's own id.
    pub id: Option<String>,
    /// The order number in this system, normalised as the mapping declares.
    pub order: Option<String>,
    /// The kind and the id of the record that it hangs under.
    pub parent: Option<(&'m str, String)>,
    /// The id of the sibling that it carries on.
    pub continues: Option<String>,
    /// The kinds and ids of the records that lie in it.
    pub nested: Vec<(&'m str, Arc<str>)>,
    /// Other systems' numbers of the order.
    pub refs: Vec<OrderRef<'m>>,
    /// When it was created, as sent.
    pub created: Option<String>,
    /// When it was last changed, as sent.
    pub changed: Option<String>,
    /// What it claims; facets in which it contradicts itself are *any*.
    pub claim: Claim,
    /// The facets about which some value spoke, be it that the answer is not understood.
    pub said: Vec<Facet>,
    /// Every native value, in the order of the file, nested records behind their parents.
    pub natives: Vec<Native<'m>>,
    /// Where it contradicts itself.
    pub contradictions: Vec<SelfContradiction>,
    /// What the whole order costs, in the currency's own unit.
    pub total: Option<Decimal>,
    /// What this record is worth, in the currency's own unit.
    pub amount: Option<Decimal>,
    /// How many units it is about.
    pub quantity: Option<Decimal>,
    /// In which currency.
    pub currency: Option<String>,
}

impl Reading<'_> {
    /// The values that no row stands for, or whose shape no status can have.
    pub fn unmapped(&self) -> impl Iterator<Item = &Native<'_>> {
        self.natives.iter().filter(|native| {
            matches!(native.resolution, Resolution::Unmapped { .. } | Resolution::Unreadable { .. })
        })
    }

    /// The circumstances that it tells.
    pub fn circumstances(&self) -> StateSet {
        self.claim.states.only(&[Facet::Terms, Facet::Goods])
    }

    /// What it claims of a whole order: a part's claim is lifted with an unknown rest.
    pub fn claim_of_the_order(&self) -> Claim {
        match self.scope {
            Scope::Whole => self.claim,
            Scope::Part => self.claim.map(|states| crate::rollup::lift(states).tightened()),
        }
    }
}

impl Mapping {
    /// The kind of record that a payload is, told by what the mapping file says of each kind; nothing
    /// where that does not tell.
    ///
    /// A kind with a mark (`is`, `has`) takes what has it, the first in the file comes first. What is
    /// left belongs to the kind without a mark, if the system sends only one such by itself and the
    /// payload has anything of it. Several kinds without a mark cannot be told apart: name the kind,
    /// with [`record`](Self::record), where you know what you asked the system for.
    ///
    /// ```
    /// # #[cfg(all(feature = "builtin", feature = "json"))] {
    /// use order_status::mapping::Mapping;
    ///
    /// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
    /// let parcel = serde_json::json!({ "id": "40011", "shipStatus": { "id": "C" } });
    /// assert_eq!(netsuite.recognise(&parcel).unwrap().name(), "item_fulfillment");
    /// // Sales orders and return authorizations have this key, and read its letters otherwise.
    /// let order = serde_json::json!({ "id": "20001", "orderStatus": { "id": "B" } });
    /// assert!(netsuite.recognise(&order).is_none());
    /// # }
    /// ```
    pub fn recognise(&self, payload: &dyn Record) -> Option<&RecordKind> {
        let fits = |kind: &&RecordKind| {
            let record = unwrapped(kind, payload);
            kind.has.iter().all(|path| path.first(record).is_some())
                && kind.is.iter().all(|(path, codes)| {
                    let code = path.first(record).and_then(Node::as_code);
                    code.is_some_and(|code| codes.iter().any(|known| **known == *code))
                })
        };
        let marked = self.records().iter().filter(|kind| kind.is_marked());
        marked.into_iter().find(fits).or_else(|| self.unmarked(payload))
    }

    /// The one kind without a mark that comes by itself, if the payload has anything of it.
    fn unmarked(&self, payload: &dyn Record) -> Option<&RecordKind> {
        let mut kinds = self.records().iter().enumerate().filter(|(_, kind)| kind.comes_unmarked());
        let (number, kind) = kinds.next().filter(|_| kinds.next().is_none())?;
        let record = unwrapped(kind, payload);
        let is_there = |paths: &[Path]| paths.iter().any(|path| path.first(record).is_some());
        let found = is_there(&kind.id)
            || is_there(&kind.order.at)
            || kind.parent.iter().any(|link| is_there(&link.at))
            || kind.refs.iter().any(|reference| is_there(&reference.key.at))
            || self.fields_in(number).any(|field| is_there(&field.at) || is_there(&field.join))
            || self
                .kinds_in(number)
                .any(|inner| inner.within.iter().any(|link| is_there(&link.at)));
        found.then_some(kind)
    }

    /// Does a record meet a condition on its fields?
    pub(crate) fn meets(
        &self,
        condition: &Condition,
        record: &dyn Record,
        circumstances: StateSet,
    ) -> Truth {
        condition.holds(
            || circumstances,
            |at| {
                self.fields()
                    .get(at)
                    .map_or(u128::MAX, |field| value::resolve(self, at, field, record).codes)
            },
        )
    }

    /// Reads one record.
    ///
    /// `kind` is one of this mapping's, from [`record`](Self::record) or [`recognise`](Self::recognise).
    /// Its name decides which fields are read. Where the kind is another mapping's, and there is none
    /// with its name here, nothing is read and nothing objects: the reading has no values and claims
    /// *any*.
    ///
    /// ```
    /// # #[cfg(all(feature = "builtin", feature = "json"))] {
    /// use order_status::facet::Facet;
    /// use order_status::mapping::Mapping;
    /// use order_status::reading::Known;
    ///
    /// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
    /// let payload = serde_json::json!({
    ///     "id": 450789469, "name": "#1001", "financial_status": "paid", "fulfillment_status": null,
    /// });
    /// let kind = shopify.recognise(&payload).unwrap();
    /// let reading = shopify.read(kind, &payload, &Known::new());
    /// assert_eq!(reading.order.as_deref(), Some("1001"));
    /// assert_eq!(reading.claim.states.of(Facet::Delivery).to_string(), "none");
    /// # }
    /// ```
    pub fn read<'m>(
        &'m self,
        kind: &'m RecordKind,
        payload: &dyn Record,
        known: &Known,
    ) -> Reading<'m> {
        let record = unwrapped(kind, payload);
        let collected = collect::collect(self, kind, record, known);
        finish(kind, self.channel().role(), record, collected)
    }
}

/// The record inside its wrapper, or the payload itself where it comes bare.
pub(crate) fn unwrapped<'a>(kind: &RecordKind, payload: &'a dyn Record) -> &'a dyn Record {
    kind.envelope.iter().find_map(|path| path.first(payload)?.as_record()).unwrap_or(payload)
}

fn finish<'m>(
    kind: &'m RecordKind,
    role: Role,
    record: &dyn Record,
    collected: collect::Collected<'m>,
) -> Reading<'m> {
    let collect::Collected { said, natives, mut contradictions, nested } = collected;
    let claim = settle(said.claim, natives.iter(), &mut contradictions);
    // Some systems send `false` for what is empty: no number and no id is a flag.
    let code = |paths: &[_]| {
        let node = first(paths, record).filter(|node| !matches!(node, Node::Flag(_)));
        node.and_then(Node::as_code)
    };
    let text = |paths: &[_]| code(paths).map(Cow::into_owned);
    let key = |key: &crate::mapping::KeyPath| {
        let number = code(&key.at)?;
        let number = stripped(&number, &key.strip);
        (!number.is_empty()).then(|| String::from(number))
    };
    let number = |paths: &[_]| sum_of_first(paths, record).known();
    let money = |amount: Option<Decimal>| Some(value::in_own_unit(kind, record, amount?));
    // A warehouse knows what it was sent, and other houses may send the rest.
    let is_whole = kind.level == Level::Order && !kind.split && role != Role::Wms;
    let scope = if is_whole { Scope::Whole } else { Scope::Part };
    Reading {
        record: kind,
        scope,
        id: text(&kind.id),
        order: key(&kind.order),
        parent: kind.parent.as_ref().and_then(|link| Some((&*link.record.name, text(&link.at)?))),
        continues: text(&kind.continues),
        nested,
        refs: kind
            .refs
            .iter()
            .filter_map(|reference| {
                let number = key(&reference.key)?;
                let systems = reference.systems.iter().map(|system| &**system).collect();
                Some(OrderRef { systems, number })
            })
            .collect(),
        created: text(&kind.created),
        changed: text(&kind.changed),
        claim,
        said: Facet::ALL.into_iter().filter(|facet| said.facets & facet_bit(*facet) != 0).collect(),
        natives,
        contradictions,
        total: money(number(&kind.total)),
        amount: money(value::worth(&kind.amount, record)),
        quantity: number(&kind.quantity),
        currency: value::currency(kind, record).map(Cow::into_owned),
    }
}

fn stripped<'a>(text: &'a str, prefixes: &[Box<str>]) -> &'a str {
    prefixes.iter().find_map(|prefix| text.strip_prefix(&**prefix)).unwrap_or(text)
}

pub(crate) const fn facet_bit(facet: Facet) -> u16 {
    1 << (facet as u16)
}
