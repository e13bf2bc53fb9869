//! Text: places in a file, names that resemble each other, and raw text made safe to print.

mod escape;
mod nearest;
mod span;

pub use self::escape::Escaped;
pub use self::nearest::nearest;
pub(crate) use self::nearest::{Outline, nearest_of};
pub use self::span::{Lines, Position, Span};
