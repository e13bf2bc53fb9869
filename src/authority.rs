//! Whom to believe about which facet.

use crate::facet::{Facet, Returns};
use crate::mapping::Role;
use crate::state::FacetSet;

/// The roles that know a facet, the best first; roles side by side are equally good.
///
/// ```
/// use order_status::authority::ranking;
/// use order_status::facet::Facet;
/// use order_status::mapping::Role;
///
/// assert_eq!(ranking(Facet::Billing), [&[Role::Erp][..]]);
/// ```
pub const fn ranking(facet: Facet) -> &'static [&'static [Role]] {
    const FRONT: &[Role] = &[Role::Storefront, Role::Marketplace];
    match facet {
        Facet::Payment | Facet::Refund | Facet::Dispute => &[&[Role::Gateway], FRONT, &[Role::Erp]],
        Facet::Lifecycle => &[FRONT, &[Role::Erp]],
        Facet::Fulfillment => {
            &[&[Role::Wms], &[Role::Erp], &[Role::Marketplace], &[Role::Storefront]]
        }
        Facet::Delivery => {
            &[&[Role::Carrier], &[Role::Wms], &[Role::Marketplace], &[Role::Storefront]]
        }
        Facet::Returns => &[FRONT, &[Role::Wms], &[Role::Erp]],
        Facet::Billing => &[&[Role::Erp]],
        Facet::Terms | Facet::Goods => &[FRONT],
        Facet::Stage | Facet::Hold => &[],
    }
}

/// The place of a role in a facet's ranking, 0 is the best; nothing where it has no say.
///
/// `said` is what the role says: goods that came back are known best by whoever took them in, so a
/// received return counts more from a warehouse than from a shop.
///
/// ```
/// use order_status::authority::rank;
/// use order_status::facet::{Facet, Payment, Returns};
/// use order_status::mapping::Role;
/// use order_status::state::StateSet;
///
/// let paid = StateSet::ANY.with(Payment::Paid).of(Facet::Payment);
/// assert_eq!(rank(Role::Erp, Facet::Payment, paid), Some(4));
/// assert_eq!(rank(Role::Carrier, Facet::Payment, paid), None);
///
/// // Goods that came back are known best by whoever took them in.
/// let received = StateSet::ANY.with(Returns::Received).of(Facet::Returns);
/// let place = |role| rank(role, Facet::Returns, received);
/// assert!(place(Role::Wms) < place(Role::Storefront));
/// ```
pub fn rank(role: Role, facet: Facet, said: FacetSet) -> Option<usize> {
    let received = [Returns::PartiallyReceived, Returns::Received]
        .into_iter()
        .fold(FacetSet::none(Facet::Returns), FacetSet::with);
    let took_in = facet == Facet::Returns
        && matches!(role, Role::Wms | Role::Erp)
        && said.iter().all(|state| received.contains(state));
    let place = ranking(facet).iter().position(|roles| roles.contains(&role))?;
    // Received goods: warehouse, then ERP, then the shops.
    Some(match (took_in, role) {
        (true, Role::Wms) => 0,
        (true, _) => 1,
        (false, _) => place + 2,
    })
}

/// Is a role the best for a facet?
///
/// ```
/// use order_status::authority::owns;
/// use order_status::facet::Facet;
/// use order_status::mapping::Role;
///
/// assert!(owns(Role::Gateway, Facet::Payment));
/// assert!(!owns(Role::Storefront, Facet::Payment));
/// ```
pub fn owns(role: Role, facet: Facet) -> bool {
    ranking(facet).first().is_some_and(|best| best.contains(&role))
}
