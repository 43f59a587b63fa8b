import type { Context } from '../context.ts';
import { answerJson } from '../http/answer.ts';
import { HttpProblem } from '../problems/problem.ts';
import { healthSchema, type Ready, readySchema } from '../schemas/probes.ts';
import { json, type Operation } from './operation.ts';

/** `GET /health`: the process is alive. Stays 200 while draining, or the balancer would kill it. */
export const healthOperation: Operation = {
  id: 'health',
  tag: 'probes',
  method: 'get',
  path: '/health',
  summary: 'Whether the process is alive',
  answer: { description: 'The process is alive', mediaType: json, schema: healthSchema },
  problems: [],
  isProbe: true,
  handle: (_request, response) => answerJson(response, 200, { status: 'alive' }),
};

/** `GET /ready`: the service is not draining, and whether its last reload was refused. */
export function readyOperation(context: Context): Operation {
  return {
    id: 'ready',
    tag: 'probes',
    method: 'get',
    path: '/ready',
    summary: 'Whether the service takes requests, and whether its last reload was refused',
    answer: { description: 'The service takes requests', mediaType: json, schema: readySchema },
    problems: ['not-ready'],
    isProbe: true,
    handle: (_request, response) => {
      checkReady(context);
      answerJson(response, 200, readiness(context));
    },
  };
}

/** Throws a problem while the service drains. */
export function checkReady({ isDraining }: Context): void {
  if (!isDraining()) return;
  const headers = { 'Retry-After': '1' };
  throw new HttpProblem('not-ready', 'The service is about to stop; ask another one.', { headers });
}

function readiness({ classifier, refusals }: Context): Ready {
  const ready: Ready = { status: 'ready', model: classifier().manifest.version };
  const refused = Object.entries(refusals()).filter(([, refusal]) => refusal !== undefined);
  return refused.length === 0 ? ready : { ...ready, refused: Object.fromEntries(refused) };
}
