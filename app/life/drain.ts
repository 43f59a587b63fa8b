import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

// A request may be on its way on an idle connection. Within this time it is answered, with `Connection: close`; only a
// connection that stays silent is closed.
const silenceMilliseconds = 1000;
const pollMilliseconds = 50;

/** Accepts no new connection, answers requests on open ones and closes them; after `seconds`, cuts the rest. */
export async function drain(server: Server, seconds: number): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  const closed = stopListening(server);
  await Promise.race([closed, sleep(Math.min(silenceMilliseconds, seconds * 500))]);
  await closeIdleConnections(server, closed, deadline);
  server.closeAllConnections();
  // A connection that is still open is not HTTP yet, such as an unfinished TLS handshake, and awaits no answer.
  await Promise.race([closed, sleep(pollMilliseconds)]);
}

// An HTTP server's close() closes idle connections at once; a socket server's close() only stops listening.
function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => NetServer.prototype.close.call(server, () => resolve()));
}

async function closeIdleConnections(server: Server, closed: Promise<void>, deadline: number): Promise<void> {
  let isClosed = false;
  const finished = closed.then(() => {
    isClosed = true;
  });
  while (!isClosed && Date.now() < deadline) {
    server.closeIdleConnections();
    await Promise.race([finished, sleep(pollMilliseconds)]);
  }
}
