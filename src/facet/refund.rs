use super::states;

states! {
    /// How much of the collected money was given back?
    ///
    /// ```
    /// use order_status::facet::Refund;
    ///
    /// assert_eq!("full".parse::<Refund>()?, Refund::Full);
    /// # Ok::<(), order_status::facet::UnknownName>(())
    /// ```
    Refund {
        /// Nothing was given back. A released authorization is `payment = voided`, and `none` here.
        None = "none",
        /// Some of what was collected was given back, not all of it.
        Partial = "partial",
        /// All that was collected was given back, be that the whole total or a part payment.
        Full = "full",
    }
}
