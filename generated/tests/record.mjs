// Records what a real Node says, for `recorded.rs`:
//
//     node tests/record.mjs [NODE]
//
// starts NODE (by default, the one that runs this script) under its inspector once
// per scenario, talks to it, and writes `frames/SCENARIO.jsonl`: a frame per line,
// as it was on the wire, in the order in which they passed. A frame with an `id` and
// a `method` was sent, any other was received. To keep the files small, chunks of
// snapshots are cut to their first 96 characters, most of them are left out, and so
// are most samples of a profile. It needs nothing but Node.

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { homedir } from 'node:os';

const NODE = process.argv[2] ?? process.execPath;
const OUT = new URL('./frames/', import.meta.url);
const CHUNK_LENGTH = 96;
const CHUNKS_AT_EACH_END = 2;
const SAMPLES = 8;

// Started with `-e`, so that no frame holds the path of a file.
const TARGET = `
  global.kept = [];
  global.allocate = function allocate(n) { for (let i = 0; i < n; i++) kept.push(new Array(64).fill(i)); };
  global.descend = function descend(n) { if (n === 0) allocate(2000); else descend(n - 1); };
  global.shape = { number: 7, text: 'seven', nested: { list: [1, 2, 3], map: new Map([['key', { a: 1 }]]) } };
  setInterval(() => {}, 1000);
  console.log('ready');
`;

const scenarios = {
  async sampling({ call }) {
    await call('HeapProfiler.enable');
    await call('HeapProfiler.startSampling', { samplingInterval: 65536 });
    await call('Runtime.evaluate', { expression: 'allocate(5000)' });
    await call('HeapProfiler.getSamplingProfile');
    await call('HeapProfiler.stopSampling');
    await call('HeapProfiler.disable');
  },

  async deep({ call }) {
    await call('HeapProfiler.startSampling', {
      samplingInterval: 65536,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: false,
    });
    await call('Runtime.evaluate', { expression: 'descend(110)' });
    await call('HeapProfiler.stopSampling');
  },

  async snapshot({ call }) {
    await call('HeapProfiler.takeHeapSnapshot', { reportProgress: true, captureNumericValue: true });
    await call('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  },

  async tracking({ call, events }) {
    await call('HeapProfiler.startTrackingHeapObjects', { trackAllocations: true });
    await call('Runtime.evaluate', { expression: 'allocate(3000)' });
    await events('HeapProfiler.lastSeenObjectId', 3);
    await call('HeapProfiler.stopTrackingHeapObjects', { reportProgress: true });
    await call('HeapProfiler.stopTrackingHeapObjects');
  },

  async objects({ call }) {
    // Objects have ids only while they are tracked, or once a snapshot was taken.
    await call('HeapProfiler.startTrackingHeapObjects');
    const { result } = await call('Runtime.evaluate', { expression: 'shape', objectGroup: 'group', generatePreview: true });
    const { heapSnapshotObjectId } = await call('HeapProfiler.getHeapObjectId', { objectId: result.objectId });
    await call('HeapProfiler.getObjectByHeapObjectId', { objectId: heapSnapshotObjectId, objectGroup: 'group' });
    await call('HeapProfiler.addInspectedHeapObject', { heapObjectId: heapSnapshotObjectId });
    await call('Runtime.getProperties', { objectId: result.objectId, ownProperties: true, generatePreview: true });
    await call('Runtime.releaseObject', { objectId: result.objectId });
    await call('Runtime.releaseObjectGroup', { objectGroup: 'group' });
    await call('Runtime.getHeapUsage');
    await call('HeapProfiler.collectGarbage');
    await call('HeapProfiler.disable');
    await call('Runtime.runIfWaitingForDebugger');
    await call('Runtime.disable');
  },

  async values({ call }) {
    for (const expression of [
      'undefined', 'null', 'true', '0.1', '-0', '2n ** 70n', "'text'", "'lone \\ud800 pair \\ud83d\\ude00'",
      "Symbol('s')", '/r/g', 'new Date(0)', "({ [Symbol.toStringTag]: '\\udc00' })", 'new Map([[1, 2]])',
      'new WeakRef({})', 'new Proxy({}, {})', '(function* () {})()', 'new Uint8Array(4)', 'Promise.resolve(1)',
      "(() => { throw new TypeError('thrown') })()", 'no such syntax',
    ]) {
      await call('Runtime.evaluate', { expression, generatePreview: true });
    }
    await call('Runtime.evaluate', { expression: 'shape', returnByValue: true });
  },

  async errors({ call, send, errors }) {
    const { result } = await call('Runtime.evaluate', { expression: 'shape' });
    await call('HeapProfiler.getHeapObjectId', { objectId: result.objectId });
    await call('HeapProfiler.noSuchCommand');
    await call('HeapProfiler.getHeapObjectId', {});
    await call('HeapProfiler.startSampling', { samplingInterval: null });
    await call('HeapProfiler.stopSampling');
    await call('HeapProfiler.getObjectByHeapObjectId', { objectId: 'none' });
    send('{"id":');
    await errors(6);
  },
};

/** Opens a WebSocket; `onText` gets every text message. */
function openSocket(url, onText) {
  return new Promise((resolve, reject) => {
    const { hostname, port, pathname, host } = new URL(url);
    const socket = connect(Number(port), hostname);
    let bytes = Buffer.alloc(0);
    let open = false;
    let message = [];
    socket.on('error', reject);
    socket.write(
      `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
    );
    socket.on('data', (data) => {
      bytes = Buffer.concat([bytes, data]);
      if (!open) {
        const end = bytes.indexOf('\r\n\r\n');
        if (end < 0) return;
        bytes = bytes.subarray(end + 4);
        open = true;
        resolve({ send: (text) => socket.write(maskedFrame(text)), close: () => socket.destroy() });
      }
      for (let frame; (frame = takeFrame(bytes)); ) {
        bytes = bytes.subarray(frame.end);
        if (frame.opcode > 1) continue;
        message.push(frame.payload);
        if (!frame.final) continue;
        onText(Buffer.concat(message).toString('utf8'));
        message = [];
      }
    });
  });
}

function maskedFrame(text) {
  const payload = Buffer.from(text);
  const mask = randomBytes(4);
  const head = Buffer.from([0x81, 0xfe, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, mask, payload.map((byte, at) => byte ^ mask[at % 4])]);
}

/** The first frame of what came in, or undefined if it is not all there yet. */
function takeFrame(bytes) {
  if (bytes.length < 2) return undefined;
  let start = 2;
  let length = bytes[1] & 0x7f;
  if (length === 126) {
    if (bytes.length < 4) return undefined;
    length = bytes.readUInt16BE(2);
    start = 4;
  } else if (length === 127) {
    if (bytes.length < 10) return undefined;
    length = Number(bytes.readBigUInt64BE(2));
    start = 10;
  }
  const end = start + length;
  if (bytes.length < end) return undefined;
  return { final: (bytes[0] & 0x80) !== 0, opcode: bytes[0] & 0x0f, payload: bytes.subarray(start, end), end };
}

function startTarget() {
  return new Promise((resolve, reject) => {
    const target = spawn(NODE, ['--inspect=127.0.0.1:0', '-e', TARGET], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let ready = false;
    const resolveOnceStarted = () => {
      const url = /ws:\/\/\S+/.exec(said);
      if (url && ready) resolve({ target, url: url[0] });
    };
    target.on('error', reject);
    target.on('exit', () => reject(new Error(`the target ended: ${said}`)));
    target.stderr.on('data', (data) => {
      said += data;
      resolveOnceStarted();
    });
    target.stdout.on('data', () => {
      ready = true;
      resolveOnceStarted();
    });
  });
}

async function record(scenario) {
  const { target, url } = await startTarget();
  const frames = [];
  const waiting = [];
  const socket = await openSocket(url, (text) => {
    frames.push({ text, message: JSON.parse(text) });
    for (const wait of waiting) wait();
  });
  const send = (text) => {
    frames.push({ text });
    socket.send(text);
  };
  /** Waits until that many frames have come that satisfy the condition. */
  const until = (condition, count) =>
    new Promise((resolve) => {
      const check = () => {
        const found = frames.filter(({ message }) => message && condition(message));
        if (found.length >= count) resolve(found[0].message);
      };
      waiting.push(check);
      check();
    });
  let id = 0;
  const call = async (method, params) => {
    const own = ++id;
    send(JSON.stringify({ id: own, method, params }));
    return (await until((message) => message.id === own, 1)).result;
  };
  const events = (method, count) => until((message) => message.method === method, count);
  const errors = (count) => until((message) => 'error' in message, count);
  try {
    await scenario({ call, send, events, errors });
  } finally {
    socket.close();
    target.kill();
  }
  return frames;
}

/** Leaves out most of the chunks and samples, and most of the text of the chunks. */
function abridge(frames) {
  const isChunk = ({ message }) => message?.method === 'HeapProfiler.addHeapSnapshotChunk';
  const lines = [];
  for (let at = 0; at < frames.length; at++) {
    const frame = frames[at];
    if (isChunk(frame)) {
      const near = (from, to) => frames.slice(Math.max(0, from), to).every(isChunk);
      if (near(at - CHUNKS_AT_EACH_END, at) && near(at + 1, at + 1 + CHUNKS_AT_EACH_END)) continue;
      frame.message.params.chunk = frame.message.params.chunk.slice(0, CHUNK_LENGTH);
      lines.push(JSON.stringify(frame.message));
    } else if (frame.message?.result?.profile?.samples?.length > SAMPLES) {
      frame.message.result.profile.samples.length = SAMPLES;
      lines.push(JSON.stringify(frame.message));
    } else {
      lines.push(frame.text);
    }
  }
  return lines;
}

mkdirSync(OUT, { recursive: true });
for (const [name, scenario] of Object.entries(scenarios)) {
  const text = abridge(await record(scenario)).join('\n') + '\n';
  for (const path of ['file://', process.cwd(), homedir(), NODE]) {
    if (text.includes(path)) throw new Error(`${name}: ${path} is in the frames`);
  }
  writeFileSync(new URL(`${name}.jsonl`, OUT), text);
  console.log(`${name}: ${text.length} characters`);
}
