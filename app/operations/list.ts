import type { Context } from '../context.ts';
import { openApiOperation, pageOperation } from './about.ts';
import { batchOperation } from './batch.ts';
import { feedbackOperation } from './feedback.ts';
import { inferenceOperations } from './inference-protocol.ts';
import { modelOperation } from './model.ts';
import type { Operation } from './operation.ts';
import { predictOperation } from './predict.ts';
import { healthOperation, readyOperation } from './probes.ts';
import { referenceOperations } from './reference-page.ts';

/** Returns all operations in the order in which the router searches them, the most frequent first. */
export function listOperations(context: Context): Operation[] {
  const operations = [
    predictOperation(context),
    batchOperation(context),
    healthOperation,
    readyOperation(context),
    ...inferenceOperations(context),
    modelOperation(context),
    ...(context.feedback ? [feedbackOperation(context, context.feedback)] : []),
    pageOperation(context),
    ...referenceOperations,
  ];
  const listed = context.keys ? operations : operations.map(openToEveryone);
  return [...listed, openApiOperation(context, listed)];
}

function openToEveryone({ scope, ...operation }: Operation): Operation {
  return operation;
}
