import type { Context } from '../context.ts';
import { openApiOperation, pageOperation } from './about.ts';
import { batchOperation } from './batch.ts';
import { inferenceOperations } from './inference-protocol.ts';
import type { Operation } from './operation.ts';
import { predictOperation } from './predict.ts';
import { healthOperation, readyOperation } from './probes.ts';

/** Everything that is served, the most asked first: the router looks through it in this order. */
export function listOperations(context: Context): Operation[] {
  const operations = [
    predictOperation(context),
    batchOperation(context),
    healthOperation,
    readyOperation(context),
    ...inferenceOperations(context),
    pageOperation,
  ];
  return [...operations, openApiOperation(context, operations)];
}
