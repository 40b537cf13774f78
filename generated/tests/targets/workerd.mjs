// The program of workerd: `program.js`, and a handler, without which there is no worker.
import './program.js';

export default {
  fetch() {
    return new Response('ready');
  },
};
