//! From an object to its id in heap snapshots, and back.

use super::snapshot::take;
use super::subject::{assert_refused, Subject};
use super::Outcome;
use cdp_heapprofiler::protocol::heap_profiler::{
    AddInspectedHeapObject, GetHeapObjectId, GetObjectByHeapObjectId, HeapProfilerCommands,
    TakeHeapSnapshot,
};
use cdp_heapprofiler::protocol::runtime::{GetProperties, RemoteObjectId, RuntimeCommands};
use serde_json::{json, Value};
use std::collections::BTreeMap;

/// An id that no object has.
const NOBODY: &str = "999999999";

/// A leaked object is found by its id, in a snapshot and in the target.
pub(super) fn leaked_object_is_found(subject: &Subject) -> Outcome<()> {
    let session = &subject.session;
    let remote = subject.object("orders[7]")?;
    let early = session.get_heap_object_id(GetHeapObjectId::new(remote.clone()))?;
    let early = early.heap_snapshot_object_id;
    assert_eq!(early.as_ref(), "0", "no snapshot has met the object");

    let taken = take(subject, TakeHeapSnapshot::new())?;
    assert_eq!(taken.progress, [], "progress that was not asked for");
    let snapshot = taken.read()?;
    let id = session.get_heap_object_id(GetHeapObjectId::new(remote))?;
    let id = id.heap_snapshot_object_id;
    let node = snapshot.object(id.as_ref().parse()?);
    assert_eq!(node, Some(("object", "LeakedOrder")));

    let command = GetObjectByHeapObjectId::new(id.clone()).object_group("leaks");
    let found = session.get_object_by_heap_object_id(command)?.result;
    assert_eq!(found.class_name.as_deref(), Some("LeakedOrder"));
    assert_eq!(found.description.as_deref(), Some("LeakedOrder"));
    let found = found.object_id.ok_or("it is not an object")?;
    let known = json!({"number": 7, "customer": "customer 7", "total": 17.5});
    assert_eq!(json!(properties(subject, &found)?), known);
    let again = session.get_heap_object_id(GetHeapObjectId::new(found))?;
    assert_eq!(again.heap_snapshot_object_id, id);

    // What is inspected is `$0` on the console.
    session.add_inspected_heap_object(AddInspectedHeapObject::new(id))?;
    let inspected = subject.evaluation("$0 === orders[7]");
    let inspected = subject.evaluated(inspected.include_command_line_api(true))?;
    assert_eq!(inspected.value.ok_or("no value")?.as_str(), "true");
    Ok(())
}

/// Ids that mean nothing are refused, each in its words.
pub(super) fn bad_ids_are_refused(subject: &Subject) -> Outcome<()> {
    let session = &subject.session;
    let invalid = "Invalid heap snapshot object id";
    let gone = "Object is not available";
    let get = |id: &str| session.get_object_by_heap_object_id(GetObjectByHeapObjectId::new(id));
    let add = |id: &str| session.add_inspected_heap_object(AddInspectedHeapObject::new(id));
    assert_refused(get("x"), invalid);
    assert_refused(get(NOBODY), gone);
    assert_refused(add("x"), invalid);
    assert_refused(add(NOBODY), gone);
    let remote = session.get_heap_object_id(GetHeapObjectId::new("x"));
    assert_refused(remote, "Invalid remote object id");
    Ok(())
}

/// The values of an object's own properties.
fn properties(subject: &Subject, id: &RemoteObjectId) -> Outcome<BTreeMap<String, Value>> {
    let command = GetProperties::new(id.clone()).own_properties(true);
    let mut values = BTreeMap::new();
    for property in subject.session.get_properties(command)?.result {
        let value = property.value.and_then(|object| object.value);
        let value = match value {
            Some(json) => serde_json::from_str(json.as_str())?,
            None => Value::Null,
        };
        // The prototype is listed by some.
        if property.enumerable {
            values.insert(property.name, value);
        }
    }
    Ok(values)
}
