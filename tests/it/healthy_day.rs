//! A day of ten thousand orders on which nothing is wrong: nothing may be found.
//!
//! | law | says |
//! |---|---|
//! | silent | healthy orders, at every point of every story, contradict nothing and deviate nowhere |
//! | lag | where an ERP has not yet released what was paid, that is found, and as nothing worse |

use std::collections::BTreeMap;

use order_status::compare::{Relation, compare};
use order_status::machine::Direction;
use order_status::pattern::Patterns;

use crate::world::{Back, Dispute, From, Line, Money, Pays, Sale, Step, World};

/// A day's orders; the numbers decide everything, so that a failure can be looked at again.
struct Dice(u64);

impl Dice {
    fn of(number: u32) -> Self {
        Self(u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// Less than `sides`.
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }
}

/// How far the goods of an order are.
fn goods(dice: &mut Dice, sale: Sale) -> Sale {
    let step = dice.pick(&[Step::Waits, Step::Picked, Step::Packed]);
    let billed = dice.roll(2) == 0;
    let sale = match dice.roll(5) {
        0 => return sale.step(step),
        1 => sale.partly_sent(),
        2 => sale.partly_sent().with(|sale| sale.lines[0].arrived = sale.lines[0].sent),
        3 => sale.sent(),
        _ => sale.arrived(),
    };
    sale.with(|sale| {
        sale.billed = billed;
        sale.archived = sale.all_sent() && dice.roll(2) == 0;
    })
}

/// How the lines reach the buyer.
fn split(dice: &mut Dice, sale: Sale) -> Sale {
    let second = dice.pick(&[From::Warehouse(0), From::Warehouse(1), From::Maker]);
    sale.with(|sale| {
        sale.lines[1].from = second;
        sale.lines[0].pieces = 1 + dice.roll(3) as u32;
    })
}

/// One healthy order and the name of its story.
fn story(number: u32) -> (&'static str, Sale) {
    let dice = &mut Dice::of(number);
    let sale = split(dice, Sale::new(number));
    match dice.roll(18) {
        0 => ("authorised and not yet approved", sale.pays(Pays::Card, Money::Reserved)),
        1 => ("declined, and tried again later", sale.pays(Pays::Card, Money::Declined)),
        2 => ("bank transfer that has not arrived", sale.pays(Pays::Transfer, Money::Nothing)),
        3 => {
            let sale = sale.pays(Pays::Transfer, Money::Taken);
            ("bank transfer that arrived", goods(dice, sale))
        }
        4 => {
            let sale = goods(dice, sale.pays(Pays::AtTheDoor, Money::Nothing));
            (
                "cash on delivery",
                sale.with(|sale| {
                    if sale.lines.iter().all(|line| line.arrived == line.live()) {
                        sale.money = Money::Taken;
                    }
                }),
            )
        }
        5 => ("on invoice", goods(dice, sale.pays(Pays::OnInvoice, Money::Nothing))),
        6 => ("free", goods(dice, sale.pays(Pays::Nothing, Money::Nothing))),
        7 => {
            let sale = sale.with(|sale| {
                sale.lines.iter_mut().for_each(|line| line.from = From::Download);
                sale.billed = dice.roll(2) == 0;
            });
            ("digital", sale)
        }
        8 => {
            let sale = sale.with(|sale| sale.lines[1].from = From::Download);
            ("goods and a download", goods(dice, sale))
        }
        9 => ("called off before anything left", sale.called_off()),
        10 => {
            let sale = sale.pays(Pays::Card, Money::Reserved);
            ("called off before capture", sale.called_off())
        }
        11 => {
            let sale = goods(
                dice,
                sale.with(|sale| {
                    sale.lines[1].called_off = sale.lines[1].pieces;
                    sale.given_back = sale.lines[1].pieces * sale.lines[1].price;
                }),
            );
            ("one line called off and refunded", sale)
        }
        12 => {
            let back = dice.pick(&[Back::Asked, Back::Agreed]);
            ("return under way", sale.arrived().billed().returned(back, dice.roll(2) == 0))
        }
        13 => {
            let all = dice.roll(2) == 0;
            let sale = sale.arrived().billed().returned(Back::Here, all);
            let worth = sale.lines.iter().map(|line| line.back * line.price).sum();
            ("returned and refunded", sale.given_back(worth))
        }
        14 => ("some money back as goodwill", sale.arrived().billed().given_back(500)),
        15 => ("held in the warehouse", sale.with(|sale| sale.held = true)),
        16 => {
            let sale = goods(dice, sale.with(|sale| sale.dispute = Dispute::Open));
            // Orders that have not left are held while the bank decides: see the story above.
            ("disputed after it left", if sale.any_sent() { sale } else { sale.sent() })
        }
        _ => ("paid by card", goods(dice, sale)),
    }
}

/// Of these systems each order is on its way through all: the shop first, then the ERP.
const MERCHANTS: [&[&str]; 11] = [
    &["shopify", "netsuite", "shipstation", "stripe", "easypost"],
    &["shopify", "acumatica", "shipstation", "stripe", "aftership"],
    &["shopify", "dynamics365_fo", "shipstation", "stripe", "easypost"],
    &["shopify", "netsuite", "shipstation", "adyen", "aftership"],
    &["amazon_sp_api", "netsuite", "shipstation", "easypost"],
    &["ebay", "netsuite", "shipstation", "easypost"],
    &["walmart", "netsuite", "shipstation", "aftership"],
    &["woocommerce", "odoo", "shiphero", "paypal", "easypost"],
    &["bigcommerce", "sap_s4hana", "shipbob", "adyen", "aftership"],
    &["ebay", "dynamics365_bc", "shipstation", "easypost"],
    &["walmart", "netsuite", "shiphero"],
];

/// A system, what it cannot have on a healthy day, and why.
type Cannot = (&'static str, fn(&Sale) -> bool, &'static str);

/// Stories that a shop or marketplace does not tell.
const CANNOT: [Cannot; 11] = [
    ("amazon_sp_api", Sale::has_downloads, "sellers offer no downloads there"),
    (
        "amazon_sp_api",
        |sale| sale.back == Back::Asked,
        "Amazon agrees to a return before it tells of it",
    ),
    ("ebay", Sale::has_downloads, "files are not sold there"),
    ("walmart", Sale::has_downloads, "sellers offer no downloads there"),
    (
        "ebay",
        |sale| sale.pays != Pays::Card,
        "eBay collects the money itself, before the goods leave",
    ),
    ("walmart", |sale| sale.pays != Pays::Card, "Walmart collects the money itself"),
    ("walmart", Sale::waits_for_money, "orders come out when the money is sure"),
    ("walmart", |sale| sale.money == Money::Reserved, "what is authorised is released at once"),
    ("walmart", |sale| sale.dispute != Dispute::None, "disputes are Walmart's own"),
    (
        "woocommerce",
        |sale| sale.pays == Pays::OnInvoice,
        "terms of payment are a plugin's, whose gateway only the merchant's own file knows",
    ),
    (
        "bigcommerce",
        |sale| sale.pays == Pays::Card && sale.waits_for_money(),
        "a refused card leaves the checkout open: no order is placed, and nobody else has it",
    ),
];

/// Is the order one that this merchant can have?
fn can_have(systems: &[&str], sale: &Sale) -> bool {
    !CANNOT.iter().any(|(system, cannot, _)| systems.contains(system) && cannot(sale))
}

/// Orders of each merchant.
const ORDERS: usize = 3_000;

/// The orders that this merchant can have, without end: their number and the name of their story.
fn stories_of(systems: &'static [&'static str]) -> impl Iterator<Item = (u32, &'static str, Sale)> {
    (1000..).map(|number| (number, story(number))).filter_map(move |(number, (name, sale))| {
        can_have(systems, &sale).then_some((number, name, sale))
    })
}

#[test]
fn nothing_is_found() {
    let patterns = Patterns::builtin();
    let mut stories: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for systems in MERCHANTS {
        let world = World::of(systems);
        for (number, story, sale) in stories_of(systems).take(ORDERS) {
            *stories.entry(story).or_default() += 1;
            let views = world.views(&vec![Some(sale.clone()); systems.len()]);
            for finding in compare(&views, &patterns) {
                let who: Vec<_> = finding.views.iter().map(|at| systems[*at]).collect();
                let what =
                    format!("{story}: {} {} {:?}", who.join(" - "), finding.name(), finding.facets);
                let claims: Vec<_> = finding
                    .views
                    .iter()
                    .map(|at| format!("{}: {}", systems[*at], views[*at].claim().states))
                    .collect();
                let deviations: Vec<_> = finding
                    .deviations
                    .iter()
                    .map(|found| {
                        let expected =
                            found.expected.iter().map(|row| format!("{:?}", row.shown()));
                        format!(
                            "{} should be {:?}",
                            found.field.name(),
                            expected.collect::<Vec<_>>()
                        )
                    })
                    .collect();
                let first =
                    format!("{number}\n{sale:?}\n{}\n{}", claims.join("\n"), deviations.join("\n"));
                wrong.entry(what).or_insert((0, first)).0 += 1;
            }
        }
    }
    assert!(stories.len() == 18 && stories.values().all(|count| *count > 100), "{stories:?}");
    let wrong: Vec<_> =
        wrong.iter().map(|(what, (count, first))| format!("{count} {what}\n  {first}")).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn of_a_lag_no_more_is_found_than_the_lag() {
    let patterns = Patterns::builtin();
    // Dynamics has no status for approval, only a hold, and a hold may have any reason: nothing is
    // found there.
    for systems in MERCHANTS.into_iter().take(2) {
        let world = World::of(systems);
        let mut late = 0;
        for (number, _, sale) in stories_of(systems).take(2 * ORDERS) {
            let paid = sale.money == Money::Taken && sale.pays == Pays::Card && !sale.called_off;
            if !paid
                || sale.any_sent()
                || !sale.has_goods()
                || sale.step_of_all() != Step::Waits
                || sale.held
            {
                continue;
            }
            late += 1;
            let ideas: Vec<_> = systems
                .iter()
                .enumerate()
                .map(|(at, _)| Some(sale.clone().with(|sale| sale.released = at != 1)))
                .collect();
            let views = world.views(&ideas);
            let findings = compare(&views, &patterns);
            assert!(!findings.is_empty(), "{number}: {systems:?}");
            for finding in findings {
                assert_eq!(finding.relation, Relation::Deviation, "{number}: {}", finding.name());
                assert_eq!(
                    finding.direction,
                    Some(Direction::Behind),
                    "{number}: {}",
                    finding.name()
                );
                assert!(finding.deviations.iter().all(|found| found.target == 1));
            }
        }
        assert!(late > 50, "only {late} orders could be late");
    }
}

/// The carrier has delivered, and the shop still says that the parcel is on its way or says nothing.
#[test]
fn of_a_late_delivery_no_more_is_found_than_that() {
    let patterns = Patterns::builtin();
    let carriers = ["easypost", "aftership"];
    for systems in
        MERCHANTS.into_iter().filter(|systems| carriers.iter().any(|it| systems.contains(it)))
    {
        let world = World::of(systems);
        let mut late = 0;
        for (number, name, sale) in stories_of(systems).take(ORDERS) {
            let sold = sale.any_sent() && !sale.called_off && sale.back == Back::Nothing;
            if !sold {
                continue;
            }
            late += 1;
            let ideas: Vec<_> = systems
                .iter()
                .map(|system| {
                    let knows = carriers.contains(system);
                    Some(sale.clone().with(|sale| {
                        let arrived =
                            |line: &mut Line| line.arrived = if knows { line.sent } else { 0 };
                        sale.lines.iter_mut().for_each(arrived);
                    }))
                })
                .collect();
            let views = world.views(&ideas);
            for finding in compare(&views, &patterns) {
                assert_eq!(
                    finding.name(),
                    "delivery-not-reported",
                    "{number}: {name}, {systems:?}"
                );
            }
        }
        assert!(late > 50, "only {late} parcels could be late");
    }
}
