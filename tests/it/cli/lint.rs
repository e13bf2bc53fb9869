//! `lint`: files that cannot be read do not hide what is wrong with the others.

use serde_json::Value;

use crate::cli::{Desk, has_keys};

fn bad(wrong: &str) -> String {
    include_str!("systems/shop.toml").replace("\"unpaid\" }", &format!("\"{wrong}\" }}"))
}

#[test]
fn one_file_that_cannot_be_read_does_not_hide_the_others() {
    let desk = Desk::of("lint_rest")
        .with("a.toml", bad("unpayed"))
        .with("b.toml", bad("unpaied"))
        .with("c.toml", b"id = \"\xff\"");
    let words = "lint a.toml missing.toml c.toml b.toml";
    for format in ["human", "json", "ndjson"] {
        let run = desk.run(&format!("{words} --format {format}")).exits(2);
        for wrong in ["`unpayed`", "`unpaied`"] {
            assert!(run.out.contains(wrong), "{format}: {}", run.out);
        }
        let said = run.err.lines().collect::<Vec<_>>();
        assert!(said[0].starts_with("error: missing.toml: "), "{}", run.err);
        assert_eq!(said[1], "error: c.toml: is not UTF-8 (byte 7); save it as UTF-8");
        assert_eq!(said[2..], ["2 files: 2 errors, 0 warnings, 2 could not be read"]);
        if format == "json" {
            let array: Vec<Value> = serde_json::from_str(&run.out).unwrap();
            assert_eq!(array.len(), 2);
        }
    }
    // One that extends another with a mistake is told, and so is the mistake.
    let desk = desk
        .with("own/base.toml", bad("unpayed"))
        .with("own/mine.toml", "schema = 1\nid = \"mine\"\nextends = \"shop\"\n");
    let run = desk.run("lint own").exits(2);
    assert!(run.out.contains("`unpayed`"), "{}", run.out);
    assert!(run.err.contains("error: own/mine.toml: what it extends has a mistake"), "{}", run.err);
}

/// Each is judged on what lies below, not on the other.
#[test]
fn two_files_that_extend_the_same_are_judged_each_for_itself() {
    let own = |code: &str| {
        format!(
            "schema = 1\nextends = \"shop\"\n[[field]]\nname = \"money\"\nstatus = [{{ code = \"{code}\", payment = \"paid\" }}]\n"
        )
    };
    let desk = Desk::of("lint_siblings")
        .with("own/a.toml", own("seashells"))
        .with("own/b.toml", own("pearls"));
    let run = desk.run("lint --mappings systems own --format ndjson").exits(1);
    assert!(run.err.starts_with("2 files: 0 errors, "), "{}", run.err);
}

/// What people see at the caret, programs read.
#[test]
fn a_finding_has_its_label_and_its_fix() {
    let desk = Desk::of("lint_label").with("a.toml", bad("unpayed"));
    let line = desk.run("lint a.toml --format ndjson").exits(1).object();
    has_keys(&line, "file line column rule severity message label help fix");
    let label = line["label"].as_str().unwrap();
    assert!(label.starts_with("expected one of unpaid, "), "{label}");
    has_keys(&line["fix"], "line column end_line end_column replacement");
    assert_eq!(line["fix"]["replacement"], "\"unpaid\"");
    assert_eq!((&line["fix"]["line"], &line["fix"]["column"]), (&line["line"], &line["column"]));
}
