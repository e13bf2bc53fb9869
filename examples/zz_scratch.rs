use order_status::{compare::{View,compare},mapping::Mapping,pattern::Patterns,reading::Known};
fn main(){
 let s=Mapping::load(order_status::builtin::SHOPIFY).unwrap(); let n=Mapping::load(order_status::builtin::NETSUITE).unwrap();
 let p=Patterns::builtin();
 let orders=[serde_json::json!({"name":"#1001","financial_status":"paid","fulfillment_status":null,"line_items":[{"id":1,"quantity":1,"fulfillable_quantity":1,"requires_shipping":true}]}),
 serde_json::json!({ "name": "#1001", "cancelled_at": "2026-11-20T10:00:00Z", "fulfillment_status": null }),
 serde_json::json!({ "name": "#1001", "financial_status":"refunded", "cancelled_at": "2026-11-20T10:00:00Z", "fulfillment_status": null }),
 serde_json::json!({"name":"#1001","financial_status":"paid","fulfillment_status":null})];
 for o in &orders { for (k,q) in [("sales_order",serde_json::json!({"tranId":"SO77","orderStatus":{"id":"G"}})),("sales_order",serde_json::json!({"tranId":"SO77","orderStatus":{"id":"F"}})),("sales_order",serde_json::json!({"tranId":"SO77","orderStatus":{"id":"E"}})),("sales_order",serde_json::json!({"tranId":"SO77","orderStatus":{"id":"A"}})),("item_fulfillment",serde_json::json!({"tranId":"IF7","status":{"id":"shipped"},"shipStatus":{"id":"C"}}))] {
  let v=[View::new(&s,vec![s.read(s.record("order").unwrap(),o,&Known::new())],&[]),View::new(&n,vec![n.read(n.record(k).unwrap(),&q,&Known::new())],&[])];
  println!("{k} {q}: {} | {}", v[0].claim().states, v[1].claim().states);
  for f in compare(&v,&p){ println!("   {} {} {:?} {:?}",f.name(),f.relation.as_str(),f.strength, f.deviations.iter().map(|d|format!("{} {:?}",d.field.name(),d.expected.iter().map(|e|e.shown()).collect::<Vec<_>>())).collect::<Vec<_>>());}
 }}
}
