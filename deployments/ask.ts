import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { TlsOptions } from './endpoint-tls.ts';

const timeoutMilliseconds = 10_000;

/** Sends one request on a connection of its own: a GET, or a POST of JSON. Fails without an answer within 10 s. */
export function ask(
  url: URL,
  tls: TlsOptions,
  json?: string,
  others: Record<string, string> = {},
): Promise<[status: number, body: string, headers: IncomingHttpHeaders]> {
  return new Promise((resolve, reject) => {
    const headers = json === undefined ? others : { ...headersOf(json), ...others };
    const method = json === undefined ? 'GET' : 'POST';
    const options = { method, headers, agent: false, timeout: timeoutMilliseconds, ...tls };
    const outgoing = request(url, options, (response) => {
      text(response).then((body) => resolve([response.statusCode ?? 0, body, response.headers]), reject);
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${url} did not answer within 10 s`)));
    outgoing.on('error', reject);
    outgoing.end(json);
  });
}

function headersOf(json: string) {
  return { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) };
}
