use super::states;

states! {
    /// Which goods are on their way back to us, whoever sent them?
    ///
    /// ```
    /// use order_status::facet::Returns;
    ///
    /// assert_eq!("declined".parse::<Returns>()?, Returns::Declined);
    /// # Ok::<(), order_status::facet::UnknownName>(())
    /// ```
    Returns {
        /// No return exists; one that was withdrawn is this again.
        None = "none",
        /// The buyer asked to return goods and nobody answered yet.
        Requested = "requested",
        /// The return was agreed to and no goods are known to be moving.
        Approved = "approved",
        /// Goods are on their way back.
        InTransit = "in_transit",
        /// Some of what is to come back has come back.
        PartiallyReceived = "partially_received",
        /// All that was to come back is here, however little of the order that is.
        Received = "received",
        /// The return was refused; a new request starts over.
        Declined = "declined",
    }
}
