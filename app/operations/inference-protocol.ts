import { z } from 'zod';
import type { Context } from '../context.ts';
import { modelName } from '../schemas/inference.ts';
import { inferOperation } from './infer.ts';
import { type ModelPath, modelMetadataOperation, modelReadyOperation } from './inference-model.ts';
import { serverLiveOperation, serverMetadataOperation, serverReadyOperation } from './inference-server.ts';
import type { Operation } from './operation.ts';

const model = z.literal(modelName).describe('Name of the model');
const version = z.string().min(1).describe('Version of the model that is served');

// The protocol serves a model with and without its version in the path.
const modelPaths: ModelPath[] = [
  { path: '/v2/models/{model}', parameters: { model }, idSuffix: '' },
  { path: '/v2/models/{model}/versions/{version}', parameters: { model, version }, idSuffix: 'Version' },
];

/** Returns the operations of the Open Inference Protocol, version 2, which clients of KServe and Triton use. */
export function inferenceOperations(context: Context): Operation[] {
  return [
    ...modelPaths.flatMap((modelPath) => [
      inferOperation(context, modelPath),
      modelReadyOperation(context, modelPath),
      modelMetadataOperation(context, modelPath),
    ]),
    serverMetadataOperation(context),
    serverLiveOperation,
    serverReadyOperation(context),
  ];
}
