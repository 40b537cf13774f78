//! What the sections of a snapshot say of each other.

use super::census::{Census, Naming};
use super::fault::{Fault, Progress};
use super::layout::{Layout, Section};
use super::rows::Rows;
use super::strings::Strings;
use super::tables::{EdgeTable, Highest, NodeTable, PlainTable, Sums};
use super::tree::Tree;
use super::Facts;

/// A section on its way.
#[derive(Debug)]
pub(super) enum Table {
    Nodes(Rows, NodeTable),
    Edges(Rows, EdgeTable),
    Plain(Section, Rows, PlainTable),
    Tree(Tree),
    Strings(Strings),
}

impl Table {
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<Progress, Fault> {
        match self {
            Self::Nodes(rows, table) => rows.push(bytes, table),
            Self::Edges(rows, table) => rows.push(bytes, table),
            Self::Plain(_, rows, table) => rows.push(bytes, table),
            Self::Tree(tree) => tree.push(bytes),
            Self::Strings(strings) => strings.push(bytes),
        }
    }

    pub(super) fn section(&self) -> Section {
        match self {
            Self::Nodes(..) => Section::Nodes,
            Self::Edges(..) => Section::Edges,
            Self::Plain(section, ..) => *section,
            Self::Tree(_) => Section::TraceTree,
            Self::Strings(_) => Section::Strings,
        }
    }

    /// How many rows are complete.
    pub(super) fn rows(&self) -> u64 {
        match self {
            Self::Nodes(rows, _) | Self::Edges(rows, _) | Self::Plain(_, rows, _) => {
                rows.complete()
            }
            Self::Tree(tree) => tree.rows(),
            Self::Strings(strings) => strings.complete(),
        }
    }
}

/// What is known of the sections that have ended.
#[derive(Debug)]
pub(super) struct Ledger {
    layout: Option<Layout>,
    /// By section, in the order of `Section::ALL`, how many rows there are.
    rows: [Option<u64>; Section::ALL.len()],
    highest: Option<Highest>,
    highest_trace_node: u64,
    highest_trace_id: u64,
    sums: Sums,
    summarizes: bool,
    /// After the nodes, before the strings.
    census: Option<Census>,
    /// After the strings.
    naming: Option<Naming>,
    pub(super) unknown: Vec<String>,
}

impl Ledger {
    pub(super) fn new(summarizes: bool) -> Self {
        Self {
            layout: None,
            rows: Default::default(),
            highest: None,
            highest_trace_node: 0,
            highest_trace_id: 0,
            sums: Sums::default(),
            summarizes,
            census: None,
            naming: None,
            unknown: Vec::new(),
        }
    }

    pub(super) fn begin(&mut self, layout: Layout) {
        self.layout = Some(layout);
    }

    pub(super) fn has_begun(&self) -> bool {
        self.layout.is_some()
    }

    /// Opens a section.
    pub(super) fn table(&mut self, section: Section) -> Result<Table, Fault> {
        let Some(layout) = &self.layout else {
            return Err(Fault::unsupported(0, "it comes before `snapshot`"));
        };
        if self.rows[section as usize].is_some() {
            return Err(Fault::corrupt(0, "every section once", "the same again"));
        }
        if section == Section::Strings {
            let nodes_came = self.rows[Section::Nodes as usize].is_some();
            if self.summarizes && !nodes_came {
                let what = "to be summarized, it has to come after `nodes`";
                return Err(Fault::unsupported(0, what));
            }
            let naming = self.census.take().map(Census::into_naming);
            return Ok(Table::Strings(Strings::new(naming)));
        }
        let Some(columns) = layout.columns(section) else {
            let expected = "a section whose columns `meta` names";
            return Err(Fault::corrupt(0, expected, "another"));
        };
        let rows = Rows::new(columns.len());
        Ok(match section {
            Section::Nodes => {
                let census = self.summarizes.then(|| Census::new(columns));
                Table::Nodes(rows, NodeTable::new(columns, layout, census))
            }
            Section::Edges => Table::Edges(rows, EdgeTable::new(columns, layout)),
            Section::TraceTree => Table::Tree(Tree::new(columns, layout.trace_function_count)),
            _ => Table::Plain(section, rows, PlainTable::new(section, columns, layout)),
        })
    }

    /// Takes a section that has ended.
    pub(super) fn enter(&mut self, table: Table) -> Result<(), Fault> {
        let (section, rows) = (table.section(), table.rows());
        if let Some(stated) = self.stated(section) {
            if rows != stated {
                let expected = format!("{stated} rows");
                return Err(Fault::corrupt(0, expected, rows.to_string()).row(rows));
            }
        }
        self.rows[section as usize] = Some(rows);
        match table {
            Table::Nodes(_, nodes) => {
                self.check_edges_of(&nodes)?;
                self.raise(nodes.highest());
                self.highest_trace_node = u64::try_from(nodes.highest_trace_node).unwrap_or(0);
                self.census = nodes.census;
            }
            Table::Edges(_, edges) => self.raise(edges.highest()),
            Table::Plain(section, _, table) => {
                self.raise(table.highest());
                if section == Section::Scopes {
                    self.sums = table.sums;
                }
            }
            Table::Tree(tree) => {
                if !tree.is_complete() {
                    let expected = "trace nodes with the ids from 1 on";
                    let found = format!("{rows}, with ids up to {}", tree.highest_id());
                    return Err(Fault::corrupt(0, expected, found));
                }
                self.highest_trace_id = tree.highest_id();
            }
            Table::Strings(strings) => self.naming = strings.into_naming(),
        }
        Ok(())
    }

    fn check_edges_of(&self, nodes: &NodeTable) -> Result<(), Fault> {
        match self.stated(Section::Edges) {
            Some(stated) if stated != nodes.edges() => {
                let expected = format!("nodes with {stated} edges together");
                Err(Fault::corrupt(0, expected, nodes.edges().to_string()))
            }
            _ => Ok(()),
        }
    }

    fn raise(&mut self, other: Option<Highest>) {
        let index = |highest: &Option<Highest>| highest.as_ref().map(|highest| highest.index);
        if index(&other) > index(&self.highest) {
            self.highest = other;
        }
    }

    /// How many rows the snapshot says that a section has.
    fn stated(&self, section: Section) -> Option<u64> {
        let layout = self.layout.as_ref()?;
        match section {
            Section::Nodes => Some(layout.node_count),
            Section::Edges => Some(layout.edge_count),
            Section::TraceFunctionInfos => Some(layout.trace_function_count),
            _ => None,
        }
    }

    /// Whether a section has still to come.
    pub(super) fn lacks(&self, section: Section) -> bool {
        let promises = |layout: &Layout| layout.promises(section);
        self.rows[section as usize].is_none() && self.layout.as_ref().is_some_and(promises)
    }

    /// What has still to come of a section on its way.
    pub(super) fn rest_of(&self, table: &Table) -> String {
        let key = table.section().key();
        match self.stated(table.section()) {
            Some(stated) => {
                let rest = stated.saturating_sub(table.rows());
                format!("{rest} of {stated} rows of `{key}`")
            }
            None => format!("the rest of `{key}`"),
        }
    }

    /// Holds the sections against each other, at the end of the snapshot.
    pub(super) fn settle(&self) -> Result<(), Fault> {
        if self.layout.is_none() {
            return Err(Fault::corrupt(0, "`snapshot`", "none").key("snapshot"));
        }
        if let Some(section) = Section::ALL
            .into_iter()
            .find(|section| self.lacks(*section))
        {
            let expected = format!("`{}`, as `meta` says", section.key());
            return Err(Fault::corrupt(0, expected, "none").key(section.key()));
        }
        self.settle_strings()?;
        if self.highest_trace_node > self.highest_trace_id {
            let expected = format!("trace nodes up to the id {}", self.highest_trace_node);
            let found = format!("up to {}", self.highest_trace_id);
            return Err(Fault::corrupt(0, expected, found).key(Section::TraceTree.key()));
        }
        self.settle_sum(Section::ScopeContextVars, self.sums.context_vars)?;
        self.settle_sum(Section::ScopeUses, self.sums.uses)
    }

    fn settle_strings(&self) -> Result<(), Fault> {
        let strings = self.rows(Section::Strings);
        match &self.highest {
            Some(highest) if highest.index >= strings => {
                let expected = format!("an index below {strings}, the number of strings");
                Err(Fault::corrupt(0, expected, highest.index.to_string())
                    .key(highest.section.key())
                    .row(highest.row)
                    .column(Some(&highest.column)))
            }
            _ => Ok(()),
        }
    }

    /// Scopes say how many rows of other tables they own.
    fn settle_sum(&self, section: Section, sum: u64) -> Result<(), Fault> {
        let rows = self.rows(section);
        // What has no scopes has none of their rows either.
        if rows == sum {
            return Ok(());
        }
        let expected = format!("{sum} rows, as `scopes` say");
        Err(Fault::corrupt(0, expected, rows.to_string()).key(section.key()))
    }

    fn rows(&self, section: Section) -> u64 {
        self.rows[section as usize].unwrap_or_default()
    }

    /// What is known at the end.
    pub(super) fn facts(self, bytes: u64) -> Facts {
        let edges = self.rows(Section::Edges);
        Facts {
            bytes,
            nodes: self.rows(Section::Nodes),
            edges,
            strings: self.rows(Section::Strings),
            trace_functions: self.rows(Section::TraceFunctionInfos),
            trace_nodes: self.rows(Section::TraceTree),
            samples: self.rows(Section::Samples),
            locations: self.rows(Section::Locations),
            summary: self.naming.map(|naming| naming.finish(edges)),
            unknown: self.unknown,
        }
    }
}
