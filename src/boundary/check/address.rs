//! The address: one that a parcel can be sent to.

use alloc::format;
use alloc::vec::Vec;

use super::{Input, is_shop, taken, text, written};
use crate::address::{Address, Part, problems};
use crate::boundary::rules;
use crate::boundary::ticket::{Release, Violation};
use crate::mapping::boundary::Address as Paths;
use crate::reading::first;
use crate::record::{Path, Record};

pub(super) fn check(input: &Input<'_, '_>, found: &mut Vec<Violation>) {
    if !is_shop(input) {
        return;
    }
    let declared =
        input.mapping.boundary().filter(|known| *known.record.name == *input.kind.name());
    let Some(paths) = declared.and_then(|boundary| boundary.address.as_ref()) else {
        let message = "the mapping does not say where the address stands";
        let violation = Violation::new(&rules::MALFORMED_ADDRESS, message);
        found.push(violation.release(Release::Declare { key: "address".into() }));
        return;
    };
    let Some(address) = place(paths, input.record) else {
        let violation = Violation::new(&rules::MALFORMED_ADDRESS, "there is no address");
        found.push(violation.at(written(&paths.at)).correct());
        return;
    };
    let part = |paths: &[Path]| text(paths, address);
    let (country, region, city) = (part(&paths.country), part(&paths.region), part(&paths.city));
    let (postal_code, street) = (part(&paths.postal_code), part(&paths.street));
    let written = Address {
        country: country.as_deref(),
        region: region.as_deref(),
        city: city.as_deref(),
        postal_code: postal_code.as_deref(),
        street: street.as_deref(),
    };
    for problem in problems(&written) {
        let path = taken(paths_of(paths, problem.part()), address);
        let path = match taken(&paths.at, input.record) {
            "" => path.into(),
            outer => format!("{outer}.{path}"),
        };
        let violation = Violation::new(&rules::MALFORMED_ADDRESS, format!("{problem}"));
        found.push(violation.at(path).correct());
    }
}

/// The address inside the order; the order itself where its parts lie there.
fn place<'a>(paths: &Paths, record: &'a dyn Record) -> Option<&'a dyn Record> {
    if paths.at.is_empty() {
        return Some(record);
    }
    first(&paths.at, record)?.as_record()
}

fn paths_of(paths: &Paths, part: Part) -> &[Path] {
    match part {
        Part::Country => &paths.country,
        Part::Region => &paths.region,
        Part::City => &paths.city,
        Part::PostalCode => &paths.postal_code,
        Part::Street => &paths.street,
    }
}
