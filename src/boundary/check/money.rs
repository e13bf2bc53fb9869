//! Money: a currency that there is, and amounts that add up.

use alloc::format;
use alloc::vec::Vec;

use super::{Input, Place, elements, taken, written};
use crate::boundary::rules;
use crate::boundary::ticket::Violation;
use crate::currency::minor_unit;
use crate::mapping::boundary::Sum;
use crate::mapping::{Level, RecordKind};
use crate::reading::{self, sum_of_first};
use crate::record::{Decimal, Path, Record};
use crate::text::Escaped;

pub(super) fn check(input: &Input<'_, '_>, found: &mut Vec<Violation>) {
    currency(input, found);
    amounts(input, found);
    let Some(boundary) = input.mapping.boundary() else { return };
    if *boundary.record.name != *input.kind.name() {
        return;
    }
    for sum in &boundary.sums {
        let violation = adds_up(input, sum, found);
        found.extend(violation);
    }
    refunds(input, &boundary.refunded, found);
}

fn currency(input: &Input<'_, '_>, found: &mut Vec<Violation>) {
    let paths = &input.kind.currency;
    if paths.is_empty() {
        return;
    }
    let message = match input.reading.currency.as_deref() {
        Some(code) if minor_unit(code).is_some() => return,
        Some(_) => "the currency is none of ISO 4217",
        // An order without amounts needs none.
        None if input.reading.total.is_none() => return,
        None => "the order has amounts and no currency",
    };
    let violation = Violation::new(&rules::UNKNOWN_CURRENCY, message);
    found.push(violation.at(taken(paths, input.record)).correct());
}

fn amounts(input: &Input<'_, '_>, found: &mut Vec<Violation>) {
    let paths = &input.kind.total;
    if let Some(total) = amount(paths, input.record, Place::ORDER, found)
        && total < Decimal::ZERO
    {
        let violation =
            Violation::new(&rules::NEGATIVE_AMOUNT, "the order costs less than nothing");
        found.push(violation.at(taken(paths, input.record)).correct());
    }
}

/// The sum at the first path that is there; one that cannot be read is told.
pub(super) fn amount(
    paths: &[Path],
    record: &dyn Record,
    place: Place<'_>,
    found: &mut Vec<Violation>,
) -> Option<Decimal> {
    match sum_of_first(paths, record) {
        reading::Sum::Of(amount) => Some(amount),
        reading::Sum::Absent | reading::Sum::Null => None,
        reading::Sum::Unreadable(kind) => {
            let message = format!("{kind} stands where a number is expected");
            let violation = Violation::new(&rules::UNREADABLE_VALUE, message);
            let violation = violation.at(place.of(paths, record)).correct();
            // The total is asked for by more than one question.
            if !found.contains(&violation) {
                found.push(violation);
            }
            None
        }
    }
}

fn adds_up(input: &Input<'_, '_>, sum: &Sum, found: &mut Vec<Violation>) -> Option<Violation> {
    let mut known = |paths: &[Path]| amount(paths, input.record, Place::ORDER, found);
    let mut one = |path: &Path| known(core::slice::from_ref(path));
    let whole = sum.whole.iter().find_map(&mut one)?;
    // A part that is missing leaves the sum open; what may be left out, or is taken off, adds nothing.
    let mut parts = sum.parts.iter().map(&mut one).sum::<Option<Decimal>>()?;
    let mut count = sum.parts.len();
    if sum.lines {
        let (lines, number) = of_lines(input)?;
        parts = parts + lines;
        count += number;
    }
    let parts = parts - sum.minus.iter().filter_map(&mut one).sum();
    let optional: Vec<Decimal> = sum.optional.iter().filter_map(&mut one).collect();
    let ways = || {
        (0..1_u32 << optional.len()).map(|chosen| {
            let counted = optional.iter().enumerate().filter(|(at, _)| chosen & (1 << at) != 0);
            counted.fold((parts, count), |(sum, count), (_, amount)| (sum + *amount, count + 1))
        })
    };
    // Each part may have been rounded by itself.
    let unit = || smallest_unit(input);
    let nearly = |(sum, count): (Decimal, usize)| {
        (sum - whole).abs() <= unit().times(count.saturating_sub(1))
    };
    if ways().any(|(sum, _)| sum == whole) || ways().any(nearly) {
        return None;
    }
    let message = format!(
        "`{}` does not add up: {whole} is stated, the parts come to {parts}",
        Escaped(&sum.name)
    );
    let violation = Violation::new(&rules::SUM_MISMATCH, message);
    Some(violation.at(taken(&sum.whole, input.record)).correct())
}

/// What all lines cost together, and how many there are; nothing where one of them does not say.
fn of_lines(input: &Input<'_, '_>) -> Option<(Decimal, usize)> {
    let kind = line_kinds(input).find(|kind| !kind.price.is_empty() || !kind.amount.is_empty())?;
    let lines = elements(&kind.within.as_ref()?.at, input.record)?;
    let number = |paths: &[Path], line: &dyn Record| match sum_of_first(paths, line) {
        reading::Sum::Of(amount) => Some(amount),
        reading::Sum::Absent | reading::Sum::Null | reading::Sum::Unreadable(_) => None,
    };
    let cost = |line: &&dyn Record| {
        if kind.price.is_empty() {
            number(&kind.amount, *line)
        } else {
            number(&kind.price, *line)?.by(number(&kind.quantity, *line)?)
        }
    };
    let sum = lines.iter().map(cost).sum::<Option<Decimal>>()?;
    (!lines.is_empty()).then_some((sum, lines.len()))
}

/// The kinds of line that lie in the order.
pub(super) fn line_kinds<'m>(input: &Input<'_, 'm>) -> impl Iterator<Item = &'m RecordKind> {
    let number = input.mapping.kind_number(input.kind.name());
    number
        .into_iter()
        .flat_map(|number| input.mapping.kinds_in(number))
        .filter(|kind| kind.level() == Level::Line)
}

fn smallest_unit(input: &Input<'_, '_>) -> Decimal {
    let digits = input.reading.currency.as_deref().and_then(minor_unit).unwrap_or(2);
    if input.kind.minor_units { Decimal::whole(1) } else { Decimal::smallest(digits) }
}

fn refunds(input: &Input<'_, '_>, refunded: &[Path], found: &mut Vec<Violation>) {
    if refunded.is_empty() {
        return;
    }
    let Some(refund) = amount(refunded, input.record, Place::ORDER, found) else { return };
    let reading::Sum::Of(total) = sum_of_first(&input.kind.total, input.record) else { return };
    if refund > total && total >= Decimal::ZERO {
        let message = format!("{refund} was given back of an order of {total}");
        let violation = Violation::new(&rules::EXCESSIVE_REFUND, message);
        found.push(violation.at(written(refunded)).correct());
    }
}
