//! The shipped mapping files, read from the tree, and the laws that hold for each as a whole.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use order_status::builtin;
use order_status::diagnostic::Source;
use order_status::facet::{Facet, Fulfillment};
use order_status::mapping::{Mapping, Resolution, lint};
use order_status::reading::{Known, Native};

/// The ids of the mapping files in the tree, in alphabetical order.
///
/// Whoever works on one file names it in the environment, `ORDER_STATUS_CHANNEL=stripe`, and waits
/// for no other.
pub(crate) fn ids() -> Vec<String> {
    match std::env::var("ORDER_STATUS_CHANNEL") {
        Ok(one) => vec![one],
        Err(_) => all_ids(),
    }
}

/// Are all channels tested, and not one by its name?
pub(crate) fn all_are_tested() -> bool {
    std::env::var_os("ORDER_STATUS_CHANNEL").is_none()
}

fn all_ids() -> Vec<String> {
    let mut ids: Vec<String> = std::fs::read_dir(tree().join("mappings"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    ids.sort();
    ids
}

pub(crate) fn tree() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn path(id: &str) -> PathBuf {
    tree().join("mappings").join(id).with_extension("toml")
}

/// The text of a mapping file.
pub(crate) fn text(id: &str) -> String {
    std::fs::read_to_string(path(id)).unwrap()
}

/// The mapping of a channel.
pub(crate) fn load(id: &str) -> Mapping {
    match Mapping::load(Source::new(id, &text(id))) {
        Ok(mapping) => mapping,
        Err(report) => unreadable(&report.to_string()),
    }
}

#[expect(clippy::panic, reason = "tests stop where something is wrong")]
fn unreadable(report: &str) -> ! {
    panic!("{report}")
}

#[test]
fn every_file_is_shipped_and_no_other() {
    let shipped: Vec<_> = builtin::ALL.iter().map(|source| source.name.to_owned()).collect();
    let files: Vec<_> = all_ids().iter().map(|id| format!("mappings/{id}.toml")).collect();
    assert_eq!(shipped, files);
}

/// Examples hold, the way back leads back, nothing is wider than it must be.
#[test]
fn lint_finds_nothing() {
    let found: String =
        ids().iter().map(|id| lint(Source::new(id, &text(id)), None).to_string()).collect();
    assert!(found.is_empty(), "{found}");
}

#[test]
fn a_file_says_whose_it_is() {
    for id in &ids() {
        let mapping = load(id);
        assert_eq!(mapping.channel().id(), id);
        assert!(mapping.channel().sources().len() > 0, "{id} names no source");
    }
}

/// What a mapping file says that it cannot show, remark by remark.
pub(crate) fn cannot_show(text: &str) -> Vec<String> {
    let remark = |rest: &str| {
        let lines = rest.lines().enumerate();
        let said: Vec<_> = lines
            .take_while(|(at, line)| *at == 0 || line.starts_with("# "))
            .map(|(_, line)| line.trim_start_matches('#').trim())
            .collect();
        said.join(" ")
    };
    text.split("\n# cannot show:").skip(1).map(remark).collect()
}

/// What a channel should show of an order, and the words by which an example is known that shows it:
/// whole expressions, since "a partial refund" is no partial shipment.
const TO_SHOW: [(&str, &[&str]); 3] = [
    ("partial shipment", &["partial shipment", "partial delivery", "partly shipped"]),
    ("split shipment", &["split shipment", "split over two", "two parcels of one order"]),
    ("vendor-direct", &["vendor-direct", "drop ship vendor"]),
];

/// What it has no example of stands in the file as a remark.
#[test]
fn partial_split_and_vendor_direct_are_shown_or_explained() {
    for id in &ids() {
        let text = text(id);
        let file: serde_json::Value = toml::from_str(&text).unwrap();
        let names: Vec<String> = file["example"]
            .as_array()
            .unwrap()
            .iter()
            .map(|example| example["name"].as_str().unwrap().to_lowercase())
            .collect();
        let excuses = cannot_show(&text.to_lowercase()).concat();
        for (what, words) in TO_SHOW {
            let named = names.iter().any(|name| words.iter().any(|word| name.contains(word)));
            assert!(
                named || excuses.contains(what),
                "{id}: no example of a {what}, and no `# cannot show:`"
            );
        }
    }
}

/// An example that is called a partial shipment is one: something has left of what it reads, and
/// perhaps not all.
#[test]
fn what_is_called_a_partial_shipment_may_be_one() {
    let (_, words) = TO_SHOW[0];
    for id in &ids() {
        let mapping = load(id);
        let file: serde_json::Value = toml::from_str(&text(id)).unwrap();
        let examples = file["example"].as_array().unwrap().iter();
        for example in examples {
            let name = example["name"].as_str().unwrap().to_lowercase();
            if !words.iter().any(|word| name.contains(word)) {
                continue;
            }
            let record = &example["record"];
            let kind = match example.get("of") {
                Some(of) => mapping.record(of.as_str().unwrap()),
                None => mapping.recognise(record),
            };
            let reading = mapping.read(kind.unwrap(), record, &Known::new());
            let claim = reading.claim_of_the_order().states;
            assert!(
                claim.of(Facet::Fulfillment).contains(Fulfillment::PartiallyShipped),
                "{id}: {name:?} reads {claim}"
            );
        }
    }
}

/// A path that no example ever reads may be one that no payload has.
#[test]
fn every_field_is_read_in_some_example() {
    for id in &ids() {
        let mapping = load(id);
        let file: serde_json::Value = toml::from_str(&text(id)).unwrap();
        let mut read = BTreeSet::new();
        for example in file["example"].as_array().unwrap() {
            let record = &example["record"];
            let kind = match example.get("of") {
                Some(of) => mapping.record(of.as_str().unwrap()),
                None => mapping.recognise(record),
            };
            let reading = mapping.read(kind.unwrap(), record, &Known::new());
            let understood = |native: &&Native<'_>| {
                matches!(native.resolution, Resolution::Mapped(_) | Resolution::Ignored(_))
            };
            read.extend(
                reading.natives.iter().filter(understood).map(|native| native.field.name()),
            );
        }
        let fields = mapping.fields().iter().filter(|field| field.ignored().is_none());
        let unread: Vec<_> = fields
            .map(order_status::mapping::Field::name)
            .filter(|name| !read.contains(name))
            .collect();
        assert!(unread.is_empty(), "{id}: no example reads {unread:?}");
    }
}
