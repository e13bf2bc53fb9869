pub use self::goods::Goods;
pub use self::terms::Terms;

mod terms {
    use crate::facet::states;

    states! {
        /// When does the buyer owe the money?
        ///
        /// ```
        /// use order_status::facet::Terms;
        ///
        /// assert_eq!("nothing_to_pay".parse::<Terms>()?, Terms::NothingToPay);
        /// # Ok::<(), order_status::facet::UnknownName>(())
        /// ```
        Terms {
            /// Before the goods leave: card, wallet, bank transfer in advance.
            Prepaid = "prepaid",
            /// When the parcel is handed over: cash or card on delivery.
            OnDelivery = "on_delivery",
            /// After an invoice: on account, net terms.
            OnInvoice = "on_invoice",
            /// Never: the total is zero (replacement, gift, full discount).
            NothingToPay = "nothing_to_pay",
        }
    }
}

mod goods {
    use crate::facet::states;

    states! {
        /// How do the goods reach the buyer?
        ///
        /// ```
        /// use order_status::facet::Goods;
        ///
        /// assert_eq!("mixed".parse::<Goods>()?, Goods::Mixed);
        /// # Ok::<(), order_status::facet::UnknownName>(())
        /// ```
        Goods {
            /// By parcel or freight from a place of ours.
            Ship = "ship",
            /// The buyer collects them at a place of ours.
            Pickup = "pickup",
            /// Nothing physical moves: downloads, services, gift codes.
            Digital = "digital",
            /// Somebody else ships: the marketplace (FBA, WFS) or a vendor directly.
            ByChannel = "by_channel",
            /// Several of these in one order.
            Mixed = "mixed",
        }
    }
}
