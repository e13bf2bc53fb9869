//! Raw text from other systems, made safe for a terminal and a log.

use core::fmt::{self, Write as _};

/// Prints at most 64 characters of a text, with everything escaped that could steer a terminal or
/// fool an eye: control characters, bidirectional overrides, invisible and unassigned characters.
///
/// ```
/// use order_status::text::Escaped;
///
/// assert_eq!(Escaped("paid").to_string(), "paid");
/// assert_eq!(Escaped("pa\u{1b}[2Jid").to_string(), "pa\\u{1b}[2Jid");
/// assert_eq!(Escaped(&"x".repeat(100)).to_string().chars().count(), 65);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a transparent adapter for formatting")]
pub struct Escaped<'a>(pub &'a str);

const SHOWN: usize = 64;

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.chars();
        for c in rest.by_ref().take(SHOWN) {
            // `escape_debug` knows which characters print nothing; quotes are harmless here.
            if matches!(c, '\'' | '"') {
                f.write_char(c)?;
            } else if is_format_character(c) {
                write!(f, "{}", c.escape_unicode())?;
            } else {
                write!(f, "{}", c.escape_debug())?;
            }
        }
        if rest.next().is_some() { f.write_char('…') } else { Ok(()) }
    }
}

/// Characters of Unicode category Cf that reorder or hide their neighbours.
const fn is_format_character(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
