//! Dynamics 365 Finance and Supply Chain Management: the order header with its lines, posted invoices,
//! and return orders. What is not released stands on an order hold. Money lies on the customer's
//! account, and a credit note bears the number of the return's own sales order: neither is this
//! order's.

use serde_json::{Value, json};

use super::{Back, From, Line, Sale, Sent, Step};

pub(super) fn sends(sale: &Sale) -> Sent {
    let number = format!("D{:06}", sale.number);
    let lines: Vec<_> =
        sale.lines.iter().enumerate().map(|(at, line)| row(sale, at, line)).collect();
    let stopped = !sale.released || sale.held;
    let order = json!({
        "SalesOrderNumber": number, "CustomersOrderReference": format!("#{}", sale.number), "CurrencyCode": "USD",
        "SalesOrderStatus": status(sale), "DocumentStatus": document(sale),
        "IsSalesProcessingStopped": if stopped { "Yes" } else { "No" }, "SalesOrderLines": lines,
    });
    let mut sent = vec![("sales_order", order)];
    let worth: u32 = sale
        .lines
        .iter()
        .filter(|_| sale.billed)
        .map(|line| delivered(sale, line) * line.price)
        .sum();
    if worth > 0 {
        let invoice = json!({
            "InvoiceNumber": format!("INV{:06}", sale.number), "InvoiceDate": "2026-11-21T12:00:00Z", "SalesOrderNumber": number,
            "CustomersOrderReference": format!("#{}", sale.number), "CurrencyCode": "USD",
            "TotalInvoiceAmount": f64::from(worth) / 100.0,
        });
        sent.push(("sales_invoice", invoice));
    }
    if sale.back != Back::Nothing {
        let status = match sale.back {
            Back::Nothing | Back::Asked | Back::Agreed => "Created",
            Back::Here => "Open",
        };
        let line = if sale.back == Back::Here { "Received" } else { "Awaiting" };
        let pieces: u32 = sale.lines.iter().map(|line| line.back).sum();
        let back = json!({
            "ReturnOrderNumber": format!("R{:06}", sale.number), "ReturnOrderStatus": status, "CustomersOrderReference": format!("#{}", sale.number),
            "ReturnOrderLines": [{ "ReturningInventoryLotId": "LOT-1", "ReturnStatus": line, "ReturnSalesQuantity": pieces }],
        });
        sent.push(("return_order", back));
    }
    sent
}

/// The slowest line. A cancelled remainder counts as delivered.
fn status(sale: &Sale) -> &'static str {
    let words: Vec<_> = sale.lines.iter().map(|line| line_status(sale, line)).collect();
    let live = words.iter().filter(|word| **word != "Canceled");
    let rank =
        |word: &&&str| ["Backorder", "Delivered", "Invoiced"].iter().position(|it| it == *word);
    live.min_by_key(rank).copied().unwrap_or("Canceled")
}

fn line_status(sale: &Sale, line: &Line) -> &'static str {
    if line.live() == 0 {
        return "Canceled";
    }
    let gone = if line.is_goods() { line.open() == 0 } else { delivered(sale, line) > 0 };
    match (gone, sale.billed) {
        (false, _) => "Backorder",
        (true, false) => "Delivered",
        (true, true) => "Invoiced",
    }
}

/// The furthest document that was posted.
fn document(sale: &Sale) -> &'static str {
    let downloads = sale.lines.iter().any(|line| !line.is_goods() && line.live() > 0);
    if sale.billed && (sale.any_sent() || downloads) {
        "Invoice"
    } else if sale.any_sent() {
        "PackingSlip"
    } else if sale.lines.iter().any(|line| line.open() > 0 && line.step != Step::Waits) {
        "PickingList"
    } else if sale.called_off {
        "None"
    } else {
        "Confirmation"
    }
}

/// Nothing leaves of a download: it stands on the first packing slip, or on the invoice.
fn delivered(sale: &Sale, line: &Line) -> u32 {
    if line.is_goods() {
        line.sent
    } else if sale.billed || sale.any_sent() {
        line.live()
    } else {
        0
    }
}

fn row(sale: &Sale, at: usize, line: &Line) -> Value {
    let delivered = delivered(sale, line);
    let mut row = json!({
        "InventoryLotId": format!("LOT-{}-{at}", sale.number), "SalesOrderLineStatus": line_status(sale, line),
        "OrderedSalesQuantity": line.live(), "RemainSalesPhysical": line.live() - delivered,
        "RemainSalesFinancial": if sale.billed { 0 } else { delivered },
        "LineAmount": f64::from(line.live() * line.price) / 100.0,
    });
    if line.is_goods() {
        row["DeliveryType"] = json!(if line.from == From::Maker { "DropShip" } else { "None" });
    }
    row
}
