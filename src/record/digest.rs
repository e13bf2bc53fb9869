//! The digest of a payload: the same for the same content, however its keys are ordered.

use super::{Node, Record};
use crate::digest::Digest;

/// Deeper payloads have no digest.
const DEEPEST: usize = 128;

/// The digest of a payload, or nothing where it cannot list its keys or lies deeper than 128
/// levels.
///
/// ```
/// # #[cfg(feature = "json")] {
/// use order_status::record::digest;
/// use serde_json::json;
///
/// let payload = json!({ "id": 1, "status": "paid" });
/// assert_eq!(digest(&payload), digest(&json!({ "status": "paid", "id": 1 })));
/// assert_ne!(digest(&payload), digest(&json!({ "status": "paid", "id": "1" })));
/// # }
/// ```
pub fn digest(payload: &dyn Record) -> Option<Digest> {
    let mut complete = true;
    let digest = Digest::written(|write| {
        complete = put(Node::Record(payload), DEEPEST, write);
    });
    complete.then_some(digest)
}

/// Writes a value so that no two different ones are written alike: kind, length, content.
fn put(node: Node<'_>, depth: usize, write: &mut dyn FnMut(&[u8])) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    match node {
        Node::Null => write(b"n"),
        Node::Flag(flag) => write(if flag { b"t" } else { b"f" }),
        Node::Whole(number) => {
            write(b"i");
            write(&number.to_be_bytes());
        }
        Node::Float(number) => {
            write(b"d");
            write(&number.to_bits().to_be_bytes());
        }
        Node::Text(text) => put_text(text, write),
        Node::List(list) => {
            write(b"l");
            write(&list.len().to_be_bytes());
            return (0..list.len())
                .all(|at| list.get(at).is_some_and(|value| put(value, depth, write)));
        }
        Node::Record(record) => {
            let Some(mut keys) = record.keys() else { return false };
            keys.sort_unstable();
            write(b"r");
            write(&keys.len().to_be_bytes());
            return keys.into_iter().all(|key| {
                put_text(key, write);
                record.get(key).is_some_and(|value| put(value, depth, write))
            });
        }
    }
    true
}

fn put_text(text: &str, write: &mut dyn FnMut(&[u8])) {
    write(b"s");
    write(&text.len().to_be_bytes());
    write(text.as_bytes());
}
