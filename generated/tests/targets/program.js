// What runs in every target: a leak to be found, and things to be done on demand.
// It uses nothing but the language, so that it is the same in Node, Deno, workerd,
// a page and a worker, as a script and as a module.

// The leak: LEAKED objects of a class of their own, with values that can be checked.
globalThis.LEAKED = 300;
class LeakedOrder {
  constructor(number) {
    this.number = number;
    this.customer = `customer ${number}`;
    this.total = number * 2.5;
  }
}
globalThis.orders = [];
for (let number = 0; number < LEAKED; number++) orders.push(new LeakedOrder(number));

// Allocates `count` arrays; keeps them, unless told otherwise.
globalThis.kept = [];
globalThis.allocate = function allocate(count, keep = true) {
  for (let i = 0; i < count; i++) {
    const block = new Array(64).fill(i);
    if (keep) kept.push(block);
  }
  return kept.length;
};
globalThis.forget = function forget() {
  kept.length = 0;
};

// Allocates `count` arrays that nobody keeps.
globalThis.churn = function churn(count) {
  let last;
  for (let i = 0; i < count; i++) last = new Array(64).fill(i);
  return last.length;
};

// Holds an object weakly and not at all, until the next collection.
globalThis.holdWeakly = function holdWeakly() {
  globalThis.weak = new WeakRef({ held: 'weakly' });
};
globalThis.isHeld = function isHeld() {
  return weak.deref() !== undefined;
};
