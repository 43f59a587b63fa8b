import type { Server } from 'node:http';
import type { Registry } from 'prom-client';
import { http } from '../http/node-http.ts';

/** Serves the metrics on a listener of their own, so that no rule of a proxy decides who sees them. */
export function createMetricsServer(registry: Registry): Server {
  return http.createServer(async (request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Metrics are at /metrics.\n');
      return;
    }
    const page = await registry.metrics();
    response.writeHead(200, { 'Content-Type': registry.contentType }).end(page);
  });
}
