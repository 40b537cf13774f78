// A program that leaks: every request is remembered, and none is ever forgotten.
class Session {
  constructor(user) {
    this.user = user;
    this.visits = [new Date()];
  }
}

const sessions = new Map();

function login(user) {
  sessions.set(user, new Session(user));
}

function answer() {
  return JSON.stringify(Array.from({ length: 2000 }, (_, n) => n));
}

let requests = 0;
setInterval(() => {
  for (let n = 0; n < 100; n++) login(`user ${requests++}`);
  answer();
}, 20);
