use super::states;

states! {
    /// Does the buyer's bank contest the payment?
    ///
    /// ```
    /// use order_status::facet::Dispute;
    ///
    /// assert_eq!("lost".parse::<Dispute>()?, Dispute::Lost);
    /// # Ok::<(), order_status::facet::UnknownName>(())
    /// ```
    Dispute {
        /// Nobody contests the payment: it never happened, or the seller won.
        None = "none",
        /// A dispute, chargeback or inquiry waits for an outcome.
        Open = "open",
        /// The bank decided against the seller or the seller gave in: the money is gone.
        Lost = "lost",
    }
}
