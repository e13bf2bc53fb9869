//! Every named pattern, on every pair of systems that it can be about: at least three combinations of
//! native words that it names, and three neighbours that it does not.
//!
//! A case is two ideas of one order, one for each side; what the two systems send of their ideas is
//! written by [`crate::world`], which knows nothing of patterns. Pairs on which no case can be shown,
//! because the vendor cannot say it, stand here with the reason, and so do those that have too few
//! words for three combinations. All are tried all the same: should they fire, or fire three times,
//! the reason has become wrong. The page of all pairs tells how many combinations each was shown by.

mod absence;
mod cancelled;
mod goods;
mod ideas;
mod money;
mod returns;
mod stage;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use order_status::compare::{View, compare, views};
use order_status::diagnostic::Source;
use order_status::facet::{Facet, Kind};
use order_status::join::join;
use order_status::mapping::Mapping;
use order_status::pattern::{Pattern, Patterns};
use order_status::reading::Known;

use self::ideas::{
    archived, at_the_counter, at_the_door, back, declined, disputed, download, first_arrived, gone,
    half, has, held, ideas, in_the_van, on_invoice, one_download, reserved, sale, same, short,
    transfer, two_places, under_way, wished_off, without_the_second,
};
use self::stage::Stage;
use crate::world::{From, PAIRED, Sale, World};

/// What one side thinks of the order; nothing where it does not have it.
type Idea = Option<Sale>;

struct Cases {
    pattern: &'static str,
    fires: Vec<(Idea, Idea)>,
    silent: Vec<(Idea, Idea)>,
    /// A storefront that has the first idea stands beside the pair, because only it knows the terms
    /// or what kind of goods it is.
    witness: bool,
    /// Systems, or all of a role, that cannot be the first or the second side, and why.
    cannot: &'static [(Place, &'static str, &'static str)],
}

/// A pattern and two systems or roles of which neither has three words for it, and why.
type FewWords = (&'static str, &'static str, &'static str, &'static str);

const FEW_WORDS: &[FewWords] = &[
    (
        "orphaned-authorization",
        "stripe",
        "storefront",
        "what is held is requires_capture there, and no order has no words",
    ),
    (
        "orphaned-authorization",
        "stripe",
        "erp",
        "what is held is requires_capture there, and no order has no words",
    ),
    (
        "unreleased-to-warehouse",
        "dynamics365_fo",
        "shipstation",
        "only a posted picking list tells that work began, and no order has no words",
    ),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    One,
    Other,
    /// Both, in this order: `one - other`.
    Both,
}

use Place::{Both, One, Other};

const NO_MONEY: &str = "no record of an order there tells what became of its money";
const RELEASED_ONLY: &str =
    "Amazon tells that an order is released, not what was collected or given back";
const NO_DELIVERY: &str = "an ERP's documents end where the goods leave";
const MONEY_ONLY: &str = "a gateway knows money only";
const PARCELS_ONLY: &str = "a carrier knows parcels only";
const NO_WHOLE: &str = "a carrier does not know how many parcels there are to be";
const WAREHOUSE_ONLY: &str = "a warehouse does not know what became of the money";
const REFUND_OF_WHAT: &str = "its documents of refunds do not tell whether all was given back, and none of them proves nothing";

fn pair(pattern: &'static str, fires: Vec<(Idea, Idea)>, silent: Vec<(Idea, Idea)>) -> Cases {
    Cases { pattern, fires, silent, witness: false, cannot: &[] }
}

fn cases() -> Vec<Cases> {
    [absence::cases(), cancelled::cases(), goods::cases(), money::cases(), returns::cases()]
        .into_iter()
        .flatten()
        .collect()
}

/// What none of the systems that are tried pair by pair can show: of disputes only eBay's orders tell
/// that there is none.
const ELSEWHERE: &[(&str, &str, &str)] = &[("dispute-not-recorded", "paypal", "ebay")];

/// Orders with an odd number and with an even one: some systems are asked through another API then.
const NUMBERS: [u32; 2] = [1001, 1002];

fn fits(pattern: &Pattern, place: Place, view: &View<'_>) -> bool {
    let (one, other) = pattern.sides().unwrap();
    let roles = if place == One { one.roles() } else { other.roles() };
    roles.is_empty() || roles.contains(&view.role())
}

/// Of one pair and pattern: how many combinations of words were given the name, and the excuse where
/// they are too few; what is wrong goes to `wrong`.
fn shown(stage: &Stage, cases: &Cases, wrong: &mut String) -> (usize, Option<&'static str>) {
    let [one, other] = stage.ids;
    let excuse = cases.cannot.iter().find(|(place, wanted, _)| match place {
        One => stage.is(0, wanted),
        Other => stage.is(1, wanted),
        Both => {
            let (first, second) = wanted.split_once(" - ").unwrap();
            stage.is(0, first) && stage.is(1, second)
        }
    });
    let few = FEW_WORDS.iter().find(|(pattern, first, second, _)| {
        *pattern == cases.pattern && stage.is(0, first) && stage.is(1, second)
    });
    // Sellers offer no downloads on Amazon.
    let can_be = |(a, b): &&(Idea, Idea)| {
        !stage.ids.contains(&"amazon_sp_api") || !a.iter().chain(b).any(Sale::has_downloads)
    };
    let mut most = BTreeSet::new();
    let mut called = Vec::new();
    for number in NUMBERS {
        let mut combinations = BTreeSet::new();
        for case in cases.fires.iter().filter(can_be) {
            let found = stage.tried(case, cases, number);
            called.push(found.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>().join("+"));
            let of_pattern = found.into_iter().filter(|(name, _)| name == cases.pattern);
            combinations.extend(of_pattern.map(|(_, words)| words));
        }
        if combinations.len() > most.len() {
            most = combinations;
        }
        for (at, case) in cases.silent.iter().enumerate().filter(|(_, case)| can_be(case)) {
            let found = stage.tried(case, cases, number);
            if found.iter().any(|(name, _)| name == cases.pattern) {
                writeln!(wrong, "{} {one} - {other}: neighbour {at} fires", cases.pattern).unwrap();
            }
        }
    }
    let mistake = match (excuse, few, most.len()) {
        (Some(_), Some(_), _) => Some("is excused twice".to_owned()),
        (Some((.., why)), None, 1..) => Some(format!("fires, though {why}")),
        (None, Some((.., why)), 0 | 3..) => {
            Some(format!("{} combinations, though {why}", most.len()))
        }
        (None, None, 0..3) => {
            Some(format!("{} combinations, called {called:?}\n{most:#?}", most.len()))
        }
        (Some(_), None, 0) | (None, Some(_), 1 | 2) | (None, None, 3..) => None,
    };
    if let Some(mistake) = mistake {
        writeln!(wrong, "{} {one} - {other}: {mistake}", cases.pattern).unwrap();
    }
    (most.len(), excuse.map(|(.., why)| *why).or(few.map(|(.., why)| *why)))
}

#[test]
fn every_pattern_names_its_cases_and_not_their_neighbours() {
    let patterns = Patterns::builtin();
    let mut wrong = String::new();
    let mut page: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut shown_by_some: BTreeSet<&str> = BTreeSet::new();
    let all = cases();
    for one in PAIRED {
        for stage in PAIRED.into_iter().filter_map(|other| Stage::of(one, other)) {
            let absent = stage.two.views(&[None, None]);
            for cases in &all {
                let pattern = patterns.named(cases.pattern).unwrap();
                if !fits(pattern, One, &absent[0]) || !fits(pattern, Other, &absent[1]) {
                    continue;
                }
                let (combinations, excuse) = shown(&stage, cases, &mut wrong);
                if combinations > 0 {
                    shown_by_some.insert(cases.pattern);
                }
                let [one, other] = stage.ids;
                let excuse = excuse.map(|why| format!(", {why}")).unwrap_or_default();
                let line = format!("{one} - {other}: {combinations}{excuse}");
                page.entry(cases.pattern).or_default().push(line);
            }
        }
    }
    for (pattern, one, other) in ELSEWHERE {
        let cases = all.iter().find(|cases| cases.pattern == *pattern).unwrap();
        let stage = Stage::of(one, other).unwrap();
        let (combinations, _) = shown(&stage, cases, &mut wrong);
        page.entry(pattern).or_default().push(format!("{one} - {other}: {combinations}"));
        shown_by_some.insert(pattern);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    // A pattern that no pair of systems can show would be a name for nothing.
    let nowhere: Vec<_> = all
        .iter()
        .map(|cases| cases.pattern)
        .filter(|name| !shown_by_some.contains(name))
        .collect();
    assert!(nowhere.is_empty(), "shown by no pair: {nowhere:?}");
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
