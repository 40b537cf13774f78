// Records a heap snapshot and a sampling profile of this Node, for the bench
// `frames`, which says what FILE is to be:
//
//     node benches/record.mjs FILE
//
// writes the frames of a session, one per line. It holds the session within its own
// process, so the frames have passed no socket; their escapes are the wire's, since
// the text of a snapshot is ASCII. It needs nothing but Node.

import { writeFileSync } from 'node:fs';
import inspector from 'node:inspector';

const FILE = process.argv[2];
if (!FILE) throw new Error('usage: node record.mjs FILE');

const session = new inspector.Session();
session.connect();
const call = (method, params) =>
  new Promise((resolve, reject) =>
    session.post(method, params, (error, result) => (error ? reject(error) : resolve(result))),
  );

const frames = [];
session.on('inspectorNotification', (message) => frames.push(JSON.stringify(message)));

let id = 0;
const callAndRecord = async (method, params) => {
  frames.push(JSON.stringify({ id: ++id, result: await call(method, params) }));
};

const kept = [];
const descend = (levels) => (levels === 0 ? allocate() : descend(levels - 1));
function allocate() {
  for (let at = 0; at < 5000; at++) kept.push({ at, list: new Array(64).fill(at) });
}

await callAndRecord('HeapProfiler.startSampling', { samplingInterval: 65536 });
descend(110);
await callAndRecord('HeapProfiler.stopSampling');
// Without progress: its events would run this script in the middle of the walk over the heap.
await callAndRecord('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
writeFileSync(FILE, frames.join('\n') + '\n');
console.log(`${FILE}: ${frames.length} frames of Node ${process.version}`);
