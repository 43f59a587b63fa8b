import type { Context } from '../context.ts';
import { batchOperation } from './batch.ts';
import type { Operation } from './operation.ts';
import { predictOperation } from './predict.ts';
import { healthOperation, readyOperation } from './probes.ts';

/** Everything that is served, the most asked first: the router looks through it in this order. */
export function listOperations(context: Context): Operation[] {
  return [predictOperation(context), batchOperation(context), healthOperation, readyOperation(context)];
}
