//! What a snapshot says of itself: its counts, and what its columns mean.

use serde_json::{Map, Value};

use super::rows::MAX_WIDTH;

/// The parts of a snapshot that this reader knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Nodes,
    Edges,
    TraceFunctionInfos,
    TraceTree,
    Samples,
    Locations,
    Scopes,
    ScopeContextVars,
    ScopeUses,
    Strings,
}

impl Section {
    pub(super) const ALL: [Self; 10] = [
        Self::Nodes,
        Self::Edges,
        Self::TraceFunctionInfos,
        Self::TraceTree,
        Self::Samples,
        Self::Locations,
        Self::Scopes,
        Self::ScopeContextVars,
        Self::ScopeUses,
        Self::Strings,
    ];

    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Nodes => "nodes",
            Self::Edges => "edges",
            Self::TraceFunctionInfos => "trace_function_infos",
            Self::TraceTree => "trace_tree",
            Self::Samples => "samples",
            Self::Locations => "locations",
            Self::Scopes => "scopes",
            Self::ScopeContextVars => "scope_context_vars",
            Self::ScopeUses => "scope_uses",
            Self::Strings => "strings",
        }
    }

    /// The member of `meta` that names its columns.
    fn fields_key(self) -> Option<&'static str> {
        Some(match self {
            Self::Nodes => "node_fields",
            Self::Edges => "edge_fields",
            Self::TraceFunctionInfos => "trace_function_info_fields",
            Self::TraceTree => "trace_node_fields",
            Self::Samples => "sample_fields",
            Self::Locations => "location_fields",
            Self::Scopes => "scope_fields",
            Self::ScopeContextVars => "scope_context_var_fields",
            Self::ScopeUses => "scope_use_fields",
            Self::Strings => return None,
        })
    }
}

/// What the values of a column are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An integer.
    Integer,
    /// An integer that is not negative.
    Natural,
    /// An index into these names.
    Type(Vec<String>),
    /// An index into the strings.
    String,
    /// A number, or an index into the strings, as the type of the row wants it.
    StringOrNumber,
    /// Where a node begins in `nodes`.
    Node,
    /// The same, or something negative for none.
    MaybeNode,
    /// An index into the functions of traces.
    Function,
    /// Nested rows.
    Children,
}

#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// The columns of the sections, and the counts.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) node_count: u64,
    pub(super) edge_count: u64,
    pub(super) trace_function_count: u64,
    /// By section, in the order of `Section::ALL`.
    columns: [Option<Vec<Column>>; Section::ALL.len()],
}

impl Layout {
    /// Reads the value of `snapshot`. The error says what is beyond reading.
    pub(super) fn read(json: &[u8]) -> Result<Self, String> {
        let value: Value = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        let meta = value
            .get("meta")
            .and_then(Value::as_object)
            .ok_or("`snapshot` has no `meta`")?;
        let mut columns: [Option<Vec<Column>>; Section::ALL.len()] = Default::default();
        for section in Section::ALL {
            columns[section as usize] = section_columns(section, meta)?;
        }
        let layout = Self {
            node_count: count(&value, "node_count")?,
            edge_count: count(&value, "edge_count")?,
            trace_function_count: count(&value, "trace_function_count")?,
            columns,
        };
        layout.check()?;
        Ok(layout)
    }

    /// The columns of a section, if `meta` names them.
    pub(super) fn columns(&self, section: Section) -> Option<&[Column]> {
        self.columns[section as usize].as_deref()
    }

    /// Whether the snapshot must have the section.
    pub(super) fn promises(&self, section: Section) -> bool {
        section == Section::Strings || self.columns(section).is_some()
    }

    pub(super) fn node_width(&self) -> usize {
        self.columns(Section::Nodes).map_or(1, <[Column]>::len)
    }

    fn check(&self) -> Result<(), String> {
        self.require(Section::Nodes, &["type", "name", "self_size", "edge_count"])?;
        self.require(Section::Edges, &["type", "name_or_index", "to_node"])?;
        let width = self.node_width() as u64;
        match self.node_count.checked_mul(width) {
            Some(product) if i64::try_from(product).is_ok() => Ok(()),
            _ => Err(format!("{} nodes are too many", self.node_count)),
        }
    }

    fn require(&self, section: Section, names: &[&str]) -> Result<(), String> {
        let columns = self.columns(section).unwrap_or_default();
        let lacks = |name: &&&str| columns.iter().all(|column| column.name != **name);
        match names.iter().find(lacks) {
            Some(name) => Err(format!("`{}` have no column `{name}`", section.key())),
            None => Ok(()),
        }
    }
}

fn count(value: &Value, name: &str) -> Result<u64, String> {
    value
        .get(name)
        .and_then(Value::as_u64)
        .ok_or_else(|| format!("`snapshot` has no number `{name}`"))
}

fn section_columns(
    section: Section,
    meta: &Map<String, Value>,
) -> Result<Option<Vec<Column>>, String> {
    let Some(fields_key) = section.fields_key() else {
        return Ok(None);
    };
    let Some(fields) = meta.get(fields_key) else {
        return Ok(None);
    };
    let names = names(fields).ok_or_else(|| format!("`{fields_key}` is no array of names"))?;
    if names.is_empty() || names.len() > MAX_WIDTH {
        return Err(format!("`{fields_key}` has {} columns", names.len()));
    }
    let duplicate = |(index, name): (usize, &String)| names[..index].contains(name);
    if names.iter().enumerate().any(duplicate) {
        return Err(format!("`{fields_key}` has a name twice"));
    }
    let kinds = match section {
        Section::Nodes => typed(&names, "node_types", meta)?,
        Section::Edges => typed(&names, "edge_types", meta)?,
        _ => names.iter().map(|name| untyped(section, name)).collect(),
    };
    let columns = names.into_iter().zip(kinds);
    let columns: Vec<_> = columns.map(|(name, kind)| Column { name, kind }).collect();
    if section == Section::TraceTree && columns.iter().all(|c| c.kind != Kind::Children) {
        return Err(format!("`{fields_key}` has no `children`"));
    }
    Ok(Some(columns))
}

/// The kinds of columns that have types of their own in `meta`.
fn typed(
    columns: &[String],
    types_key: &str,
    meta: &Map<String, Value>,
) -> Result<Vec<Kind>, String> {
    let types = meta
        .get(types_key)
        .and_then(Value::as_array)
        // V8 of 2025 leaves the type of a column there that it has taken away.
        .filter(|types| types.len() >= columns.len())
        .ok_or_else(|| format!("`{types_key}` is no array with a type per column"))?;
    let kind = |(column, value): (&String, &Value)| {
        let kind = match value.as_str() {
            Some("number") => Kind::Natural,
            Some("string") => Kind::String,
            Some("string_or_number") => Kind::StringOrNumber,
            Some("node") => Kind::Node,
            Some(_) => Kind::Integer,
            None => Kind::Type(names(value).filter(|names| !names.is_empty())?),
        };
        // What they are is not left to `meta`: the reader counts with them.
        let is_type = matches!(kind, Kind::Type(_));
        let agrees = match column.as_str() {
            "type" => is_type,
            "name" => kind == Kind::String,
            "name_or_index" => kind == Kind::StringOrNumber,
            "to_node" => kind == Kind::Node,
            "self_size" | "edge_count" | "id" | "trace_node_id" => kind == Kind::Natural,
            _ => true,
        };
        agrees.then_some(kind)
    };
    let each = columns.iter().zip(types);
    each.map(|each| kind(each).ok_or_else(|| format!("`{types_key}` of `{}`", each.0)))
        .collect()
}

/// The kinds of columns that have no types in `meta` but names.
fn untyped(section: Section, column: &str) -> Kind {
    match (section, column) {
        (Section::TraceFunctionInfos, "name" | "script_name") => Kind::String,
        (Section::ScopeContextVars, "name") => Kind::String,
        (Section::TraceTree, "children") => Kind::Children,
        (Section::TraceTree, "function_info_index") => Kind::Function,
        (Section::TraceTree, "id") => Kind::Natural,
        (Section::Locations, "object_index") => Kind::Node,
        (Section::Locations, "script_object_index") => Kind::MaybeNode,
        (Section::Scopes, "script_node_index") => Kind::MaybeNode,
        (Section::Scopes, "scope_context_vars_count" | "scope_uses_count") => Kind::Natural,
        _ => Kind::Integer,
    }
}

fn names(value: &Value) -> Option<Vec<String>> {
    let names = value.as_array()?.iter();
    names.map(|name| name.as_str().map(str::to_owned)).collect()
}
