//! What must not stand in the tree.

use std::path::{Path, PathBuf};

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            if !matches!(name, "target" | ".git" | "node_modules") {
                files(&path, into);
            }
        } else if name != "Cargo.lock" && name != ".git" {
            into.push(path);
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The compiler proves that the library links without `std`; this keeps it from being spelled.
#[test]
fn the_library_does_not_mention_std() {
    let mut sources = vec![];
    files(&root().join("src"), &mut sources);
    assert!(sources.len() > 40, "only {} files under src", sources.len());
    for path in sources {
        let text = std::fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            let used = line.match_indices("std").any(|(at, _)| {
                let before = line[..at].chars().next_back();
                let after = &line[at + 3..];
                !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
                    && (after.starts_with("::") || after.starts_with(';'))
            });
            assert!(!used, "{}:{}: {line}", path.display(), number + 1);
        }
    }
}

/// A path of somebody's machine helps nobody else.
#[test]
fn nothing_names_a_place_on_a_machine() {
    let places = ["work", "home", "root", "tmp", "Users", "private", "mnt"];
    let mut all = vec![];
    files(root(), &mut all);
    for path in all {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for (number, line) in text.lines().enumerate() {
            for place in places {
                let named = line.match_indices(&format!("/{place}/")).any(|(at, _)| {
                    // Inside an address or a relative path it is no place on a machine.
                    let before = line[..at].chars().next_back();
                    before.is_none_or(|c| " \"'`(=\t".contains(c))
                });
                assert!(!named, "{}:{}: {line}", path.display(), number + 1);
            }
        }
    }
}

/// Every channel that the README lists is shipped, and the other way round.
#[test]
fn the_readme_lists_the_shipped_channels() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let section = readme.split("\n## Channels").nth(1).unwrap().split("\n## ").next().unwrap();
    let listed: Vec<_> = section
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
            (cells[0].trim_matches('`').to_owned(), cells[1].to_owned(), cells[2].to_owned())
        })
        .collect();
    let mut shipped: Vec<_> = order_status::builtin::ALL
        .iter()
        .map(|source| {
            let mapping = order_status::mapping::Mapping::load(*source).unwrap();
            let channel = mapping.channel();
            (channel.id().to_owned(), channel.title().to_owned(), channel.role().to_string())
        })
        .collect();
    shipped.sort();
    let mut sorted = listed.clone();
    sorted.sort();
    assert_eq!(sorted, shipped);
}
