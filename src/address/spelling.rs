//! One name in many spellings.

use alloc::string::String;

/// A name without what people write differently: letter case, accents that stand apart, spaces and
/// punctuation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Folded(String);

impl Folded {
    /// What follows a prefix, where something does.
    pub(super) fn without(&self, prefix: &Self) -> Option<Self> {
        self.0.strip_prefix(&prefix.0).filter(|rest| !rest.is_empty()).map(|rest| Self(rest.into()))
    }
}

/// Folds a name. Marks that belong to a script (vowel signs of Thai or Hindi) stay.
pub(super) fn fold(text: &str) -> Folded {
    let counts = |c: &char| c.is_alphanumeric() || (!c.is_ascii() && !is_accent(*c) && is_mark(*c));
    Folded(text.chars().filter(counts).flat_map(char::to_lowercase).collect())
}

/// A postal code without what people write differently: upper case, letters and digits of ASCII.
pub(super) fn bare(text: &str) -> String {
    text.chars()
        .map(narrow)
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Full-width letters, and digits of Arabic, Persian and Devanagari, as ASCII.
fn narrow(c: char) -> char {
    let digit = |zero: u32| char::from_digit(u32::from(c) - zero, 10).unwrap_or(c);
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{660}'..='\u{669}' => digit(0x660),
        '\u{6f0}'..='\u{6f9}' => digit(0x6f0),
        '\u{966}'..='\u{96f}' => digit(0x966),
        _ => c,
    }
}

/// Accents of Latin letters that stand apart from their letter.
const fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Vowel signs and the like; spaces and punctuation of any script are none.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{dff}' | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one() {
        assert_eq!(fold("New South-Wales "), fold("newsouthwales"));
        assert_eq!(fold("São Paulo"), fold("são paulo"));
        assert_eq!(fold("Sa\u{303}o Paulo"), fold("Sao Paulo"));
        assert_ne!(fold("กาญจนบุรี"), fold("กาญจนบร"));
        assert_eq!(fold("JP-13").without(&fold("jp")), Some(fold("13")));
    }

    #[test]
    fn codes_in_other_digits_are_codes() {
        for text in ["154-0023", "〒154-0023", "１５４－００２３", "154 0023"] {
            assert_eq!(bare(text), "1540023", "{text}");
        }
        assert_eq!(bare("k1a 0b1"), "K1A0B1");
        assert_eq!(bare(" - "), "");
    }
}
