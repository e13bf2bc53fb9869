//! Which findings, between whom, and how sure.

use order_status::compare::{View, compare};
use order_status::diagnostic::Source;
use order_status::facet::Facet;
use order_status::mapping::Mapping;
use order_status::pattern::Strength;
use order_status::reading::Known;
use serde_json::json;

use super::merchant::{patterns, systems};
use crate::common::permutations;

fn view(id: &str, payload: &serde_json::Value) -> View<'static> {
    let system = systems().into_iter().find(|system| system.channel().id() == id).unwrap();
    let kind = &system.records()[0];
    View::new(system, vec![system.read(kind, payload, &Known::new())], &[])
}

/// Both shops say unpaid and gone, one of them *gone* under a fact alone: the other is enough.
#[test]
fn a_pattern_that_fits_both_ways_is_as_sure_as_the_surer_way() {
    let shop = view("shop", &json!({ "money": "none", "state": "sent", "terms": "card" }));
    let market = view("market", &json!({ "money": "none", "state": "done" }));
    for views in permutations(&[shop, market]) {
        let findings = compare(&views, patterns());
        let found: Vec<_> = findings.iter().map(|it| (it.name(), it.strength)).collect();
        assert_eq!(found, [("shipped-unpaid", Strength::Certain)]);
    }
}

/// Where the goods are one field of these books tells, and another one lags behind.
const BOOKS: &str = r#"
schema = 1
id = "other_books"
title = "Other books"
role = "erp"
api = "none"
read = 2026-11-23
sources = ["this test"]

[[record]]
name = "order"
level = "order"

[[field]]
name = "word"
level = "order"
at = ["word"]
covers = ["fulfillment"]
status = [{ code = "open", fulfillment = "any" }, { code = "done", fulfillment = ["partially_shipped", "shipped"] }]

[[show]]
field = "word"
rows = [{ when = { fulfillment = ["partially_shipped", "shipped"] }, code = "done" }, { code = "open" }]

[[field]]
name = "goods"
level = "order"
at = ["goods"]
covers = ["fulfillment"]
status = [{ code = "left", fulfillment = ["partially_shipped", "shipped"] }]

[[show]]
field = "goods"
none = "counted"
"#;

/// That a word lags behind the system's own other word is no news; that it lags behind the shop is,
/// and the shop says so under a fact alone.
#[test]
fn a_deviation_is_certain_where_the_others_word_is() {
    let books = Mapping::load(Source::new("other_books", BOOKS)).unwrap();
    let strengths = |state: &str| -> Vec<Strength> {
        let reading = crate::common::read(&books, &json!({ "word": "open", "goods": "left" }));
        let views =
            [View::new(&books, vec![reading], &[]), view("shop", &json!({ "state": state }))];
        compare(&views, patterns()).iter().map(|finding| finding.strength).collect()
    };
    assert_eq!(strengths("sent"), [Strength::Certain]);
    assert_eq!(strengths("closed"), [Strength::Suspected]);
}

/// A shop and books that contradict each other about the money, and about the goods under a fact.
const TWO: &str = r#"
[fact.sent-means-all]
holds = true
why = "this merchant sends orders whole"

[[record]]
name = "order"
level = "order"

[[field]]
name = "goods"
level = "order"
at = ["goods"]
covers = ["lifecycle", "fulfillment"]
status = [
  { code = "some", lifecycle = "placed", fulfillment = "partially_shipped" },
  { code = "sent", lifecycle = "placed", fulfillment = ["partially_shipped", "shipped"], given = { sent-means-all = { fulfillment = "shipped" } } },
]

[[field]]
name = "refund"
level = "order"
at = ["refund"]
covers = ["refund"]
status = [{ code = "no", refund = "none" }, { code = "yes", refund = "partial" }]
"#;

/// The finding is named after the goods: that the refunds certainly differ makes it no surer.
#[test]
fn a_name_is_as_certain_as_what_it_is_about() {
    let load = |id: &str, role: &str| {
        let text = format!(
            "schema = 1\nid = \"{id}\"\ntitle = \"{id}\"\nrole = \"{role}\"\napi = \"none\"\nread = 2026-11-23\nsources = [\"this test\"]\n{TWO}"
        );
        Mapping::load(Source::new(id, &text)).unwrap()
    };
    let systems = [load("front", "storefront"), load("back", "erp")];
    let found = |shop: serde_json::Value, books: serde_json::Value| {
        let views = [(&systems[0], shop), (&systems[1], books)].map(|(system, payload)| {
            View::new(system, vec![crate::common::read(system, &payload)], &[])
        });
        let findings = compare(&views, patterns());
        findings.iter().map(|it| (it.name().to_owned(), it.strength)).collect::<Vec<_>>()
    };
    let stale = |strength| vec![("stale-shipping-status".to_owned(), strength)];
    assert_eq!(
        found(json!({ "goods": "some" }), json!({ "goods": "sent" })),
        stale(Strength::Suspected)
    );
    assert_eq!(
        found(
            json!({ "goods": "some", "refund": "no" }),
            json!({ "goods": "sent", "refund": "yes" })
        ),
        stale(Strength::Suspected)
    );
}

/// A system that has a word for each set of some states of one facet: `a`, `ab`, `abc`.
fn system(id: &str, facet: Facet) -> Mapping {
    let rows: Vec<String> = (1..1_u8 << facet.names().len().min(4))
        .map(|bits| {
            let states = || facet.names().iter().zip('a'..='d').enumerate();
            let chosen = || states().filter(|(at, _)| bits & (1 << at) != 0);
            let code: String = chosen().map(|(_, (_, letter))| letter).collect();
            let names: Vec<&str> = chosen().map(|(_, (name, _))| *name).collect();
            format!("{{ code = \"{code}\", {facet} = {names:?} }},")
        })
        .collect();
    let text = format!(
        "schema = 1\nid = \"{id}\"\ntitle = \"{id}\"\nrole = \"erp\"\napi = \"none\"\nread = 2026-11-23\nsources = [\"this test\"]\n\
         [[record]]\nname = \"order\"\nlevel = \"order\"\n\
         [[field]]\nname = \"word\"\nlevel = \"order\"\nat = [\"word\"]\ncovers = [\"{facet}\"]\nstatus = [\n{}\n]\n",
        rows.join("\n")
    );
    Mapping::load(Source::new(id, &text)).unwrap_or_else(|report| panic!("{report}"))
}

/// The systems in each finding about more than two, and its name; for every order of the views.
#[track_caller]
fn groups(facet: Facet, words: &[&str]) -> Vec<(Vec<String>, String)> {
    let ids: Vec<String> = (0..words.len()).map(|at| format!("s{at}")).collect();
    let mappings: Vec<Mapping> = ids.iter().map(|id| system(id, facet)).collect();
    let views: Vec<View<'_>> = mappings
        .iter()
        .zip(words)
        .map(|(mapping, word)| {
            let payload = json!({ "word": word });
            View::new(mapping, vec![crate::common::read(mapping, &payload)], &[])
        })
        .collect();
    let found: Vec<Vec<_>> = permutations(&views)
        .iter()
        .map(|views| {
            let group = |at: &usize| views[*at].mapping().channel().id().to_owned();
            compare(views, patterns())
                .iter()
                .filter(|finding| finding.views.len() > 2)
                .map(|finding| {
                    let mut group: Vec<_> = finding.views.iter().map(group).collect();
                    group.sort();
                    (group, finding.name().to_owned())
                })
                .collect()
        })
        .collect();
    assert!(found.iter().all(|groups| *groups == found[0]), "order decides: {found:?}");
    found[0].clone()
}

/// No two exclude each other and all together do.
#[test]
fn the_smallest_group_that_excludes_each_other_is_found_in_any_order() {
    let groups = |words: &[&str]| -> Vec<Vec<String>> {
        groups(Facet::Payment, words).into_iter().map(|(group, _)| group).collect()
    };
    assert!(groups(&["ab", "abc", "abd"]).is_empty());
    assert_eq!(groups(&["ab", "bc", "ac"]), [["s0", "s1", "s2"]]);
    // Any of two may be the third: the one with the smaller name stands for both.
    assert_eq!(groups(&["ab", "bc", "ac", "ac"]), [["s0", "s1", "s2"]]);
    assert!(groups(&["abd", "bcd", "ab", "acd", "cd"]).is_empty(), "two of them are a pair");
    // All five exclude each other, and three of them are enough.
    assert_eq!(groups(&["abc", "bcd", "acd", "ad", "abd"]), [["s0", "s1", "s3"]]);
}

/// What no other pattern names is named after its facet, also where it takes three to disagree.
#[test]
fn a_group_is_named_after_its_facet() {
    for facet in Facet::SHARED {
        let found = groups(facet, &["ab", "bc", "ac"]);
        let all = ["s0", "s1", "s2"].map(str::to_owned).to_vec();
        assert_eq!(found, [(all, format!("unnamed-{facet}"))]);
    }
}
