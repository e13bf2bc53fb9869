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
    "docs/glossary.md",
    "docs/machine.md",
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
        for link in inline(&text).chain(targets(&text).map(|(_, target)| target)) {
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

/// Pages that are parts of the API's documentation lie elsewhere there. They name other pages by
/// reference, and the front page says where each reference leads.
#[test]
fn links_of_included_pages_lead_somewhere_in_the_api_documentation_as_well() {
    let front = read("src/lib.rs");
    let mut included = 0;
    for part in front.split("    pub mod ").skip(1) {
        let Some((before, after)) = part.split_once("include_str!(\"../") else { continue };
        let page = after.split('"').next().unwrap();
        let text = read(page);
        let relative: Vec<_> = inline(&text)
            .filter(|link| !link.starts_with('#') && !link.contains("://") && !link.contains(' '))
            .collect();
        assert!(relative.is_empty(), "{page}: {relative:?} should be references");
        let before = before.replace("\\n", "\n").replace('"', "\n");
        let there: Vec<_> = targets(&before).collect();
        let mut names: Vec<_> = there.iter().map(|(name, _)| *name).collect();
        let mut wanted: Vec<_> = targets(&text).map(|(name, _)| name).collect();
        names.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(names, wanted, "{page}");
        for (name, target) in targets(&text) {
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let file = Path::new(file).file_stem().unwrap().to_str().unwrap().replace('-', "_");
            let heading = if heading.is_empty() { String::new() } else { format!("#{heading}") };
            let expected = format!("super::{file}{heading}");
            assert!(there.contains(&(name, expected.as_str())), "{page}: {name}, {expected}");
        }
        included += 1;
    }
    assert_eq!(included, front.matches("include_str!(\"../").count() - 1, "all but the README");
}

/// The targets of links that stand where the link is.
fn inline(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link)
}

/// The targets of references, by name.
fn targets(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: "))
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
