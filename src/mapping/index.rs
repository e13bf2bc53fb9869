//! From the text that a system sent to the rows that stand for it.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::hash::{BuildHasher as _, Hasher};

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use super::model::{Field, Named, Row};
use super::words::Absence;
use crate::state::StateSet;
use crate::text::{Outline, Span, nearest_of};

/// What a mapping answers for one value of one field; never a guess.
///
/// ```
/// # #[cfg(feature = "builtin")] {
/// use order_status::mapping::{Mapping, Resolution};
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let financial = shopify.field("financial").unwrap();
/// assert!(matches!(shopify.look_up(financial, "paid"), Resolution::Mapped(_)));
/// assert!(matches!(
///     shopify.look_up(financial, "partiallyrefunded"),
///     Resolution::Unmapped { nearest: Some("partially_refunded") }
/// ));
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "whoever looks a status up must answer each")]
pub enum Resolution<'m> {
    /// These rows stand for it: one, or several whose conditions exclude each other.
    Mapped(&'m [Row]),
    /// No row stands for it.
    Unmapped {
        /// The declared code that resembles it most, if any does.
        nearest: Option<&'m str>,
    },
    /// There is no value, in this way.
    Missing(Absence),
    /// The value is known and says nothing of a customer's order, for this reason.
    Ignored(&'m str),
    /// The value has a shape that a status cannot have: an object, a list, a text where a number
    /// belongs.
    Unreadable {
        /// What was found.
        found: &'static str,
    },
}

impl Resolution<'_> {
    /// `mapped`, `unmapped`, `missing`, `ignored` or `unreadable`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mapped(_) => "mapped",
            Self::Unmapped { .. } => "unmapped",
            Self::Missing(_) => "missing",
            Self::Ignored(_) => "ignored",
            Self::Unreadable { .. } => "unreadable",
        }
    }

    /// What the rows claim together, facts and conditions left aside; nothing without rows.
    pub fn claim(self) -> Option<StateSet> {
        match self {
            Self::Mapped(rows) => {
                Some(rows.iter().fold(StateSet::EMPTY, |claim, row| claim | row.claim))
            }
            Self::Unmapped { .. }
            | Self::Missing(_)
            | Self::Ignored(_)
            | Self::Unreadable { .. } => None,
        }
    }
}

/// The spellings of one field's codes.
#[derive(Clone, Debug, Default)]
pub(super) struct CodeIndex {
    spellings: Vec<(Box<str>, u16)>,
    /// Per spelling.
    outlines: Vec<Outline>,
    table: HashTable<u32>,
    /// Per code.
    groups: Vec<Group>,
    fold: bool,
    strip: Vec<Box<str>>,
}

/// One code: its rows, neighbours in the field's list.
#[derive(Clone, Copy, Debug)]
struct Group {
    start: u16,
    end: u16,
    /// Repeated here, so that a look-up of a mapped code need not touch the row.
    ignored: bool,
}

/// Two codes that are one.
pub(super) struct Collision {
    pub(super) first: Span,
    pub(super) second: Span,
    pub(super) same_text: bool,
    pub(super) spelling: Box<str>,
}

impl CodeIndex {
    /// Builds the index and brings rows of one code together; tells which spellings collide.
    pub(super) fn build(field: &mut Field) -> (Self, Vec<Collision>) {
        let mut index = Self { fold: field.fold, strip: field.strip.clone(), ..Self::default() };
        let mut collisions = Vec::new();
        field.rows = bring_together(core::mem::take(&mut field.rows));
        let mut spans: Vec<Span> = Vec::new();
        let mut start = 0;
        while let Some(first) = field.rows.get(start) {
            let len = field
                .rows
                .iter()
                .skip(start)
                .take_while(|row| row.code.name == first.code.name)
                .count();
            let group = u16::try_from(index.groups.len()).unwrap_or(u16::MAX);
            let cut = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
            let ignored = field.ignored.is_some() || first.ignored.is_some();
            index.groups.push(Group { start: cut(start), end: cut(start + len), ignored });
            let rows = field.rows.iter().skip(start).take(len);
            let also = rows.enumerate().flat_map(|(at, row)| {
                // The rows of one code may repeat its spellings, or only the first lists them.
                row.also.iter().filter(move |also| {
                    at == 0 || !first.also.iter().any(|known| known.name == also.name)
                })
            });
            for named in core::iter::once(&first.code).chain(also) {
                if let Some(earlier) = index.insert(named, group, &mut spans) {
                    collisions.push(earlier);
                }
            }
            start += len;
        }
        (index, collisions)
    }

    fn insert(&mut self, named: &Named, group: u16, spans: &mut Vec<Span>) -> Option<Collision> {
        let hash = self.hash(&named.name);
        if let Some(at) = self.position(&named.name, hash) {
            let (text, _) = self.spellings.get(at)?;
            return Some(Collision {
                first: spans.get(at).copied().unwrap_or_default(),
                second: named.span,
                same_text: *text == named.name,
                spelling: named.name.clone(),
            });
        }
        let at = u32::try_from(self.spellings.len()).ok()?;
        self.spellings.push((named.name.clone(), group));
        self.outlines.push(Outline::of(&named.name));
        spans.push(named.span);
        let (spellings, fold) = (&self.spellings, self.fold);
        self.table.insert_unique(hash, at, |at| {
            spellings.get(*at as usize).map_or(0, |(text, _)| hash_of(text, fold))
        });
        None
    }

    /// The code's number among the field's codes, its rows, and whether it is ignored.
    #[inline]
    pub(super) fn find(&self, text: &str) -> Option<(u16, core::ops::Range<usize>, bool)> {
        let group = self.group(text).or_else(|| {
            let stripped = self.strip.iter().find_map(|prefix| text.strip_prefix(&**prefix))?;
            self.group(stripped)
        })?;
        let Group { start, end, ignored } = *self.groups.get(usize::from(group))?;
        Some((group, usize::from(start)..usize::from(end), ignored))
    }

    fn group(&self, text: &str) -> Option<u16> {
        let at = self.position(text, self.hash(text))?;
        self.spellings.get(at).map(|(_, group)| *group)
    }

    fn position(&self, text: &str, hash: u64) -> Option<usize> {
        let same = |at: &u32| {
            self.spellings.get(*at as usize).is_some_and(|(known, _)| {
                **known == *text || (self.fold && known.eq_ignore_ascii_case(text))
            })
        };
        self.table.find(hash, same).map(|at| *at as usize)
    }

    fn hash(&self, text: &str) -> u64 {
        hash_of(text, self.fold)
    }

    /// The declared spelling that resembles a text most.
    pub(super) fn nearest(&self, text: &str) -> Option<&str> {
        let spellings = self.spellings.iter().map(|(spelling, _)| &**spelling);
        nearest_of(text, spellings.zip(self.outlines.iter().copied()))
    }

    pub(super) fn groups(&self) -> usize {
        self.groups.len()
    }

    pub(super) fn rows(&self, group: u16) -> core::ops::Range<usize> {
        self.groups
            .get(usize::from(group))
            .map_or(0..0, |group| usize::from(group.start)..usize::from(group.end))
    }
}

fn hash_of(text: &str, fold: bool) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    if fold {
        let (words, rest) = text.as_bytes().as_chunks::<8>();
        for word in words {
            hasher.write_u64(lower_case(u64::from_le_bytes(*word)));
        }
        let last = rest.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte));
        hasher.write_u64(lower_case(last));
    } else {
        hasher.write(text.as_bytes());
    }
    hasher.finish()
}

/// Eight bytes of text with ASCII letters in lower case, all at once: a folded look-up is to cost
/// no more than an exact one.
const fn lower_case(word: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    let low_bits = word & !HIGH;
    // The highest bit of a byte tells whether it is at least `A`, and whether it is past `Z`.
    let from_a = low_bits + (0x80 - b'A' as u64) * EACH;
    let past_z = low_bits + (0x7f - b'Z' as u64) * EACH;
    let upper = (from_a ^ past_z) & !word & HIGH;
    word | (upper >> 2)
}

/// Rows of one code behind its first row, all else in the order of the file.
fn bring_together(rows: Vec<Row>) -> Vec<Row> {
    if rows.iter().all(|row| !row.is_conditional()) {
        return rows;
    }
    let mut sorted: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        let behind = sorted
            .iter()
            .rposition(|known| known.code.name == row.code.name && row.is_conditional());
        match behind {
            Some(at) => sorted.insert(at + 1, row),
            None => sorted.push(row),
        }
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_bytes_are_folded_as_each_of_them_is() {
        for byte in 0..=u8::MAX {
            for neighbour in [0, b'A', b'z', 0x7f, 0x80, 0xff] {
                let text = [neighbour, byte, byte, neighbour, byte, neighbour, 0, byte];
                let folded = lower_case(u64::from_le_bytes(text)).to_le_bytes();
                assert_eq!(folded, text.map(|byte| byte.to_ascii_lowercase()), "{text:?}");
            }
        }
    }
}
