import type { Request } from 'express';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { answerJson } from '../http/answer.ts';
import { untyped } from '../http/media-type.ts';
import { readInference } from '../inference/read-request.ts';
import { outputMetadata, writeInference } from '../inference/write-response.ts';
import { Problem } from '../problems/problem.ts';
import {
  inferRequestSchema,
  inferResponseSchema,
  liveSchema,
  modelMetadataSchema,
  modelName,
  modelReadySchema,
  serverMetadataSchema,
  serverReadySchema,
} from '../schemas/inference.ts';
import { textSchema } from '../schemas/text.ts';
import { json, type Operation } from './operation.ts';
import { checkReady } from './probes.ts';

const tag = 'inference protocol';
const modelParameter = { model: z.literal(modelName).describe('Name of the model') };
const versionParameter = {
  ...modelParameter,
  version: z.string().min(1).describe('Version of the model that is served'),
};
// Triton's client names no type.
const inferTypes = [json, 'application/octet-stream', untyped];

/** The Open Inference Protocol, version 2: what clients of KServe and Triton speak. */
export function inferenceOperations(context: Context): Operation[] {
  return [
    ...modelOperations(context, '/v2/models/{model}', modelParameter, ''),
    ...modelOperations(context, '/v2/models/{model}/versions/{version}', versionParameter, 'Version'),
    ...serverOperations(context),
  ];
}

function serverOperations(context: Context): Operation[] {
  return [
    {
      id: 'serverMetadata',
      tag,
      method: 'get',
      path: '/v2',
      summary: 'What the server is',
      answer: { description: 'Its name, version and extensions', mediaType: json, schema: serverMetadataSchema },
      problems: [],
      handle: (_request, response) => {
        const version = context.classifier().manifest.versions.intentFleet;
        answerJson(response, 200, { name: 'intent-fleet', version, extensions: ['binary_tensor_data'] });
      },
    },
    {
      id: 'serverLive',
      tag,
      method: 'get',
      path: '/v2/health/live',
      summary: 'Whether the process is alive',
      answer: { description: 'It is', mediaType: json, schema: liveSchema },
      problems: [],
      isProbe: true,
      handle: (_request, response) => answerJson(response, 200, { live: true }),
    },
    {
      id: 'serverReady',
      tag,
      method: 'get',
      path: '/v2/health/ready',
      summary: 'Whether the service takes requests',
      answer: { description: 'It does', mediaType: json, schema: serverReadySchema },
      problems: ['not-ready'],
      isProbe: true,
      handle: (_request, response) => {
        checkReady(context);
        answerJson(response, 200, { ready: true });
      },
    },
  ];
}

function modelOperations(
  context: Context,
  path: string,
  parameters: NonNullable<Operation['parameters']>,
  suffix: string,
): Operation[] {
  return [
    inferOperation(context, path, parameters, suffix),
    {
      id: `modelReady${suffix}`,
      tag,
      method: 'get',
      path: `${path}/ready`,
      summary: 'Whether the model takes requests',
      parameters,
      answer: { description: 'It does', mediaType: json, schema: modelReadySchema },
      problems: ['invalid-path', 'not-found', 'not-ready'],
      isProbe: true,
      handle: (request, response) => {
        checkModel(request, context);
        checkReady(context);
        answerJson(response, 200, { name: modelName, ready: true });
      },
    },
    {
      id: `modelMetadata${suffix}`,
      tag,
      method: 'get',
      path,
      summary: 'What the model takes and gives',
      parameters,
      answer: { description: 'Its inputs and outputs', mediaType: json, schema: modelMetadataSchema },
      problems: ['invalid-path', 'not-found'],
      handle: (request, response) => answerJson(response, 200, metadata(checkModel(request, context))),
    },
  ];
}

function inferOperation(
  context: Context,
  path: string,
  parameters: NonNullable<Operation['parameters']>,
  suffix: string,
): Operation {
  const { batchTexts, textCharacters } = context.settings.limits;
  const schemas = {
    mostTexts: batchTexts,
    request: inferRequestSchema(batchTexts),
    text: textSchema(textCharacters),
  };
  return {
    id: `infer${suffix}`,
    tag,
    method: 'post',
    path: `${path}/infer`,
    summary: `Classify up to ${batchTexts} texts, sent as a tensor`,
    parameters,
    body: { schema: schemas.request, mediaTypes: inferTypes },
    answer: { description: 'The intents and confidences as tensors', mediaType: json, schema: inferResponseSchema },
    problems: ['invalid-path', 'not-found'],
    handle: (request, response) => {
      checkModel(request, context);
      const { request: asked, texts } = readInference(request, schemas);
      request.texts = texts;
      const classifier = context.classifier();
      const predictions = texts.map((text) => context.metrics.predictions.predict(classifier, text, 1));
      writeInference(response, asked, predictions, classifier.manifest.version);
    },
  };
}

/** The version that answers; a model or version that isn't served is a problem. */
function checkModel({ params }: Request, { classifier }: Context): string {
  const served = classifier().manifest.version;
  const { model, version = served } = params;
  if (model !== modelName) throw new Problem('not-found', `The only model here is ${modelName}.`);
  if (version !== served) throw new Problem('not-found', `The only version of ${modelName} here is ${served}.`);
  return served;
}

function metadata(version: string) {
  return {
    name: modelName,
    versions: [version],
    platform: 'intent-fleet',
    inputs: [{ name: 'text', datatype: 'BYTES', shape: [-1] }],
    outputs: outputMetadata,
  };
}
