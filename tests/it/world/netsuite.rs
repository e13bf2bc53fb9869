//! NetSuite, REST record API: the sales order, its item fulfillments, return authorizations, paper and
//! money. The merchant bills on shipment.

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
    sent.extend(paper_and_money(sale, &id));
    sent.extend(given_back(sale, &id));
    sent
}

/// Web orders with an odd number are invoiced, and what was paid before is a deposit; those with an
/// even one are billed by cash sales, as shops do that capture when the goods leave.
const fn by_cash_sale(sale: &Sale) -> bool {
    sale.number.is_multiple_of(2)
        && matches!(sale.money, Money::Taken)
        && matches!(sale.pays, Pays::Card)
}

fn paper_and_money(sale: &Sale, id: &str) -> Sent {
    let mut sent = Vec::new();
    let worth: u32 = sale.lines.iter().map(|line| billed(sale, line) * line.price).sum();
    let is_billed = sale.billed && billed_pieces(sale) > 0;
    if by_cash_sale(sale) {
        if is_billed {
            sent.push((
                "cash_sale",
                json!({
                    "id": format!("{id}6"), "createdFrom": { "id": id }, "status": { "id": "C" }, "total": money(worth),
                    "currencysymbol": "USD",
                }),
            ));
        }
        return sent;
    }
    if is_billed {
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
                "id": format!("{id}7"), "salesOrder": { "id": id }, "status": { "id": "B" }, "payment": money(sale.taken()),
                "currencysymbol": "USD",
            }),
        ));
    }
    sent
}

/// For goods that came back the return authorization is credited and the customer is refunded from
/// the credit. Without a return a cash sale is refunded by a cash refund; the refund of a deposit is
/// applied to a deposit application, which names no order.
fn given_back(sale: &Sale, id: &str) -> Sent {
    let amount = money(sale.given_back);
    if sale.given_back == 0 {
        return Vec::new();
    }
    if sale.back == Back::Here {
        let credit = json!({
            "id": format!("{id}5"), "createdFrom": { "id": format!("{id}9") }, "status": { "id": "B" }, "total": amount,
            "currencysymbol": "USD",
        });
        let refund = json!({
            "id": format!("{id}4"), "apply": { "items": [{ "doc": { "id": format!("{id}5") }, "amount": amount }] },
            "currencysymbol": "USD", "total": amount,
        });
        return vec![("credit_memo", credit), ("customer_refund", refund)];
    }
    if by_cash_sale(sale) && sale.billed && billed_pieces(sale) > 0 {
        let refund = json!({
            "id": format!("{id}3"), "createdFrom": { "id": format!("{id}6") }, "total": amount, "currencysymbol": "USD",
        });
        return vec![("cash_refund", refund)];
    }
    Vec::new()
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
        "quantityBackOrdered": if sale.short { line.open() } else { 0 }, "isClosed": line.called_off > 0, "amount": money(line.pieces * line.price),
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
