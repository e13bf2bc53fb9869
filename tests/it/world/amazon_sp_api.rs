//! Amazon: orders that the seller ships, and orders that Amazon ships where every line is sent by
//! another service.
//!
//! Orders with an even number are read with Orders v0, which ends at the carrier; those with an odd
//! one with Orders 2026-01-01 and all its data sets, which tells of the seller's parcels. Reserved
//! money is all that Amazon waits for; what happens to it afterwards no order tells. The seller's
//! warehouse takes part in External Fulfillment, so that returns to it can be asked for; of what came
//! back to Amazon's own houses there is a report. A return exists as soon as Amazon agreed to it.

use serde_json::{Value, json};

use super::{Back, From, Line, Money, Parcel, Pays, Sale, Sent, money};

/// The list of returns that is read of an order. Each way to ship has one of its own: that none lies
/// in the one says nothing of what the other ships.
pub(super) fn returns_of(sale: Option<&Sale>) -> Option<&'static str> {
    sale.map(|sale| if by_amazon(sale) { "fba_return" } else { "external_return" })
}

pub(super) fn sends(sale: &Sale) -> Sent {
    let order = if sale.number % 2 == 1 { of_2026(sale) } else { of_v0(sale) };
    let mut sent = vec![("order", order)];
    if by_amazon(sale) {
        sent.extend(units_back(sale));
    } else {
        sent.extend(returned(sale));
    }
    sent
}

fn by_amazon(sale: &Sale) -> bool {
    sale.lines.iter().all(|line| line.from == From::Maker)
}

fn of_v0(sale: &Sale) -> Value {
    let left: u32 = sale.lines.iter().map(|line| line.sent).sum();
    json!({
        "AmazonOrderId": sale.number.to_string(), "OrderStatus": status(sale).0, "LastUpdateDate": "2026-11-22T10:00:00Z",
        "OrderTotal": { "CurrencyCode": "USD", "Amount": money(sale.total()) },
        "FulfillmentChannel": if by_amazon(sale) { "AFN" } else { "MFN" },
        "PaymentMethod": if sale.pays == Pays::AtTheDoor { "COD" } else { "Other" },
        "NumberOfItemsShipped": left, "NumberOfItemsUnshipped": sale.open(),
        "OrderItems": sale.lines.iter().enumerate().map(|it| v0_item(sale, it)).collect::<Vec<_>>(),
    })
}

/// In both APIs' spelling.
fn status(sale: &Sale) -> (&'static str, &'static str) {
    let waits = matches!(sale.pays, Pays::Card | Pays::Transfer)
        && matches!(sale.money, Money::Nothing | Money::Declined);
    if sale.called_off && !sale.any_sent() {
        ("Canceled", "CANCELLED")
    } else if waits && !sale.any_sent() {
        ("Pending", "PENDING")
    } else if sale.all_sent() {
        ("Shipped", "SHIPPED")
    } else if sale.any_sent() {
        ("PartiallyShipped", "PARTIALLY_SHIPPED")
    } else {
        ("Unshipped", "UNSHIPPED")
    }
}

fn v0_item(sale: &Sale, (at, line): (usize, &Line)) -> Value {
    let mut item = json!({
        "OrderItemId": format!("item-{at}"), "QuantityOrdered": line.live(), "QuantityShipped": line.sent,
        "ItemPrice": { "CurrencyCode": "USD", "Amount": money(line.live() * line.price) },
    });
    if sale.wish {
        item["BuyerRequestedCancel"] = json!({ "IsBuyerRequestedCancel": "true", "BuyerCancelReason": "Found cheaper somewhere else." });
    }
    item
}

fn of_2026(sale: &Sale) -> Value {
    let total = json!({ "amount": money(sale.total()), "currencyCode": "USD" });
    let method = match sale.pays {
        Pays::AtTheDoor => Some("CashOnDelivery"),
        Pays::OnInvoice => Some("Invoice"),
        Pays::Card => Some("CreditCard"),
        Pays::Transfer | Pays::Nothing => None,
    };
    let mut order = json!({
        "orderId": sale.number.to_string(), "createdTime": "2026-11-20T10:00:00Z", "lastUpdatedTime": "2026-11-22T10:00:00Z",
        "salesChannel": { "channelName": "AMAZON", "marketplaceId": "ATVPDKIKX0DER" },
        "proceeds": { "grandTotal": total },
        "fulfillment": { "fulfillmentStatus": status(sale).1, "fulfilledBy": if by_amazon(sale) { "AMAZON" } else { "MERCHANT" } },
        "orderItems": sale.lines.iter().enumerate().map(|it| item(sale, it)).collect::<Vec<_>>(),
    });
    if let Some(method) = method {
        order["payment"] =
            json!({ "paymentExecutions": [{ "paymentMethod": method, "paymentAmount": total }] });
    }
    // Parcels are told of orders that the seller ships.
    let parcels = sale.parcels();
    if !by_amazon(sale) && !parcels.is_empty() {
        order["packages"] = parcels.iter().enumerate().map(package).collect();
    }
    order
}

fn item(sale: &Sale, (at, line): (usize, &Line)) -> Value {
    // Units that were cancelled are neither fulfilled nor to be fulfilled.
    let mut item = json!({
        "orderItemId": format!("item-{at}"), "quantityOrdered": line.pieces,
        "proceeds": { "proceedsTotal": { "amount": money(line.live() * line.price), "currencyCode": "USD" } },
        "fulfillment": { "quantityFulfilled": line.sent, "quantityUnfulfilled": line.open() },
    });
    if sale.wish {
        item["cancellation"] = json!({ "cancellationRequest": { "requester": "BUYER", "cancelReason": "Found cheaper somewhere else." } });
    }
    if line.live() == 0 {
        item["cancellation"] = json!({ "cancellationExecution": { "cancelledBy": "MERCHANT", "cancelReason": "Unspecified" } });
    }
    item
}

fn package((at, parcel): (usize, &Parcel)) -> Value {
    let status = if parcel.arrived { "DELIVERED" } else { "IN_TRANSIT" };
    let items: Vec<_> = parcel
        .pieces
        .iter()
        .map(|(line, pieces)| json!({ "orderItemId": format!("item-{line}"), "quantity": pieces }))
        .collect();
    json!({
        "packageReferenceId": (at + 1).to_string(), "createdTime": "2026-11-21T09:00:00Z", "shipTime": "2026-11-21T17:30:00Z",
        "packageStatus": { "status": status }, "carrier": "UPS", "packageItems": items,
    })
}

/// External Fulfillment: a return to the seller's warehouse.
fn returned(sale: &Sale) -> Option<(&'static str, Value)> {
    let status = match sale.back {
        Back::Nothing | Back::Asked => return None,
        Back::Agreed => "CREATED",
        Back::Here => "DELIVERED",
    };
    let pieces: u32 = sale.lines.iter().map(|line| line.back).sum();
    let payload = json!({
        "id": format!("ret-{}", sale.number), "returnType": "CUSTOMER", "returnSubType": "NORMAL", "status": status,
        "numberOfUnits": pieces, "creationDateTime": "2026-11-21T18:13:18Z", "lastUpdatedDateTime": "2026-11-22T10:00:00Z",
        "marketplaceChannelDetails": { "customerOrderId": sale.number.to_string() },
    });
    Some(("external_return", payload))
}

/// The report of what came back to Amazon's houses: one row for each unit.
fn units_back(sale: &Sale) -> Sent {
    let pieces: u32 = sale.lines.iter().map(|line| line.back).sum();
    let row = |unit: u32| {
        let payload = json!({
            "return-date": "2026-11-22T08:00:00+00:00", "order-id": sale.number.to_string(), "sku": "SKU-1", "quantity": "1",
            "fulfillment-center-id": "CMH2", "detailed-disposition": "SELLABLE", "reason": "UNWANTED_ITEM",
            "status": "Unit returned to inventory", "license-plate-number": format!("LPN{}{unit}", sale.number),
        });
        ("fba_return", payload)
    };
    match sale.back {
        Back::Here => (0..pieces).map(row).collect(),
        Back::Nothing | Back::Asked | Back::Agreed => Vec::new(),
    }
}
