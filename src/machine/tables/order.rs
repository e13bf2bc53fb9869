//! The tables of whether the order lives, and where the record lies on a desk.

use crate::facet::{Facet, Hold, Lifecycle, Stage};
use crate::machine::event::Event;
use crate::machine::table::{Edge, Kind, Table, table};
use crate::state::FacetSet;

pub(super) const LIFECYCLE: Table = table! {
    Lifecycle
    initial: Draft, Placed;
    terminal: Cancelled;
    settled: Placed, Cancelled;
    Draft      | Placed                | Placed     | Forward;
    Draft      | Discarded             | Cancelled  | Forward;
    Placed     | CancellationRequested | Cancelling | Forward;
    Placed     | Cancelled             | Cancelled  | Forward;
    Cancelling | Cancelled             | Cancelled  | Forward;
    Cancelling | CancellationRefused   | Placed     | Toggle;
    Placed     | Redrafted             | Draft      | Retraction;
    Cancelled  | Reinstated            | Placed     | Retraction;
    Cancelled  | Redrafted             | Draft      | Retraction;
};

pub(super) const STAGE: Table = table! {
    Stage
    initial: Pending, Active;
    terminal: Closed;
    settled: Closed;
    Pending | Accepted | Active  | Forward;
    Pending | Closed   | Closed  | Forward;
    Active  | Closed   | Closed  | Forward;
    Active  | SentBack | Pending | Retraction;
    Closed  | Reopened | Active  | Retraction;
    Closed  | SentBack | Pending | Retraction;
};

pub(super) const HOLD: Table = table! {
    Hold
    initial: Clear;
    terminal: Clear, Held;
    settled: Clear;
    Clear | Held     | Held  | Toggle;
    Held  | Released | Clear | Toggle;
};
