use super::states;

states! {
    /// Which invoices exist for the order? Paper, not money: a paid invoice is `payment`'s answer.
    ///
    /// ```
    /// use order_status::facet::Billing;
    ///
    /// assert_eq!("credited".parse::<Billing>()?, Billing::Credited);
    /// # Ok::<(), order_status::facet::UnknownName>(())
    /// ```
    Billing {
        /// No invoice was posted; drafts and proposals do not count.
        Unbilled = "unbilled",
        /// Some of the order stands on posted invoices, some does not.
        PartiallyBilled = "partially_billed",
        /// All of the order stands on posted invoices.
        Billed = "billed",
        /// What was billed was reversed by credit notes as a whole.
        Credited = "credited",
    }
}
