//! What targets send about sessions, as recorded from Chromium 156, Node 20 and Node
//! 26, the latter with `--experimental-worker-inspection`.

use cdp_heapprofiler::protocol::inspector::InspectorEvent;
use cdp_heapprofiler::protocol::node_worker::NodeWorkerEvent;
use cdp_heapprofiler::protocol::target::{GetTargetsReturns, TargetEvent};
use cdp_heapprofiler::protocol::AnyEvent;
use cdp_heapprofiler::{decode, Envelope};

fn event(frame: &str) -> AnyEvent {
    let envelope = Envelope::decode(frame).unwrap();
    AnyEvent::decode(&envelope.method.unwrap(), envelope.params).unwrap()
}

#[test]
fn a_session_of_chromium_begins_and_ends() {
    let frame = r#"{"method":"Target.attachedToTarget","params":{"sessionId":"CD2A27D019EE3C730A8BEF58EDDEFEF2","targetInfo":{"targetId":"C3E0806BD3DAF3E892B5844AF7AB3877","type":"page","title":"about:blank","url":"about:blank","attached":true,"canAccessOpener":false,"browserContextId":"11D707C1CBFA21752C787EA2C59BCB43"},"waitingForDebugger":false}}"#;
    let AnyEvent::Target(TargetEvent::AttachedToTarget(attached)) = event(frame) else {
        panic!("{frame}");
    };
    assert_eq!(attached.target_info.r#type, "page");
    assert_eq!(attached.target_info.can_access_opener, Some(false));
    assert!(!attached.waiting_for_debugger);

    let frame = r#"{"method":"Target.detachedFromTarget","params":{"sessionId":"CD2A27D019EE3C730A8BEF58EDDEFEF2","targetId":"C3E0806BD3DAF3E892B5844AF7AB3877"}}"#;
    let AnyEvent::Target(TargetEvent::DetachedFromTarget(detached)) = event(frame) else {
        panic!("{frame}");
    };
    assert_eq!(detached.session_id, attached.session_id);
}

#[test]
fn a_crash_of_chromium_is_told_twice() {
    let frame = r#"{"method":"Inspector.targetCrashed","params":{},"sessionId":"CD2A27D019EE3C730A8BEF58EDDEFEF2"}"#;
    let crashed = event(frame);
    assert!(
        matches!(
            crashed,
            AnyEvent::Inspector(InspectorEvent::TargetCrashed(_))
        ),
        "{crashed:?}"
    );
    let frame = r#"{"method":"Target.targetCrashed","params":{"targetId":"C3E0806BD3DAF3E892B5844AF7AB3877","status":"crashed","errorCode":5}}"#;
    let AnyEvent::Target(TargetEvent::TargetCrashed(crashed)) = event(frame) else {
        panic!("{frame}");
    };
    assert_eq!(
        (crashed.status.as_str(), crashed.error_code),
        ("crashed", 5)
    );

    let frame = r#"{"method":"Inspector.detached","params":{"reason":"Render process gone."},"sessionId":"CD2A27D019EE3C730A8BEF58EDDEFEF2"}"#;
    let AnyEvent::Inspector(InspectorEvent::Detached(detached)) = event(frame) else {
        panic!("{frame}");
    };
    assert_eq!(detached.reason, "Render process gone.");
}

#[test]
fn a_worker_of_node_is_attached_to_answers_and_goes() {
    let frame = r#"{"method":"NodeWorker.attachedToWorker","params":{"sessionId":"1","workerInfo":{"workerId":"1","type":"worker","title":"[worker 1] nm","url":""},"waitingForDebugger":false}}"#;
    let AnyEvent::NodeWorker(NodeWorkerEvent::AttachedToWorker(attached)) = event(frame) else {
        panic!("{frame}");
    };
    assert_eq!(attached.worker_info.title, "[worker 1] nm");

    let frame = r#"{"method":"NodeWorker.receivedMessageFromWorker","params":{"sessionId":"1","message":"{\"id\":1,\"result\":{\"usedSize\":5126048,\"totalSize\":9150464}}"}}"#;
    let AnyEvent::NodeWorker(NodeWorkerEvent::ReceivedMessageFromWorker(received)) = event(frame)
    else {
        panic!("{frame}");
    };
    assert_eq!(received.session_id, attached.session_id);
    let inner = Envelope::decode(&received.message).unwrap();
    assert_eq!(inner.id, Some(1));
    assert_eq!(
        inner.result,
        Some(r#"{"usedSize":5126048,"totalSize":9150464}"#)
    );

    let frame = r#"{"method":"NodeWorker.detachedFromWorker","params":{"sessionId":"1"}}"#;
    let AnyEvent::NodeWorker(NodeWorkerEvent::DetachedFromWorker(detached)) = event(frame) else {
        panic!("{frame}");
    };
    assert_eq!(detached.session_id, attached.session_id);
}

#[test]
fn node_has_targets_too() {
    let result = r#"{"targetInfos":[{"targetId":"1","type":"node_worker","title":"[worker 1] nm","url":"","attached":false,"canAccessOpener":true}]}"#;
    let targets: GetTargetsReturns = decode(result).unwrap();
    assert_eq!(targets.target_infos[0].r#type, "node_worker");

    let frame = r#"{"method":"Target.attachedToTarget","params":{"sessionId":"1","targetInfo":{"targetId":"1","type":"node_worker","title":"[worker 1] nm","url":"","attached":false,"canAccessOpener":true},"waitingForDebugger":true}}"#;
    let AnyEvent::Target(TargetEvent::AttachedToTarget(attached)) = event(frame) else {
        panic!("{frame}");
    };
    assert!(attached.waiting_for_debugger);
}
