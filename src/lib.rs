//! What order statuses mean.
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

pub mod facet;
pub mod machine;
pub mod milestone;
pub mod state;
pub mod text;
