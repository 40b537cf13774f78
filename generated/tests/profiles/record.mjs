// Records sampling profiles of a real Node, for the tests of `sampling`:
//
//     node tests/profiles/record.mjs [NODE]
//
// runs NODE (by default, the one that runs this script) with `--heap-prof`, and if it has
// `v8.startHeapProfile()`, which came with Node 26, with that. It writes
// `heap-prof.heapprofile` and `start-heap-profile.heapprofile`. It needs nothing but Node.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const NODE = process.argv[2] ?? process.execPath;

// Given with `-e`, so that no profile holds the path of a file.
const PROGRAM = `
  const kept = [];
  function keep(n) { kept.push(new Array(n).fill(0.5)); }
  function descend(n) { keep(40); if (n > 0) descend(n - 1); }
  function ping(n) { keep(60); if (n > 0) pong(n - 1); }
  function pong(n) { keep(80); if (n > 0) ping(n - 1); }
  const odd = { 'semi;colon\\nline': () => keep(500) }['semi;colon\\nline'];
  const names = new Function('keep', 'return function größe() { keep(700); }')(keep);
  for (let i = 0; i < 400; i++) {
    descend(60); ping(9); pong(4); odd(); names(); (() => keep(300))();
  }
`;

const BY_FUNCTION = `
  const handle = require('node:v8').startHeapProfile({ sampleInterval: 16384 });
  ${PROGRAM}
  process.stdout.write(handle.stop());
`;

function save(name, text) {
  for (const path of ['file://', process.cwd(), homedir(), NODE]) {
    if (text.includes(path)) throw new Error(`${name}: ${path} is in the profile`);
  }
  writeFileSync(new URL(name, import.meta.url), text);
  console.log(`${name}: ${text.length} characters`);
}

const directory = mkdtempSync(join(tmpdir(), 'profiles-'));
try {
  const flags = ['--heap-prof', '--heap-prof-interval=16384', `--heap-prof-dir=${directory}`, '--heap-prof-name=it'];
  execFileSync(NODE, [...flags, '-e', PROGRAM]);
  save('heap-prof.heapprofile', readFileSync(join(directory, 'it'), 'utf8'));
} finally {
  rmSync(directory, { recursive: true });
}

const hasFunction = `process.stdout.write(typeof require('node:v8').startHeapProfile)`;
if (execFileSync(NODE, ['-e', hasFunction], { encoding: 'utf8' }) === 'function') {
  save('start-heap-profile.heapprofile', execFileSync(NODE, ['-e', BY_FUNCTION], { encoding: 'utf8' }));
}
