//! `--mappings DIR`: files of one's own, beside the built-in ones and on top of them.

use crate::cli::Desk;

/// A merchant's file: a word of a plugin's, and a row that means something else here.
const PLUGIN: &str = r#"schema  = 1
id      = "shop"
extends = "shop"

[[field]]
name   = "money"
status = [{ code = "seashells", payment = "paid" }]
"#;

fn lookup(desk: &Desk, folders: &str, code: &str) -> (String, String) {
    let run =
        desk.run(&format!("lookup --channel shop --field money --format ndjson {folders} {code}"));
    let object = run.object();
    let at = object["at"].as_str().unwrap_or_default().to_owned();
    (object["result"].as_str().unwrap().to_owned(), at)
}

#[test]
fn a_file_of_ones_own_lies_beside_the_built_in_ones() {
    let desk = Desk::of("own_file");
    let said = desk.run("lookup --channel shop --field money paid").refusal();
    assert!(said.starts_with("`shop` is no channel (known: "), "{said}");
    let (result, at) = lookup(&desk, "--mappings systems", "paid");
    assert_eq!(result, "mapped");
    assert!(at.starts_with("systems/shop.toml:"), "{at}");
    let shopify = "lookup --mappings systems --channel shopify --field financial paid";
    desk.run(shopify).exits(0);
}

#[test]
fn a_file_that_extends_another_lies_on_top_of_it() {
    let desk = Desk::of("extends").with("plugin/shop.toml", PLUGIN);
    let both = "--mappings systems --mappings plugin";
    let [known, added] = ["paid", "seashells"].map(|code| lookup(&desk, both, code));
    assert!(known.1.starts_with("systems/shop.toml:"), "{known:?}");
    assert_eq!(added, ("mapped".into(), "plugin/shop.toml:7".into()));
    assert_eq!(lookup(&desk, "--mappings systems", "seashells").0, "unmapped");
    // It is checked together with what it extends, and only what it says itself is told.
    let lint = desk.run("lint plugin --mappings systems --format ndjson").exits(1).objects();
    assert!(
        lint.iter().all(|found| found["file"] == "plugin/shop.toml" && found["line"] == 7),
        "{lint:?}"
    );
    assert!(lint.iter().any(|found| found["rule"] == "never-shown-code"), "{lint:?}");
    // Without what it extends it says little, and the checker says what is missing.
    let said = desk.run("channels --mappings plugin").refusal();
    assert!(said.starts_with("plugin/shop.toml"), "{said}");
}

#[test]
fn a_file_may_extend_a_built_in_and_be_called_as_it_is() {
    let own = "schema = 1\nid = \"shopify\"\nextends = \"shopify\"\n\n[[field]]\nname = \"financial\"\n\
               status = [{ code = \"seashells\", payment = \"paid\", refund = \"none\" }]\n";
    let desk = Desk::of("extends_built_in").with("own/mine.toml", own);
    let asked = "lookup --channel shopify --field financial --format ndjson --mappings own";
    let objects = desk.run(&format!("{asked} seashells paid")).exits(0).objects();
    assert_eq!(objects[0]["at"], "own/mine.toml:7");
    assert!(objects[1]["at"].as_str().unwrap().contains("shopify.toml:"), "{}", objects[1]);
}

/// As the page on the format writes it: the file has the id of the one that it extends.
#[test]
fn a_file_that_extends_another_needs_no_id() {
    let plugin = PLUGIN.replace("id      = \"shop\"\n", "");
    assert!(!plugin.contains("\nid"));
    let desk = Desk::of("extends_without_id").with("plugin/mine.toml", &plugin);
    let both = "--mappings systems --mappings plugin";
    let [known, added] = ["paid", "seashells"].map(|code| lookup(&desk, both, code));
    assert!(known.1.starts_with("systems/shop.toml:"), "{known:?}");
    assert!(added.1.starts_with("plugin/mine.toml:"), "{added:?}");
    let run = desk.run("lint --mappings systems plugin").exits(1);
    assert_eq!(run.err, "1 file: 0 errors, 2 warnings\n");
    // The page on the format says so, with these files.
    let [base, own] = crate::format::tidewater_and_merchant();
    let desk = Desk::of("format_page").with("base/a.toml", base).with("own/b.toml", own);
    let show = "show tidewater method --mappings base --mappings own";
    assert!(desk.run(show).exits(0).out.contains("\"seashells\""));
}

#[test]
fn folders_that_cannot_be_used_are_refused_with_the_file_that_is_to_blame() {
    let shop = include_str!("systems/shop.toml");
    for (test, files, said) in [
        ("empty", [("own/read.me", "")], "own: there is no mapping file (*.toml) in this folder"),
        ("no_id", [("own/a.toml", "schema = 1\n")], "own/a.toml: it has no `id` that can be read"),
        ("no_toml", [("own/a.toml", "id = \"shop\"\n[[[")], "own/a.toml:2:"),
        (
            "misspelled",
            [("own/shop.toml", &shop.replace("payment = \"unpaid\"", "payment = \"unpayed\""))],
            "error[unknown-state]",
        ),
    ] {
        let desk = files
            .into_iter()
            .fold(Desk::of(&format!("folder_{test}")), |desk, (name, text)| desk.with(name, text));
        let refusal = desk.run("show shop --mappings own").refusal();
        assert!(refusal.contains(said), "{test}: {refusal}");
    }
    let twice = Desk::of("folder_twice").with("own/a.toml", shop).with("own/b.toml", shop);
    let refusal = twice.run("channels --mappings own").refusal();
    assert_eq!(refusal, "own/b.toml: it is about `shop`, and so is own/a.toml");
    let binary = Desk::of("folder_binary").with("own/a.toml", b"id = \"\xff\"");
    let refusal = binary.run("channels --mappings own").refusal();
    assert!(
        refusal.starts_with("own/a.toml: ") && refusal.ends_with("save it as UTF-8"),
        "{refusal}"
    );
}

#[test]
fn files_that_extend_each_other_are_refused() {
    let file = |id: &str, base: &str| format!("schema = 1\nid = \"{id}\"\nextends = \"{base}\"\n");
    let desk =
        Desk::of("circle").with("own/a.toml", file("a", "b")).with("own/b.toml", file("b", "a"));
    let said = desk.run("show a --mappings own").refusal();
    assert!(said.contains("extends a file that extends it"), "{said}");
}
