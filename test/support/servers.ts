import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
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

// Below what Linux gives to connections and to servers that listen on any port (net.ipv4.ip_local_port_range): nobody else can be
// given the port between this check and the start of the program.
const [lowestPort, ports] = [20_000, 12_000];

/**
 * Returns a free port of 127.0.0.1, for a program that cannot take any free port itself. No other test is given the same one: this
 * process holds the UDP port of that number until it ends.
 */
export async function freePort(): Promise<number> {
  const port = lowestPort + randomInt(ports);
  const isFree = (await isHeld(port)) && (await isUnused(port));
  return isFree ? port : freePort();
}

async function isHeld(port: number): Promise<boolean> {
  const socket = createSocket('udp4').unref();
  socket.bind({ port, address: '127.0.0.1', exclusive: true });
  return once(socket, 'listening').then(
    () => true,
    () => false,
  );
}

async function isUnused(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  const isListening = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (isListening) await new Promise((resolve) => server.close(resolve));
  return isListening;
}
