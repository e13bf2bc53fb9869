//! The pages that must say what the code says. `UPDATE_DOCS=1` writes them.

use std::fmt::Write as _;
use std::path::Path;

use order_status::boundary::rules as order_rules;
use order_status::facet::{Facet, Kind, State};
use order_status::machine::{TABLES, print};
use order_status::mapping::rules;
use order_status::milestone::Milestone;
use order_status::state::{FacetSet, StateSet};

/// Reads what a box prints: `payment=paid fulfillment=picked|packed`, or `any`.
pub(crate) fn read_box(text: &str) -> StateSet {
    text.split(' ').filter(|part| *part != "any").fold(StateSet::ANY, |set, part| {
        let (facet, states) = part.split_once('=').unwrap();
        let facet: Facet = facet.parse().unwrap();
        let states = states
            .split('|')
            .map(|state| State::parse(facet, state).unwrap())
            .fold(FacetSet::none(facet), FacetSet::with);
        set.with_set(states)
    })
}

/// `unfulfilled..packed`: runs of three and more states as mapping files write them.
pub(crate) fn set(set: FacetSet) -> String {
    let all: Vec<_> = set.facet().states().collect();
    let runs = all.chunk_by(|a, b| set.contains(*a) == set.contains(*b));
    let runs = runs.filter(|run| set.contains(run[0])).map(|run| match run {
        [first, _, .., last] => format!("{}..{}", first.as_str(), last.as_str()),
        few => few.iter().map(|state| state.as_str()).collect::<Vec<_>>().join(", "),
    });
    runs.collect::<Vec<_>>().join(", ")
}

/// What a box says, facet by facet, for a page.
pub(crate) fn claim(states: StateSet) -> String {
    let facets = states.known_facets();
    let facets: Vec<_> =
        facets.map(|facet| format!("{facet}: {}", set(states.of(facet)))).collect();
    if facets.is_empty() { "anything".to_owned() } else { facets.join("; ") }
}

/// Holds a generated page against the file, or writes it.
#[track_caller]
pub(crate) fn in_sync(page: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(page);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, expected).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "docs/{page} is out of date: run the tests with UPDATE_DOCS=1");
}

#[test]
fn machine_page() {
    let mut page = String::from(
        "# The machine\n\n\
         <!-- `UPDATE_DOCS=1 cargo test --test it` writes this page anew. -->\n\n\
         Generated from the tables that the library runs on. The diagrams are Mermaid; where they \
         are not drawn, the table above each says the same.\n\n\
         Events are named by their outcome, so a state and an event lead to one state. *Forward* \
         edges never lead in a circle; *toggles* are the ordinary ways back and round; \
         *retractions* take something back that had been true. An event whose outcome is already \
         reached has happened before: it moves nothing and is not refused. *Terminal* states have \
         no way forward; in *settled* ones the facet may stay for good without anybody having to \
         act.\n",
    );
    for table in &TABLES {
        let facet = table.facet();
        let local = if facet.kind() == Kind::Local { " (local)" } else { "" };
        write!(
            page,
            "\n## {facet}{local}\n\n{}\n{}\n```mermaid\n{}```\n",
            print::states(table),
            print::rows(table),
            print::diagram(table),
        )
        .unwrap();
    }
    write!(
        page,
        "\n## Guards\n\nWhat spans facets on the side of commands: these events are refused for \
         these orders, although the table of their own facet would let them through.\n\n{}\
         \n## Consequences\n\nWhat an event brings with it in another facet.\n\n{}\
         \n## Spanning rules\n\nCombinations that cannot be, and those that deserve a second \
         look.\n\n{}\
         \n## Milestones\n\nThe first rule that all of what is known lies within gives the \
         headline; nothing fits: `unknown`; no order left: `contradictory`. No decision is ever \
         taken from it.\n\n{}",
        print::guards(),
        print::consequences(),
        print::spanning_rules(),
        print::milestones(),
    )
    .unwrap();
    in_sync("machine.md", &page);
}

/// The doc comments of the variants of a vocabulary: token and text, in order.
fn rustdoc(source: &str) -> Vec<(String, String)> {
    let mut found = vec![];
    let mut doc = String::new();
    for line in source.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("///") {
            if !doc.is_empty() {
                doc.push(' ');
            }
            doc.push_str(text.trim());
        } else if let Some((_, rest)) = line.split_once(" = \"") {
            let token = rest.split('"').next().unwrap();
            found.push((token.to_owned(), std::mem::take(&mut doc)));
        } else {
            doc.clear();
        }
    }
    found
}

fn first_sentence(text: &str) -> &str {
    text.split_once(". ").map_or(text, |(first, _)| first).trim_end_matches('.')
}

/// Every closed vocabulary with its source.
fn vocabularies() -> Vec<(String, Vec<String>, &'static str)> {
    let circumstance = include_str!("../../src/facet/circumstance.rs");
    let (terms, goods) = circumstance.split_once("mod goods").unwrap();
    let mut all: Vec<(String, Vec<String>, &'static str)> = Facet::ALL
        .into_iter()
        .zip([
            include_str!("../../src/facet/lifecycle.rs"),
            include_str!("../../src/facet/payment.rs"),
            include_str!("../../src/facet/refund.rs"),
            include_str!("../../src/facet/dispute.rs"),
            include_str!("../../src/facet/billing.rs"),
            include_str!("../../src/facet/fulfillment.rs"),
            include_str!("../../src/facet/delivery.rs"),
            include_str!("../../src/facet/returns.rs"),
            include_str!("../../src/facet/stage.rs"),
            include_str!("../../src/facet/hold.rs"),
            terms,
            goods,
        ])
        .map(|(facet, source)| {
            (facet.to_string(), facet.names().iter().map(ToString::to_string).collect(), source)
        })
        .collect();
    let milestones = Milestone::ALL.iter().map(|milestone| milestone.as_str().to_owned());
    all.push((
        "milestone".to_owned(),
        milestones.collect(),
        include_str!("../../src/milestone.rs"),
    ));
    all
}

/// The glossary is written by hand but for the definitions, which are those of the code.
#[test]
fn glossary_page() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/glossary.md");
    let page = std::fs::read_to_string(path).unwrap();
    let mut written = String::new();
    let mut section = String::new();
    let mut rows: Vec<(String, String)> = vec![];
    let vocabularies = vocabularies();
    for line in page.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            section = title.split(' ').next().unwrap().trim_matches('`').to_lowercase();
        }
        let vocabulary = vocabularies.iter().find(|(name, ..)| *name == section);
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        let (Some((_, _, source)), [token, _, neighbour]) = (vocabulary, &cells[..]) else {
            writeln!(written, "{line}").unwrap();
            continue;
        };
        let Some(token) = token.strip_prefix('`').and_then(|token| token.strip_suffix('`')) else {
            writeln!(written, "{line}").unwrap();
            continue;
        };
        let docs = rustdoc(source);
        let (_, doc) = docs.iter().find(|(known, _)| known == token).unwrap_or_else(|| {
            panic!("`{token}` is no state of {section}");
        });
        assert!(!neighbour.is_empty(), "{section} {token} says nothing of its neighbours");
        writeln!(written, "| `{token}` | {} | {neighbour} |", first_sentence(doc)).unwrap();
        rows.push((section.clone(), token.to_owned()));
    }
    for (name, tokens, _) in &vocabularies {
        let listed: Vec<_> =
            rows.iter().filter(|(section, _)| section == name).map(|(_, token)| token).collect();
        assert!(listed.iter().copied().eq(tokens), "{name}: {listed:?}, expected {tokens:?}");
    }
    in_sync("glossary.md", &written);
}

/// The rules, from the catalogue.
#[test]
fn rules_page() {
    let mut page = String::from(
        "# The rules\n\n\
         <!-- `UPDATE_DOCS=1 cargo test --test it` writes this page anew. -->\n\n\
         Rules for mapping files come first, [rules for orders](#rules-for-orders) after them.\n\n\
         Everything that the checker can object to in a mapping file, by the name that stands in\n\
         brackets in a finding. Generated from the catalogues and from the explanations under\n\
         `docs/rules` and `docs/order-rules`.\n\
         One of them, of either kind, at the terminal:\n\n\
         ```sh\n\
         cargo run --release --example order-status -- lint --explain too-wide\n\
         ```\n\n\
         An **error** stops a file from being used. A **warning** does not; it is answered by\n\
         mending the file, or in it, with the reason: `allow = { rule-name = \"reason\" }` on a row,\n\
         on a field, or at the top ([how to read a finding][findings]).\n\n\
         The examples are tested: the rule objects to each of them, no other rule does, and nothing\n\
         objects to what stands under *Instead*. An example that does not begin with `schema` is a\n\
         part of a file. Left out are the head, a record `order` where no record is shown, and\n\
         `[[show]]` with `none = \"...\"` for fields without one; and of a list of patterns, the\n\
         patterns that every list ends with.\n\n\
         | rule | | objects when |\n|---|---|---|\n",
    );
    for rule in rules::ALL {
        let (name, severity, summary) = (rule.name(), rule.severity(), rule.summary());
        writeln!(page, "| [`{name}`](#{name}) | {severity} | {summary} |").unwrap();
    }
    for rule in rules::ALL {
        let (name, severity, summary) = (rule.name(), rule.severity(), rule.summary());
        write!(page, "\n## {name}\n\n**{severity}**: {summary}.\n\n").unwrap();
        explained(&mut page, rule.explanation());
    }
    order_rules_part(&mut page);
    page.push_str(
        "\n[findings]: format.md#how-to-read-a-finding\n[boundary]: format.md#14-what-may-come-in\n",
    );
    in_sync("rules.md", &page);
}

/// A page of its own has headings one level higher.
fn explained(page: &mut String, explanation: &str) {
    for line in explanation.lines() {
        let deeper = if line.starts_with("## ") { "#" } else { "" };
        writeln!(page, "{deeper}{line}").unwrap();
    }
}

fn order_rules_part(page: &mut String) {
    let mapping = include_str!("../fixtures/boundary.toml");
    let (_, boundary) = mapping.split_once("# ---- the boundary ----\n").unwrap();
    write!(
        page,
        "\n# Rules for orders\n\n\
         Everything for which an order can be kept out before anything is created from it. All that\n\
         is wrong with an order is found at once. What follows from it:\n\n\
         - **quarantine**: the order is kept out, and a ticket says why and what would let it in;\n\
         - **note**: the order comes in, and what was found goes with it;\n\
         - **off**: the rule is not asked. No rule is off by itself.\n\n\
         The severity (high, medium, low) says how much it costs to let such an order in, or to leave\n\
         it lying. A mapping file, and a merchant's own on top of it, may set a rule otherwise, with\n\
         the reason ([how][boundary]). Some rules excuse an order whose\n\
         circumstances are **known** to be of a certain kind; one of which they are not known is\n\
         never excused.\n\n\
         The examples are tested: the order breaks this rule and no other, and nothing objects to the\n\
         one under *Instead*. They are orders of Tidewater, an invented shop, and were checked on 25\n\
         November 2026 at noon, UTC. This is what Tidewater's mapping says for the boundary:\n\n\
         ```toml\n{}\n```\n\n\
         | rule | | then | objects when | excused where |\n|---|---|---|---|---|\n",
        boundary.trim()
    )
    .unwrap();
    let excused = |rule: &order_rules::OrderRule| {
        let states = rule.excused();
        let facets = [Facet::Terms, Facet::Goods].into_iter().map(|facet| states.of(facet));
        let told = facets.filter(|states| !states.is_any() && !states.is_empty()).map(|states| {
            let names: Vec<_> =
                states.iter().map(|state| format!("`{}`", state.as_str())).collect();
            format!("`{}` is {}", states.facet(), names.join(" or "))
        });
        told.collect::<Vec<_>>().join("; ")
    };
    for rule in order_rules::ALL {
        let (name, severity, then, summary) =
            (rule.name(), rule.severity(), rule.then(), rule.summary());
        let excused = excused(rule);
        writeln!(page, "| [`{name}`](#{name}) | {severity} | {then} | {summary} | {excused} |")
            .unwrap();
    }
    for rule in order_rules::ALL {
        let (name, severity, then, summary) =
            (rule.name(), rule.severity(), rule.then(), rule.summary());
        write!(page, "\n## {name}\n\n**{severity}, {then}**: {summary}.\n\n").unwrap();
        explained(page, rule.explanation());
    }
}

/// Every public type, trait and free function has an example of its own. (What is `pub` can be reached:
/// the lint `unreachable_pub` sees to that.)
#[test]
fn public_items_have_examples() {
    let mut without = String::new();
    let mut looked_at = 0;
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                for (item, has_example) in items(&source) {
                    looked_at += 1;
                    if !has_example {
                        writeln!(without, "{}: {item}", path.display()).unwrap();
                    }
                }
            }
        }
    }
    assert!(looked_at > 130, "only {looked_at} items");
    assert!(without.is_empty(), "items without an example:\n{without}");
}

/// The public types, traits and free functions of a source, and whether an example stands above each.
/// Types that our macros declare are written without `pub`.
fn items(source: &str) -> Vec<(&str, bool)> {
    let code = source.split("#[cfg(test)]\nmod tests").next().unwrap();
    let (mut found, mut has_example, mut is_attribute, mut is_ours) = (vec![], false, false, false);
    for line in code.lines() {
        let text = line.trim_start();
        if text.starts_with("///") {
            has_example |= text.starts_with("/// ```");
            continue;
        }
        // Attributes stand between an item and what is said of it.
        is_attribute |= text.starts_with("#[");
        if is_attribute {
            is_attribute = !text.ends_with(']');
            continue;
        }
        let words: Vec<_> = text.split([' ', '<', '(', ':', ';']).collect();
        let item = match words.as_slice() {
            ["pub", "struct" | "enum" | "trait", name, ..] if !name.starts_with('$') => Some(*name),
            ["pub", "fn", name, ..] | ["pub", "const", "fn", name, ..] => {
                Some(*name).filter(|_| !line.starts_with(' '))
            }
            [name, "{"] if is_ours => Some(*name),
            _ => None,
        };
        found.extend(item.map(|item| (item, has_example)));
        is_ours = matches!(text, "words! {" | "states! {") || (is_ours && text == "read");
        has_example = false;
    }
    found
}
