//! Business Central, API v2.0: the sales order as long as it lives, and the posted documents that
//! outlive it.
//!
//! Posting the last shipment and the last invoice deletes the order; calling it off deletes it too. An
//! importer asks for approval of what is only reserved, and leaves in draft what waits for its money.
//! Resources and downloads are posted with the first shipment, or with the invoice.

use serde_json::{Value, json};

use super::{Back, Line, Money, Parcel, Pays, Sale, Sent};

pub(super) const EXPORTS: &[&str] =
    &["sales_order", "sales_shipment", "sales_invoice", "sales_credit_memo", "sales_return_order"];

pub(super) fn sends(sale: &Sale) -> Sent {
    let mut sent = Vec::new();
    let finished = sale
        .lines
        .iter()
        .all(|line| shipped(sale, line) == line.live() && invoiced(sale, line) == line.live());
    if !finished && !sale.called_off {
        sent.push(("sales_order", order(sale)));
    }
    for (at, parcel) in sale.parcels().iter().enumerate() {
        sent.push(("sales_shipment", shipment(sale, at, parcel)));
    }
    if billed_pieces(sale) > 0 {
        sent.push(("sales_invoice", invoice(sale)));
    }
    if credited(sale) > 0 {
        sent.push(("sales_credit_memo", credit_memo(sale)));
    }
    // Received and credited, a return order is deleted like any other.
    let settled = sale.back == Back::Here && sale.given_back > 0;
    if sale.back != Back::Nothing && !settled {
        sent.push(("sales_return_order", returned(sale)));
    }
    sent
}

fn number(sale: &Sale) -> String {
    format!("SO-{:06}", sale.number)
}

fn dollars(cents: u32) -> f64 {
    f64::from(cents) / 100.0
}

fn price(sale: &Sale, line: &Line) -> u32 {
    if sale.pays == Pays::Nothing { 0 } else { line.price }
}

const fn shipped(sale: &Sale, line: &Line) -> u32 {
    match line.from {
        super::From::Download if sale.billed => line.live(),
        super::From::Download => 0,
        super::From::Warehouse(_) | super::From::Maker => line.sent,
    }
}

const fn invoiced(sale: &Sale, line: &Line) -> u32 {
    if sale.billed { shipped(sale, line) } else { 0 }
}

fn billed_pieces(sale: &Sale) -> u32 {
    sale.lines.iter().map(|line| invoiced(sale, line)).sum()
}

/// A line that was called off is deleted.
fn order(sale: &Sale) -> Value {
    let lines: Vec<_> = sale
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.live() > 0)
        .map(|(at, line)| {
            json!({
                "id": format!("{}-{at}", sale.number), "documentId": format!("so-{}", sale.number), "sequence": (at + 1) * 10_000,
                "lineType": "Item", "quantity": line.live(), "netAmountIncludingTax": dollars(line.live() * price(sale, line)),
                "shippedQuantity": shipped(sale, line), "invoicedQuantity": invoiced(sale, line),
            })
        })
        .collect();
    let total: u32 = sale.lines.iter().map(|line| line.live() * price(sale, line)).sum();
    let fully = sale.lines.iter().all(|line| shipped(sale, line) == line.live());
    let status = match (sale.released, sale.waits_for_money()) {
        (true, _) => "Open",
        (false, true) => "Draft",
        (false, false) => "In_x0020_Review",
    };
    json!({
        "id": format!("so-{}", sale.number), "number": number(sale), "externalDocumentNumber": format!("#{}", sale.number),
        "orderDate": "2026-11-20", "currencyCode": "USD", "partialShipping": true, "totalAmountIncludingTax": dollars(total),
        "fullyShipped": fully, "status": status, "lastModifiedDateTime": "2026-11-22T10:05:00Z", "salesOrderLines": lines,
    })
}

fn shipment(sale: &Sale, at: usize, parcel: &Parcel) -> Value {
    let lines: Vec<_> = parcel
        .pieces
        .iter()
        .map(|(at, pieces)| json!({ "sequence": (at + 1) * 10_000, "lineType": "Item", "quantity": pieces }))
        .collect();
    json!({
        "id": format!("sh-{}-{at}", sale.number), "number": format!("S-SHPT{}{at}", sale.number), "orderNumber": number(sale),
        "externalDocumentNumber": format!("#{}", sale.number), "customerPurchaseOrderReference": "", "postingDate": "2026-11-21",
        "lastModifiedDateTime": "2026-11-21T16:30:00Z", "salesShipmentLines": lines,
    })
}

/// Closed by the money that came before, or open until it comes.
fn invoice(sale: &Sale) -> Value {
    let total: u32 = sale.lines.iter().map(|line| invoiced(sale, line) * price(sale, line)).sum();
    let open = !sale.is_paid();
    json!({
        "id": format!("in-{}", sale.number), "number": format!("PS-INV{}", sale.number), "orderNumber": number(sale),
        "externalDocumentNumber": format!("#{}", sale.number), "customerPurchaseOrderReference": "", "currencyCode": "USD",
        "totalAmountIncludingTax": dollars(total), "remainingAmount": if open { dollars(total) } else { 0.0 },
        "status": if open { "Open" } else { "Paid" }, "postingDate": "2026-11-21", "disputeStatus": "",
    })
}

/// What was given back for something that is on an invoice, goodwill too.
fn credited(sale: &Sale) -> u32 {
    let off: u32 = sale.lines.iter().map(|line| line.called_off * line.price).sum();
    let taken = matches!(sale.money, Money::Taken | Money::TakenTwice);
    if billed_pieces(sale) > 0 && taken { sale.given_back.saturating_sub(off) } else { 0 }
}

/// Applied to the payment that went back.
fn credit_memo(sale: &Sale) -> Value {
    json!({
        "id": format!("cm-{}", sale.number), "number": format!("PS-CR{}", sale.number), "invoiceId": format!("in-{}", sale.number),
        "externalDocumentNumber": format!("#{}", sale.number), "currencyCode": "USD", "totalAmountIncludingTax": dollars(credited(sale)),
        "status": "Paid", "postingDate": "2026-11-22",
    })
}

fn returned(sale: &Sale) -> Value {
    let here = sale.back == Back::Here;
    let lines: Vec<_> = sale
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.back > 0)
        .map(|(at, line)| {
            json!({
                "id": format!("ro-{}-{at}", sale.number), "lineType": "Item", "quantity": line.back,
                "returnQtyReceived": if here { line.back } else { 0 }, "amountIncludingTax": dollars(line.back * line.price),
            })
        })
        .collect();
    json!({
        "id": format!("ro-{}", sale.number), "number": format!("SRO{}", sale.number), "externalDocumentNumber": format!("#{}", sale.number),
        "yourReference": "", "currencyCode": "USD", "status": if sale.back == Back::Asked { "Open" } else { "Released" },
        "salesReturnOrderLines": lines,
    })
}
