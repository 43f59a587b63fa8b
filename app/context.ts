import type { Logger } from 'pino';
import type { Classifier } from '../model/artifact/open.ts';
import type { KeyRing } from './access/key-ring.ts';
import type { Feedback } from './feedback/open.ts';
import type { ServiceMetrics } from './observe/metrics.ts';
import type { Refusal } from './reload/reloadable.ts';
import type { ServiceSettings } from './settings.ts';
import type { Copies } from './shadow/copies.ts';

/** The dependencies of the operations. */
export interface Context {
  settings: ServiceSettings;
  logger: Logger;
  metrics: ServiceMetrics;
  /** Returns the current model; a request calls it once, so that a reload does not change its model. */
  classifier: () => Classifier;
  /** Returns the current API keys; undefined where the service answers everyone. */
  keys: (() => KeyRing) | undefined;
  /** Undefined where predictions have no ids. */
  feedback: Feedback | undefined;
  /** Undefined where no shadow may run. */
  copies: Pick<Copies, 'add'> | undefined;
  refusals: () => { model?: Refusal | undefined; certificate?: Refusal | undefined; keys?: Refusal | undefined };
  isDraining: () => boolean;
}
