import type { Request, Response } from 'express';
import type { Context } from '../context.ts';
import type { Observer } from '../http/listener.ts';
import { requestId } from './request-id.ts';
import { Sampler } from './sampler.ts';
import { continueTrace, type Trace } from './trace.ts';
import type { Outcome } from './traffic.ts';

declare global {
  namespace Express {
    interface Request {
      /** Names the request in logs and in its answer. */
      id: string;
      /** When its head came, in milliseconds of `performance.now()`. */
      startedAt: number;
      trace: Trace | undefined;
      /** What was classified; logged only when the settings say so. */
      texts: readonly string[] | undefined;
      /** Whether it is one of the questions that a proxy asks every few seconds. */
      isProbe: boolean | undefined;
    }
  }
}

const clientWentAway = 499;

/** Gives every request an id and a trace, and counts, times and logs it when its answer has ended. */
export function observer({ logger, metrics, settings: { log }, isDraining }: Context): Observer {
  const sampler = new Sampler(log.requestsPerSecond);
  // One function for all answers, since a closure for each would cost as much as counting does.
  function finish(this: Response): void {
    const outcome = outcomeOf(this);
    metrics.traffic.end(outcome);
    const level = levelOf(this.req, outcome);
    if (!logger.isLevelEnabled(level)) return;
    if (outcome.status === 500 || sampler.pass()) logger[level](logFields(this.req, outcome, log.text), 'request');
    else metrics.unlogged.inc();
  }
  return (request, response) => {
    identify(request);
    // The client is told to come back on another connection, which the proxy opens to another worker.
    if (isDraining()) response.setHeader('Connection', 'close');
    metrics.traffic.begin();
    response.on('close', finish);
  };
}

// A probe that is answered well says nothing, every few seconds, and would bury everything else.
function levelOf({ isProbe }: Request, { status }: Outcome): 'debug' | 'info' {
  return isProbe && status === 200 ? 'debug' : 'info';
}

function identify(request: Request): void {
  request.startedAt = performance.now();
  request.id = requestId(request.headers['x-request-id']);
  request.trace = continueTrace(request.headers.traceparent);
}

function outcomeOf(response: Response): Outcome {
  const { req: request, statusCode, writableFinished } = response;
  return {
    method: request.method,
    route: routeOf(request),
    status: writableFinished ? statusCode : clientWentAway,
    seconds: (performance.now() - request.startedAt) / 1000,
  };
}

// The documented path that answered. Unknown paths share one name, or strangers could make metrics without end.
function routeOf({ route }: Request): string {
  const path: string = route?.path ?? 'unknown';
  return path.includes(':') ? path.replaceAll(/:(\w+)/g, '{$1}') : path;
}

function logFields({ id, ip, trace, texts }: Request, { seconds, ...outcome }: Outcome, withTexts: boolean) {
  const milliseconds = Math.round(seconds * 1e6) / 1e3;
  const fields = { requestId: id, ...outcome, milliseconds, client: ip, ...trace };
  return withTexts && texts ? { ...fields, texts } : fields;
}
