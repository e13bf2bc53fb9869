//! The tests from outside, one binary: one link step.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    clippy::cast_possible_truncation,
    clippy::unreadable_literal,
    clippy::std_instead_of_core,
    clippy::std_instead_of_alloc,
    clippy::format_push_string,
    reason = "tests stop where something is wrong, live in std and are read more often than run"
)]

mod address;
mod allocations;
mod alone;
mod boundary;
mod channels;
mod channels_page;
mod circumstances;
mod claims;
mod cli;
mod common;
mod compare;
mod docs;
mod empty_object;
mod extending;
mod format;
mod healthy_day;
mod join;
mod labels;
mod laws;
mod layers;
mod load;
mod machine;
mod markdown;
mod matrix;
mod meaning;
mod milestone;
mod observe;
mod pages;
mod patterns;
mod raw;
mod real_payloads;
mod recognise;
mod rollup;
mod rules;
mod samples;
mod show;
mod slips;
mod sources;
mod state;
mod state_matrix;
mod translation;
mod vocabulary;
mod world;
