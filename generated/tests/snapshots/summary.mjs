// Reads snapshots with nothing but JSON.parse, and counts what is in them:
//
//     node summary.mjs FILE...
//
// prints a line of JSON per file. It is the independent reading that the numbers of
// the crate are held against, and shares nothing with it but the rule for the names of
// constructors, which is that of Chrome DevTools.

import { readFileSync } from 'node:fs';

const FIXED = {
  hidden: '(system)',
  code: '(compiled code)',
  closure: 'Function',
  regexp: 'RegExp',
};

function constructorOf(type, name) {
  if (type !== 'object' && type !== 'native') return FIXED[type] ?? `(${type})`;
  const space = name.indexOf(' ');
  const constructor = name.startsWith('<') && space >= 0 ? `${name.slice(0, space)}>` : name;
  return constructor.toWellFormed?.() ?? constructor.replace(/\p{Surrogate}/gu, '\uFFFD');
}

function add(groups, name, size) {
  const group = groups.get(name) ?? [0, 0];
  group[0] += 1;
  group[1] += size;
  groups.set(name, group);
}

function summary(file) {
  const { snapshot, nodes, edges, strings } = JSON.parse(readFileSync(file, 'utf8'));
  const { node_fields: fields, node_types: types, edge_fields } = snapshot.meta;
  const [type, name, size, detachedness] =
    ['type', 'name', 'self_size', 'detachedness'].map((field) => fields.indexOf(field));
  const byType = new Map();
  const byConstructor = new Map();
  const all = new Map();
  for (let at = 0; at < nodes.length; at += fields.length) {
    const typeName = types[type][nodes[at + type]];
    const selfSize = nodes[at + size];
    add(byType, typeName, selfSize);
    add(byConstructor, constructorOf(typeName, strings[nodes[at + name]]), selfSize);
    add(all, 'total', selfSize);
    if (nodes[at + detachedness] === 2) add(all, 'detached', selfSize);
  }
  return {
    edges: edges.length / edge_fields.length,
    total: all.get('total') ?? [0, 0],
    detached: detachedness < 0 ? null : all.get('detached') ?? [0, 0],
    types: Object.fromEntries(byType),
    constructors: Object.fromEntries(byConstructor),
  };
}

for (const file of process.argv.slice(2)) console.log(JSON.stringify(summary(file)));
