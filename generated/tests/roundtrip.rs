//! Every definition there and back. The lists at the end must name all that
//! `api.txt` does, and the samples must hold all members: add a line when the
//! protocol grows.

#![cfg(feature = "mirror")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Debug, Display};

use cdp_heapprofiler::protocol::{
    heap_profiler, inspector, node_worker, runtime, target, AnyEvent,
};
use cdp_heapprofiler::wire::{Deserialize, Object, Read, Serialize, StringEnum};
use cdp_heapprofiler::{decode, encode, DecodeErrorKind, Event};
use serde_json::{Map, Value};

/// What the samples hold for a value of the type `any`.
const ANY: &str = r#"{"any":[null]}"#;

/// What the samples hold for an object of unknown members.
const OPEN: &str = r#"{"open":"x"}"#;

fn is_required<T: Object>(name: &str) -> bool {
    T::MEMBERS.contains(&(name, true))
}

fn parse(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

/// Reads a sample in every way that there is, and writes it again.
fn round_trip<T>(name: &str, sample: &str) -> T
where
    T: Read + Serialize + for<'de> Deserialize<'de> + PartialEq + Debug + Clone + Send + Sync,
{
    let value: T = decode(sample).unwrap_or_else(|error| panic!("{name}: {error}"));
    let text = encode(&value).unwrap();
    assert_eq!(parse(&text), parse(sample), "{name}");
    assert_eq!(decode::<T>(&text).unwrap(), value, "{name}");
    assert_eq!(serde_json::from_str::<T>(sample).unwrap(), value, "{name}");
    assert_eq!(
        serde_json::from_reader::<_, T>(sample.as_bytes()).unwrap(),
        value,
        "{name}"
    );
    assert_eq!(value.clone(), value);
    value
}

fn object<T>(name: &str, sample: &str)
where
    T: Object
        + Read
        + Serialize
        + for<'de> Deserialize<'de>
        + PartialEq
        + Debug
        + Clone
        + Send
        + Sync,
{
    let value: T = round_trip(name, sample);
    let members = match parse(sample) {
        Value::Object(members) => members,
        other => panic!("{name}: {other} is no object"),
    };
    for (member, _) in T::MEMBERS {
        assert!(members.contains_key(*member), "{name}.{member}");
    }
    for key in members.keys() {
        lack::<T>(name, &members, key);
    }
    let written: Vec<_> = members
        .iter()
        .map(|(key, value)| format!("{:?}:{value}", key))
        .collect();
    let reversed: Vec<_> = written.iter().rev().cloned().collect();
    let twice = [&written[..], &reversed[..]].concat();
    let with_unknown = [&[r#""noSuchMember":[{"a":1}]"#.to_owned()], &written[..]].concat();
    for texts in [reversed, twice, with_unknown] {
        let json = format!("{{{}}}", texts.join(","));
        assert_eq!(decode::<T>(&json).unwrap(), value, "{json}");
    }
}

/// Without a member, or with `null` in its place.
fn lack<T: Object + Read + PartialEq + Debug>(name: &str, members: &Map<String, Value>, key: &str) {
    let sample = members[key].to_string();
    let is_any = sample == ANY;
    let mut lacking = members.clone();
    lacking.remove(key);
    let without = decode::<T>(&Value::Object(lacking.clone()).to_string());
    lacking.insert(key.to_owned(), Value::Null);
    let with_null = decode::<T>(&Value::Object(lacking).to_string());
    if is_required::<T>(key) {
        let error = without.unwrap_err();
        assert!(
            matches!(error.kind(), DecodeErrorKind::MissingMember { member, .. } if *member == key),
            "{error}"
        );
        assert_eq!(error.type_name(), Some(T::NAME));
        assert!(
            error.to_string().contains(T::NAME) && error.to_string().contains(key),
            "{error}"
        );
        if !is_any && sample != OPEN {
            let error = with_null.unwrap_err();
            assert_eq!(
                (error.path().as_str(), error.type_name()),
                (key, Some(T::NAME))
            );
            assert!(error.message().contains("null"), "{error}");
        }
    } else if is_any {
        assert_ne!(with_null.unwrap(), without.unwrap(), "{name}.{key}");
    } else {
        assert_eq!(with_null.unwrap(), without.unwrap(), "{name}.{key}");
    }
}

fn literals<T>(name: &str)
where
    T: StringEnum + Read + Serialize + for<'de> Deserialize<'de> + PartialEq + Debug + Send + Sync,
    T: for<'a> From<&'a str> + From<String> + Display + AsRef<str>,
{
    let distinct: BTreeSet<_> = T::LITERALS.iter().map(|(literal, _)| literal).collect();
    assert_eq!(distinct.len(), T::LITERALS.len(), "{name}");
    for (literal, known) in T::LITERALS {
        let value: T = round_trip(name, &format!("{literal:?}"));
        assert_eq!((&value, value.as_str()), (known, *literal), "{name}");
        assert_eq!(
            value,
            T::unrecognized((*literal).to_owned()).to_string().into()
        );
        assert_eq!(value.as_ref(), *literal);
    }
    let unknown: T = round_trip(name, r#""not known \" yet""#);
    assert_eq!(unknown.as_str(), "not known \" yet");
    assert_eq!(unknown, T::unrecognized("not known \" yet".to_owned()));
    assert_eq!(unknown, T::from("not known \" yet"));
    assert_eq!(decode::<T>(r#""\ud800""#).unwrap().as_str(), "\u{FFFD}");
    assert_eq!(
        decode::<T>("7").unwrap_err().kind(),
        &DecodeErrorKind::Value
    );
}

fn event<T: Event>(name: &str) {
    let sample = SAMPLES.iter().find(|(known, _)| *known == name).unwrap().1;
    let event = AnyEvent::decode(T::METHOD, Some(sample)).unwrap();
    assert!(!matches!(event, AnyEvent::Unknown(_)), "{event:?}");
    assert_eq!(event.method(), T::METHOD);
    assert_eq!(
        AnyEvent::decode(T::METHOD, None).is_ok(),
        decode::<T>("{}").is_ok()
    );
}

const API: &str = include_str!("../api.txt");

/// The public structs and enums of `api.txt`, with the number of their fields.
fn api() -> BTreeMap<&'static str, usize> {
    let mut items = BTreeMap::new();
    for line in API.lines() {
        if let Some(item) = line
            .strip_prefix("pub struct ")
            .or(line.strip_prefix("pub enum "))
        {
            let end = item.find([' ', '(']).unwrap_or(item.len());
            items.entry(&item[..end]).or_insert(0);
        } else if let Some(field) = line.strip_prefix("pub field ") {
            let (path, _) = field.split_once(": ").unwrap();
            let (item, _) = path.rsplit_once("::").unwrap();
            *items.entry(item).or_insert(0) += 1;
        }
    }
    items
}

#[test]
fn the_lists_are_complete() {
    let api = api();
    assert!(
        api.len() > SAMPLES.len(),
        "api.txt is not as this test reads it"
    );
    let listed: BTreeSet<_> = SAMPLES.iter().map(|(name, _)| *name).chain(ENUMS).collect();
    let missing: Vec<_> = api
        .keys()
        .filter(|name| !listed.contains(*name))
        // The enums over events have no text of their own.
        .filter(|name| !API.contains(&format!("pub enum {name} #")) || !name.ends_with("Event"))
        .collect();
    assert!(
        missing.is_empty(),
        "add {missing:?} to the lists of this file: samples of structs, names of enums, events"
    );
    for (name, sample) in SAMPLES {
        let members = parse(sample).as_object().map_or(0, Map::len);
        assert_eq!(members, api[name], "the sample of {name} lacks a member");
    }
    let events = api.keys().filter(|name| name.ends_with("Event"));
    let events: Vec<_> = events.filter(|name| listed.contains(*name)).collect();
    assert_eq!(
        events.len(),
        EVENTS.len(),
        "an event is missing in the list"
    );
}

#[test]
fn events() {
    check_events();
}

#[test]
fn enums() {
    check_enums();
}

#[test]
fn objects() {
    check_objects();
}

#[test]
fn newtypes() {
    check_newtypes();
    let id: runtime::ScriptId = decode("82").unwrap();
    assert_eq!(id.as_str(), "82");
    assert_eq!(encode(&id).unwrap(), r#""82""#);
}

macro_rules! lists {
    (
        objects { $($Object:path => $object:literal,)* }
        newtypes { $($Newtype:path => $newtype:literal,)* }
        enums { $($Enum:path,)* }
        events { $($Event:path,)* }
    ) => {
        /// By name.
        const SAMPLES: &[(&str, &str)] = &[
            $((stringify!($Object), $object),)*
            $((stringify!($Newtype), $newtype),)*
        ];
        const ENUMS: [&str; [$(stringify!($Enum)),*].len()] = [$(stringify!($Enum)),*];
        const EVENTS: &[&str] = &[$(stringify!($Event)),*];

        fn check_objects() {
            $(object::<$Object>(stringify!($Object), $object);)*
        }

        fn check_newtypes() {
            $(let _: $Newtype = round_trip(stringify!($Newtype), $newtype);)*
        }

        fn check_enums() {
            $(literals::<$Enum>(stringify!($Enum));)*
        }

        fn check_events() {
            $(event::<$Event>(stringify!($Event));)*
        }
    };
}

lists! {
    objects {
        heap_profiler::AddHeapSnapshotChunkEvent => r#"{"chunk":"text é"}"#,
        heap_profiler::AddInspectedHeapObject => r#"{"heapObjectId":"12"}"#,
        heap_profiler::AddInspectedHeapObjectReturns => r#"{}"#,
        heap_profiler::CollectGarbage => r#"{}"#,
        heap_profiler::CollectGarbageReturns => r#"{}"#,
        heap_profiler::Disable => r#"{}"#,
        heap_profiler::DisableReturns => r#"{}"#,
        heap_profiler::Enable => r#"{}"#,
        heap_profiler::EnableReturns => r#"{}"#,
        heap_profiler::GetHeapObjectId => r#"{"objectId":"12"}"#,
        heap_profiler::GetHeapObjectIdReturns => r#"{"heapSnapshotObjectId":"12"}"#,
        heap_profiler::GetObjectByHeapObjectId => r#"{"objectId":"12","objectGroup":"text é"}"#,
        heap_profiler::GetObjectByHeapObjectIdReturns => r#"{"result":{"type":"bigint"}}"#,
        heap_profiler::GetSamplingProfile => r#"{}"#,
        heap_profiler::GetSamplingProfileReturns => r#"{"profile":{"head":{"callFrame":{"functionName":"text é","scriptId":"12","url":"text é","lineNumber":-3000000000,"columnNumber":-3000000000},"selfSize":0.1,"children":[]}}}"#,
        heap_profiler::HeapStatsUpdateEvent => r#"{"statsUpdate":[-3000000000]}"#,
        heap_profiler::LastSeenObjectIdEvent => r#"{"lastSeenObjectId":-3000000000,"timestamp":0.1}"#,
        heap_profiler::ReportHeapSnapshotProgressEvent => r#"{"done":-3000000000,"total":-3000000000,"finished":true}"#,
        heap_profiler::ResetProfilesEvent => r#"{}"#,
        heap_profiler::SamplingHeapProfile => r#"{"head":{"callFrame":{"functionName":"text é","scriptId":"12","url":"text é","lineNumber":-3000000000,"columnNumber":-3000000000},"selfSize":0.1,"children":[]},"samples":[{"size":0.1,"nodeId":-3000000000,"ordinal":0.1}]}"#,
        heap_profiler::SamplingHeapProfileNode => r#"{"callFrame":{"functionName":"text é","scriptId":"12","url":"text é","lineNumber":-3000000000,"columnNumber":-3000000000},"selfSize":0.1,"children":[{"callFrame":{"functionName":"text é","scriptId":"12","url":"text é","lineNumber":-3000000000,"columnNumber":-3000000000},"selfSize":0.1,"children":[]}],"id":-3000000000}"#,
        heap_profiler::SamplingHeapProfileSample => r#"{"size":0.1,"nodeId":-3000000000,"ordinal":0.1}"#,
        heap_profiler::StartSampling => r#"{"samplingInterval":0.1,"stackDepth":0.1,"includeObjectsCollectedByMajorGC":true,"includeObjectsCollectedByMinorGC":true}"#,
        heap_profiler::StartSamplingReturns => r#"{}"#,
        heap_profiler::StartTrackingHeapObjects => r#"{"trackAllocations":true}"#,
        heap_profiler::StartTrackingHeapObjectsReturns => r#"{}"#,
        heap_profiler::StopSampling => r#"{}"#,
        heap_profiler::StopSamplingReturns => r#"{"profile":{"head":{"callFrame":{"functionName":"text é","scriptId":"12","url":"text é","lineNumber":-3000000000,"columnNumber":-3000000000},"selfSize":0.1,"children":[]}}}"#,
        heap_profiler::StopTrackingHeapObjects => r#"{"reportProgress":true,"treatGlobalObjectsAsRoots":true,"captureNumericValue":true,"exposeInternals":true}"#,
        heap_profiler::StopTrackingHeapObjectsReturns => r#"{}"#,
        heap_profiler::TakeHeapSnapshot => r#"{"reportProgress":true,"treatGlobalObjectsAsRoots":true,"captureNumericValue":true,"exposeInternals":true}"#,
        heap_profiler::TakeHeapSnapshotReturns => r#"{}"#,
        inspector::DetachedEvent => r#"{"reason":"text é"}"#,
        inspector::Disable => r#"{}"#,
        inspector::DisableReturns => r#"{}"#,
        inspector::Enable => r#"{}"#,
        inspector::EnableReturns => r#"{}"#,
        inspector::TargetCrashedEvent => r#"{}"#,
        inspector::TargetReloadedAfterCrashEvent => r#"{}"#,
        node_worker::AttachedToWorkerEvent => r#"{"sessionId":"12","workerInfo":{"workerId":"12","type":"text é","title":"text é","url":"text é"},"waitingForDebugger":true}"#,
        node_worker::Detach => r#"{"sessionId":"12"}"#,
        node_worker::DetachReturns => r#"{}"#,
        node_worker::DetachedFromWorkerEvent => r#"{"sessionId":"12"}"#,
        node_worker::Disable => r#"{}"#,
        node_worker::DisableReturns => r#"{}"#,
        node_worker::Enable => r#"{"waitForDebuggerOnStart":true}"#,
        node_worker::EnableReturns => r#"{}"#,
        node_worker::ReceivedMessageFromWorkerEvent => r#"{"sessionId":"12","message":"text é"}"#,
        node_worker::SendMessageToWorker => r#"{"message":"text é","sessionId":"12"}"#,
        node_worker::SendMessageToWorkerReturns => r#"{}"#,
        node_worker::WorkerInfo => r#"{"workerId":"12","type":"text é","title":"text é","url":"text é"}"#,
        runtime::CallFrame => r#"{"functionName":"text é","scriptId":"12","url":"text é","lineNumber":-3000000000,"columnNumber":-3000000000}"#,
        runtime::CustomPreview => r#"{"header":"text é","bodyGetterId":"12","hasBody":true,"formatterObjectId":"12","bindRemoteObjectFunctionId":"12","configObjectId":"12"}"#,
        runtime::DeepSerializedValue => r#"{"type":"generator","value":{"any":[null]},"objectId":"text é","weakLocalObjectReference":-3000000000}"#,
        runtime::Disable => r#"{}"#,
        runtime::DisableReturns => r#"{}"#,
        runtime::Enable => r#"{}"#,
        runtime::EnableReturns => r#"{}"#,
        runtime::EntryPreview => r#"{"key":{"type":"bigint","overflow":true,"properties":[]},"value":{"type":"bigint","overflow":true,"properties":[]}}"#,
        runtime::Evaluate => r#"{"expression":"text é","objectGroup":"text é","includeCommandLineAPI":true,"silent":true,"contextId":7,"returnByValue":true,"generatePreview":true,"userGesture":true,"awaitPromise":true,"throwOnSideEffect":true,"timeout":0.1,"disableBreaks":true,"replMode":true,"allowUnsafeEvalBlockedByCSP":true,"uniqueContextId":"text é","serializationOptions":{"serialization":"idOnly"},"generateWebDriverValue":true}"#,
        runtime::EvaluateReturns => r#"{"result":{"type":"bigint"},"exceptionDetails":{"exceptionId":-3000000000,"text":"text é","lineNumber":-3000000000,"columnNumber":-3000000000}}"#,
        runtime::ExceptionDetails => r#"{"exceptionId":-3000000000,"text":"text é","lineNumber":-3000000000,"columnNumber":-3000000000,"scriptId":"12","url":"text é","stackTrace":{"callFrames":[]},"exception":{"type":"bigint"},"executionContextId":7,"exceptionMetaData":{"open":"x"}}"#,
        runtime::ExecutionContextCreatedEvent => r#"{"context":{"id":7,"origin":"text é","name":"text é"}}"#,
        runtime::ExecutionContextDescription => r#"{"id":7,"origin":"text é","name":"text é","uniqueId":"text é","auxData":{"open":"x"}}"#,
        runtime::ExecutionContextDestroyedEvent => r#"{"executionContextId":7,"executionContextUniqueId":"text é"}"#,
        runtime::ExecutionContextsClearedEvent => r#"{}"#,
        runtime::GetHeapUsage => r#"{}"#,
        runtime::GetHeapUsageReturns => r#"{"usedSize":0.1,"totalSize":0.1,"embedderHeapUsedSize":0.1,"backingStorageSize":0.1}"#,
        runtime::GetProperties => r#"{"objectId":"12","ownProperties":true,"accessorPropertiesOnly":true,"generatePreview":true,"nonIndexedPropertiesOnly":true}"#,
        runtime::GetPropertiesReturns => r#"{"result":[{"name":"text é","configurable":true,"enumerable":true}],"internalProperties":[{"name":"text é"}],"privateProperties":[{"name":"text é"}],"exceptionDetails":{"exceptionId":-3000000000,"text":"text é","lineNumber":-3000000000,"columnNumber":-3000000000}}"#,
        runtime::InternalPropertyDescriptor => r#"{"name":"text é","value":{"type":"bigint"}}"#,
        runtime::ObjectPreview => r#"{"type":"bigint","subtype":"trustedtype","description":"text é","overflow":true,"properties":[{"name":"text é","type":"bigint"}],"entries":[{"value":{"type":"bigint","overflow":true,"properties":[]}}]}"#,
        runtime::PrivatePropertyDescriptor => r#"{"name":"text é","value":{"type":"bigint"},"get":{"type":"bigint"},"set":{"type":"bigint"}}"#,
        runtime::PropertyDescriptor => r#"{"name":"text é","value":{"type":"bigint"},"writable":true,"get":{"type":"bigint"},"set":{"type":"bigint"},"configurable":true,"enumerable":true,"wasThrown":true,"isOwn":true,"symbol":{"type":"bigint"}}"#,
        runtime::PropertyPreview => r#"{"name":"text é","type":"bigint","value":"text é","valuePreview":{"type":"bigint","overflow":true,"properties":[]},"subtype":"trustedtype"}"#,
        runtime::ReleaseObject => r#"{"objectId":"12"}"#,
        runtime::ReleaseObjectGroup => r#"{"objectGroup":"text é"}"#,
        runtime::ReleaseObjectGroupReturns => r#"{}"#,
        runtime::ReleaseObjectReturns => r#"{}"#,
        runtime::RemoteObject => r#"{"type":"bigint","subtype":"trustedtype","className":"text é","value":{"any":[null]},"unserializableValue":"12","description":"text é","deepSerializedValue":{"type":"generator"},"webDriverValue":{"type":"window"},"objectId":"12","preview":{"type":"bigint","overflow":true,"properties":[]},"customPreview":{"header":"text é"}}"#,
        runtime::RunIfWaitingForDebugger => r#"{}"#,
        runtime::RunIfWaitingForDebuggerReturns => r#"{}"#,
        runtime::SerializationOptions => r#"{"serialization":"idOnly","maxDepth":-3000000000,"additionalParameters":{"open":"x"}}"#,
        runtime::StackTrace => r#"{"description":"text é","callFrames":[{"functionName":"text é","scriptId":"12","url":"text é","lineNumber":-3000000000,"columnNumber":-3000000000}],"parent":{"callFrames":[]},"parentId":{"id":"text é"}}"#,
        runtime::StackTraceId => r#"{"id":"text é","debuggerId":"12"}"#,
        runtime::WebDriverValue => r#"{"type":"window","value":{"any":[null]},"objectId":"text é"}"#,
        target::AttachToTarget => r#"{"targetId":"12","flatten":true}"#,
        target::AttachToTargetReturns => r#"{"sessionId":"12"}"#,
        target::AttachedToTargetEvent => r#"{"sessionId":"12","targetInfo":{"targetId":"12","type":"text é","title":"text é","url":"text é","attached":true},"waitingForDebugger":true}"#,
        target::CloseTarget => r#"{"targetId":"12"}"#,
        target::CloseTargetReturns => r#"{"success":true}"#,
        target::CreateTarget => r#"{"url":"text é","newWindow":true,"background":true}"#,
        target::CreateTargetReturns => r#"{"targetId":"12"}"#,
        target::DetachFromTarget => r#"{"sessionId":"12","targetId":"12"}"#,
        target::DetachFromTargetReturns => r#"{}"#,
        target::DetachedFromTargetEvent => r#"{"sessionId":"12","targetId":"12"}"#,
        target::FilterEntry => r#"{"exclude":true,"type":"text é"}"#,
        target::GetTargets => r#"{"filter":[{"exclude":true,"type":"text é"}]}"#,
        target::GetTargetsReturns => r#"{"targetInfos":[{"targetId":"12","type":"text é","title":"text é","url":"text é","attached":true}]}"#,
        target::SetAutoAttach => r#"{"autoAttach":true,"waitForDebuggerOnStart":true,"flatten":true,"filter":[{"exclude":true,"type":"text é"}]}"#,
        target::SetAutoAttachReturns => r#"{}"#,
        target::SetDiscoverTargets => r#"{"discover":true,"filter":[{"exclude":true,"type":"text é"}]}"#,
        target::SetDiscoverTargetsReturns => r#"{}"#,
        target::TargetCrashedEvent => r#"{"targetId":"12","status":"text é","errorCode":-3000000000}"#,
        target::TargetCreatedEvent => r#"{"targetInfo":{"targetId":"12","type":"text é","title":"text é","url":"text é","attached":true}}"#,
        target::TargetDestroyedEvent => r#"{"targetId":"12"}"#,
        target::TargetInfo => r#"{"targetId":"12","type":"text é","title":"text é","url":"text é","attached":true,"parentId":"12","openerId":"12","canAccessOpener":true,"openerFrameId":"text é","parentFrameId":"text é","browserContextId":"text é","subtype":"text é","embedderData":{"open":"x"}}"#,
        target::TargetInfoChangedEvent => r#"{"targetInfo":{"targetId":"12","type":"text é","title":"text é","url":"text é","attached":true}}"#,
    }
    newtypes {
        heap_profiler::HeapSnapshotObjectId => r#""12""#,
        node_worker::SessionId => r#""12""#,
        node_worker::WorkerId => r#""12""#,
        runtime::ExecutionContextId => r#"7"#,
        runtime::RemoteObjectId => r#""12""#,
        runtime::ScriptId => r#""12""#,
        runtime::TimeDelta => r#"0.5"#,
        runtime::UniqueDebuggerId => r#""12""#,
        runtime::UnserializableValue => r#""12""#,
        target::SessionId => r#""12""#,
        target::TargetFilter => r#"[{"exclude":true,"type":"text é"}]"#,
        target::TargetId => r#""12""#,
    }
    enums {
        runtime::DeepSerializedValueType,
        runtime::ObjectPreviewSubtype,
        runtime::ObjectPreviewType,
        runtime::PropertyPreviewSubtype,
        runtime::PropertyPreviewType,
        runtime::RemoteObjectSubtype,
        runtime::RemoteObjectType,
        runtime::SerializationOptionsSerialization,
        runtime::WebDriverValueType,
    }
    events {
        heap_profiler::AddHeapSnapshotChunkEvent,
        heap_profiler::HeapStatsUpdateEvent,
        heap_profiler::LastSeenObjectIdEvent,
        heap_profiler::ReportHeapSnapshotProgressEvent,
        heap_profiler::ResetProfilesEvent,
        inspector::DetachedEvent,
        inspector::TargetCrashedEvent,
        inspector::TargetReloadedAfterCrashEvent,
        node_worker::AttachedToWorkerEvent,
        node_worker::DetachedFromWorkerEvent,
        node_worker::ReceivedMessageFromWorkerEvent,
        runtime::ExecutionContextCreatedEvent,
        runtime::ExecutionContextDestroyedEvent,
        runtime::ExecutionContextsClearedEvent,
        target::AttachedToTargetEvent,
        target::DetachedFromTargetEvent,
        target::TargetCrashedEvent,
        target::TargetCreatedEvent,
        target::TargetDestroyedEvent,
        target::TargetInfoChangedEvent,
    }
}
