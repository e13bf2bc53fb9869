//! Many pairs of views: each view becomes a small number, each pair of numbers is judged once.

use alloc::vec::Vec;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::finding::{Finding, compare};
use super::view::View;
use crate::pattern::Patterns;

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

/// What a pair of views comes to: the place of its findings in the batch, 0 for agreement.
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
pub struct Class(u16);

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
    codes: HashMap<Profile, ViewCode, FixedState>,
    /// `width * width` cells; `UNKNOWN` where the pair was not met yet.
    cells: Vec<u16>,
    width: usize,
    classes: Vec<Vec<Finding<'p, 'm>>>,
}

const UNKNOWN: u16 = u16::MAX;

/// All that a comparison looks at, in the words of the view's own system.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Profile {
    system: usize,
    words: Vec<u64>,
    standing: Vec<(usize, alloc::string::String)>,
    refers: Vec<alloc::string::String>,
}

impl<'p, 'm> Batch<'p, 'm> {
    /// A batch that names findings by these patterns.
    pub fn new(patterns: &'p Patterns) -> Self {
        let classes = Vec::from([Vec::new()]);
        Self {
            patterns,
            views: Vec::new(),
            codes: HashMap::with_hasher(FixedState::default()),
            cells: Vec::new(),
            width: 0,
            classes,
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
            Some(class) if *class != UNKNOWN => Class(*class),
            Some(_) | None => self.judge(a, b, cell),
        }
    }

    /// The class of a pair that was met before.
    #[inline]
    pub fn known(&self, a: ViewCode, b: ViewCode) -> Option<Class> {
        let class = self.cells.get(usize::from(a.0) * self.width + usize::from(b.0)).copied()?;
        (class != UNKNOWN).then_some(Class(class))
    }

    /// The findings of a class; places of views count from the first of the pair.
    pub fn findings(&self, class: Class) -> &[Finding<'p, 'm>] {
        self.classes.get(usize::from(class.0)).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many different views were met, and how many bytes the table of pairs takes.
    pub const fn size(&self) -> (usize, usize) {
        (self.views.len(), self.cells.len() * size_of::<u16>())
    }

    #[cold]
    fn judge(&mut self, a: ViewCode, b: ViewCode, cell: usize) -> Class {
        let views = [a, b].map(|code| self.views.get(usize::from(code.0)).cloned());
        let [Some(a), Some(b)] = views else { return Class::AGREEMENT };
        let findings = compare(&[a, b], self.patterns);
        let class = if findings.is_empty() {
            0
        } else {
            u16::try_from(self.classes.len()).unwrap_or(UNKNOWN - 1)
        };
        if class != 0 {
            self.classes.push(findings);
        }
        if let Some(cell) = self.cells.get_mut(cell) {
            *cell = class;
        }
        Class(class)
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

fn profile(view: &View<'_>) -> Profile {
    let claim = view.claim();
    let mut facets = 0u64;
    for facet in view.contradictions().iter().flat_map(|found| &found.facets) {
        facets |= 1 << (*facet as u64);
    }
    Profile {
        system: core::ptr::from_ref(view.mapping()).addr(),
        words: Vec::from([
            claim.states.bits(),
            claim.certain.bits(),
            view.own_claim().states.bits(),
            view.own_claim().certain.bits(),
            facets,
            view.levels(),
            u64::from(view.duplicate().is_some()),
        ]),
        standing: view
            .standing()
            .iter()
            .map(|standing| {
                (
                    core::ptr::from_ref(standing.field).addr(),
                    alloc::format!("{:?} {}", standing.at, standing.claim.bits()),
                )
            })
            .collect(),
        refers: view.references().map(Into::into).collect(),
    }
}
