import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Settings } from '../settings.ts';
import type { Metrics } from './metrics.ts';
import { requestId } from './request-id.ts';
import { Sampler } from './sampler.ts';
import { continueTrace, type Trace } from './trace.ts';

declare global {
  namespace Express {
    interface Request {
      /** Names the request in logs and in its answer. */
      id: string;
      trace: Trace | undefined;
      /** What was classified; logged only when the settings say so. */
      texts: readonly string[] | undefined;
      /** Whether it is one of the questions that a proxy asks every few seconds. */
      isProbe: boolean | undefined;
    }
  }
}

const clientWentAway = 499;

interface Observers {
  logger: Logger;
  metrics: Metrics;
  log: Settings['log'];
  isDraining: () => boolean;
}

/** Gives every request an id and a trace, and counts, times and logs it when its answer has ended. */
export function observe({ logger, metrics, log, isDraining }: Observers): RequestHandler {
  const sampler = new Sampler(log.requestsPerSecond);
  return (request, response, next) => {
    const start = performance.now();
    identify(request);
    // The client is told to come back on another connection, which the proxy opens to another worker.
    if (isDraining()) response.setHeader('Connection', 'close');
    metrics.inFlight.inc();
    response.once('close', () => {
      const seconds = (performance.now() - start) / 1000;
      const status = response.writableFinished ? response.statusCode : clientWentAway;
      record(metrics, request, status, seconds);
      const level = levelOf(request, status);
      if (!logger.isLevelEnabled(level)) return;
      if (status === 500 || sampler.pass()) logger[level](logFields(request, status, seconds, log.text), 'request');
      else metrics.unlogged.inc();
    });
    next();
  };
}

// A probe that is answered well says nothing, every few seconds, and would bury everything else.
function levelOf({ isProbe }: Request, status: number): 'debug' | 'info' {
  return isProbe && status === 200 ? 'debug' : 'info';
}

function identify(request: Request): void {
  request.id = requestId(request.headers['x-request-id']);
  request.trace = continueTrace(request.headers.traceparent);
}

function record(metrics: Metrics, request: Request, status: number, seconds: number): void {
  const route = routeOf(request);
  metrics.inFlight.dec();
  metrics.requests.inc({ method: request.method, route, status });
  metrics.duration.observe({ route }, seconds);
}

// The documented path that answered. Unknown paths share one name, or strangers could make metrics without end.
function routeOf({ route }: Request): string {
  const path: string = route?.path ?? 'unknown';
  return path.includes(':') ? path.replaceAll(/:(\w+)/g, '{$1}') : path;
}

function logFields(request: Request, status: number, seconds: number, withTexts: boolean) {
  const { id, method, ip, trace, texts } = request;
  const milliseconds = Math.round(seconds * 1e6) / 1e3;
  const fields = { requestId: id, method, route: routeOf(request), status, milliseconds, client: ip, ...trace };
  return withTexts && texts ? { ...fields, texts } : fields;
}
