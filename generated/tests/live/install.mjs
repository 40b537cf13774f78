// Installs the targets that are npm packages, for the live tests:
//
//     node tests/live/install.mjs [FOLDER]
//
// Each goes into a folder of its own below FOLDER, by default `live-targets` in
// Cargo's target directory, where the tests look for them. What is there already is
// left as it is. What cannot be installed is named and left out: the tests skip it.
// The exit code is 1 when nothing could be installed at all.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

// Folder, package, and the executable in it.
const TARGETS = [
  ['node22', 'node@22', 'node_modules/node/bin/node'],
  ['node24', 'node@24', 'node_modules/node/bin/node'],
  ['node26', 'node@26', 'node_modules/node/bin/node'],
  ['deno', 'deno', 'node_modules/deno/deno'],
  ['workerd', 'workerd', 'node_modules/workerd/bin/workerd'],
];

function targetDirectory() {
  const here = dirname(fileURLToPath(import.meta.url));
  const metadata = execFileSync('cargo', ['metadata', '--no-deps', '--offline', '--format-version', '1'], {
    cwd: here,
    maxBuffer: 1 << 26,
  });
  return JSON.parse(metadata).target_directory;
}

function install(folder, name, executable) {
  const path = join(folder, executable);
  if (existsSync(path)) return path;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // Without a manifest of its own, npm would install into a folder above.
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', name], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (!existsSync(path)) throw new Error(`the package has no ${executable}`);
  return path;
}

const root = process.argv[2] ? resolve(process.argv[2]) : join(targetDirectory(), 'live-targets');
let installed = 0;
for (const [folder, name, executable] of TARGETS) {
  try {
    console.log(`${name}: ${install(join(root, folder), name, executable)}`);
    installed++;
  } catch (error) {
    const reason = String(error.stderr ?? '').trim() || error.message;
    console.log(`${name}: not installed: ${reason.split('\n')[0]}`);
    rmSync(join(root, folder), { recursive: true, force: true });
  }
}
process.exitCode = installed ? 0 : 1;
