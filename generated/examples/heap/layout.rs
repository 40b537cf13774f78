//! Tables, and numbers as people read them.

use std::fmt::Write;

/// A table with a heading. Columns of numbers come first, and are right-aligned; then
/// those of text.
pub(crate) struct Table {
    numbers: usize,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with so many columns of numbers.
    pub(crate) fn new(numbers: usize, heading: &[&str]) -> Self {
        let heading = heading.iter().map(|&cell| cell.to_owned()).collect();
        Self {
            numbers,
            rows: vec![heading],
        }
    }

    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// The rows below the heading; nothing if there are none.
    pub(crate) fn print(&self) -> String {
        if self.rows.len() == 1 {
            return String::new();
        }
        let columns = self.rows[0].len();
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<_> = (0..columns).map(width).collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (column, (cell, &width)) in row.iter().zip(&widths).enumerate() {
                // Writing to a string does not fail.
                let _ = match column < self.numbers {
                    true => write!(line, "{cell:>width$}  "),
                    false => write!(line, "{cell:<width$}  "),
                };
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// A size, such as `1.5 MiB`.
pub(crate) fn size(bytes: u64) -> String {
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1024.0;
    let mut units = ["KiB", "MiB", "GiB", "TiB"].iter();
    let mut unit = units.next();
    while value >= 1023.95 {
        match units.next() {
            Some(next) => unit = Some(next),
            None => break,
        }
        value /= 1024.0;
    }
    format!("{value:.1} {}", unit.unwrap_or(&""))
}

/// A change of a size, such as `+1.5 MiB`.
pub(crate) fn size_change(bytes: i64) -> String {
    format!("{}{}", sign(bytes), size(bytes.unsigned_abs()))
}

/// A number with its thousands set apart.
pub(crate) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A change of a number, such as `+1,500`.
pub(crate) fn number_change(change: i64) -> String {
    format!("{}{}", sign(change), number(change.unsigned_abs()))
}

fn sign(change: i64) -> &'static str {
    match change {
        0 => "",
        1.. => "+",
        _ => "-",
    }
}

/// How many characters of a text are shown.
const SHOWN: usize = 100;

/// A text from a target on one line, cut if it is long.
pub(crate) fn plain(text: &str) -> String {
    let mut characters = text.chars();
    let shown = characters.by_ref().take(SHOWN);
    let mut line: String = shown
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if characters.next().is_some() {
        line.push('…');
    }
    line
}
