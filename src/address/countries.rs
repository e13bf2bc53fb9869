//! Every country's own rules, from `countries.tsv`.
//!
//! The table is read when the first address is looked at, a country's pattern when the first address
//! of that country is; both are kept.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::vec::Vec;
use core::fmt;

use once_cell::race::OnceBox;
use regex::{Regex, RegexBuilder};

use super::spelling::{Folded, bare, fold};
use super::{Address, Part, Problem};

static TABLE: &str = include_str!("countries.tsv");

/// The country of this code or name: two letters, three, an old code, or its English name.
pub(super) fn country(text: &str) -> Option<&'static Country> {
    static COUNTRIES: OnceBox<Countries> = OnceBox::new();
    let countries = COUNTRIES.get_or_init(|| Box::new(Countries::read(TABLE)));
    let at = countries.by_name.get(&fold(text))?;
    countries.list.get(*at)
}

struct Countries {
    list: Vec<Country>,
    by_name: BTreeMap<Folded, usize>,
}

/// What one country needs.
pub(super) struct Country {
    code: &'static str,
    need: &'static str,
    /// Has the region to be one of those that are listed?
    closed: bool,
    /// Of the whole postal code, in upper case, letters and digits only.
    accept: Option<&'static str>,
    regions: BTreeSet<Folded>,
    pattern: OnceBox<Option<Regex>>,
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Country({})", self.code)
    }
}

impl Countries {
    fn read(table: &'static str) -> Self {
        let mut countries = Self { list: Vec::new(), by_name: BTreeMap::new() };
        let mut aliases = Vec::new();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            match columns.as_slice() {
                ["=", alias, code] => aliases.push((*alias, *code)),
                ["+", code, _, spellings] => {
                    if let Some(country) = countries.list.last_mut() {
                        let spellings = spellings.split('|').filter(|text| !text.is_empty());
                        country.regions.extend(core::iter::once(*code).chain(spellings).map(fold));
                    }
                }
                [code, alpha_3, name, _, _, need, list, _, accept, ..] => {
                    let at = countries.list.len();
                    for spelling in [code, alpha_3, name] {
                        countries.by_name.entry(fold(spelling)).or_insert(at);
                    }
                    countries.list.push(Country {
                        code,
                        need,
                        closed: *list == "closed",
                        accept: (*accept != "-").then_some(*accept),
                        regions: BTreeSet::new(),
                        pattern: OnceBox::new(),
                    });
                }
                _ => {}
            }
        }
        for (alias, code) in aliases {
            if let Some(at) = countries.by_name.get(&fold(code)).copied() {
                countries.by_name.entry(fold(alias)).or_insert(at);
            }
        }
        countries
    }
}

impl Country {
    /// Everything that is wrong with an address of this country.
    pub(super) fn problems(&self, address: &Address<'_>, found: &mut Vec<Problem>) {
        let needs = Needs::read(self.need);
        let postal_code = address.postal_code.map(bare).filter(|code| !code.is_empty());
        let region = address.region.filter(|text| is_said(text));
        let city = address.city.filter(|text| is_said(text));
        if needs.street && !address.street.is_some_and(is_said) {
            found.push(Problem::Missing(Part::Street));
        }
        // The forces' post has no towns.
        let forces =
            self.code == "GB" && postal_code.as_deref().is_some_and(|code| code.starts_with("BF"));
        let no_city = city.is_none() && !forces;
        if no_city && (needs.city || (needs.either && region.is_none())) {
            found.push(Problem::Missing(Part::City));
        }
        match region {
            None if needs.region => found.push(Problem::Missing(Part::Region)),
            Some(region) if self.closed && !self.knows(region) => {
                found.push(Problem::UnknownRegion);
            }
            Some(_) | None => {}
        }
        match &postal_code {
            None if needs.postal_code => found.push(Problem::Missing(Part::PostalCode)),
            Some(code) if needs.postal_code && !self.accepts(code) => {
                found.push(Problem::MalformedPostalCode);
            }
            // Where a country needs none, another form is nothing to stop a parcel for.
            Some(_) | None => {}
        }
    }

    /// Is it one of the country's regions, with or without the country's code in front?
    fn knows(&self, region: &str) -> bool {
        let region = fold(region);
        let is_listed = |region: &Folded| self.regions.contains(region);
        is_listed(&region) || region.without(&fold(self.code)).is_some_and(|rest| is_listed(&rest))
    }

    fn accepts(&self, code: &str) -> bool {
        let compile = || {
            let whole = format!("^(?:{})$", self.accept?);
            RegexBuilder::new(&whole).unicode(false).build().ok()
        };
        match self.pattern.get_or_init(|| Box::new(compile())) {
            Some(pattern) => pattern.is_match(code),
            None => true,
        }
    }
}

/// The parts that a country needs.
#[expect(clippy::struct_excessive_bools, reason = "one for each part, as the table has it")]
struct Needs {
    street: bool,
    city: bool,
    region: bool,
    postal_code: bool,
    /// A city or a region.
    either: bool,
}

impl Needs {
    fn read(need: &str) -> Self {
        let (alone, either) = match need.split_once("[CS]") {
            Some((before, after)) => ([before, after], true),
            None => ([need, ""], false),
        };
        let has = |part| alone.iter().any(|letters| letters.contains(part));
        Self { street: has('A'), city: has('C'), region: has('S'), postal_code: has('Z'), either }
    }
}

/// Is there more than a dash or a dot?
fn is_said(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let countries = Countries::read(TABLE);
        assert_eq!(countries.list.len(), 252);
        // A line of another shape would be passed over.
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let columns = line.split('\t').count();
            let expected = match line.split('\t').next() {
                Some("=") => 3,
                Some("+") => 4,
                Some(_) | None => 10,
            };
            assert_eq!(columns, expected, "{line}");
        }
        assert!(countries.list.is_sorted_by_key(|country| country.code));
        for country in &countries.list {
            assert!(!country.closed || !country.regions.is_empty(), "{country:?}");
        }
    }

    #[test]
    fn every_pattern_compiles_and_accepts_the_examples_beside_it() {
        let mut examples = 0;
        for line in TABLE.lines().filter(|line| !line.starts_with(['#', '=', '+'])) {
            let columns: Vec<&str> = line.split('\t').collect();
            let country = country(columns[0]).unwrap();
            assert_eq!(country.code, columns[0]);
            for example in columns[9].split(',').filter(|example| *example != "-") {
                assert!(country.accepts(&bare(example)), "{country:?} {example}");
                examples += 1;
            }
            if country.accept.is_some() {
                assert!(country.pattern.get().unwrap().is_some(), "{country:?}");
            }
        }
        assert!(examples > 400, "{examples}");
    }
}
