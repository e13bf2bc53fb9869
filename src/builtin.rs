//! The shipped mapping files, as text.
//!
//! A constant that nobody names is not linked, so a service carries only the channels it uses.
//! Load one with [`Mapping::load`](crate::mapping::Mapping::load), or all with [`ALL`].
//!
//! ```
//! use order_status::mapping::Mapping;
//!
//! let stripe = Mapping::load(order_status::builtin::STRIPE)?;
//! assert_eq!(stripe.channel().title(), "Stripe");
//! # Ok::<(), order_status::diagnostic::Report>(())
//! ```
//!
//! # Sizes
//!
//! | | in the program | in memory, loaded |
//! |---|---|---|
//! | one channel, by median | 49 kB | 136 kB |
//! | the smallest, and the largest | 28 kB, 101 kB | 72 kB, 271 kB |
//! | all 36 | 1.86 MB | 5.1 MB |
//!
//! A program grows by the text of the channels that it names and by nothing else: one that loads a
//! file of its own has 1.28 MB (an empty one has 0.34 MB), with [`SHOPIFY`] 0.10 MB more, with [`ALL`]
//! 1.87 MB more. The feature `address` adds 0.56 MB to a program that checks orders, `lookalikes`
//! 0.47 MB; one that only loads mappings grows by 0.02 MB at most. Measured on x86-64 Linux,
//! `--release` with `strip = true`. `cargo run --release --example sizes` prints bytes and memory of
//! each channel.

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
    /// Adobe Commerce (Magento).
    ADOBE_COMMERCE = "adobe_commerce",
    /// Adyen.
    ADYEN = "adyen",
    /// AfterShip Tracking.
    AFTERSHIP = "aftership",
    /// Amazon Multi-Channel Fulfillment.
    AMAZON_MCF = "amazon_mcf",
    /// Amazon Selling Partner API (seller orders).
    AMAZON_SP_API = "amazon_sp_api",
    /// Amazon Vendor Direct Fulfillment.
    AMAZON_VENDOR_DF = "amazon_vendor_df",
    /// Authorize.Net.
    AUTHORIZE_NET = "authorize_net",
    /// BigCommerce.
    BIGCOMMERCE = "bigcommerce",
    /// Braintree.
    BRAINTREE = "braintree",
    /// Brightpearl by Sage.
    BRIGHTPEARL = "brightpearl",
    /// commercetools Composable Commerce.
    COMMERCETOOLS = "commercetools",
    /// Microsoft Dynamics 365 Business Central.
    DYNAMICS365_BC = "dynamics365_bc",
    /// Microsoft Dynamics 365 Finance and Supply Chain Management.
    DYNAMICS365_FO = "dynamics365_fo",
    /// Microsoft Dynamics 365 Sales.
    DYNAMICS365_SALES = "dynamics365_sales",
    /// EasyPost.
    EASYPOST = "easypost",
    /// eBay.
    EBAY = "ebay",
    /// ERPNext.
    ERPNEXT = "erpnext",
    /// Etsy.
    ETSY = "etsy",
    /// Extensiv.
    EXTENSIV = "extensiv",
    /// Manhattan Active Omni.
    MANHATTAN_ACTIVE = "manhattan_active",
    /// Mirakl Marketplace Platform.
    MIRAKL = "mirakl",
    /// Oracle NetSuite.
    NETSUITE = "netsuite",
    /// Odoo.
    ODOO = "odoo",
    /// PayPal.
    PAYPAL = "paypal",
    /// Salesforce B2C Commerce (Commerce Cloud).
    SALESFORCE_COMMERCE_CLOUD = "salesforce_commerce_cloud",
    /// SAP S/4HANA Sales.
    SAP_S4HANA = "sap_s4hana",
    /// ShipBob.
    SHIPBOB = "shipbob",
    /// ShipHero.
    SHIPHERO = "shiphero",
    /// ShipStation.
    SHIPSTATION = "shipstation",
    /// Shopify.
    SHOPIFY = "shopify",
    /// Shopware 6.
    SHOPWARE6 = "shopware6",
    /// Stripe.
    STRIPE = "stripe",
    /// TikTok Shop.
    TIKTOK_SHOP = "tiktok_shop",
    /// Walmart Marketplace.
    WALMART = "walmart",
    /// WooCommerce.
    WOOCOMMERCE = "woocommerce",
}
