//! Which records of which systems are about the same order.
//!
//! Records are joined by what the mapping files declare and by nothing else: the order number of
//! their own system, the record that they hang under, and the numbers that other systems gave to
//! the order, each normalised as its file says.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::mapping::{Mapping, Role};
use crate::reading::Reading;

/// Records of one order, from any number of systems.
///
/// ```
/// use order_status::compare::views;
/// use order_status::join::join;
/// use order_status::mapping::Mapping;
/// use order_status::reading::Known;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// let systems = [&shopify, &netsuite];
/// let order = serde_json::json!({ "id": 1, "name": "#1001" });
/// let order = shopify.read(shopify.record("order").unwrap(), &order, &Known::new());
/// for joined in join(&systems, vec![(0, order)]) {
///     assert_eq!(joined.key, "1001");
///     // One list per system; NetSuite has no record of it.
///     assert_eq!(joined.records.iter().map(Vec::len).collect::<Vec<_>>(), [1, 0]);
///     assert_eq!(views(&systems, joined, &[]).len(), 2);
/// }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Joined<'m> {
    /// The number by which people know the order: the shop's, else another system's own, else any
    /// number that a record names.
    pub key: String,
    /// Per system, in the order in which systems were given: its records of the order.
    pub records: Vec<Vec<Reading<'m>>>,
}

/// Something that names an order or a record of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Name<'m> {
    /// An order number of a system.
    Number(usize, String),
    /// An order number of whatever system has this role or id, none of which is at hand.
    Elsewhere(&'m str, String),
    /// The id of a record of some kind of a system.
    Id(usize, &'m str, String),
}

/// Joins records to orders. `systems` are the mappings; each record comes with its system's place
/// among them. Orders come sorted by key.
///
/// A record that was sent twice, as events do, counts once, as it was changed last; where that is
/// not told, as it came last.
///
/// A reference to a role of which there are several systems is not followed: it would be a guess.
///
/// ```
/// # #[cfg(all(feature = "builtin", feature = "json"))] {
/// use order_status::join::join;
/// use order_status::mapping::Mapping;
/// use order_status::reading::Known;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// let order = shopify.read(
///     shopify.record("order").unwrap(),
///     &serde_json::json!({ "id": 1, "name": "#1001" }),
///     &Known::new(),
/// );
/// let sales_order = netsuite.read(
///     netsuite.record("sales_order").unwrap(),
///     &serde_json::json!({ "id": "18", "tranId": "SO77", "otherRefNum": "#1001" }),
///     &Known::new(),
/// );
/// let orders = join(&[&shopify, &netsuite], vec![(0, order), (1, sales_order)]);
/// assert_eq!(orders.len(), 1);
/// assert_eq!(orders[0].key, "1001");
/// # }
/// ```
pub fn join<'m>(systems: &[&'m Mapping], records: Vec<(usize, Reading<'m>)>) -> Vec<Joined<'m>> {
    let records = newest(records);
    let mut groups = Groups::new(records.len());
    let mut known: BTreeMap<Name<'m>, usize> = BTreeMap::new();
    for (at, (system, reading)) in records.iter().enumerate() {
        for name in names(systems, *system, reading) {
            match known.get(&name) {
                Some(other) => groups.unite(at, *other),
                None => {
                    known.insert(name, at);
                }
            }
        }
    }
    let mut orders: BTreeMap<usize, Joined<'m>> = BTreeMap::new();
    for (at, (system, reading)) in records.into_iter().enumerate() {
        let order = orders.entry(groups.root(at)).or_insert_with(|| Joined {
            key: String::new(),
            records: alloc::vec![Vec::new(); systems.len()],
        });
        if let Some(of_system) = order.records.get_mut(system) {
            of_system.push(reading);
        }
    }
    let mut orders: Vec<_> = orders.into_values().collect();
    for order in &mut orders {
        order.key = key(systems, &order.records);
    }
    orders.sort_by(|a, b| (a.key.len(), &a.key).cmp(&(b.key.len(), &b.key)));
    orders
}

/// Of several states of one record the newest.
fn newest<'m>(records: Vec<(usize, Reading<'m>)>) -> Vec<(usize, Reading<'m>)> {
    let mut known: BTreeMap<(usize, &'m str, String), usize> = BTreeMap::new();
    let mut kept: Vec<Option<(usize, Reading<'m>)>> = Vec::with_capacity(records.len());
    for (system, reading) in records {
        let older = reading
            .id
            .clone()
            .and_then(|id| known.insert((system, reading.record.name(), id), kept.len()));
        let older = older.and_then(|at| kept.get_mut(at));
        let before = older.as_deref().and_then(Option::as_ref).map(|(_, older)| &older.changed);
        // Times are compared as they were sent: one system writes them in one way.
        let is_late =
            matches!((before, &reading.changed), (Some(Some(before)), Some(now)) if before > now);
        match older {
            Some(older) if is_late => {
                let newer = older.take();
                kept.push(newer);
            }
            Some(older) => {
                *older = None;
                kept.push(Some((system, reading)));
            }
            None => kept.push(Some((system, reading))),
        }
    }
    kept.into_iter().flatten().collect()
}

/// Every name that a record bears or mentions.
fn names<'m>(systems: &[&'m Mapping], system: usize, reading: &Reading<'m>) -> Vec<Name<'m>> {
    let mut names = Vec::new();
    if let Some(number) = &reading.order {
        names.push(Name::Number(system, number.clone()));
    }
    if let Some(id) = &reading.id {
        names.push(Name::Id(system, reading.record.name(), id.clone()));
    }
    if let Some((kind, id)) = &reading.parent {
        names.push(Name::Id(system, kind, id.clone()));
    }
    if let Some(id) = &reading.continues {
        names.push(Name::Id(system, reading.record.name(), id.clone()));
    }
    // Lines are numbered within their order: only what others hang under has an id of its own.
    let hung_under = |kind: &str| {
        let kinds = systems.get(system).map(|mapping| mapping.records()).unwrap_or_default();
        kinds.iter().any(|other| other.parent() == Some(kind))
    };
    let nested = reading.nested.iter().filter(|(kind, _)| hung_under(kind));
    names.extend(nested.map(|(kind, id)| Name::Id(system, kind, (**id).into())));
    for reference in &reading.refs {
        for wanted in &reference.systems {
            let mut fitting = systems
                .iter()
                .enumerate()
                .filter(|(at, mapping)| *at != system && is(mapping, wanted));
            match (fitting.next(), fitting.next()) {
                (Some((at, _)), None) => names.push(Name::Number(at, reference.number.clone())),
                (None, _) => names.push(Name::Elsewhere(wanted, reference.number.clone())),
                (Some(_), Some(_)) => {}
            }
        }
    }
    names
}

fn is(mapping: &Mapping, wanted: &str) -> bool {
    mapping.channel().id() == wanted || mapping.channel().role().as_str() == wanted
}

fn key(systems: &[&Mapping], records: &[Vec<Reading<'_>>]) -> String {
    let own = |wanted: &dyn Fn(Role) -> bool| {
        let of_role =
            systems.iter().zip(records).filter(|(mapping, _)| wanted(mapping.channel().role()));
        of_role.flat_map(|(_, readings)| readings).find_map(|reading| reading.order.clone())
    };
    let all = || records.iter().flatten();
    own(&|role| matches!(role, Role::Storefront | Role::Marketplace))
        .or_else(|| {
            all().find_map(|reading| reading.refs.first().map(|reference| reference.number.clone()))
        })
        .or_else(|| own(&|_| true))
        .or_else(|| all().find_map(|reading| reading.parent.as_ref().map(|(_, id)| id.clone())))
        .or_else(|| all().find_map(|reading| reading.id.clone()))
        .unwrap_or_default()
}

/// Disjoint sets of records.
struct Groups {
    parents: Vec<usize>,
}

impl Groups {
    fn new(len: usize) -> Self {
        Self { parents: (0..len).collect() }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while let Some(parent) = self.parents.get(at).copied().filter(|parent| *parent != at) {
            let grandparent = self.parents.get(parent).copied().unwrap_or(parent);
            if let Some(entry) = self.parents.get_mut(at) {
                *entry = grandparent;
            }
            at = grandparent;
        }
        at
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(parent) = self.parents.get_mut(a.max(b)) {
            *parent = a.min(b);
        }
    }
}
