//! The tables of a snapshot: what makes a row of each of them a good one.

use super::census::Census;
use super::layout::{Column, Kind, Layout, Section};
use super::rows::{Sink, Wrong};

/// The largest index into the strings that a table uses.
#[derive(Clone, Debug)]
pub(super) struct Highest {
    pub(super) index: u64,
    pub(super) section: Section,
    pub(super) row: u64,
    pub(super) column: String,
}

/// Tells whether a number is where a node begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct NodeIndex {
    /// Of the odd factor of a node's width, modulo 2^64.
    inverse: u64,
    /// The exponent of the other factor, which is a power of two.
    shift: u32,
    count: u64,
    width: u64,
}

impl NodeIndex {
    pub(super) fn new(layout: &Layout) -> Self {
        let width = layout.node_width() as u64;
        let shift = width.trailing_zeros();
        let odd = width >> shift;
        // Newton's method; the width itself is right in three bits, every step doubles
        // that.
        let mut inverse = odd;
        for _ in 0..5 {
            inverse = inverse.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(inverse)));
        }
        Self {
            inverse,
            shift,
            count: layout.node_count,
            width,
        }
    }

    /// Multiplying by the inverse divides, if there is no remainder; if there is one,
    /// the product is larger than any quotient.
    #[inline(always)]
    pub(super) fn holds(self, index: i64) -> bool {
        let quotient = (index as u64).wrapping_mul(self.inverse);
        quotient.rotate_right(self.shift) < self.count
    }

    #[cold]
    fn expected(self) -> String {
        format!(
            "a multiple of {} below {}",
            self.width,
            self.count.saturating_mul(self.width)
        )
    }
}

/// The table of a section that is neither nodes nor edges.
#[derive(Debug)]
pub(super) struct PlainTable {
    section: Section,
    columns: Vec<Column>,
    nodes: NodeIndex,
    limit: Option<u64>,
    rows: u64,
    highest: Option<(u64, u64, usize)>,
    pub(super) sums: Sums,
}

/// What the rows of `scopes` say of the tables after it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub(super) context_vars: u64,
    pub(super) uses: u64,
}

impl PlainTable {
    pub(super) fn new(section: Section, columns: &[Column], layout: &Layout) -> Self {
        let limit = match section {
            Section::TraceFunctionInfos => Some(layout.trace_function_count),
            _ => None,
        };
        Self {
            section,
            columns: columns.to_vec(),
            nodes: NodeIndex::new(layout),
            limit,
            rows: 0,
            highest: None,
            sums: Sums::default(),
        }
    }

    fn value(&mut self, index: usize, value: i64) -> Result<(), Wrong> {
        let column = &self.columns[index];
        match column.kind {
            Kind::String | Kind::Natural if value < 0 => {
                return Err(Wrong::value(index, "no negative number", value));
            }
            Kind::String => {
                let string = value as u64;
                if self.highest.map_or(true, |(highest, ..)| string > highest) {
                    self.highest = Some((string, self.rows, index));
                }
            }
            Kind::Node if !self.nodes.holds(value) => {
                return Err(Wrong::value(index, self.nodes.expected(), value));
            }
            Kind::MaybeNode if value >= 0 && !self.nodes.holds(value) => {
                return Err(Wrong::value(index, self.nodes.expected(), value));
            }
            _ => {}
        }
        let sum = match column.name.as_str() {
            "scope_context_vars_count" => &mut self.sums.context_vars,
            "scope_uses_count" => &mut self.sums.uses,
            _ => return Ok(()),
        };
        *sum = sum.saturating_add(value as u64);
        Ok(())
    }

    pub(super) fn highest(&self) -> Option<Highest> {
        let (index, row, column) = self.highest?;
        Some(Highest {
            index,
            section: self.section,
            row,
            column: self.columns[column].name.clone(),
        })
    }
}

impl Sink for PlainTable {
    fn row(&mut self, row: &[i64]) -> Result<(), Wrong> {
        within(self.limit, self.rows)?;
        for (index, value) in row.iter().enumerate() {
            self.value(index, *value)?;
        }
        self.rows += 1;
        Ok(())
    }

    fn column(&self, index: usize) -> Option<&str> {
        name(&self.columns, index)
    }
}

/// The table of the nodes.
#[derive(Debug)]
pub(super) struct NodeTable {
    columns: Vec<Column>,
    /// The largest value of every column.
    most: Vec<i64>,
    /// The columns that are indexes into the strings.
    strings: Vec<usize>,
    edge_count: usize,
    trace_node_id: Option<usize>,
    limit: u64,
    edges: u64,
    rows: u64,
    highest: Option<(i64, u64, usize)>,
    pub(super) highest_trace_node: i64,
    pub(super) census: Option<Census>,
}

impl NodeTable {
    pub(super) fn new(columns: &[Column], layout: &Layout, census: Option<Census>) -> Self {
        let most = columns.iter().map(|column| match &column.kind {
            Kind::Type(names) => names.len() as i64 - 1,
            _ => i64::MAX,
        });
        let is_string = |index: &usize| columns[*index].kind == Kind::String;
        Self {
            most: most.collect(),
            strings: (0..columns.len()).filter(is_string).collect(),
            edge_count: place(columns, "edge_count").unwrap_or_default(),
            trace_node_id: place(columns, "trace_node_id"),
            columns: columns.to_vec(),
            limit: layout.node_count,
            edges: 0,
            rows: 0,
            highest: None,
            highest_trace_node: 0,
            census,
        }
    }

    /// How many edges the nodes say that they have.
    pub(super) fn edges(&self) -> u64 {
        self.edges
    }

    pub(super) fn highest(&self) -> Option<Highest> {
        let (index, row, column) = self.highest?;
        Some(Highest {
            index: index as u64,
            section: Section::Nodes,
            row,
            column: self.columns[column].name.clone(),
        })
    }

    #[cold]
    fn out_of_bounds(&self, row: &[i64]) -> Wrong {
        let bounds = row.iter().zip(&self.most);
        let bad = |(value, most): (&i64, &i64)| *value < 0 || value > most;
        let index = bounds.into_iter().position(bad).unwrap_or_default();
        bound(index, row[index], self.most[index])
    }
}

impl Sink for NodeTable {
    #[inline(always)]
    fn row(&mut self, row: &[i64]) -> Result<(), Wrong> {
        within(Some(self.limit), self.rows)?;
        let mut good = true;
        for (value, most) in row.iter().zip(&self.most) {
            good &= *value >= 0 && value <= most;
        }
        if !good {
            return Err(self.out_of_bounds(row));
        }
        for column in &self.strings {
            let string = row[*column];
            if self.highest.map_or(true, |(highest, ..)| string > highest) {
                self.highest = Some((string, self.rows, *column));
            }
        }
        if let Some(column) = self.trace_node_id {
            self.highest_trace_node = self.highest_trace_node.max(row[column]);
        }
        self.edges = self.edges.saturating_add(row[self.edge_count] as u64);
        if let Some(census) = &mut self.census {
            census.node(row).map_err(|expected| Wrong {
                column: None,
                expected,
                found: "more".to_owned(),
            })?;
        }
        self.rows += 1;
        Ok(())
    }

    fn column(&self, index: usize) -> Option<&str> {
        name(&self.columns, index)
    }
}

/// The table of the edges.
#[derive(Debug)]
pub(super) struct EdgeTable {
    columns: Vec<Column>,
    nodes: NodeIndex,
    kind: usize,
    name: usize,
    to_node: usize,
    /// By type, whether the name is an index into the strings.
    named: Vec<bool>,
    limit: u64,
    rows: u64,
    /// The largest index into the strings and its row; -1 if there is none.
    highest: (i64, u64),
}

impl EdgeTable {
    pub(super) fn new(columns: &[Column], layout: &Layout) -> Self {
        let kind = place(columns, "type").unwrap_or_default();
        let named = match columns.get(kind).map(|column| &column.kind) {
            Some(Kind::Type(names)) => names.iter().map(|name| !is_indexed(name)).collect(),
            _ => Vec::new(),
        };
        Self {
            nodes: NodeIndex::new(layout),
            kind,
            name: place(columns, "name_or_index").unwrap_or_default(),
            to_node: place(columns, "to_node").unwrap_or_default(),
            named,
            limit: layout.edge_count,
            columns: columns.to_vec(),
            rows: 0,
            highest: (-1, 0),
        }
    }

    pub(super) fn highest(&self) -> Option<Highest> {
        let (index, row) = self.highest;
        Some(Highest {
            index: u64::try_from(index).ok()?,
            section: Section::Edges,
            row,
            column: self.columns[self.name].name.clone(),
        })
    }
}

/// Whether edges of this type have an index instead of a name.
fn is_indexed(edge_type: &str) -> bool {
    matches!(edge_type, "element" | "hidden")
}

impl Sink for EdgeTable {
    #[inline(always)]
    fn row(&mut self, row: &[i64]) -> Result<(), Wrong> {
        within(Some(self.limit), self.rows)?;
        let (kind, name, to_node) = (row[self.kind], row[self.name], row[self.to_node]);
        let Some(&named) = usize::try_from(kind).ok().and_then(|i| self.named.get(i)) else {
            return Err(bound(self.kind, kind, self.named.len() as i64 - 1));
        };
        if !self.nodes.holds(to_node) {
            return Err(Wrong::value(self.to_node, self.nodes.expected(), to_node));
        }
        if name < 0 {
            return Err(Wrong::value(self.name, "no negative number", name));
        }
        // One branch that is rarely taken, for two conditions of which one is a toss-up.
        if named & (name > self.highest.0) {
            self.highest = (name, self.rows);
        }
        self.rows += 1;
        Ok(())
    }

    fn column(&self, index: usize) -> Option<&str> {
        name(&self.columns, index)
    }
}

fn within(limit: Option<u64>, rows: u64) -> Result<(), Wrong> {
    match limit {
        Some(limit) if rows >= limit => Err(Wrong {
            column: None,
            expected: format!("{limit} rows"),
            found: "more".to_owned(),
        }),
        _ => Ok(()),
    }
}

#[cold]
fn bound(column: usize, value: i64, most: i64) -> Wrong {
    Wrong::value(column, format!("a number from 0 to {most}"), value)
}

fn name(columns: &[Column], index: usize) -> Option<&str> {
    columns.get(index).map(|column| column.name.as_str())
}

pub(super) fn place(columns: &[Column], name: &str) -> Option<usize> {
    columns.iter().position(|column| column.name == name)
}

#[cfg(test)]
mod tests {
    use super::NodeIndex;
    use crate::snapshot::layout::Layout;

    fn layout(width: usize, count: u64) -> Layout {
        let mut fields = vec!["type", "name", "self_size", "edge_count"];
        let more = ["a", "b", "c", "d", "e", "f", "g", "h"];
        fields.extend(&more[..width - fields.len()]);
        let mut types = vec![r#"["x"]"#, r#""string""#];
        types.resize(width, r#""number""#);
        let json = format!(
            r#"{{"meta":{{"node_fields":{fields:?},"node_types":[{}],
            "edge_fields":["type","name_or_index","to_node"],
            "edge_types":[["x"],"string_or_number","node"]}},
            "node_count":{count},"edge_count":0,"trace_function_count":0}}"#,
            types.join(",")
        );
        Layout::read(json.as_bytes()).unwrap()
    }

    #[test]
    fn a_node_begins_at_multiples_of_its_width_only() {
        for width in 4..=12 {
            for count in [0, 1, 2, 100, 1 << 40] {
                let nodes = NodeIndex::new(&layout(width, count));
                let end = count * width as u64;
                let around = |at: u64| at.saturating_sub(30)..at + 30;
                let places = around(0).chain(around(end)).chain(around(1 << 62));
                for index in places
                    .map(|index| index as i64)
                    .chain([-1, i64::MIN, i64::MAX])
                {
                    let holds = u64::try_from(index)
                        .is_ok_and(|index| index < end && index % width as u64 == 0);
                    assert_eq!(nodes.holds(index), holds, "{index} {width} {count}");
                }
            }
        }
    }
}
