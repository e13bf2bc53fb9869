//! A merchant whose systems say anything at all: small mappings with every ingredient of a view,
//! and records of one order in which each word is picked by chance.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use order_status::compare::{Finding, View, views};
use order_status::diagnostic::Source;
use order_status::join::join;
use order_status::mapping::Mapping;
use order_status::pattern::Patterns;
use order_status::reading::{Known, Reading};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

/// A kind of record that a system may send.
struct Kind {
    name: &'static str,
    /// How many of them.
    counts: &'static [usize],
    /// Keys and the values that may stand there; `-` is left out and `null` is null.
    keys: &'static [(&'static str, &'static [&'static str])],
}

struct System {
    id: &'static str,
    role: &'static str,
    kinds: &'static [Kind],
    text: &'static str,
}

const SHOP: System = System {
    id: "shop",
    role: "storefront",
    kinds: &[
        Kind {
            name: "order",
            counts: &[1, 1, 1, 1, 1, 1, 0, 2],
            keys: &[
                ("money", &["-", "none", "held", "taken", "back", "what?"]),
                ("state", &["-", "open", "closed", "sent", "off"]),
                ("terms", &["-", "-", "cod", "card"]),
                ("goods", &["-", "-", "file", "box"]),
                ("total", &["-", "30", "50"]),
            ],
        },
        Kind {
            name: "return",
            counts: &[0, 0, 1, 2],
            keys: &[("state", &["null", "asked", "here"])],
        },
    ],
    text: include_str!("systems/shop.toml"),
};

const BOOKS: System = System {
    id: "books",
    role: "erp",
    kinds: &[
        Kind {
            name: "order",
            counts: &[1, 1, 1, 1, 1, 1, 0, 2],
            keys: &[
                ("status", &["-", "A", "B", "F", "G", "C", "Z"]),
                ("held", &["-", "true", "false"]),
                ("shop", &["1", "-"]),
            ],
        },
        Kind { name: "invoice", counts: &[0, 0, 1, 2], keys: &[("state", &["open", "void"])] },
        Kind { name: "return", counts: &[0, 0, 1, 2], keys: &[("state", &["asked", "here"])] },
    ],
    text: include_str!("systems/books.toml"),
};

/// Two kinds of payment: money that was taken, and money that was given back.
const BANK: System = System {
    id: "bank",
    role: "gateway",
    kinds: &[
        Kind {
            name: "charge",
            counts: &[1, 1, 0, 2, 3],
            keys: &[
                ("state", &["held", "taken", "taken", "failed", "what?"]),
                ("amount", &["10", "20", "30", "-"]),
                ("of", &["-", "-", "charge0", "charge1"]),
            ],
        },
        Kind { name: "refund", counts: &[0, 0, 1, 2], keys: &[("state", &["some", "all"])] },
    ],
    text: include_str!("systems/bank.toml"),
};

/// One of several houses: it has a part of the order.
const HOUSE: &str = include_str!("systems/house.toml");

const HOUSE_KINDS: &[Kind] = &[
    Kind {
        name: "order",
        counts: &[1, 1, 1, 0, 2],
        keys: &[
            ("state", &["-", "new", "packed", "gone", "off"]),
            ("goods", &["-", "-", "-", "box"]),
            ("units", &["-", "0", "2"]),
        ],
    },
    Kind { name: "return", counts: &[0, 0, 1, 2], keys: &[("state", &["way", "here"])] },
];

const NORTH: System = System { id: "north", role: "wms", kinds: HOUSE_KINDS, text: HOUSE };
const SOUTH: System = System { id: "south", role: "wms", kinds: HOUSE_KINDS, text: HOUSE };

const CARRIER: System = System {
    id: "carrier",
    role: "carrier",
    kinds: &[Kind {
        name: "parcel",
        counts: &[1, 1, 0, 2],
        keys: &[("state", &["-", "label", "way", "here", "lost"])],
    }],
    text: include_str!("systems/carrier.toml"),
};

/// A second shop window, as good as the first.
const MARKET: System = System {
    id: "market",
    role: "marketplace",
    kinds: &[Kind {
        name: "order",
        counts: &[0, 0, 0, 1, 1, 2],
        keys: &[
            ("money", &["-", "none", "taken"]),
            ("state", &["-", "open", "done", "off"]),
            ("terms", &["-", "-", "card"]),
            ("total", &["-", "30", "50"]),
        ],
    }],
    text: include_str!("systems/market.toml"),
};

const SYSTEMS: [System; 7] = [SHOP, BOOKS, BANK, NORTH, SOUTH, CARRIER, MARKET];

/// The systems.
pub(super) fn systems() -> [&'static Mapping; SYSTEMS.len()] {
    static LOADED: LazyLock<Vec<Mapping>> = LazyLock::new(|| SYSTEMS.iter().map(load).collect());
    core::array::from_fn(|at| &LOADED[at])
}

/// The names that operators have.
pub(super) fn patterns() -> &'static Patterns {
    static LOADED: LazyLock<Patterns> = LazyLock::new(Patterns::builtin);
    &LOADED
}

fn load(system: &System) -> Mapping {
    let System { id, role, text, .. } = system;
    let text = format!(
        "schema = 1\nid = \"{id}\"\ntitle = \"{id}\"\nrole = \"{role}\"\napi = \"none\"\nread = 2026-11-23\nsources = [\"this test\"]\n{text}"
    );
    Mapping::load(Source::new(id, &text)).unwrap_or_else(|report| panic!("{report}"))
}

/// A record that a system sends of the order: the system's place, the kind, the payload.
pub(super) type Sent = (usize, &'static str, Value);

/// What all systems say of one order, and for which kinds of record nothing is missing.
#[derive(Clone, Debug)]
pub(super) struct Order {
    pub(super) sent: Vec<Sent>,
    pub(super) complete: Vec<Vec<&'static str>>,
}

/// Records of one order by chance.
pub(super) fn orders() -> impl Strategy<Value = Order> {
    let systems: Vec<_> = (0..SYSTEMS.len()).map(of_system).collect();
    systems.prop_map(|systems| {
        let (sent, complete): (Vec<_>, Vec<_>) = systems.into_iter().unzip();
        Order { sent: sent.concat(), complete }
    })
}

fn of_system(at: usize) -> impl Strategy<Value = (Vec<Sent>, Vec<&'static str>)> {
    let kinds: Vec<_> = SYSTEMS[at].kinds.iter().map(move |kind| of_kind(at, kind)).collect();
    (prop::bool::weighted(0.75), kinds).prop_map(|(has, kinds)| {
        let (sent, complete): (Vec<_>, Vec<_>) = kinds.into_iter().unzip();
        (if has { sent.concat() } else { Vec::new() }, complete.into_iter().flatten().collect())
    })
}

fn of_kind(
    at: usize,
    kind: &'static Kind,
) -> impl Strategy<Value = (Vec<Sent>, Option<&'static str>)> {
    let words = prop::collection::vec(any::<Index>(), kind.keys.len());
    let counts = prop::sample::select(kind.counts);
    let records = counts.prop_flat_map(move |count| prop::collection::vec(words.clone(), count));
    (records, any::<bool>()).prop_map(move |(records, complete)| {
        let payloads = records.iter().enumerate().map(|(number, words)| {
            let mut payload = json!({ "id": format!("{}{number}", kind.name), "number": "1", "order": "order0", "currency": "EUR" });
            for ((key, values), word) in kind.keys.iter().zip(words) {
                match *word.get(values) {
                    "-" => {}
                    "null" => payload[key] = Value::Null,
                    flag @ ("true" | "false") => payload[key] = json!(flag == "true"),
                    word => payload[key] = json!(word),
                }
            }
            (at, kind.name, payload)
        });
        (payloads.collect(), complete.then_some(kind.name))
    })
}

/// What a record says.
pub(super) fn read<'m>(systems: &[&'m Mapping], (at, kind, payload): &Sent) -> Reading<'m> {
    systems[*at].read(systems[*at].record(kind).unwrap(), payload, &Known::new())
}

impl Order {
    /// The views, of each order to which the records are joined.
    pub(super) fn views<'m>(&self, systems: &[&'m Mapping]) -> Vec<Vec<View<'m>>> {
        let records: Vec<_> = self.sent.iter().map(|sent| (sent.0, read(systems, sent))).collect();
        let complete: Vec<Vec<&str>> = self.complete.clone();
        let orders = join(systems, records).into_iter();
        orders.map(|order| views(systems, order, &complete)).collect()
    }

    /// The same order, its systems in another order.
    pub(super) fn with_systems(&self, places: &[usize]) -> Self {
        let now = |before: usize| places.iter().position(|place| *place == before).unwrap();
        let sent = self.sent.iter().map(|(at, kind, it)| (now(*at), *kind, it.clone())).collect();
        let complete = places.iter().map(|place| self.complete[*place].clone()).collect();
        Self { sent, complete }
    }
}

/// All that a finding says, views by the names of their systems.
pub(super) fn told(finding: &Finding<'_, '_>, views: &[View<'_>]) -> String {
    let system = |at: &usize| views[*at].mapping().channel().id();
    let deviations: BTreeMap<_, _> = finding
        .deviations
        .iter()
        .map(|it| {
            let expected: Vec<_> = it.expected.iter().map(|row| row.shown()).collect();
            let who = (system(&it.target), it.field.name());
            (who, (system(&it.source), expected, &it.facets, it.direction, it.certain))
        })
        .collect();
    let mut who: Vec<_> = finding.views.iter().map(system).collect();
    who.sort_unstable();
    let also: Vec<_> = finding.also.iter().map(|pattern| pattern.name()).collect();
    format!(
        "{who:?} {} {also:?} {:?} {:?} {:?} {:?} {deviations:?}",
        finding.name(),
        finding.relation,
        finding.facets,
        finding.direction,
        finding.strength
    )
}
