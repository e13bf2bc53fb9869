//! "Did you mean": the known name that resembles a wrong one.

use alloc::vec::Vec;

/// The candidate with the fewest edits from `wrong`, if it is near enough to be meant: at most a
/// third of the longer text's characters, letter case and separators counting nothing.
///
/// ```
/// use order_status::text::nearest;
///
/// assert_eq!(nearest("netsuit", ["netsuite", "shopify"]), Some("netsuite"));
/// assert_eq!(nearest("sap", ["netsuite", "shopify"]), None);
/// ```
pub fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 64;
    let wrong = folded(wrong);
    if wrong.len() > LONGEST {
        return None;
    }
    candidates
        .into_iter()
        .map(|name| (distance(&wrong, &folded(name)), name))
        .filter(|(distance, name)| *distance * 3 <= wrong.len().max(name.chars().count()))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

fn folded(text: &str) -> Vec<char> {
    text.chars()
        .filter(|c| !matches!(c, ' ' | '_' | '-' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Edits (insert, delete, replace, swap of neighbours) that turn one text into the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        let mut left = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let mut cost =
                (cell(&last, j) + usize::from(x != y)).min(left + 1).min(cell(&last, j + 1) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                cost = cost.min(cell(&before_last, j - 1) + 1);
            }
            row.push(cost);
            left = cost;
        }
        before_last = core::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_name_is_suggested_and_a_far_one_is_not() {
        let names = ["partially_refunded", "partially_paid", "paid", "voided"];
        assert_eq!(nearest("partiallyrefunded", names), Some("partially_refunded"));
        assert_eq!(nearest("piad", names), Some("paid"));
        assert_eq!(nearest("Partially Paid", names), Some("partially_paid"));
        assert_eq!(nearest("shipped", names), None);
        assert_eq!(nearest("", names), None);
    }
}
