//! Shops: a gateway has the money, and the shop at best the gateway's word.

use serde_json::{Value, json};

use super::{shown, with, without};

/// The example of woocommerce.github.io/woocommerce-rest-api-docs/#orders, paid by card.
fn woocommerce_order() -> Value {
    json!({
        "id": 727, "number": "727", "status": "processing", "currency": "USD",
        "date_created_gmt": "2017-03-22T19:28:02", "date_modified_gmt": "2017-03-22T19:28:08",
        "discount_total": "0.00", "shipping_total": "10.00", "shipping_tax": "0.00",
        "cart_tax": "1.35", "total": "29.35", "total_tax": "1.35", "prices_include_tax": false,
        "shipping": {
            "first_name": "John", "last_name": "Doe", "company": "", "address_1": "969 Market",
            "address_2": "", "city": "San Francisco", "state": "CA", "postcode": "94103", "country": "US",
        },
        "payment_method": "stripe", "transaction_id": "ch_3LqN2eGx",
        "date_paid_gmt": "2017-03-22T19:28:08", "date_completed_gmt": null,
        "line_items": [
            { "id": 315, "quantity": 2, "total": "6.00", "total_tax": "0.45", "sku": "Foo1", "price": 3 },
            { "id": 316, "quantity": 1, "total": "12.00", "total_tax": "0.90", "sku": "Bar3", "price": 12 },
        ],
        "shipping_lines": [{ "id": 317, "method_id": "flat_rate", "total": "10.00" }],
        "fee_lines": [], "refunds": [],
    })
}

#[test]
fn woocommerce() {
    let order = woocommerce_order();
    shown("woocommerce", &order).verified().comes_in();
    // A plugin wrote the number, or somebody who may write orders.
    shown("woocommerce", &order).is_kept_out(&["unauthenticated-payment-token"]);
    let unpaid = with(&order, "/transaction_id", json!(""));
    shown("woocommerce", &unpaid).is_kept_out(&["missing-payment-token"]);
    let nowhere = without(&order, "/shipping");
    shown("woocommerce", &nowhere).verified().is_kept_out(&["malformed-address"]);
    // Plugins add statuses, so a new word does not stop an order.
    let misspelt = with(&order, "/status", json!("procesing"));
    shown("woocommerce", &misspelt).verified().comes_in_with(&["unlisted-word"]);
    let dearer = with(&order, "/total", json!("39.35"));
    shown("woocommerce", &dearer).verified().is_kept_out(&["sum-mismatch"]);
}

/// Empty strings are what WooCommerce sends where nothing is to be delivered.
#[test]
fn woocommerce_needs_no_address_for_pickup_and_no_token_for_cash_on_delivery() {
    let mut pickup = woocommerce_order();
    for part in ["address_1", "city", "state", "postcode", "country"] {
        pickup["shipping"][part] = json!("");
    }
    shown("woocommerce", &pickup).verified().is_kept_out(&["malformed-address"]);
    pickup["shipping_lines"][0]["method_id"] = json!("local_pickup");
    shown("woocommerce", &pickup).verified().comes_in();

    let mut cash = with(&woocommerce_order(), "/transaction_id", json!(""));
    cash["payment_method"] = json!("cod");
    cash["date_paid_gmt"] = json!(null);
    shown("woocommerce", &cash).comes_in();
}

/// Fees are a part of the total where there are any.
#[test]
fn woocommerce_counts_fees() {
    let mut order = woocommerce_order();
    order["fee_lines"] = json!([{ "id": 318, "name": "Gift wrap", "total": "5.00" }]);
    order["total"] = json!("34.35");
    shown("woocommerce", &order).verified().comes_in();
}

/// The shape of developer.adobe.com/commerce/webapi/rest/tutorials/orders.
fn adobe_commerce_order() -> Value {
    json!({
        "entity_id": 3, "increment_id": "000000003", "state": "new", "status": "pending",
        "created_at": "2026-05-10 19:52:09", "updated_at": "2026-05-10 19:52:10",
        "order_currency_code": "USD", "grand_total": 160, "total_due": 160, "is_virtual": 0,
        "items": [{ "item_id": 3, "sku": "MS-Champ-S", "qty_ordered": 1, "price": 150, "row_total": 150 }],
        "payment": { "method": "braintree", "last_trans_id": "6k3xq1m2" },
        "extension_attributes": { "shipping_assignments": [{ "shipping": {
            "method": "flatrate_flatrate",
            "address": {
                "address_type": "shipping", "country_id": "US", "region": "California", "region_code": "CA",
                "city": "Sacramento", "postcode": "95814", "street": ["123 Oak Ave"],
            },
        } }] },
    })
}

fn adobe_commerce_transaction() -> Value {
    json!({
        "transaction_id": 1, "order_id": 3, "payment_id": 3, "txn_id": "6k3xq1m2",
        "txn_type": "authorization", "is_closed": 0, "created_at": "2026-05-10 19:52:10",
    })
}

#[test]
fn adobe_commerce() {
    let (order, transaction) = (adobe_commerce_order(), adobe_commerce_transaction());
    let fetched =
        |order: &Value| shown("adobe_commerce", order).beside("transaction", &transaction);
    // Gateways add payment methods of their own.
    fetched(&order).comes_in_with(&["unlisted-word"]);
    // The number on the order is only somebody's.
    shown("adobe_commerce", &order).is_kept_out(&["unauthenticated-payment-token"]);
    let unpaid = without(&order, "/payment/last_trans_id");
    shown("adobe_commerce", &unpaid).is_kept_out(&["missing-payment-token"]);
    let void = with(&transaction, "/txn_type", json!("void"));
    shown("adobe_commerce", &unpaid)
        .beside("transaction", &void)
        .is_kept_out(&["missing-payment-token"]);
    let assignment = "/extension_attributes/shipping_assignments/0/shipping";
    let nowhere = without(&order, &format!("{assignment}/address"));
    fetched(&nowhere).is_kept_out(&["malformed-address"]);
    let misspelt = with(&order, "/state", json!("procesing"));
    fetched(&misspelt).is_kept_out(&["undefined-status"]);
}

/// A download goes nowhere, and offline methods have no transaction.
#[test]
fn adobe_commerce_needs_no_address_for_virtual_goods_and_no_token_for_cash_on_delivery() {
    let mut order = without(&adobe_commerce_order(), "/extension_attributes");
    order["is_virtual"] = json!(1);
    shown("adobe_commerce", &order).verified().comes_in_with(&["unlisted-word"]);

    let mut cash = without(&adobe_commerce_order(), "/payment/last_trans_id");
    cash["payment"]["method"] = json!("cashondelivery");
    shown("adobe_commerce", &cash).comes_in();
}

/// The example of `orders.v2.oas2.yml`, with include=consignments.
fn bigcommerce_order() -> Value {
    json!({
        "id": 100, "date_created": "Wed, 10 Jan 2018 21:05:30 +0000",
        "date_modified": "Wed, 05 Dec 2018 20:16:55 +0000", "status_id": 11, "status": "Awaiting Fulfillment",
        "total_inc_tax": "361.9500", "items_total": 17, "items_shipped": 0, "payment_method": "Credit Card",
        "payment_provider_id": "", "payment_status": "authorized", "order_is_digital": false,
        "default_currency_code": "USD", "currency_code": "USD",
        "consignments": { "pickups": [], "downloads": [], "email": { "gift_certificates": [] }, "shipping": [{
            "id": 99, "first_name": "Jane", "last_name": "Doe", "street_1": "455 Main Street", "street_2": "",
            "city": "Austin", "state": "Texas", "zip": "78751", "country": "United States", "country_iso2": "US",
        }] },
    })
}

fn bigcommerce_transaction() -> Value {
    json!({
        "id": 7, "order_id": "100", "event": "authorization", "method": "credit_card", "amount": 361.95,
        "currency": "USD", "gateway": "stripe", "gateway_transaction_id": "ch_1EYZ", "test": false,
        "status": "ok", "fraud_review": false, "date_created": "2018-01-10T21:05:31+00:00",
    })
}

#[test]
fn bigcommerce() {
    let (order, transaction) = (bigcommerce_order(), bigcommerce_transaction());
    let fetched = |order: &Value| shown("bigcommerce", order).beside("transaction", &transaction);
    fetched(&order).comes_in();
    shown("bigcommerce", &order).is_kept_out(&["missing-payment-token"]);
    let named = with(&order, "/payment_provider_id", json!("ch_1EYZ"));
    shown("bigcommerce", &named).is_kept_out(&["unauthenticated-payment-token"]);
    let declined = with(&transaction, "/status", json!("error"));
    let unpaid = shown("bigcommerce", &order).beside("transaction", &declined);
    unpaid.is_kept_out(&["missing-payment-token"]);
    // Not asked for, it is only an address of the API.
    let link = json!({ "url": "https://api.example.com/v2/orders/100/consignments", "resource": "/orders/100/consignments" });
    fetched(&with(&order, "/consignments", link)).is_kept_out(&["malformed-address"]);
    let misspelt = with(&order, "/payment_status", json!("authorised"));
    fetched(&misspelt).is_kept_out(&["undefined-status"]);
}

/// The buyer comes to the shop, whose address is the order's.
#[test]
fn bigcommerce_knows_the_place_of_a_pickup() {
    let mut order = with(&bigcommerce_order(), "/consignments/shipping", json!([]));
    order["consignments"]["pickups"] = json!([{ "id": 99, "location": {
        "id": 1, "name": "Location 1", "address_line_1": "123 Main Street", "city": "Austin", "state": "Texas",
        "postal_code": "78726", "country_alpha2": "US",
    } }]);
    shown("bigcommerce", &order).beside("transaction", &bigcommerce_transaction()).comes_in();
}

/// A test transaction looks like a real one; store credit has no gateway.
#[test]
fn bigcommerce_tells_play_money_from_its_own() {
    let order = bigcommerce_order();
    let test = with(&bigcommerce_transaction(), "/test", json!(true));
    shown("bigcommerce", &order)
        .beside("transaction", &test)
        .is_kept_out(&["missing-payment-token"]);

    let mut credit = without(&bigcommerce_transaction(), "/gateway_transaction_id");
    credit["event"] = json!("purchase");
    credit["method"] = json!("store_credit");
    credit["gateway"] = json!("storecredit");
    let paid = with(&order, "/payment_status", json!("captured"));
    shown("bigcommerce", &paid).beside("transaction", &credit).comes_in();
}

/// The example of SCAPI Orders 1.5.2, with a state that the postal code lies in.
fn salesforce_order() -> Value {
    json!({
        "orderNo": "00000410", "status": "new", "confirmationStatus": "confirmed", "exportStatus": "not_exported",
        "paymentStatus": "not_paid", "shippingStatus": "not_shipped", "creationDate": "2015-05-19T15:23:18.000Z",
        "placeDate": "2015-05-19T15:23:18.000Z", "lastModified": "2020-11-04T14:13:31.061Z", "currency": "USD",
        "adjustedMerchandizeTotalTax": 4.95, "adjustedShippingTotalTax": 0.3, "productTotal": 99,
        "shippingTotal": 5.99, "orderTotal": 110.24, "taxation": "net",
        "paymentInstruments": [{
            "paymentInstrumentId": "21052ad719a076cdc83637851e", "paymentMethodId": "CREDIT_CARD",
            "paymentTransaction": { "amount": 110.24, "transactionId": "40f07907428e23c4bbc6fb0446" },
        }],
        "productItems": [{
            "itemId": "99e96c7f8b46b98de2bae5d778", "productId": "701643632930", "quantity": 1, "basePrice": 99,
            "shipmentId": "me",
        }],
        "shipments": [{ "shipmentId": "me", "shippingStatus": "not_shipped", "shippingAddress": {
            "address1": "45 Main Rd.", "city": "Burlington", "countryCode": "US", "postalCode": "05408",
            "stateCode": "VT",
        } }],
    })
}

#[test]
fn salesforce_commerce_cloud() {
    let order = salesforce_order();
    let cloud = |order: &Value| shown("salesforce_commerce_cloud", order);
    cloud(&order).verified().comes_in();
    cloud(&order).is_kept_out(&["unauthenticated-payment-token"]);
    let unpaid = without(&order, "/paymentInstruments/0/paymentTransaction");
    cloud(&unpaid).is_kept_out(&["missing-payment-token"]);
    let nowhere = without(&order, "/shipments/0/shippingAddress");
    cloud(&nowhere).verified().is_kept_out(&["malformed-address"]);
    let misspelt = with(&order, "/status", json!("complete"));
    cloud(&misspelt).verified().is_kept_out(&["undefined-status"]);
    let dearer = with(&order, "/orderTotal", json!(120.24));
    cloud(&dearer).verified().is_kept_out(&["sum-mismatch"]);
}

/// Prices hold the tax already; taxTotal is told all the same.
#[test]
fn salesforce_commerce_cloud_adds_no_tax_to_gross_prices() {
    let mut gross = salesforce_order();
    gross["taxation"] = json!("gross");
    gross["productTotal"] = json!(103.95);
    gross["shippingTotal"] = json!(6.29);
    gross["taxTotal"] = json!(5.25);
    shown("salesforce_commerce_cloud", &gross).verified().comes_in();
}

/// Paths of `OrderDefinition` and its neighbours, associations loaded.
fn shopware_order() -> Value {
    let state = |name: &str| json!({ "technicalName": name });
    let price = |total: f64| json!({ "totalPrice": total });
    json!({
        "id": "018f1c2a", "orderNumber": "10042", "orderDateTime": "2026-05-10T19:52:09.000+00:00",
        "updatedAt": "2026-05-10T19:52:10.000+00:00", "currency": { "isoCode": "EUR" },
        "amountTotal": 54.99, "positionPrice": 50.0, "shippingTotal": 4.99, "taxStatus": "gross",
        "price": { "totalPrice": 54.99, "rawTotal": 54.99, "calculatedTaxes": [{ "tax": 8.78, "taxRate": 19 }] },
        "stateMachineState": state("open"),
        "lineItems": [
            { "id": "l1", "quantity": 2, "unitPrice": 30.0, "totalPrice": 60.0, "payload": { "productNumber": "SW-1" }, "states": ["is-physical"] },
            { "id": "l2", "quantity": 1, "unitPrice": -10.0, "totalPrice": -10.0, "payload": { "code": "SPRING" }, "states": [] },
        ],
        "transactions": [{
            "id": "t1", "stateMachineState": state("paid"), "amount": price(54.99),
            "captures": [{ "id": "c1", "externalReference": "pi_3LqN", "stateMachineState": state("completed"), "amount": price(54.99) }],
        }],
        "deliveries": [{ "id": "d1", "stateMachineState": state("open"), "trackingCodes": [], "shippingOrderAddress": {
            "street": "Ebbinghoff 10", "zipcode": "48624", "city": "Schöppingen", "countryState": null,
            "country": { "iso": "DE" },
        } }],
    })
}

/// A promotion is a line that costs less than nothing and names no article.
#[test]
fn shopware6() {
    let order = shopware_order();
    shown("shopware6", &order).verified().comes_in_with(&["missing-sku"]);
    let excused = ["negative-amount"];
    let shop = |order: &Value| shown("shopware6", order);
    // Staff can set a transaction to paid.
    shop(&order).is_kept_out_excused(&["unauthenticated-payment-token"], &excused);
    let unpaid = without(&order, "/transactions/0/captures");
    shop(&unpaid).is_kept_out_excused(&["missing-payment-token"], &excused);
    let nowhere = without(&order, "/deliveries/0/shippingOrderAddress");
    shop(&nowhere).verified().is_kept_out_excused(&["malformed-address"], &excused);
    // Plugins and shops add states, so a new one does not stop an order.
    let misspelt = with(&order, "/deliveries/0/stateMachineState/technicalName", json!("opened"));
    shop(&misspelt).verified().comes_in_with(&["missing-sku", "unlisted-word"]);
    let dearer = with(&order, "/positionPrice", json!(40.0));
    shop(&dearer).verified().is_kept_out_excused(&["sum-mismatch"], &excused);
}

/// Net prices: the tax comes on top, and cash is rounded to five centimes.
#[test]
fn shopware6_adds_tax_to_net_prices_and_rounds_for_cash() {
    let mut net = shopware_order();
    net["taxStatus"] = json!("net");
    net["price"] = json!({ "totalPrice": 65.45, "rawTotal": 65.44, "calculatedTaxes": [{ "tax": 10.45, "taxRate": 19 }] });
    net["amountTotal"] = json!(65.45);
    shown("shopware6", &net).verified().comes_in_with(&["missing-sku"]);
}

/// The example of the API reference, given a number, an address and a payment.
fn commercetools_order() -> Value {
    let money = |cents: u32| json!({ "type": "centPrecision", "fractionDigits": 2, "currencyCode": "EUR", "centAmount": cents });
    json!({
        "type": "Order", "id": "92f5a867-bf19-47ab-982c-6720a03a3921", "orderNumber": "C-1001",
        "createdAt": "2017-01-04T19:54:49.797Z", "lastModifiedAt": "2017-01-04T19:54:49.797Z",
        "totalPrice": money(1000),
        "taxedPrice": { "totalNet": money(1000), "totalGross": money(1100), "totalTax": money(100) },
        "orderState": "Open", "shipmentState": "Pending", "paymentState": "Paid", "syncInfo": [], "returnInfo": [],
        "lineItems": [{
            "id": "7297c742-d8b0-484b-aadc-1d0ba1869dc9", "variant": { "id": 1, "sku": "some-sku-123" },
            "price": { "value": money(1000) }, "quantity": 1, "totalPrice": money(1000),
        }],
        "customLineItems": [],
        "shippingAddress": {
            "streetName": "Adams-Lehmann-Straße", "streetNumber": "44", "postalCode": "80797", "city": "München",
            "country": "DE",
        },
        "paymentInfo": { "payments": [{ "typeId": "payment", "id": "p1", "obj": {
            "id": "p1", "amountPlanned": money(1100), "paymentMethodInfo": { "method": "CREDIT_CARD" },
            "transactions": [{ "id": "t1", "type": "Charge", "state": "Success", "amount": money(1100), "interactionId": "psp-8815" }],
        } }] },
    })
}

#[test]
fn commercetools() {
    let order = commercetools_order();
    shown("commercetools", &order).verified().comes_in();
    shown("commercetools", &order).is_kept_out(&["unauthenticated-payment-token"]);
    let unpaid = without(&order, "/paymentInfo/payments/0/obj/transactions/0/interactionId");
    shown("commercetools", &unpaid).is_kept_out(&["missing-payment-token"]);
    let failed = with(&order, "/paymentInfo/payments/0/obj/transactions/0/state", json!("Pending"));
    let failed = without(&failed, "/paymentState");
    shown("commercetools", &failed).is_kept_out(&["missing-payment-token"]);
    let nowhere = without(&order, "/shippingAddress");
    shown("commercetools", &nowhere).verified().is_kept_out(&["malformed-address"]);
    let misspelt = with(&order, "/orderState", json!("Opened"));
    shown("commercetools", &misspelt).verified().is_kept_out(&["undefined-status"]);
    let dearer = with(&order, "/totalPrice/centAmount", json!(1010));
    shown("commercetools", &dearer).verified().is_kept_out(&["sum-mismatch"]);
}

/// A project need not number its orders; the id is always there.
#[test]
fn commercetools_need_no_number() {
    let order = without(&commercetools_order(), "/orderNumber");
    shown("commercetools", &order).verified().comes_in_with(&["missing-order-id"]);
}
