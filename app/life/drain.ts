import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

// A client may have sent a request on an idle connection that has not arrived yet. It is answered, with a request to close
// the connection, if it comes within this time; only a connection that stays silent is closed.
const silenceMilliseconds = 1000;
const pollMilliseconds = 50;

/** Takes no new connection, answers what comes on the open ones, and closes them; the rest is cut when time is up. */
export async function drain(server: Server, seconds: number): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  const closed = stopListening(server);
  await Promise.race([closed, sleep(Math.min(silenceMilliseconds, seconds * 500))]);
  await closeAsTheyFallSilent(server, closed, deadline);
  server.closeAllConnections();
  // What is open then is no HTTP yet, such as a TLS handshake that does not go on. Nobody waits for its answer.
  await Promise.race([closed, sleep(pollMilliseconds)]);
}

// An HTTP server's own close() also closes idle connections at once; a socket server's close() only stops to listen.
function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => NetServer.prototype.close.call(server, () => resolve()));
}

async function closeAsTheyFallSilent(server: Server, closed: Promise<void>, deadline: number): Promise<void> {
  let isClosed = false;
  const finished = closed.then(() => {
    isClosed = true;
  });
  while (!isClosed && Date.now() < deadline) {
    server.closeIdleConnections();
    await Promise.race([finished, sleep(pollMilliseconds)]);
  }
}
