use super::states;

states! {
    /// Where does the record lie on this one system's desk?
    ///
    /// Local: it says nothing of the order, so it can lag behind but never contradict another system.
    ///
    /// ```
    /// use order_status::facet::Stage;
    ///
    /// assert_eq!("closed".parse::<Stage>()?, Stage::Closed);
    /// # Ok::<(), order_status::facet::UnknownName>(())
    /// ```
    Stage {
        /// Waits for approval, acceptance or payment before anybody works on it.
        Pending = "pending",
        /// Released for work.
        Active = "active",
        /// Put away: archived, completed, closed. What that says of the goods stands in `fulfillment`.
        Closed = "closed",
    }
}
