//! The tables of money and paper.

use crate::facet::{Billing, Dispute, Facet, Payment, Refund};
use crate::machine::event::Event;
use crate::machine::table::{Edge, Kind, Table, table};
use crate::state::FacetSet;

pub(super) const PAYMENT: Table = table! {
    Payment
    initial: Unpaid;
    terminal: Overpaid;
    settled: Paid, Voided;
    Unpaid        | AttemptStarted      | Processing    | Forward;
    Unpaid        | Authorized          | Authorized    | Forward;
    Unpaid        | CapturedPart        | PartiallyPaid | Forward;
    Unpaid        | CapturedRest        | Paid          | Forward;
    Unpaid        | RestWaived          | Paid          | Forward;
    Unpaid        | ExcessArose         | Overpaid      | Forward;
    Unpaid        | PaymentFailed       | Failed        | Forward;
    Processing    | Authorized          | Authorized    | Forward;
    Processing    | CapturedPart        | PartiallyPaid | Forward;
    Processing    | CapturedRest        | Paid          | Forward;
    Processing    | ExcessArose         | Overpaid      | Forward;
    Processing    | Voided              | Voided        | Forward;
    Processing    | PaymentFailed       | Failed        | Forward;
    Processing    | PaymentReset        | Unpaid        | Toggle;
    Authorized    | CapturedPart        | PartiallyPaid | Forward;
    Authorized    | CapturedRest        | Paid          | Forward;
    Authorized    | ExcessArose         | Overpaid      | Forward;
    Authorized    | Voided              | Voided        | Forward;
    Authorized    | CaptureRefused      | Failed        | Retraction;
    PartiallyPaid | CapturedRest        | Paid          | Forward;
    PartiallyPaid | RestWaived          | Paid          | Forward;
    PartiallyPaid | ExcessArose         | Overpaid      | Forward;
    PartiallyPaid | PaymentBounced      | Failed        | Retraction;
    PartiallyPaid | CollectionCorrected | Unpaid        | Retraction;
    Paid          | ExcessArose         | Overpaid      | Forward;
    Paid          | RestBecameDue       | PartiallyPaid | Retraction;
    Paid          | PaymentBounced      | Failed        | Retraction;
    Paid          | CollectionCorrected | Unpaid        | Retraction;
    Overpaid      | ExcessSettled       | Paid          | Retraction;
    Overpaid      | RestBecameDue       | PartiallyPaid | Retraction;
    Overpaid      | PaymentBounced      | Failed        | Retraction;
    Overpaid      | CollectionCorrected | Unpaid        | Retraction;
    Voided        | CapturedPart        | PartiallyPaid | Forward;
    Voided        | CapturedRest        | Paid          | Forward;
    Voided        | RestWaived          | Paid          | Forward;
    Voided        | ExcessArose         | Overpaid      | Forward;
    Voided        | AttemptStarted      | Processing    | Toggle;
    Voided        | Authorized          | Authorized    | Toggle;
    Voided        | PaymentReset        | Unpaid        | Toggle;
    Failed        | Authorized          | Authorized    | Forward;
    Failed        | CapturedPart        | PartiallyPaid | Forward;
    Failed        | CapturedRest        | Paid          | Forward;
    Failed        | RestWaived          | Paid          | Forward;
    Failed        | ExcessArose         | Overpaid      | Forward;
    Failed        | Voided              | Voided        | Forward;
    Failed        | AttemptStarted      | Processing    | Toggle;
    Failed        | PaymentReset        | Unpaid        | Toggle;
};

pub(super) const REFUND: Table = table! {
    Refund
    initial: None;
    terminal: Full;
    settled: None, Partial, Full;
    None    | RefundedPart       | Partial | Forward;
    None    | RefundedRest       | Full    | Forward;
    Partial | RefundedRest       | Full    | Forward;
    Partial | RefundFailed       | None    | Retraction;
    Full    | RefundFailed       | None    | Retraction;
    Full    | RefundPartlyFailed | Partial | Retraction;
    Full    | CollectedMore      | Partial | Retraction;
};

pub(super) const DISPUTE: Table = table! {
    Dispute
    initial: None;
    terminal: Lost;
    settled: None, Lost;
    None | DisputeOpened   | Open | Forward;
    None | DisputeLost     | Lost | Forward;
    Open | DisputeLost     | Lost | Forward;
    Open | DisputeWon      | None | Toggle;
    Lost | DisputeReopened | Open | Retraction;
    Lost | DisputeWon      | None | Retraction;
};

pub(super) const BILLING: Table = table! {
    Billing
    initial: Unbilled;
    terminal: Credited;
    settled: Billed, Credited;
    Unbilled        | BilledPart          | PartiallyBilled | Forward;
    Unbilled        | BilledRest          | Billed          | Forward;
    PartiallyBilled | BilledRest          | Billed          | Forward;
    PartiallyBilled | Credited            | Credited        | Forward;
    PartiallyBilled | InvoiceVoided       | Unbilled        | Retraction;
    Billed          | Credited            | Credited        | Forward;
    Billed          | InvoicePartlyVoided | PartiallyBilled | Retraction;
    Billed          | InvoiceVoided       | Unbilled        | Retraction;
    Credited        | BilledPart          | PartiallyBilled | Toggle;
    Credited        | BilledRest          | Billed          | Toggle;
    Credited        | CreditVoided        | Billed          | Retraction;
};
