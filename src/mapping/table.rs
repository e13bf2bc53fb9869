//! A checked mapping.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use super::boundary::Boundary;
use super::check;
use super::condition::Condition;
use super::index::{CodeIndex, Resolution};
use super::model::{Channel, Document, Fact, Field, Origin, RecordKind};
use super::overlay::overlay;
use super::read::{self, Read};
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::digest::Digest;
use crate::state::StateSet;

/// One system's words, read from a file and checked: what they mean, both ways.
///
/// ```
/// # #[cfg(feature = "builtin")] {
/// use order_status::mapping::Mapping;
///
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// let status = netsuite.field("salesOrder.orderStatus").unwrap();
/// let claim = netsuite.look_up(status, "F").claim().unwrap();
/// assert_eq!(claim.of(order_status::facet::Facet::Fulfillment).to_string(), "not_required|shipped");
/// # }
/// ```
#[derive(Clone)]
pub struct Mapping {
    pub(crate) document: Document,
    pub(crate) compiled: Compiled,
}

/// What is computed from a document once, so that reading a record looks nothing up by name.
#[derive(Clone, Default)]
pub(crate) struct Compiled {
    /// Per field.
    pub(super) indexes: Vec<CodeIndex>,
    /// Per field, per row; empty where no row of the field has a condition.
    pub(crate) conditions: Vec<Vec<Option<Condition>>>,
    /// Per field: does one of its rows ask for circumstances?
    pub(super) asks: Vec<bool>,
    /// Per record kind.
    pub(super) layouts: Vec<Layout>,
}

/// What one kind of record holds.
#[derive(Clone)]
pub(crate) struct Layout {
    /// All that is read from it.
    pub(crate) all: Contents,
    /// Only what tells circumstances, and the nested kinds in which, however deep, something does.
    pub(crate) telling: Contents,
    /// What it means that there is no such record.
    pub(crate) none: StateSet,
}

/// Fields and nested kinds of records, by number, in the order of the file.
#[derive(Clone, Default)]
pub(crate) struct Contents {
    pub(crate) fields: Vec<usize>,
    pub(crate) nested: Vec<usize>,
}

impl Mapping {
    /// Reads and checks a mapping file.
    ///
    /// # Errors
    ///
    /// When the file has a mistake. The report holds all of them, each with its place, and what
    /// [`lint`](super::lint) would warn of is not looked for.
    /// Also when it says `extends = "..."`: such a file goes on top of the mapping that it names, with
    /// [`load_extending`](Self::load_extending).
    ///
    /// ```
    /// use order_status::diagnostic::Source;
    /// use order_status::mapping::Mapping;
    ///
    /// // A file of your own: you read it, the name is for messages.
    /// let text = "schema = 1\nid = \"my_shop\"\nrole = \"shop\"";
    /// let report = Mapping::load(Source::new("my_shop.toml", text)).unwrap_err();
    /// assert!(report.to_string().starts_with("my_shop.toml:"));
    /// ```
    pub fn load(source: Source<'_>) -> Result<Self, Report> {
        Self::build(source, None)
    }

    /// Reads a file that says `extends = "..."`, on top of the mapping that it names.
    ///
    /// Rows, facts and records of the file replace those with the same name, all others stay.
    ///
    /// # Errors
    ///
    /// When the file has a mistake, or extends another mapping than `base`.
    ///
    /// ```
    /// use order_status::diagnostic::Source;
    /// use order_status::mapping::Mapping;
    ///
    /// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
    /// let mine = Source::new("mine.toml", r#"
    ///     schema = 1
    ///     extends = "shopify"
    ///     id = "shopify"
    ///     [[field]]
    ///     name = "financial"
    ///     status = [{ code = "partiallyrefunded", payment = "any", refund = "partial" }]
    /// "#);
    /// let mine = Mapping::load_extending(mine, &shopify).unwrap();
    /// let financial = mine.field("financial").unwrap();
    /// assert!(mine.look_up(financial, "partiallyrefunded").claim().is_some());
    /// assert!(mine.look_up(financial, "paid").claim().is_some());
    /// ```
    pub fn load_extending(source: Source<'_>, base: &Self) -> Result<Self, Report> {
        Self::build(source, Some(base))
    }

    fn build(source: Source<'_>, base: Option<&Self>) -> Result<Self, Report> {
        let Read { document, found, text, .. } =
            read::read(source, base.map(|base| &base.document), false);
        let (mapping, found) = Self::assemble(document, base, found);
        let found = text.told(found);
        match mapping {
            Some(mapping) if !has_errors(&found) => Ok(mapping),
            Some(_) | None => Err(Report::new(source, found)),
        }
    }

    /// Puts a read document on its base and checks the whole; the mapping may be unusable where
    /// errors were found.
    pub(super) fn assemble(
        document: Option<Document>,
        base: Option<&Self>,
        mut found: Vec<Diagnostic>,
    ) -> (Option<Self>, Vec<Diagnostic>) {
        let Some(document) = document else { return (None, found) };
        let Some(mut document) = overlay(document, base.map(|base| &base.document), &mut found)
        else {
            return (None, found);
        };
        let compiled = check::compile(&mut document, &mut found);
        (Some(Self { document, compiled }), found)
    }

    /// The system that it is about.
    pub const fn channel(&self) -> &Channel {
        &self.document.channel
    }

    /// What is taken to be true of the merchant.
    pub fn facts(&self) -> &[Fact] {
        &self.document.facts
    }

    /// The kinds of record that the system sends.
    pub fn records(&self) -> &[RecordKind] {
        &self.document.records
    }

    /// The kind with this name.
    pub fn record(&self, name: &str) -> Option<&RecordKind> {
        self.document.records.iter().find(|kind| &*kind.name == name)
    }

    /// The fields, in the order of the file.
    pub fn fields(&self) -> &[Field] {
        &self.document.fields
    }

    /// The field with this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.document.fields.iter().find(|field| &*field.name == name)
    }

    /// The record kind in which a field is found.
    pub fn record_of(&self, field: &Field) -> Option<&RecordKind> {
        let name = field.record.as_ref().map(|record| &*record.name);
        self.document.records.iter().find(|kind| name.is_none_or(|name| *kind.name == *name))
    }

    /// What a value of a field means: exact, nothing trimmed or folded but what the field declares.
    ///
    /// `field` is one of this mapping's; another mapping's is answered as unmapped.
    #[inline]
    pub fn look_up<'m>(&'m self, field: &Field, text: &str) -> Resolution<'m> {
        let Some(at) = self.number_of(field) else { return Resolution::Unmapped { nearest: None } };
        self.resolve(at, text).1
    }

    /// The same by the field's number; also gives the code's number.
    #[inline]
    pub(crate) fn resolve(&self, field: usize, text: &str) -> (Option<u16>, Resolution<'_>) {
        let (Some(field), Some(index)) =
            (self.document.fields.get(field), self.compiled.indexes.get(field))
        else {
            return (None, Resolution::Unmapped { nearest: None });
        };
        match index.find(text) {
            Some((group, rows, ignored)) => {
                let rows = field.rows.get(rows).unwrap_or_default();
                let reason = if ignored { field.reason_to_ignore(rows) } else { None };
                (Some(group), reason.map_or(Resolution::Mapped(rows), Resolution::Ignored))
            }
            None if text.is_empty() => (None, Resolution::Missing(super::Absence::Empty)),
            None => (None, Resolution::Unmapped { nearest: index.nearest(text) }),
        }
    }

    fn number_of(&self, field: &Field) -> Option<usize> {
        place_in(&self.document.fields, field)
    }

    /// The name of the file in which something is written.
    pub fn file_of(&self, origin: Origin) -> &str {
        self.document.files.get(usize::from(origin.file)).map_or("", |name| name)
    }

    /// What the facts that are taken to hold add to a row's claim.
    pub(crate) fn under_facts(&self, row: &super::model::Row) -> StateSet {
        row.given
            .iter()
            .filter(|(fact, _)| self.holds(&fact.name))
            .fold(row.claim, |claim, (_, narrower)| claim & *narrower)
    }

    fn holds(&self, fact: &str) -> bool {
        self.document.facts.iter().any(|known| *known.name == *fact && known.holds)
    }

    /// What a record kind holds, by the kind's number.
    pub(crate) fn layout(&self, kind: usize) -> Option<&Layout> {
        self.compiled.layouts.get(kind)
    }

    /// The condition of a row, which is one of this field's.
    pub(crate) fn condition(
        &self,
        field_number: usize,
        row: &super::model::Row,
    ) -> Option<&Condition> {
        let conditions = self.compiled.conditions.get(field_number)?;
        let at = place_in(&self.document.fields.get(field_number)?.rows, row)?;
        conditions.get(at)?.as_ref()
    }

    /// Does a row of this field ask for circumstances?
    pub(crate) fn asks_for_circumstances(&self, field: usize) -> bool {
        self.compiled.asks.get(field).is_some_and(|asks| *asks)
    }

    /// The number of a record kind.
    pub(crate) fn kind_number(&self, name: &str) -> Option<usize> {
        self.document.records.iter().position(|kind| *kind.name == *name)
    }

    /// The kinds that are found nested in a record kind.
    pub(crate) fn kinds_in(&self, kind: usize) -> impl Iterator<Item = &RecordKind> {
        let layout = self.compiled.layouts.get(kind);
        let kinds = layout.into_iter().flat_map(|layout| &layout.all.nested);
        kinds.filter_map(|at| self.document.records.get(*at))
    }

    /// The fields that are read from a record kind.
    pub(crate) fn fields_in(&self, kind: usize) -> impl Iterator<Item = &Field> {
        let layout = self.compiled.layouts.get(kind);
        let fields = layout.into_iter().flat_map(|layout| &layout.all.fields);
        fields.filter_map(|at| self.document.fields.get(*at))
    }

    /// What the file says for the boundary.
    pub(crate) const fn boundary(&self) -> Option<&Boundary> {
        self.document.boundary.as_ref()
    }

    /// The digest of the file, and of those that it extends, byte for byte.
    ///
    /// ```
    /// use order_status::diagnostic::Source;
    /// use order_status::mapping::Mapping;
    ///
    /// # #[cfg(feature = "builtin")] {
    /// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
    /// let mine = Source::new("mine.toml", "schema = 1\nextends = \"shopify\"\nid = \"shopify\"\nrevision = 2");
    /// let mine = Mapping::load_extending(mine, &shopify).unwrap();
    /// assert_ne!(mine.digest(), shopify.digest());
    /// # }
    /// ```
    pub const fn digest(&self) -> Digest {
        self.document.digest
    }

    /// A name for the mapping's version: the channel, its revision and the day of its sources.
    pub fn version(&self) -> Box<str> {
        let channel = self.channel();
        alloc::format!("{}@{} ({})", channel.id, channel.revision, channel.read).into()
    }
}

/// The place of an item in its list. Fields and rows are handed out by reference, so the address
/// tells the place without a search.
pub(crate) fn place_in<T>(list: &[T], item: &T) -> Option<usize> {
    let first = list.as_ptr().addr();
    let at = core::ptr::from_ref(item).addr().checked_sub(first)? / size_of::<T>();
    list.get(at).filter(|known| core::ptr::eq(*known, item)).map(|_| at)
}

pub(super) fn has_errors(found: &[Diagnostic]) -> bool {
    found.iter().any(|found| found.rule.severity() == crate::diagnostic::Severity::Error)
}

impl fmt::Debug for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mapping({})", self.channel().id)
    }
}
