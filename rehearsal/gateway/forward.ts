import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

/** Forwards a request and its response. */
export type Forward = (incoming: IncomingMessage, outgoing: ServerResponse, options?: ForwardOptions) => Promise<void>;

export interface ForwardOptions {
  /** The request's body, if it has been read. */
  body?: Buffer | undefined;
  /** Changes the body of a successful response. */
  amend?: ((body: string) => Promise<string>) | undefined;
}

const agent = new Agent({ keepAlive: true });

/** Forwards requests to `port` of 127.0.0.1. */
export function forwardTo(port: number): Forward {
  return async (incoming, outgoing, { body, amend } = {}) => {
    const answer = await send(port, incoming, body);
    if (amend && answer.statusCode === 200) return respond(outgoing, answer, await amend(await text(answer)));
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    await pipeline(answer, outgoing);
  };
}

function respond(outgoing: ServerResponse, answer: IncomingMessage, body: string): void {
  const { 'transfer-encoding': _, ...headers } = answer.headers;
  outgoing.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

function send(port: number, incoming: IncomingMessage, body: Buffer | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { method, url: path } = incoming;
    const length = body && { 'content-length': body.length };
    const headers = { ...incoming.headers, ...length, connection: 'keep-alive' };
    const outgoing = request({ agent, host: '127.0.0.1', port, method, path, headers }, resolve);
    outgoing.on('error', reject);
    if (body) outgoing.end(body);
    else incoming.pipe(outgoing);
  });
}
