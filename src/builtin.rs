//! The shipped mapping files, as text.
//!
//! A constant that nobody names is not linked, so a service carries only the channels it uses.
//! Load one with [`Mapping::load`](crate::mapping::Mapping::load), or all with [`ALL`].

use crate::diagnostic::Source;

macro_rules! channels {
    ($($(#[$doc:meta])* $konst:ident = $id:literal,)+) => {
        $(
            $(#[$doc])*
            pub const $konst: Source<'static> = Source::new(
                concat!("mappings/", $id, ".toml"),
                include_str!(concat!("../mappings/", $id, ".toml")),
            );
        )+

        /// Every shipped file, in alphabetical order.
        pub const ALL: &[Source<'static>] = &[$($konst),+];
    };
}

channels! {
    /// Acumatica ERP.
    ACUMATICA = "acumatica",
    /// Amazon Selling Partner API.
    AMAZON_SP_API = "amazon_sp_api",
    /// Microsoft Dynamics 365 Finance & Operations.
    DYNAMICS365_FO = "dynamics365_fo",
    /// Oracle NetSuite.
    NETSUITE = "netsuite",
    /// ShipStation.
    SHIPSTATION = "shipstation",
    /// Shopify.
    SHOPIFY = "shopify",
    /// Stripe.
    STRIPE = "stripe",
}
