//! What a mapping file says, once read: records, fields, rows, the way back.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use super::boundary::Boundary;
use super::words::{FieldKind, Level, Role};
use crate::digest::Digest;
use crate::facet::{Facet, Kind};
use crate::record::Path;
use crate::state::StateSet;
use crate::text::Span;

/// Where something was written: the file (0 is the outermost, then what it extends), the line, and
/// the place in the file's text.
///
/// ```
/// use order_status::mapping::Mapping;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let row = &shopify.field("financial").unwrap().rows()[0];
/// assert_eq!(shopify.file_of(row.origin()), "mappings/shopify.toml");
/// let mut lines = order_status::builtin::SHOPIFY.text.lines();
/// let line = lines.nth(row.origin().line() as usize - 1).unwrap();
/// assert!(line.contains(row.code()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    pub(crate) file: u8,
    pub(crate) line: u32,
    pub(crate) span: Span,
}

impl Origin {
    /// The line, from 1.
    pub const fn line(self) -> u32 {
        self.line
    }
}

/// The system that a mapping file is about.
///
/// ```
/// use order_status::mapping::{Mapping, Role};
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let channel = shopify.channel();
/// assert_eq!((channel.id(), channel.title()), ("shopify", "Shopify"));
/// assert_eq!(channel.role(), Role::Storefront);
/// assert!(channel.sources().all(|source| source.starts_with("https://")));
/// assert_eq!(channel.extends(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    pub(crate) id: Box<str>,
    pub(crate) title: Box<str>,
    pub(crate) role: Role,
    pub(crate) api: Box<str>,
    pub(crate) read: Box<str>,
    pub(crate) sources: Vec<Box<str>>,
    pub(crate) revision: u32,
    pub(crate) extends: Option<Named>,
}

impl Channel {
    /// The name by which programs call it, `snake_case`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name by which people call it.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What the system does for the merchant.
    pub const fn role(&self) -> Role {
        self.role
    }

    /// Which API, and which version of it.
    pub fn api(&self) -> &str {
        &self.api
    }

    /// The day on which the sources were read, `YYYY-MM-DD`.
    pub fn read(&self) -> &str {
        &self.read
    }

    /// Where the vendor says what its words mean.
    pub fn sources(&self) -> impl ExactSizeIterator<Item = &str> {
        self.sources.iter().map(|source| &**source)
    }

    /// Counts up whenever the meaning of a row changes.
    pub const fn revision(&self) -> u32 {
        self.revision
    }

    /// The mapping that a merchant's own file builds on.
    pub fn extends(&self) -> Option<&str> {
        self.extends.as_ref().map(|extends| &*extends.name)
    }
}

/// Something that is true of one merchant and not of all: "billed means shipped".
///
/// ```
/// use order_status::mapping::Mapping;
///
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// for fact in netsuite.facts() {
///     println!("{} is taken to be {}: {}", fact.name(), fact.holds(), fact.why());
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub(crate) name: Box<str>,
    pub(crate) holds: bool,
    pub(crate) why: Box<str>,
    pub(crate) origin: Origin,
}

impl Fact {
    /// The name, kebab-case.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Is it taken to be true?
    pub const fn holds(&self) -> bool {
        self.holds
    }

    /// Why that is the default, and when to change it.
    pub fn why(&self) -> &str {
        &self.why
    }
}

/// A text in a payload that names an order or a record, and what to strip from its front.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct KeyPath {
    pub(crate) at: Vec<Path>,
    pub(crate) strip: Vec<Box<str>>,
}

/// A number that another system gave to the same order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    /// Roles or channel ids.
    pub(crate) systems: Vec<Box<str>>,
    pub(crate) key: KeyPath,
}

/// A text of a file with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: Box<str>,
    pub(crate) span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) record: Named,
    pub(crate) at: Vec<Path>,
}

/// One kind of payload, or of object nested in a payload, that speaks of one order.
///
/// ```
/// use order_status::mapping::{Level, Mapping};
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let line = shopify.record("line_item").unwrap();
/// assert_eq!(line.level(), Level::Line);
/// assert_eq!(line.within(), Some("order"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of the format, or what became of one"
)]
pub struct RecordKind {
    pub(crate) name: Box<str>,
    pub(crate) level: Level,
    pub(crate) envelope: Vec<Path>,
    pub(crate) is: Vec<(Path, Vec<Box<str>>)>,
    pub(crate) has: Vec<Path>,
    pub(crate) within: Option<Link>,
    pub(crate) complete: bool,
    pub(crate) split: bool,
    pub(crate) id: Vec<Path>,
    pub(crate) order: KeyPath,
    pub(crate) parent: Option<Link>,
    pub(crate) refs: Vec<Reference>,
    pub(crate) created: Vec<Path>,
    pub(crate) changed: Vec<Path>,
    pub(crate) currency: Vec<Path>,
    /// Amounts are counted in the currency's smallest unit.
    pub(crate) minor_units: bool,
    pub(crate) total: Vec<Path>,
    pub(crate) amount: Vec<Path>,
    pub(crate) quantity: Vec<Path>,
    /// What one piece of a line costs.
    pub(crate) price: Vec<Path>,
    pub(crate) sku: Vec<Path>,
    pub(crate) continues: Vec<Path>,
    /// Was everything understood on which other parts build? Where it was not, the reader has said
    /// so, and a check that builds on it would only say it again in other words.
    pub(crate) sound: bool,
    pub(crate) origin: Origin,
}

impl RecordKind {
    /// The name, `snake_case`; with its channel's, as people call it: `netsuite.item_fulfillment`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What one record speaks of.
    pub const fn level(&self) -> Level {
        self.level
    }

    /// The record in which it is also found nested.
    pub fn within(&self) -> Option<&str> {
        self.within.as_ref().map(|link| &*link.record.name)
    }

    /// Is there anything by which a payload of this kind is told from others?
    pub(crate) const fn is_marked(&self) -> bool {
        !self.is.is_empty() || !self.has.is_empty()
    }

    /// Is it sent by itself, with nothing to tell it by? What lies in other records only never is.
    pub(crate) const fn comes_unmarked(&self) -> bool {
        !self.is_marked() && (self.within.is_none() || self.parent.is_some())
    }

    /// The record of the same system under which it hangs.
    pub fn parent(&self) -> Option<&str> {
        self.parent.as_ref().map(|link| &*link.record.name)
    }
}

/// One field that carries a status.
///
/// ```
/// use order_status::facet::Facet;
/// use order_status::mapping::{Absence, FieldKind, Mapping};
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let fulfillment = shopify.field("fulfillment").unwrap();
/// assert_eq!(fulfillment.kind(), FieldKind::Word);
/// assert!(fulfillment.covers().contains(&Facet::Fulfillment));
/// assert!(fulfillment.rows().iter().any(|row| row.code() == "partial"));
/// // Shopify's null is a statement.
/// let null = fulfillment.absence(Absence::Null).unwrap();
/// assert!(!null.of(Facet::Fulfillment).is_any());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of the format, or what became of one"
)]
pub struct Field {
    pub(crate) name: Box<str>,
    pub(crate) record: Option<Named>,
    pub(crate) level: Level,
    pub(crate) kind: FieldKind,
    pub(crate) at: Vec<Path>,
    pub(crate) join: Vec<Path>,
    pub(crate) with: Box<str>,
    pub(crate) strip: Vec<Box<str>>,
    pub(crate) fold: bool,
    pub(crate) covers: Vec<Facet>,
    pub(crate) since: Vec<Path>,
    pub(crate) of: Vec<Path>,
    pub(crate) of_sum: Vec<Path>,
    pub(crate) minus: Vec<Path>,
    pub(crate) absences: Absences,
    pub(crate) rows: Vec<Row>,
    pub(crate) ignored: Option<Box<str>>,
    pub(crate) open: bool,
    pub(crate) show: Option<Show>,
    pub(crate) allow: Vec<Allow>,
    /// Was the level understood?
    pub(crate) level_is_known: bool,
    /// Were the kind and `covers` understood?
    pub(crate) sound: bool,
    pub(crate) origin: Origin,
}

impl Field {
    /// The name, as the vendor calls it or nearly so.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the field speaks of.
    pub const fn level(&self) -> Level {
        self.level
    }

    /// How its value is read.
    pub const fn kind(&self) -> FieldKind {
        self.kind
    }

    /// The facets that it says something about.
    pub fn covers(&self) -> &[Facet] {
        &self.covers
    }

    pub(crate) fn tells_circumstances(&self) -> bool {
        self.covers.iter().any(|facet| facet.kind() == Kind::Circumstance)
    }

    /// The rows, in the order of the file.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Why the field says nothing of a customer's order, where that is so.
    pub fn ignored(&self) -> Option<&str> {
        self.ignored.as_deref()
    }

    /// Why the field, or the code that these rows stand for, is ignored.
    pub(crate) fn reason_to_ignore<'m>(&'m self, rows: &'m [Row]) -> Option<&'m str> {
        self.ignored().or_else(|| rows.first().and_then(Row::ignored))
    }

    /// May plugins or merchants add values of their own?
    pub const fn is_open(&self) -> bool {
        self.open
    }

    /// The way back.
    pub const fn show(&self) -> Option<&Show> {
        self.show.as_ref()
    }

    /// What an absence of this kind claims; nothing where it says nothing.
    pub const fn absence(&self, absence: super::Absence) -> Option<StateSet> {
        match absence {
            super::Absence::Absent => self.absences.absent,
            super::Absence::Null => self.absences.null,
            super::Absence::Empty => self.absences.empty,
            super::Absence::None => self.absences.none,
        }
    }

    /// Where the field is written.
    pub const fn origin(&self) -> Origin {
        self.origin
    }
}

/// The four absences; nothing stands for *unknown*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Absences {
    pub(crate) absent: Option<StateSet>,
    pub(crate) null: Option<StateSet>,
    pub(crate) empty: Option<StateSet>,
    pub(crate) none: Option<StateSet>,
}

/// One row: a code and what it claims.
///
/// ```
/// use order_status::facet::Facet;
/// use order_status::mapping::Mapping;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let rows = shopify.field("financial").unwrap().rows();
/// let row = rows.iter().find(|row| row.code() == "partially_refunded").unwrap();
/// assert_eq!(row.claim().of(Facet::Refund).to_string(), "partial");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub(crate) code: Named,
    pub(crate) also: Vec<Named>,
    /// The facets that the row states, as lanes that are not *any* by omission.
    pub(crate) stated: Vec<(Facet, Span)>,
    pub(crate) claim: StateSet,
    pub(crate) given: Vec<(Named, StateSet)>,
    pub(crate) when: Option<When>,
    pub(crate) otherwise: bool,
    pub(crate) ignored: Option<Box<str>>,
    pub(crate) why: Option<Box<str>>,
    pub(crate) allow: Vec<Allow>,
    /// Was everything in the row understood?
    pub(crate) sound: bool,
    pub(crate) origin: Origin,
}

impl Row {
    /// Where the row states a facet, or the row itself.
    pub(crate) fn place_of(&self, facet: Facet) -> Span {
        let stated = self.stated.iter().find(|(known, _)| *known == facet);
        stated.map_or(self.origin.span, |(_, span)| *span)
    }

    /// The code, exactly as the system sends it.
    pub fn code(&self) -> &str {
        &self.code.name
    }

    /// Its other official spellings.
    pub fn also(&self) -> impl ExactSizeIterator<Item = &str> {
        self.also.iter().map(|named| &*named.name)
    }

    /// What it claims, facts left aside.
    pub const fn claim(&self) -> StateSet {
        self.claim
    }

    /// What it claims in addition where a fact holds.
    pub fn given(&self) -> impl ExactSizeIterator<Item = (&str, StateSet)> {
        self.given.iter().map(|(fact, claim)| (&*fact.name, *claim))
    }

    /// Does the row stand for some orders only?
    pub const fn is_conditional(&self) -> bool {
        self.when.is_some() || self.otherwise
    }

    /// For which orders the row stands, for people to read: `fulfillment_channel = "AFN"`,
    /// `terms=on_delivery`, `otherwise`; nothing where it stands for all.
    ///
    /// ```
    /// # #[cfg(feature = "builtin")] {
    /// use order_status::mapping::Mapping;
    ///
    /// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
    /// let rows = shopify.field("financial").unwrap().rows();
    /// assert!(rows.iter().all(|row| row.is_conditional() == row.condition().is_some()));
    /// # }
    /// ```
    pub fn condition(&self) -> Option<impl fmt::Display> {
        self.is_conditional().then_some(Condition { when: self.when.as_ref() })
    }

    /// Why the value says nothing of a customer's order, where that is so.
    pub fn ignored(&self) -> Option<&str> {
        self.ignored.as_deref()
    }

    /// Why it claims what it claims, where the author said so.
    pub fn why(&self) -> Option<&str> {
        self.why.as_deref()
    }

    /// Where the row is written.
    pub const fn origin(&self) -> Origin {
        self.origin
    }
}

/// The condition of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct When {
    /// Other fields of the same record, with the codes at which the row applies.
    pub(crate) fields: Vec<(Named, Vec<Named>)>,
    /// Circumstances; *any* where the row asks for none.
    pub(crate) circumstances: StateSet,
    pub(crate) span: Span,
}

/// A condition as people read it; without one it is all that the other rows leave.
struct Condition<'a> {
    when: Option<&'a When>,
}

impl fmt::Display for Condition<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(when) = self.when else { return f.write_str("otherwise") };
        let mut and = "";
        for (field, codes) in &when.fields {
            write!(f, "{and}{} = ", field.name)?;
            let mut or = "";
            for code in codes {
                write!(f, "{or}\"{}\"", code.name)?;
                or = " or ";
            }
            and = " and ";
        }
        if when.circumstances != StateSet::ANY {
            write!(f, "{and}{}", when.circumstances)?;
        }
        Ok(())
    }
}

/// The way back: which code an order in some state should stand at.
///
/// ```
/// use order_status::mapping::Mapping;
///
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// let show = netsuite.field("salesOrder.orderStatus").unwrap().show().unwrap();
/// assert_eq!(show.none(), None);
/// for row in show.rows() {
///     println!("{} is shown as {:?}", row.when(), row.shown());
/// }
/// for (code, why) in show.never() {
///     println!("{code} is never shown: {why}");
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Show {
    pub(crate) field: Named,
    pub(crate) none: Option<Box<str>>,
    pub(crate) never: Vec<Never>,
    pub(crate) rows: Vec<ShowRow>,
    pub(crate) origin: Origin,
}

impl Show {
    /// Why the field is never brought to a value on purpose, where that is so.
    pub fn none(&self) -> Option<&str> {
        self.none.as_deref()
    }

    /// The rows, the first that fits counts.
    pub fn rows(&self) -> &[ShowRow] {
        &self.rows
    }

    /// The codes that no state is ever shown as, each with the reason.
    pub fn never(&self) -> impl Iterator<Item = (&str, &str)> {
        self.never
            .iter()
            .flat_map(|never| never.codes.iter().map(|code| (&*code.name, &*never.why)))
    }
}

/// Codes that no state is ever shown as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Never {
    pub(crate) codes: Vec<Named>,
    pub(crate) why: Box<str>,
}

/// One row of the way back.
///
/// ```
/// use order_status::facet::{Payment, Stage};
/// use order_status::mapping::{Mapping, Shown};
/// use order_status::state::{OrderState, StateSet};
///
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// let paid = OrderState { payment: Payment::Paid, stage: Stage::Active, ..OrderState::PLACED };
/// let status = netsuite.field("salesOrder.orderStatus").unwrap();
/// let row = status.shown_for(StateSet::from(paid))[0];
/// assert_eq!(*row.shown(), Shown::Code("B".into()));
/// assert!(row.when().contains(paid));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShowRow {
    pub(crate) when: StateSet,
    pub(crate) shown: Shown,
    pub(crate) by: Option<By>,
    /// Where the answer itself stands.
    pub(crate) answer: Span,
    pub(crate) span: Span,
    pub(crate) origin: Origin,
}

impl ShowRow {
    /// The states that it answers for, unless an earlier row does.
    pub const fn when(&self) -> StateSet {
        self.when
    }

    /// Its answer.
    pub const fn shown(&self) -> &Shown {
        &self.shown
    }

    /// How the system gets there.
    pub const fn by(&self) -> Option<&By> {
        self.by.as_ref()
    }
}

/// At which value a system should stand.
///
/// ```
/// use order_status::facet::{Fulfillment, Lifecycle};
/// use order_status::mapping::{Mapping, Shown};
/// use order_status::state::StateSet;
///
/// let shopify = Mapping::load(order_status::builtin::SHOPIFY).unwrap();
/// let field = shopify.field("fulfillment").unwrap();
/// let shipped = StateSet::ANY.with(Lifecycle::Placed).with(Fulfillment::Shipped);
/// let text = match field.shown_for(shipped)[0].shown() {
///     Shown::Code(code) => format!("write {code}"),
///     Shown::Null => "write null".to_owned(),
///     Shown::Empty => "write the empty text".to_owned(),
///     Shown::Set => "write the time".to_owned(),
///     Shown::Nothing(why) => format!("cannot be shown: {why}"),
/// };
/// assert_eq!(text, "write fulfilled");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "whoever writes to a system must answer each")]
pub enum Shown {
    /// At this code.
    Code(Box<str>),
    /// At null.
    Null,
    /// At the empty text.
    Empty,
    /// At some time, for a field of which only that counts.
    Set,
    /// At nothing: the system has no way to say it, for this reason.
    Nothing(Box<str>),
}

/// How a system gets to a value.
///
/// ```
/// use order_status::mapping::{By, Mapping};
///
/// let netsuite = Mapping::load(order_status::builtin::NETSUITE).unwrap();
/// let show = netsuite.field("salesOrder.orderStatus").unwrap().show().unwrap();
/// let documents = show.rows().iter().filter_map(|row| match row.by()? {
///     By::Document { document, .. } => Some(&**document),
///     By::Call { .. } | By::Person { .. } => None,
/// });
/// // NetSuite computes "partially fulfilled" from its own papers.
/// assert!(documents.into_iter().any(|document| document.contains("item fulfillment")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case", untagged))]
#[expect(clippy::exhaustive_enums, reason = "whoever carries out a repair must answer each")]
pub enum By {
    /// Somebody calls this.
    Call {
        /// The API call.
        call: Box<str>,
    },
    /// The system computes it from a document.
    Document {
        /// The document.
        document: Box<str>,
        /// The API call that makes the document.
        call: Box<str>,
    },
    /// A person does this.
    Person {
        /// What the person does.
        person: Box<str>,
    },
}

/// A warning that the author answered, with a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Allow {
    pub(crate) rule: Named,
    pub(crate) origin: Origin,
}

/// Everything that a file says, read and resolved but not checked as a whole.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) channel: Channel,
    pub(crate) names: Vec<(Box<str>, Vec<Named>)>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) records: Vec<RecordKind>,
    pub(crate) fields: Vec<Field>,
    pub(crate) boundary: Option<Boundary>,
    pub(crate) allow: Vec<Allow>,
    /// The names of the files, the outermost first.
    pub(crate) files: Vec<Box<str>>,
    /// Of the texts of all these files.
    pub(crate) digest: Digest,
}
