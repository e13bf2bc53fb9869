//! What order statuses mean.
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

pub mod authority;
#[cfg(feature = "builtin")]
pub mod builtin;
pub mod compare;
pub mod diagnostic;
pub mod facet;
pub mod join;
pub mod machine;
pub mod mapping;
pub mod milestone;
pub mod pattern;
pub mod reading;
pub mod record;
pub mod rollup;
pub mod rule;
pub mod state;
pub mod text;
pub mod translation;
