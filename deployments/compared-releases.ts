import { UserError } from '../common/errors.ts';
import { releaseIdOf } from '../common/release-id.ts';
import type { Deployment } from './deployment.ts';

/** Two releases that serve at the same time: `a` was in service before, `b` is deployed. */
export interface ComparedReleases {
  releases: { a: string; b: string };
  /** Their shares of the traffic, in percent. */
  weights: { a: number; b: number };
  /** Whether `b` is asked without that anybody gets its answers. */
  isShadow: boolean;
  /** When its deployment began, in ISO 8601. */
  since: string;
}

/** Returns the releases of a deployment that is under way; refuses one that is over. */
export function comparedReleases({ progress, revisions, live, weights, shadow }: Deployment): ComparedReleases {
  const { from, to, beganAt } = progress ?? { from: null, to: '', beganAt: '' };
  const [a, b] = [from === null ? undefined : revisions[from], revisions[to]];
  if (!a || !b)
    throw new UserError(
      'One release serves everything. Deploy another one beside it with deployment.strategy: ab, or behind it with shadow, and compare meanwhile.',
    );
  const [ofLive, ofOther] = live === 'blue' ? [weights.blue, weights.green] : [weights.green, weights.blue];
  const releases = { a: releaseIdOf(a.release), b: releaseIdOf(b.release) };
  if (releases.a === releases.b)
    throw new UserError(`Both revisions have the release ${releases.a}: there is nothing to compare.`);
  return { releases, weights: { a: ofLive, b: ofOther }, isShadow: shadow !== undefined, since: beganAt };
}
