import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import type { ExecutionContext } from 'ava';

/** Listens on a free port of 127.0.0.1 until the test is over; returns the port. */
export async function listen(t: ExecutionContext, server: Pick<Server, keyof Server>): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

// Below what Linux gives to connections and to servers that listen on any port (net.ipv4.ip_local_port_range): another test
// cannot be given the port between this check and the start of the program.
const [lowestPort, ports] = [20_000, 12_000];

/** Returns a free port of 127.0.0.1, for a program that cannot take any free port itself. */
export async function freePort(): Promise<number> {
  const port = lowestPort + randomInt(ports);
  const server = createServer().listen(port, '127.0.0.1');
  const listening = await once(server, 'listening').catch(() => undefined);
  if (listening === undefined) return freePort();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
