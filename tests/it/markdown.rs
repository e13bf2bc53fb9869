//! Texts of mapping files in Markdown pages: whatever an author wrote is shown as it was written.

use std::fmt::Write as _;

/// Prose. What stands in backticks stays code, a stressed word stays stressed, addresses become
/// links, and all else loses its special meaning.
pub(crate) fn prose(text: &str) -> String {
    let paired = text.matches('`').count().is_multiple_of(2);
    let mut written = String::new();
    for (place, part) in text.split('`').enumerate() {
        if place % 2 == 1 && paired {
            write!(written, "`{part}`").unwrap();
            continue;
        }
        if place > 0 && !paired {
            written.push_str("\\`");
        }
        let words: Vec<_> = part.split(' ').map(word).collect();
        written.push_str(&words.join(" "));
    }
    written
}

fn word(word: &str) -> String {
    if word.starts_with("https://") || word.starts_with("http://") {
        let outside = if word.contains('(') { &[][..] } else { &[')'] };
        let address = word.trim_end_matches(['.', ',', ';', ':']).trim_end_matches(outside);
        return format!("<{address}>{}", &word[address.len()..]);
    }
    let letters: Vec<char> = word.chars().collect();
    // `*state*` is how authors stress a word.
    let stressed = word.strip_prefix('*').is_some_and(|rest| {
        rest.starts_with(char::is_alphanumeric) && rest.matches('*').count() == 1
    });
    let inside_a_word = |at: usize| {
        let neighbours = [at.checked_sub(1), Some(at + 1)];
        neighbours
            .into_iter()
            .all(|at| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphanumeric()))
    };
    let mut written = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let special = match letter {
            '\\' | '[' | ']' | '<' | '>' | '~' | '$' => true,
            '*' => !stressed,
            '_' => !inside_a_word(at),
            _ => false,
        };
        if special {
            written.push('\\');
        }
        written.push(*letter);
    }
    written
}

/// A code or a path, letter by letter.
pub(crate) fn code(text: &str) -> String {
    if text.is_empty() {
        "the empty text".to_owned()
    } else if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

pub(crate) fn codes<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    texts.into_iter().map(|text| code(text.as_ref())).collect::<Vec<_>>().join(", ")
}

/// A table; in its cells a bar would end the cell, also in code.
pub(crate) fn table<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> String {
    list_table(&head.map(str::to_owned), &rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>())
}

pub(crate) fn list_table(head: &[String], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| {
        let cells: Vec<_> =
            cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rule = format!("|{}\n", "---|".repeat(head.len()));
    let rows: String = rows.iter().map(|row| line(row)).collect();
    format!("{}{rule}{rows}", line(head))
}

/// `1 record`, `2 records`.
pub(crate) fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

#[test]
fn what_an_author_wrote_is_not_taken_for_markdown() {
    assert_eq!(prose("a_b _c_ 2 * d `e_*` [f] <g>"), "a_b \\_c\\_ 2 \\* d `e_*` \\[f\\] \\<g\\>");
    assert_eq!(prose("the *state*, not a*b*"), "the *state*, not a\\*b\\*");
    assert_eq!(prose("one ` alone"), "one \\` alone");
    assert_eq!(prose("see https://example.com/a_b, here"), "see <https://example.com/a_b>, here");
    assert_eq!(code("a`b"), "`` a`b ``");
    assert_eq!(table(["a"], &[[code("b|c")]]), "| a |\n|---|\n| `b\\|c` |\n");
}
