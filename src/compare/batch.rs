//! Many pairs of views: each view becomes a small number, each pair of numbers is judged once.

use alloc::vec::Vec;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::deviation::Deviation;
use super::finding::{Finding, compare};
use super::presence::{Levels, Presence};
use super::standing::At;
use super::view::View;
use crate::pattern::Patterns;
use crate::reading::{Claim, Scope, facet_bit};
use crate::state::StateSet;

/// A view's number in a [`Batch`]: views that say the same have the same number.
///
/// ```
/// use order_status::compare::{Batch, View};
/// use order_status::mapping::Mapping;
/// use order_status::pattern::Patterns;
///
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// let patterns = Patterns::builtin();
/// let mut batch = Batch::new(&patterns);
/// // Two orders of which the same is known.
/// let one = batch.intern(View::unknown(&netsuite)).unwrap();
/// let other = batch.intern(View::unknown(&netsuite)).unwrap();
/// assert_eq!(one, other);
/// assert_eq!(batch.size().0, 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ViewCode(u16);

/// What a pair of views comes to: pairs with the same findings are of the same class.
///
/// ```
/// use order_status::compare::{Batch, Class, View};
/// use order_status::mapping::Mapping;
/// use order_status::pattern::Patterns;
/// use order_status::reading::Known;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// let patterns = Patterns::builtin();
/// let mut batch = Batch::new(&patterns);
/// let paid = serde_json::json!({
///     "name": "#1", "financial_status": "paid", "fulfillment_status": null,
///     "line_items": [{ "quantity": 2, "requires_shipping": true }] });
/// let paid = shopify.read(shopify.record("order").unwrap(), &paid, &Known::new());
/// let shop = batch.intern(View::new(&shopify, vec![paid], &[])).unwrap();
/// let waiting = serde_json::json!({ "tranId": "SO1", "otherRefNum": "#1", "orderStatus": "A" });
/// let waiting = netsuite.read(netsuite.record("sales_order").unwrap(), &waiting, &Known::new());
/// let erp = batch.intern(View::new(&netsuite, vec![waiting], &[])).unwrap();
///
/// assert_eq!(batch.known(shop, erp), None);
/// let class = batch.classify(shop, erp);
/// assert_ne!(class, Class::AGREEMENT);
/// assert_eq!(batch.known(shop, erp), Some(class));
/// assert_eq!(batch.findings(class)[0].name(), "paid-not-served");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class(u32);

impl Class {
    /// Nothing to report.
    pub const AGREEMENT: Self = Self(0);

    /// Is there nothing to report?
    pub const fn is_agreement(self) -> bool {
        self.0 == 0
    }
}

/// Compares pairs of views in bulk.
///
/// Orders are many and the things that systems say of them are few: after some thousand orders
/// nearly every pair has been met before, and judging it again is one look-up in a table of
/// `codes * codes` numbers of two bytes.
///
/// ```
/// # #[cfg(all(feature = "builtin", feature = "json"))] {
/// use order_status::compare::{Batch, View};
/// use order_status::mapping::Mapping;
/// use order_status::pattern::Patterns;
/// use order_status::reading::Known;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// let patterns = Patterns::builtin();
/// let mut batch = Batch::new(&patterns);
/// let order = shopify.read(
///     shopify.record("order").unwrap(),
///     &serde_json::json!({ "name": "#1", "financial_status": "paid", "fulfillment_status": "fulfilled" }),
///     &Known::new(),
/// );
/// let sales_order = netsuite.read(
///     netsuite.record("sales_order").unwrap(),
///     &serde_json::json!({ "tranId": "SO1", "orderStatus": "F" }),
///     &Known::new(),
/// );
/// let a = batch.intern(View::new(&shopify, vec![order], &[])).unwrap();
/// let b = batch.intern(View::new(&netsuite, vec![sales_order], &[])).unwrap();
/// assert!(batch.classify(a, b).is_agreement());
/// # }
/// ```
#[derive(Debug)]
pub struct Batch<'p, 'm> {
    patterns: &'p Patterns,
    views: Vec<View<'m>>,
    codes: HashMap<Profile<'m>, ViewCode, FixedState>,
    /// `width * width` cells; `UNKNOWN` where the pair was not met yet.
    cells: Vec<u16>,
    width: usize,
    /// The findings of each class; the first has none.
    classes: Vec<Vec<Finding<'p, 'm>>>,
    numbers: HashMap<Vec<usize>, Class, FixedState>,
}

const UNKNOWN: u16 = u16::MAX;

/// All that a comparison looks at, in the words of the view's own system.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Profile<'m> {
    system: usize,
    presence: Presence,
    levels: Levels,
    scope: Scope,
    claim: Claim,
    own: Claim,
    /// Contested facets, and whether that is certain of one of them.
    contested: (u16, bool),
    is_doubled: bool,
    standing: Vec<(usize, At<'m>, StateSet)>,
    refers: Vec<&'m str>,
}

impl<'p, 'm> Batch<'p, 'm> {
    /// A batch that names findings by these patterns.
    pub fn new(patterns: &'p Patterns) -> Self {
        Self {
            patterns,
            views: Vec::new(),
            codes: HashMap::with_hasher(FixedState::default()),
            cells: Vec::new(),
            width: 0,
            classes: Vec::from([Vec::new()]),
            numbers: HashMap::with_hasher(FixedState::default()),
        }
    }

    /// The number of a view; nothing where the batch has 65,535 of them already.
    pub fn intern(&mut self, view: View<'m>) -> Option<ViewCode> {
        let profile = profile(&view);
        if let Some(code) = self.codes.get(&profile) {
            return Some(*code);
        }
        let code = ViewCode(u16::try_from(self.views.len()).ok().filter(|code| *code != UNKNOWN)?);
        self.codes.insert(profile, code);
        self.views.push(view);
        if self.views.len() > self.width {
            self.widen();
        }
        Some(code)
    }

    /// What two views come to; judged when the pair is first met.
    #[inline]
    pub fn classify(&mut self, a: ViewCode, b: ViewCode) -> Class {
        let cell = usize::from(a.0) * self.width + usize::from(b.0);
        match self.cells.get(cell) {
            Some(class) if *class != UNKNOWN => Class(u32::from(*class)),
            Some(_) | None => self.judge(a, b, cell),
        }
    }

    /// The class of a pair that was met before; nothing for pairs of the 65,535th class and later
    /// ones, which are judged each time.
    #[inline]
    pub fn known(&self, a: ViewCode, b: ViewCode) -> Option<Class> {
        let class = self.cells.get(usize::from(a.0) * self.width + usize::from(b.0)).copied()?;
        (class != UNKNOWN).then_some(Class(u32::from(class)))
    }

    /// The findings of a class; places of views count from the first of the pair.
    pub fn findings(&self, class: Class) -> &[Finding<'p, 'm>] {
        let place = usize::try_from(class.0).unwrap_or(usize::MAX);
        self.classes.get(place).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many different views were met, and how many bytes the table of pairs takes.
    pub const fn size(&self) -> (usize, usize) {
        (self.views.len(), self.cells.len() * size_of::<u16>())
    }

    #[cold]
    fn judge(&mut self, a: ViewCode, b: ViewCode, cell: usize) -> Class {
        let views = [a, b].map(|code| self.views.get(usize::from(code.0)).cloned());
        let [Some(a), Some(b)] = views else { return Class::AGREEMENT };
        let class = self.class_of(compare(&[a, b], self.patterns));
        if let (Some(cell), Ok(class)) = (self.cells.get_mut(cell), u16::try_from(class.0)) {
            *cell = class;
        }
        class
    }

    fn class_of(&mut self, findings: Vec<Finding<'p, 'm>>) -> Class {
        if findings.is_empty() {
            return Class::AGREEMENT;
        }
        let next = u32::try_from(self.classes.len()).map_or(Class(u32::MAX), Class);
        let class = *self.numbers.entry(spelled(&findings)).or_insert(next);
        if class == next {
            self.classes.push(findings);
        }
        class
    }

    /// Makes the table twice as wide, and keeps what it knows.
    fn widen(&mut self) {
        let width = (self.width * 2).max(16);
        let mut cells = alloc::vec![UNKNOWN; width * width];
        if self.width > 0 {
            for (old, new) in self.cells.chunks(self.width).zip(cells.chunks_mut(width)) {
                for (from, to) in old.iter().zip(new) {
                    *to = *from;
                }
            }
        }
        self.cells = cells;
        self.width = width;
    }
}

fn profile<'m>(view: &View<'m>) -> Profile<'m> {
    let contradictions = view.contradictions();
    let contested = contradictions.iter().flat_map(|found| &found.facets);
    let contested = contested.fold(0, |facets, facet| facets | facet_bit(*facet));
    Profile {
        system: address(view.mapping()),
        presence: view.presence(),
        levels: view.levels(),
        scope: view.scope(),
        claim: view.claim(),
        own: view.own_claim(),
        contested: (contested, contradictions.iter().any(|found| found.certain)),
        is_doubled: view.duplicate().is_some(),
        standing: view
            .standing()
            .iter()
            .map(|standing| (address(standing.field), standing.at, standing.claim))
            .collect(),
        refers: view.references(),
    }
}

/// All that findings say, as one list of numbers: two findings that differ have different ones.
fn spelled(findings: &[Finding<'_, '_>]) -> Vec<usize> {
    let mut spelled = Vec::new();
    for finding in findings {
        let Finding { pattern, also, views, relation, facets, deviations, direction, strength } =
            finding;
        spelled.extend([pattern.map_or(0, address), *relation as usize, *strength as usize]);
        spelled.push(direction.map_or(0, |direction| 1 + direction as usize));
        list(&mut spelled, also.iter().map(|pattern| address(*pattern)));
        list(&mut spelled, views.iter().copied());
        list(&mut spelled, facets.iter().map(|facet| *facet as usize));
        spelled.push(deviations.len());
        for deviation in deviations {
            let Deviation { target, source, field, expected, facets, direction, certain } =
                deviation;
            spelled.extend([*target, *source, address(*field)]);
            spelled.extend([*direction as usize, usize::from(*certain)]);
            list(&mut spelled, expected.iter().map(|row| address(*row)));
            list(&mut spelled, facets.iter().map(|facet| *facet as usize));
        }
    }
    spelled
}

fn list(into: &mut Vec<usize>, numbers: impl ExactSizeIterator<Item = usize>) {
    into.push(numbers.len());
    into.extend(numbers);
}

fn address<T>(thing: &T) -> usize {
    core::ptr::from_ref(thing).addr()
}
