//! What the parts of the reader say of a fault, without knowing where they stand.

/// What is wrong. The reader adds the offset and the key.
#[derive(Debug)]
pub(super) struct Fault {
    /// How many of the bytes that were pushed are before it.
    pub(super) at: usize,
    /// The top-level key, if it is another than the one on its way.
    pub(super) key: Option<&'static str>,
    pub(super) row: Option<u64>,
    pub(super) column: Option<String>,
    pub(super) kind: FaultKind,
}

#[derive(Debug)]
pub(super) enum FaultKind {
    Corrupt { expected: String, found: String },
    Unsupported(String),
}

impl Fault {
    #[cold]
    pub(super) fn corrupt(
        at: usize,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        Self::new(
            at,
            FaultKind::Corrupt {
                expected: expected.into(),
                found: found.into(),
            },
        )
    }

    #[cold]
    pub(super) fn byte(at: usize, expected: impl Into<String>, byte: u8) -> Self {
        Self::corrupt(at, expected, show(byte))
    }

    #[cold]
    pub(super) fn unsupported(at: usize, what: impl Into<String>) -> Self {
        Self::new(at, FaultKind::Unsupported(what.into()))
    }

    #[cold]
    pub(super) fn new(at: usize, kind: FaultKind) -> Self {
        Self {
            at,
            key: None,
            row: None,
            column: None,
            kind,
        }
    }

    #[cold]
    pub(super) fn key(mut self, key: &'static str) -> Self {
        self.key = Some(key);
        self
    }

    #[cold]
    pub(super) fn row(mut self, row: u64) -> Self {
        self.row = Some(row);
        self
    }

    #[cold]
    pub(super) fn column(mut self, column: Option<&str>) -> Self {
        self.column = column.map(str::to_owned);
        self
    }
}

fn show(byte: u8) -> String {
    match byte {
        b' '..=b'~' => format!("`{}`", char::from(byte)),
        _ => format!("the byte 0x{byte:02X}"),
    }
}

/// How far a part of the reader got with the bytes that were pushed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// It has taken them all and needs more.
    More,
    /// It is at its end, after this many of them.
    Done(usize),
}
