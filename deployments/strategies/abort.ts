import { UserError } from '../../common/errors.ts';
import type { Deployment, RollingBack } from '../deployment.ts';

/** Makes a deployment under way go back to where it began; one that does so already goes on with it, for its own reason. */
export function abort(deployment: Deployment, reason: string): RollingBack {
  switch (deployment.phase) {
    case 'progressing':
      return {
        ...deployment,
        phase: 'rolling-back',
        progress: { ...deployment.progress, reason, regrown: false },
      };
    case 'rolling-back':
      return deployment;
    default:
      throw new UserError('No deployment is under way. To go back to the revision before: make rollback');
  }
}
