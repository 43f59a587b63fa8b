import { UserError } from '../../common/errors.ts';
import type { Deployment, Settled, UnderWay } from '../deployment.ts';
import { abort } from './abort.ts';
import { type BeginProps, servingRevision, start } from './begin.ts';
import { otherTrack } from './tracks.ts';

export interface RollbackProps extends Pick<BeginProps, 'observed' | 'now'> {
  /** The name of a kept revision; by default the one that served before. */
  to?: string | undefined;
  /** Time for machines to become healthy. */
  stepTimeoutSeconds: number;
}

/**
 * Goes back to a kept revision. While a deployment is under way that is to abort it; afterwards the kept revision takes all
 * traffic: at once where its machines are still there, else as soon as they are.
 */
export function rollback(deployment: Deployment, props: RollbackProps): Deployment {
  if (deployment.progress) return rollbackUnderWay(deployment, props.to);
  const to = targetOf(deployment, props.to);
  const { stepTimeoutSeconds, observed, now } = props;
  const machines = observed[deployment.live].desired;
  const fromWarm = deployment.phase === 'warm' && deployment.tracks[otherTrack(deployment.live)].revision === to;
  return start(deployment, { kind: 'rollback', fromWarm, stepTimeoutSeconds }, { to, machines, now });
}

function rollbackUnderWay(deployment: UnderWay, to: string | undefined): Deployment {
  const { from, to: deployed } = deployment.progress;
  if (to === undefined || to === from) return abort(deployment, 'A person rolled it back');
  throw new UserError(`${deployed} is under way from ${from ?? 'nothing'}, not from ${to}. Go back first: make abort`);
}

function targetOf(deployment: Settled, to: string | undefined): string {
  const serving = servingRevision(deployment);
  const others = Object.keys(deployment.revisions).filter((name) => name !== serving);
  if (to !== undefined && others.includes(to)) return to;
  if (to !== undefined)
    throw new UserError(`RELEASE=${to}: expected ${others.join(' or ') || 'nothing'}, which are kept`);
  const before = deployment.history.find((name) => name !== serving);
  if (before !== undefined) return before;
  throw new UserError(
    'There is no revision to go back to: no other one has served, or none is kept (deployment.keepRevisions).',
  );
}
