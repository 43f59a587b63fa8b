import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { answerJson } from '../http/answer.ts';
import type { LastHandler } from '../http/listener.ts';
import { HttpProblem } from './problem.ts';

/** Refuses every unknown path. */
export function unknownPath({ path }: Request): never {
  throw notFound(path);
}

function notFound(path: string): HttpProblem {
  return new HttpProblem(
    'not-found',
    `Nothing is served at ${path.slice(0, 200)}; /docs and /openapi.json list what is.`,
  );
}

/** Answers errors with problem details; unexpected ones are logged and not shown. */
export function problemHandler(logger: Logger): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const problem = toProblem(error);
    if (problem.kind === 'internal') logger.error({ err: error, requestId: request.id }, 'request failed');
    if (response.headersSent) request.socket.destroy();
    else answerProblem(response, problem, request.path.startsWith('/v2'));
  };
}

/** Answers a URL without a path, which no router routes; closes the connection where an error could not be answered. */
export function lastHandler(logger: Logger): LastHandler {
  return (error, request, response) => {
    if (!error && !response.headersSent) return answerProblem(response, notFound(request.url), false);
    logger.error({ err: error, requestId: request.id }, 'an error could not be answered');
    response.destroy();
  };
}

function toProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  // The router throws this for a path such as /v2/models/%ff.
  if (error instanceof URIError)
    return new HttpProblem('invalid-path', 'The path contains an invalid percent-encoding.');
  return new HttpProblem('internal', 'Something went wrong on our side; the request id finds it in the logs.');
}

function answerProblem(response: Response, problem: HttpProblem, isInferenceProtocol: boolean): void {
  for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
  const body = problem.toBody();
  // Clients of the Open Inference Protocol read `error`; problem details allow further members.
  if (isInferenceProtocol) body.error = body.detail;
  answerJson(response, problem.status, body, 'application/problem+json');
}
