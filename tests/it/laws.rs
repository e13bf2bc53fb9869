//! The laws of the crate on one page, each with the test that holds it.
//!
//! *Exhaustive* laws are tried for every case there is, *properties* for cases by chance. What the
//! mapping files must keep beside these are the rules of `docs/rules.md`.

use std::path::Path;

/// Name, kind, law, file under `tests/it` (or `src`), test.
const LAWS: &[[&str; 5]] = &[
    [
        "names-round-trip",
        "exhaustive",
        "a state is read from the word that it prints",
        "../../src/facet/mod.rs",
        "state_lists_hold_every_variant_once_and_names_round_trip",
    ],
    [
        "tables-closed",
        "exhaustive",
        "an edge stays in its facet and stands once",
        "machine.rs",
        "edges_stay_in_their_facet_and_stand_once",
    ],
    [
        "forward-acyclic",
        "exhaustive",
        "forward edges never lead in a circle",
        "machine.rs",
        "forward_edges_never_lead_in_a_circle",
    ],
    [
        "reachable",
        "exhaustive",
        "every state is reached from an initial one",
        "machine.rs",
        "every_state_is_reached_from_an_initial_one",
    ],
    [
        "refusal-inert",
        "exhaustive",
        "a refused event leaves the order as it is and says what would have been taken",
        "machine.rs",
        "a_refusal_lists_what_would_have_been_taken",
    ],
    [
        "replay",
        "exhaustive",
        "an event that has happened moves nothing, and none leads to an impossible order",
        "machine.rs",
        "no_event_leads_to_an_impossible_order_and_none_moves_twice",
    ],
    [
        "orthogonal",
        "exhaustive",
        "events of two facets commute, unless a guard or a consequence joins them",
        "machine.rs",
        "events_of_two_facets_commute_unless_a_guard_or_a_consequence_joins_them",
    ],
    [
        "box-algebra",
        "property",
        "meet is both, join is the smallest box around both, minus is disjoint and covers",
        "state.rs",
        "minus_is_disjoint_and_covers",
    ],
    [
        "tightened",
        "property",
        "tightened is the smallest box around what is possible",
        "state.rs",
        "tightened_is_the_smallest_box_around_the_possible",
    ],
    [
        "claims",
        "exhaustive",
        "every pair of distinct claims of the shipped files, facet by facet as naive lists say",
        "claims.rs",
        "every_pair_of_claims_meets_joins_and_contradicts_facet_by_facet",
    ],
    [
        "roll-up",
        "exhaustive",
        "merging is commutative and associative",
        "rollup.rs",
        "merging_is_commutative_associative_and_keeps_equals",
    ],
    [
        "roll-up-of-sets",
        "property",
        "sets roll up to the union over their states",
        "rollup.rs",
        "sets_roll_up_to_the_union_over_their_states",
    ],
    [
        "lift",
        "property",
        "a lifted claim contains the claim",
        "rollup.rs",
        "a_lifted_claim_contains_the_claim",
    ],
    [
        "load-total",
        "property",
        "any bytes load or are reported, never a panic",
        "load.rs",
        "any_bytes_load_or_are_reported",
    ],
    [
        "one-slip-one-finding",
        "exhaustive",
        "a slip in a file is one finding near it",
        "slips.rs",
        "",
    ],
    [
        "resolves",
        "exhaustive",
        "every listed value has its row, and no row stands for another",
        "vocabulary.rs",
        "every_listed_value_has_its_row_and_no_row_is_invented",
    ],
    [
        "nothing-else-resolves",
        "property",
        "no other text resolves after the declared folding",
        "vocabulary.rs",
        "no_other_text_resolves",
    ],
    [
        "no-row-unnoticed",
        "exhaustive",
        "deleting any one row fails and names it",
        "vocabulary.rs",
        "no_row_can_be_deleted_unnoticed",
    ],
    [
        "show-total",
        "exhaustive",
        "the way back answers every possible state of every channel",
        "show.rs",
        "of_every_state_is_what_the_first_row_that_fits_says",
    ],
    [
        "translation-total",
        "exhaustive",
        "every claim has an answer in every other channel",
        "translation.rs",
        "every_claim_of_every_channel_has_an_answer_in_every_other",
    ],
    [
        "batch",
        "property",
        "a batch says what comparing says",
        "compare/mod.rs",
        "a_batch_says_what_comparing_says",
    ],
    [
        "any-order",
        "property",
        "records and systems come in any order",
        "compare/mod.rs",
        "systems_come_in_any_order",
    ],
    [
        "silence",
        "property",
        "healthy orders give nothing but the lag that is put in",
        "healthy_day.rs",
        "",
    ],
    [
        "patterns",
        "exhaustive",
        "each pattern names its cases and not their neighbours, pair by pair",
        "patterns/mod.rs",
        "every_pattern_names_its_cases_and_not_their_neighbours",
    ],
    [
        "replayed-tickets",
        "exhaustive",
        "a ticket judged again says what its order would say",
        "boundary/replay.rs",
        "a_replay_says_what_the_order_would_say",
    ],
    [
        "ledgers-merge",
        "property",
        "merging is a union: associative, commutative, idempotent",
        "boundary/unknown.rs",
        "merging_is_a_union",
    ],
    [
        "nothing-personal",
        "exhaustive",
        "no secret of a payload is told anywhere",
        "boundary/privacy.rs",
        "no_secret_is_told",
    ],
];

#[test]
fn every_law_is_held_by_a_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let mut names: Vec<&str> = Vec::new();
    for [name, kind, law, file, test] in LAWS {
        assert!(["exhaustive", "property"].contains(kind), "{name}: {kind}");
        assert!(!law.is_empty() && !names.contains(name), "{name}");
        names.push(name);
        let source = std::fs::read_to_string(folder.join(file)).unwrap();
        // Where no test is named the whole file holds the law.
        let holds = if test.is_empty() { "#[test]".to_owned() } else { format!("fn {test}(") };
        assert!(source.contains(&holds), "{name}: {file} has no {holds}");
        assert!(!source.contains("#[ignore"), "{name}: {file} leaves something out");
    }
}
