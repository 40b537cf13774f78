//! A second, slow and simple way to say whether a snapshot is whole.

use serde_json::{Map, Value};

/// What of a snapshot no damage may change: how many rows each section has, and how
/// its references are made. `None` if they are not as they should be, in the slow
/// and simple way.
pub(crate) fn shape(text: &[u8]) -> Option<Vec<(String, usize)>> {
    let value: Value = serde_json::from_slice(text).ok()?;
    let snapshot = value.as_object()?;
    let header = snapshot.get("snapshot")?;
    let meta = header.get("meta")?;
    let strings = snapshot.get("strings")?.as_array()?;
    if !strings.iter().all(Value::is_string) {
        return None;
    }
    let width = |key: &str| Some(meta.get(key)?.as_array()?.len());

    let nodes = rows(snapshot, "nodes", width("node_fields")?)?;
    let edges = rows(snapshot, "edges", width("edge_fields")?)?;
    let edge_count = column(meta, "node_fields", "edge_count")?;
    let owned: i64 = nodes.iter().map(|row| row[edge_count]).sum();
    let stated = |key: &str| usize::try_from(header.get(key)?.as_u64()?).ok();
    let counted = nodes.len() == stated("node_count")?
        && edges.len() == stated("edge_count")?
        && owned == edges.len() as i64;
    let end = (nodes.len() * width("node_fields")?) as i64;
    let begins = |index: i64| {
        (0..end).contains(&index) && index % width("node_fields").unwrap_or(1) as i64 == 0
    };
    let is_string = |index: i64| (0..strings.len() as i64).contains(&index);
    let referred =
        edges.iter().all(|row| begins(row[2])) && nodes.iter().all(|row| is_string(row[1]));
    if !counted || !referred {
        return None;
    }

    let mut shape = vec![
        ("nodes".to_owned(), nodes.len()),
        ("edges".to_owned(), edges.len()),
        ("strings".to_owned(), strings.len()),
    ];
    for (key, fields) in [
        ("trace_function_infos", "trace_function_info_fields"),
        ("samples", "sample_fields"),
        ("locations", "location_fields"),
        ("scopes", "scope_fields"),
        ("scope_context_vars", "scope_context_var_fields"),
        ("scope_uses", "scope_use_fields"),
    ] {
        if let Some(width) = width(fields) {
            shape.push((key.to_owned(), rows(snapshot, key, width)?.len()));
        }
    }
    shape.push(("trace_tree".to_owned(), values(snapshot.get("trace_tree")?)));
    shape.push(("keys".to_owned(), snapshot.len()));
    Some(shape)
}

fn rows(snapshot: &Map<String, Value>, key: &str, width: usize) -> Option<Vec<Vec<i64>>> {
    let values = snapshot.get(key)?.as_array()?;
    let values: Option<Vec<i64>> = values.iter().map(integer).collect();
    let values = values?;
    let whole = values.len() % width == 0;
    whole.then(|| values.chunks(width).map(<[i64]>::to_vec).collect())
}

/// `-0` is an integer too.
fn integer(value: &Value) -> Option<i64> {
    let zero = value.as_f64() == Some(0.0);
    value.as_i64().or(zero.then_some(0))
}

fn column(meta: &Value, fields: &str, name: &str) -> Option<usize> {
    meta.get(fields)?
        .as_array()?
        .iter()
        .position(|field| field == name)
}

/// How many values there are within, arrays and their elements.
fn values(value: &Value) -> usize {
    let within = value.as_array().into_iter().flatten();
    1 + within.map(values).sum::<usize>()
}
