//! The smallest service: one channel, named by its constant. The texts of the others are not linked.
//!
//! ```sh
//! cargo run --example one_channel -- succeeded
//! ```

use std::io::{self, Write as _};

use order_status::builtin;
use order_status::mapping::{Mapping, Resolution};

fn main() -> Result<(), Box<dyn core::error::Error>> {
    let stripe = Mapping::load(builtin::STRIPE).map_err(|report| report.to_string())?;
    let field = stripe.field("charge.status").ok_or("stripe has charges")?;
    let mut out = io::stdout().lock();
    for code in std::env::args().skip(1) {
        match stripe.look_up(field, &code) {
            Resolution::Mapped(rows) => {
                for row in rows {
                    writeln!(out, "{code}: {}", row.claim())?;
                }
            }
            other @ (Resolution::Unmapped { .. }
            | Resolution::Missing(_)
            | Resolution::Ignored(_)
            | Resolution::Unreadable { .. }) => writeln!(out, "{code}: {}", other.as_str())?,
        }
    }
    Ok(())
}
