import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { identifyKey, requireScope } from './access/authenticate.ts';
import type { Context } from './context.ts';
import { readBody } from './http/body.ts';
import { onlyMethods } from './http/methods.ts';
import { limitRate } from './limits/rate-limit.ts';
import { RequestQueue } from './limits/request-queue.ts';
import { listOperations } from './operations/list.ts';
import type { Operation } from './operations/operation.ts';
import { problemHandler, unknownPath } from './problems/handler.ts';

/** Creates the Express application: the operations behind their limits, errors as problem details. */
export function createApplication(context: Context): Express {
  const application = createBareApplication(context.settings.trustProxy);
  mount(application, context, listOperations(context));
  application.use(unknownPath);
  application.use(problemHandler(context.logger));
  return application;
}

function createBareApplication(trustProxy: number): Express {
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
    const { path, method, handle } = operation;
    application[method](expressPath(path), ...guard(operation), handle);
  }
  for (const [path, group] of Map.groupBy(operations, (operation) => operation.path)) {
    application.all(expressPath(path), onlyMethods(group.map(({ method }) => method.toUpperCase())));
  }
}

function createGuard({ settings, metrics, keys }: Context) {
  const { limits } = settings;
  const limit = limitRate(settings, () => metrics.rejected.inc({ reason: 'rate_limit' }));
  const queue = new RequestQueue(limits.waiting, () => metrics.rejected.inc({ reason: 'overload' }));
  // A key is found before the limit, which counts by it, and refused behind it: who tries keys is limited, too.
  const identify = keys ? [identifyKey(keys, (key) => metrics.apiKeys.use(key))] : [];
  return ({ isProbe, body, scope }: Operation): RequestHandler[] => {
    if (isProbe) return [markProbe];
    const admit = scope ? [requireScope(scope, (reason) => metrics.rejected.inc({ reason }))] : [];
    const read = body ? [readBody(limits.bodyBytes, body.mediaTypes), queue.enter] : [];
    return [...identify, limit, ...admit, ...read];
  };
}

function markProbe(request: Request, _response: Response, next: NextFunction): void {
  request.isProbe = true;
  next();
}

function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}
