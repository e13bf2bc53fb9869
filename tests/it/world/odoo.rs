//! Odoo 17, external RPC API: the sales order with its lines, the transfers, invoices and payments.
//!
//! A connector writes the shop's orders as quotations and confirms them when they may be worked on.
//! Goods are invoiced as delivered, downloads as ordered. Goods leave in one step: what the warehouse
//! picks and packs, Odoo is not told.

use serde_json::{Value, json};

use super::{Back, From, Line, Money, Pays, Sale, Sent};

pub(super) const EXPORTS: &[&str] =
    &["sale_order", "delivery", "return_receipt", "invoice", "credit_note", "payment"];

pub(super) fn sends(sale: &Sale) -> Sent {
    let order = json!({
        "id": sale.number, "name": name(sale), "state": state(sale), "locked": false, "invoice_status": invoice_status(sale),
        "delivery_status": delivery_status(sale), "client_order_ref": format!("#{}", sale.number), "origin": null,
        "currency_id": [1, "USD"], "amount_total": dollars(ordered(sale)), "amount_invoiced": dollars(invoiced(sale) - credited(sale)),
        "amount_paid": 0.0, "create_date": "2026-11-20 10:05:00", "write_date": "2026-11-22 10:05:00",
        "order_line": sale.lines.iter().enumerate().map(|(at, line)| row(sale, at, line)).collect::<Vec<_>>(),
    });
    let mut sent = vec![("sale_order", order)];
    sent.extend(transfers(sale));
    if invoiced(sale) > 0 || (sale.billed && sale.total() == 0 && billed_pieces(sale) > 0) {
        sent.push(("invoice", invoice(sale)));
        let before = matches!(sale.pays, Pays::Card | Pays::Transfer | Pays::AtTheDoor);
        if before && sale.is_paid() {
            sent.push((
                "payment",
                json!({
                    "id": 40_000 + sale.number, "payment_type": "inbound", "partner_type": "customer", "state": "paid",
                    "reconciled_invoice_ids": [10_000 + sale.number], "amount": dollars(sale.total()), "currency_id": [1, "USD"],
                }),
            ));
        }
    }
    if credited(sale) > 0 {
        sent.push(("credit_note", credit_note(sale)));
    }
    sent
}

fn name(sale: &Sale) -> String {
    format!("S{:06}", sale.number)
}

fn dollars(cents: u32) -> f64 {
    f64::from(cents) / 100.0
}

/// A quotation that is called off, or an order: both are cancelled in one way. An order of which a
/// part left is not cancelled; its rest is taken off.
fn state(sale: &Sale) -> &'static str {
    if sale.called_off && !sale.any_sent() {
        "cancel"
    } else if sale.released {
        "sale"
    } else {
        "sent"
    }
}

/// The whole order is called off with its quantities; a line is taken off by lowering its own.
fn quantity(sale: &Sale, line: &Line) -> u32 {
    if state(sale) == "cancel" { line.pieces } else { line.live() }
}

fn price(sale: &Sale, line: &Line) -> u32 {
    if sale.pays == Pays::Nothing { 0 } else { line.price }
}

fn ordered(sale: &Sale) -> u32 {
    sale.lines.iter().map(|line| quantity(sale, line) * price(sale, line)).sum()
}

/// Goods that come back are taken off, as the return is marked to be refunded.
fn delivered(sale: &Sale, line: &Line) -> u32 {
    let back = if sale.back == Back::Here { line.back } else { 0 };
    line.sent - back
}

/// Pieces on posted invoices, credit notes not counted.
fn billed(sale: &Sale, line: &Line) -> u32 {
    match (sale.billed && state(sale) == "sale", line.is_goods()) {
        (false, _) => 0,
        (true, true) => line.sent,
        (true, false) => line.live(),
    }
}

fn billed_pieces(sale: &Sale) -> u32 {
    sale.lines.iter().map(|line| billed(sale, line)).sum()
}

fn invoiced(sale: &Sale) -> u32 {
    sale.lines.iter().map(|line| billed(sale, line) * price(sale, line)).sum()
}

/// What was given back for something that is on an invoice.
fn credited(sale: &Sale) -> u32 {
    let off: u32 = sale.lines.iter().map(|line| line.called_off * line.price).sum();
    if invoiced(sale) == 0 { 0 } else { sale.given_back.saturating_sub(off) }
}

/// Pieces on invoices less those on credit notes; goodwill credits money and no pieces.
fn on_invoices(sale: &Sale, line: &Line) -> u32 {
    let back = if sale.back == Back::Here && credited(sale) > 0 { line.back } else { 0 };
    billed(sale, line).saturating_sub(back)
}

fn line_invoice_status(sale: &Sale, line: &Line) -> &'static str {
    let billable = if line.is_goods() { delivered(sale, line) } else { line.live() };
    if state(sale) != "sale" {
        "no"
    } else if on_invoices(sale, line) != billable {
        "to invoice"
    } else if on_invoices(sale, line) >= line.live() {
        "invoiced"
    } else {
        "no"
    }
}

fn invoice_status(sale: &Sale) -> &'static str {
    let words: Vec<_> = sale.lines.iter().map(|line| line_invoice_status(sale, line)).collect();
    if words.contains(&"to invoice") {
        "to invoice"
    } else if words.iter().all(|word| *word == "invoiced") {
        "invoiced"
    } else {
        "no"
    }
}

fn row(sale: &Sale, at: usize, line: &Line) -> Value {
    let quantity = f64::from(quantity(sale, line));
    json!({
        "id": sale.number * 10 + at as u32, "order_id": { "id": sale.number, "display_name": name(sale) }, "product_uom_qty": quantity,
        "qty_delivered": f64::from(delivered(sale, line)), "qty_invoiced": f64::from(on_invoices(sale, line)),
        "invoice_status": line_invoice_status(sale, line), "price_total": quantity * dollars(price(sale, line)),
    })
}

/// Of each place what left and what is still to leave; nothing before the order is confirmed.
fn transfers(sale: &Sale) -> Sent {
    let mut sent = Vec::new();
    if state(sale) == "sent" || (state(sale) == "cancel" && !was_confirmed(sale)) {
        return sent;
    }
    let mut one = |kind: &'static str, code: &str, state: &str| {
        let id = sale.number * 10 + sent.len() as u32;
        sent.push((
            kind,
            json!({
                "id": id, "picking_type_code": code, "state": state, "sale_id": [sale.number, name(sale)],
                "create_date": "2026-11-20 10:05:00", "write_date": "2026-11-22 10:05:00",
            }),
        ));
    };
    for place in [From::Warehouse(0), From::Warehouse(1), From::Maker] {
        let lines = || sale.lines.iter().filter(|line| line.from == place);
        let code = if place == From::Maker { "dropship" } else { "outgoing" };
        if lines().any(|line| line.sent > 0) {
            one("delivery", code, "done");
        }
        if lines().any(|line| line.open() > 0) {
            one("delivery", code, "assigned");
        } else if lines().any(|line| line.called_off > 0 && line.sent == 0) {
            one("delivery", code, "cancel");
        }
    }
    match sale.back {
        Back::Nothing | Back::Asked => {}
        Back::Agreed => one("return_receipt", "incoming", "assigned"),
        Back::Here => one("return_receipt", "incoming", "done"),
    }
    sent
}

/// Money that was only reserved is looked at before anything is confirmed.
const fn was_confirmed(sale: &Sale) -> bool {
    sale.released
}

fn delivery_status(sale: &Sale) -> Value {
    let sent = transfers(sale);
    let states: Vec<_> = sent.iter().filter_map(|(_, it)| it["state"].as_str()).collect();
    let some_arrived = sale.lines.iter().any(|line| delivered(sale, line) > 0);
    if states.iter().all(|state| *state == "cancel") {
        json!(false)
    } else if states.iter().all(|state| ["done", "cancel"].contains(state)) {
        json!("full")
    } else if states.contains(&"done") {
        json!(if some_arrived { "partial" } else { "started" })
    } else {
        json!("pending")
    }
}

fn invoice(sale: &Sale) -> Value {
    let open = matches!(sale.money, Money::Nothing) && sale.pays != Pays::Nothing;
    json!({
        "id": 10_000 + sale.number, "move_type": "out_invoice", "state": "posted", "invoice_origin": name(sale),
        "payment_state": if open { "not_paid" } else { "paid" }, "ref": format!("#{}", sale.number), "currency_id": [1, "USD"],
        "amount_total": dollars(invoiced(sale)), "create_date": "2026-11-21 10:05:00", "write_date": "2026-11-22 10:05:00",
    })
}

/// Matched with the payment that went back to the buyer.
fn credit_note(sale: &Sale) -> Value {
    json!({
        "id": 20_000 + sale.number, "move_type": "out_refund", "state": "posted", "invoice_origin": name(sale), "payment_state": "paid",
        "reversed_entry_id": [10_000 + sale.number, "INV"], "currency_id": [1, "USD"], "amount_total": dollars(credited(sale)),
    })
}
