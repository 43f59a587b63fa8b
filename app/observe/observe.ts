import type { Request, Response } from 'express';
import type { Context } from '../context.ts';
import type { Observer } from '../http/listener.ts';
import { requestId } from './request-id.ts';
import { Sampler } from './sampler.ts';
import { continueTrace, type Trace } from './trace.ts';
import type { FinishedRequest } from './traffic.ts';

declare global {
  namespace Express {
    interface Request {
      /** Identifies the request in logs and in its answer. */
      id: string;
      /** The time of its head, in milliseconds of `performance.now()`. */
      startedAt: number;
      trace: Trace | undefined;
      /** The classified texts; logged only when the settings say so. */
      texts: readonly string[] | undefined;
      /** True for a health check, which proxies send every few seconds. */
      isProbe: boolean | undefined;
    }
  }
}

// nginx' status for a client that closed the connection before the answer.
const clientClosedRequest = 499;

/** Returns an observer that gives every request an id and a trace, and counts, times and logs it at its end. */
export function observer({ logger, metrics, settings: { log }, isDraining }: Context): Observer {
  const sampler = new Sampler(log.requestsPerSecond);
  // One function for all answers: a closure for each would cost as much as the counting.
  function finish(this: Response): void {
    const finished = finishedRequest(this);
    metrics.traffic.end(finished);
    const level = levelOf(this.req, finished);
    if (!logger.isLevelEnabled(level)) return;
    if (finished.status === 500 || sampler.pass()) logger[level](logFields(this.req, finished, log.text), 'request');
    else metrics.unlogged.inc();
  }
  return (request, response) => {
    identify(request);
    // The proxy opens its next connection to another worker.
    if (isDraining()) response.setHeader('Connection', 'close');
    metrics.traffic.begin();
    response.on('close', finish);
  };
}

// Successful probes come every few seconds and would bury the other lines.
function levelOf({ isProbe }: Request, { status }: FinishedRequest): 'debug' | 'info' {
  return isProbe && status === 200 ? 'debug' : 'info';
}

function identify(request: Request): void {
  request.startedAt = performance.now();
  request.id = requestId(request.headers['x-request-id']);
  request.trace = continueTrace(request.headers.traceparent);
}

function finishedRequest(response: Response): FinishedRequest {
  const { req: request, statusCode, writableFinished } = response;
  return {
    method: request.method,
    route: routeOf(request),
    status: writableFinished ? statusCode : clientClosedRequest,
    seconds: (performance.now() - request.startedAt) / 1000,
  };
}

// The documented path. Unknown paths share one name, or clients could create any number of metrics.
function routeOf({ route }: Request): string {
  const path: string = route?.path ?? 'unknown';
  return path.includes(':') ? path.replaceAll(/:(\w+)/g, '{$1}') : path;
}

function logFields(
  { id, ip, apiKey, trace, texts }: Request,
  { seconds, ...finished }: FinishedRequest,
  withTexts: boolean,
) {
  const milliseconds = Math.round(seconds * 1e6) / 1e3;
  const fields = { requestId: id, ...finished, milliseconds, client: ip, key: apiKey?.name, ...trace };
  return withTexts && texts ? { ...fields, texts } : fields;
}
