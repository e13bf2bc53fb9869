//! "Did you mean": the known name that resembles a wrong one.

/// Longer texts are not suggested for: nobody mistypes that much.
const LONGEST: usize = 64;
/// Longer names are not suggested; one that resembles a text of [`LONGEST`] is shorter.
const LONGEST_NAME: usize = LONGEST * 3 / 2;

/// The candidate with the fewest edits from `wrong`, if it is near enough to be meant: at most a
/// third of the longer text's characters, letter case and separators counting nothing.
///
/// ```
/// use order_status::text::nearest;
///
/// let codes = ["paid", "partially_refunded", "refunded"];
/// assert_eq!(nearest("partiallyRefunded", codes), Some("partially_refunded"));
/// assert_eq!(nearest("shipped", codes), None);
/// ```
pub fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_of(wrong, candidates.into_iter().map(|name| (name, Outline::of(name))))
}

/// The same for candidates that were outlined before.
///
/// Asked for every value that a mapping does not know, so it allocates nothing, looks closer only at
/// candidates whose outlines are alike, and leaves one as soon as it can no longer be the nearest.
pub(crate) fn nearest_of<'a>(
    wrong: &str,
    candidates: impl Iterator<Item = (&'a str, Outline)>,
) -> Option<&'a str> {
    let outline = Outline::of(wrong);
    let wrong = Folded::<LONGEST>::new(wrong)?;
    let mut best: Option<(usize, &str)> = None;
    for (name, known) in candidates {
        let near_enough = wrong.len.max(known.written) / 3;
        // Of several equally near ones the first is meant.
        let limit = match best {
            Some((0, _)) => break,
            Some((distance, _)) => near_enough.min(distance - 1),
            None => near_enough,
        };
        if outline.least_edits(known) > limit {
            continue;
        }
        let Some(known) = Folded::<LONGEST_NAME>::new(name) else { continue };
        if let Some(distance) = distance(wrong.chars(), known.chars(), limit) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// What tells at a glance that two texts are far apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outline {
    /// One bit for each character that counts; several characters may share one.
    letters: u64,
    /// How many characters count.
    len: usize,
    /// How many characters there are.
    written: usize,
}

impl Outline {
    pub(crate) fn of(text: &str) -> Self {
        let blank = Self { letters: 0, len: 0, written: text.chars().count() };
        folded(text).fold(blank, |outline, c| Self {
            letters: outline.letters | 1 << (u32::from(c) % u64::BITS),
            len: outline.len + 1,
            ..outline
        })
    }

    /// Edits that are needed at the least: one takes away or brings in one character.
    fn least_edits(self, other: Self) -> usize {
        let missing = |a: u64, b: u64| (a & !b).count_ones() as usize;
        self.len
            .abs_diff(other.len)
            .max(missing(self.letters, other.letters))
            .max(missing(other.letters, self.letters))
    }
}

/// The characters that count, in lower case.
fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !matches!(c, ' ' | '_' | '-' | '.')).flat_map(char::to_lowercase)
}

/// The characters of a text that count, in lower case.
struct Folded<const N: usize> {
    chars: [char; N],
    len: usize,
}

impl<const N: usize> Folded<N> {
    fn new(text: &str) -> Option<Self> {
        let mut kept = Self { chars: ['\0'; N], len: 0 };
        for c in folded(text) {
            *kept.chars.get_mut(kept.len)? = c;
            kept.len += 1;
        }
        Some(kept)
    }

    fn chars(&self) -> &[char] {
        self.chars.get(..self.len).unwrap_or_default()
    }
}

/// Edits up to some place in a text of [`LONGEST_NAME`]; small, as a row is made for each character.
type Row = [u8; ROW];
const ROW: usize = LONGEST_NAME + 1;

/// More edits than any two texts are apart, and one can be added.
const FAR: u8 = u8::MAX - 1;

/// Edits (insert, delete, replace, swap of neighbours) that turn one text into the other, if they
/// are at most `limit`. `b` has at most [`LONGEST_NAME`] characters.
fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let cell = |row: &Row, at: usize| row.get(at).copied().unwrap_or(FAR);
    let mut before_last: Row = [FAR; ROW];
    let mut last: Row = [FAR; ROW];
    last.iter_mut().zip(0..).for_each(|(edits, at)| *edits = at);
    let mut least_of_last = 0;
    for (i, x) in a.iter().enumerate() {
        let mut row: Row = [FAR; ROW];
        let mut left = cell(&last, 0) + 1;
        let mut least = left;
        let mut before = None;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for ((j, y), into) in b.iter().enumerate().zip(row.iter_mut().skip(1)) {
            let mut cost =
                (cell(&last, j) + u8::from(x != y)).min(left + 1).min(cell(&last, j + 1) + 1);
            let swapped = i > 0 && before == Some(x) && a.get(i - 1) == Some(y);
            if swapped {
                cost = cost.min(cell(&before_last, j - 1) + 1);
            }
            *into = cost;
            left = cost;
            least = least.min(cost);
            before = Some(y);
        }
        // Every way on leads through this row, or with a swap through the one before.
        if usize::from(least) > limit && usize::from(least_of_last) + 1 > limit {
            return None;
        }
        least_of_last = least;
        before_last = core::mem::replace(&mut last, row);
    }
    Some(usize::from(cell(&last, b.len()))).filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use alloc::string::String;
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_near_name_is_suggested_and_a_far_one_is_not() {
        let names = ["partially_refunded", "partially_paid", "paid", "voided"];
        assert_eq!(nearest("partiallyrefunded", names), Some("partially_refunded"));
        assert_eq!(nearest("piad", names), Some("paid"));
        assert_eq!(nearest("Partially Paid", names), Some("partially_paid"));
        assert_eq!(nearest("shipped", names), None);
        assert_eq!(nearest("", names), None);
        assert_eq!(
            nearest("pai", ["paid", "pair"]),
            Some("paid"),
            "the first of equally near ones"
        );
        assert_eq!(nearest(&"paid".repeat(20), names), None);
    }

    /// The edits by trying all of them: what is compared with must be too simple to be wrong.
    fn tried(a: &[char], b: &[char]) -> usize {
        match (a, b) {
            ([], rest) | (rest, []) => rest.len(),
            ([x, a_rest @ ..], [y, b_rest @ ..]) => {
                let replaced = tried(a_rest, b_rest) + usize::from(x != y);
                let best = replaced.min(tried(a_rest, b) + 1).min(tried(a, b_rest) + 1);
                match (a_rest, b_rest) {
                    ([x2, a_rest @ ..], [y2, b_rest @ ..]) if x == y2 && x2 == y => {
                        best.min(tried(a_rest, b_rest) + 1)
                    }
                    (_, _) => best,
                }
            }
        }
    }

    proptest! {
        #[test]
        fn edits_are_the_fewest_and_a_limit_changes_nothing_below_it(
            a in "[abc]{0,6}", b in "[abc]{0,6}", limit in 0usize..8,
        ) {
            let chars = |text: &String| text.chars().collect::<Vec<_>>();
            let (a, b) = (chars(&a), chars(&b));
            let fewest = tried(&a, &b);
            prop_assert_eq!(distance(&a, &b, limit), Some(fewest).filter(|fewest| *fewest <= limit));
        }

        #[test]
        fn an_outline_never_asks_for_more_edits_than_there_are(a in "[abc]{0,6}", b in "[a-d]{0,6}") {
            let chars = |text: &String| text.chars().collect::<Vec<_>>();
            let fewest = tried(&chars(&a), &chars(&b));
            prop_assert!(Outline::of(&a).least_edits(Outline::of(&b)) <= fewest);
        }
    }
}
