// A server that leaks: it remembers the session of every user, and forgets none.
class Session {
  constructor(user) {
    this.user = user;
    this.history = new Array(5000).fill(0);
  }
}

const sessions = new Map();

function login(user) {
  sessions.set(user, new Session(user));
}

const log = [];

function audit(user) {
  log.push({ user, page: new Array(1000).fill(0) });
}

// This makes garbage, and no leak.
function render(user) {
  return Array.from({ length: 1000 }, (_, n) => `<li>${user}: ${n}</li>`).join("");
}

let users = 0;

setInterval(function serve() {
  const user = `user ${users++}`;
  login(user);
  audit(user);
  render(user);
}, 50);
