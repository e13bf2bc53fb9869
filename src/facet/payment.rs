use super::states;

states! {
    /// What money was collected for the order?
    ///
    /// Refunds never take this back: money collected and money given back are two facts.
    ///
    /// ```
    /// use order_status::facet::Payment;
    ///
    /// assert_eq!("failed".parse::<Payment>()?, Payment::Failed);
    /// # Ok::<(), order_status::facet::UnknownName>(())
    /// ```
    Payment {
        /// Nothing collected and nothing promised by a bank. A total of zero is `paid`, not this.
        Unpaid = "unpaid",
        /// An attempt is under way and its outcome is open; a bank's promise would be `authorized`.
        Processing = "processing",
        /// The bank reserved the money and nothing was taken; taking a part makes it `partially_paid`.
        Authorized = "authorized",
        /// Some of what is due was collected, the rest was not.
        PartiallyPaid = "partially_paid",
        /// All that is due was collected, a total of zero included. Given back or not is `refund`'s answer.
        Paid = "paid",
        /// More was collected than is due: a double capture, a second transfer.
        Overpaid = "overpaid",
        /// A promise was released or lapsed before anything was taken; giving taken money back is `refund`.
        Voided = "voided",
        /// The last attempt was refused and none is under way; nothing was taken.
        Failed = "failed",
    }
}
