//! Prose -> rustdoc lines.
//!
//! A text of a document is plain text from a stranger, and rustdoc reads
//! markdown. What would act as markup is escaped, so that readers see what the
//! document says; the only markup that comes out is code spans, links of bare
//! URLs, and links to the items that a text names.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::invisible::{is_invisible, spell};
use crate::model::{DomainId, Protocol};
use crate::name::{Name, Names};

/// An item that texts may name.
struct Target<'a> {
    domain: DomainId,
    item: &'a Name,
    is_command: bool,
}

/// The items that texts may name, by domain and wire name.
pub(crate) struct Links<'a> {
    items: HashMap<(&'a str, &'a str), Target<'a>>,
    protocol: &'a Protocol,
    names: &'a Names,
}

impl<'a> Links<'a> {
    /// Everything that has a name in Rust. Where a domain has several items of
    /// one wire name, a text means the type rather than the command, and the
    /// command rather than the event.
    pub(crate) fn new(protocol: &'a Protocol, names: &'a Names) -> Self {
        let mut items = HashMap::new();
        for (index, (domain, its)) in protocol.domains.iter().zip(&names.domains).enumerate() {
            let types = domain.types.iter().map(|&id| {
                let name = &protocol.type_def(id).about.name;
                (name, &names.types[id.0].item, false)
            });
            let commands = domain.commands.iter().zip(&its.commands);
            let commands = commands.map(|(command, its)| (&command.about.name, &its.item, true));
            let events = domain.events.iter().zip(&its.events);
            let events = events.map(|(event, its)| (&event.about.name, &its.item, false));
            for (wire, item, is_command) in types.chain(commands).chain(events) {
                items
                    .entry((domain.about.name.as_str(), wire.as_str()))
                    .or_insert(Target {
                        domain: DomainId(index),
                        item,
                        is_command,
                    });
            }
        }
        Self {
            items,
            protocol,
            names,
        }
    }
}

/// Where a text is read: what it may leave unsaid, and what it is about.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    /// All that can be named.
    pub links: &'a Links<'a>,
    /// The domain whose items need no qualification.
    pub domain: DomainId,
    /// The item whose docs hold the text; it gets no link to itself.
    pub item: Option<&'a Name>,
}

impl Scope<'_> {
    /// The markdown for a command, if there is one of that name and it is another than
    /// the one that the docs are about.
    pub(crate) fn command(&self, domain: &str, wire: &str) -> Option<String> {
        let target = self.links.items.get(&(domain, wire))?;
        target.is_command.then_some(())?;
        self.link(&format!("{domain}.{wire}"))
    }

    /// The markdown for a mention of an item, if it is one.
    fn link(&self, mention: &str) -> Option<String> {
        let own = &self.links.protocol.domain(self.domain).about.name;
        let (domain, wire) = mention.split_once('.').unwrap_or((own, mention));
        let &Target {
            domain: id, item, ..
        } = self.links.items.get(&(domain, wire))?;
        if id != self.domain {
            // rustdoc takes a keyword for a name, but not `r#` for a part of one.
            let module = self.links.names.domains[id.0].module.plain();
            return Some(format!("[`{mention}`](super::{module}::{item})"));
        }
        if self.item == Some(item) {
            return None;
        }
        // rustdoc warns of a target that says what the text says already.
        Some(if item == mention {
            format!("[`{mention}`]")
        } else {
            format!("[`{mention}`]({item})")
        })
    }
}

/// The lines of a text as rustdoc is to read them; an empty line separates
/// paragraphs. No line ends in a blank, none holds a line break.
pub(crate) fn lines(text: &str, scope: Scope<'_>) -> Vec<String> {
    let text = visible(text);
    let mut out = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim).chain([""]) {
        if !line.is_empty() {
            paragraph.push(line);
        } else if !paragraph.is_empty() {
            if !out.is_empty() {
                out.push(String::new());
            }
            let inline = Inline::new(&paragraph.join("\n"), Some(scope)).run();
            out.extend(inline.lines().map(str::to_owned));
            paragraph.clear();
        }
    }
    out
}

/// One line of text as rustdoc is to read it, without links to items.
pub(crate) fn escaped(line: &str) -> String {
    Inline::new(line, None).run()
}

/// The text with everything that people would not see spelled out: `U+202E`.
/// Line breaks stay, tabs become blanks.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let plain = |byte| matches!(byte, b' '..=b'~' | b'\n');
    if text.bytes().all(plain) || !text.contains(|c| c != '\n' && is_invisible(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push(' '),
            '\n' => out.push(c),
            c if is_invisible(c) => spell(c, &mut out),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// One paragraph on its way. `text` has trimmed, visible lines.
struct Inline<'a> {
    text: &'a str,
    at: usize,
    out: String,
    /// Without one, nothing is a mention.
    scope: Option<Scope<'a>>,
    /// For each run of backticks the start of the next run of its length.
    closers: HashMap<usize, usize>,
}

impl<'a> Inline<'a> {
    fn new(text: &'a str, scope: Option<Scope<'a>>) -> Self {
        Self {
            text,
            at: 0,
            out: String::with_capacity(text.len()),
            scope,
            closers: closers(text),
        }
    }

    fn run(mut self) -> String {
        while let Some(c) = self.rest().chars().next() {
            if self.before().is_none_or(|before| before == '\n') {
                self.line_start();
            }
            self.step(c);
        }
        self.out
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    /// Copies this many bytes as they are.
    fn copy(&mut self, len: usize) {
        self.out.push_str(&self.text[self.at..self.at + len]);
        self.at += len;
    }

    fn escape(&mut self, len: usize) {
        for c in self.text[self.at..self.at + len].chars() {
            self.out.extend(['\\', c]);
        }
        self.at += len;
    }

    /// Disarms what only acts at the start of a line: headings, lists, quotes,
    /// rules, tables, underlines of headings.
    fn line_start(&mut self) {
        let line = self.rest().lines().next().unwrap_or_default();
        let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let blank_after = |len: usize| matches!(line.as_bytes().get(len), None | Some(b' '));
        let hashes = line.len() - line.trim_start_matches('#').len();
        let only = |set: &str| line.chars().all(|c| set.contains(c));
        let acts = match line.as_bytes().first() {
            Some(b'#') => hashes <= 6 && blank_after(hashes),
            Some(b'-') => blank_after(1) || only("-:| "),
            Some(b':' | b'|') => only("-:| "),
            Some(b'+' | b'*') => blank_after(1),
            Some(b'=') => only("="),
            Some(b'>') => true,
            _ => false,
        };
        if acts {
            self.escape(1);
        } else if (1..=9).contains(&digits)
            && matches!(line.as_bytes().get(digits), Some(b'.' | b')'))
            && blank_after(digits + 1)
        {
            self.copy(digits);
            self.escape(1);
        }
    }

    /// Takes in what begins with the next character, if there still is one:
    /// the start of the line may have used it up.
    fn step(&mut self, c: char) {
        let rest = self.rest();
        if !rest.starts_with(c) {
            return;
        }
        match c {
            '`' => self.backticks(),
            '\'' => self.quoted(),
            'A'..='Z' | 'a'..='z' => self.word(),
            '_' => self.underscores(),
            '*' | '~' if !self.stands_alone() => self.escape(1),
            '<' => self.angle(),
            '&' if is_entity(rest) => self.escape(1),
            '[' | '\\' => self.escape(1),
            _ => self.copy(c.len_utf8()),
        }
    }

    /// A code span if there is one; a mention of an item if it holds one.
    fn backticks(&mut self) {
        let run = run_of(self.rest(), '`');
        let Some(&close) = self.closers.get(&self.at) else {
            return self.escape(run);
        };
        let content = self.text[self.at + run..close].trim();
        let name = content.strip_suffix("()").unwrap_or(content);
        if mention(name) == name && self.link(name, close + run) {
            return;
        }
        // A line within a code span could still begin a list or a quote.
        let span = &self.text[self.at..close + run];
        self.out.push_str(&span.replace('\n', " "));
        self.at = close + run;
    }

    /// `'reportProgress'`: texts quote the names of items.
    fn quoted(&mut self) {
        let name = mention(&self.rest()[1..]);
        let end = self.at + 1 + name.len();
        if !(self.text[end..].starts_with('\'') && self.link(name, end + 1)) {
            self.copy(1);
        }
    }

    /// A word, a URL, or a mention of an item: one with its domain, or one that
    /// is no word of a language because a capital stands within.
    fn word(&mut self) {
        let rest = self.rest();
        // Most words are nothing but words.
        let small = rest.bytes().take_while(u8::is_ascii_lowercase).count();
        if small > 0 && matches!(rest.as_bytes().get(small), None | Some(b' ' | b',' | b'\n')) {
            return self.copy(small);
        }
        let word = &rest[..rest.len() - rest.trim_start_matches(is_word).len()];
        let word = word.trim_end_matches('_');
        let scheme = ["https", "http"]
            .into_iter()
            .find(|&scheme| word.ends_with(scheme));
        if let Some(scheme) = scheme
            && rest[word.len()..].starts_with("://")
        {
            self.copy(word.len() - scheme.len());
            return self.url();
        }
        let name = mention(rest);
        let telling = word.chars().skip(1).any(|c| c.is_ascii_uppercase());
        let linked = name.contains('.') && self.link(name, self.at + name.len())
            || telling && self.link(word, self.at + word.len());
        if !linked {
            self.copy(word.len());
        }
    }

    /// A URL in angle brackets, without the punctuation of its sentence.
    fn url(&mut self) {
        let rest = self.rest();
        let end = rest
            .find(|c: char| c.is_whitespace() || c.is_control() || "<>\"`".contains(c))
            .unwrap_or(rest.len());
        let url = &rest[..end];
        let closes = !url.contains(['(', '[']);
        let url = url.trim_end_matches(|c| ".,;:!?'*_".contains(c) || closes && ")]".contains(c));
        if url == "http://" || url == "https://" {
            return self.copy(url.len());
        }
        self.out.extend(["<", url, ">"]);
        self.at += url.len();
    }

    /// An opening angle bracket: in front of a URL it is what comes out anyway.
    fn angle(&mut self) {
        let inner = &self.rest()[1..];
        if inner.starts_with("http://") || inner.starts_with("https://") {
            let at = self.out.len();
            self.at += 1;
            self.url();
            if self.rest().starts_with('>') && self.out[at..].starts_with('<') {
                self.at += 1;
            } else {
                self.out.insert_str(at, "\\<");
            }
        } else if inner.chars().next().is_none_or(char::is_whitespace) {
            self.copy(1);
        } else {
            self.escape(1);
        }
    }

    /// Underscores within a word are part of it, others would emphasize.
    fn underscores(&mut self) {
        let run = run_of(self.rest(), '_');
        let after = self.rest()[run..].chars().next();
        let within = [self.before(), after]
            .into_iter()
            .all(|c| c.is_some_and(char::is_alphanumeric));
        if within {
            self.copy(run);
        } else {
            self.escape(run);
        }
    }

    /// Whether blanks stand on both sides of the next character.
    fn stands_alone(&self) -> bool {
        let after = self.rest().chars().nth(1);
        [self.before(), after]
            .into_iter()
            .all(|c| c.is_none_or(char::is_whitespace))
    }

    /// Writes the link of a name in place of the text up to `end`; `false` if
    /// nothing is called that, or if the name is a part of something else.
    fn link(&mut self, name: &str, end: usize) -> bool {
        let starts = self.before().is_none_or(|before| {
            before.is_whitespace() || matches!(before, '(' | '\'' | '"' | ',' | ':' | ';' | '=')
        });
        if !starts || self.out.ends_with(']') {
            return false;
        }
        let Some(link) = self.scope.and_then(|scope| scope.link(name)) else {
            return false;
        };
        self.out.push_str(&link);
        self.at = end;
        // `[x](` and `[x]:` would be other things than a link to x.
        if link.ends_with(']') && self.rest().starts_with(['(', ':']) {
            self.escape(1);
        }
        true
    }
}

/// For each run of backticks that a later one of the same length closes, where
/// that one starts.
fn closers(text: &str) -> HashMap<usize, usize> {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let len = run_of(&text[start..], '`');
        runs.push((start, len));
        at = start + len;
    }
    let mut closers = HashMap::new();
    let mut later = HashMap::new();
    for (start, len) in runs.into_iter().rev() {
        if let Some(close) = later.insert(len, start) {
            closers.insert(start, close);
        }
    }
    closers
}

/// How many bytes of the same character a text starts with.
fn run_of(text: &str, c: char) -> usize {
    text.len() - text.trim_start_matches(c).len()
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The name a text starts with, and a second one after a dot; may be empty.
fn mention(text: &str) -> &str {
    let name = |text: &str| match text.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => {
            text.len() - text.trim_start_matches(is_word).len()
        }
        _ => 0,
    };
    let first = name(text);
    let second = match text[first..].strip_prefix('.') {
        Some(rest) if first > 0 => name(rest),
        _ => 0,
    };
    let end = if second > 0 {
        first + 1 + second
    } else {
        first
    };
    &text[..end]
}

/// Whether a text starts with what markdown reads as a character reference. The
/// longest one has 33 characters.
fn is_entity(text: &str) -> bool {
    let body = text[1..].strip_prefix('#').unwrap_or(&text[1..]);
    let len = body
        .bytes()
        .take(40)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    len > 0 && body[len..].starts_with(';')
}

#[cfg(test)]
mod tests;
