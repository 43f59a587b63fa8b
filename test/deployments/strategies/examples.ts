import { type Deployment, deploymentFormat, type Settled, type Track } from '../../../deployments/deployment.ts';
import { type Revision, revisionName } from '../../../deployments/revision.ts';
import { begin } from '../../../deployments/strategies/begin.ts';
import type { Health, TrackHealth } from '../../../deployments/strategies/health.ts';
import { next } from '../../../deployments/strategies/next.ts';
import type { Outcome } from '../../../deployments/strategies/outcome.ts';
import { type DeploymentSettings, deploymentSettings, strategyOf } from '../../../deployments/strategies/settings.ts';

export const now = new Date('2026-01-02T03:04:05.000Z');

export const size = { min: 2, desired: 2, max: 8 };

/** A revision whose digests are made of one digit. */
export function revision(digit: number): Revision {
  return {
    ...{ release: `${digit}`.repeat(64), image: 'ami-1', instanceType: 't3.small', diskGigabytes: 8 },
    ...{
      rootDevice: '/dev/xvda',
      userData: 'aaaa',
      modelVersion: `m${digit}`,
      accuracy: null,
      madeAt: `2026-01-0${digit}T00:00:00Z`,
    },
  };
}

/** The name of `revision(digit)`. */
export function named(digit: number): string {
  return revisionName(revision(digit));
}

export function settingsOf(settings: Parameters<typeof deploymentSettings.parse>[0]): DeploymentSettings {
  return deploymentSettings.parse({ bakeSeconds: 120, ...(settings as object) });
}

/** Blue serves everything with revision 1; nothing is under way. */
export function steady(changes: Partial<Settled> = {}): Settled {
  return {
    ...{ format: deploymentFormat, strategy: strategyOf(settingsOf({})), phase: 'steady', live: 'blue' },
    ...{ revisions: { [named(1)]: revision(1) }, history: [named(1)] },
    tracks: {
      blue: { revision: named(1), floor: 2, ceiling: 8 },
      green: { revision: null, floor: 0, ceiling: 0 },
    },
    ...{ weights: { blue: 100, green: 0 }, sticky: false, size: { min: 2, max: 8 }, keepRevisions: 3 },
    ...{ progress: null, last: null, ...changes },
  };
}

type SettingsInput = Parameters<typeof settingsOf>[0];

/** Begins to deploy revision 2 where four machines serve. */
export function beginSecond(settings: SettingsInput, deployment: Deployment = steady()): Deployment {
  return beginRevision(2, settings, deployment, { blue: 4, green: 0 });
}

/** Begins to deploy `revision(digit)`. */
export function beginRevision(
  digit: number,
  settings: SettingsInput,
  deployment: Deployment | undefined,
  { blue, green }: Record<Track, number>,
): Deployment {
  const observed = { blue: { desired: blue }, green: { desired: green } };
  return begin(deployment, { revision: revision(digit), settings: settingsOf(settings), size, observed, now });
}

/** A track of healthy machines, with changes. */
export function healthy(machines: number, changes: Partial<TrackHealth> = {}): TrackHealth {
  return {
    ...{ desired: machines, machines, healthy: machines },
    ...{ failedBoot: null, smokeTest: 'passed', ringing: [], endedService: null, ...changes },
  };
}

/** One line for a value: `progressing 1 | blue r1 4-8 100 % | green r2 4-8 0 %`. */
export function lineOf({ phase, tracks, weights, progress }: Deployment): string {
  const ofTrack = (track: Track) => {
    const { revision: name, floor, ceiling } = tracks[track];
    return `${track} ${shortName(name)} ${floor}-${ceiling} ${weights[track]} %`;
  };
  return `${phase}${progress ? ` ${progress.step}` : ''} | ${ofTrack('blue')} | ${ofTrack('green')}`;
}

function shortName(name: string | null): string {
  const digit = [1, 2, 3, 4, 5, 6].find((candidate) => named(candidate) === name);
  return digit === undefined ? '-' : `r${digit}`;
}

export interface PlayProps {
  /** The desired capacity of each track before the first apply. */
  desired?: Record<Track, number>;
  /** Changes what is observed of a value, which is healthy and long after its apply. */
  observe?: (deployment: Deployment, health: Health) => Health;
  /** Ends the play after so many applies. */
  applies?: number;
}

/** What a play has led to. */
export interface Played {
  /** A line for each value that was applied. */
  lines: string[];
  deployment: Deployment;
  /** Undefined after a play that was cut short. */
  outcome: Outcome | undefined;
  desired: Record<Track, number>;
}

/** Applies what comes next, of groups that obey at once and machines that are healthy at once, until something else comes. */
export function play(deployment: Deployment, props: PlayProps = {}): Played {
  const { observe = (_, health) => health, applies = 1000 } = props;
  let [value, desired] = [deployment, props.desired ?? { blue: 4, green: 0 }];
  const lines: string[] = [];
  while (lines.length < applies) {
    const outcome = next(value, observe(value, healthOf(desired)));
    if (outcome.kind !== 'apply') return { lines, deployment: value, outcome, desired };
    value = outcome.deployment;
    desired = obeyed(value, desired);
    lines.push(lineOf(value));
  }
  return { lines, deployment: value, outcome: undefined, desired };
}

export function healthOf({ blue, green }: Record<Track, number>): Health {
  return { tracks: { blue: healthy(blue), green: healthy(green) }, stepSeconds: 300 };
}

/** What a group makes of its desired capacity when its smallest and largest size change. */
export function obeyed({ tracks }: Deployment, desired: Record<Track, number>): Record<Track, number> {
  const of = (track: Track) => Math.min(Math.max(desired[track], tracks[track].floor), tracks[track].ceiling);
  return { blue: of('blue'), green: of('green') };
}
