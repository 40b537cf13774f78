//! The members of a message, name and value, as pieces of its text.

use crate::wire::skip;

/// Goes through the members of an object in the order in which they are written.
pub(super) struct Members<'a> {
    json: &'a str,
    at: usize,
    first: bool,
}

/// The names that a message is made of.
#[derive(Clone, Copy)]
pub(super) enum Known {
    Id,
    Method,
    Params,
    Result,
    Error,
    SessionId,
}

impl Known {
    /// Finds a name by its text.
    pub(super) fn find(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        let (_, known) = all.find(|(quoted, _)| quoted.trim_matches('"') == name)?;
        Some(known)
    }

    /// In quotes, the frequent ones first.
    const ALL: [(&'static str, Self); 6] = [
        (r#""method""#, Self::Method),
        (r#""params""#, Self::Params),
        (r#""id""#, Self::Id),
        (r#""result""#, Self::Result),
        (r#""sessionId""#, Self::SessionId),
        (r#""error""#, Self::Error),
    ];
}

/// A member of a message.
pub(super) struct Member<'a> {
    /// Its name in quotes, as it is written.
    pub(super) name: Piece<'a>,
    /// What that name is, if it could be told without reading its escapes.
    pub(super) known: Option<Known>,
    pub(super) value: Piece<'a>,
}

/// A piece of the message, and where it begins.
#[derive(Clone, Copy)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    /// Whether it is a string without escapes.
    pub(super) plain: bool,
}

impl<'a> Piece<'a> {
    /// What is between the quotes, if it is a string without escapes.
    #[inline]
    pub(super) fn plain_text(self) -> Option<&'a str> {
        if self.plain {
            self.text.get(1..self.text.len() - 1)
        } else {
            None
        }
    }
}

/// What is wrong with the skeleton of a message, and where.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) message: &'static str,
    pub(super) offset: usize,
}

const ENDS_TOO_EARLY: &str = "the text ends within the message";

impl<'a> Members<'a> {
    /// The members of an object, or `None` if the text does not begin with one.
    pub(super) fn of(json: &'a str) -> Option<Self> {
        let mut members = Self {
            json,
            at: 0,
            first: true,
        };
        members.skip_space();
        members.take(b'{').then_some(members)
    }

    /// The next member, or `None` if the object has ended, and the text with it.
    #[inline]
    pub(super) fn next(&mut self) -> Result<Option<Member<'a>>, Fault> {
        self.skip_space();
        if self.take(b'}') {
            return self.end().map(|()| None);
        }
        if !std::mem::take(&mut self.first) {
            if !self.take(b',') {
                return self.fault("expected `,` or `}`");
            }
            self.skip_space();
        }
        if self.peek() != Some(b'"') {
            return self.fault("expected the name of a member");
        }
        let (name, known) = self.name()?;
        self.skip_space();
        if !self.take(b':') {
            return self.fault("expected `:`");
        }
        self.skip_space();
        let value = self.value()?;
        Ok(Some(Member { name, known, value }))
    }

    fn end(&mut self) -> Result<(), Fault> {
        self.skip_space();
        match self.peek() {
            None => Ok(()),
            Some(_) => self.fault("trailing characters"),
        }
    }

    /// Most names are known, and then need no scan.
    #[inline]
    fn name(&mut self) -> Result<(Piece<'a>, Option<Known>), Fault> {
        let start = self.at;
        let rest = &self.json.as_bytes()[start..];
        for (text, known) in Known::ALL {
            if rest.starts_with(text.as_bytes()) {
                self.at += text.len();
                let plain = true;
                return Ok((Piece { text, start, plain }, Some(known)));
            }
        }
        Ok((self.value()?, None))
    }

    #[inline]
    fn value(&mut self) -> Result<Piece<'a>, Fault> {
        let start = self.at;
        let text = self.json.as_bytes();
        let mut plain = false;
        let end = match self.peek() {
            Some(b'"') => {
                let end = skip::plain_string(text, start);
                plain = end.is_some();
                end.or_else(|| skip::string(text, start))
            }
            Some(b'{' | b'[') => skip::nested(text, start),
            _ => Some(skip::scalar(text, start)),
        };
        let Some(end) = end else {
            self.at = text.len();
            return self.fault(ENDS_TOO_EARLY);
        };
        if end == start {
            return self.fault("expected a value");
        }
        self.at = end;
        let text = &self.json[start..end];
        Ok(Piece { text, start, plain })
    }

    fn peek(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(skip::is_space) {
            self.at += 1;
        }
    }

    #[cold]
    fn fault<T>(&self, expected: &'static str) -> Result<T, Fault> {
        let ends = self.at == self.json.len();
        Err(Fault {
            message: if ends { ENDS_TOO_EARLY } else { expected },
            offset: self.at,
        })
    }
}
