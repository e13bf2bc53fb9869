use order_status::diagnostic::{Source, render};
use order_status::mapping::{Mapping, lint};
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        let source = Source::new(&path, &text);
        match Mapping::load(source) {
            Ok(_) => println!("{path}: loads"),
            Err(r) => println!("{path}: {} load errors", r.iter().len()),
        }
        let report = lint(source, None);
        println!("{path}: {} findings", report.iter().len());
        if std::env::var("CARETS").is_ok() {
            print!("{}", render(&report, source, false));
        } else {
            print!("{report}");
        }
    }
}
