import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ExecutionContext } from 'ava';
import { MlflowClient, type MlflowClientOptions } from '../../mlflow/client.ts';
import { listen } from '../support/servers.ts';

export interface Received {
  /** Such as `POST /api/2.0/mlflow/runs/create`. */
  call: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Answer {
  status?: number;
  /** JSON unless it says otherwise. */
  type?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Answers a call; undefined: never, and null: breaks the connection. */
export type Respond = (received: Received, count: number) => Answer | undefined | null;

export interface TestServer {
  address: string;
  received: Received[];
  client: (options?: MlflowClientOptions) => MlflowClient;
}

/** Starts a server that stands for MLflow. */
export async function startServer(t: ExecutionContext, respond: Respond): Promise<TestServer> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const one = { call: `${request.method} ${request.url}`, headers: request.headers, body: await text(request) };
    received.push(one);
    const answer = respond(one, received.length);
    if (answer === undefined) return;
    if (answer === null) {
      request.socket.destroy();
      return;
    }
    const { status = 200, type = 'application/json', headers = {}, body = {} } = answer;
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const address = `http://127.0.0.1:${await listen(t, server)}`;
  const client = (options: MlflowClientOptions = {}) =>
    new MlflowClient({ address, authorization: undefined }, { pause: 1, ...options });
  return { address, received, client };
}

/** What MLflow says where it refuses something. */
export function refusal(code: string, message = 'no', status = code === 'RESOURCE_DOES_NOT_EXIST' ? 404 : 400): Answer {
  return { status, body: { error_code: code, message } };
}
