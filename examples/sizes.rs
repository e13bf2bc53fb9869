//! What a channel costs: the bytes of its text, which a program carries that names it, and the memory
//! of the mapping, once it is loaded.
//!
//! ```sh
//! cargo run --release --example sizes
//! ```

use std::io::{self, Write as _};

use allocation_counter::measure;
use order_status::builtin;
use order_status::mapping::Mapping;

fn main() -> Result<(), Box<dyn core::error::Error>> {
    // What is computed once for all mappings is not the first one's.
    let _ = Mapping::load(builtin::SHOPIFY).map_err(|report| report.to_string())?;
    let mut out = io::stdout().lock();
    let (mut texts, mut loaded) = (0, 0);
    writeln!(out, "{:>9} {:>9}  file", "text", "loaded")?;
    for source in builtin::ALL {
        let mut mapping = None;
        let memory = measure(|| mapping = Mapping::load(*source).ok()).bytes_current;
        let bytes = source.text.len();
        writeln!(out, "{bytes:>9} {memory:>9}  {}", source.name)?;
        texts += bytes;
        loaded += memory;
    }
    writeln!(out, "{texts:>9} {loaded:>9}  all {}", builtin::ALL.len())?;
    Ok(())
}
