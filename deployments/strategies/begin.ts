import { UserError } from '../../common/errors.ts';
import {
  comparingFormat,
  type Deployment,
  deploymentFormat,
  type Progressing,
  type Settled,
  type Track,
  type UnderWay,
} from '../deployment.ts';
import { type Revision, revisionName } from '../revision.ts';
import type { TrackHealth } from './health.ts';
import { type DeploymentSettings, strategyOf } from './settings.ts';
import type { Strategy } from './strategy.ts';
import { aDeployment } from './wording.ts';

export interface BeginProps {
  revision: Revision;
  settings: DeploymentSettings;
  /** The size of the fleet. */
  size: { min: number; desired: number; max: number };
  /** What was observed of the tracks. */
  observed: Record<Track, Pick<TrackHealth, 'desired'>>;
  now: Date;
}

/**
 * Begins to deploy a revision; undefined stands for a stage in which nothing was ever deployed. The value returned is not
 * applied itself: `next` says what its first apply is. The revision that serves already begins nothing, and the one that is
 * under way goes on; another one is refused while one is under way.
 */
export function begin(deployment: Deployment | undefined, props: BeginProps): Deployment {
  const { revision, settings, size, observed, now } = props;
  const name = revisionName(revision);
  if (!deployment)
    return start(nothingDeployed(props), strategyOf(settings), { to: name, machines: size.desired, now });
  if (deployment.progress) return goingOn(deployment, name);
  const { min, max } = size;
  const { keepRevisions } = settings;
  const steady: Settled = { ...deployment, phase: 'steady', size: { min, max }, keepRevisions };
  const serving = servingRevision(deployment);
  if (name === serving) return { ...steady, last: { revision: name, result: 'successful', reason: null } };
  const machines = serving === undefined ? size.desired : observed[deployment.live].desired;
  const revisions = { [name]: revision, ...deployment.revisions };
  return start({ ...steady, revisions }, strategyOf(settings), { to: name, machines, now });
}

/** The revision that serves everything; undefined before the first one. */
export function servingRevision({ live, tracks, history }: Settled): string | undefined {
  return history.length > 0 ? (tracks[live].revision ?? undefined) : undefined;
}

interface StartProps {
  /** The name of a kept revision. */
  to: string;
  /** The machines that the fleet needs now. */
  machines: number;
  now: Date;
}

/** Begins a strategy with a kept revision. */
export function start(deployment: Settled, strategy: Strategy, { to, machines, now }: StartProps): Progressing {
  const from = servingRevision(deployment) ?? null;
  const needed = Math.max(machines, deployment.size.min);
  const progress = { from, to, machines: needed, step: 0, baked: false, promoted: false, beganAt: now.toISOString() };
  const isNew = strategy.kind === 'ab' || strategy.kind === 'shadow';
  const format = isNew ? comparingFormat : deploymentFormat;
  return { ...deployment, format, strategy, phase: 'progressing', progress };
}

function goingOn(deployment: UnderWay, name: string): Progressing {
  const { phase, progress, strategy } = deployment;
  if (phase === 'rolling-back')
    throw new UserError(`${progress.to} goes back: ${progress.reason}. Finish that first: make abort`);
  if (progress.to === name) return deployment;
  throw new UserError(
    `${aDeployment(strategy)} of ${progress.to} is under way since ${progress.beganAt}. ` +
      `Finish it first: make promote goes on with it, make abort goes back.`,
  );
}

function nothingDeployed({ revision, settings, size: { min, max } }: BeginProps): Settled {
  const nothing = { revision: null, floor: 0, ceiling: 0 };
  return {
    ...{ format: deploymentFormat, strategy: strategyOf(settings), phase: 'steady', live: 'blue' },
    ...{ revisions: { [revisionName(revision)]: revision }, history: [] },
    ...{ tracks: { blue: nothing, green: nothing }, weights: { blue: 100, green: 0 }, sticky: false },
    ...{ size: { min, max }, keepRevisions: settings.keepRevisions, progress: null, last: null },
  };
}
