//! One set of command methods, two kinds of client: a blocking one and an async one.

use std::cell::RefCell;
use std::error::Error;
use std::future::Future;
use std::pin::{pin, Pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use cdp_heapprofiler::protocol::heap_profiler::{
    CollectGarbage, GetHeapObjectId, HeapProfilerCommands, StartSampling, StopSampling,
    TakeHeapSnapshot,
};
use cdp_heapprofiler::protocol::runtime::RuntimeCommands;
use cdp_heapprofiler::wire::Json;
use cdp_heapprofiler::{decode, encode_request, Client, Command, Envelope, ReplyError};

/// What can come of a call.
type CallError = Box<dyn Error + Send + Sync>;

/// Answers requests as a target would.
fn target(request: &str) -> String {
    let envelope = Envelope::decode(request).unwrap();
    let id = envelope.id.unwrap();
    match envelope.method.as_deref() {
        Some("HeapProfiler.getHeapObjectId") => {
            format!(r#"{{"id":{id},"result":{{"heapSnapshotObjectId":"81"}}}}"#)
        }
        Some("HeapProfiler.stopSampling") => format!(
            r#"{{"id":{id},"error":{{"code":-32000,"message":"V8 sampling heap profiler was not started."}}}}"#
        ),
        // As one target answers this: its reply is the request.
        Some("HeapProfiler.takeHeapSnapshot") => request.to_owned(),
        _ => format!(r#"{{"result":{{}},"id":{id}}}"#),
    }
}

fn open<C: Command>(reply: &str) -> Result<C::Returns, CallError> {
    let envelope = Envelope::decode(reply)?;
    match envelope.error {
        Some(error) => Err(error.into()),
        None => Ok(decode(envelope.result.unwrap_or("{}"))?),
    }
}

#[derive(Default)]
struct Blocking {
    sent: RefCell<Vec<String>>,
}

impl Client for Blocking {
    type Reply<'a, C: Command + 'a> = Result<C::Returns, CallError>;

    fn call<'a, C: Command + 'a>(&'a self, command: C) -> Self::Reply<'a, C> {
        let mut sent = self.sent.borrow_mut();
        let id = sent.len() as i64 + 1;
        let request = encode_request(id, None, &command)?;
        let reply = target(&request);
        sent.push(request);
        open::<C>(&reply)
    }
}

#[test]
fn a_blocking_client() {
    let client = Blocking::default();
    client
        .start_sampling(StartSampling::new().sampling_interval(1024.0))
        .unwrap();
    let returns = client
        .get_heap_object_id(GetHeapObjectId::new("-7.1.2"))
        .unwrap();
    assert_eq!(returns.heap_snapshot_object_id.as_str(), "81");
    client.take_heap_snapshot(TakeHeapSnapshot::new()).unwrap();
    let error = client.stop_sampling(StopSampling::new()).unwrap_err();
    assert_eq!(error.downcast::<ReplyError>().unwrap().code, -32000);
    assert_eq!(
        client.sent.into_inner(),
        [
            r#"{"id":1,"method":"HeapProfiler.startSampling","params":{"samplingInterval":1024.0}}"#,
            r#"{"id":2,"method":"HeapProfiler.getHeapObjectId","params":{"objectId":"-7.1.2"}}"#,
            r#"{"id":3,"method":"HeapProfiler.takeHeapSnapshot","params":{}}"#,
            r#"{"id":4,"method":"HeapProfiler.stopSampling","params":{}}"#,
        ]
    );
}

/// Answers a request when it is polled for the second time.
#[derive(Default)]
struct Async {
    sent: Arc<Mutex<Vec<String>>>,
}

impl Client for Async {
    type Reply<'a, C: Command + 'a> =
        Pin<Box<dyn Future<Output = Result<C::Returns, CallError>> + Send + 'a>>;

    fn call<'a, C: Command + 'a>(&'a self, command: C) -> Self::Reply<'a, C> {
        Box::pin(async move {
            let request = encode_request(1, Some("session"), &command)?;
            self.sent.lock().unwrap().push(request.clone());
            Yield(false).await;
            open::<C>(&target(&request))
        })
    }
}

struct Yield(bool);

impl Future for Yield {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

#[test]
fn an_async_client() {
    let client = Async::default();
    let sent = client.sent.clone();
    // On a thread of its own, so that the future has to be `Send`.
    let id = thread::spawn(move || {
        block_on(async move {
            client.collect_garbage(CollectGarbage::new()).await?;
            client
                .run_if_waiting_for_debugger(Default::default())
                .await?;
            let returns = client.get_heap_object_id(GetHeapObjectId::new("1")).await?;
            Ok::<_, CallError>(returns.heap_snapshot_object_id)
        })
    })
    .join()
    .unwrap()
    .unwrap();
    assert_eq!(id.as_str(), "81");
    assert_eq!(
        sent.lock().unwrap()[0],
        r#"{"id":1,"method":"HeapProfiler.collectGarbage","params":{},"sessionId":"session"}"#
    );
}

/// A command that the bindings do not have, with borrowed parameters.
struct SetName<'a> {
    name: &'a str,
}

impl cdp_heapprofiler::wire::Serialize for SetName<'_> {
    fn serialize<S: cdp_heapprofiler::wire::Serializer>(
        &self,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut object = cdp_heapprofiler::wire::ObjectWriter::new(serializer)?;
        object.required("name", self.name)?;
        object.end()
    }
}

impl Command for SetName<'_> {
    const METHOD: &'static str = "Own.setName";
    type Returns = Json;
}

#[test]
fn a_command_of_ones_own() {
    let client = Blocking::default();
    let name = String::from("borrowed");
    assert_eq!(client.call(SetName { name: &name }).unwrap().as_str(), "{}");
    assert_eq!(
        client.sent.into_inner(),
        [r#"{"id":1,"method":"Own.setName","params":{"name":"borrowed"}}"#]
    );
}
