//! A channel by itself: it loads and links without the others, and loading costs little more than
//! reading the text.
//!
//! | law | says |
//! |---|---|
//! | linked | a program that names one channel's constant holds that file and no other |
//! | shown | the program prints each channel's table, every field and every code of it |
//! | cheap | loading all files costs at most three times a bare parse of the same texts |

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use allocation_counter::measure;
use order_status::builtin;
use order_status::mapping::{Field, Mapping, Row};
use toml::de::DeTable;

use crate::channels::{ids, load, text};

/// An example beside the test binary: `cargo test` builds those of its profile.
fn example(name: &str) -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let profile = tests.parent().and_then(Path::parent).unwrap();
    let path = profile.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(path.exists(), "{} is not there: `cargo build --examples`", path.display());
    path
}

/// Enough of a file to know it by, and no more than stands in one piece: its title and API.
fn mark(text: &str) -> &str {
    let from = text.find("\nschema").unwrap();
    let to = text.find("\nsources").unwrap();
    &text[from..to]
}

#[test]
fn a_program_that_names_one_channel_holds_no_other() {
    let program = std::fs::read(example("one_channel")).unwrap();
    // As a text: looking for one is fast, for bytes it is not.
    let program = String::from_utf8_lossy(&program);
    // The program may be older than a file, but not than its title.
    let held: Vec<_> = builtin::ALL
        .iter()
        .filter(|source| program.contains(mark(source.text)))
        .map(|source| source.name)
        .collect();
    assert_eq!(held, ["mappings/stripe.toml"]);
}

#[test]
fn the_marks_are_found_where_the_files_are() {
    let program = std::fs::read(example("order-status")).unwrap();
    let program = String::from_utf8_lossy(&program);
    for source in builtin::ALL {
        assert!(program.contains(mark(source.text)), "{} is not held", source.name);
    }
}

#[test]
fn every_channel_is_shown_with_all_its_fields_and_codes() {
    let program = example("order-status");
    for id in &ids() {
        let mapping = load(id);
        let run = Command::new(&program).args(["show", id, "--format", "ndjson"]).output().unwrap();
        let errors = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success() && errors.is_empty(), "{id}: {errors}");
        let tables: Vec<serde_json::Value> = String::from_utf8(run.stdout)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let fields: Vec<_> = mapping.fields().iter().map(Field::name).collect();
        let shown: Vec<_> = tables.iter().map(|table| table["field"].as_str().unwrap()).collect();
        assert_eq!(shown, fields, "{id}");
        for (field, table) in mapping.fields().iter().zip(&tables) {
            let codes: Vec<_> = field.rows().iter().map(Row::code).collect();
            let statuses = table["statuses"].as_array().unwrap();
            let shown: Vec<_> = statuses.iter().map(|row| row["code"].as_str().unwrap()).collect();
            assert_eq!(shown, codes, "{id} `{}`", field.name());
            assert_eq!(table["show"].is_null(), field.show().is_none(), "{id} `{}`", field.name());
        }
        // For people it is a table, one field under another.
        let people = Command::new(&program).args(["show", id]).output().unwrap();
        let people = String::from_utf8(people.stdout).unwrap();
        assert!(fields.iter().all(|field| people.contains(field)), "{id}");
    }
}

/// The middle one of several runs.
fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..5)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[2]
}

fn load_all(texts: &[(String, String)]) {
    for (id, text) in texts {
        let source = order_status::diagnostic::Source::new(id, text);
        std::hint::black_box(Mapping::load(source).unwrap());
    }
}

fn parse_all(texts: &[(String, String)]) {
    for (_, text) in texts {
        std::hint::black_box(DeTable::parse(text).unwrap());
    }
}

/// The bound that is promised is one of time. Other work on the machine makes times uneven, so that
/// the best of some tries counts. Allocations are the same each time: of them a load, which keeps
/// every name and every reason as a text, makes more, and no more than this.
#[test]
fn loading_all_costs_at_most_three_times_a_bare_parse() {
    let texts: Vec<(String, String)> =
        ids().into_iter().map(|id| (id.clone(), text(&id))).collect();
    let parsed = measure(|| parse_all(&texts)).count_total;
    let loaded = measure(|| load_all(&texts)).count_total;
    assert!(parsed > 0 && loaded <= 5 * parsed, "{loaded} allocations, a bare parse {parsed}");
    let ratio = || {
        let (parse, load) = (median(|| parse_all(&texts)), median(|| load_all(&texts)));
        load.as_secs_f64() / parse.as_secs_f64()
    };
    let mut ratios = Vec::new();
    while ratios.len() < 8 && ratios.last().is_none_or(|last| *last > 3.0) {
        ratios.push(ratio());
    }
    eprintln!(
        "loading against parsing: {loaded} of {parsed} allocations, {ratios:.2?} of the time"
    );
    assert!(ratios.iter().any(|ratio| *ratio <= 3.0), "{ratios:.2?} times a bare parse");
}
