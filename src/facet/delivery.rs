use super::states;

states! {
    /// Where are the parcels that left?
    ///
    /// ```
    /// use order_status::facet::Delivery;
    ///
    /// assert_eq!("failed".parse::<Delivery>()?, Delivery::Failed);
    /// # Ok::<(), order_status::facet::UnknownName>(())
    /// ```
    Delivery {
        /// No parcel is known to be on its way, shipped without tracking included.
        None = "none",
        /// On the way, a failed attempt that will be repeated included.
        InTransit = "in_transit",
        /// Waits for the buyer at a counter, a locker or a post office.
        ReadyForPickup = "ready_for_pickup",
        /// Some parcels reached the buyer and some did not.
        PartiallyDelivered = "partially_delivered",
        /// Every live part reached the buyer, a neighbour or a safe place.
        Delivered = "delivered",
        /// Will not arrive without new action: lost, refused, undeliverable, sent back by the carrier.
        Failed = "failed",
    }
}
