import type { Context } from '../context.ts';
import { answerJson } from '../http/answer.ts';
import { liveSchema, serverMetadataSchema, serverReadySchema } from '../schemas/inference.ts';
import { json, type Operation } from './operation.ts';
import { checkReady } from './probes.ts';

/** `GET /v2`: the metadata of the server. */
export function serverMetadataOperation({ classifier }: Context): Operation {
  return {
    id: 'serverMetadata',
    tag: 'inference protocol',
    method: 'get',
    path: '/v2',
    summary: 'Metadata of the server',
    answer: { description: 'Its name, version and extensions', mediaType: json, schema: serverMetadataSchema },
    problems: [],
    handle: (_request, response) => {
      const version = classifier().manifest.versions.intentFleet;
      answerJson(response, 200, { name: 'intent-fleet', version, extensions: ['binary_tensor_data'] });
    },
  };
}

/** `GET /v2/health/live`: the process is alive. */
export const serverLiveOperation: Operation = {
  id: 'serverLive',
  tag: 'inference protocol',
  method: 'get',
  path: '/v2/health/live',
  summary: 'Whether the process is alive',
  answer: { description: 'The process is alive', mediaType: json, schema: liveSchema },
  problems: [],
  isProbe: true,
  handle: (_request, response) => answerJson(response, 200, { live: true }),
};

/** `GET /v2/health/ready`: the service is not draining. */
export function serverReadyOperation(context: Context): Operation {
  return {
    id: 'serverReady',
    tag: 'inference protocol',
    method: 'get',
    path: '/v2/health/ready',
    summary: 'Whether the service takes requests',
    answer: { description: 'The service takes requests', mediaType: json, schema: serverReadySchema },
    problems: ['not-ready'],
    isProbe: true,
    handle: (_request, response) => {
      checkReady(context);
      answerJson(response, 200, { ready: true });
    },
  };
}
