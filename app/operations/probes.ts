import type { Context } from '../context.ts';
import { answerJson } from '../http/answer.ts';
import { Problem } from '../problems/problem.ts';
import { healthSchema, type Ready, readySchema } from '../schemas/probes.ts';
import { json, type Operation } from './operation.ts';

/** `GET /health`: the process is alive. Answers while it drains too; who asks this would kill it otherwise. */
export const healthOperation: Operation = {
  id: 'health',
  tag: 'probes',
  method: 'get',
  path: '/health',
  summary: 'Whether the process is alive',
  answer: { description: 'It is', mediaType: json, schema: healthSchema },
  problems: [],
  isProbe: true,
  handle: (_request, response) => answerJson(response, 200, { status: 'alive' }),
};

/** `GET /ready`: a model is loaded and the service isn't about to stop. */
export function readyOperation(context: Context): Operation {
  return {
    id: 'ready',
    tag: 'probes',
    method: 'get',
    path: '/ready',
    summary: 'Whether the service takes requests, and whether its last reload was refused',
    answer: { description: 'It does', mediaType: json, schema: readySchema },
    problems: ['not-ready'],
    isProbe: true,
    handle: (_request, response) => {
      checkReady(context);
      answerJson(response, 200, readiness(context));
    },
  };
}

/** Throws the problem of a service that takes no more requests. */
export function checkReady({ isDraining }: Context): void {
  if (!isDraining()) return;
  throw new Problem('not-ready', 'The service is about to stop; ask another one.', { headers: { 'Retry-After': '1' } });
}

function readiness({ classifier, refusals }: Context): Ready {
  const ready: Ready = { status: 'ready', model: classifier().manifest.version };
  const { model, certificate } = refusals();
  if (!model && !certificate) return ready;
  return { ...ready, refused: { ...(model && { model }), ...(certificate && { certificate }) } };
}
