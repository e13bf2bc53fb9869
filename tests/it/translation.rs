//! What one system says, told to every other: the law of the way between systems.
//!
//! Everything that a channel's rows, absences and examples claim is handed to every other channel: of
//! a whole order as it is, of a line, a parcel, a document or a return as what it says of its order.
//! Whatever the claim, each field that stands for the order answers, the answer is one that the file
//! can defend, and what is read back at it does not contradict what was told.

use std::collections::{BTreeMap, BTreeSet};

use order_status::facet::{Delivery, Dispute, Kind, Lifecycle, Payment};
use order_status::mapping::{Absence, Field, Level, Mapping, Resolution, Shown};
use order_status::rollup::lift;
use order_status::state::StateSet;
use order_status::translation::Answer;

use crate::channels::{all_are_tested, load, text};
use crate::common::{claims_of, claims_of_examples, shipped, speaks_for_the_order};

/// What a channel claims of orders, each claim once, and the levels at which it is made. The claim of
/// a part is lifted: nothing is known of what lies beside it.
fn claims_of_orders(mapping: &Mapping) -> BTreeMap<StateSet, BTreeSet<Level>> {
    let mut claims: BTreeMap<StateSet, BTreeSet<Level>> = BTreeMap::new();
    for field in mapping.fields().iter().filter(|field| field.ignored().is_none()) {
        let of_the_order = speaks_for_the_order(mapping, field);
        for claim in claims_of(field) {
            let claim = if of_the_order { claim } else { lift(claim).tightened() };
            claims.entry(claim).or_default().insert(field.level());
        }
    }
    for claim in claims_of_examples(mapping, &text(mapping.channel().id())) {
        claims.entry(claim).or_default().insert(Level::Order);
    }
    claims
}

/// What the field claims when it stands at what was shown; nothing where it would claim nothing.
fn read_back(target: &Mapping, field: &Field, shown: &Shown) -> Result<Option<StateSet>, String> {
    let code = |code: &str| match target.look_up(field, code) {
        resolution @ Resolution::Mapped(_) => Ok(resolution.claim()),
        other @ (Resolution::Unmapped { .. }
        | Resolution::Missing(_)
        | Resolution::Ignored(_)
        | Resolution::Unreadable { .. }) => Err(format!("shows {code:?}, which is {other:?}")),
    };
    match shown {
        Shown::Code(shown) => code(shown),
        Shown::Null => Ok(field.absence(Absence::Null)),
        // The empty text is a code where a row stands for it.
        Shown::Empty => Ok(code("").ok().flatten().or(field.absence(Absence::Empty))),
        Shown::Set => code("set"),
        Shown::Nothing(reason) if reason.trim().is_empty() => Err("gives no reason".into()),
        Shown::Nothing(_) => Ok(None),
    }
}

/// How many answers of each kind were given.
#[derive(Debug, Default)]
struct Tried {
    shown: usize,
    undetermined: usize,
    nothing: usize,
}

/// What is wrong with one answer; nothing where it keeps the law.
fn fault(target: &Mapping, field: &Field, answer: &Answer<'_>, told: StateSet) -> Option<String> {
    let shown: Vec<&Shown> = match answer {
        Answer::Nothing(reason) => {
            let excuse = reason.trim();
            let possible = !told.tightened().is_empty();
            // Every possible order has an answer of the file's own.
            return (excuse.is_empty() || possible && excuse.starts_with("no possible order"))
                .then(|| format!("has no reason but {excuse:?}"));
        }
        Answer::Shown(row) => vec![row.shown()],
        Answer::Undetermined(rows) => rows.iter().map(|row| row.shown()).collect(),
    };
    let distinct: BTreeSet<_> = shown.iter().collect();
    if distinct.len() < shown.len() || matches!(answer, Answer::Undetermined(_)) && shown.len() < 2
    {
        return Some(format!("does not decide between {shown:?}"));
    }
    shown.into_iter().find_map(|shown| {
        let back = match read_back(target, field, shown) {
            Ok(claim) => claim?,
            Err(fault) => return Some(fault),
        };
        let shared = field.covers().iter().filter(|facet| facet.kind() == Kind::Shared);
        let mut contradicted = shared.filter(|facet| (back & told).of(**facet).is_empty());
        contradicted.next().map(|facet| format!("shows {shown:?}, which contradicts {facet}"))
    })
}

#[test]
fn every_claim_of_every_channel_has_an_answer_in_every_other() {
    let channels = shipped();
    // Systems claim the same things: each claim is told once, whoever makes it.
    let mut tellers: BTreeMap<StateSet, BTreeSet<usize>> = BTreeMap::new();
    let mut at_level: BTreeMap<Level, usize> = BTreeMap::new();
    for (teller, mapping) in channels.iter().enumerate() {
        for (claim, levels) in claims_of_orders(mapping) {
            tellers.entry(claim).or_default().insert(teller);
            for level in levels {
                *at_level.entry(level).or_default() += 1;
            }
        }
    }
    let (mut tried, mut told, mut pairs) = (Tried::default(), 0, BTreeSet::new());
    for (place, target) in channels.iter().enumerate() {
        let id = target.channel().id();
        let fields: Vec<&str> = target
            .fields()
            .iter()
            .filter(|field| speaks_for_the_order(target, field))
            .map(Field::name)
            .collect();
        for (claim, tellers) in &tellers {
            let others: Vec<_> = tellers.iter().filter(|teller| **teller != place).collect();
            if others.is_empty() {
                continue;
            }
            told += others.len();
            pairs.extend(others.into_iter().map(|teller| (*teller, place)));
            let mut answered = Vec::with_capacity(fields.len());
            for (field, answer) in target.translate(*claim) {
                answered.push(field.name());
                if let Some(fault) = fault(target, field, &answer, *claim) {
                    panic!("{claim} -> {id} `{}`: {fault}", field.name());
                }
                match answer {
                    Answer::Shown(_) => tried.shown += 1,
                    Answer::Undetermined(_) => tried.undetermined += 1,
                    Answer::Nothing(_) => tried.nothing += 1,
                }
            }
            assert_eq!(answered, fields, "{id} leaves out a field for {claim}");
        }
    }
    let all = channels.len();
    eprintln!(
        "{} claims of {all} channels, told {told} times: {tried:?}, {at_level:?}",
        tellers.len()
    );
    if all_are_tested() {
        // Orders, lines, parcels, payments, documents and returns: none is left out.
        assert!(
            at_level.len() == 6 && at_level.values().all(|claims| *claims > all),
            "{at_level:?}"
        );
        assert_eq!(pairs.len(), all * (all - 1));
        // On the average a channel claims twenty things that no other one claims.
        assert!(tellers.len() > 20 * all && told > 20 * all * (all - 1), "{told}");
        let many = 10 * pairs.len();
        assert!(tried.shown > many && tried.undetermined > many, "{tried:?}");
        assert!(tried.nothing > many, "{tried:?}");
    }
}

/// What is known of one facet by way of another is known: money that is contested was collected, a
/// parcel that arrived has left.
#[test]
fn what_follows_from_a_claim_is_told_with_it() {
    let told = [StateSet::ANY.with(Dispute::Open), StateSet::ANY.with(Delivery::Delivered)];
    for (target, told) in
        shipped().iter().flat_map(|target| told.into_iter().map(move |told| (target, told)))
    {
        let said: Vec<_> = target.translate(told).collect();
        let implied: Vec<_> = target.translate(told.tightened()).collect();
        assert!(said == implied, "{}: {told}", target.channel().id());
    }
}

/// Most orders never were a draft: nobody is told to make one in order to complete it.
#[test]
fn a_draft_is_asked_for_only_while_nothing_is_ordered() {
    let shopify = load("shopify");
    let draft = |lifecycle| -> Answer<'_> {
        let order = StateSet::ANY.with(lifecycle).with(Payment::Unpaid);
        let mut answers = shopify.translate(order);
        answers.find(|(field, _)| field.name() == "draftOrder.status").unwrap().1
    };
    assert!(
        matches!(draft(Lifecycle::Draft), Answer::Shown(row) if *row.shown() == Shown::Code("open".into()))
    );
    for lifecycle in [Lifecycle::Placed, Lifecycle::Cancelling, Lifecycle::Cancelled] {
        assert_eq!(
            draft(lifecycle),
            Answer::Nothing("told by the order itself; most orders never were a draft")
        );
    }
}
