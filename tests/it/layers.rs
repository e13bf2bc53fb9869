//! No module uses one of a higher layer.
//!
//! The list below is the declaration; a module that is missing in it fails the test, so that its
//! place is decided and not found out. A line may use itself and every line above it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// From leaf to root. A name stands for a module and all inside that has no line of its own.
const LAYERS: &[&str] = &[
    "text",
    "severity",
    "digest",
    "currency",
    "rule",
    "groups",
    "facet",
    "diagnostic",
    "record",
    "time",
    "state",
    "boundary::rules",
    "milestone",
    "machine",
    "rollup",
    "mapping",
    // `impl Mapping` of what a payload says, so that the files know nothing of payloads.
    "reading",
    // The deep laws read the examples, so they lie above reading.
    "mapping::lint",
    "authority",
    "translation",
    "join",
    "pattern",
    "compare",
    "address",
    "boundary",
    "builtin",
];

/// These only declare modules and pass names on; what they pass on lies where it is written.
const PASSING_ON: &[&str] = &["", "boundary", "mapping"];

#[test]
fn no_module_uses_a_higher_layer() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = BTreeMap::new();
    collect(&src, &mut vec![], &mut sources);
    assert!(sources.len() > 40, "only {} files under src", sources.len());
    let mut wrong = String::new();
    for (module, source) in &sources {
        if PASSING_ON.contains(&module.as_str()) {
            assert!(!source.contains("fn "), "`{module}` does more than pass names on");
            continue;
        }
        let Some(own) = layer(module) else {
            writeln!(wrong, "`{module}` has no layer").unwrap();
            continue;
        };
        for used in uses(module, source) {
            match layer(&used) {
                Some(other) if other > own => {
                    writeln!(wrong, "{module} uses {used}, which lies above it").unwrap();
                }
                Some(_) => {}
                None => writeln!(wrong, "{module} uses {used}, which has no layer").unwrap(),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The page that explains the layers lists these, in this order.
#[test]
fn the_design_page_lists_the_layers() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("DESIGN.md");
    let page = std::fs::read_to_string(page).unwrap();
    let list = page.split_once("<!-- layers -->").unwrap().1;
    let listed: Vec<_> = list
        .lines()
        .skip_while(|line| line.is_empty())
        .map_while(|line| line.strip_prefix("- `"))
        .filter_map(|line| line.split('`').next())
        .collect();
    assert_eq!(listed, LAYERS);
}

/// The test would see a cycle, and knows the ways in which paths are written.
#[test]
fn paths_are_found_however_they_are_written() {
    let source = "
        //! crate::builtin is only talked about
        use super::rules;
        use crate::state::{
            FacetSet, // crate::builtin
            set::{self, StateSet},
        };
        pub(crate) use self::inner::Thing;
        fn f() -> crate::compare::View { super::super::text::nearest(\"crate::pattern\") }
        #[cfg(test)]
        mod tests { use crate::builtin; }
    ";
    let mut found = uses("mapping::lint", source);
    found.sort();
    assert_eq!(
        found,
        [
            "compare::View",
            "mapping::lint::inner::Thing",
            "mapping::rules",
            "state::FacetSet",
            "state::set::StateSet",
            "state::set::self",
            "text::nearest",
        ]
    );
    assert!(layer("mapping::lint") > layer("reading::value"));
    assert!(layer("reading") > layer("mapping::table"));
    assert_eq!(layer("nowhere"), None);
}

fn collect(folder: &Path, module: &mut Vec<String>, into: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            module.push(name);
            collect(&path, module, into);
            module.pop();
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let mut module = module.clone();
            if name != "mod" && name != "lib" {
                module.push(name);
            }
            into.insert(module.join("::"), std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// The place in the list: the longest line that the path begins with.
fn layer(path: &str) -> Option<usize> {
    let begins = |layer: &str| {
        path.strip_prefix(layer).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    let fitting = LAYERS.iter().enumerate().filter(|(_, layer)| begins(layer));
    fitting.max_by_key(|(_, layer)| layer.len()).map(|(at, _)| at)
}

/// The paths inside the crate that a source uses, as seen from the crate's root. Unit tests may
/// use what they like.
fn uses(module: &str, source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]\nmod tests").next().unwrap();
    let code = code.split("#[cfg(test)]\n        mod tests").next().unwrap();
    let code = without_comments_and_texts(code);
    let mut found = vec![];
    for (at, start) in code
        .match_indices("crate::")
        .chain(code.match_indices("super::"))
        .chain(code.match_indices("self::"))
    {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let mut base: Vec<&str> = match start {
            "crate::" => vec![],
            _ => module.split("::").collect(),
        };
        let mut rest = &code[at..];
        loop {
            if let Some(after) = rest.strip_prefix("super::") {
                base.pop();
                rest = after;
            } else if let Some(after) = rest.strip_prefix("self::").or(rest.strip_prefix("crate::"))
            {
                rest = after;
            } else {
                break;
            }
        }
        // `use super::*` in tests is gone; a bare parent has no name to judge.
        expand(&base.join("::"), rest, &mut found);
    }
    found
}

/// Writes a tree of names out: `a::{b, c::{d}}` is `a::b` and `a::c::d`.
fn expand(base: &str, rest: &str, into: &mut Vec<String>) {
    let rest = rest.trim_start();
    if let Some(list) = rest.strip_prefix('{') {
        let (mut depth, mut start) = (0, 0);
        for (at, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => {
                    expand(base, &list[start..at], into);
                    return;
                }
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    expand(base, &list[start..at], into);
                    start = at + 1;
                }
                _ => {}
            }
        }
        return;
    }
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    if name.is_empty() {
        return;
    }
    let here = if base.is_empty() { name.to_owned() } else { format!("{base}::{name}") };
    match after.strip_prefix("::") {
        Some(inner) if inner.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '{') => {
            expand(&here, inner, into);
        }
        _ => into.push(here),
    }
}

fn without_comments_and_texts(code: &str) -> String {
    let mut out = String::new();
    for line in code.lines() {
        let line = line.split("//").next().unwrap();
        let parts = line.split('"').enumerate();
        out.extend(parts.filter(|(at, _)| at % 2 == 0).map(|(_, part)| part));
        out.push('\n');
    }
    out
}
