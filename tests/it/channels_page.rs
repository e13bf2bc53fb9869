//! `docs/channels.md`: what each mapping file covers, for whoever chooses or reviews a channel.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use order_status::mapping::{Fact, Field, Mapping, Role, Row};
use serde_json::Value;

use crate::channels::{all_are_tested, cannot_show, ids, load, text};
use crate::docs::in_sync;
use crate::markdown::{code, codes, count, prose, table};

/// The roles in the order of the page: where orders come from, where they go, who moves the rest.
pub(crate) const ROLES: [(Role, &str); 6] = [
    (Role::Storefront, "Storefronts"),
    (Role::Marketplace, "Marketplaces"),
    (Role::Erp, "ERP"),
    (Role::Wms, "Warehouses and fulfillment"),
    (Role::Gateway, "Payment gateways"),
    (Role::Carrier, "Carriers"),
];

/// A channel with its file, which says more than a program needs to know.
struct Channel {
    mapping: Mapping,
    text: String,
    file: Value,
}

impl Channel {
    fn load(id: &str) -> Self {
        let text = text(id);
        Self { mapping: load(id), file: toml::from_str(&text).unwrap(), text }
    }

    fn id(&self) -> &str {
        self.mapping.channel().id()
    }

    fn claiming(&self) -> impl Iterator<Item = &Field> {
        self.mapping.fields().iter().filter(|field| field.ignored().is_none())
    }

    fn ignored(&self) -> impl Iterator<Item = (&Field, &str)> {
        self.mapping.fields().iter().filter_map(|field| Some((field, field.ignored()?)))
    }
}

/// How many values a field has, and in how many spellings.
fn vocabulary(field: &Field) -> (usize, usize) {
    if !field.kind().has_vocabulary() {
        return (0, 0);
    }
    let values: BTreeSet<_> = field.rows().iter().map(Row::code).collect();
    let also: BTreeSet<_> = field.rows().iter().flat_map(Row::also).collect();
    (values.len(), values.len() + also.difference(&values).count())
}

/// One text or a list of texts.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => vec![],
    }
}

/// Paths that stand for each other; of many only the first ones.
fn paths(at: &Value) -> String {
    let all = texts(at);
    let shown = if all.len() > 4 { &all[..3] } else { &all[..] };
    let list = shown.iter().map(|path| code(path)).collect::<Vec<_>>().join(" or ");
    if shown.len() < all.len() {
        format!("{list} or {} other paths", all.len() - shown.len())
    } else {
        list
    }
}

/// How a record finds its order.
fn joined(record: &Value) -> String {
    let mut ways = vec![];
    if let Some(order) = record.get("order") {
        ways.push(format!("order number at {}", paths(order.get("at").unwrap_or(order))));
    }
    for reference in record.get("refs").and_then(Value::as_array).into_iter().flatten() {
        let systems = texts(&reference["system"]).join("'s or ");
        ways.push(format!("{systems}'s number at {}", paths(&reference["at"])));
    }
    for (key, how) in [("within", "lies in"), ("parent", "hangs under")] {
        if let Some(link) = record.get(key) {
            let other = code(link["record"].as_str().unwrap());
            let by = if key == "within" { "at" } else { "by" };
            ways.push(format!("{how} {other} {by} {}", paths(&link["at"])));
        }
    }
    if let Some(sibling) = record.get("continues") {
        ways.push(format!("continues the one whose id stands at {}", paths(sibling)));
    }
    if ways.is_empty() { "names no order".to_owned() } else { ways.join("; ") }
}

fn overview(channels: &[Channel]) -> String {
    let row = |channel: &Channel| {
        let about = channel.mapping.channel();
        let all = channel.mapping.fields().iter().map(vocabulary);
        let (values, spellings) = all.fold((0, 0), |sum, of| (sum.0 + of.0, sum.1 + of.1));
        let id = channel.id();
        [
            format!("[`{id}`](#{id})"),
            prose(about.title()),
            about.role().to_string(),
            channel.mapping.records().len().to_string(),
            channel.claiming().count().to_string(),
            values.to_string(),
            spellings.to_string(),
            about.sources().len().to_string(),
            about.read().to_owned(),
            about.revision().to_string(),
            prose(about.api()),
        ]
    };
    let head = [
        "id",
        "system",
        "role",
        "records",
        "fields",
        "values",
        "spellings",
        "sources",
        "read",
        "revision",
        "API",
    ];
    table(head, &channels.iter().map(row).collect::<Vec<_>>())
}

/// What the file says of its system before it begins, but for what it cannot show.
fn introduction(text: &str) -> String {
    let head = text.lines().map_while(|line| line.strip_prefix('#')).map(str::trim_end);
    let mut written = String::new();
    let (mut skipped, mut in_item) = (false, false);
    for line in head.map(|line| line.strip_prefix(' ').unwrap_or(line)) {
        skipped = line.starts_with("cannot show:") || (skipped && !line.is_empty());
        if skipped {
            continue;
        }
        // An item goes on until a blank line, or until a new sentence begins a line that is not set in.
        let item = line.starts_with("- ");
        let ended = written.ends_with(".\n") && line.starts_with(char::is_uppercase);
        if in_item && ended {
            written.push('\n');
        }
        in_item = item || (in_item && !ended && !line.is_empty());
        let set_in = if in_item && !item { "  " } else { "" };
        writeln!(written, "{set_in}{}", prose(line.trim_start())).unwrap();
    }
    written.trim().to_owned()
}

fn records(channel: &Channel) -> String {
    let record = |record: &Value| {
        let text = |key: &str| record[key].as_str().unwrap();
        [code(text("name")), text("level").to_owned(), joined(record)]
    };
    let records = channel.file["record"].as_array().unwrap();
    table(["record", "level", "joined by"], &records.iter().map(record).collect::<Vec<_>>())
}

fn fields(channel: &Channel) -> String {
    let row = |field: &Field| {
        let values = match vocabulary(field) {
            (0, _) => String::new(),
            (values, spellings) if values == spellings => values.to_string(),
            (values, spellings) => format!("{values} ({spellings})"),
        };
        let shown = match field.show() {
            None => "no".to_owned(),
            Some(show) => match show.none() {
                Some(reason) => format!("no: {}", prose(reason)),
                None => count(show.rows().len(), "row"),
            },
        };
        [
            code(field.name()),
            channel.mapping.record_of(field).map_or(String::new(), |record| code(record.name())),
            field.level().to_string(),
            field.kind().to_string(),
            field.covers().iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            if field.is_open() { format!("{values}, open") } else { values },
            shown,
        ]
    };
    let head = ["field", "record", "level", "kind", "covers", "values", "can be shown"];
    table(head, &channel.claiming().map(row).collect::<Vec<_>>())
}

fn section(channel: &Channel) -> String {
    let about = channel.mapping.channel();
    let mut page = format!(
        "\n### {}\n\n**{}**, {}. API: {}. Sources read on {}, revision {}.\n\n{}\n",
        about.id(),
        prose(about.title()),
        about.role(),
        prose(about.api().trim_end_matches('.')),
        about.read(),
        about.revision(),
        introduction(&channel.text),
    );
    write!(page, "\n{}\n{}", records(channel), fields(channel)).unwrap();
    let ignored: Vec<_> = channel.ignored().collect();
    if !ignored.is_empty() {
        page.push_str("\nListed, and without a word about a customer's order:\n\n");
        for (field, reason) in ignored {
            let (values, _) = vocabulary(field);
            let values =
                if values > 0 { format!(" ({})", count(values, "value")) } else { String::new() };
            writeln!(page, "- {}{values}: {}", code(field.name()), prose(reason)).unwrap();
        }
    }
    let missing = cannot_show(&channel.text);
    if !missing.is_empty() {
        page.push_str("\nCannot show:\n\n");
        for what in missing {
            writeln!(page, "- {}", prose(&what)).unwrap();
        }
    }
    if !channel.mapping.facts().is_empty() {
        let facts = channel.mapping.facts().iter().map(|fact| {
            let holds = if fact.holds() { "holds" } else { "does not hold" };
            [code(fact.name()), holds.to_owned(), prose(fact.why())]
        });
        let facts = table(["fact", "unless you say else", "why"], &facts.collect::<Vec<_>>());
        write!(page, "\n{facts}").unwrap();
    }
    page.push_str("\nSources:\n\n");
    for source in about.sources() {
        writeln!(page, "- {}", prose(source)).unwrap();
    }
    page
}

fn page() -> String {
    let all: Vec<_> = ids().iter().map(|id| Channel::load(id)).collect();
    let of = |role| move |channel: &Channel| channel.mapping.channel().role() == role;
    let (mut sorted, mut all) = (vec![], all);
    for (role, _) in ROLES {
        let (found, others): (Vec<_>, Vec<_>) = all.into_iter().partition(of(role));
        sorted.extend(found);
        all = others;
    }
    assert!(all.is_empty(), "a role has no place on the page");
    let mut page = format!(
        "# The channels\n\n\
         <!-- `UPDATE_DOCS=1 cargo test --test it` writes this page anew. -->\n\n\
         Generated from the mapping files.\n\n\
         A *record* is a kind of payload as the API sends it. A *field* carries a status; a *value* is a \
         code that it can have, and *spellings* counts the other official ones of the same values as \
         well. A field with *open* values may have some that a plugin or the merchant added. *Can be \
         shown* tells whether the file knows the way back, from the state of an order to the value at \
         which the field should stand: in how many rows, or why not. *Read* is the day on which the sources were \
         looked at; the *revision* counts up whenever the meaning of a value changes. Which code \
         means what, and at which an order should stand, is on the page `state-matrix.md`.\n\n{}",
        overview(&sorted)
    );
    for (role, title) in ROLES {
        let sections: String =
            sorted.iter().filter(|channel| of(role)(channel)).map(section).collect();
        if !sections.is_empty() {
            write!(page, "\n## {title}\n{sections}").unwrap();
        }
    }
    page
}

#[test]
fn is_current() {
    assert!(ROLES.iter().map(|(role, _)| role).collect::<BTreeSet<_>>().len() == Role::ALL.len());
    if all_are_tested() {
        in_sync("channels.md", &page());
    }
}

/// Against the text of a file, counted in another way.
#[test]
fn counts_what_the_files_say() {
    for id in &ids() {
        let channel = Channel::load(id);
        let lines =
            |start: &str| channel.text.lines().filter(|line| line.starts_with(start)).count();
        assert_eq!(channel.mapping.records().len(), lines("[[record]]"), "{id}");
        let (claiming, ignored) = (channel.claiming().count(), channel.ignored().count());
        assert_eq!(claiming + ignored, lines("[[field]]"), "{id}");
        let section = section(&channel);
        for record in channel.mapping.records() {
            assert!(section.contains(&format!("| `{}` | {} | ", record.name(), record.level())));
        }
        for source in channel.mapping.channel().sources() {
            assert!(section.contains(source), "{id}: {source}");
        }
        let named = codes(channel.mapping.facts().iter().map(Fact::name));
        for fact in named.split(", ").filter(|_| !channel.mapping.facts().is_empty()) {
            assert!(section.contains(&format!("| {fact} | ")), "{id}: {fact}");
        }
    }
}
