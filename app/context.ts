import type { Logger } from 'pino';
import type { Classifier } from '../model/classifier.ts';
import type { Metrics } from './observe/metrics.ts';
import type { Refusal } from './reload/reloadable.ts';
import type { Settings } from './settings.ts';

/** What the operations need to answer. */
export interface Context {
  settings: Settings;
  logger: Logger;
  metrics: Metrics;
  /** The model of this moment; a request asks once and keeps to it. */
  classifier: () => Classifier;
  refusals: () => { model?: Refusal | undefined; certificate?: Refusal | undefined };
  isDraining: () => boolean;
}
