import type { Deployment, Track } from './deployment.ts';
import type { FleetStatus } from './fleet-status.ts';
import { isServing, progressOf } from './health.ts';
import { aDeployment } from './strategies/wording.ts';

/** Returns what is wrong with what is deployed, or not over yet, and what to do; undefined where it serves as it should. */
export function problemOf(
  deployment: Deployment,
  statuses: Record<Track, FleetStatus>,
  templates: Readonly<Record<string, string>>,
): string | undefined {
  const { last, live, tracks } = deployment;
  const underWay = describeUnderWay(deployment);
  if (underWay !== undefined) return underWay;
  const id = templates[tracks[live].revision ?? ''];
  const template = id === undefined ? undefined : { id, version: '1' };
  if (template && !isServing(statuses[live], template)) return `${progressOf(statuses[live], template)}.`;
  if (last?.result !== 'rolled back') return undefined;
  return `The last deployment, of ${last.revision}, was rolled back: ${last.reason ?? 'for no reason that is known'}`;
}

/** Tells of a deployment that is not over, and how it ends; undefined where none is under way. */
export function describeUnderWay({ phase, progress, strategy }: Deployment): string | undefined {
  if (!progress) return undefined;
  const what = `${aDeployment(strategy)} of ${progress.to} is under way since ${progress.beganAt}`;
  if (phase === 'rolling-back') return `${what} and goes back: ${progress.reason}. Finish that: make abort`;
  return `${what}. Go on with it: make promote, or back: make abort`;
}
