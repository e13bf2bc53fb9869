use super::states;

states! {
    /// Is work on the record stopped in this one system?
    ///
    /// ```
    /// use order_status::facet::Hold;
    ///
    /// assert_eq!("held".parse::<Hold>()?, Hold::Held);
    /// # Ok::<(), order_status::facet::UnknownName>(())
    /// ```
    Hold {
        /// Nobody stopped it.
        Clear = "clear",
        /// Somebody or some rule stopped it until they release it: fraud, credit, address, stock.
        Held = "held",
    }
}
