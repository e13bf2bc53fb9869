//! Which findings, between whom, and how sure.

use order_status::compare::{View, compare};
use order_status::diagnostic::Source;
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

/// A gateway that may say a word for each set of payments.
fn gateway(id: &str) -> Mapping {
    let text = format!(
        "schema = 1\nid = \"{id}\"\ntitle = \"{id}\"\nrole = \"erp\"\napi = \"none\"\nread = 2026-11-23\nsources = [\"this test\"]\n\
         [[record]]\nname = \"order\"\nlevel = \"order\"\n\
         [[field]]\nname = \"word\"\nlevel = \"order\"\nat = [\"word\"]\ncovers = [\"payment\"]\nstatus = [\n\
         {{ code = \"ab\", payment = [\"unpaid\", \"processing\"] }},\n\
         {{ code = \"bc\", payment = [\"processing\", \"authorized\"] }},\n\
         {{ code = \"ca\", payment = [\"authorized\", \"unpaid\"] }},\n\
         {{ code = \"abd\", payment = [\"unpaid\", \"processing\", \"paid\"] }},\n\
         {{ code = \"ad\", payment = [\"unpaid\", \"paid\"] }},\n\
         {{ code = \"bd\", payment = [\"processing\", \"paid\"] }},\n\
         {{ code = \"abc\", payment = [\"unpaid\", \"processing\", \"authorized\"] }},\n]\n"
    );
    Mapping::load(Source::new(id, &text)).unwrap()
}

/// The names of the systems in each finding about more than two, for every order of the views.
#[track_caller]
fn groups(words: &[&str]) -> Vec<Vec<String>> {
    let ids: Vec<String> = (0..words.len()).map(|at| format!("s{at}")).collect();
    let mappings: Vec<Mapping> = ids.iter().map(|id| gateway(id)).collect();
    let views: Vec<View<'_>> = mappings
        .iter()
        .zip(words)
        .map(|(mapping, word)| {
            let payload = json!({ "word": word });
            View::new(mapping, vec![crate::common::read(mapping, &payload)], &[])
        })
        .collect();
    let found: Vec<Vec<Vec<String>>> = permutations(&views)
        .iter()
        .map(|views| {
            let group = |at: &usize| views[*at].mapping().channel().id().to_owned();
            compare(views, patterns())
                .iter()
                .filter(|finding| finding.views.len() > 2)
                .map(|finding| {
                    let mut group: Vec<_> = finding.views.iter().map(group).collect();
                    group.sort();
                    group
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
    assert!(groups(&["ab", "abc", "abd"]).is_empty());
    assert_eq!(groups(&["ab", "bc", "ca"]), [["s0", "s1", "s2"]]);
    // Any of two may be the third: the one with the smaller name stands for both.
    assert_eq!(groups(&["ab", "bc", "ca", "ca"]), [["s0", "s1", "s2"]]);
    // Four would do, and three are enough.
    assert_eq!(groups(&["abd", "bc", "ca", "bd", "ad"]).len(), 1);
    assert_eq!(groups(&["abd", "bc", "ca", "bd", "ad"])[0].len(), 3);
}
