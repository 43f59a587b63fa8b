import express, { type Express, type RequestHandler } from 'express';
import type { Context } from './context.ts';
import { readBody } from './http/body.ts';
import { onlyMethods } from './http/methods.ts';
import { limitRate } from './limits/rate-limit.ts';
import { WaitingLine } from './limits/waiting-line.ts';
import { listOperations } from './operations/list.ts';
import type { Operation } from './operations/operation.ts';
import { problemHandler, unknownPath } from './problems/handler.ts';

/** The Express application: every operation behind the same limits, every error a problem detail. */
export function createApplication(context: Context): Express {
  const application = bareApplication(context.settings.trustProxy);
  mount(application, context, listOperations(context));
  application.use(unknownPath);
  application.use(problemHandler(context.logger));
  return application;
}

function bareApplication(trustProxy: number): Express {
  const application = express();
  application.disable('x-powered-by');
  application.disable('etag');
  application.enable('case sensitive routing');
  application.set('query parser', 'simple');
  application.set('trust proxy', trustProxy);
  return application;
}

function mount(application: Express, context: Context, operations: Operation[]): void {
  const guard = createGuard(context);
  for (const operation of operations) {
    const path = expressPath(operation.path);
    const { handle, method } = operation;
    application[method](path, ...guard(operation), handle);
  }
  for (const [path, methods] of methodsByPath(operations)) {
    application.all(expressPath(path), onlyMethods(methods));
  }
}

function createGuard({ settings, metrics }: Context) {
  const { limits } = settings;
  const limit = limitRate(settings, () => metrics.rejected.inc({ reason: 'rate_limit' }));
  const line = new WaitingLine(limits.waiting, () => metrics.rejected.inc({ reason: 'overload' }));
  return ({ isProbe, body }: Operation): RequestHandler[] => {
    if (isProbe) return [markProbe];
    return body ? [limit, readBody(limits.bodyBytes, body.mediaTypes), line.enter] : [limit];
  };
}

const markProbe: RequestHandler = (request, _response, next) => {
  request.isProbe = true;
  next();
};

function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function methodsByPath(operations: Operation[]): Map<string, string[]> {
  const groups = Map.groupBy(operations, (operation) => operation.path);
  return new Map([...groups].map(([path, group]) => [path, group.map(({ method }) => method.toUpperCase())]));
}
