//! The closed words of the format.

use core::fmt;

macro_rules! words {
    // Words that stand in files, and not only in output, are read as well.
    (read $(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $token:literal,)+ }) => {
        words! { $(#[$doc])* $name { $($(#[$word_doc])* $word = $token,)+ } }

        impl $name {
            pub(crate) const NAMES: &'static [&'static str] = &[$($token),+];

            pub(crate) fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text)
            }
        }
    };
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $token:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[expect(clippy::exhaustive_enums, reason = "the format knows no others; a new one is a new schema")]
        pub enum $name {
            $($(#[$word_doc])* #[cfg_attr(feature = "serde", serde(rename = $token))] $word,)+
        }

        impl $name {
            /// Every word.
            pub const ALL: &'static [Self] = &[$(Self::$word),+];

            /// The word, as it is written in mapping files and output.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$word => $token,)+
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

words! {
    read
    /// What a system does for the merchant; decides whom to believe about which facet.
    ///
    /// ```
    /// use order_status::authority::owns;
    /// use order_status::facet::Facet;
    /// use order_status::mapping::Role;
    ///
    /// let best = |facet| Role::ALL.iter().filter(move |role| owns(**role, facet));
    /// assert!(best(Facet::Delivery).eq([&Role::Carrier]));
    /// ```
    Role {
        /// The merchant's own shop: Shopify, WooCommerce.
        Storefront = "storefront",
        /// Somebody else's shop: Amazon, eBay.
        Marketplace = "marketplace",
        /// Takes and returns money: Stripe, Adyen.
        Gateway = "gateway",
        /// Keeps the books: NetSuite, Acumatica, Dynamics.
        Erp = "erp",
        /// Packs and ships: ShipStation, a warehouse.
        Wms = "wms",
        /// Moves the parcels.
        Carrier = "carrier",
    }
}

words! {
    read
    /// What one record or field speaks of.
    ///
    /// ```
    /// use order_status::mapping::{Level, Mapping};
    ///
    /// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
    /// assert_eq!(netsuite.record("item_fulfillment").unwrap().level(), Level::Shipment);
    /// ```
    Level {
        /// The whole order.
        Order = "order",
        /// One line of it.
        Line = "line",
        /// Some goods on their way out.
        Shipment = "shipment",
        /// One movement of money, or an attempt at it.
        Payment = "payment",
        /// One piece of paper: invoice, credit note.
        Document = "document",
        /// Some goods on their way back.
        Return = "return",
    }
}

words! {
    read
    /// How the value of a field is read.
    ///
    /// ```
    /// use order_status::mapping::FieldKind;
    ///
    /// assert!(FieldKind::Word.has_vocabulary());
    /// assert_eq!(FieldKind::Time.weights(), ["set"]);
    /// ```
    FieldKind {
        /// A text that is a code.
        Word = "word",
        /// A number that is a code.
        Number = "number",
        /// True or false.
        Flag = "flag",
        /// A time of which only counts whether it is set.
        Time = "time",
        /// Pieces: none, some, all or too many of a whole.
        Quantity = "quantity",
        /// Money: none, some, all or too much of a whole.
        Amount = "amount",
    }
}

words! {
    /// The ways in which a field can have no value.
    ///
    /// ```
    /// use order_status::mapping::{Absence, Mapping};
    ///
    /// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
    /// let fulfillment = shopify.field("fulfillment").unwrap();
    /// // Shopify's null is a statement; a key that is missing is none.
    /// assert!(fulfillment.absence(Absence::Null).is_some());
    /// assert!(fulfillment.absence(Absence::Absent).is_none());
    /// ```
    Absence {
        /// The key is not in the payload.
        Absent = "absent",
        /// The key is there, and null.
        Null = "null",
        /// The text is empty.
        Empty = "empty",
        /// The list is empty, or no record of that kind exists, and it is known that none is missing.
        None = "none",
    }
}

impl FieldKind {
    /// Has a field of this kind a vocabulary of codes, or is its value only weighed?
    pub const fn has_vocabulary(self) -> bool {
        match self {
            Self::Word | Self::Number | Self::Flag => true,
            Self::Time | Self::Quantity | Self::Amount => false,
        }
    }

    /// The codes by which rows and conditions speak of a value that is only weighed.
    pub const fn weights(self) -> &'static [&'static str] {
        match self {
            Self::Word | Self::Number | Self::Flag => &[],
            Self::Time => &["set"],
            Self::Quantity | Self::Amount => &["zero", "some", "all", "over"],
        }
    }
}
