import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../common/errors.ts';
import type { Dataset } from '../model/datasets/example.ts';
import type { ModelSettings } from '../model/settings.ts';
import { measurePart, type Part, type PartResult } from './cross-validate.ts';

/** What a thread is started with. */
export interface WorkerStart {
  readonly train: Dataset;
  readonly settings: ModelSettings;
  readonly folds: number;
  readonly parts: readonly Part[];
}

/** What a thread tells: a result for each part, or why the data or the settings do not allow it. */
export type WorkerMessage = { result: PartResult } | { refusal: string };

const { train, settings, folds, parts } = workerData as WorkerStart;

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

try {
  for (const part of parts) tell({ result: await measurePart(train, settings, folds, part) });
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  tell({ refusal: error.message });
}
