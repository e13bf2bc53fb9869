//! ShipBob, REST: an order that is divided into shipments, one for each house and for each time that
//! something left.
//!
//! ShipBob imports what may be worked on; an order that waits for its money or for an approval never
//! comes here, and a maker's lines neither.

use serde_json::{Value, json};

use super::{Back, From, Line, Parcel, Sale, Sent, Step};

pub(super) fn sends(sale: &Sale) -> Sent {
    let ours = sale.lines.iter().any(|line| matches!(line.from, From::Warehouse(_)));
    if !ours || !sale.released {
        return Vec::new();
    }
    let shipments = shipments(sale);
    let statuses: Vec<_> = shipments.iter().map(|shipment| shipment["status"].as_str()).collect();
    let is = |status: &str| statuses.iter().filter(|it| **it == Some(status)).count();
    let (gone, off) = (is("Completed"), is("Cancelled"));
    let status = if off == statuses.len() {
        "Cancelled"
    } else if gone + off == statuses.len() {
        "Fulfilled"
    } else if gone > 0 {
        "PartiallyFulfilled"
    } else {
        "Processing"
    };
    let products: Vec<_> = sale
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| matches!(line.from, From::Warehouse(_)))
        .map(|(at, line)| json!({ "id": at + 1, "quantity": line.pieces }))
        .collect();
    let order = json!({
        "id": 7_000_000 + sale.number, "order_number": format!("#{}", sale.number), "reference_id": sale.number.to_string(), "type": "DTC",
        "created_date": "2026-11-20T14:15:22Z", "status": status, "shipping_terms": { "carrier_type": "Parcel", "payment_term": "Prepaid" },
        "products": products, "shipments": shipments,
    });
    let mut sent = vec![("order", order)];
    if matches!(sale.back, Back::Agreed | Back::Here) {
        let parcels = sale.parcels();
        let from_us = parcels.iter().filter(|parcel| parcel.place != From::Maker);
        sent.extend(from_us.filter_map(|parcel| returned(sale, parcel)).map(|it| ("return", it)));
    }
    sent
}

fn shipment_id(sale: &Sale, place: From, which: u32) -> u32 {
    let house = u32::from(place == From::Warehouse(1));
    500_000_000 + sale.number * 100 + house * 10 + which
}

fn shipments(sale: &Sale) -> Vec<Value> {
    let parcels = sale.parcels();
    let ours = parcels.iter().filter(|parcel| parcel.place != From::Maker);
    let mut all: Vec<_> = ours
        .map(|parcel| {
            let detail = if parcel.arrived { (204, "Delivered") } else { (202, "InTransit") };
            shipment(
                sale,
                parcel.place,
                0,
                &parcel.pieces,
                "Completed",
                Some(detail),
                parcel.arrived,
            )
        })
        .collect();
    for place in [From::Warehouse(0), From::Warehouse(1)] {
        let of_place = || sale.lines.iter().enumerate().filter(move |(_, line)| line.from == place);
        for (which, step) in [(1, Step::Waits), (2, Step::Picked), (3, Step::Packed)] {
            let open: Vec<_> = of_place()
                .filter(|(_, line)| line.step == step)
                .map(|(at, line)| (at, Line::open(line)))
                .filter(|(_, pieces)| *pieces > 0)
                .collect();
            if open.is_empty() {
                continue;
            }
            let (status, detail) = match (sale.held, step) {
                (true, _) => ("OnHold", None),
                (false, Step::Waits) => ("Processing", None),
                (false, Step::Picked) => ("Processing", Some((101, "Picked"))),
                (false, Step::Packed) => ("Processing", Some((102, "Packed"))),
            };
            all.push(shipment(sale, place, which, &open, status, detail, false));
        }
        // What is called off with the whole order stays as a shipment that is cancelled; a line that is
        // taken off an order is not in its shipments any more.
        if sale.called_off {
            let off: Vec<_> = of_place()
                .map(|(at, line)| (at, line.called_off))
                .filter(|(_, pieces)| *pieces > 0)
                .collect();
            if !off.is_empty() {
                all.push(shipment(sale, place, 4, &off, "Cancelled", None, false));
            }
        }
    }
    all
}

fn shipment(
    sale: &Sale,
    place: From,
    which: u32,
    pieces: &[(usize, u32)],
    status: &str,
    detail: Option<(u32, &str)>,
    arrived: bool,
) -> Value {
    let done = status == "Completed";
    let promise = match status {
        "Completed" => "FulfilledOnTime",
        "Cancelled" => "Unavailable",
        _ => "PendingOnTime",
    };
    let products: Vec<_> = pieces
        .iter()
        .map(|(at, pieces)| {
            let committed = if status == "Cancelled" { 0 } else { *pieces };
            json!({ "id": at + 1, "inventory_items": [{ "id": 11 + at, "quantity": pieces, "quantity_committed": committed }] })
        })
        .collect();
    json!({
        "id": shipment_id(sale, place, which), "order_id": 7_000_000 + sale.number, "reference_id": sale.number.to_string(), "status": status,
        "status_details": detail.map(|(id, name)| vec![json!({ "id": id, "name": name })]).unwrap_or_default(),
        "actual_fulfillment_date": done.then_some("2026-11-21T16:00:00Z"), "delivery_date": arrived.then_some("2026-11-22T11:00:00Z"),
        "estimated_fulfillment_date_status": promise, "is_tracking_uploaded": done,
        "created_date": "2026-11-20T14:15:22Z", "last_update_at": "2026-11-22T10:00:00Z", "products": products,
    })
}

fn returned(sale: &Sale, parcel: &Parcel) -> Option<Value> {
    let back: Vec<_> = parcel
        .pieces
        .iter()
        .filter_map(|(at, _)| sale.lines.get(*at).map(|line| (at, line.back)))
        .filter(|(_, pieces)| *pieces > 0)
        .map(|(at, pieces)| json!({ "id": 11 + at, "quantity": pieces }))
        .collect();
    let here = sale.back == Back::Here;
    (!back.is_empty()).then(|| {
        json!({
            "id": 900_000_000 + shipment_id(sale, parcel.place, 0), "original_shipment_id": shipment_id(sale, parcel.place, 0),
            "return_type": "Regular", "reference_id": format!("RMA-{}", sale.number), "store_order_id": sale.number.to_string(),
            "status": if here { "Completed" } else { "AwaitingArrival" }, "insert_date": "2026-11-22T09:00:00Z",
            "arrived_date": here.then_some("2026-11-23T09:00:00Z"), "inventory": back,
        })
    })
}
