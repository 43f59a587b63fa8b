import { UserError } from '../../common/errors.ts';
import type { Deployment } from '../deployment.ts';
import { isPausing } from './steps.ts';

/**
 * Lets what waits for a person go on: a step that pauses, or old machines that are kept warm, which then go. A deployment
 * that was interrupted goes on as it is, with the whole bake of its last step.
 */
export function promote(deployment: Deployment): Deployment {
  switch (deployment.phase) {
    case 'progressing': {
      if (!isPausing(deployment)) return deployment;
      return { ...deployment, progress: { ...deployment.progress, promoted: true } };
    }
    case 'rolling-back':
      throw new UserError(
        `${deployment.progress.to} goes back: ${deployment.progress.reason}. To finish that: make abort`,
      );
    case 'warm':
      return { ...deployment, phase: 'steady' };
    default:
      throw new UserError('Nothing waits for a person: no deployment is under way, and no old machines are kept warm.');
  }
}
