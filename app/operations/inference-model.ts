import type { Request } from 'express';
import type { Context } from '../context.ts';
import { answerJson } from '../http/answer.ts';
import { outputMetadata } from '../inference/write-response.ts';
import { HttpProblem } from '../problems/problem.ts';
import { modelMetadataSchema, modelName, modelReadySchema } from '../schemas/inference.ts';
import { json, type Operation } from './operation.ts';
import { checkReady } from './probes.ts';

/** A path that names the model, with or without its version. */
export interface ModelPath {
  path: string;
  parameters: NonNullable<Operation['parameters']>;
  /** The suffix of the ids of the path's operations. */
  idSuffix: string;
}

/** `GET {model path}/ready`: the service is not draining. */
export function modelReadyOperation(context: Context, { path, parameters, idSuffix }: ModelPath): Operation {
  return {
    id: `modelReady${idSuffix}`,
    tag: 'inference protocol',
    method: 'get',
    path: `${path}/ready`,
    summary: 'Whether the model takes requests',
    parameters,
    answer: { description: 'The model takes requests', mediaType: json, schema: modelReadySchema },
    problems: ['invalid-path', 'not-found', 'not-ready'],
    isProbe: true,
    handle: (request, response) => {
      checkModel(request, context);
      checkReady(context);
      answerJson(response, 200, { name: modelName, ready: true });
    },
  };
}

/** `GET {model path}`: the metadata of the model. */
export function modelMetadataOperation(context: Context, { path, parameters, idSuffix }: ModelPath): Operation {
  return {
    id: `modelMetadata${idSuffix}`,
    tag: 'inference protocol',
    method: 'get',
    scope: 'predict',
    path,
    summary: 'Metadata of the model',
    parameters,
    answer: { description: 'Its inputs and outputs', mediaType: json, schema: modelMetadataSchema },
    problems: ['invalid-path', 'not-found'],
    handle: (request, response) => answerJson(response, 200, modelMetadata(checkModel(request, context))),
  };
}

/** Returns the version of the served model; throws a problem when the path names another model or version. */
export function checkModel({ params }: Request, { classifier }: Context): string {
  const served = classifier().manifest.version;
  const { model, version = served } = params;
  if (model !== modelName) throw new HttpProblem('not-found', `The only model here is ${modelName}.`);
  if (version !== served) throw new HttpProblem('not-found', `The only version of ${modelName} here is ${served}.`);
  return served;
}

function modelMetadata(version: string) {
  return {
    name: modelName,
    versions: [version],
    platform: 'intent-fleet',
    inputs: [{ name: 'text', datatype: 'BYTES', shape: [-1] }],
    outputs: outputMetadata,
  };
}
