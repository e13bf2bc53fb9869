//! Amazon, Orders v0: orders that the seller ships, with their items. Reserved money is all that
//! Amazon waits for; what happens to it afterwards its orders do not tell.

use serde_json::{Value, json};

use super::{From, Line, Money, Pays, Sale, Sent, money};

pub(super) fn sends(sale: &Sale) -> Sent {
    let by_channel = sale.lines.iter().all(|line| line.from == From::Maker);
    let left: u32 = sale.lines.iter().map(|line| line.sent).sum();
    let order = json!({
        "AmazonOrderId": sale.number.to_string(), "OrderStatus": status(sale), "LastUpdateDate": "2026-11-22T10:00:00Z",
        "OrderTotal": { "CurrencyCode": "USD", "Amount": money(sale.total()) },
        "FulfillmentChannel": if by_channel { "AFN" } else { "MFN" },
        "PaymentMethod": if sale.pays == Pays::AtTheDoor { "COD" } else { "Other" },
        "NumberOfItemsShipped": left, "NumberOfItemsUnshipped": sale.open(),
        "OrderItems": sale.lines.iter().enumerate().map(item).collect::<Vec<_>>(),
    });
    vec![("order", order)]
}

fn status(sale: &Sale) -> &'static str {
    let waits = matches!(sale.pays, Pays::Card | Pays::Transfer)
        && matches!(sale.money, Money::Nothing | Money::Declined);
    if sale.called_off && !sale.any_sent() {
        "Canceled"
    } else if waits && !sale.any_sent() {
        "Pending"
    } else if sale.all_sent() {
        "Shipped"
    } else if sale.any_sent() {
        "PartiallyShipped"
    } else {
        "Unshipped"
    }
}

fn item((at, line): (usize, &Line)) -> Value {
    json!({
        "OrderItemId": format!("item-{at}"), "QuantityOrdered": line.live(), "QuantityShipped": line.sent,
        "ItemPrice": { "CurrencyCode": "USD", "Amount": money(line.live() * line.price) },
    })
}
