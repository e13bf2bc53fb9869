//! Currencies: the codes of ISO 4217, and how small the money gets.

/// How many decimal places the currency's smallest unit has; nothing where the code is none of
/// ISO 4217. Letter case does not count.
pub(crate) fn minor_unit(code: &str) -> Option<u8> {
    let code: [u8; 3] = code.as_bytes().try_into().ok()?;
    let code = code.map(|letter| letter.to_ascii_uppercase());
    let at = CODES.binary_search_by(|known| known.as_bytes().cmp(&code)).ok()?;
    let known = CODES.get(at)?;
    Some(if WHOLE_UNITS.contains(known) {
        0
    } else if THOUSANDTHS.contains(known) {
        3
    } else if TEN_THOUSANDTHS.contains(known) {
        4
    } else {
        2
    })
}

/// ISO 4217, list one, as of 2026-01-01: currencies in which something can be sold. Metals, test
/// codes and units of account (XAU, XTS, XXX, XDR ...) are left out.
const CODES: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BHD",
    "BIF", "BMD", "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF",
    "CHE", "CHF", "CHW", "CLF", "CLP", "CNY", "COP", "COU", "CRC", "CUP", "CVE", "CZK", "DJF",
    "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP",
    "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR",
    "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT",
    "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP",
    "MRU", "MUR", "MVR", "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR",
    "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB",
    "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN",
    "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH",
    "UGX", "USD", "USN", "UYI", "UYU", "UYW", "UZS", "VED", "VES", "VND", "VUV", "WST", "XAD",
    "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
];

/// Currencies without a smaller unit.
const WHOLE_UNITS: &[&str] = &[
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
    "VUV", "XAF", "XOF", "XPF",
];

const THOUSANDTHS: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

const TEN_THOUSANDTHS: &[&str] = &["CLF", "UYW"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_exponents_are_of_codes() {
        assert!(CODES.is_sorted_by(|a, b| a < b));
        for code in WHOLE_UNITS.iter().chain(THOUSANDTHS).chain(TEN_THOUSANDTHS) {
            assert!(CODES.contains(code), "{code}");
        }
        assert_eq!(
            ["EUR", "usd", "JPY", "KWD", "UYW", "XYZ", "EURO", ""].map(minor_unit),
            [Some(2), Some(2), Some(0), Some(3), Some(4), None, None, None]
        );
    }
}
