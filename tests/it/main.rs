//! The tests from outside, one binary: one link step.

mod docs;
mod machine;
mod milestone;
mod observe;
mod state;
