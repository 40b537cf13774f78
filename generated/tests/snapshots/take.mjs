// Takes a snapshot of the very program that this is:
//
//     node take.mjs FILE [OBJECTS]
//
// writes it to FILE, with so many objects of a class `Leak` among its nodes (1000 if
// not said), each with a string, an array and an object of its own.

import { writeHeapSnapshot } from 'node:v8';

const [file, objects = '1000'] = process.argv.slice(2);

class Leak {
  constructor(number) {
    this.number = number;
    this.text = `leak \u{1F600} "${number}"\n`;
    this.list = [number, number + 0.5];
    this.inner = { number, callback: () => number };
  }
}

globalThis.kept = Array.from({ length: Number(objects) }, (_, number) => new Leak(number));
writeHeapSnapshot(file);
