//! A JSON Schema that asks of an order what the mapping file and the table of countries ask: every
//! declared status field with every code, every currency, and each country's own address.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

const MAPPING: &str = include_str!("../../../../mappings/shopify.toml");
const COUNTRIES: &str = include_str!("../../../../src/address/countries.tsv");
const CURRENCIES: &str = include_str!("../../../../src/currency.rs");

/// The schema of an order.
pub fn schema() -> Value {
    let file: toml::Table = toml::from_str(MAPPING).unwrap();
    let mut order = of_record(&file, "order");
    let properties = order["properties"].as_object_mut().unwrap();
    for key in ["created_at", "updated_at"] {
        let time = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}";
        properties.insert(key.into(), json!({ "type": "string", "pattern": time }));
    }
    for key in ["total_price", "subtotal_price", "total_tax", "total_line_items_price"] {
        properties.insert(key.into(), amount());
    }
    properties.insert("name".into(), json!({ "type": "string", "pattern": r"\S" }));
    properties.insert("currency".into(), json!({ "enum": currencies() }));
    properties.insert("shipping_address".into(), address());
    let line = &mut properties["line_items"]["items"]["properties"];
    line["id"] = json!({ "type": "integer" });
    line["sku"] = json!({ "type": "string", "minLength": 1 });
    line["quantity"] = json!({ "type": "integer", "exclusiveMinimum": 0 });
    line["price"] = amount();
    let required = ["name", "created_at", "updated_at", "currency", "total_price", "shipping_address", "line_items"];
    order["required"] = json!(required);
    order
}

fn amount() -> Value {
    json!({ "type": "string", "pattern": r"^\d+(\.\d+)?$" })
}

fn currencies() -> Vec<&'static str> {
    let list = CURRENCIES.split_once("const CODES: &[&str] = &[").unwrap().1.split_once("];").unwrap().0;
    list.split('"').filter(|word| word.len() == 3 && word.chars().all(|c| c.is_ascii_uppercase())).collect()
}

/// The status fields of a record, and the records that lie in it.
fn of_record(file: &toml::Table, record: &str) -> Value {
    let list = |value: Option<&toml::Value>| -> Vec<String> {
        let texts = value.and_then(toml::Value::as_array).into_iter().flatten();
        texts.filter_map(|text| text.as_str().map(str::to_owned)).collect()
    };
    let mut schema = json!({ "type": "object", "properties": {} });
    for field in file["field"].as_array().unwrap() {
        if field.get("record").and_then(toml::Value::as_str) != Some(record) || field.get("open").is_some() {
            continue;
        }
        let Some(codes) = codes(field) else { continue };
        for path in list(field.get("at")).iter().filter(|path| !path.contains(['[', '"', '(', ' '])) {
            put(&mut schema, path, json!({ "enum": codes }));
        }
    }
    for inner in file["record"].as_array().unwrap() {
        let Some(within) = inner.get("within").filter(|within| within["record"].as_str() == Some(record)) else {
            continue;
        };
        let items = of_record(file, inner["name"].as_str().unwrap());
        for path in list(within.get("at")) {
            put(&mut schema, &path, json!({ "type": "array", "items": items }));
        }
    }
    schema
}

/// Every spelling of every code, and null.
fn codes(field: &toml::Value) -> Option<Vec<Value>> {
    let folded = field.get("fold").is_some();
    let mut codes = vec![Value::Null];
    for row in field.get("status")?.as_array()? {
        let also = row.get("also").and_then(toml::Value::as_array).into_iter().flatten();
        for code in row.get("code").into_iter().chain(also) {
            match code {
                toml::Value::String(text) if folded => {
                    codes.extend([json!(text.to_lowercase()), json!(text.to_uppercase())]);
                }
                other => codes.push(serde_json::to_value(other).unwrap()),
            }
        }
    }
    codes.sort_by_key(Value::to_string);
    codes.dedup();
    Some(codes)
}

fn put(schema: &mut Value, path: &str, value: Value) {
    match path.split_once('.') {
        Some((outer, inner)) => {
            let properties = schema["properties"].as_object_mut().unwrap();
            let object = properties.entry(outer).or_insert_with(|| json!({ "properties": {} }));
            if object.get("properties").is_some() {
                put(object, inner, value);
            }
        }
        None => schema["properties"][path] = value,
    }
}

/// One condition for each country, as JSON Schema says it.
fn address() -> Value {
    let mut regions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut country = "";
    let lines = || COUNTRIES.lines().filter(|line| !line.starts_with(['#', '=']));
    for line in lines() {
        let columns: Vec<_> = line.split('\t').collect();
        match columns.as_slice() {
            ["+", code, _, spellings] => {
                let spellings = spellings.split('|').filter(|text| !text.is_empty());
                regions.entry(country).or_default().extend(std::iter::once(*code).chain(spellings));
            }
            [code, ..] => country = *code,
            [] => {}
        }
    }
    let mut all = Vec::new();
    for line in lines().filter(|line| !line.starts_with('+')) {
        let columns: Vec<_> = line.split('\t').collect();
        let (code, need, list, zip) = (columns[0], columns[5], columns[6], columns[7]);
        let mut required = vec!["address1"];
        let mut properties = Map::new();
        for (letter, key) in [('C', "city"), ('S', "province_code"), ('Z', "zip")] {
            if need.replace("[CS]", "").contains(letter) {
                required.push(key);
                properties.insert(key.into(), json!({ "type": "string", "minLength": 1 }));
            }
        }
        if need.contains('Z') && zip != "-" {
            properties.insert("zip".into(), json!({ "type": "string", "pattern": format!("^(?:{zip})$") }));
        }
        if list == "closed" {
            properties.insert("province_code".into(), json!({ "enum": regions[code] }));
        }
        all.push(json!({
            "if": { "properties": { "country_code": { "const": code } } },
            "then": { "required": required, "properties": properties },
        }));
    }
    json!({ "type": "object", "required": ["country_code"], "allOf": all })
}
