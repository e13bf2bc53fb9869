//! Pages that name things which exist: links, commands, features.

use std::path::Path;

use order_status::boundary::rules as order_rules;
use order_status::mapping::rules;

fn read(inside: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(inside)).unwrap()
}

const PAGES: &[&str] = &[
    "README.md",
    "DESIGN.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/channels.md",
    "docs/format.md",
    "docs/rules.md",
    "docs/state-matrix.md",
];

/// The targets of relative links exist, and so do the headings that they point at.
#[test]
fn relative_links_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for page in PAGES {
        let text = read(page);
        let folder = root.join(page);
        let folder = folder.parent().unwrap();
        for link in
            text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link)
        {
            if link.contains("://") || link.contains(' ') {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { root.join(page) } else { folder.join(file) };
            assert!(target.exists(), "{page}: `{link}` leads nowhere");
            if !heading.is_empty() {
                let text = std::fs::read_to_string(&target).unwrap();
                let found = text
                    .lines()
                    .filter(|line| line.starts_with('#'))
                    .any(|line| anchor(line) == heading);
                assert!(found, "{page}: `{link}` leads to no heading");
            }
        }
    }
}

/// The anchor that a heading gets where Markdown is shown.
fn anchor(heading: &str) -> String {
    heading
        .trim_start_matches('#')
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// The features of the manifest are those that the front page explains.
#[test]
fn the_front_page_explains_every_feature() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let features = manifest["features"].as_table().unwrap();
    let front = read("src/lib.rs");
    let section = front.split("//! # Crate features").nth(1).unwrap();
    let mut explained: Vec<_> = section
        .lines()
        .filter_map(|line| line.strip_prefix("//! - **"))
        .filter_map(|line| line.split_once("**"))
        .map(|(name, _)| name)
        .collect();
    explained.sort_unstable();
    let mut known: Vec<_> =
        features.keys().map(String::as_str).filter(|name| *name != "default").collect();
    known.sort_unstable();
    assert_eq!(explained, known);
}

/// A word in the manner of a rule's name that stands behind "the rule" is one.
#[test]
fn rules_that_pages_name_exist() {
    for page in PAGES {
        let text = read(page);
        for (_, rest) in
            text.match_indices("rule `").map(|(at, start)| text[at..].split_at(start.len()))
        {
            let name = rest.split('`').next().unwrap();
            let known = rules::named(name).is_some() || order_rules::named(name).is_some();
            assert!(known, "{page}: no rule `{name}`");
        }
    }
}
