//! Orders as they really are, and what each system sends of them.
//!
//! A [`Sale`] is the truth: pieces, parcels, money. The modules below know how a vendor's system
//! behaves and write the payload that its API would send of that truth. They are written from the
//! vendors' descriptions and look neither at the mappings' rows nor at their way back, so that what
//! the library reads can be held against what is true.

mod acumatica;
mod adyen;
mod aftership;
mod amazon_sp_api;
mod bigcommerce;
mod dynamics365_bc;
mod dynamics365_fo;
mod easypost;
mod ebay;
mod netsuite;
mod odoo;
mod paypal;
mod sale;
mod sap_s4hana;
mod shipbob;
mod shiphero;
mod shipstation;
mod shopify;
mod stripe;
mod walmart;
mod woocommerce;

use order_status::compare::{View, views};
use order_status::join::join;
use order_status::mapping::Mapping;
use order_status::reading::Known;
use serde_json::Value;

pub(crate) use self::sale::{Back, Dispute, From, Line, Money, Parcel, Pays, Road, Sale, Step};
use crate::channels::load;

/// What a system sends: the kind of each record, and its payload.
pub(crate) type Sent = Vec<(&'static str, Value)>;

/// A system that can be asked: how it answers, and which of its kinds of record lie in its exports.
type System = (&'static str, fn(&Sale) -> Sent, &'static [&'static str]);

const SYSTEMS: [System; 20] = [
    ("shopify", shopify::sends, &["order"]),
    ("amazon_sp_api", amazon_sp_api::sends, &["order"]),
    ("netsuite", netsuite::sends, netsuite::EXPORTS),
    ("acumatica", acumatica::sends, acumatica::EXPORTS),
    ("dynamics365_fo", dynamics365_fo::sends, &["sales_order", "return_order", "sales_invoice"]),
    ("shipstation", shipstation::sends, shipstation::EXPORTS),
    ("stripe", stripe::sends, &["payment_intent", "dispute"]),
    ("easypost", easypost::sends, &["shipment", "return_shipment"]),
    ("aftership", aftership::sends, &["tracking"]),
    ("woocommerce", woocommerce::sends, &["order"]),
    ("bigcommerce", bigcommerce::sends, bigcommerce::EXPORTS),
    ("ebay", ebay::sends, &["order", "shipping_fulfillment", "payment_dispute", "return"]),
    ("walmart", walmart::sends, &["order", "return_order"]),
    ("paypal", paypal::sends, &["order", "tracker", "dispute"]),
    ("adyen", adyen::sends, &["notification", "refund_notification", "dispute_notification"]),
    ("sap_s4hana", sap_s4hana::sends, sap_s4hana::EXPORTS),
    ("odoo", odoo::sends, odoo::EXPORTS),
    ("dynamics365_bc", dynamics365_bc::sends, dynamics365_bc::EXPORTS),
    ("shiphero", shiphero::sends, &["order", "return"]),
    ("shipbob", shipbob::sends, &["order", "return"]),
];

/// Those that every pattern is tried on, pair by pair. The others take part in the healthy day.
pub(crate) const PAIRED: [&str; 9] = [
    "shopify",
    "amazon_sp_api",
    "netsuite",
    "acumatica",
    "dynamics365_fo",
    "shipstation",
    "stripe",
    "easypost",
    "aftership",
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
            self.systems.iter().zip(ideas).map(|(at, idea)| exports(*at, idea.as_ref())).collect();
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

/// The kinds of record of which a system's exports lack none.
fn exports(system: usize, idea: Option<&Sale>) -> Vec<&'static str> {
    let (id, _, kinds) = SYSTEMS[system];
    let more = if id == "amazon_sp_api" { amazon_sp_api::returns_of(idea) } else { None };
    kinds.iter().copied().chain(more).collect()
}

/// Returns come in a list of their own, and whoever reads it knows that none is missing.
fn known() -> Known {
    Known::new().complete("return")
}

/// Cents as an amount.
fn money(cents: u32) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
