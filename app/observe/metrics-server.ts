import type { Server } from 'node:http';
import type { Registry } from 'prom-client';
import { http } from '../../common/node-http.ts';

/** Creates the server of the metrics, apart from the public listener, so that no proxy rule exposes them. */
export function createMetricsServer(registry: Registry): Server {
  return http.createServer(async (request, response) => {
    if (request.url !== '/metrics') {
      return void response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Metrics are at /metrics.\n');
    }
    const page = await registry.metrics();
    response.writeHead(200, { 'Content-Type': registry.contentType }).end(page);
  });
}
