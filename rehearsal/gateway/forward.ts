import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { motoPort } from '../emulator/moto.ts';

const agent = new Agent({ keepAlive: true });

/** Hands a request on to the emulator and its answer back; `body` where it was read already. Resolves with the status. */
export async function forward(incoming: IncomingMessage, outgoing: ServerResponse, body?: Buffer): Promise<number> {
  const answer = await send(incoming, body);
  const status = answer.statusCode ?? 502;
  outgoing.writeHead(status, answer.rawHeaders);
  await pipeline(answer, outgoing);
  return status;
}

function send(incoming: IncomingMessage, body: Buffer | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asking = request(
      {
        agent,
        host: '127.0.0.1',
        port: motoPort,
        method: incoming.method,
        path: incoming.url,
        headers: { ...incoming.headers, connection: 'keep-alive' },
      },
      resolve,
    );
    asking.on('error', reject);
    if (body) asking.end(body);
    else incoming.pipe(asking);
  });
}
