//! What the order statuses of commerce systems mean, as data; and where two systems contradict
//! each other.
//!
//! Every shop, ERP, warehouse and payment gateway has words of its own for where an order stands,
//! and no two of them cut the world in the same places. This crate takes each word for what it is
//! worth: a *claim* that leaves some states of an order possible and excludes all others. Claims of
//! several systems are laid on top of each other, and where nothing is left, somebody is wrong.
//!
//! ```
//! use order_status::compare::{View, compare};
//! use order_status::mapping::Mapping;
//! use order_status::pattern::Patterns;
//! use order_status::reading::Known;
//!
//! let shopify = Mapping::load(order_status::builtin::SHOPIFY)?;
//! let netsuite = Mapping::load(order_status::builtin::NETSUITE)?;
//! let order = serde_json::json!({
//!     "name": "#1001", "cancelled_at": "2026-11-20T10:00:00Z", "fulfillment_status": null });
//! let parcel = serde_json::json!({ "tranId": "IF77", "shipStatus": { "id": "C" } });
//! let views = [(&shopify, &order, "order"), (&netsuite, &parcel, "item_fulfillment")]
//!     .map(|(system, payload, kind)| {
//!         let records = system.record(kind).map(|kind| system.read(kind, payload, &Known::new()));
//!         View::new(system, records.into_iter().collect(), &[])
//!     });
//! let patterns = Patterns::builtin();
//! assert_eq!(compare(&views, &patterns)[0].name(), "ghost-fulfillment");
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! Four doors:
//!
//! - **You link it into a service:** go on reading here.
//! - **You write a mapping:** [`_documentation::format`] needs no programming, and
//!   [`_documentation::rules`] explains what the checker objects to, and what keeps an order out.
//! - **You choose or review a system:** [`_documentation::channels`] says what each mapping covers,
//!   [`_documentation::state_matrix`] which code means what, both ways.
//! - **You have a mismatch in front of you:** the states are explained in
//!   [`_documentation::glossary`], the names of mismatches in [`pattern`].
//!
//! # Overview
//!
//! - [`facet`]: the ten questions that describe an order ([`Payment`](facet::Payment),
//!   [`Fulfillment`](facet::Fulfillment), ...) and two circumstances. Closed vocabularies: match
//!   them without a wildcard, a new state is meant to break your build.
//! - [`state`]: [`OrderState`](state::OrderState) is one state per facet,
//!   [`StateSet`](state::StateSet) a set per facet in one word of memory; and the combinations that
//!   cannot be ([`state::spanning`]).
//! - [`mapping`]: one system's words, loaded from a checked TOML file.
//!   [`Mapping::look_up`](mapping::Mapping::look_up) says what a code claims and never guesses;
//!   [`lint`](mapping::lint) proves a file. [`builtin`] holds the shipped ones.
//! - [`record`] and [`reading`]: from the payload that the API sent to a claim about the order;
//!   [`rollup`] takes parts together, [`join`](mod@join) finds the records of one order.
//! - [`compare`](mod@compare) and [`pattern`]: contradictions, deviations and agreement between any
//!   number of systems, and the names that operators have for them.
//! - [`translation`] and [`authority`]: at which codes another system should stand, and whom to
//!   believe.
//! - [`machine`] and [`milestone`]: what may follow what, and one headline word per order.
//! - [`boundary`]: orders are checked before anything is created from them; what is kept out gets a
//!   ticket. [`address`]: what a country's addresses need. [`digest`]: by which files and payloads
//!   are the same.
//! - [`diagnostic`] and [`rule`]: findings about mapping files as data.
//!
//! # What this crate does not do
//!
//! No HTTP, no files, no database, no clock, no retries, no currency conversion. It does not poll,
//! write or repair; it says what it would take. It does not guess: a word that no mapping declares
//! is reported as it was sent. And it does not log: personal data in a payload is looked past, not
//! kept.
//!
//! # Usage
//!
//! ```toml
//! [dependencies]
//! order-status = { version = "0.1", features = ["json"] }
//! serde_json = "1"
//! ```
//!
//! The crate is `no_std` and needs `alloc`. A mapping is immutable once loaded; load it once and
//! share it. Loading is mostly the parsing of its TOML; looking a code up and laying two claims on
//! each other take nanoseconds and allocate nothing. Only for a code that is not mapped the nearest one
//! is looked for, which takes microseconds.
//!
//! # Examples
//!
//! What does a code mean, and is there one at all?
//!
//! ```
//! use order_status::facet::Facet;
//! use order_status::mapping::{Mapping, Resolution};
//!
//! let shopify = Mapping::load(order_status::builtin::SHOPIFY)?;
//! let financial = shopify.field("financial").ok_or("no such field")?;
//!
//! let claim = shopify.look_up(financial, "partially_refunded").claim().ok_or("not mapped")?;
//! assert_eq!(claim.of(Facet::Refund).to_string(), "partial");
//!
//! let unmapped = shopify.look_up(financial, "partiallyrefunded");
//! assert_eq!(unmapped, Resolution::Unmapped { nearest: Some("partially_refunded") });
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! At which code should an ERP that does not have the order yet take it in?
//!
//! ```
//! use order_status::facet::{Fulfillment, Lifecycle, Payment};
//! use order_status::mapping::{Mapping, Shown};
//! use order_status::state::StateSet;
//! use order_status::translation::Answer;
//!
//! let netsuite = Mapping::load(order_status::builtin::NETSUITE)?;
//! let paid = StateSet::ANY
//!     .with(Lifecycle::Placed)
//!     .with(Payment::Paid)
//!     .with(Fulfillment::Unfulfilled);
//! let pending_fulfillment = Shown::Code("B".into());
//! assert!(netsuite.translate(paid).any(|(field, answer)| {
//!     field.name() == "salesOrder.orderStatus"
//!         && matches!(answer, Answer::Shown(row) if *row.shown() == pending_fulfillment)
//! }));
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! What is wrong with a mapping file?
//!
//! ```
//! use order_status::diagnostic::Source;
//! use order_status::mapping::lint;
//!
//! let file = Source::new("mine.toml", "schema = 1\nid = \"mine\"\nrole = \"shop\"");
//! let report = lint(file, None);
//! assert!(report.to_string().contains("mine.toml:3:8: error[wrong-value]: `shop` is not a role"));
//! ```
//!
//! # Crate features
//!
//! A feature may add something and never changes how anything else behaves. There is one exception:
//! with *address* the rule `malformed-address` asks of an address what its country needs, so it keeps
//! out what it would let in without.
//!
//! - **address**: what the addresses of each country need, for [`address`](mod@address) and for the
//!   boundary's rule `malformed-address`: a table of 46 KB and an engine for patterns of postal codes,
//!   together half a megabyte. Without it an address needs a country and a street.
//! - **builtin** (on by default): the shipped mapping files as text, one constant per channel. One
//!   that is not named is not linked.
//! - **json**: [`Record`](record::Record) for `serde_json::Value`, so that a payload is read as the
//!   API sent it.
//! - **lookalikes**: a status that is written in letters of another alphabet is still undefined, and
//!   its ticket says which code it looks like. Unicode's table of such letters is half a megabyte.
//! - **render**: reports with source lines and carets, for people at a terminal.
//! - **serde**: `Serialize` and `Deserialize` for states, claims and diagnostics, and for the words of
//!   findings (relation, direction, strength, severity).
//!
//! # Versions
//!
//! A new state of a facet, and a `schema` of mapping files that older readers refuse, are major
//! changes. A code that is mapped to another claim is at least a minor one and marked with ★ in the
//! [changelog](_documentation::changelog). A new rule that warns is minor, and so is a newer
//! minimum Rust version.
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

pub mod address;
pub mod authority;
pub mod boundary;
#[cfg(feature = "builtin")]
pub mod builtin;
pub mod compare;
mod currency;
pub mod diagnostic;
pub mod digest;
pub mod facet;
mod groups;
pub mod join;
pub mod machine;
pub mod mapping;
pub mod milestone;
pub mod pattern;
pub mod reading;
pub mod record;
pub mod rollup;
pub mod rule;
mod severity;
pub mod state;
pub mod text;
mod time;
pub mod translation;

pub mod _documentation {
    //! Pages that are not about the API:
    //!
    //! - [`format`](mod@format): how mapping files are written, from an empty file to a checked mapping
    //! - [`rules`]: what is objected to in mapping files, and what keeps an order out
    //! - [`channels`]: what each shipped mapping covers, and from which sources
    //! - [`state_matrix`]: which code means what, both ways
    //! - [`glossary`]: the states and the words
    //! - [`machine`]: which state follows which
    //! - [`design`]: why it is built as it is
    //! - [`changelog`]: what changed, and which codes changed their meaning
    // Their links are written for whoever reads the files themselves, by reference, with the targets at
    // the end of the page. Of two targets with one name the first counts: those that are put in front
    // here lead to the pages of this documentation.

    pub mod format {
        #![doc = "[rules]: super::rules\n[rules-for-orders]: super::rules#rules-for-orders\n\n"]
        #![doc = include_str!("../docs/format.md")]
    }
    pub mod glossary {
        #![doc = "[milestones]: super::machine#milestones\n\n"]
        #![doc = include_str!("../docs/glossary.md")]
    }
    #[expect(
        clippy::doc_markdown,
        reason = "its tables are printed from the machine, cell by cell"
    )]
    pub mod machine {
        #![doc = include_str!("../docs/machine.md")]
    }
    #[expect(
        clippy::doc_markdown,
        reason = "written by the files' authors, who name systems plainly"
    )]
    pub mod channels {
        #![doc = include_str!("../docs/channels.md")]
    }
    #[expect(clippy::doc_markdown, reason = "its tables are printed from the mapping files")]
    pub mod state_matrix {
        #![doc = include_str!("../docs/state-matrix.md")]
    }
    pub mod rules {
        #![doc = "[findings]: super::format#how-to-read-a-finding\n[boundary]: super::format#14-what-may-come-in\n\n"]
        #![doc = include_str!("../docs/rules.md")]
    }
    pub mod design {
        #![doc = "[glossary]: super::glossary\n[format]: super::format\n[machine]: super::machine\n\n"]
        #![doc = include_str!("../DESIGN.md")]
    }
    pub mod changelog {
        #![doc = include_str!("../CHANGELOG.md")]
    }
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
