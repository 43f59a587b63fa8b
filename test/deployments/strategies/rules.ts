import { isDeepStrictEqual } from 'node:util';
import { type Deployment, parseDeployment, type Track } from '../../../deployments/deployment.ts';
import type { Health } from '../../../deployments/strategies/health.ts';

const both: readonly Track[] = ['blue', 'green'];

/** Returns the rules that a value breaks which is applied after another one, by what was observed before. */
export function brokenRules(before: Deployment | undefined, after: Deployment, health: Health): string[] {
  const changes = before ? changesBetween(before, after) : { sizes: true, weights: false, added: true, removed: false };
  const broken: [rule: string, isBroken: boolean][] = [
    ['sizes and weights change apart', changes.sizes && changes.weights],
    ['a new revision comes without a change of weights', changes.added && changes.weights],
    ['revisions are pruned alone', changes.removed && (changes.sizes || changes.weights || changes.added)],
    ['revisions are pruned when nothing is under way', changes.removed && after.progress !== null],
    [
      'a client is kept at one of two tracks',
      after.sticky && Math.max(after.weights.blue, after.weights.green) === 100,
    ],
    ['a shadow has no machines but its own, kept warm', after.shadow !== undefined && hasOthers(after)],
    ['traffic needs machines', both.some((track) => isEmptyWithTraffic(after, track))],
    ['no track grows beyond the fleet', both.some((track) => isTooLarge(before, after, track))],
    [
      'traffic goes to healthy machines',
      changes.weights && both.some((track) => isWorseOff(before, after, track, health)),
    ],
    ['a state gives the value back', !isDeepStrictEqual(parseDeployment(JSON.parse(JSON.stringify(after))), after)],
  ];
  return broken.filter(([, isBroken]) => isBroken).map(([rule]) => rule);
}

/** Returns the rules that a value breaks with which nothing is under way and nothing is left to do. */
export function brokenAtRest({
  live,
  tracks,
  weights,
  sticky,
  shadow,
  phase,
  size,
  history,
  revisions,
  keepRevisions,
}: Deployment): string[] {
  const idle = tracks[live === 'blue' ? 'green' : 'blue'];
  const { revision, floor, ceiling } = tracks[live];
  const serves = history.length > 0;
  const kept = new Set([...history, tracks.blue.revision, tracks.green.revision].filter((name) => name !== null));
  const broken: [rule: string, isBroken: boolean][] = [
    ['the live track has all traffic', weights[live] !== 100],
    ['no client is kept at a track', sticky],
    ['nothing has a shadow', shadow !== undefined],
    ['the live track has the size of the fleet', serves && (floor !== size.min || ceiling !== size.max)],
    ['nothing has machines before the first success', !serves && ceiling > 0],
    ['the live revision is the one that served last', serves && revision !== history[0]],
    ['the other track is empty or warm', phase === 'warm' ? idle.floor === 0 : idle.ceiling > 0],
    ['no more than the kept revisions are there', !isDeepStrictEqual(new Set(Object.keys(revisions)), kept)],
    ['as many as wanted are kept', history.length > keepRevisions + 1],
  ];
  return broken.filter(([, isBroken]) => isBroken).map(([rule]) => rule);
}

function changesBetween(before: Deployment, after: Deployment) {
  return {
    sizes: !isDeepStrictEqual(before.tracks, after.tracks),
    weights: !isDeepStrictEqual([before.weights, before.sticky], [after.weights, after.sticky]),
    added: Object.keys(after.revisions).some((name) => !before.revisions[name]),
    removed: Object.keys(before.revisions).some((name) => !after.revisions[name]),
  };
}

function hasOthers({ tracks, live, shadow }: Deployment): boolean {
  const { revision, ceiling } = tracks[live === 'blue' ? 'green' : 'blue'];
  return ceiling > 0 && revision !== shadow;
}

function isEmptyWithTraffic({ tracks, weights, strategy, progress, history }: Deployment, track: Track): boolean {
  const isExcepted = history.length === 0 || (progress !== null && strategy.kind === 'recreate');
  return weights[track] > 0 && tracks[track].floor === 0 && !isExcepted;
}

// A smaller fleet in new settings takes effect when the deployment is over: until then no machine goes that serves.
function isTooLarge(before: Deployment | undefined, after: Deployment, track: Track): boolean {
  const { tracks, size, progress } = after;
  const { blue, green } = (before ?? after).tracks;
  return tracks[track].ceiling > Math.max(size.max, progress?.machines ?? 0, blue.ceiling, green.ceiling);
}

function isWorseOff(
  before: Deployment | undefined,
  { weights }: Deployment,
  track: Track,
  { tracks }: Health,
): boolean {
  return weights[track] > (before?.weights[track] ?? 0) && tracks[track].healthy === 0;
}
