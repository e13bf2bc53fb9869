//! `docs/state-matrix.md`: milestones by systems, both ways.
//!
//! Outwards: some representative orders, and at which codes a system that takes them in should stand.
//! Inwards: what each code of a system claims, and which milestone that is.

mod orders;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use order_status::facet::Kind;
use order_status::mapping::{Absence, By, Field, Mapping, Row, Shown};
use order_status::milestone::Milestone;
use order_status::state::StateSet;
use order_status::translation::Answer;

use self::orders::{NOT_TOLD, Order, orders, paid};
use crate::channels::{all_are_tested, ids, load};
use crate::channels_page::ROLES;
use crate::common::{shipped, speaks_for_the_order};
use crate::docs::{claim, in_sync, read_box, set};
use crate::markdown::{code, codes, list_table, prose, table};

/// The first clause of a reason, for a narrow cell.
fn shortened(reason: &str) -> String {
    let clause = [": ", "; ", ", ", ". "].into_iter().filter_map(|end| reason.find(end));
    let clause = &reason[..clause.filter(|at| *at > 12).min().unwrap_or(reason.len())];
    let mut kept = String::new();
    for word in clause.split(' ') {
        if kept.chars().count() + word.chars().count() > 40 {
            kept.push('…');
            break;
        }
        kept.push_str(if kept.is_empty() { "" } else { " " });
        kept.push_str(word);
    }
    prose(&kept)
}

fn value(shown: &Shown, reason: fn(&str) -> String) -> String {
    match shown {
        Shown::Code(shown) => code(shown),
        Shown::Null => "null".into(),
        Shown::Empty => "the empty text".into(),
        Shown::Set => "a time".into(),
        Shown::Nothing(why) => format!("*nothing:* {}", reason(why)),
    }
}

fn cell(answer: &Answer<'_>, reason: fn(&str) -> String) -> String {
    match answer {
        Answer::Shown(row) => value(row.shown(), reason),
        Answer::Undetermined(rows) => {
            rows.iter().map(|row| value(row.shown(), reason)).collect::<Vec<_>>().join(" or ")
        }
        Answer::Nothing(why) => format!("*nothing:* {}", reason(why)),
    }
}

/// A system with the places of the fields that can be brought to a value.
struct System {
    mapping: Mapping,
    fields: Vec<usize>,
}

impl System {
    fn new(mapping: Mapping) -> Self {
        let can_be_shown = |field: &Field| field.show().is_some_and(|show| show.none().is_none());
        let fields = mapping.fields().iter().enumerate();
        let fields = fields
            .filter(|(_, field)| speaks_for_the_order(&mapping, field) && can_be_shown(field))
            .map(|(place, _)| place)
            .collect();
        Self { mapping, fields }
    }

    fn id(&self) -> &str {
        self.mapping.channel().id()
    }

    fn name_of(&self, field: usize) -> &str {
        self.mapping.fields()[field].name()
    }

    fn answer(&self, field: usize, order: &Order) -> Answer<'_> {
        let name = self.name_of(field);
        let mut answers = self.mapping.translate(order.states);
        answers.find(|(known, _)| known.name() == name).unwrap().1
    }

    /// The few fields that tell most of the orders apart, one after the other.
    fn telling(&self, orders: &[Order]) -> Vec<usize> {
        let said = |field: &usize, order: &Order| match self.answer(*field, order) {
            Answer::Nothing(_) => String::new(),
            answer @ (Answer::Shown(_) | Answer::Undetermined(_)) => cell(&answer, shortened),
        };
        let told_apart = |fields: &[usize]| {
            let said = |order| fields.iter().map(|field| said(field, order)).collect::<Vec<_>>();
            orders.iter().map(said).collect::<BTreeSet<_>>().len()
        };
        let mut chosen: Vec<usize> = vec![];
        while chosen.len() < 3 {
            let with = |field: usize| [&chosen[..], &[field]].concat();
            // Of equals the first in the file.
            let states =
                self.fields.iter().filter(|field| has_states(&self.mapping.fields()[**field]));
            let best = states.rev().max_by_key(|field| told_apart(&with(**field)));
            match best.map(|best| with(*best)) {
                Some(better) if told_apart(&better) > told_apart(&chosen) => chosen = better,
                Some(_) | None => break,
            }
        }
        chosen.sort_unstable();
        chosen
    }

    /// Where its status lies, if it has none for a whole order.
    fn levels(&self) -> String {
        let fields = self.mapping.fields().iter().filter(|field| has_states(field));
        let levels: BTreeSet<_> = fields
            .filter(|field| field.show().is_some_and(|show| show.none().is_none()))
            .map(Field::level)
            .collect();
        levels.iter().map(|level| format!("{level}s")).collect::<Vec<_>>().join(", ")
    }
}

/// Does a field speak of more than what was agreed with the buyer?
fn has_states(field: &Field) -> bool {
    field.covers().iter().any(|facet| facet.kind() != Kind::Circumstance)
}

/// Orders by systems, for the systems of one role.
fn matrix(systems: &[&System], orders: &[Order]) -> String {
    let (columns, silent): (Vec<_>, Vec<_>) = systems
        .iter()
        .map(|system| (system, system.telling(orders)))
        .partition(|(_, fields)| !fields.is_empty());
    let mut page = String::new();
    if !columns.is_empty() {
        let name = |(system, fields): &(&&System, Vec<usize>)| {
            let id = system.id();
            let fields = fields.iter().map(|field| code(system.name_of(*field)));
            format!("[{id}](#{id})<br>{}", fields.collect::<Vec<_>>().join("<br>"))
        };
        let head: Vec<_> =
            ["order".to_owned()].into_iter().chain(columns.iter().map(name)).collect();
        let rows = orders.iter().map(|order| {
            let cells = columns.iter().map(|(system, fields)| {
                let cells =
                    fields.iter().map(|field| cell(&system.answer(*field, order), shortened));
                cells.collect::<Vec<_>>().join("<br>")
            });
            [order.title()].into_iter().chain(cells).collect()
        });
        page.push_str(&list_table(&head, &rows.collect::<Vec<_>>()));
    }
    for (system, _) in silent {
        let levels = match system.levels() {
            levels if levels.is_empty() => "what it tells happens by itself".to_owned(),
            levels => format!("it has fields of {levels}"),
        };
        let id = system.id();
        writeln!(
            page,
            "\n[{id}](#{id}): no field for a whole order can be brought to a value; {levels}."
        )
        .unwrap();
    }
    page
}

/// All fields of a system for all orders; orders that are answered alike share a line.
fn outwards(system: &System, orders: &[Order]) -> String {
    let mut lines: Vec<(Vec<String>, Vec<String>)> = vec![];
    for order in orders {
        let answers = system.fields.iter();
        let answers: Vec<_> =
            answers.map(|field| cell(&system.answer(*field, order), prose)).collect();
        match lines.iter_mut().find(|(known, _)| *known == answers) {
            Some((_, titles)) => titles.push(order.title()),
            None => lines.push((answers, vec![order.title()])),
        }
    }
    let names = system.fields.iter().map(|field| code(system.name_of(*field)));
    let head: Vec<_> = ["order".to_owned()].into_iter().chain(names).collect();
    let rows =
        lines.into_iter().map(|(answers, titles)| [vec![titles.join("; ")], answers].concat());
    let mut page = list_table(&head, &rows.collect::<Vec<_>>());
    let fields = system.mapping.fields().iter();
    let never: Vec<_> = fields
        .filter(|field| speaks_for_the_order(&system.mapping, field))
        .filter(|field| field.show().is_none_or(|show| show.none().is_some()))
        .map(Field::name)
        .collect();
    if !never.is_empty() {
        writeln!(page, "\nNever brought to a value: {}.", codes(never)).unwrap();
    }
    page
}

/// How the system gets to each value that the orders led to.
fn ways(system: &System, orders: &[Order]) -> String {
    let mut page = String::new();
    for field in &system.fields {
        let mut told = BTreeSet::new();
        for order in orders {
            let rows = match system.answer(*field, order) {
                Answer::Shown(row) => vec![row],
                Answer::Undetermined(rows) => rows,
                Answer::Nothing(_) => vec![],
            };
            for (shown, by) in rows.into_iter().filter_map(|row| Some((row.shown(), row.by()?))) {
                let way = match by {
                    By::Call { call } => code(call),
                    By::Document { document, call } => {
                        format!("{}, {}", prose(document), code(call))
                    }
                    By::Person { person } => format!("a person: {}", prose(person)),
                };
                let line =
                    format!("- {} {}: {way}", code(system.name_of(*field)), value(shown, prose));
                if told.insert(line.clone()) {
                    writeln!(page, "{line}").unwrap();
                }
            }
        }
    }
    if page.is_empty() { page } else { format!("\nHow it gets there:\n\n{page}") }
}

/// Something that a field can say, in words.
struct Saying {
    said: String,
    claim: StateSet,
    /// For which orders it says so, as far as a circumstance decides it.
    under: StateSet,
}

fn row_sayings(row: &Row) -> Vec<Saying> {
    let condition = row.condition().map(|when| when.to_string());
    let when = match condition.as_deref() {
        None => String::new(),
        Some("otherwise") => " otherwise".to_owned(),
        Some(when) => format!(" when {}", code(when)),
    };
    // Circumstances stand last in a condition, as boxes print them.
    let last = condition.as_deref().and_then(|when| when.rsplit(" and ").next());
    let circumstances =
        last.filter(|last| last.starts_with("terms=") || last.starts_with("goods="));
    let under = circumstances.map_or(StateSet::ANY, read_box);
    let said = format!("{}{when}", code(row.code()));
    let given = row.given().map(|(fact, narrower)| {
        let said = format!("{said} given {fact}");
        Saying { said, claim: row.claim() & narrower, under }
    });
    let given: Vec<_> = given.collect();
    [Saying { said, claim: row.claim(), under }].into_iter().chain(given).collect()
}

fn sayings(field: &Field) -> Vec<Saying> {
    let rows = field.rows().iter().filter(|row| row.ignored().is_none()).flat_map(row_sayings);
    let absences = Absence::ALL.iter().filter_map(|absence| {
        let said = match absence {
            Absence::Absent => "no such key",
            Absence::Null => "null",
            Absence::Empty => "the empty text",
            Absence::None => "no such record",
        };
        Some(Saying {
            said: said.to_owned(),
            claim: field.absence(*absence)?,
            under: StateSet::ANY,
        })
    });
    rows.chain(absences).collect()
}

/// What a system says of whole orders, by milestones.
fn inwards(mapping: &Mapping) -> String {
    let mut lines: Vec<(Milestone, usize, String, Vec<String>)> = vec![];
    let fields = mapping.fields().iter().enumerate();
    for (place, field) in fields.filter(|(_, field)| speaks_for_the_order(mapping, field)) {
        for Saying { said, claim: states, under } in sayings(field) {
            let (milestone, claim) = (Milestone::of(states & under), claim(states));
            let same = |line: &&mut (Milestone, usize, String, _)| {
                (line.0, line.1) == (milestone, place) && line.2 == claim
            };
            match lines.iter_mut().find(same) {
                Some((.., known)) => known.push(said),
                None => lines.push((milestone, place, claim, vec![said])),
            }
        }
    }
    // Within a milestone they stay in the order of the file.
    lines.sort_by_key(|(milestone, ..)| *milestone);
    let rows = lines.into_iter().map(|(milestone, field, claim, said)| {
        let field = code(mapping.fields()[field].name());
        [milestone.to_string(), field, said.join(", "), claim]
    });
    table(["milestone", "field", "says", "claim"], &rows.collect::<Vec<_>>())
}

fn page(systems: &[System]) -> String {
    let orders = orders();
    let base = paid();
    let states = |order: &Order| {
        let told = order.states.known_facets();
        let other = told.filter(|facet| order.states.of(*facet) != base.of(*facet));
        let other = other.map(|facet| format!("{facet}: {}", set(order.states.of(facet))));
        [order.title(), other.collect::<Vec<_>>().join("; ")]
    };
    let mut page = format!(
        "# The state matrix\n\n\
         <!-- `UPDATE_DOCS=1 cargo test --test it` writes this page anew. -->\n\n\
         Generated from the mapping files.\n\n\
         Milestones by systems, both ways. [Outwards](#outwards): at which codes a system should stand \
         that takes in an order of this kind and has no record of it yet. \
         [System by system](#system-by-system): all fields that speak for the whole order, and then \
         inwards: what each code claims, and the milestone of that claim alone. Most codes tell less \
         than a milestone needs, which is `unknown`; several fields of one order together say more. \
         What lines, shipments and documents say is not here; why a field is never brought to a \
         value is on the page `channels.md`. A milestone is a word for people: \
         the library decides by the claims.\n\n\
         ## The orders\n\n\
         What is not said of an order is: {}. Invoices and the desks of systems are left open.\n\n{}\n",
        claim(base),
        table(["order", "states"], &orders.iter().map(states).collect::<Vec<_>>())
    );
    for (milestone, why) in NOT_TOLD {
        writeln!(page, "- No order stands for *{milestone}*: {why}.").unwrap();
    }
    page.push_str(
        "\n## Outwards\n\n\
         Of each system the fields that tell most of these orders apart, three at most, one below \
         the other. *a* or *b*: what is said of the order does not decide between them. *Nothing*: \
         the system has no code for it, with the beginning of the reason.\n",
    );
    let of = |role| systems.iter().filter(move |system| system.mapping.channel().role() == role);
    for (role, title) in ROLES {
        let systems: Vec<_> = of(role).collect();
        if !systems.is_empty() {
            let matrix = matrix(&systems, &orders);
            write!(page, "\n### {title}\n\n{}", matrix.trim_start()).unwrap();
        }
    }
    page.push_str("\n## System by system\n");
    for system in ROLES.into_iter().flat_map(|(role, _)| of(role)) {
        let title = prose(system.mapping.channel().title());
        write!(page, "\n### {}\n\n{title}.\n", system.id()).unwrap();
        if !system.fields.is_empty() {
            write!(page, "\n{}{}", outwards(system, &orders), ways(system, &orders)).unwrap();
        }
        write!(page, "\n{}", inwards(&system.mapping)).unwrap();
    }
    page
}

#[test]
fn is_current() {
    if all_are_tested() {
        let systems: Vec<_> = shipped().into_iter().map(System::new).collect();
        in_sync("state-matrix.md", &page(&systems));
    }
}

/// Every code that claims something of a whole order has its line.
#[test]
fn no_code_is_left_out() {
    for id in &ids() {
        let mapping = load(id);
        let page = inwards(&mapping);
        for field in mapping.fields().iter().filter(|field| speaks_for_the_order(&mapping, field)) {
            let lines =
                page.lines().filter(|line| line.contains(&format!("| {} | ", code(field.name()))));
            let said: String = lines.map(|line| line.split(" | ").nth(2).unwrap()).collect();
            for row in field.rows().iter().filter(|row| row.ignored().is_none()) {
                let expected = code(row.code()).replace('|', "\\|");
                assert!(said.contains(&expected), "{id} `{}`: {expected}", field.name());
            }
        }
    }
}

/// What the books show of an order whose payment is reserved, and of one that is paid.
#[test]
fn the_books_wait_for_approval_and_then_for_fulfillment() {
    let orders = orders();
    let at = |milestone| orders.iter().find(|order| order.milestone == milestone).unwrap();
    for (id, field, approval, fulfillment) in [
        ("netsuite", "salesOrder.orderStatus", "A", "B"),
        ("acumatica", "SalesOrder.Status", "Pending Approval", "Open"),
        ("dynamics365_fo", "SalesOrderStatus", "Backorder", "Backorder"),
        ("dynamics365_fo", "IsSalesProcessingStopped", "Yes", "No"),
    ] {
        let mapping = load(id);
        let shown = |milestone| crate::matrix::shown(&mapping, field, at(milestone).states);
        assert_eq!(shown(Milestone::AwaitingApproval), approval, "{id} {field}");
        assert_eq!(shown(Milestone::AwaitingFulfillment), fulfillment, "{id} {field}");
    }
}
