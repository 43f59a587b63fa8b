import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { http } from '../../common/node-http.ts';

export interface LoopbackRequest {
  port: number;
  path: string;
  /** JSON that is posted; without it, the request is a GET. */
  body?: string;
  timeoutMilliseconds: number;
}

const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 8 });

/** Asks the worker of the shadow; returns the body of a 200, throws otherwise. A time-out is a `TimeoutError`. */
export async function ask({ port, path, body, timeoutMilliseconds }: LoopbackRequest): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  const options = { host: '127.0.0.1', port, path, agent, signal };
  const posted = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' } };
  try {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      http
        .request({ ...options, ...posted }, resolve)
        .on('error', reject)
        .end(body);
    });
    const content = await text(answer);
    if (answer.statusCode === 200) return content;
    throw new Error(`${path}: expected status 200, got ${answer.statusCode}`);
  } catch (error) {
    // The error of a request that was ended is another one, at each place where it can be.
    throw signal.aborted ? signal.reason : error;
  }
}
