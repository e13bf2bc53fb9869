use super::states;

states! {
    /// How far did the goods leave us?
    ///
    /// Below shipping the slowest part counts; parts that were cancelled do not count at all.
    ///
    /// ```
    /// use order_status::facet::Fulfillment;
    ///
    /// assert_eq!("shipped".parse::<Fulfillment>()?, Fulfillment::Shipped);
    /// # Ok::<(), order_status::facet::UnknownName>(())
    /// ```
    Fulfillment {
        /// Nothing is to leave and nothing left: digital goods, or every part cancelled.
        NotRequired = "not_required",
        /// Goods are to leave and no work has begun on them.
        Unfulfilled = "unfulfilled",
        /// Goods are to leave and stock is missing; with stock it would be `allocated`.
        Backordered = "backordered",
        /// Stock is reserved or the work was released to a warehouse; nobody has taken it from the shelf.
        Allocated = "allocated",
        /// Taken from the shelf, not in a parcel yet.
        Picked = "picked",
        /// In a parcel that still stands in our house; a printed label alone is this at most.
        Packed = "packed",
        /// Some live parts have left our hands and some have not.
        PartiallyShipped = "partially_shipped",
        /// Every live part has left our hands, to a carrier or to the counter where the buyer collects.
        Shipped = "shipped",
    }
}
