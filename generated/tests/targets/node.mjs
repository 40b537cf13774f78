// The program of Node and Deno: `program.js`, kept alive, and workers on demand.
import { Worker, isMainThread } from 'node:worker_threads';
import './program.js';

if (isMainThread) {
  globalThis.startWorker = function startWorker() {
    globalThis.worker = new Worker(new URL(import.meta.url));
  };
  globalThis.endWorker = function endWorker() {
    worker.terminate();
  };
}
// Keeps the process alive, and lets go of what a WeakRef keeps for the turn.
setInterval(() => {}, 50);
if (isMainThread) console.log('ready');
