//! AfterShip: one tracking for each number that the shop handed in, which it does when a parcel left,
//! a maker's parcel too. Returns are kept in an account of their own.

use serde_json::{Value, json};

use super::{Parcel, Road, Sale, Sent};

pub(super) fn sends(sale: &Sale) -> Sent {
    let parcels = sale.parcels();
    parcels
        .iter()
        .enumerate()
        .map(|(at, parcel)| ("tracking", tracking(sale, at, parcel)))
        .collect()
}

fn tracking(sale: &Sale, at: usize, parcel: &Parcel) -> Value {
    let (tag, subtag) = match sale.road {
        _ if parcel.arrived => ("Delivered", "Delivered_001"),
        Road::Between => ("InTransit", "InTransit_003"),
        Road::InTheVan => ("OutForDelivery", "OutForDelivery_001"),
        Road::AtTheCounter => ("AvailableForPickup", "AvailableForPickup_001"),
    };
    json!({ "data": {
        "id": format!("trk{}{at}", sale.number), "tracking_number": format!("1Z{}{at}", sale.number), "slug": "ups",
        "order_number": format!("#{}", sale.number), "order_id": sale.number.to_string(), "created_at": "2026-11-21T09:00:00+00:00",
        "updated_at": "2026-11-22T12:00:00+00:00", "active": !parcel.arrived, "tag": tag, "subtag": subtag, "return_to_sender": false,
        "shipment_pickup_date": "2026-11-21T17:30:00", "shipment_delivery_date": parcel.arrived.then_some("2026-11-22T11:00:00"),
        "first_attempted_at": parcel.arrived.then_some("2026-11-22T11:00:00"), "delivery_type": null,
    } })
}
