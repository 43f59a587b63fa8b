import type { RequestListener, Server, ServerOptions } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import type { Settings } from '../settings.ts';
import { answerClientError } from './client-errors.ts';
import type { ExpressMessages } from './express-messages.ts';
import { http } from './node-http.ts';

/** An HTTP server, or an HTTPS server when given a certificate, with every limit of the settings. */
export function createServer(
  settings: Settings,
  messages: ExpressMessages,
  listener: RequestListener,
  tls?: SecureContextOptions,
): Server {
  const options = { ...serverOptions(settings), ...messages };
  const server = tls
    ? createHttpsServer({ ...options, ...tls, handshakeTimeout: options.headersTimeout }, listener)
    : http.createServer(options, listener);
  server.maxConnections = settings.limits.connections;
  // Cuts off who connects and stays silent, or reads its answer too slowly.
  server.setTimeout(settings.timeouts.idleSeconds * 1000, (socket) => socket.destroy());
  server.on('clientError', answerClientError);
  // The body reader answers these itself: it asks for the body only when it wants it.
  server.on('checkContinue', listener).on('checkExpectation', listener);
  return server;
}

function serverOptions({ limits, timeouts }: Settings) {
  return {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: timeouts.headerSeconds * 1000,
    requestTimeout: timeouts.requestSeconds * 1000,
    keepAliveTimeout: timeouts.idleSeconds * 1000,
    // Time-outs are found out this often; half a second is exact enough.
    connectionsCheckingInterval: 500,
  } satisfies ServerOptions;
}
