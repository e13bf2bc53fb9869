//! The tables as text and as diagrams.
//!
//! Nothing here is written twice: a drawing is made from the rows that the machine runs on.
//!
//! ```
//! use order_status::facet::Facet;
//! use order_status::machine::{Table, print};
//!
//! let hold = Table::of(Facet::Hold).ok_or("a circumstance")?;
//! assert_eq!(
//!     print::diagram(hold),
//!     "stateDiagram-v2\n    [*] --> clear\n    clear --> held: held (toggle)\n    \
//!      held --> clear: released (toggle)\n",
//! );
//! # Ok::<(), &str>(())
//! ```

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use alloc::{format, vec};

use super::guard::{CONSEQUENCES, GUARDS};
use super::table::{Kind, Table};
use crate::milestone;
use crate::state::{FacetSet, StateSet, spanning};

/// The rows of one table as a Markdown table: from, event, to, kind.
///
/// ```
/// use order_status::facet::Facet;
/// use order_status::machine::{Table, print};
///
/// let text = print::rows(Table::of(Facet::Hold).ok_or("a circumstance")?);
/// assert!(text.contains("| held  | released | clear | toggle |"));
/// # Ok::<(), &str>(())
/// ```
pub fn rows(table: &Table) -> String {
    let mut rows = vec![texts(["from", "event", "to", "kind"])];
    rows.extend(table.edges().iter().map(|edge| {
        texts([
            edge.from().as_str(),
            edge.event().as_str(),
            edge.to().as_str(),
            edge.kind().as_str(),
        ])
    }));
    markdown(&rows)
}

/// The states of one table with their columns as a Markdown table.
///
/// ```
/// use order_status::facet::Facet;
/// use order_status::machine::{Table, print};
///
/// let text = print::states(Table::of(Facet::Hold).ok_or("a circumstance")?);
/// assert!(text.contains("| held  |         | yes      |"));
/// # Ok::<(), &str>(())
/// ```
pub fn states(table: &Table) -> String {
    let mut rows = vec![texts(["state", "initial", "terminal", "settled"])];
    rows.extend(table.facet().states().map(|state| {
        let mark = |set: FacetSet| if set.contains(state) { "yes" } else { "" };
        texts([
            state.as_str(),
            mark(table.initial()),
            mark(table.terminal()),
            mark(table.settled()),
        ])
    }));
    markdown(&rows)
}

/// One table as a Mermaid state diagram; edges that are not forward say so.
///
/// ```
/// use order_status::facet::Facet;
/// use order_status::machine::{Table, print};
///
/// let text = print::diagram(Table::of(Facet::Stage).ok_or("a circumstance")?);
/// assert!(text.contains("closed --> active: reopened (retraction)"));
/// # Ok::<(), &str>(())
/// ```
pub fn diagram(table: &Table) -> String {
    let mut text = String::from("stateDiagram-v2\n");
    text.extend(table.initial().iter().map(|state| format!("    [*] --> {}\n", state.as_str())));
    text.extend(table.edges().iter().map(|edge| {
        let (from, to) = (edge.from().as_str(), edge.to().as_str());
        let kind = match edge.kind() {
            Kind::Forward => String::new(),
            Kind::Toggle | Kind::Retraction => format!(" ({})", edge.kind().as_str()),
        };
        format!("    {from} --> {to}: {}{kind}\n", edge.event())
    }));
    text
}

/// The guards as a Markdown table.
///
/// ```
/// use order_status::machine::print;
///
/// let text = print::guards();
/// assert!(text.contains("| ship-draft "));
/// ```
pub fn guards() -> String {
    let mut rows = vec![texts(["guard", "refuses", "where", "because"])];
    rows.extend(GUARDS.iter().map(|guard| {
        let events: Vec<_> = guard.events().iter().map(|event| event.as_str()).collect();
        vec![
            guard.id().to_string(),
            events.join(", "),
            cell(guard.forbidden()),
            guard.reason().to_string(),
        ]
    }));
    markdown(&rows)
}

/// What events bring with them, as a Markdown table.
///
/// ```
/// use order_status::machine::print;
///
/// let text = print::consequences();
/// assert!(text.contains("| goods_dropped |"));
/// ```
pub fn consequences() -> String {
    let mut rows = vec![texts(["event", "where", "brings", "because"])];
    rows.extend(CONSEQUENCES.iter().map(|row| {
        vec![
            row.event().to_string(),
            cell(row.when()),
            row.brings().to_string(),
            row.reason().to_string(),
        ]
    }));
    markdown(&rows)
}

/// The spanning rules as a Markdown table.
///
/// ```
/// use order_status::machine::print;
///
/// let text = print::spanning_rules();
/// assert!(text.contains("| delivery-before-shipment "));
/// ```
pub fn spanning_rules() -> String {
    let mut rows = vec![texts(["rule", "says", "where", "because"])];
    rows.extend(spanning::RULES.iter().map(|rule| {
        let says = if rule.is_impossible() { "impossible" } else { "suspicious" };
        vec![
            rule.id().to_string(),
            says.to_string(),
            cell(rule.combination()),
            rule.reason().to_string(),
        ]
    }));
    markdown(&rows)
}

/// The rules of the headlines, in the order in which they are tried, as a Markdown table.
///
/// ```
/// use order_status::machine::print;
///
/// let text = print::milestones();
/// assert!(text.contains("| awaiting_payment "));
/// ```
pub fn milestones() -> String {
    let mut rows = vec![texts(["milestone", "where", "hides"])];
    rows.extend(milestone::RULES.iter().map(|rule| {
        texts([rule.milestone().as_str(), &cell(rule.within()), rule.milestone().hides()])
    }));
    markdown(&rows)
}

fn texts<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(ToString::to_string).to_vec()
}

/// A box in a table cell, where a bar would end the cell.
fn cell(set: StateSet) -> String {
    set.to_string().replace('|', " or ")
}

/// Pads the columns, so that the table reads as plain text too; the last one is left ragged.
fn markdown(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(String::len).max().unwrap_or(0)
    };
    let widths: Vec<_> =
        (1..=columns).map(|column| if column == columns { 0 } else { width(column - 1) }).collect();
    let line = |row: &[String]| {
        let cells: Vec<_> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rule: Vec<_> = widths.iter().map(|width| "-".repeat((*width).max(3))).collect();
    let mut text = String::new();
    for (place, row) in rows.iter().enumerate() {
        text.push_str(&line(row));
        if place == 0 {
            text.push_str(&line(&rule));
        }
    }
    text
}
