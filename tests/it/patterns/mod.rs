//! Every named pattern, on every pair of systems that it can be about: at least three combinations
//! that it names, and three neighbours that it does not.
//!
//! A case is two ideas of one order, one for each side; what the two systems send of their ideas is
//! written by [`crate::world`], which knows nothing of patterns. Pairs on which a case cannot be
//! shown stand here with the reason, and are tried all the same: should they fire, the reason has
//! become wrong.

mod absence;
mod cancelled;
mod goods;
mod money;
mod returns;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use order_status::compare::{View, compare, views};
use order_status::diagnostic::Source;
use order_status::facet::{Facet, Kind};
use order_status::join::join;
use order_status::mapping::{Mapping, Role};
use order_status::pattern::{Pattern, Patterns};
use order_status::reading::Known;

use crate::world::{Back, Dispute, From, Money, Pays, Sale, World};

/// What one side thinks of the order; nothing where it does not have it.
type Idea = Option<Sale>;

struct Cases {
    pattern: &'static str,
    fires: Vec<(Idea, Idea)>,
    silent: Vec<(Idea, Idea)>,
    /// A storefront that has the first idea stands beside the pair, because only it knows the terms
    /// or what kind of goods it is.
    witness: bool,
    /// Systems that cannot be the first or the second side, and why.
    cannot: &'static [(Place, &'static str, &'static str)],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    One,
    Other,
}

use Place::{One, Other};

const NO_MONEY: &str = "its orders do not tell money";
const RELEASED_ONLY: &str =
    "Amazon tells that an order is released, not what was collected or given back";
const NO_DISPUTES: &str = "its orders do not tell disputes";
const NO_RETURNS: &str = "returns are reports of their own there";
const NO_DELIVERY: &str = "its V1 labels and orders do not tell where parcels are";

fn sale() -> Sale {
    Sale::new(1001)
}

#[expect(clippy::unnecessary_wraps, reason = "beside `None`, the other idea of an order")]
fn has(sale: Sale) -> Idea {
    Some(sale)
}

/// Both sides think the same.
fn same(sale: Sale) -> (Idea, Idea) {
    (Some(sale.clone()), Some(sale))
}

fn ideas(one: Sale, other: Sale) -> (Idea, Idea) {
    (Some(one), Some(other))
}

fn reserved() -> Sale {
    sale().pays(Pays::Card, Money::Reserved)
}

fn declined() -> Sale {
    sale().pays(Pays::Card, Money::Declined)
}

fn at_the_door() -> Sale {
    sale().pays(Pays::AtTheDoor, Money::Nothing)
}

fn on_invoice() -> Sale {
    sale().pays(Pays::OnInvoice, Money::Nothing)
}

fn transfer() -> Sale {
    sale().pays(Pays::Transfer, Money::Nothing)
}

fn download() -> Sale {
    sale().with(|sale| sale.lines.iter_mut().for_each(|line| line.from = From::Download))
}

/// One download on invoice.
fn one_download() -> Sale {
    download().pays(Pays::OnInvoice, Money::Nothing).with(|sale| sale.lines.truncate(1))
}

fn two_places(second: From) -> Sale {
    sale().with(|sale| sale.lines[1].from = second)
}

fn gone() -> Sale {
    sale().arrived().billed()
}

/// All of it is to come back, or came.
fn back(back: Back) -> Sale {
    gone().returned(back, true)
}

fn disputed(dispute: Dispute) -> Sale {
    sale().with(|sale| sale.dispute = dispute)
}

fn pair(pattern: &'static str, fires: Vec<(Idea, Idea)>, silent: Vec<(Idea, Idea)>) -> Cases {
    Cases { pattern, fires, silent, witness: false, cannot: &[] }
}

fn cases() -> Vec<Cases> {
    [absence::cases(), cancelled::cases(), goods::cases(), money::cases(), returns::cases()]
        .into_iter()
        .flatten()
        .collect()
}

fn has_downloads(sale: &Sale) -> bool {
    sale.lines.iter().any(|line| !line.is_goods())
}

fn fits(pattern: &Pattern, place: Place, view: &View<'_>) -> bool {
    let (one, other) = pattern.sides().unwrap();
    let roles = if place == One { one.roles() } else { other.roles() };
    roles.is_empty() || roles.contains(&view.role())
}

fn role(world: &World, at: usize) -> Role {
    world.mappings[at].channel().role()
}

/// What the pair of ideas is called, and whether the pattern is among the other names.
fn names(world: &World, one: &Idea, other: &Idea, witness: bool) -> Vec<String> {
    let patterns = Patterns::builtin();
    let mut ideas = vec![one.clone(), other.clone()];
    if witness {
        ideas.push(one.clone());
    }
    let views = world.views(&ideas);
    compare(&views, &patterns)
        .iter()
        .filter(|finding| finding.views.iter().all(|at| *at < 2))
        .map(|finding| finding.name().to_owned())
        .collect()
}

#[test]
fn every_pattern_names_its_cases_and_not_their_neighbours() {
    let patterns = Patterns::builtin();
    let mut wrong = String::new();
    let mut page: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for cases in cases() {
        let pattern = patterns.named(cases.pattern).unwrap();
        assert!(cases.fires.len() >= 3 && cases.silent.len() >= 3, "{}", cases.pattern);
        for one in World::all() {
            for other in World::all() {
                let mut ids = vec![one, other];
                let shops = ["shopify", "amazon_sp_api"];
                if cases.witness && !shops.contains(&one) && !shops.contains(&other) {
                    ids.push("shopify");
                }
                if one == other {
                    continue;
                }
                let world = World::of(&ids);
                let views = world.views(&vec![None; ids.len()]);
                if !fits(pattern, One, &views[0]) || !fits(pattern, Other, &views[1]) {
                    continue;
                }
                // Two shops or two ERPs of one order are no pair that anybody has, and Amazon takes
                // the money itself.
                let same_job = role(&world, 0) == role(&world, 1)
                    || [Role::Storefront, Role::Marketplace]
                        .iter()
                        .all(|front| [0, 1].iter().any(|at| role(&world, *at) == *front));
                if same_job
                    || [one, other].iter().all(|id| ["amazon_sp_api", "stripe"].contains(id))
                {
                    continue;
                }
                // Sellers offer no downloads on Amazon.
                let ideas = || cases.fires.iter().flat_map(|(a, b)| a.iter().chain(b));
                if [one, other].contains(&"amazon_sp_api") && ideas().any(has_downloads) {
                    continue;
                }
                let cannot = cases
                    .cannot
                    .iter()
                    .find(|(place, id, _)| *id == if *place == One { one } else { other });
                let named = |(a, b): &&(Idea, Idea)| {
                    names(&world, a, b, ids.len() == 3).iter().any(|name| name == cases.pattern)
                };
                let fired = cases.fires.iter().filter(named).count();
                match cannot {
                    Some((.., why)) if fired >= 3 => {
                        writeln!(wrong, "{} {one} - {other}: fires, though {why}", cases.pattern)
                            .unwrap();
                    }
                    Some(_) => {}
                    None if fired < 3 => {
                        let called: Vec<_> = cases
                            .fires
                            .iter()
                            .map(|(a, b)| names(&world, a, b, ids.len() == 3))
                            .collect();
                        writeln!(wrong, "{} {one} - {other}: {fired} of {called:?}", cases.pattern)
                            .unwrap();
                    }
                    None => page.entry(cases.pattern).or_default().push(format!("{one} - {other}")),
                }
                for (at, (a, b)) in cases.silent.iter().enumerate() {
                    let names = names(&world, a, b, ids.len() == 3);
                    if names.iter().any(|name| name == cases.pattern) {
                        writeln!(wrong, "{} {one} - {other}: neighbour {at} fires", cases.pattern)
                            .unwrap();
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    let mut pairs = String::new();
    for (pattern, of_pattern) in &page {
        writeln!(pairs, "{pattern}\n    {}", of_pattern.join("\n    ")).unwrap();
    }
    insta::assert_snapshot!("pairs", pairs);
}

/// The named patterns about two systems; those about one have tests of their own above.
#[test]
fn every_pattern_has_cases() {
    let with_cases: Vec<_> = cases().iter().map(|cases| cases.pattern).collect();
    let without: Vec<_> = Patterns::builtin()
        .iter()
        .map(|pattern| pattern.name().to_owned())
        .filter(|name| !with_cases.contains(&name.as_str()) && !name.starts_with("unnamed-"))
        .collect();
    assert_eq!(without, ["duplicate-record", "self-contradiction"]);
}

/// Two records with ids of their own and one number, in every system that has one record an order.
#[test]
fn two_records_of_one_order_are_a_duplicate() {
    let patterns = Patterns::builtin();
    for (id, key) in [("shopify", "id"), ("netsuite", "id")] {
        let world = World::of(&[id]);
        let mapping = &world.mappings[0];
        let (kind, first) = world.sends(0, &sale()).remove(0);
        let mut second = first.clone();
        second[key] = serde_json::json!("77");
        let read = |payload: &serde_json::Value| {
            (0, mapping.read(mapping.record(kind).unwrap(), payload, &Known::new()))
        };
        let names = |payloads: &[&serde_json::Value]| -> Vec<String> {
            join(&[mapping], payloads.iter().map(|payload| read(payload)).collect())
                .into_iter()
                .flat_map(|order| compare(&views(&[mapping], order, &[]), &patterns))
                .map(|finding| finding.name().to_owned())
                .collect()
        };
        assert_eq!(names(&[&first, &second]), ["duplicate-record"], "{id}");
        assert!(names(&[&first]).is_empty() && names(&[&first, &first]).is_empty(), "{id}");
        let (_, other_order) = world.sends(0, &Sale::new(1002)).remove(0);
        assert!(names(&[&first, &other_order]).is_empty(), "{id}");
    }
    // A split order is several records by design.
    let world = World::of(&["shipstation"]);
    let split = two_places(From::Warehouse(1));
    assert!(compare(&world.views(&[has(split)]), &patterns).is_empty());
}

/// What the mapping files show as contradicting itself, and all else that they show.
#[test]
fn what_contradicts_itself_is_called_so() {
    let patterns = Patterns::builtin();
    let mut contradicting = 0;
    for id in crate::channels::ids() {
        let mapping = crate::channels::load(&id);
        let file: serde_json::Value = toml::from_str(&crate::channels::text(&id)).unwrap();
        for example in file["example"].as_array().unwrap() {
            // Null cannot be written in TOML; those payloads are the business of `lint`.
            if example.get("null").is_some()
                || example.get("complete").is_some()
                || example.get("circumstances").is_some()
            {
                continue;
            }
            let record = &example["record"];
            let kind = match example.get("of") {
                Some(of) => mapping.record(of.as_str().unwrap()),
                None => mapping.recognise(record),
            };
            let reading = mapping.read(kind.unwrap(), record, &Known::new());
            let expected = example.get("contradicts").is_some();
            contradicting += usize::from(expected);
            let view = View::new(&mapping, vec![reading], &[]);
            let named = compare(&[view], &patterns)
                .iter()
                .any(|finding| finding.name() == "self-contradiction");
            assert_eq!(named, expected, "{id}: {}", example["name"]);
        }
    }
    assert!(contradicting >= 3, "{contradicting}");
}

/// Two carriers that say the opposite in one facet: what no other pattern names.
#[test]
fn what_has_no_name_of_its_own_is_named_after_its_facet() {
    let patterns = Patterns::builtin();
    let carrier = |id: &str, facet: Facet| {
        let [first, last, ..] = facet.names() else { panic!("{facet} has one state") };
        let text = format!(
            "schema = 1\nid = \"{id}\"\ntitle = \"{id}\"\nrole = \"carrier\"\napi = \"none\"\nread = 2026-11-23\nsources = [\"this test\"]\n\
             [[record]]\nname = \"order\"\nlevel = \"order\"\norder = [\"number\"]\n\
             [[field]]\nname = \"word\"\nrecord = \"order\"\nlevel = \"order\"\nat = [\"word\"]\ncovers = [\"{facet}\"]\n\
             status = [\n  {{ code = \"first\", {facet} = \"{first}\" }},\n  {{ code = \"last\", {facet} = \"{last}\" }},\n]\n"
        );
        Mapping::load(Source::new(id, &text)).unwrap()
    };
    for facet in Facet::STATE {
        let systems = [carrier("left", facet), carrier("right", facet)];
        let view = |at: usize, word: &str| {
            let payload = serde_json::json!({ "number": "1", "word": word });
            let order = systems[at].record("order").unwrap();
            View::new(&systems[at], vec![systems[at].read(order, &payload, &Known::new())], &[])
        };
        let names = |a: &str, b: &str| -> Vec<String> {
            let views = [view(0, a), view(1, b)];
            let found = compare(&views, &patterns);
            found.iter().map(|finding| finding.name().to_owned()).collect()
        };
        let expected = match facet.kind() {
            Kind::Shared => vec![format!("unnamed-{facet}")],
            // Where a record lies on a desk two systems never contradict each other.
            Kind::Local | Kind::Circumstance => Vec::new(),
        };
        assert_eq!(names("first", "last"), expected);
        assert_eq!(names("last", "first"), expected);
        assert!(names("first", "first").is_empty() && names("last", "last").is_empty());
    }
}
