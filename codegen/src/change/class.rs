//! The rules: what a change of a line means for those who use the item.
//!
//! They are those of cargo for compatibility, and what they leave open is decided
//! here:
//!
//! - A name that is new is minor, although a glob import or a trait in scope may make
//!   it ambiguous.
//! - A method more of a trait that is implemented for every client is minor: nobody
//!   else can implement that trait.
//! - What compiles and then fails is major all the same: a received member that is
//!   required now is missed in what older targets send, and a parameter that is held
//!   to a narrower range refuses calls that were answered.
//! - Whatever has the feature `mirror` may use what only the feature adds.

use std::cmp::Ordering;

use super::Class;
use super::line::{Kind, Line, Listing};

/// A class, and why as what the item is now.
pub(super) type Verdict = (Class, &'static str);

const NEW: Verdict = (Class::Minor, "new");
const GONE: Verdict = (Class::Major, "gone");

/// What it means that a line is new.
pub(super) fn added(line: &Line<'_>, old: &Listing<'_>) -> Verdict {
    let owner = old.item(line.owner());
    let exhaustive = owner.is_some_and(|owner| !owner.non_exhaustive);
    match line.kind {
        Kind::Field if exhaustive => (
            Class::Major,
            "new in a struct that others may make or take apart",
        ),
        Kind::Field if is_required(line) && old.decodes(line.owner()) => (
            Class::Major,
            "new and required: what targets send without it is refused",
        ),
        Kind::Variant if exhaustive => {
            (Class::Major, "new in an enum that others match to the last")
        }
        Kind::Function if is_open_trait(owner, old) => {
            (Class::Major, "new in a trait that others may implement")
        }
        Kind::Blanket if old.item(line.path).is_some() => {
            (Class::Major, "new: it may meet the impls of others")
        }
        Kind::Check if old.get(&field(line)).is_some() => {
            (Class::Major, "new: calls are refused that were sent")
        }
        _ => NEW,
    }
}

/// What it means that a line is gone.
pub(super) fn removed(line: &Line<'_>, new: &Listing<'_>) -> Verdict {
    match line.kind {
        Kind::Check if new.get(&field(line)).is_some() => {
            (Class::Minor, "gone: calls are sent that were refused")
        }
        _ => GONE,
    }
}

/// What it means that a line is another: the gravest of what changed in it.
pub(super) fn changed(old: &Line<'_>, new: &Line<'_>) -> Verdict {
    let body = (old.body != new.body).then(|| body(old, new));
    let mirror = switched(
        (old.mirror, new.mirror),
        (Class::Major, "there only with the feature `mirror` now"),
        (Class::Minor, "there without the feature `mirror` too"),
    );
    let exhaustive = switched(
        (old.non_exhaustive, new.non_exhaustive),
        (
            Class::Major,
            "`non_exhaustive` now: others may not make it or match it to the last",
        ),
        (Class::Minor, "`non_exhaustive` no more"),
    );
    let deprecated = switched(
        (old.deprecated, new.deprecated),
        (Class::Minor, "deprecated"),
        (Class::Patch, "deprecated no more"),
    );
    let found = [body, mirror, exhaustive, deprecated];
    let gravest = found.into_iter().flatten().max_by_key(|(class, _)| *class);
    gravest.unwrap_or((Class::Patch, "written in another way"))
}

fn switched((old, new): (bool, bool), on: Verdict, off: Verdict) -> Option<Verdict> {
    match (old, new) {
        (false, true) => Some(on),
        (true, false) => Some(off),
        _ => None,
    }
}

/// What it means that a type, arguments, bounds or a range are others.
fn body(old: &Line<'_>, new: &Line<'_>) -> Verdict {
    let why = match old.kind {
        Kind::Check => return range(old.body, new.body),
        Kind::Field => match (is_required(old), is_required(new)) {
            (true, false) => "an `Option` now",
            (false, true) => "no `Option` any more",
            _ => "of another type",
        },
        // Arguments are told apart by their places: a new name is a new meaning.
        Kind::Function => "of another signature",
        Kind::Variant => "of another content",
        Kind::Type => "another type",
        Kind::Trait => "held to other bounds",
        _ => "made of another type",
    };
    (Class::Major, why)
}

fn range(old: &str, new: &str) -> Verdict {
    let ((old_min, old_max), (new_min, new_max)) = (bounds(old), bounds(new));
    if is_beyond(new_min, old_min, Ordering::Greater) || is_beyond(new_max, old_max, Ordering::Less)
    {
        (Class::Major, "narrower: calls are refused that were sent")
    } else {
        (Class::Minor, "wider: calls are sent that were refused")
    }
}

/// The lowest and the highest of `: 1..=147`, if it has them.
fn bounds(body: &str) -> (Option<&str>, Option<&str>) {
    let range = body.trim_start_matches([':', ' ']);
    let (min, max) = range.split_once("..").unwrap_or((range, ""));
    let some = |bound: &'_ str| !bound.is_empty();
    let max = max.trim_start_matches('=');
    (
        Some(min).filter(|min| some(min)),
        Some(max).filter(|max| some(max)),
    )
}

/// Whether a bound is new or lies on that side of the old one.
fn is_beyond(new: Option<&str>, old: Option<&str>, side: Ordering) -> bool {
    let (Some(new), Some(old)) = (new, old) else {
        return new.is_some();
    };
    let order = match (new.parse::<i128>(), old.parse::<i128>()) {
        (Ok(new), Ok(old)) => Some(new.cmp(&old)),
        _ => match (new.parse::<f64>(), old.parse::<f64>()) {
            (Ok(new), Ok(old)) => new.partial_cmp(&old),
            _ => None,
        },
    };
    // What is no number may be anything.
    order.is_none_or(|order| order == side)
}

/// Whether a field has no `Option`.
fn is_required(line: &Line<'_>) -> bool {
    !line.body.starts_with(": Option<")
}

fn is_open_trait(owner: Option<&Line<'_>>, old: &Listing<'_>) -> bool {
    owner.is_some_and(|owner| owner.kind == Kind::Trait && !old.is_sealed(owner.path))
}

/// The key of the field that a range is of.
fn field(line: &Line<'_>) -> String {
    format!("pub field {}", line.path)
}
