//! Which records of which systems are about the same order.
//!
//! Records are joined by what the mapping files declare and by nothing else: the order number of
//! their own system, the record that they hang under, and the numbers that other systems gave to
//! the order, each normalised as its file says.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use crate::groups::Groups;
use crate::mapping::{Mapping, Role};
use crate::reading::{OrderRef, Reading};

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
    /// Per system: may it have records of the order that could not be joined, because what they name
    /// may be another order as well?
    pub unsure: Vec<bool>,
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
/// A reference to a role of which there are several systems is not followed: it would be a guess. Nor
/// is one that may be the number of two systems, where each has another order of that number. That
/// the systems in question have no record of such an order is not sure.
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
    let mut names = Names { known: BTreeMap::new(), groups: Groups::new(records.len()) };
    let mut open = Vec::new();
    let mut unsure = Vec::new();
    for (at, (system, reading)) in records.iter().enumerate() {
        for name in own_names(systems, *system, reading) {
            names.bears(at, name);
        }
        for reference in &reading.refs {
            let Candidates { sure, several, elsewhere } = candidates(systems, *system, reference);
            let number = &reference.number;
            for wanted in elsewhere {
                names.bears(at, Name::Elsewhere(wanted, number.clone()));
            }
            match sure.as_slice() {
                [] => {}
                [only] => names.bears(at, Name::Number(*only, number.clone())),
                _ => open.push((at, sure, number)),
            }
            if !several.is_empty() {
                unsure.push((at, several, number));
            }
        }
    }
    // What may be the number of one system or another is judged by what is sure of all.
    let numbers = names.numbers();
    let (followed, refused): (Vec<_>, Vec<_>) = open.into_iter().partition(|(at, sure, number)| {
        let mut orders = BTreeSet::from([names.groups.root(*at)]);
        orders.extend(sure.iter().filter_map(|system| names.order_of(*system, number)));
        are_one(orders.iter().filter_map(|order| numbers.get(order)))
    });
    for (at, sure, number) in followed {
        for system in sure {
            names.bears(at, Name::Number(system, number.clone()));
        }
    }
    unsure.extend(refused);
    let unsure = names.unsure(&records, unsure);
    let mut orders: BTreeMap<usize, Joined<'m>> = BTreeMap::new();
    for (at, (system, reading)) in records.into_iter().enumerate() {
        let root = names.groups.root(at);
        let order = orders.entry(root).or_insert_with(|| Joined {
            key: String::new(),
            records: alloc::vec![Vec::new(); systems.len()],
            unsure: (0..systems.len()).map(|system| unsure.contains(&(root, system))).collect(),
        });
        if let Some(of_system) = order.records.get_mut(system) {
            of_system.push(reading);
        }
    }
    let mut orders: Vec<_> = orders.into_values().collect();
    for order in &mut orders {
        order.key = key(systems, &order.records);
    }
    // Of two that are known by one number first the one that the first system has.
    orders.sort_by_cached_key(|order| {
        let lacking: Vec<_> = order.records.iter().map(Vec::is_empty).collect();
        (order.key.len(), order.key.clone(), lacking)
    });
    orders
}

/// Who bears or mentions a name first, and which records belong together.
struct Names<'m> {
    known: BTreeMap<Name<'m>, usize>,
    groups: Groups,
}

/// Per system the numbers of an order in it.
type Numbers = BTreeMap<usize, BTreeSet<String>>;

impl<'m> Names<'m> {
    fn bears(&mut self, at: usize, name: Name<'m>) {
        match self.known.get(&name) {
            Some(other) => self.groups.unite(at, *other),
            None => {
                self.known.insert(name, at);
            }
        }
    }

    /// The order that has this number in a system.
    fn order_of(&mut self, system: usize, number: &str) -> Option<usize> {
        let at = self.known.get(&Name::Number(system, number.into()))?;
        Some(self.groups.root(*at))
    }

    /// The numbers of each order.
    fn numbers(&mut self) -> BTreeMap<usize, Numbers> {
        let mut numbers: BTreeMap<usize, Numbers> = BTreeMap::new();
        for (name, at) in &self.known {
            if let Name::Number(system, number) = name {
                let order = numbers.entry(self.groups.root(*at)).or_default();
                order.entry(*system).or_default().insert(number.clone());
            }
        }
        numbers
    }

    /// Orders and the systems that may have records of them as well: those that a reference may mean,
    /// and the one from which it comes where it may mean theirs.
    fn unsure(
        &mut self,
        records: &[(usize, Reading<'m>)],
        references: Vec<(usize, Vec<usize>, &String)>,
    ) -> BTreeSet<(usize, usize)> {
        let mut unsure = BTreeSet::new();
        for (at, systems, number) in references {
            let order = self.groups.root(at);
            for system in systems {
                unsure.insert((order, system));
                if let (Some(other), Some((from, _))) =
                    (self.order_of(system, number), records.get(at))
                {
                    unsure.insert((other, *from));
                }
            }
        }
        unsure
    }
}

/// May these be one order? Not where two of them have another number each in one system.
fn are_one<'a>(orders: impl Iterator<Item = &'a Numbers>) -> bool {
    let mut known: BTreeMap<usize, &BTreeSet<String>> = BTreeMap::new();
    for (system, numbers) in orders.flatten() {
        if known.insert(*system, numbers).is_some_and(|others| others.is_disjoint(numbers)) {
            return false;
        }
    }
    true
}

/// Of several states of one record the newest.
fn newest<'m>(records: Vec<(usize, Reading<'m>)>) -> Vec<(usize, Reading<'m>)> {
    let mut known = BTreeMap::new();
    let mut kept: Vec<Option<(usize, Reading<'m>)>> = Vec::with_capacity(records.len());
    for (system, reading) in records {
        let older = reading.id.clone().and_then(|id| {
            // Steps that bear the id of what they carry on are no states of one record: of such
            // only what was sent twice counts once.
            let step = (reading.continues.as_ref() == Some(&id)).then(|| {
                let Reading { claim, created, changed, amount, quantity, .. } = &reading;
                (*claim, created.clone(), changed.clone(), *amount, *quantity)
            });
            known.insert((system, reading.record.name(), id, step), kept.len())
        });
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

/// Every name that a record bears or mentions within its own system.
fn own_names<'m>(systems: &[&'m Mapping], system: usize, reading: &Reading<'m>) -> Vec<Name<'m>> {
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
    names
}

/// The systems whose number a reference may be.
struct Candidates<'m> {
    /// Those that are the only ones with their role or id.
    sure: Vec<usize>,
    /// Those beside which there are others.
    several: Vec<usize>,
    /// Roles and ids of which none is at hand.
    elsewhere: Vec<&'m str>,
}

fn candidates<'m>(systems: &[&Mapping], system: usize, reference: &OrderRef<'m>) -> Candidates<'m> {
    let (mut sure, mut several, mut elsewhere) = (Vec::new(), Vec::new(), Vec::new());
    for wanted in &reference.systems {
        let fits = |(at, mapping): &(usize, &&Mapping)| *at != system && is(mapping, wanted);
        let fitting: Vec<_> = systems.iter().enumerate().filter(fits).map(|(at, _)| at).collect();
        match fitting.as_slice() {
            [] => elsewhere.push(*wanted),
            [only] => sure.push(*only),
            _ => several.extend(fitting),
        }
    }
    sure.sort_unstable();
    sure.dedup();
    Candidates { sure, several, elsewhere }
}

fn is(mapping: &Mapping, wanted: &str) -> bool {
    mapping.channel().id() == wanted || mapping.channel().role().as_str() == wanted
}

/// The number by which people know an order; of several the smallest, as numbers are read.
fn key(systems: &[&Mapping], records: &[Vec<Reading<'_>>]) -> String {
    fn smallest<'a>(numbers: impl Iterator<Item = &'a String>) -> Option<&'a String> {
        numbers.min_by_key(|number| (number.len(), *number))
    }
    let own = |wanted: &dyn Fn(Role) -> bool| {
        let of_role =
            systems.iter().zip(records).filter(|(mapping, _)| wanted(mapping.channel().role()));
        smallest(of_role.flat_map(|(_, readings)| readings).filter_map(|it| it.order.as_ref()))
    };
    let all = || records.iter().flatten();
    own(&|role| matches!(role, Role::Storefront | Role::Marketplace))
        .or_else(|| smallest(all().flat_map(|it| it.refs.iter().map(|refs| &refs.number))))
        .or_else(|| own(&|_| true))
        .or_else(|| smallest(all().filter_map(|it| it.parent.as_ref().map(|(_, id)| id))))
        .or_else(|| smallest(all().filter_map(|it| it.id.as_ref())))
        .cloned()
        .unwrap_or_default()
}
