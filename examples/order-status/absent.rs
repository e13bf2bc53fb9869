//! What `reconcile` takes of an order that is not in an export: that the system has no record of it,
//! or that nobody knows.

use order_status::mapping::{Level, Mapping, RecordKind};
use order_status::text::nearest;

use crate::args::{Absent, Export, Reconcile};
use crate::catalogue;
use crate::input::Empty;
use crate::output::{Outcome, Stop};
use crate::reconcile::Systems;

/// Standard input can be read once: the second export would be empty, and every order missing in it.
pub(crate) fn refuse_two_of_standard_input(args: &Reconcile) -> Outcome<()> {
    let of_input = args.views.iter().filter(|export| export.file.as_os_str() == "-");
    let named: Vec<_> = of_input.map(|export| format!("`--view {}=-`", export.of)).collect();
    match named.as_slice() {
        [] | [_] => Ok(()),
        _ => Err(Stop::Failed(format!(
            "standard input can be read once, and {} name it; name a file for all but one",
            named.join(" and ")
        ))),
    }
}

/// Per system the kinds of record of which none is missing.
pub(crate) fn complete<'a>(
    args: &'a Reconcile,
    systems: &'a Systems,
) -> Outcome<Vec<Vec<&'a str>>> {
    refuse_contradictions(&args.absences)?;
    let mut complete = vec![Vec::new(); systems.mappings.len()];
    // What is said of one kind of record counts for that kind, wherever it stands.
    let (of_kinds, of_systems): (Vec<_>, Vec<_>) =
        args.absences.iter().partition(|absent| absent.of.record.is_some());
    for absent in of_systems.into_iter().chain(of_kinds) {
        let Some((at, mapping)) = systems.of(&absent.of) else {
            return Err(no_view(absent, systems));
        };
        let kinds: Vec<&str> = match &absent.of.record {
            Some(name) => vec![catalogue::record(mapping, name)?.name()],
            None => exported(args, mapping),
        };
        let Some(of_system) = complete.get_mut(at) else { continue };
        if absent.confirmed {
            of_system.extend(kinds);
        } else {
            of_system.retain(|kind| !kinds.contains(kind));
        }
    }
    Ok(complete)
}

fn refuse_contradictions(absences: &[Absent]) -> Outcome<()> {
    for (at, one) in absences.iter().enumerate() {
        let before = absences.iter().take(at);
        let is_other = |other: &&Absent| other.of == one.of && other.confirmed != one.confirmed;
        if let Some(other) = before.into_iter().find(is_other) {
            return Err(Stop::Failed(format!(
                "`--absent {other}` and `--absent {one}` contradict each other; leave one out"
            )));
        }
    }
    Ok(())
}

fn no_view(absent: &Absent, systems: &Systems) -> Stop {
    let id = &absent.of.channel;
    let known = systems.mappings.iter().map(|mapping| mapping.channel().id());
    let help = match nearest(id, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("where {id} has no record at all, name a file with `[]`"),
    };
    Stop::Failed(format!("`--absent {}`: no `--view` is of {id}; {help}", absent.of))
}

/// A file of no bytes is an export where it is said what that means.
pub(crate) fn empty(args: &Reconcile, export: &Export) -> Empty {
    let is_said = args.absences.iter().any(|absent| {
        absent.of.channel == export.of.channel
            && (absent.of.record.is_none() || absent.of.record == export.of.record)
    });
    if is_said { Empty::Allowed } else { Empty::Refused }
}

/// The kinds of record that the exports of a system hold by their names; of an export whose records
/// are recognised only that it holds the orders, or what stands for them.
fn exported<'a>(args: &'a Reconcile, mapping: &'a Mapping) -> Vec<&'a str> {
    let of_system = || args.views.iter().filter(|it| it.of.channel == mapping.channel().id());
    let named = of_system().filter_map(|export| export.of.record.as_deref());
    let mut kinds: Vec<&str> = named.collect();
    if of_system().any(|export| export.of.record.is_none()) {
        let own = || mapping.records().iter().filter(|kind| kind.within().is_none());
        let orders = own().filter(|kind| kind.level() == Level::Order).map(RecordKind::name);
        kinds.extend(orders);
        if kinds.is_empty() {
            kinds.extend(own().map(RecordKind::name));
        }
    }
    kinds
}
