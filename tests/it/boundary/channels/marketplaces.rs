//! Marketplaces: they collect the money themselves, and their own word that they have it is all.

use serde_json::{Value, json};

use super::{shown, with, without};

/// The shape of `sell_fulfillment_v1_oas3.json`.
fn ebay_order() -> Value {
    json!({
        "orderId": "11-01234-56789", "creationDate": "2025-03-19T09:07:33.000Z",
        "lastModifiedDate": "2025-03-19T09:08:10.000Z", "orderFulfillmentStatus": "NOT_STARTED",
        "orderPaymentStatus": "PAID", "cancelStatus": { "cancelState": "NONE_REQUESTED", "cancelRequests": [] },
        "pricingSummary": {
            "priceSubtotal": { "value": "249.0", "currency": "AUD" }, "deliveryCost": { "value": "2.58", "currency": "AUD" },
            "total": { "value": "251.58", "currency": "AUD" },
        },
        "paymentSummary": { "refunds": [], "payments": [{
            "paymentMethod": "EBAY", "paymentStatus": "PAID", "paymentDate": "2025-03-19T09:07:33.965Z",
        }] },
        "fulfillmentStartInstructions": [{ "fulfillmentInstructionsType": "SHIP_TO", "shippingStep": { "shipTo": {
            "fullName": "Jane Doe", "contactAddress": {
                "addressLine1": "1 Example St", "city": "Sydney", "stateOrProvince": "NSW", "postalCode": "2000",
                "countryCode": "AU",
            },
        } } }],
        "lineItems": [{
            "lineItemId": "100001", "sku": "LAMP-7", "quantity": 1, "lineItemFulfillmentStatus": "NOT_STARTED",
            "lineItemCost": { "value": "249.0", "currency": "AUD" }, "total": { "value": "251.58", "currency": "AUD" },
        }],
    })
}

#[test]
fn ebay() {
    let order = ebay_order();
    shown("ebay", &order).comes_in();
    let nowhere = without(&order, "/fulfillmentStartInstructions/0/shippingStep");
    shown("ebay", &nowhere).is_kept_out(&["malformed-address"]);
    let misspelt = with(&order, "/orderFulfillmentStatus", json!("NOT_STARTET"));
    shown("ebay", &misspelt).is_kept_out(&["undefined-status"]);
    let mut unpaid = without(&order, "/paymentSummary/payments/0/paymentDate");
    unpaid["orderPaymentStatus"] = json!("PENDING");
    unpaid["paymentSummary"]["payments"][0]["paymentStatus"] = json!("PENDING");
    shown("ebay", &unpaid).is_kept_out(&["missing-payment-token"]);
    let dearer = with(&order, "/pricingSummary/priceSubtotal/value", json!("259.0"));
    shown("ebay", &dearer).is_kept_out(&["sum-mismatch"]);
}

/// What the seller collects himself, eBay calls paid on his word.
#[test]
fn ebay_vouches_only_for_its_own_collecting() {
    let cheque =
        with(&ebay_order(), "/paymentSummary/payments/0/paymentMethod", json!("PERSONAL_CHECK"));
    shown("ebay", &cheque).is_kept_out(&["missing-payment-token"]);
}

#[test]
fn what_ebay_ships_and_what_is_not_shipped_needs_no_address() {
    let order = without(&ebay_order(), "/fulfillmentStartInstructions/0/shippingStep");
    for kind in ["FULFILLED_BY_EBAY", "DIGITAL", "PREPARE_FOR_PICKUP"] {
        let place = "/fulfillmentStartInstructions/0/fulfillmentInstructionsType";
        shown("ebay", &with(&order, place, json!(kind))).comes_in();
    }
}

/// An example of GET /v3/orders (United States).
fn walmart_order() -> Value {
    json!({
        "purchaseOrderId": "1815367951431", "customerOrderId": "4372135469400", "orderDate": 1623796407000_i64,
        "shippingInfo": { "methodCode": "Value", "postalAddress": {
            "name": "Donald Ashley", "address1": "6600 gazebo drive", "city": "Cedar hill", "state": "MO",
            "postalCode": "63016", "country": "USA", "addressType": "RESIDENTIAL",
        } },
        "orderLines": { "orderLine": [{
            "lineNumber": "1", "item": { "productName": "Cart", "sku": "YHY-FN25200B2" },
            "orderLineQuantity": { "unitOfMeasurement": "EACH", "amount": "1" },
            "orderLineStatuses": { "orderLineStatus": [{
                "status": "Created", "statusQuantity": { "unitOfMeasurement": "EACH", "amount": "1" },
            }] },
        }] },
        "shipNode": { "type": "SellerFulfilled" },
    })
}

#[test]
fn walmart() {
    let order = walmart_order();
    shown("walmart", &order).comes_in();
    let nowhere = without(&order, "/shippingInfo");
    shown("walmart", &nowhere).is_kept_out(&["malformed-address"]);
    let status = "/orderLines/orderLine/0/orderLineStatuses/orderLineStatus/0/status";
    let misspelt = with(&order, status, json!("Creatd"));
    shown("walmart", &misspelt).is_kept_out(&["missing-payment-token", "undefined-status"]);
    let unpaid = without(&order, "/orderLines/orderLine/0/orderLineStatuses");
    shown("walmart", &unpaid).is_kept_out(&["missing-payment-token"]);
}

/// Mexico's shape: lists without a list's name, and a status for orders that are not paid yet.
#[test]
fn walmart_of_mexico_holds_what_is_not_paid() {
    let order = json!({
        "purchaseOrderId": "P100263684", "customerOrderId": "20210420154", "orderDate": "2021-04-20T08:43:33.000-05:00",
        "shippingInfo": { "postalAddress": {
            "address1": "Calle Panoramica 5154", "city": "NOCHISTLAN DE MEJIA", "state": "ZACATECAS",
            "postalCode": "66450", "country": "MX",
        } },
        "orderLines": [{
            "primeLineNumber": "1", "item": { "sku": "2188_00009785509713", "unitPrice": { "currency": "MXN", "amount": "7199" } },
            "orderLineStatus": [{ "status": "Acknowledged", "statusQuantity": { "amount": "1" } }],
        }],
    });
    shown("walmart", &order).comes_in();
    let held = with(&order, "/orderLines/0/orderLineStatus/0/status", json!("OnHold"));
    shown("walmart", &held).is_kept_out(&["missing-payment-token"]);
}

#[test]
fn what_walmart_ships_needs_no_address() {
    let order = with(&walmart_order(), "/shipNode/type", json!("WFSFulfilled"));
    shown("walmart", &without(&order, "/shippingInfo")).comes_in();
}

/// Keys of Etsy's `OpenAPI` file; amounts are whole numbers with a divisor.
fn etsy_receipt() -> Value {
    let money = |amount: u32| json!({ "amount": amount, "divisor": 100, "currency_code": "USD" });
    json!({
        "receipt_id": 3456789012_u64, "receipt_type": 0, "status": "paid", "payment_method": "cc", "is_paid": true,
        "is_shipped": false, "created_timestamp": 1764000000, "updated_timestamp": 1764000100,
        "name": "Jane Doe", "first_line": "500 Main St", "second_line": null, "city": "Brooklyn", "state": "NY",
        "zip": "11201", "country_iso": "US",
        "grandtotal": money(4350), "subtotal": money(3600), "total_price": money(4000), "discount_amt": money(400),
        "total_shipping_cost": money(500), "total_tax_cost": money(250), "total_vat_cost": money(0),
        "gift_wrap_price": money(0), "refunds": [], "shipments": [],
        "transactions": [{
            "transaction_id": 9001, "listing_id": 77, "quantity": 2, "sku": "MUG-1", "price": money(2000),
            "is_digital": false,
        }],
    })
}

#[test]
fn etsy() {
    let receipt = etsy_receipt();
    shown("etsy", &receipt).comes_in();
    let nowhere = with(&receipt, "/first_line", json!(null));
    shown("etsy", &nowhere).is_kept_out(&["malformed-address"]);
    let misspelt = with(&receipt, "/status", json!("payd"));
    shown("etsy", &misspelt).is_kept_out(&["missing-payment-token", "undefined-status"]);
    let mut unpaid = with(&receipt, "/status", json!("payment processing"));
    unpaid["is_paid"] = json!(false);
    shown("etsy", &unpaid).is_kept_out(&["missing-payment-token"]);
    let dearer = with(&receipt, "/grandtotal/amount", json!(4950));
    shown("etsy", &dearer).is_kept_out(&["sum-mismatch"]);
    let mut given_back = with(&receipt, "/status", json!("fully refunded"));
    given_back["refunds"] =
        json!([{ "amount": { "amount": 9000, "divisor": 100, "currency_code": "USD" } }]);
    shown("etsy", &given_back).is_kept_out(&["excessive-refund"]);
}

/// PayPal may be the seller's own account; a payment of Etsy's shows that it is not.
#[test]
fn etsy_vouches_only_for_etsy_payments() {
    let receipt = with(&etsy_receipt(), "/payment_method", json!("paypal"));
    shown("etsy", &receipt).is_kept_out(&["missing-payment-token"]);
    let payment = json!({
        "payment_id": 5001, "receipt_id": 3456789012_u64, "status": "settled", "created_timestamp": 1764000050,
        "amount_gross": { "amount": 4350, "divisor": 100, "currency_code": "USD" },
    });
    shown("etsy", &receipt).beside("payment", &payment).comes_in();
}

#[test]
fn etsy_downloads_go_nowhere() {
    let mut receipt = etsy_receipt();
    receipt["transactions"][0]["is_digital"] = json!(true);
    for part in ["first_line", "city", "state", "zip", "country_iso"] {
        receipt[part] = json!(null);
    }
    shown("etsy", &receipt).comes_in();
}

/// Keys and sample values of TikTok's `OpenAPI` file (Get Order Detail 202309).
fn tiktok_order() -> Value {
    let district = |level: &str, called: &str, name: &str| json!({ "address_level": level, "address_level_name": called, "address_name": name });
    json!({
        "id": "576461413038785752", "status": "AWAITING_SHIPMENT", "create_time": 1764000000, "update_time": 1764000100,
        "paid_time": 1764000050, "is_cod": false, "fulfillment_type": "FULFILLMENT_BY_SELLER", "shipping_type": "SELLER",
        "order_type": "NORMAL",
        "payment": {
            "currency": "USD", "sub_total": "40.00", "original_total_product_price": "50.00", "seller_discount": "6.00",
            "platform_discount": "4.00", "shipping_fee": "5.00", "tax": "3.50", "total_amount": "48.50",
        },
        "recipient_address": {
            "name": "David Kong", "address_line1": "1199 Coleman Ave", "address_line2": "Suite 100", "postal_code": "95110",
            "region_code": "US", "district_info": [
                district("L0", "Country", "United States"), district("L1", "State", "California"),
                district("L2", "County", "Santa Clara"), district("L3", "City", "San Jose"),
            ],
        },
        "line_items": [{
            "id": "577086512123755123", "seller_sku": "red_iphone_256", "sale_price": "40.00", "currency": "USD",
            "display_status": "AWAITING_SHIPMENT",
        }],
    })
}

#[test]
fn tiktok_shop() {
    let order = tiktok_order();
    shown("tiktok_shop", &order).comes_in();
    let nowhere = without(&order, "/recipient_address");
    shown("tiktok_shop", &nowhere).is_kept_out(&["malformed-address"]);
    let misspelt = with(&order, "/status", json!("AWAITING_SHIPPMENT"));
    shown("tiktok_shop", &misspelt).is_kept_out(&["missing-payment-token", "undefined-status"]);
    let unpaid = without(&without(&order, "/status"), "/paid_time");
    shown("tiktok_shop", &unpaid).is_kept_out(&["missing-payment-token"]);
    let dearer = with(&order, "/payment/sub_total", json!("44.00"));
    shown("tiktok_shop", &dearer).is_kept_out(&["sum-mismatch"]);
}

/// In the hour after the order there is no address, and the money is not there for certain.
#[test]
fn tiktok_shows_no_address_before_it_lets_an_order_out() {
    let mut held = without(&tiktok_order(), "/recipient_address");
    held["status"] = json!("ON_HOLD");
    held["line_items"][0]["display_status"] = json!("AWAITING_SHIPMENT");
    shown("tiktok_shop", &held)
        .is_kept_out_excused(&["missing-payment-token"], &["malformed-address"]);
}

/// Whoever ships with TikTok's labels never sees the street.
#[test]
fn tiktok_masks_what_it_sends_itself() {
    let mut masked = tiktok_order();
    masked["recipient_address"]["address_line1"] = json!("****************");
    masked["recipient_address"]["postal_code"] = json!("*****");
    shown("tiktok_shop", &masked).is_kept_out(&["malformed-address"]);
    masked["shipping_type"] = json!("TIKTOK");
    shown("tiktok_shop", &masked).comes_in_with(&["malformed-address"]);
}

/// The example of OR11, with an address that the post would take.
fn mirakl_order() -> Value {
    json!({
        "order_id": "Order_00010-A", "commercial_id": "Order_00010", "order_state": "SHIPPING",
        "payment_workflow": "PAY_ON_ACCEPTANCE", "created_date": "2019-04-02T14:18:43Z",
        "last_updated_date": "2019-04-02T14:59:58Z", "customer_debited_date": "2019-04-02T14:58:22.460Z",
        "currency_iso_code": "USD", "price": 165, "shipping_price": 8, "total_price": 173, "fully_refunded": false,
        "customer": { "shipping_address": {
            "city": "New York", "country": "USA", "country_iso_code": "USA", "state": "NY",
            "street_1": "113 MacDougal Street", "street_2": "1st floor", "zip_code": "10012",
        } },
        "order_lines": [{
            "order_line_id": "Order_00010-A-1", "order_line_state": "SHIPPING", "offer_sku": "S2000", "quantity": 3,
            "price_unit": 55, "price": 165, "total_price": 173, "fees": [{ "amount": 0.65, "code": "fee1" }],
            "debited_date": "2019-04-02T14:58:22Z", "refunds": [],
        }],
    })
}

#[test]
fn mirakl() {
    let order = mirakl_order();
    shown("mirakl", &order).comes_in();
    let nowhere = with(&order, "/customer/shipping_address", json!(null));
    shown("mirakl", &nowhere).is_kept_out(&["malformed-address"]);
    let undated = without(&order, "/customer_debited_date");
    let misspelt = with(&undated, "/order_state", json!("SHIPING"));
    shown("mirakl", &misspelt).is_kept_out(&["missing-payment-token", "undefined-status"]);
    let unconfirmed =
        with(&undated, "/payment_workflow", json!("NO_CUSTOMER_PAYMENT_CONFIRMATION"));
    shown("mirakl", &unconfirmed).is_kept_out(&["missing-payment-token"]);
    let dearer = with(&order, "/shipping_price", json!(18));
    shown("mirakl", &dearer).is_kept_out(&["sum-mismatch"]);
}

/// Until the shop has accepted there is neither an address nor a debit.
#[test]
fn mirakl_shows_no_address_before_acceptance() {
    let mut waiting = without(&mirakl_order(), "/customer_debited_date");
    waiting["order_state"] = json!("WAITING_ACCEPTANCE");
    waiting["order_lines"][0]["order_line_state"] = json!("WAITING_ACCEPTANCE");
    waiting["order_lines"][0]["debited_date"] = json!(null);
    waiting["customer"]["shipping_address"] = json!(null);
    shown("mirakl", &waiting)
        .is_kept_out_excused(&["missing-payment-token"], &["malformed-address"]);
}

/// The debit follows the shipment, and the operator has the customer's promise.
#[test]
fn mirakl_lets_the_shop_ship_on_a_promise() {
    let mut promised = without(&mirakl_order(), "/customer_debited_date");
    promised["payment_workflow"] = json!("PAY_ON_SHIPMENT");
    promised["order_lines"][0]["debited_date"] = json!(null);
    shown("mirakl", &promised).comes_in_with(&["missing-payment-token"]);
}
