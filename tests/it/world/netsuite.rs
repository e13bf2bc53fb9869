//! NetSuite, REST record API: the sales order, its item fulfillments and return authorizations.
//! The merchant invoices on shipment.

use serde_json::{Value, json};

use super::{Back, From, Line, Money, Pays, Sale, Sent, Step, money};

pub(super) const EXPORTS: &[&str] = &[
    "sales_order",
    "item_fulfillment",
    "return_authorization",
    "customer_deposit",
    "invoice",
    "credit_memo",
];

pub(super) fn sends(sale: &Sale) -> Sent {
    let id = (20_000 + sale.number).to_string();
    let order = json!({
        "id": id, "tranId": format!("SO{}", sale.number), "otherRefNum": format!("#{}", sale.number),
        "createdDate": "2026-11-20T10:05:00Z", "lastModifiedDate": "2026-11-22T10:05:00Z",
        "orderStatus": { "id": status(sale) }, "currencysymbol": "USD", "total": money(sale.total()),
        "item": { "items": sale.lines.iter().enumerate().map(|(at, line)| item(sale, at, line)).collect::<Vec<_>>() },
    });
    let mut sent = vec![("sales_order", order)];
    for place in [From::Warehouse(0), From::Warehouse(1), From::Maker] {
        sent.extend(fulfillments(sale, &id, place).map(|it| ("item_fulfillment", it)));
    }
    if sale.back != Back::Nothing {
        sent.push(("return_authorization", returned(sale, &id)));
    }
    if sale.billed && billed_pieces(sale) > 0 {
        let worth: u32 = sale.lines.iter().map(|line| billed(sale, line) * line.price).sum();
        let open = sale.money == Money::Nothing && sale.pays != Pays::Nothing;
        sent.push((
            "invoice",
            json!({
                "id": format!("{id}8"), "createdFrom": { "id": id }, "status": { "id": if open { "A" } else { "B" } },
                "total": money(worth), "currencysymbol": "USD",
            }),
        ));
    }
    // Money that came before the goods left is a deposit.
    let before = matches!(sale.pays, Pays::Card | Pays::Transfer);
    if before && matches!(sale.money, Money::Taken | Money::TakenTwice) {
        sent.push((
            "customer_deposit",
            json!({
                "id": format!("{id}7"), "salesOrder": { "id": id }, "status": { "id": "B" }, "payment": money(sale.total()),
                "currencysymbol": "USD",
            }),
        ));
    }
    sent
}

fn status(sale: &Sale) -> &'static str {
    // An order of services only has nothing to fulfill: released, it waits for its invoice.
    let nothing_to_send = !sale.has_goods();
    match (sale.called_off, sale.any_sent()) {
        (true, false) => "C",
        // What left is billed, the rest of the lines is closed.
        (true, true) => "H",
        (false, _) if !sale.released => "A",
        (false, _) if sale.all_sent() || nothing_to_send => {
            if sale.billed {
                "G"
            } else {
                "F"
            }
        }
        (false, true) => {
            if sale.billed {
                "D"
            } else {
                "E"
            }
        }
        (false, false) => "B",
    }
}

/// What left is billed, and downloads with it.
fn billed(sale: &Sale, line: &Line) -> u32 {
    match (sale.billed, line.is_goods()) {
        (false, _) => 0,
        (true, true) => line.sent,
        (true, false) => line.pieces,
    }
}

fn billed_pieces(sale: &Sale) -> u32 {
    sale.lines.iter().map(|line| billed(sale, line)).sum()
}

fn item(sale: &Sale, at: usize, line: &Line) -> Value {
    let sent = if line.is_goods() { line.sent } else { 0 };
    let billed = billed(sale, line);
    let mut item = json!({
        "line": at + 1, "quantity": line.pieces, "quantityFulfilled": sent, "quantityBilled": billed,
        "quantityBackOrdered": 0, "isClosed": line.called_off > 0, "amount": money(line.pieces * line.price),
    });
    if !line.is_goods() {
        // Only items that are fulfilled have the columns of fulfilling.
        for column in ["quantityFulfilled", "quantityBackOrdered"] {
            item.as_object_mut().unwrap().remove(column);
        }
    }
    if line.from == From::Maker {
        item["createPO"] = json!({ "id": "DropShip" });
    }
    item
}

/// One for the pieces that left, one for those that are being worked on.
fn fulfillments<'a>(
    sale: &'a Sale,
    order: &'a str,
    place: From,
) -> impl Iterator<Item = Value> + 'a {
    let of_place =
        move || sale.lines.iter().enumerate().filter(move |(_, line)| line.from == place);
    let one = move |status: &str, pieces: Vec<(usize, u32)>| {
        let items: Vec<_> = pieces
            .iter()
            .filter(|(_, pieces)| *pieces > 0)
            .map(|(at, pieces)| json!({ "orderLine": at + 1, "quantity": pieces }))
            .collect();
        (!items.is_empty()).then(|| {
            json!({
                "id": format!("{order}{status}{place:?}"), "createdFrom": { "id": order }, "shipStatus": { "id": status },
                "createdDate": "2026-11-21T10:00:00Z", "item": { "items": items },
            })
        })
    };
    let gone = one("C", of_place().map(|(at, line)| (at, line.sent)).collect());
    let open = |step| {
        of_place()
            .filter(move |(_, line)| line.step == step)
            .map(|(at, line)| (at, line.open()))
            .collect()
    };
    let picked = one("A", open(Step::Picked));
    let packed = one("B", open(Step::Packed));
    [gone, picked, packed].into_iter().flatten()
}

fn returned(sale: &Sale, order: &str) -> Value {
    let pieces: Vec<_> = sale.lines.iter().enumerate().filter(|(_, line)| line.back > 0).collect();
    let here = sale.back == Back::Here;
    let status = match sale.back {
        Back::Nothing | Back::Asked => "A",
        Back::Agreed => "B",
        Back::Here if sale.given_back > 0 => "G",
        Back::Here => "F",
    };
    let items: Vec<_> = pieces
        .iter()
        .map(|(at, line)| {
            json!({ "line": at + 1, "quantity": line.back, "quantityReceived": if here { line.back } else { 0 } })
        })
        .collect();
    json!({
        "id": format!("{order}9"), "tranId": format!("RMA{}", sale.number), "createdFrom": { "id": order },
        "orderStatus": { "id": status }, "item": { "items": items },
    })
}
