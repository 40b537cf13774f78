// Fetches the protocols that the tests need which run on request:
//
//     node codegen/tests/fetch.mjs FOLDER
//
// FOLDER/today and FOLDER/of2017 are the npm package `devtools-protocol` of today and
// of 2017, when its documentation was made from 39 domains; FOLDER/reports has what
// Node reports of itself. `CDP_PROTOCOLS=FOLDER` tells the tests. What is there already
// is left as it is.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PACKAGES = [
  ['today', 'devtools-protocol@0.0.1734725'],
  ['of2017', 'devtools-protocol@0.0.547074'],
];

function unpack(folder, name) {
  if (existsSync(folder)) return;
  const scratch = mkdtempSync(`${folder}-`);
  try {
    const packed = execFileSync('npm', ['pack', '--silent', name], { cwd: scratch, encoding: 'utf8' });
    execFileSync('tar', ['-xzf', packed.trim()], { cwd: scratch });
    renameSync(join(scratch, 'package'), folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What the Node that runs this says at `/json/protocol`. */
async function report() {
  const forever = 'setInterval(() => {}, 1 << 30)';
  const node = spawn(process.execPath, ['--inspect=127.0.0.1:0', '-e', forever], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    const address = await new Promise((found, failed) => {
      let said = '';
      node.stderr.on('data', (data) => {
        said += data;
        const match = said.match(/ws:\/\/([^/]+)\//);
        if (match) found(match[1]);
      });
      node.on('exit', () => failed(new Error(`node has ended: ${said}`)));
    });
    const response = await fetch(`http://${address}/json/protocol`);
    return await response.text();
  } finally {
    node.kill('SIGKILL');
  }
}

if (!process.argv[2]) {
  console.error('usage: node fetch.mjs FOLDER');
  process.exit(2);
}
const root = resolve(process.argv[2]);
mkdirSync(join(root, 'reports'), { recursive: true });
for (const [folder, name] of PACKAGES) {
  unpack(join(root, folder), name);
  console.log(`${folder}: ${name}`);
}
const name = `node-${process.versions.node}.json`;
writeFileSync(join(root, 'reports', name), await report());
console.log(`reports: ${name}`);
