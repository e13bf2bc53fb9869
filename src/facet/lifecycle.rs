use super::states;

states! {
    /// Is the order a live agreement between buyer and seller?
    ///
    /// ```
    /// use order_status::facet::Lifecycle;
    ///
    /// assert_eq!("cancelled".parse::<Lifecycle>()?, Lifecycle::Cancelled);
    /// # Ok::<(), order_status::facet::UnknownName>(())
    /// ```
    Lifecycle {
        /// Nothing was ordered yet: a quote, a cart, a draft; neither side is bound.
        Draft = "draft",
        /// A live order: the buyer ordered and nobody ended it, whatever else happened to it.
        Placed = "placed",
        /// Somebody asked for cancellation and nobody granted or refused it yet; still served until then.
        Cancelling = "cancelling",
        /// Ended as a whole: nothing of it will be served any more. A cancelled line in a live order is `placed`.
        Cancelled = "cancelled",
    }
}
