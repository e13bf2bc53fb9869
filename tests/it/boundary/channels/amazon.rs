//! Amazon: it collects the money, lets orders out when it is sure of it, and shows addresses then.

use serde_json::{Value, json};

use super::{shown, with, without};

/// The examples of getOrder and getOrderItems in ordersV0.json, let out.
fn seller_order() -> Value {
    json!({
        "AmazonOrderId": "902-3159896-1390916", "PurchaseDate": "2017-01-20T19:49:35Z",
        "LastUpdateDate": "2017-01-20T19:49:35Z", "OrderStatus": "Unshipped", "FulfillmentChannel": "MFN",
        "NumberOfItemsShipped": 0, "NumberOfItemsUnshipped": 2, "PaymentMethod": "Other",
        "PaymentMethodDetails": ["CreditCard", "GiftCertificate"], "OrderType": "StandardOrder",
        "OrderTotal": { "CurrencyCode": "USD", "Amount": "19.21" }, "IsISPU": false, "IsReplacementOrder": false,
        "ShippingAddress": {
            "Name": "Michigan address", "AddressLine1": "1 Cross St.", "City": "Canton", "StateOrRegion": "MI",
            "PostalCode": "48817", "CountryCode": "US",
        },
        "OrderItems": [{
            "ASIN": "BCTU1104UEFB", "OrderItemId": "79039765272157", "SellerSKU": "CBA_OTF_5", "QuantityOrdered": 2,
            "QuantityShipped": 0, "ItemPrice": { "CurrencyCode": "USD", "Amount": "17.95" },
        }],
    })
}

#[test]
fn amazon_sp_api() {
    let order = seller_order();
    shown("amazon_sp_api", &order).comes_in();
    let nowhere = without(&order, "/ShippingAddress");
    shown("amazon_sp_api", &nowhere).is_kept_out(&["malformed-address"]);
    // The word is the evidence, so one that is unknown proves nothing.
    let misspelt = with(&order, "/OrderStatus", json!("Unshiped"));
    shown("amazon_sp_api", &misspelt).is_kept_out(&["missing-payment-token", "undefined-status"]);
    let unpaid = without(&order, "/OrderStatus");
    shown("amazon_sp_api", &unpaid).is_kept_out(&["missing-payment-token"]);
}

/// The same order as Orders 2026-01-01 tells it.
#[test]
fn amazon_sp_api_2026() {
    let order = json!({
        "orderId": "902-3159896-1390916", "createdTime": "2026-01-20T19:49:35Z", "lastUpdatedTime": "2026-01-20T19:49:35Z",
        "salesChannel": { "channelName": "AMAZON" },
        "recipient": { "deliveryAddress": {
            "addressLine1": "1 Cross St.", "city": "Canton", "stateOrRegion": "MI", "postalCode": "48817",
            "countryCode": "US",
        } },
        "proceeds": { "grandTotal": { "amount": "19.21", "currencyCode": "USD" } },
        "fulfillment": { "fulfillmentStatus": "UNSHIPPED", "fulfilledBy": "MERCHANT" },
        "orderItems": [{
            "orderItemId": "79039765272157", "quantityOrdered": 2,
            "product": { "asin": "BCTU1104UEFB", "sellerSku": "CBA_OTF_5", "price": { "unitPrice": { "amount": "8.98", "currencyCode": "USD" } } },
        }],
    });
    shown("amazon_sp_api", &order).comes_in();
    let nowhere = without(&order, "/recipient");
    shown("amazon_sp_api", &nowhere).is_kept_out(&["malformed-address"]);
    let pending = with(&nowhere, "/fulfillment/fulfillmentStatus", json!("PENDING"));
    shown("amazon_sp_api", &pending)
        .is_kept_out_excused(&["missing-payment-token"], &["malformed-address"]);
}

/// Pending orders have neither address nor payment yet; only the money is a reason to wait.
#[test]
fn a_pending_order_has_no_address_yet() {
    let pending = with(&seller_order(), "/OrderStatus", json!("Pending"));
    let pending = without(&without(&pending, "/ShippingAddress"), "/OrderTotal");
    shown("amazon_sp_api", &pending)
        .is_kept_out_excused(&["missing-payment-token"], &["malformed-address"]);
}

/// Amazon's own warehouse ships, and nobody needs to know where to.
#[test]
fn what_amazon_ships_needs_no_address() {
    let shipped = with(&seller_order(), "/FulfillmentChannel", json!("AFN"));
    shown("amazon_sp_api", &without(&shipped, "/ShippingAddress")).comes_in();
}

/// Without a Restricted Data Token the town is told and the street is not.
#[test]
fn a_parcel_needs_the_restricted_street() {
    let restricted = without(&seller_order(), "/ShippingAddress/AddressLine1");
    shown("amazon_sp_api", &restricted).is_kept_out(&["malformed-address"]);
}

#[test]
fn a_cancelled_item_stays_with_no_piece() {
    let mut order = seller_order();
    let mut cancelled = order["OrderItems"][0].clone();
    cancelled["OrderItemId"] = json!("79039765272158");
    cancelled["QuantityOrdered"] = json!(0);
    order["OrderItems"].as_array_mut().unwrap().push(cancelled);
    shown("amazon_sp_api", &order).comes_in();
}

/// The example of getOrder in vendorDirectFulfillmentOrders_2021-12-28.json.
#[test]
fn amazon_vendor_df() {
    let order = json!({
        "purchaseOrderNumber": "2JK3S9VC", "orderDetails": {
            "customerOrderNumber": "123-ABC", "orderDate": "2020-02-20T13:51:00Z", "orderStatus": "NEW",
            "sellingParty": { "partyId": "999US" }, "shipFromParty": { "partyId": "ABCD" },
            "shipToParty": {
                "name": "ABCD", "attention": "ABCD", "addressLine1": "123 XYZ Street", "addressLine2": "Apt 5",
                "city": "San Jose", "stateOrRegion": "CA", "postalCode": "94086", "countryCode": "USA",
            },
            "items": [{
                "itemSequenceNumber": "00001", "buyerProductIdentifier": "B07DFVDRAB",
                "vendorProductIdentifier": "8806098286500", "orderedQuantity": { "amount": 1, "unitOfMeasure": "EACH" },
                "netPrice": { "currencyCode": "USD", "amount": "500" },
            }],
        },
    });
    // Amazon owes the money itself: nothing shows it, and nothing has to.
    shown("amazon_vendor_df", &order).comes_in();
    let nowhere = without(&order, "/orderDetails/shipToParty");
    shown("amazon_vendor_df", &nowhere)
        .is_kept_out_excused(&["malformed-address"], &["missing-payment-token"]);
    let misspelt = with(&order, "/orderDetails/orderStatus", json!("ACKNOWLEDGED"));
    shown("amazon_vendor_df", &misspelt)
        .is_kept_out_excused(&["undefined-status"], &["missing-payment-token"]);
    let none = with(&order, "/orderDetails/items/0/orderedQuantity/amount", json!(0));
    shown("amazon_vendor_df", &none)
        .is_kept_out_excused(&["zero-quantity"], &["missing-payment-token"]);
}

/// The example of getFulfillmentOrder in fulfillmentOutbound_2020-07-01.json.
#[test]
fn amazon_mcf() {
    let order = json!({
        "fulfillmentOrder": {
            "sellerFulfillmentOrderId": "FBATestOrder-1", "displayableOrderId": "TestOrder-FBAOutbound",
            "displayableOrderDate": "2020-01-09T19:46:45Z", "receivedDate": "2020-02-07T01:23:30Z",
            "destinationAddress": {
                "name": "Amazon", "addressLine1": "1234 Amazon Way", "city": "Troy", "stateOrRegion": "MI",
                "countryCode": "US", "postalCode": "48084",
            },
            "fulfillmentAction": "Ship", "fulfillmentPolicy": "FillOrKill",
            "fulfillmentOrderStatus": "PROCESSING", "statusUpdatedDate": "2020-02-07T02:33:31Z",
        },
        "fulfillmentOrderItems": [{
            "sellerSku": "CR-47K6-H6QN", "sellerFulfillmentOrderItemId": "OrderItemID1", "quantity": 3,
            "cancelledQuantity": 0, "unfulfillableQuantity": 0,
        }],
    });
    shown("amazon_mcf", &order).comes_in();
    // A warehouse is asked neither for the buyer's address nor for his money: the shop is.
    shown("amazon_mcf", &without(&order, "/fulfillmentOrder/destinationAddress")).comes_in();
    let misspelt = with(&order, "/fulfillmentOrder/fulfillmentOrderStatus", json!("PROCESING"));
    shown("amazon_mcf", &misspelt).is_kept_out(&["undefined-status"]);
    let unnamed = without(&order, "/fulfillmentOrderItems/0/sellerSku");
    shown("amazon_mcf", &unnamed).comes_in_with(&["missing-sku"]);
}
