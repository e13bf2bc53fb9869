//! From parts to the whole.
//!
//! | law | kind | says |
//! |---|---|---|
//! | merge | exhaustive | commutative and associative over all states, `a + a = a`, identities as written |
//! | roll-up | exhaustive | three parts make what the rule of their facet says, told without pairs |
//! | roll-up of sets | property | the union over all assignments of states to parts, in any order |
//! | lift | property | a lifted claim contains the claim; its width is that of an unknown rest |
//! | amounts | examples | sums against the total decide the payment, in any order of the list |
//! | quantities | examples | units against the order's units decide the fulfillment, in any order |

use order_status::facet::{
    Billing, Delivery, Dispute, Facet, Fulfillment, Goods, Hold, Lifecycle, Payment, Refund,
    Returns, State, Terms,
};
use order_status::mapping::Mapping;
use order_status::rollup::{Rest, lift, merge, roll_up};
use order_status::state::{FacetSet, StateSet};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::common::{mapping, permutations, read, set};
use crate::state::boxes;

fn one(state: impl Into<State>) -> FacetSet {
    let state = state.into();
    FacetSet::none(state.facet()).with(state)
}

fn some(states: impl IntoIterator<Item = impl Into<State>>) -> FacetSet {
    states.into_iter().map(one).reduce(union).unwrap()
}

fn union(a: FacetSet, b: FacetSet) -> FacetSet {
    b.iter().fold(a, FacetSet::with)
}

#[test]
fn merging_is_commutative_associative_and_keeps_equals() {
    for facet in Facet::ALL {
        let states: Vec<FacetSet> = facet.states().map(one).collect();
        for a in &states {
            assert_eq!(merge(*a, *a), *a);
            for b in &states {
                assert_eq!(merge(*a, *b), merge(*b, *a), "{facet}: {a} and {b}");
                assert!(!merge(*a, *b).is_empty());
                for c in &states {
                    let (left, right) = (merge(merge(*a, *b), *c), merge(*a, merge(*b, *c)));
                    assert_eq!(left, right, "{facet}: {a}, {b} and {c}");
                }
            }
        }
    }
}

/// Parts that never count beside others; facets without one are those in which every part counts.
#[test]
fn parts_that_do_not_count_are_these() {
    let mut identities = String::new();
    for facet in Facet::ALL {
        let leaves_all =
            |part: &State| facet.states().all(|other| merge(one(*part), one(other)) == one(other));
        for identity in facet.states().filter(leaves_all) {
            identities.push_str(&format!("{identity}\n"));
        }
    }
    insta::assert_snapshot!(identities, @r"
    lifecycle=cancelled
    payment=failed
    dispute=none
    fulfillment=not_required
    returns=none
    stage=closed
    hold=clear
    terms=nothing_to_pay
    ");
}

/// What two parts make, for a person to read.
#[test]
fn meanings() {
    let mut table = String::new();
    for facet in Facet::ALL {
        table.push_str(&format!("{facet}\n"));
        let states: Vec<State> = facet.states().collect();
        for (place, a) in states.iter().enumerate() {
            for b in states.iter().skip(place + 1) {
                let made = merge(one(*a), one(*b));
                let (a, b) = (a.as_str(), b.as_str());
                table.push_str(&format!("  {a:<17} + {b:<19} = {made}\n"));
            }
        }
    }
    insta::assert_snapshot!(table);
}

/// What parts in these states make, told for all parts at once and not pair by pair.
fn told(parts: &[State]) -> FacetSet {
    let facet = parts[0].facet();
    let has = |state: State| parts.contains(&state);
    let all = |states: &[State]| parts.iter().all(|part| states.contains(part));
    let any = |states: &[State]| parts.iter().any(|part| states.contains(part));
    let slowest_but = |left_out: &[State]| {
        one(parts.iter().filter(|part| !left_out.contains(part)).min().copied().unwrap())
    };
    macro_rules! of {
        ($facet:ident: $($state:ident),+) => { &[$($facet::$state.into()),+] };
    }
    match facet {
        Facet::Lifecycle => match () {
            () if all(of!(Lifecycle: Cancelled)) => one(Lifecycle::Cancelled),
            () if all(of!(Lifecycle: Cancelled, Draft)) => one(Lifecycle::Draft),
            () => {
                let live = |state: Lifecycle| has(state.into()).then_some(state);
                some([Lifecycle::Placed, Lifecycle::Cancelling].into_iter().filter_map(live))
            }
        },
        Facet::Payment => match () {
            () if all(of!(Payment: Failed)) => one(Payment::Failed),
            () if all(of!(Payment: Failed, Voided)) => one(Payment::Voided),
            () if all(of!(Payment: Failed, Voided, Unpaid)) => one(Payment::Unpaid),
            () if !any(of!(Payment: PartiallyPaid, Paid, Overpaid)) => {
                one(if has(Payment::Authorized.into()) {
                    Payment::Authorized
                } else {
                    Payment::Processing
                })
            }
            () => {
                let open = any(of!(Payment: Processing, Authorized, PartiallyPaid));
                match (open, has(Payment::Overpaid.into())) {
                    (false, false) => one(Payment::Paid),
                    (false, true) => one(Payment::Overpaid),
                    (true, false) => one(Payment::PartiallyPaid),
                    // Too much in one part may be what another lacks.
                    (true, true) => {
                        some([Payment::PartiallyPaid, Payment::Paid, Payment::Overpaid])
                    }
                }
            }
        },
        Facet::Refund => match () {
            () if all(of!(Refund: None)) => one(Refund::None),
            () if all(of!(Refund: Full)) => one(Refund::Full),
            () if has(Refund::Partial.into()) => one(Refund::Partial),
            () => some([Refund::Partial, Refund::Full]),
        },
        Facet::Dispute => one(match () {
            () if has(Dispute::Open.into()) => Dispute::Open,
            () if has(Dispute::Lost.into()) => Dispute::Lost,
            () => Dispute::None,
        }),
        Facet::Billing => match () {
            () if all(of!(Billing: Credited)) => one(Billing::Credited),
            () if has(Billing::Credited.into()) => FacetSet::any(facet),
            () if all(of!(Billing: Unbilled)) => one(Billing::Unbilled),
            () if all(of!(Billing: Billed)) => one(Billing::Billed),
            () => one(Billing::PartiallyBilled),
        },
        Facet::Fulfillment => match () {
            () if all(of!(Fulfillment: NotRequired)) => one(Fulfillment::NotRequired),
            () if all(of!(Fulfillment: NotRequired, Shipped)) => one(Fulfillment::Shipped),
            () if any(of!(Fulfillment: PartiallyShipped, Shipped)) => {
                one(Fulfillment::PartiallyShipped)
            }
            () => slowest_but(of!(Fulfillment: NotRequired)),
        },
        Facet::Delivery => match () {
            () if all(of!(Delivery: None)) => one(Delivery::None),
            () if all(of!(Delivery: Delivered)) => one(Delivery::Delivered),
            () if any(of!(Delivery: PartiallyDelivered, Delivered)) => {
                one(Delivery::PartiallyDelivered)
            }
            () if has(Delivery::Failed.into()) => one(Delivery::Failed),
            () => slowest_but(of!(Delivery: None)),
        },
        Facet::Returns => match () {
            () if all(of!(Returns: None)) => one(Returns::None),
            () if all(of!(Returns: None, Declined)) => one(Returns::Declined),
            () if all(of!(Returns: None, Declined, Received)) => one(Returns::Received),
            () if any(of!(Returns: PartiallyReceived, Received)) => one(Returns::PartiallyReceived),
            () => slowest_but(of!(Returns: None, Declined)),
        },
        Facet::Stage => slowest_but(&[]),
        Facet::Hold => one(if has(Hold::Held.into()) { Hold::Held } else { Hold::Clear }),
        Facet::Terms => {
            let owed = |state: &&State| **state != Terms::NothingToPay.into();
            parts.iter().filter(owed).copied().map(one).reduce(union).unwrap_or(one(parts[0]))
        }
        Facet::Goods => {
            let same = parts.iter().all(|part| *part == parts[0]);
            one(if same { parts[0] } else { Goods::Mixed.into() })
        }
    }
}

#[test]
fn three_parts_make_what_the_rule_of_their_facet_says() {
    for facet in Facet::ALL {
        let states: Vec<State> = facet.states().collect();
        for a in &states {
            for b in &states {
                for c in &states {
                    let rolled = roll_up(facet, [*a, *b, *c].map(one), Rest::Nothing);
                    assert_eq!(rolled, told(&[*a, *b, *c]), "{facet}: {a:?}, {b:?}, {c:?}");
                }
            }
        }
    }
}

/// Every way to give each part one of its states.
fn assignments(parts: &[FacetSet]) -> Vec<Vec<State>> {
    parts.iter().fold(vec![Vec::new()], |known, part| {
        let each = |state: State| {
            known.iter().map(move |known| known.iter().copied().chain([state]).collect::<Vec<_>>())
        };
        part.iter().flat_map(each).collect()
    })
}

fn by_enumeration(parts: &[FacetSet]) -> FacetSet {
    assignments(parts).iter().map(|parts| told(parts)).reduce(union).unwrap()
}

fn facets() -> impl Strategy<Value = Facet> {
    prop::sample::select(Facet::ALL.to_vec())
}

fn parts_and_rest() -> impl Strategy<Value = (Facet, Vec<FacetSet>, FacetSet)> {
    (facets(), prop::collection::vec(1u8.., 1..4), 1u8..).prop_map(|(facet, parts, rest)| {
        let filled = |bits| Some(set(facet, bits)).filter(|set| !set.is_empty());
        let parts = parts.into_iter().filter_map(filled).collect();
        (facet, parts, filled(rest).unwrap_or(FacetSet::any(facet)))
    })
}

proptest! {
    #[test]
    fn sets_roll_up_to_the_union_over_their_states((facet, parts, rest) in parts_and_rest()) {
        let boxed = StateSet::ANY.with_set(rest);
        let with_rest = || parts.iter().copied().chain([rest]).collect::<Vec<_>>();
        let rolled = |rest| roll_up(facet, parts.iter().copied(), rest);
        if parts.is_empty() {
            prop_assert_eq!(rolled(Rest::Nothing), FacetSet::any(facet));
            prop_assert_eq!(rolled(Rest::Some(boxed)), rest);
            prop_assert_eq!(rolled(Rest::Perhaps(boxed)), rest);
            return Ok(());
        }
        let exact = by_enumeration(&parts);
        prop_assert_eq!(rolled(Rest::Nothing), exact);
        prop_assert_eq!(rolled(Rest::Some(boxed)), by_enumeration(&with_rest()));
        let perhaps = union(exact, by_enumeration(&with_rest()));
        prop_assert_eq!(rolled(Rest::Perhaps(boxed)), perhaps);
        for order in permutations(&parts) {
            prop_assert_eq!(roll_up(facet, order, Rest::Nothing), exact);
        }
    }

    #[test]
    fn a_lifted_claim_contains_the_claim(part in boxes()) {
        let whole = lift(part);
        prop_assert!(part.is_within(whole));
        for facet in Facet::STATE {
            let mine = part.of(facet);
            let beside = by_enumeration(&[mine, FacetSet::any(facet)]);
            prop_assert_eq!(whole.of(facet), union(mine, beside));
        }
        // Circumstances are the order's, whichever part tells them.
        prop_assert_eq!(whole.of(Facet::Terms), part.of(Facet::Terms));
        prop_assert_eq!(whole.of(Facet::Goods), part.of(Facet::Goods));
    }
}

/// A shop with lines, shipments and payments; every word is the state that it stands for.
fn shop() -> Mapping {
    mapping(
        r#"
[[record]]
name = "order"
level = "order"
total = ["total"]
quantity = ["units"]

[[record]]
name = "line"
level = "line"
within = { record = "order", at = ["lines"] }
quantity = ["units"]

[[record]]
name = "shipment"
level = "shipment"
within = { record = "order", at = ["shipments"] }
quantity = ["units"]

[[record]]
name = "payment"
level = "payment"
within = { record = "order", at = ["payments"] }
id = ["id"]
continues = ["of"]
amount = ["amount"]

[[record]]
name = "listed_payment"
level = "payment"
complete = true
within = { record = "order", at = ["all_payments"] }
id = ["id"]
continues = ["of"]
amount = ["amount"]

[[field]]
name = "line"
record = "line"
level = "line"
at = ["status"]
covers = ["fulfillment"]
none = { fulfillment = "not_required" }
status = [
  { code = "open", fulfillment = "unfulfilled" },
  { code = "packed", fulfillment = "packed" },
  { code = "shipped", fulfillment = "shipped" },
  { code = "cancelled", fulfillment = "not_required" },
]

[[field]]
name = "invoice"
record = "line"
level = "line"
at = ["invoice"]
covers = ["billing"]
status = [{ code = "open", billing = "unbilled" }, { code = "billed", billing = "billed" }]

[[field]]
name = "shipment"
record = "shipment"
level = "shipment"
at = ["status"]
covers = ["fulfillment", "delivery"]
none = { fulfillment = "not_required..packed", delivery = "none" }
status = [
  { code = "label", fulfillment = "packed", delivery = "none" },
  { code = "sent", fulfillment = "shipped", delivery = "in_transit" },
  { code = "arrived", fulfillment = "shipped", delivery = "delivered" },
  { code = "void", fulfillment = "not_required", delivery = "none" },
]

[[field]]
name = "payment"
record = "payment"
level = "payment"
at = ["status"]
covers = ["payment", "refund"]
status = [
  { code = "authorized", payment = "authorized", refund = "none" },
  { code = "captured", payment = "paid", refund = "none" },
  { code = "failed", payment = "failed", refund = "none" },
  { code = "capture failed", payment = ["authorized", "failed"], refund = "none" },
  { code = "voided", payment = "voided", refund = "none" },
  { code = "unknown", payment = ["authorized", "paid", "failed"], refund = "none" },
  { code = "maybe captured", payment = ["authorized", "paid"], refund = "none" },
  { code = "refunded", payment = ["partially_paid", "paid", "overpaid"], refund = ["partial", "full"] },
]

[[field]]
name = "listed"
record = "listed_payment"
level = "payment"
at = ["status"]
covers = ["payment"]
none = { payment = "unpaid" }
status = [
  { code = "authorized", payment = "authorized" },
  { code = "captured", payment = "paid" },
  { code = "failed", payment = "failed" },
  { code = "refunded", payment = ["partially_paid", "paid", "overpaid"] },
]
"#,
    )
}

/// What the order's facet is with these parts, whatever their order.
#[track_caller]
fn with_parts(order: &Value, key: &str, parts: &[Value], facet: Facet) -> String {
    let shop = shop();
    let claims: Vec<String> = permutations(parts)
        .into_iter()
        .map(|parts| {
            let mut payload = order.clone();
            payload[key] = Value::Array(parts);
            let reading = read(&shop, &payload);
            assert!(reading.contradictions.is_empty(), "{payload}");
            reading.claim.states.of(facet).to_string()
        })
        .collect();
    assert!(claims.iter().all(|claim| *claim == claims[0]), "order decides: {claims:?}");
    claims[0].clone()
}

#[track_caller]
fn paid(total: &Value, payments: &[Value]) -> String {
    with_parts(&json!({ "total": total }), "payments", payments, Facet::Payment)
}

#[track_caller]
fn paid_of_all(total: &Value, payments: &[Value]) -> String {
    with_parts(&json!({ "total": total }), "all_payments", payments, Facet::Payment)
}

fn payment(status: &str, amount: &str) -> Value {
    json!({ "status": status, "amount": amount })
}

fn linked(id: &str, of: Option<&str>, status: &str, amount: &str) -> Value {
    json!({ "id": id, "of": of, "status": status, "amount": amount })
}

const PAID_OR_MORE: &str = "paid|overpaid";
const SOME_PAID: &str = "partially_paid|paid|overpaid";

#[test]
fn without_amounts_payments_are_presence_not_completeness() {
    let captured = json!({ "status": "captured" });
    assert_eq!(paid(&json!(null), std::slice::from_ref(&captured)), SOME_PAID);
    let failed = json!({ "status": "failed" });
    assert_eq!(paid(&json!(null), &[captured, failed.clone()]), SOME_PAID);
    let all = "unpaid|processing|authorized|partially_paid|paid|overpaid|voided|failed";
    assert_eq!(paid(&json!(null), &[failed]), all);
}

#[test]
fn amounts_decide_against_the_total() {
    // Payments that are not listed can only add.
    assert_eq!(paid(&json!("30.00"), &[payment("captured", "10.00")]), SOME_PAID);
    let three = [payment("captured", "10.00"), payment("captured", "12.5"), payment("failed", "9")];
    assert_eq!(paid(&json!("30.00"), &three), SOME_PAID);
    assert_eq!(paid(&json!("22.50"), &three), PAID_OR_MORE);
    assert_eq!(paid(&json!(22.5), &three), PAID_OR_MORE);
    assert_eq!(paid(&json!("22.49"), &three), "overpaid");
    // Where none can be missing, the sum is all.
    assert_eq!(paid_of_all(&json!("30.00"), &three), "partially_paid");
    assert_eq!(paid_of_all(&json!("22.50"), &three), "paid");
    assert_eq!(paid_of_all(&json!("22.49"), &three), "overpaid");
}

#[test]
fn a_tenth_and_two_tenths_are_three_tenths() {
    let parts = [payment("captured", "0.1"), payment("captured", "0.2")];
    assert_eq!(paid_of_all(&json!("0.3"), &parts), "paid");
    let parts = [
        json!({ "status": "captured", "amount": 0.1 }),
        json!({ "status": "captured", "amount": 0.2 }),
    ];
    assert_eq!(paid_of_all(&json!(0.3), &parts), "paid");
}

#[test]
fn an_amount_that_is_missing_or_unreadable_makes_no_sum() {
    let parts = [payment("captured", "10"), json!({ "status": "captured" })];
    assert_eq!(paid(&json!("20"), &parts), SOME_PAID);
    let parts = [payment("captured", "10"), payment("captured", "ten")];
    assert_eq!(paid_of_all(&json!("20"), &parts), "paid", "all listed, each of them paid");
}

#[test]
fn a_capture_counts_once_and_its_authorization_not_at_all() {
    let authorized = linked("a", None, "authorized", "30");
    assert_eq!(paid_of_all(&json!("30"), std::slice::from_ref(&authorized)), "authorized");
    let captured = linked("c", Some("a"), "captured", "30");
    assert_eq!(paid_of_all(&json!("30"), &[authorized.clone(), captured]), "paid");
    let failed = linked("f", Some("a"), "failed", "30");
    assert_eq!(paid_of_all(&json!("30"), &[authorized.clone(), failed]), "authorized");
    let part = linked("c", Some("a"), "captured", "10");
    assert_eq!(paid_of_all(&json!("30"), &[authorized, part]), "partially_paid");
}

#[test]
fn captures_of_one_authorization_add_up() {
    let parts = [
        linked("a", None, "authorized", "30"),
        linked("c1", Some("a"), "captured", "10"),
        linked("c2", Some("a"), "captured", "20"),
        linked("c3", Some("a"), "failed", "20"),
    ];
    assert_eq!(paid_of_all(&json!("30"), &parts), "paid");
    assert_eq!(paid_of_all(&json!("40"), &parts), "partially_paid");
    assert_eq!(paid(&json!("30"), &parts), PAID_OR_MORE);
    let twice = [
        linked("a", None, "authorized", "30"),
        linked("c1", Some("a"), "captured", "30"),
        linked("c2", Some("a"), "captured", "30"),
    ];
    assert_eq!(paid(&json!("30"), &twice), "overpaid");
}

#[test]
fn a_record_that_carries_on_collected_money_adds_none() {
    let settled = [
        linked("a", None, "authorized", "30"),
        linked("c", Some("a"), "captured", "30"),
        linked("s", Some("c"), "captured", "30"),
    ];
    assert_eq!(paid_of_all(&json!("30"), &settled), "paid");
    let refunded = [linked("s", None, "captured", "30"), linked("r", Some("s"), "refunded", "12")];
    assert_eq!(paid_of_all(&json!("30"), &refunded), "paid");
    assert_eq!(paid(&json!("30"), &refunded), PAID_OR_MORE);
    let order = json!({ "total": "30" });
    assert_eq!(with_parts(&order, "payments", &refunded, Facet::Refund), "partial|full");
}

#[test]
fn a_refund_that_names_nothing_is_no_second_payment() {
    let parts = [payment("captured", "30"), payment("refunded", "12")];
    assert_eq!(paid_of_all(&json!("30"), &parts), SOME_PAID);
}

#[test]
fn payments_that_cover_the_total_leave_no_other_to_be_refunded() {
    let refund = |total: &str, parts: &[Value]| {
        with_parts(&json!({ "total": total }), "payments", parts, Facet::Refund)
    };
    let sale = linked("s", None, "captured", "30");
    assert_eq!(refund("30", std::slice::from_ref(&sale)), "none");
    assert_eq!(refund("31", std::slice::from_ref(&sale)), "none|partial|full");
    let chain = [linked("a", None, "authorized", "30"), linked("c", Some("a"), "captured", "30")];
    assert_eq!(refund("30", &chain), "none");
    assert_eq!(refund("60", &chain), "none|partial|full");
    let refunded = linked("r", None, "refunded", "30");
    assert_eq!(refund("60", &[sale, refunded]), "partial|full", "a refund pays for nothing");
}

#[test]
fn a_void_ends_a_promise_and_no_capture() {
    let authorized = linked("a", None, "authorized", "30");
    let voided = linked("v", Some("a"), "voided", "30");
    let order = json!({});
    let chain = [authorized.clone(), voided.clone()];
    let all_but_failed = "unpaid|processing|authorized|partially_paid|paid|overpaid|voided";
    let with_others = with_parts(&order, "payments", &chain, Facet::Payment);
    assert_eq!(with_others, all_but_failed, "other payments may exist");
    // A rest that was voided: what was captured stays captured.
    let part = linked("c", Some("a"), "captured", "10");
    assert_eq!(paid(&json!("10"), &[authorized, voided, part]), PAID_OR_MORE);
}

#[test]
fn an_outcome_that_is_not_known_stays_open() {
    let authorized = linked("a", None, "authorized", "30");
    let unknown = linked("c", Some("a"), "unknown", "30");
    let all = [authorized.clone(), unknown];
    // Nothing else exists, and the capture may have succeeded: authorized or paid.
    let listed = shop_with_unknown_listed(&all);
    assert_eq!(listed, "authorized|paid");
    let failed = linked("c", Some("a"), "capture failed", "30");
    assert_eq!(shop_with_unknown_listed(&[authorized, failed]), "authorized");
}

/// The chain alone, without a rest: its own record kind is complete and its `none` is no payment.
#[track_caller]
fn shop_with_unknown_listed(parts: &[Value]) -> String {
    let mapping = mapping(
        r#"
[[record]]
name = "order"
level = "order"

[[record]]
name = "payment"
level = "payment"
complete = true
within = { record = "order", at = ["payments"] }
id = ["id"]
continues = ["of"]

[[field]]
name = "payment"
record = "payment"
level = "payment"
at = ["status"]
covers = ["payment"]
none = { payment = "failed" }
status = [
  { code = "authorized", payment = "authorized" },
  { code = "capture failed", payment = ["authorized", "failed"] },
  { code = "unknown", payment = ["authorized", "paid", "failed"] },
]
"#,
    );
    let claims: Vec<String> = permutations(parts)
        .into_iter()
        .map(|parts| {
            let reading = read(&mapping, &json!({ "payments": parts }));
            reading.claim.states.of(Facet::Payment).to_string()
        })
        .collect();
    assert!(claims.iter().all(|claim| *claim == claims[0]), "order decides: {claims:?}");
    claims[0].clone()
}

#[test]
fn chains_hold_in_any_order_even_where_their_start_is_missing() {
    let parts = [
        linked("b", Some("not sent"), "authorized", "30"),
        linked("c", Some("b"), "captured", "30"),
        linked("s", Some("c"), "captured", "30"),
    ];
    assert_eq!(paid_of_all(&json!("30"), &parts), "paid");
    let circle =
        [linked("x", Some("y"), "captured", "30"), linked("y", Some("x"), "captured", "30")];
    assert_eq!(paid(&json!("30"), &circle), SOME_PAID, "a circle has no first capture");
    let own = [linked("x", Some("x"), "captured", "30")];
    assert_eq!(paid(&json!("30"), &own), PAID_OR_MORE);
}

#[track_caller]
fn shipped(order: &Value, shipments: &[Value]) -> String {
    with_parts(order, "shipments", shipments, Facet::Fulfillment)
}

#[test]
fn shipments_cover_the_order_by_their_units() {
    let sent = |units: u32| json!({ "status": "sent", "units": units });
    let label = |units: u32| json!({ "status": "label", "units": units });
    let open = json!({});
    assert_eq!(shipped(&open, &[sent(2)]), "partially_shipped|shipped");
    let five = json!({ "units": 5 });
    assert_eq!(shipped(&five, &[sent(2)]), "partially_shipped|shipped", "the list may be short");
    assert_eq!(shipped(&five, &[sent(2), sent(3)]), "shipped");
    assert_eq!(shipped(&five, &[sent(2), sent(4)]), "shipped");
    assert_eq!(shipped(&five, &[sent(2), label(3)]), "partially_shipped");
    assert_eq!(shipped(&five, &[label(5)]), "packed");
    let void = json!({ "status": "void", "units": 5 });
    assert_eq!(shipped(&five, &[sent(2), void.clone()]), "partially_shipped|shipped");
    assert_eq!(shipped(&five, &[sent(2), sent(3), void]), "shipped");
    let nothing = json!({ "status": "label", "units": 0 });
    assert_eq!(shipped(&five, &[sent(5), nothing]), "shipped", "a parcel of nothing is none");
}

#[test]
fn lines_of_a_complete_list_are_the_whole() {
    let line = |status: &str, units: u32| json!({ "status": status, "units": units });
    let lines = |lines: &[Value]| with_parts(&json!({}), "lines", lines, Facet::Fulfillment);
    assert_eq!(lines(&[line("shipped", 1), line("shipped", 2)]), "shipped");
    assert_eq!(lines(&[line("shipped", 1), line("open", 2)]), "partially_shipped");
    assert_eq!(lines(&[line("packed", 1), line("open", 2)]), "unfulfilled");
    assert_eq!(lines(&[line("shipped", 1), line("cancelled", 2)]), "shipped");
    assert_eq!(lines(&[line("cancelled", 1), line("cancelled", 2)]), "not_required");
    assert_eq!(lines(&[line("shipped", 1), line("open", 0)]), "shipped", "no unit, no line");
    assert_eq!(lines(&[]), "not_required");
}

#[test]
fn cancelled_parts_hold_nothing_up() {
    let lines = |lines: &[Value]| with_parts(&json!({}), "lines", lines, Facet::Billing);
    let billed = json!({ "status": "shipped", "invoice": "billed" });
    let cancelled = json!({ "status": "cancelled", "invoice": "open" });
    let open = json!({ "status": "open", "invoice": "open" });
    assert_eq!(lines(&[billed.clone(), cancelled.clone()]), "billed");
    assert_eq!(lines(&[billed.clone(), cancelled.clone(), open.clone()]), "partially_billed");
    assert_eq!(lines(std::slice::from_ref(&cancelled)), "unbilled");
    let billed_and_cancelled = json!({ "status": "cancelled", "invoice": "billed" });
    assert_eq!(lines(&[billed_and_cancelled, open]), "partially_billed", "its invoice stands");

    let arrived = json!({ "status": "arrived", "units": 5 });
    let void = json!({ "status": "void", "units": 5 });
    let order = json!({ "units": 5 });
    assert_eq!(with_parts(&order, "shipments", &[arrived, void], Facet::Delivery), "delivered");
}

#[test]
fn of_delivery_nothing_is_said_for_parcels_that_are_not_listed() {
    let arrived = json!({ "status": "arrived", "units": 2 });
    let delivery =
        |order: &Value, parts: &[Value]| with_parts(order, "shipments", parts, Facet::Delivery);
    assert_eq!(
        delivery(&json!({}), std::slice::from_ref(&arrived)),
        "partially_delivered|delivered"
    );
    let sent = json!({ "status": "sent", "units": 3 });
    assert_eq!(delivery(&json!({ "units": 5 }), &[arrived.clone(), sent]), "partially_delivered");
    assert_eq!(delivery(&json!({ "units": 2 }), &[arrived]), "delivered");
}

#[test]
fn a_part_whose_word_is_unknown_may_be_anything() {
    let line = |status: &str| json!({ "status": status, "units": 1 });
    let lines = |lines: &[Value]| with_parts(&json!({}), "lines", lines, Facet::Fulfillment);
    assert_eq!(lines(&[line("shipped"), line("new word")]), "partially_shipped|shipped");
    let any = FacetSet::any(Facet::Fulfillment).to_string();
    assert_eq!(lines(&[line("packed"), line("new word")]), {
        let beside = by_enumeration(&[one(Fulfillment::Packed), FacetSet::any(Facet::Fulfillment)]);
        assert_ne!(beside.to_string(), any);
        beside.to_string()
    });
}

/// Two holds of which each may have been taken: if both were, it is too much.
#[test]
fn what_may_have_been_taken_twice_may_be_too_much() {
    let both = |amount: &str| {
        let maybe = payment("maybe captured", amount);
        paid(&json!("30"), &[maybe.clone(), maybe])
    };
    assert_eq!(both("15"), "authorized|partially_paid|paid");
    assert_eq!(both("20"), "authorized|partially_paid|paid|overpaid");
    assert_eq!(both("30"), "authorized|partially_paid|paid|overpaid");
}

/// A payment that is settled day by day.
#[test]
fn a_chain_of_any_length_is_one_payment() {
    let name = |at: usize| format!("p{at}");
    let mut chain: Vec<Value> = (0..100_usize)
        .map(|at| {
            let before = at.checked_sub(1).map(name);
            linked(&name(at), before.as_deref(), "authorized", "30")
        })
        .collect();
    chain.push(linked("end", Some("p99"), "captured", "30"));
    let shop = shop();
    let paid = |parts: &[Value]| {
        let order = json!({ "total": "30", "all_payments": parts });
        read(&shop, &order).claim.states.of(Facet::Payment).to_string()
    };
    assert_eq!(paid(&chain), "paid");
    chain.reverse();
    assert_eq!(paid(&chain), "paid");
    // Every third link first.
    chain.sort_by_key(|part| part["id"].as_str().unwrap().len() % 3);
    assert_eq!(paid(&chain), "paid");
}

/// Events of one parcel, which tell its pieces differently.
#[test]
fn steps_of_one_parcel_count_its_pieces_once_and_in_any_order() {
    let mapping = mapping(
        r#"
[[record]]
name = "order"
level = "order"
quantity = ["units"]

[[record]]
name = "event"
level = "shipment"
within = { record = "order", at = ["events"] }
id = ["parcel"]
continues = ["parcel"]
quantity = ["units"]

[[field]]
name = "event"
record = "event"
level = "shipment"
at = ["status"]
covers = ["fulfillment"]
status = [{ code = "packed", fulfillment = "packed" }, { code = "sent", fulfillment = "shipped" }]
"#,
    );
    let event = |parcel: &str, status: &str, units: Option<u32>| json!({ "parcel": parcel, "status": status, "units": units });
    let shipped = |events: &[Value]| {
        let claims: Vec<String> = permutations(events)
            .into_iter()
            .map(|events| {
                let reading = read(&mapping, &json!({ "units": 5, "events": events }));
                reading.claim.states.of(Facet::Fulfillment).to_string()
            })
            .collect();
        assert!(claims.iter().all(|claim| *claim == claims[0]), "order decides: {claims:?}");
        claims[0].clone()
    };
    let some = "partially_shipped|shipped";
    assert_eq!(shipped(&[event("a", "packed", Some(5)), event("a", "sent", Some(5))]), "shipped");
    assert_eq!(shipped(&[event("a", "packed", None), event("a", "sent", Some(5))]), "shipped");
    // How many of them left nobody can tell.
    assert_eq!(shipped(&[event("a", "packed", Some(5)), event("a", "sent", Some(2))]), some);
    let two = [event("a", "sent", Some(3)), event("a", "packed", Some(3))];
    assert_eq!(shipped(&[&two[..], &[event("b", "sent", Some(2))]].concat()), "shipped");
}

/// What is no record was not read, and so it is not known what it is.
#[test]
fn a_list_that_was_not_understood_is_not_complete() {
    let line = json!({ "status": "shipped", "units": 1 });
    let shop = shop();
    let lines = |lines: Value| {
        let reading = read(&shop, &json!({ "lines": lines }));
        reading.claim.states.of(Facet::Fulfillment).to_string()
    };
    let any = FacetSet::any(Facet::Fulfillment).to_string();
    assert_eq!(lines(json!([line])), "shipped");
    assert_eq!(lines(json!([])), "not_required");
    assert_eq!(lines(json!([line, null])), "partially_shipped|shipped");
    assert_eq!(lines(json!([line, "L-2"])), "partially_shipped|shipped");
    for unreadable in
        [json!(["L-1", "L-2"]), json!([null]), json!("2 lines"), json!(2), json!(true)]
    {
        assert_eq!(lines(unreadable), any);
    }
    // Some systems send these for an empty list.
    assert_eq!(lines(json!("")), "not_required");
    assert_eq!(lines(json!(false)), "not_required");
    let many = vec![line; 100_001];
    assert_eq!(lines(json!(many)), "partially_shipped|shipped", "the rest was not read");
}

/// The shop's books are in euros, and the buyer paid in dollars.
#[test]
fn payments_in_another_currency_are_not_weighed_against_the_total() {
    let mapping = mapping(
        r#"
[[record]]
name = "order"
level = "order"
currency = ["currency"]
total = ["total"]

[[record]]
name = "payment"
level = "payment"
within = { record = "order", at = ["payments"] }
currency = ["currency"]
amount = ["amount"]

[[field]]
name = "payment"
record = "payment"
level = "payment"
at = ["status"]
covers = ["payment"]
status = [{ code = "captured", payment = "paid" }]
"#,
    );
    let paid = |currency: Option<&str>| {
        let payment = json!({ "status": "captured", "amount": "33", "currency": currency });
        let order = json!({ "total": "30", "currency": "EUR", "payments": [payment] });
        read(&mapping, &order).claim.states.of(Facet::Payment).to_string()
    };
    assert_eq!(paid(Some("EUR")), "overpaid");
    assert_eq!(
        paid(None),
        "overpaid",
        "one system's amounts are in one currency unless it says so"
    );
    assert_eq!(paid(Some("USD")), SOME_PAID);
}
