//! What a run says to a GitHub workflow: annotations by workflow commands, then
//! the text for people, in which nothing is taken for a command.

use cdp_codegen::{Diagnostic, Severity, Sources, Style};

use super::{Report, changes, human};
use crate::regenerate::{Comparison, Request, Verdict};
use crate::{Error, patch};

pub(super) fn regenerate(request: &Request, comparison: &Comparison, verdict: Verdict) -> Report {
    let mut stdout = String::new();
    for diagnostic in &comparison.diagnostics {
        stdout += &annotation(&comparison.sources, diagnostic);
    }
    if verdict == Verdict::Stale {
        stdout += &stale(request, comparison);
    }
    if let Some(verdict) = changes::verdict(&comparison.changes) {
        stdout += &command("notice", &[("title", "semver")], &verdict);
    }
    let people = human::regenerate(Style::Plain, request, comparison, verdict);
    stdout += &inert(&(people.stderr + &people.stdout));
    Report {
        stdout,
        stderr: String::new(),
    }
}

pub(super) fn error(error: &Error) -> Report {
    let mut message = error.message();
    if let Some(help) = error.help() {
        message += &format!("\nhelp: {help}");
    }
    Report {
        stdout: command("error", &[("title", "xtask")], &message),
        stderr: String::new(),
    }
}

fn annotation(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let span = diagnostic.primary.span;
    let source = sources.get(span.source);
    let (line, column) = source.position(span.start);
    let (end_line, end_column) = source.position(span.end);
    let kind = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let [line, column] = [line, column].map(|number| number.to_string());
    let [end_line, end_column] = [end_line, end_column].map(|number| number.to_string());
    let mut properties = vec![("file", source.name.as_str()), ("line", &line)];
    properties.push(("endLine", &end_line));
    // Columns of an annotation over several lines are refused.
    if line == end_line {
        properties.extend([("col", column.as_str()), ("endColumn", &end_column)]);
    }
    properties.push(("title", diagnostic.code));
    command(kind, &properties, &message(diagnostic))
}

fn message(diagnostic: &Diagnostic) -> String {
    let mut message = diagnostic.message.clone();
    if !diagnostic.primary.text.is_empty() {
        message += &format!("\n{}", diagnostic.primary.text);
    }
    if let Some(help) = &diagnostic.help {
        message += &format!("\nhelp: {help}");
    }
    message
}

fn stale(request: &Request, comparison: &Comparison) -> String {
    let mend = format!("run `{}`", request.mending_command());
    let mut text = String::new();
    for (path, change) in comparison.plan.iter().flat_map(|plan| &plan.changes) {
        let file = request.out.show(path);
        let line = patch::first_line(change).to_string();
        let properties = [("file", file.as_str()), ("line", &line), ("title", "stale")];
        let message = format!("`{file}` is not what the documents give; {mend}");
        text += &command("error", &properties, &message);
    }
    text
}

/// A workflow command. No value can end it, or be taken for another.
fn command(name: &str, properties: &[(&str, &str)], message: &str) -> String {
    let properties: Vec<_> = properties
        .iter()
        .map(|(key, value)| format!("{key}={}", escape(value, &[':', ','])))
        .collect();
    format!(
        "::{name} {}::{}\n",
        properties.join(","),
        escape(message, &[])
    )
}

/// Escapes what would end a value: `%`, line ends, and what else ends a value
/// in its place.
fn escape(text: &str, ends: &[char]) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '%' | '\r' | '\n') || ends.contains(&c) {
            escaped += &format!("%{:02X}", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// A text for the log in which no line is taken for a workflow command,
/// whatever documents and files say.
fn inert(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    // A run of the last letter that is longer than any in the text is not in it.
    let runs = text.split(|c| c != 'x').map(str::len);
    let token = format!("regenerate-{}", "x".repeat(1 + runs.max().unwrap_or(0)));
    let end = if text.ends_with('\n') { "" } else { "\n" };
    format!("::stop-commands::{token}\n{text}{end}::{token}::\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_ends_its_command() {
        let hostile = "a::b,c=d%0A\r\n::error::x";
        assert_eq!(
            command("error", &[("title", hostile), ("file", "x:1")], hostile),
            "::error title=a%3A%3Ab%2Cc=d%250A%0D%0A%3A%3Aerror%3A%3Ax,file=x%3A1\
             ::a::b,c=d%250A%0D%0A::error::x\n"
        );
    }

    #[test]
    fn text_for_people_cannot_switch_commands_on_again() {
        let text = inert("::error::x\n::regenerate-0::\n::error::y");
        assert_eq!(
            text,
            "::stop-commands::regenerate-xx\n::error::x\n::regenerate-0::\n::error::y\n\
             ::regenerate-xx::\n"
        );
        assert_eq!(inert(""), "");
    }
}
