//! EasyPost: one shipment for each parcel of our own warehouses, with its tracker.
//!
//! The label is bought when the parcel is packed, and the carrier scans it when it takes it away. What
//! a maker sends travels on the maker's labels.

use serde_json::{Value, json};

use super::{Back, From, Road, Sale, Sent, Step};

pub(super) fn sends(sale: &Sale) -> Sent {
    let mut sent: Sent = sale
        .parcels()
        .iter()
        .filter(|parcel| parcel.place != From::Maker)
        .map(|parcel| {
            let (status, detail) = match sale.road {
                _ if parcel.arrived => ("delivered", "arrived_at_destination"),
                Road::Between => ("in_transit", "departed_facility"),
                Road::InTheVan => ("out_for_delivery", "out_for_delivery"),
                Road::AtTheCounter => ("available_for_pickup", "arrived_at_pickup_location"),
            };
            ("shipment", shipment(sale, &format!("{:?}", parcel.place), false, status, detail))
        })
        .collect();
    for place in [From::Warehouse(0), From::Warehouse(1)] {
        let labelled = sale
            .lines
            .iter()
            .any(|line| line.from == place && line.open() > 0 && line.step == Step::Packed);
        if labelled {
            let id = format!("{place:?}packed");
            sent.push(("shipment", shipment(sale, &id, false, "pre_transit", "status_update")));
        }
    }
    // A label for the way back is made when the return is agreed to.
    match sale.back {
        Back::Nothing | Back::Asked => {}
        Back::Agreed => sent.push((
            "return_shipment",
            shipment(sale, "back", true, "pre_transit", "status_update"),
        )),
        Back::Here => sent.push((
            "return_shipment",
            shipment(sale, "back", true, "delivered", "arrived_at_destination"),
        )),
    }
    sent
}

fn shipment(sale: &Sale, id: &str, back: bool, status: &str, detail: &str) -> Value {
    let id = format!("shp_{}{id}", sale.number);
    json!({
        "object": "Shipment", "id": id, "is_return": back, "reference": format!("#{}", sale.number), "status": status,
        "created_at": "2026-11-21T10:00:00Z", "updated_at": "2026-11-22T10:00:00Z", "refund_status": null, "batch_status": null,
        "tracker": {
            "object": "Tracker", "id": format!("trk{id}"), "shipment_id": id, "status": status, "status_detail": detail,
            "updated_at": "2026-11-22T10:00:00Z",
        },
    })
}
