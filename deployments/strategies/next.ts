import type { Deployment } from '../deployment.ts';
import { goBack } from './go-back.ts';
import { goOn } from './go-on.ts';
import type { Health } from './health.ts';
import type { Outcome } from './outcome.ts';
import { settle } from './settle.ts';

/**
 * Returns what comes next in a deployment, by what was observed. The value is the one that the last apply made true: where
 * the command was killed in an apply, the value of the state is applied first.
 */
export function next(deployment: Deployment, health: Health): Outcome {
  switch (deployment.phase) {
    case 'progressing':
      return goOn(deployment, health);
    case 'rolling-back':
      return goBack(deployment, health);
    default:
      return settle(deployment);
  }
}
