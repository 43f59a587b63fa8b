import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** Forwards a request, whose body may have been read, and its response. */
export type Forward = (incoming: IncomingMessage, outgoing: ServerResponse, body?: Buffer) => Promise<void>;

const agent = new Agent({ keepAlive: true });

/** Forwards requests to `port` of 127.0.0.1. */
export function forwardTo(port: number): Forward {
  return async (incoming, outgoing, body) => {
    const answer = await send(port, incoming, body);
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    await pipeline(answer, outgoing);
  };
}

function send(port: number, incoming: IncomingMessage, body: Buffer | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { method, url: path } = incoming;
    const length = body && { 'content-length': body.length };
    const headers = { ...incoming.headers, ...length, connection: 'keep-alive' };
    const outgoing = request({ agent, host: '127.0.0.1', port, method, path, headers }, resolve);
    outgoing.on('error', reject);
    if (body) outgoing.end(body);
    else pipeline(incoming, outgoing).catch(reject);
  });
}
