//! Words of lists in documents: a code span each.

use crate::parse;
use crate::source::{Input, Role, Sources};

/// The code span that holds a word, if there is one.
pub(super) fn code_span(word: &str) -> Option<String> {
    let longest = word.len() + 1;
    let runs: Vec<usize> = word.split(|c| c != '`').map(str::len).collect();
    let ticks = (1..=longest).find(|length| !runs.contains(length))?;
    let ticks = "`".repeat(ticks);
    // A blank is taken off each side if there is one on both.
    let blank = |word: &str| word.starts_with(' ') && word.ends_with(' ');
    let padded = word.starts_with('`')
        || word.ends_with('`')
        || (blank(word) && word.len() > 2 && !word.trim().is_empty());
    let span = if padded {
        format!("{ticks} {word} {ticks}")
    } else {
        format!("{ticks}{word}{ticks}")
    };
    comes_back(&span, word).then_some(span)
}

/// Whether a word is the same when it is read: that is asked of the parser.
fn comes_back(span: &str, word: &str) -> bool {
    let document = format!("\n### domain: D\n\n#### type: D.T = string\n\n*enum*\n- {span}\n");
    let (sources, mut findings) = Sources::new(vec![Input {
        name: String::new(),
        role: Role::Base,
        bytes: document.into_bytes(),
    }]);
    let Some((id, source)) = sources.iter().next() else {
        return false;
    };
    let read = parse::parse(id, source, &mut findings).domain;
    let read = read.and_then(|domain| domain.types.into_iter().next());
    let literals = read.map(|item| item.literals).unwrap_or_default();
    findings.is_empty() && matches!(&literals[..], [literal] if literal.value == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_word_of_a_line_has_a_code_span() {
        for (word, span) in [
            ("word", "`word`"),
            ("two words", "`two words`"),
            ("a`b", "``a`b``"),
            ("`", "`` ` ``"),
            ("``a`", "``` ``a` ```"),
            (" ", "` `"),
            ("   ", "`   `"),
            (" a ", "`  a  `"),
            (" a", "` a`"),
            ("\\", "`\\`"),
            ("<b>&amp;*x*", "`<b>&amp;*x*`"),
            ("\t", "`\t`"),
            ("é\u{0}", "`é\u{0}`"),
        ] {
            assert_eq!(code_span(word).as_deref(), Some(span), "{word:?}");
        }
    }

    #[test]
    fn what_no_code_span_holds_has_none() {
        for word in ["", "a\nb", "a\rb", &"long".repeat(1000)] {
            assert_eq!(code_span(word), None, "{word:?}");
        }
    }
}
