//! Law `one-slip-one-finding`: a file with one slip has one finding, near the slip.
//!
//! Each quote, bracket, comma and `=` of a small file is left out in turn, each line that begins an
//! entry, and two letters of each key are swapped. Now and then what is left is right all the same.

use order_status::diagnostic::{Report, Source};
use order_status::mapping::lint;

const FILE: &str = r#"schema  = 1
id      = "tidewater"
title   = "Tidewater Shop"
role    = "storefront"
api     = "Tidewater API, 2026-01"
read    = 2026-11-23
sources = ["https://docs.tidewater.example/orders"]

[[record]]
name  = "order"
level = "order"
id    = ["uid"]

[[field]]
name   = "money"
record = "order"
level  = "order"
at     = ["money"]
covers = ["payment"]
status = [
  { code = "open", payment = ["unpaid", "voided"] },
  { code = "held", payment = "authorized" },
  { code = "taken", payment = "paid" },
]

[[show]]
field = "money"
never = [{ codes = ["held"], why = "the buyer does it" }]
rows  = [
  { when = { payment = "paid" }, code = "taken" },
  { when = { payment = ["processing", "failed", "authorized"] }, none = "not told" },
  { when = { payment = ["partially_paid", "overpaid"] }, none = "not told" },
  { code = "open" },
]

[[example]]
name   = "paid"
record = { uid = "1", money = "taken" }
claim  = { payment = "paid" }
"#;

/// The line of a place.
fn line(text: &str, at: usize) -> u32 {
    u32::try_from(text[..at].matches('\n').count()).unwrap() + 1
}

/// What is found, if it is one finding and near the slip, or nothing at all.
#[track_caller]
fn one_finding(text: &str, slip: u32, right: &mut usize, wrong: &mut String) {
    let report: Report = lint(Source::new("file.toml", text), None);
    let near = |at: u32| {
        // A list that has not begun or is not closed is told where it begins or ends.
        at.abs_diff(slip) <= 5
    };
    match report.positioned().collect::<Vec<_>>()[..] {
        [] => *right += 1,
        [(at, _)] if near(at.line) => {}
        _ => {
            let lines: Vec<_> = text.lines().collect();
            let line = lines.get(slip as usize - 1).unwrap_or(&"");
            wrong.push_str(&format!("{slip}: {line}\n{report}\n"));
        }
    }
}

#[test]
fn the_file_itself_is_right() {
    let report = lint(Source::new("file.toml", FILE), None);
    assert!(report.is_empty(), "{report}");
}

#[test]
fn a_sign_that_is_left_out() {
    let (mut right, mut wrong) = (0, String::new());
    for (at, sign) in FILE.match_indices(['"', '[', ']', '{', '}', ',', '=']) {
        let text = format!("{}{}", &FILE[..at], &FILE[at + sign.len()..]);
        one_finding(&text, line(FILE, at), &mut right, &mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(
        right <= 3,
        "{right} files are right all the same: a comma in a text, or behind the last row"
    );
}

#[test]
fn a_sign_in_place_of_another() {
    for (from, to) in
        [(",", ";"), (" =", ":"), ("\"", "\u{201d}"), ("]", "}"), ("}", "]"), ("[", "{")]
    {
        let (mut right, mut wrong) = (0, String::new());
        for (at, sign) in FILE.match_indices(from) {
            let text = format!("{}{to}{}", &FILE[..at], &FILE[at + sign.len()..]);
            one_finding(&text, line(FILE, at), &mut right, &mut wrong);
        }
        assert!(wrong.is_empty(), "`{to}` for `{from}`:\n{wrong}");
    }
}

#[test]
fn a_line_that_begins_an_entry_and_is_left_out() {
    let (mut right, mut wrong) = (0, String::new());
    for (at, _) in FILE.match_indices("\n[") {
        let rest = &FILE[at + 1..];
        let text = format!("{}\n{}", &FILE[..at], rest.split_once('\n').unwrap().1);
        one_finding(&text, line(FILE, at + 1), &mut right, &mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert_eq!(right, 0);
}

#[test]
fn a_key_with_two_letters_swapped() {
    let (mut right, mut wrong) = (0, String::new());
    let is_letter = |c: char| c.is_ascii_lowercase();
    for (at, _) in FILE.match_indices('=') {
        let key = FILE[..at].trim_end();
        let start = key.rfind(|c| !is_letter(c)).map_or(0, |at| at + 1);
        // The keys of the payload may be any; a short one resembles nothing when its letters swap.
        if key.len() - start < 4 || key[start..].starts_with("money") {
            continue;
        }
        let mut letters: Vec<char> = FILE.chars().collect();
        letters.swap(start, start + 1);
        let text: String = letters.into_iter().collect();
        one_finding(&text, line(FILE, start), &mut right, &mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert_eq!(right, 0);
}
