//! Changes as a unified diff that `git apply` takes.

use similar::TextDiff;

use crate::Place;
use crate::tree::{Change, Plan};

/// What a plan changes, file by file in the order of their paths, which begin
/// where [`Place::patch`] says. Bytes that are no text are shown as replacement
/// characters.
pub fn unified(plan: &Plan, out: &Place) -> String {
    let changes = plan.changes.iter();
    changes
        .map(|(path, change)| file(&out.patch(path), change))
        .collect()
}

/// The first line, counted from 1, in which a file is not as it should be.
pub fn first_line(change: &Change) -> usize {
    let newline = |byte: &u8| *byte == b'\n';
    let old = change.before().split(newline);
    let new = change.after().as_bytes().split(newline);
    1 + old.zip(new).take_while(|(old, new)| old == new).count()
}

fn file(path: &str, change: &Change) -> String {
    let (mut before, mut after) = (format!("a/{path}"), format!("b/{path}"));
    match change {
        Change::Create { .. } => before = "/dev/null".to_owned(),
        Change::Remove { .. } => after = "/dev/null".to_owned(),
        Change::Update { .. } => {}
    }
    let old = String::from_utf8_lossy(change.before());
    TextDiff::from_lines(old.as_ref(), change.after())
        .unified_diff()
        .header(&before, &after)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(change: Change) -> Plan {
        Plan {
            changes: [("a.rs".to_owned(), change)].into(),
            ..Plan::default()
        }
    }

    fn shown(change: Change) -> String {
        unified(&plan(change), &Place::given("out".into()))
    }

    #[test]
    fn every_kind_of_change_is_a_diff_of_its_own_kind() {
        let new = "a\nb\n".to_owned();
        assert_eq!(
            shown(Change::Create { new: new.clone() }),
            "--- /dev/null\n+++ b/out/a.rs\n@@ -0,0 +1,2 @@\n+a\n+b\n"
        );
        assert_eq!(
            shown(Change::Update {
                old: "a\n\u{e9}".into(),
                new
            }),
            "--- a/out/a.rs\n+++ b/out/a.rs\n@@ -1,2 +1,2 @@\n a\n-\u{e9}\n\\ No newline at end of file\n+b\n"
        );
        assert_eq!(
            shown(Change::Remove {
                old: b"\xff\n".into()
            }),
            "--- a/out/a.rs\n+++ /dev/null\n@@ -1 +0,0 @@\n-\u{fffd}\n"
        );
    }

    #[test]
    fn the_first_stale_line_is_found() {
        let line = |old: &str, new: &str| {
            let (old, new) = (old.into(), new.to_owned());
            first_line(&Change::Update { old, new })
        };
        assert_eq!(line("a\nb\nc\n", "a\nb\nx\n"), 3);
        assert_eq!(line("", "a\n"), 1);
        assert_eq!(line("a\n", "a\nb\n"), 2);
    }
}
