//! From the text of a mapping file to a checked mapping, beside a bare parse of the same text.

#![expect(
    clippy::unwrap_used,
    clippy::wildcard_imports,
    reason = "a bench stops where something is wrong"
)]

use divan::Bencher;
use divan::counter::BytesCount;
use order_status::builtin;
use order_status::diagnostic::Source;
use order_status::mapping::Mapping;
use toml::de::DeTable;

fn main() {
    divan::main();
}

fn names() -> Vec<&'static str> {
    builtin::ALL.iter().map(|source| source.name).collect()
}

fn named(name: &str) -> Source<'static> {
    *builtin::ALL.iter().find(|source| source.name == name).unwrap()
}

mod one {
    use super::*;

    #[divan::bench(args = names())]
    fn load(bencher: Bencher<'_, '_>, name: &str) {
        let source = named(name);
        bencher.counter(BytesCount::of_str(source.text)).bench(|| Mapping::load(source).unwrap());
    }

    #[divan::bench(args = names())]
    fn bare_parse(bencher: Bencher<'_, '_>, name: &str) {
        let source = named(name);
        bencher.counter(BytesCount::of_str(source.text)).bench(|| DeTable::parse(source.text));
    }
}

mod all {
    use super::*;

    fn bytes() -> BytesCount {
        BytesCount::new(builtin::ALL.iter().map(|source| source.text.len()).sum::<usize>())
    }

    #[divan::bench]
    fn load(bencher: Bencher<'_, '_>) {
        bencher.counter(bytes()).bench(|| {
            builtin::ALL.iter().map(|source| Mapping::load(*source).unwrap()).collect::<Vec<_>>()
        });
    }

    #[divan::bench]
    fn bare_parse(bencher: Bencher<'_, '_>) {
        bencher.counter(bytes()).bench(|| {
            builtin::ALL.iter().map(|source| DeTable::parse(source.text)).collect::<Vec<_>>()
        });
    }
}
