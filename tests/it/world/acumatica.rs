//! Acumatica, contract-based REST API: the sales order with its details and shipments, invoices, and
//! orders of a return type with their receipts, credit memos and refunds.
//!
//! Money that went back without a return is a payment document of the customer's that names no order.

use serde_json::{Value, json};

use super::{Back, From, Line, Money, Pays, Sale, Sent, Step};

pub(super) const EXPORTS: &[&str] =
    &["sales_order", "return_order", "return_receipt", "sales_invoice"];

fn value(value: impl Into<Value>) -> Value {
    json!({ "value": value.into() })
}

pub(super) fn sends(sale: &Sale) -> Sent {
    let number = format!("SO{:06}", sale.number);
    let dollars = |cents: u32| f64::from(cents) / 100.0;
    let details: Vec<_> =
        sale.lines.iter().enumerate().map(|(at, line)| detail(sale, at, line)).collect();
    let mut order = json!({
        "OrderType": value("SO"), "OrderNbr": value(number.as_str()), "CustomerOrder": value(format!("#{}", sale.number)),
        "Status": value(status(sale)), "Hold": value(sale.held), "CreditHold": value(false),
        "CurrencyID": value("USD"), "OrderTotal": value(dollars(sale.total())),
        "LastModified": value("2026-11-22T10:05:00+00:00"), "Details": details, "Shipments": shipments(sale),
    });
    let before = matches!(sale.pays, Pays::Card | Pays::Transfer);
    if before && matches!(sale.money, Money::Taken | Money::TakenTwice) {
        order["Payments"] = json!([{
            "Type": value("Payment"), "ReferenceNbr": value(format!("PM{:06}", sale.number)), "Status": value("Open"),
            "PaymentAmount": value(dollars(sale.taken())), "CurrencyID": value("USD"),
        }]);
    }
    let mut sent = vec![("sales_order", order)];
    let downloads = sale.lines.iter().any(|line| !line.is_goods());
    if sale.billed && (sale.any_sent() || downloads) {
        let open = sale.money == Money::Nothing && sale.pays != Pays::Nothing;
        let invoice = json!({
            "Type": value("Invoice"), "ReferenceNbr": value(format!("AR{:06}", sale.number)),
            "Status": value(if open { "Open" } else { "Closed" }), "Details": [{ "OrderNbr": value(number.as_str()) }],
        });
        sent.push(("sales_invoice", invoice));
    }
    if sale.back != Back::Nothing {
        let pieces: u32 = sale.lines.iter().map(|line| line.back).sum();
        let status = match sale.back {
            Back::Nothing | Back::Asked => "Pending Approval",
            Back::Agreed => "Open",
            Back::Here => "Completed",
        };
        let mut back = json!({
            "OrderType": value("RC"), "OrderNbr": value(format!("RC{:06}", sale.number)), "Status": value(status),
            "OrderedQty": value(pieces), "FinancialSettings": { "OriginalOrderNbr": value(number) },
            "CustomerOrder": value(format!("#{}", sale.number)),
        });
        let number = back["OrderNbr"].clone();
        // The credit memo is prepared from the return order, and the refund is entered on it.
        if sale.back == Back::Here && sale.given_back > 0 {
            back["Payments"] = json!([{
                "Type": value("Refund"), "ReferenceNbr": value(format!("RF{:06}", sale.number)), "Status": value("Closed"),
                "PaymentAmount": value(dollars(sale.given_back)), "CurrencyID": value("USD"),
            }]);
            let credit = json!({
                "Type": value("Credit Memo"), "ReferenceNbr": value(format!("CM{:06}", sale.number)), "Status": value("Closed"),
                "Currency": value("USD"), "Amount": value(dollars(sale.given_back)),
                "Details": [{ "OrderNbr": number, "OrigInvNbr": value(format!("AR{:06}", sale.number)) }],
            });
            sent.push(("credit_memo", credit));
        }
        sent.push(("return_order", back));
        if sale.back == Back::Here {
            let receipt = json!({
                "Operation": value("Receipt"), "ShipmentNbr": value(format!("B{:06}", sale.number)), "Status": value("Confirmed"),
                "ShippedQty": value(pieces), "Orders": [{ "OrderNbr": number }],
            });
            sent.push(("return_receipt", receipt));
        }
    }
    sent
}

fn status(sale: &Sale) -> &'static str {
    if sale.called_off && !sale.any_sent() {
        return "Canceled";
    }
    if !sale.released {
        // The terms ask for a prepayment, and reserved money is looked at by an approver.
        let waits = matches!(sale.pays, Pays::Card | Pays::Transfer)
            && matches!(sale.money, Money::Nothing | Money::Declined);
        return if waits { "Awaiting Payment" } else { "Pending Approval" };
    }
    if sale.held {
        return "On Hold";
    }
    if sale.open() == 0 && (sale.any_sent() || sale.called_off) {
        return "Completed";
    }
    // Downloads stay on an order that is open until they are billed.
    if !sale.has_goods() {
        return if sale.billed { "Completed" } else { "Open" };
    }
    // A shipment was tried and found no stock.
    if sale.short {
        return "Back Order";
    }
    match (sale.any_sent(), sale.step_of_all()) {
        (_, Step::Picked | Step::Packed) => "Shipping",
        (true, Step::Waits) => "Back Order",
        (false, Step::Waits) => "Open",
    }
}

fn detail(sale: &Sale, at: usize, line: &Line) -> Value {
    let on_paper = if line.step == Step::Waits { line.sent } else { line.sent + line.open() };
    let amount = f64::from(line.live() * line.price) / 100.0;
    let unbilled = match (sale.billed, line.is_goods()) {
        (false, _) => line.live() * line.price,
        (true, true) => (line.live() - line.sent) * line.price,
        (true, false) => 0,
    };
    let done = if line.is_goods() { line.open() == 0 } else { sale.billed };
    let mut detail = json!({
        "id": format!("{}-{at}", sale.number), "LineNbr": value(at + 1), "OrderQty": value(line.pieces),
        "QtyOnShipments": value(on_paper), "Amount": value(amount),
        "UnbilledAmount": value(f64::from(unbilled) / 100.0), "Completed": value(done),
    });
    if line.is_goods() {
        detail["OpenQty"] = value(line.open());
    }
    if line.from == From::Maker {
        detail["POSource"] = value("Drop-Ship");
    }
    detail
}

fn shipments(sale: &Sale) -> Vec<Value> {
    let one = |place: From, status: &str, pieces: u32| {
        json!({
            "ShipmentNbr": value(format!("{}{status}{place:?}", sale.number)), "ShippedQty": value(pieces), "Status": value(status),
            "ShipmentType": value(if place == From::Maker { "Drop-Shipment" } else { "Shipment" }),
        })
    };
    let mut shipments = Vec::new();
    for place in [From::Warehouse(0), From::Warehouse(1), From::Maker] {
        let lines = || sale.lines.iter().filter(|line| line.from == place);
        let sent: u32 = lines().map(|line| line.sent).sum();
        let worked_on: u32 = lines().filter(|line| line.step != Step::Waits).map(Line::open).sum();
        if sent > 0 {
            shipments.push(one(place, "Confirmed", sent));
        }
        if worked_on > 0 {
            shipments.push(one(place, "Open", worked_on));
        }
    }
    shipments
}
