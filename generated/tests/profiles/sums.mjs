// Adds up a sampling profile by function, for `sampling.rs` to compare with:
//
//     node tests/profiles/sums.mjs FILE
//
// prints a line of JSON per function: [name, scriptId, url, line, column, self, total,
// nodes], with lines and columns from 0. A total is the sum of the self sizes of all
// stacks that the function is on, however often.

import { readFileSync } from 'node:fs';

const functions = new Map();

function visit(node, above) {
  const { functionName, scriptId, url, lineNumber, columnNumber } = node.callFrame;
  const key = JSON.stringify([functionName, String(scriptId), url, lineNumber, columnNumber]);
  const stack = new Set(above).add(key);
  if (!functions.has(key)) functions.set(key, { self: 0, total: 0, nodes: 0 });
  functions.get(key).self += node.selfSize;
  functions.get(key).nodes += 1;
  for (const each of stack) functions.get(each).total += node.selfSize;
  for (const child of node.children) visit(child, stack);
}

visit(JSON.parse(readFileSync(process.argv[2], 'utf8')).head, []);
for (const [key, { self, total, nodes }] of functions) {
  console.log(JSON.stringify([...JSON.parse(key), self, total, nodes]));
}
