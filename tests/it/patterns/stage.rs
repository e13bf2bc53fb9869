//! Two systems that each have an idea of one order, and in which words their disagreement stands.

use std::collections::BTreeSet;

use order_status::compare::{Finding, View, compare};
use order_status::facet::Facet;
use order_status::mapping::{FieldKind, Mapping, Role};
use order_status::pattern::Patterns;
use order_status::reading::Native;

use super::{Cases, Idea};
use crate::world::World;

/// Two shops or two ERPs of one order are no pair that anybody has, and Amazon takes the money itself.
fn is_a_pair(one: &Mapping, other: &Mapping) -> bool {
    let job = |mapping: &Mapping| match mapping.channel().role() {
        Role::Storefront | Role::Marketplace => Role::Storefront,
        role @ (Role::Gateway | Role::Erp | Role::Wms | Role::Carrier) => role,
    };
    let ids = [one, other].map(|mapping| mapping.channel().id());
    job(one) != job(other) && !ids.iter().all(|id| ["amazon_sp_api", "stripe"].contains(id))
}

/// Two systems, and with a witness a third.
pub(super) struct Stage {
    pub(super) ids: [&'static str; 2],
    pub(super) two: World,
    /// Where neither of the two is a shop.
    three: Option<World>,
    patterns: Patterns,
}

impl Stage {
    pub(super) fn of(one: &'static str, other: &'static str) -> Option<Self> {
        let two = World::of(&[one, other]);
        if !is_a_pair(&two.mappings[0], &two.mappings[1]) {
            return None;
        }
        let shops = [Role::Storefront, Role::Marketplace];
        let shop = two.mappings.iter().any(|mapping| shops.contains(&mapping.channel().role()));
        let three = (!shop).then(|| World::of(&[one, other, "shopify"]));
        Some(Self { ids: [one, other], two, three, patterns: Patterns::builtin() })
    }

    /// Is one of the two this system, or of this role?
    pub(super) fn is(&self, at: usize, wanted: &str) -> bool {
        self.ids[at] == wanted || self.two.mappings[at].channel().role().as_str() == wanted
    }

    /// The names that are given to what the two say of a case, and the words on which each stands.
    pub(super) fn tried(
        &self,
        case: &(Idea, Idea),
        cases: &Cases,
        number: u32,
    ) -> Vec<(String, Words)> {
        let (one, other) = case;
        let mut ideas: Vec<Idea> = [one, other]
            .into_iter()
            .map(|idea| idea.clone().map(|sale| sale.with(|sale| sale.number = number)))
            .collect();
        let world = match &self.three {
            Some(three) if cases.witness => {
                ideas.push(ideas[0].clone());
                three
            }
            Some(_) | None => &self.two,
        };
        let views = world.views(&ideas);
        compare(&views, &self.patterns)
            .iter()
            .filter(|finding| finding.views.iter().all(|at| *at < 2))
            .map(|finding| (finding.name().to_owned(), words(finding, &views)))
            .collect()
    }
}

/// What the systems sent, in their own words.
pub(super) type Words = BTreeSet<String>;

/// The native values of the views that a finding is about: all that say something of the order's
/// state. Of amounts and quantities only how they weigh counts, and circumstances do not, so that
/// another price or another warehouse is no other combination.
fn words(finding: &Finding<'_, '_>, views: &[View<'_>]) -> Words {
    let of_view = |at: &usize| {
        let id = views[*at].mapping().channel().id();
        let natives = views[*at].readings().iter().flat_map(|reading| &reading.natives);
        natives
            .filter(|native| Facet::STATE.into_iter().any(|facet| native.says(facet)))
            .map(|native| format!("{id} {} {}", native.field.name(), word(native)))
            .collect::<Vec<_>>()
    };
    finding.views.iter().flat_map(of_view).collect()
}

fn word(native: &Native<'_>) -> String {
    match (native.field.kind(), native.row(), &native.raw) {
        (FieldKind::Word | FieldKind::Number | FieldKind::Flag, _, Some(raw)) => format!("{raw:?}"),
        (_, Some(row), _) => row.code().to_owned(),
        (_, None, _) => format!("{:?}", native.resolution),
    }
}
