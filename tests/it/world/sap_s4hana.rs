//! SAP `S/4HANA` Sales, `OData` V2: the order with its lines, deliveries, billing documents and returns.
//!
//! Goods are billed from their deliveries; a maker's lines (third-party, TAS) and downloads (TAD) are
//! billed from the order and have no delivery. What is only reserved waits for its approver, what
//! waits for its money has a delivery block. Lines that are called off are rejected.

use serde_json::{Value, json};

use super::{Back, From, Line, Pays, Sale, Sent, Step, money};

pub(super) const EXPORTS: &[&str] = &[
    "sales_order",
    "outbound_delivery",
    "billing_document",
    "credit_memo",
    "customer_return",
    "returns_delivery",
];

const DAY: &str = "/Date(1795171560000)/";

pub(super) fn sends(sale: &Sale) -> Sent {
    let mut sent = vec![("sales_order", json!({ "d": order(sale) }))];
    let deliveries = deliveries(sale);
    for (at, delivery) in deliveries.iter().enumerate() {
        sent.push(("outbound_delivery", json!({ "d": delivery.payload(sale, at) })));
        if delivery.gone && sale.billed {
            let worth = |(at, pieces): &(usize, u32)| {
                sale.lines.get(*at).map_or(0, |line| pieces * price(sale, line))
            };
            let cents = delivery.pieces.iter().map(worth).sum();
            sent.push(("billing_document", billing(sale, "M", at, cents, &number(sale))));
        }
    }
    let from_the_order =
        sale.lines.iter().filter(|line| order_billing(sale, line) == "C" && line.live() > 0);
    let cents: Vec<_> =
        from_the_order.map(|line| billed_from_order(sale, line) * price(sale, line)).collect();
    if !cents.is_empty() {
        sent.push(("billing_document", billing(sale, "M", 8, cents.iter().sum(), &number(sale))));
    }
    if sale.back != Back::Nothing {
        returned(sale, &mut sent);
    }
    sent
}

fn number(sale: &Sale) -> String {
    (300_000 + sale.number).to_string()
}

fn price(sale: &Sale, line: &Line) -> u32 {
    if sale.pays == Pays::Nothing { 0 } else { line.price }
}

fn order(sale: &Sale) -> Value {
    let items: Vec<_> =
        sale.lines.iter().enumerate().map(|(at, line)| item(sale, at, line)).collect();
    let of =
        |f: fn(&Sale, &Line) -> &'static str| overall(sale.lines.iter().map(|line| f(sale, line)));
    let rejected = sale.lines.iter().filter(|line| is_rejected(line)).count();
    let live = sale.lines.iter().filter(|line| !is_rejected(line));
    let still = match overall(live.map(|line| delivery_status(sale, line))) {
        // Of lines that are all rejected none needs a delivery any more.
        "" if rejected == sale.lines.len() && sale.lines.iter().any(is_delivered) => "C",
        status => status,
    };
    let block = if sale.held {
        "01"
    } else if !sale.released && sale.waits_for_money() && !sale.called_off {
        "Z1"
    } else {
        ""
    };
    let mut order = json!({
        "SalesOrder": number(sale), "SalesOrderType": "OR", "PurchaseOrderByCustomer": format!("#{}", sale.number), "ExternalDocumentID": "",
        "CreationDate": DAY, "TransactionCurrency": "USD", "TotalNetAmount": money(sale.total()),
        "OverallSDProcessStatus": of(process_status), "OverallDeliveryStatus": of(delivery_status), "OverallTotalDeliveryStatus": still,
        "OverallOrdReltdBillgStatus": of(order_billing), "OverallSDDocReferenceStatus": "",
        "OverallSDDocumentRejectionSts": match rejected { 0 => "A", count if count == sale.lines.len() => "C", _ => "B" },
        "SalesDocApprovalStatus": approval(sale), "TotalCreditCheckStatus": "", "DeliveryBlockReason": block, "HeaderBillingBlockReason": "",
        "TotalBlockStatus": if block.is_empty() { "" } else { "C" }, "to_Item": { "results": items },
    });
    if sale.pays == Pays::Card && !sale.waits_for_money() {
        let lapsed = sale.money == super::Money::Released;
        order["to_PaymentPlanItemDetails"] = json!({ "results": [{
            "PaymentPlanItem": "1", "AuthorizedAmountInAuthznCrcy": money(sale.total()), "AuthorizationCurrency": "USD",
            "EPaytAuthorizationIsExpired": lapsed,
        }] });
    }
    order
}

fn approval(sale: &Sale) -> &'static str {
    match (sale.released, sale.waits_for_money()) {
        (true, _) => "B",
        (false, true) => "",
        // Its lines were rejected after the approver had said no.
        (false, false) if sale.called_off => "C",
        (false, false) => "A",
    }
}

/// A, B, C over lines; blank where no line is asked.
fn overall(words: impl Iterator<Item = &'static str>) -> &'static str {
    let asked: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    match asked.first() {
        None => "",
        Some(first) if asked.iter().all(|word| word == first) => first,
        Some(_) => "B",
    }
}

const fn is_rejected(line: &Line) -> bool {
    line.called_off > 0
}

const fn is_delivered(line: &Line) -> bool {
    matches!(line.from, From::Warehouse(_))
}

/// Pieces on delivery documents, which are made when work begins.
fn on_paper(line: &Line) -> u32 {
    if line.step == Step::Waits { line.sent } else { line.sent + line.open() }
}

fn delivery_status(_: &Sale, line: &Line) -> &'static str {
    match on_paper(line) {
        _ if !is_delivered(line) => "",
        0 => "A",
        pieces if pieces == line.pieces => "C",
        _ => "B",
    }
}

/// A maker's line is billed when he has shipped, a download whenever invoices are written.
fn billed_from_order(sale: &Sale, line: &Line) -> u32 {
    match (sale.billed, line.from) {
        (true, From::Maker) => line.sent,
        (true, From::Download) => line.live(),
        _ => 0,
    }
}

fn order_billing(sale: &Sale, line: &Line) -> &'static str {
    match (is_delivered(line), billed_from_order(sale, line)) {
        (true, _) => "",
        (false, _) if is_rejected(line) => "C",
        (false, 0) => "A",
        (false, pieces) if pieces == line.live() => "C",
        (false, _) => "B",
    }
}

/// Whatever has to follow a line followed: its deliveries, or its invoice from the order.
fn process_status(sale: &Sale, line: &Line) -> &'static str {
    if is_rejected(line) {
        "C"
    } else if is_delivered(line) {
        delivery_status(sale, line)
    } else {
        order_billing(sale, line)
    }
}

fn item(sale: &Sale, at: usize, line: &Line) -> Value {
    let category = match line.from {
        From::Warehouse(_) => "TAN",
        From::Maker => "TAS",
        From::Download => "TAD",
    };
    let mut item = json!({
        "SalesOrder": number(sale), "SalesOrderItem": ((at + 1) * 10).to_string(), "SalesOrderItemCategory": category,
        "RequestedQuantity": line.pieces.to_string(), "NetAmount": money(line.pieces * price(sale, line)), "TransactionCurrency": "USD",
        "SalesDocumentRjcnReason": if is_rejected(line) { "00" } else { "" }, "SDProcessStatus": process_status(sale, line),
        "DeliveryStatus": delivery_status(sale, line), "OrderRelatedBillingStatus": order_billing(sale, line),
    });
    if is_delivered(line) {
        item["to_ScheduleLine"] = json!({ "results": [
            { "ScheduleLine": "1", "ScheduleLineOrderQuantity": line.pieces.to_string(), "DeliveredQtyInOrderQtyUnit": on_paper(line).to_string() },
        ] });
    }
    item
}

/// The pieces of one warehouse that left together, or are worked on together.
struct Delivery {
    pieces: Vec<(usize, u32)>,
    gone: bool,
    step: Step,
}

fn deliveries(sale: &Sale) -> Vec<Delivery> {
    let parcels = sale.parcels();
    let ours = parcels.into_iter().filter(|parcel| parcel.place != From::Maker);
    let mut all: Vec<_> = ours
        .map(|parcel| Delivery { pieces: parcel.pieces, gone: true, step: Step::Packed })
        .collect();
    for place in [From::Warehouse(0), From::Warehouse(1)] {
        for step in [Step::Picked, Step::Packed] {
            let open = |line: &Line| line.from == place && line.step == step && line.open() > 0;
            let lines = sale.lines.iter().enumerate().filter(|(_, line)| open(line));
            let pieces: Vec<_> = lines.map(|(at, line)| (at, line.open())).collect();
            if !pieces.is_empty() {
                all.push(Delivery { pieces, gone: false, step });
            }
        }
    }
    all
}

impl Delivery {
    /// Packing is allowed and not asked for; nobody sends a proof of delivery.
    fn payload(&self, sale: &Sale, at: usize) -> Value {
        let items: Vec<_> = self
            .pieces
            .iter()
            .map(|(at, pieces)| {
                json!({
                    "DeliveryDocumentItem": ((at + 1) * 10).to_string(), "ReferenceSDDocument": number(sale),
                    "ActualDeliveryQuantity": format!("{pieces}.000"),
                })
            })
            .collect();
        json!({
            "DeliveryDocument": delivery_number(sale, at), "SDDocumentCategory": "J", "CreationDate": DAY,
            "OverallGoodsMovementStatus": if self.gone { "C" } else { "A" }, "ActualGoodsMovementDate": self.gone.then_some(DAY),
            "OverallPickingStatus": "C", "OverallPackingStatus": if self.step == Step::Packed { "C" } else { "A" },
            "OverallProofOfDeliveryStatus": "", "OverallDelivReltdBillgStatus": if self.gone && sale.billed { "C" } else { "A" },
            "to_DeliveryDocumentItem": { "results": items },
        })
    }
}

fn delivery_number(sale: &Sale, at: usize) -> String {
    format!("80{}{at}", sale.number)
}

fn billing(sale: &Sale, category: &str, at: usize, cents: u32, of: &str) -> Value {
    json!({ "d": {
        "BillingDocument": format!("90{}{at}", sale.number), "BillingDocumentType": if category == "M" { "F2" } else { "CBRE" },
        "SDDocumentCategory": category, "BillingDocumentIsCancelled": false, "CancelledBillingDocument": "", "CreationDate": DAY,
        "PurchaseOrderByCustomer": format!("#{}", sale.number), "TotalGrossAmount": money(cents), "TransactionCurrency": "USD",
        "OverallBillingStatus": "", "AccountingPostingStatus": "C", "AccountingTransferStatus": "C",
        "to_Item": { "results": [{ "BillingDocumentItem": "10", "SalesDocument": of, "SalesDocumentItem": "10" }] },
    } })
}

/// The accelerated returns make the returns delivery as soon as the return is approved.
fn returned(sale: &Sale, sent: &mut Sent) {
    let id = (600_000 + sale.number).to_string();
    let lines = || sale.lines.iter().enumerate().filter(|(_, line)| line.back > 0);
    let items: Vec<_> = lines()
        .map(|(at, line)| json!({ "CustomerReturnItem": ((at + 1) * 10).to_string(), "RequestedQuantity": line.back.to_string() }))
        .collect();
    let asked = sale.back == Back::Asked;
    sent.push((
        "customer_return",
        json!({ "d": {
            "CustomerReturn": id, "CustomerReturnType": "CBAR", "PurchaseOrderByCustomer": format!("#{}", sale.number), "CreationDate": DAY,
            "ReferenceSDDocument": number(sale), "ReferenceSDDocumentCategory": "C", "SalesDocApprovalStatus": if asked { "A" } else { "B" },
            "OverallSDProcessStatus": if asked { "A" } else { "C" }, "OverallSDDocumentRejectionSts": "A", "TransactionCurrency": "USD",
            "to_Item": { "results": items },
        } }),
    ));
    if asked {
        return;
    }
    let here = sale.back == Back::Here;
    let items: Vec<_> = lines()
        .map(|(at, line)| {
            json!({
                "DeliveryDocumentItem": ((at + 1) * 10).to_string(), "ReferenceSDDocument": id,
                "ActualDeliveryQuantity": format!("{}.000", line.back),
            })
        })
        .collect();
    sent.push((
        "returns_delivery",
        json!({ "d": {
            "DeliveryDocument": format!("84{}", sale.number), "SDDocumentCategory": "T", "OverallGoodsMovementStatus": if here { "C" } else { "A" },
            "CreationDate": DAY, "to_DeliveryDocumentItem": { "results": items },
        } }),
    ));
    if here && sale.given_back > 0 {
        sent.push(("credit_memo", billing(sale, "O", 9, sale.given_back, &id)));
    }
}
