import type { RequestListener, Server, ServerOptions } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import { http } from '../../common/node-http.ts';
import type { ServiceSettings } from '../settings.ts';
import { answerClientError } from './client-errors.ts';
import type { ExpressMessages } from './express-messages.ts';

/** Creates an HTTP server, or an HTTPS server with a certificate, with the limits of the settings. */
export function createServer(
  settings: ServiceSettings,
  messages: ExpressMessages,
  listener: RequestListener,
  tls?: SecureContextOptions,
): Server {
  const options = { ...serverOptions(settings), ...messages };
  const server = tls
    ? createHttpsServer({ ...options, ...tls, handshakeTimeout: options.headersTimeout }, listener)
    : http.createServer(options, listener);
  server.maxConnections = settings.limits.connections;
  // Closes a connection that stays silent, or whose client reads its answer too slowly.
  server.setTimeout(settings.timeouts.idleSeconds * 1000, (socket) => socket.destroy());
  server.on('clientError', answerClientError);
  // The body reader answers `Expect`: it asks for the body only when it accepts the head.
  server.on('checkContinue', listener).on('checkExpectation', listener);
  return server;
}

function serverOptions({ limits, timeouts }: ServiceSettings) {
  return {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: timeouts.headerSeconds * 1000,
    requestTimeout: timeouts.requestSeconds * 1000,
    keepAliveTimeout: timeouts.idleSeconds * 1000,
    // The interval of the time-out checks; half a second is exact enough.
    connectionsCheckingInterval: 500,
  } satisfies ServerOptions;
}
