//! `docs/format.md` is true: its snippets load, its mistakes give the findings it names, its
//! payloads read as it says, and its reference lists exactly the keys that the reader knows.
//!
//! Blocks and what is done with them:
//!
//! | fence | meaning |
//! |---|---|
//! | `toml` | put on the file built up so far; must load, and lint to nothing or to the `text` block behind it |
//! | `toml mistake` | the same, thrown away afterwards; a `text` block with the findings must follow |
//! | `toml aside` | the same, thrown away afterwards; only has to load |
//! | `toml merchant` | a file of its own that extends the one built up so far |
//! | `json` | a payload; the `text` block behind it is what it reads as |
//! | `json order` | an order that is to come in; the `text` block behind it is what becomes of it |
//! | `json merchant` | the same, judged by the merchant's file |
//!
//! To put a table on a file replaces the one with the same header and name, if there is one.
//! `UPDATE_DOCS=1` writes the `text` blocks anew; read them before you commit them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use order_status::boundary::{Catalogue, Order};
use order_status::diagnostic::{Source, render};
use order_status::facet::{Facet, Kind};
use order_status::mapping::{Absence, FieldKind, Level, Mapping, Role, lint, rules};
use order_status::reading::Known;

use crate::boundary::rules::Outcome;

const FILE: &str = "tidewater.toml";
const MERCHANT: &str = "our-tidewater.toml";

fn path(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(inside)
}

fn page() -> String {
    std::fs::read_to_string(path("docs/format.md")).unwrap()
}

/// A fenced block: what stands behind the fence, the line of its first line, and the text.
#[derive(Debug, Clone)]
struct Block {
    info: String,
    line: usize,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = vec![];
    let mut open = false;
    for (line, text) in page.lines().enumerate() {
        match (text.strip_prefix("```"), open) {
            (Some(_), true) => open = false,
            (Some(info), false) => {
                open = true;
                blocks.push(Block { info: info.to_owned(), line: line + 2, text: String::new() });
            }
            (None, true) => writeln!(blocks.last_mut().unwrap().text, "{text}").unwrap(),
            (None, false) => {}
        }
    }
    assert!(!open, "the last fence of docs/format.md is not closed");
    blocks
}

/// A mapping file as its tables: header, name, text.
#[derive(Clone, Default)]
struct Tables(Vec<(String, String)>);

impl Tables {
    fn read(text: &str) -> Self {
        let mut tables: Vec<(String, String)> = vec![(String::new(), String::new())];
        let mut comments = String::new();
        for line in text.lines() {
            // Comments belong to the table that they stand above.
            if line.starts_with('#') || line.is_empty() {
                writeln!(comments, "{line}").unwrap();
                continue;
            }
            let inner = line.starts_with("[example.") || line.starts_with("[[example.");
            if line.starts_with('[') && !inner {
                tables.push((line.to_owned(), String::new()));
            }
            let (key, text) = tables.last_mut().unwrap();
            let named = ["name ", "field ", "rule "].iter().any(|name| line.starts_with(name));
            if named && key.starts_with("[[") && !key.contains(" = ") {
                let squeezed = line.split_whitespace().collect::<Vec<_>>().join(" ");
                *key = format!("{key} {squeezed}");
            }
            text.push_str(&std::mem::take(&mut comments));
            writeln!(text, "{line}").unwrap();
        }
        tables.last_mut().unwrap().1.push_str(&comments);
        tables.retain(|(_, text)| !text.is_empty());
        Self(tables)
    }

    fn put(&mut self, other: Self) {
        for (key, text) in other.0 {
            match self.0.iter_mut().find(|(known, _)| *known == key) {
                Some((_, known)) => *known = text,
                None => self.0.push((key, text)),
            }
        }
        // The head of a file comes first, whenever it was written.
        self.0.sort_by_key(|(key, _)| !key.is_empty());
    }

    fn text(&self) -> String {
        let texts: Vec<_> = self.0.iter().map(|(_, text)| text.trim_matches('\n')).collect();
        let mut text = texts.join("\n\n");
        text.push('\n');
        text
    }
}

/// What the checker says, as the page shows it.
fn findings(name: &str, text: &str, base: Option<&Mapping>) -> String {
    let source = Source::new(name, text);
    let report = lint(source, base);
    render(&report, source, false)
        .lines()
        .map(str::trim_end)
        .fold(String::new(), |all, line| all + line + "\n")
        .trim_end()
        .to_owned()
        + "\n"
}

/// What a payload reads as: its order, its claim, and what is not understood.
fn reading(mapping: &Mapping, payload: &str) -> String {
    let payload: serde_json::Value = serde_json::from_str(payload).unwrap();
    let kind = mapping.recognise(&payload).unwrap();
    let reading = mapping.read(kind, &payload, &Known::new());
    let mut text =
        format!("{} {}\n", reading.record.name(), reading.order.as_deref().unwrap_or("-"));
    for facet in reading.claim.states.known_facets() {
        writeln!(text, "  {facet:<12} {}", reading.claim.states.of(facet)).unwrap();
    }
    for found in &reading.contradictions {
        let facets: Vec<_> = found.facets.iter().map(|facet| facet.as_str()).collect();
        writeln!(text, "  contradicts itself in {}", facets.join(", ")).unwrap();
    }
    for native in reading.unmapped() {
        let raw = native.raw.as_ref().map_or_else(String::new, ToString::to_string);
        writeln!(text, "  no row stands for `{raw}` of {}", native.field.name()).unwrap();
    }
    text
}

/// What becomes of an order.
fn verdict(mapping: Mapping, payload: &str) -> String {
    let payload: serde_json::Value = serde_json::from_str(payload).unwrap();
    let id = mapping.channel().id().to_owned();
    Outcome::of(&Catalogue::new([mapping]).unwrap(), &Order::new(&id, &payload)).told
}

/// The file of the page where the merchant extends it, and the merchant's own.
pub(crate) fn tidewater_and_merchant() -> [String; 2] {
    let mut file = Tables::default();
    for Block { info, text, .. } in blocks(&page()) {
        match info.as_str() {
            "toml" => file.put(Tables::read(&text)),
            "toml merchant" => return [file.text(), text],
            _ => {}
        }
    }
    panic!("no merchant has a file on docs/format.md")
}

#[test]
fn every_snippet_of_the_format_page_is_true() {
    let page = page();
    let all = blocks(&page);
    let mut expected: Vec<(Block, String)> = vec![];
    let mut file = Tables::default();
    let mut merchants = String::new();
    for (at, block) in all.iter().enumerate() {
        let answer = all.get(at + 1).filter(|next| next.info == "text");
        let here = format!("docs/format.md:{}", block.line);
        let said = match block.info.as_str() {
            "toml" | "toml mistake" | "toml aside" => {
                let mut next = file.clone();
                next.put(Tables::read(&block.text));
                let text = next.text();
                let loaded = Mapping::load(Source::new(FILE, &text)).map(|_| ());
                match block.info.as_str() {
                    "toml mistake" => assert!(answer.is_some(), "{here}: name the finding"),
                    _ => assert_eq!(loaded, Ok(()), "{here}: {}", loaded.clone().unwrap_err()),
                }
                if block.info == "toml" {
                    file = next;
                }
                (block.info != "toml aside").then(|| findings(FILE, &text, None))
            }
            "toml merchant" => {
                let text = file.text();
                let base = Mapping::load(Source::new(FILE, &text)).unwrap();
                let loaded =
                    Mapping::load_extending(Source::new(MERCHANT, &block.text), &base).map(|_| ());
                assert_eq!(loaded, Ok(()), "{here}: {}", loaded.clone().unwrap_err());
                merchants.clone_from(&block.text);
                Some(findings(MERCHANT, &block.text, Some(&base)))
            }
            "json" => {
                let text = file.text();
                let mapping = Mapping::load(Source::new(FILE, &text)).unwrap();
                assert!(answer.is_some(), "{here}: say what it reads as");
                Some(reading(&mapping, &block.text))
            }
            "json order" | "json merchant" => {
                let text = file.text();
                let mut mapping = Mapping::load(Source::new(FILE, &text)).unwrap();
                if block.info == "json merchant" {
                    let merchant = Source::new(MERCHANT, &merchants);
                    mapping = Mapping::load_extending(merchant, &mapping).unwrap();
                }
                assert!(answer.is_some(), "{here}: say what becomes of it");
                Some(verdict(mapping, &block.text))
            }
            "text" | "sh" | "text table" => None,
            other => panic!("{here}: a block of an unknown kind, `{other}`"),
        };
        match (said, answer) {
            (Some(said), Some(answer)) => expected.push((answer.clone(), said)),
            (Some(said), None) => assert_eq!(said.trim(), "", "{here}: nothing should be found"),
            (None, _) => {}
        }
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        write_answers(&page, &expected);
        return;
    }
    for (answer, said) in expected {
        assert_eq!(
            answer.text, said,
            "docs/format.md:{}: the page on the left, the checker on the right; UPDATE_DOCS=1 writes it",
            answer.line
        );
    }
}

fn write_answers(page: &str, expected: &[(Block, String)]) {
    let mut lines: Vec<&str> = page.lines().collect();
    for (answer, said) in expected.iter().rev() {
        let start = answer.line - 1;
        let length = answer.text.lines().count();
        lines.splice(start..start + length, said.lines());
    }
    std::fs::write(path("docs/format.md"), lines.join("\n") + "\n").unwrap();
}

/// Every mistake names in prose the rule that it breaks, and the rule is one that exists.
#[test]
fn every_mistake_on_the_format_page_names_its_rule() {
    let page = page();
    let lines: Vec<_> = page.lines().collect();
    let all = blocks(&page);
    let mut mistakes = 0;
    for pair in all.windows(2) {
        let [block, answer] = pair else { continue };
        if block.info != "toml mistake" {
            continue;
        }
        mistakes += 1;
        let prose: Vec<_> = lines[..block.line - 2]
            .iter()
            .rev()
            .skip_while(|line| line.is_empty())
            .take_while(|line| !line.is_empty())
            .chain(
                lines[answer.line + answer.text.lines().count()..]
                    .iter()
                    .skip_while(|line| line.is_empty())
                    .take_while(|line| !line.is_empty()),
            )
            .collect();
        for (_, after) in answer.text.lines().filter_map(|line| line.split_once('[')) {
            let Some((rule, _)) = after.split_once("]:") else { continue };
            assert!(
                prose.iter().any(|line| line.contains(&format!("`{rule}`"))),
                "docs/format.md:{}: the text around the mistake does not name `{rule}`",
                block.line
            );
        }
        let names =
            |line: &str| rules::ALL.iter().any(|rule| line.contains(&format!("[{}]", rule.name())));
        assert!(answer.text.lines().any(names), "docs/format.md:{}: no rule objects", block.line);
    }
    assert!(mistakes >= 8, "the page shows {mistakes} mistakes");
}

/// The first cells of the rows of the table behind each `<!-- what: name -->`.
fn tables_of(page: &str, what: &str) -> BTreeMap<String, Vec<String>> {
    let mut tables = BTreeMap::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let marked = line.strip_prefix("<!-- ").and_then(|line| line.strip_suffix(" -->"));
        let Some(name) = marked.and_then(|mark| mark.strip_prefix(&format!("{what}: "))) else {
            continue;
        };
        let cells = lines
            .by_ref()
            .skip_while(|line| !line.starts_with('|'))
            .take_while(|line| line.starts_with('|'))
            .skip(2)
            .flat_map(|line| {
                let cell = line.trim_start_matches('|').split('|').next().unwrap_or_default();
                cell.split(',')
                    .map(|key| key.trim().trim_matches('`').to_owned())
                    .collect::<Vec<_>>()
            })
            .collect();
        assert!(tables.insert(name.to_owned(), cells).is_none(), "{name} stands there twice");
    }
    tables
}

#[test]
fn the_reference_lists_the_keys_that_the_reader_knows() {
    let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in std::fs::read_dir(path("src/mapping/read")).unwrap() {
        let source = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for (what, keys) in keys_in(&source) {
            // One kind of table may be read in several places; its keys must be the same.
            let earlier = known.insert(what.clone(), keys.clone());
            assert!(earlier.is_none_or(|earlier| earlier == keys), "{what} is read in two ways");
        }
    }
    assert!(known.len() >= 12, "the sources are written in another way: {:?}", known.keys());
    let listed = tables_of(&page(), "keys");
    assert_eq!(listed.keys().collect::<Vec<_>>(), known.keys().collect::<Vec<_>>());
    for (what, keys) in known {
        let sorted = |keys: &[String]| {
            let mut keys = keys.to_vec();
            keys.sort_unstable();
            keys
        };
        assert_eq!(sorted(&listed[&what]), sorted(&keys), "the reference of {what}");
    }
}

/// The tables that a source file reads, told by the calls that refuse unknown keys.
fn keys_in(source: &str) -> Vec<(String, Vec<String>)> {
    let texts = |list: &str| -> Vec<String> {
        list.split('"').skip(1).step_by(2).map(ToOwned::to_owned).collect()
    };
    let constant = |name: &str| {
        let (_, after) = source.split_once(&format!("const {name}: &[&str] =")).unwrap();
        texts(after.split_once("];").unwrap().0)
    };
    let mut found = vec![];
    for (at, _) in source.match_indices("self.unknown_key(") {
        let call = &source[at..];
        let arguments = call.split_once('(').unwrap().1;
        let arguments = &arguments[..arguments.find(')').unwrap()];
        let (_, arguments) = arguments.split_once(',').unwrap();
        let (what, keys) = arguments.split_once(',').unwrap();
        let keys = keys.trim().trim_end_matches(',');
        let keys = match keys.strip_prefix('&') {
            Some("known") => constant("ROW_KEYS"),
            Some(list) => texts(list),
            None => constant(keys),
        };
        let what = what.trim();
        let what = if what.starts_with('"') {
            what.trim_matches('"').to_owned()
        } else {
            // Several keys share this way of reading; it is known by the function's name.
            let (_, function) = source[..at].rsplit_once("fn ").unwrap();
            function.split('(').next().unwrap().to_owned()
        };
        found.push((what, keys));
    }
    found
}

#[test]
fn the_reference_lists_the_words_and_states_that_exist() {
    let strings = |words: Vec<&str>| words.into_iter().map(ToOwned::to_owned).collect::<Vec<_>>();
    let mut known = BTreeMap::from([
        ("role".to_owned(), strings(Role::ALL.iter().map(|word| word.as_str()).collect())),
        ("level".to_owned(), strings(Level::ALL.iter().map(|word| word.as_str()).collect())),
        ("kind".to_owned(), strings(FieldKind::ALL.iter().map(|word| word.as_str()).collect())),
        ("absence".to_owned(), strings(Absence::ALL.iter().map(|word| word.as_str()).collect())),
    ]);
    for facet in Facet::ALL {
        known.insert(facet.to_string(), strings(facet.names().to_vec()));
    }
    let page = page();
    let mut listed = tables_of(&page, "words");
    // The states stand in one table, a facet a row.
    let of_facets = ["shared", "local", "circumstance"].map(|kind| {
        let section = page.split_once(&format!("<!-- states: {kind} -->")).unwrap().1;
        let table = section.lines().skip_while(|line| !line.starts_with('|')).skip(2);
        (kind, table.take_while(|line| line.starts_with('|')).collect::<Vec<_>>())
    });
    for (kind, rows) in of_facets {
        for row in rows {
            let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
            let facet = cells[0].trim_matches('`').to_owned();
            let wanted = match facet.parse::<Facet>().unwrap().kind() {
                Kind::Shared => "shared",
                Kind::Local => "local",
                Kind::Circumstance => "circumstance",
            };
            assert_eq!(kind, wanted, "{facet}");
            let states = cells[2].split(',').map(|state| state.trim().trim_matches('`').to_owned());
            listed.insert(facet, states.collect());
        }
    }
    assert_eq!(listed, known);
}
