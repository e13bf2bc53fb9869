//! Amounts and quantities, exact to six places.

use core::fmt;
use core::ops::{Add, Sub};

use super::Node;
use crate::currency::minor_unit;

/// A decimal number with six places: enough for money and quantities, and `0.1 + 0.2` is `0.3`.
///
/// ```
/// use order_status::record::Decimal;
///
/// let sum = Decimal::parse("0.1").unwrap() + Decimal::parse("0.20").unwrap();
/// assert_eq!(sum, Decimal::parse("0.3").unwrap());
/// assert_eq!(sum.to_string(), "0.3");
/// assert!(Decimal::parse("1,000").is_none());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i128);

const ONE: i128 = 1_000_000;
const PLACES: usize = 6;

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A plain decimal number such as `-12.50`; digits past the sixth place must be zeros.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty())
            || whole.len() > 20
            || !all_digits(whole)
            || !all_digits(fraction)
        {
            return None;
        }
        let mut value: i128 = 0;
        for byte in
            whole.bytes().chain(fraction.bytes().chain(core::iter::repeat(b'0')).take(PLACES))
        {
            // At most 26 digits.
            value = value * 10 + i128::from(byte - b'0');
        }
        if fraction.bytes().skip(PLACES).any(|byte| byte != b'0') {
            return None;
        }
        Some(Self(if negative { -value } else { value }))
    }

    /// A whole number.
    pub const fn whole(number: i64) -> Self {
        Self(number as i128 * ONE)
    }

    /// The number that a value holds, as a number or as a text.
    pub fn from_node(node: Node<'_>) -> Option<Self> {
        match node {
            Node::Whole(number) => Some(Self::whole(number)),
            Node::Float(number) => Self::from_float(number),
            Node::Text(text) => Self::parse(text),
            Node::Null | Node::Flag(_) | Node::Record(_) | Node::List(_) => None,
        }
    }

    fn from_float(number: f64) -> Option<Self> {
        if !number.is_finite() || number.abs() > 1e15 {
            return None;
        }
        // Rounds half away from zero; `core` has no `round`.
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            reason = "within 1e21, and rounded to six places on purpose"
        )]
        let scaled = (number * ONE as f64 + if number < 0.0 { -0.5 } else { 0.5 }) as i128;
        Some(Self(scaled))
    }

    /// An amount in a currency's smallest unit, in the currency's own unit: 1099 cents are 10.99
    /// dollars, 1099 yen are 1099 yen. `currency` is the ISO 4217 code in any letter case.
    ///
    /// ```
    /// use order_status::record::Decimal;
    ///
    /// assert_eq!(Decimal::whole(1099).from_minor_units("usd").to_string(), "10.99");
    /// assert_eq!(Decimal::whole(1099).from_minor_units("JPY").to_string(), "1099");
    /// ```
    #[must_use]
    pub fn from_minor_units(self, currency: &str) -> Self {
        let divisor = 10_i128.pow(u32::from(minor_unit(currency).unwrap_or(2)));
        Self(self.0 / divisor)
    }

    /// The smallest amount with so many decimal places.
    pub(crate) fn smallest(places: u8) -> Self {
        Self(ONE / 10_i128.pow(u32::from(places.min(6))))
    }

    /// So many times as much.
    pub(crate) fn times(self, count: usize) -> Self {
        Self(self.0.saturating_mul(i128::try_from(count).unwrap_or(i128::MAX)))
    }

    /// The product, rounded down to six places; nothing where it is too large.
    pub(crate) fn by(self, other: Self) -> Option<Self> {
        self.0.checked_mul(other.0).map(|product| Self(product / ONE))
    }

    pub(crate) const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// Is it more than nothing?
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Is it nothing?
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl Add for Decimal {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Decimal {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl core::iter::Sum for Decimal {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, mut fraction) = (
            self.0.unsigned_abs() / ONE.unsigned_abs(),
            self.0.unsigned_abs() % ONE.unsigned_abs(),
        );
        write!(f, "{sign}{whole}")?;
        if fraction != 0 {
            let mut places = PLACES;
            while fraction.is_multiple_of(10) {
                fraction /= 10;
                places -= 1;
            }
            write!(f, ".{fraction:0places$}")?;
        }
        Ok(())
    }
}
