//! What one system says, told to every other.

use order_status::facet::Dispute;
use order_status::state::StateSet;
use order_status::translation::Answer;

use crate::channels::load;

/// Money that is contested was collected; and yet the start of a gateway's own facet is taken.
#[test]
fn what_follows_from_a_claim_is_not_told_with_it() {
    let stripe = load("stripe");
    let answers: Vec<_> = stripe.translate(StateSet::ANY.with(Dispute::Open)).collect();
    let lost =
        |answer: &Answer<'_>| *answer == Answer::Nothing("no possible order is as described");
    assert!(answers.iter().any(|(_, answer)| lost(answer)));
}
