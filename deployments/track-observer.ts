import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import type { TrackResources } from '../stacks/outputs.ts';
import { trackAlarmName, trackAlarmRules } from '../stacks/track-alarms.ts';
import { tracks as trackNames } from '../stacks/track-names.ts';
import { type Access, clientConfiguration } from './access.ts';
import { BootFailures, type BootFailuresProps } from './boot-failures.ts';
import type { Deployment, Track } from './deployment.ts';
import { Fleet } from './fleet.ts';
import type { LaunchTemplate } from './fleet-status.ts';
import { healthyMachines, unhealthyMachines } from './health.ts';
import type { ServiceRestarts } from './service-restarts.ts';
import type { TrackHealth } from './strategies/health.ts';

/** What is observed of a track from outside. */
export type TrackObservation = Omit<TrackHealth, 'smokeTest'>;

/** Of a track without machines. */
export const nothingObserved: TrackObservation = {
  ...{ desired: 0, machines: 0, healthy: 0 },
  ...{ failedBoot: null, ringing: [], endedService: null },
};

export interface TrackObserverProps extends Pick<BootFailuresProps, 'failureOf'> {
  access: Access;
  stack: string;
  tracks: Record<Track, TrackResources>;
  /** The id of the launch template of each revision that a track has, by the revision's name. */
  templates: Readonly<Record<string, string>>;
  /** Looks for services that end; undefined where nobody asks for them. */
  restarts?: Pick<ServiceRestarts, 'find'> | undefined;
}

interface Observed {
  fleet: Fleet;
  boots: BootFailures;
}

/** Observes the tracks of a stage, again and again. */
export class TrackObserver {
  readonly #stack: string;
  readonly #templates: TrackObserverProps['templates'];
  readonly #tracks: Record<Track, Observed>;
  readonly #cloudWatch: CloudWatchClient;
  readonly #restarts: TrackObserverProps['restarts'];

  constructor({ access, stack, tracks, templates, restarts, failureOf }: TrackObserverProps) {
    const observed = (track: Track): Observed => {
      const fleet = new Fleet(access, tracks[track]);
      return { fleet, boots: new BootFailures({ consoleOf: (machine) => fleet.consoleOf(machine), failureOf }) };
    };
    this.#stack = stack;
    this.#templates = templates;
    this.#restarts = restarts;
    this.#tracks = { blue: observed('blue'), green: observed('green') };
    this.#cloudWatch = new CloudWatchClient(clientConfiguration(access));
  }

  async observe(deployment: Deployment): Promise<Record<Track, TrackObservation>> {
    const alarms = { blue: this.#alarmsOf('blue'), green: this.#alarmsOf('green') };
    const [blue, green, ringing] = await Promise.all([
      this.#machinesOf('blue', deployment),
      this.#machinesOf('green', deployment),
      this.#ringing([...alarms.blue, ...alarms.green]),
    ]);
    const observed = { blue, green };
    const serving = trackNames.filter((track) => deployment.weights[track] > 0);
    const ended = await this.#restarts?.find(serving.flatMap((track) => observed[track].ids));
    const ofTrack = (track: Track): TrackObservation => {
      const { ids, ...observation } = observed[track];
      const machine = ids.find((id) => ended?.has(id));
      return {
        ...observation,
        ringing: alarms[track].filter((name) => ringing.has(name)),
        endedService: machine === undefined ? null : `${ended?.get(machine)} of ${machine} has ended by itself`,
      };
    };
    return { blue: ofTrack('blue'), green: ofTrack('green') };
  }

  async #machinesOf(track: Track, { tracks }: Deployment) {
    const { fleet, boots } = this.#tracks[track];
    const status = await fleet.status();
    const [desired, machines] = [status.desired, status.machines.length];
    const template = this.#templateOf(tracks[track].revision);
    if (!template) return { desired, machines, healthy: 0, failedBoot: null, ids: [] };
    const unhealthy = unhealthyMachines(status, template).map(({ id }) => id);
    const healthy = healthyMachines(status, template).map(({ id }) => id);
    const failedBoot = await boots.find(unhealthy);
    return { desired, machines, healthy: healthy.length, failedBoot, ids: [...healthy, ...unhealthy] };
  }

  #templateOf(revision: string | null): LaunchTemplate | undefined {
    if (revision === null) return undefined;
    const id = this.#templates[revision];
    // It would wait for machines that it cannot recognize.
    if (id === undefined) throw new Error(`The outputs have no launch template of the revision ${revision}`);
    return { id, version: '1' };
  }

  #alarmsOf(track: Track): string[] {
    return trackAlarmRules.map((rule) => trackAlarmName(this.#stack, track, rule));
  }

  async #ringing(AlarmNames: string[]): Promise<Set<string | undefined>> {
    const { MetricAlarms = [] } = await this.#cloudWatch.send(
      new DescribeAlarmsCommand({ AlarmNames, StateValue: 'ALARM' }),
    );
    // A rehearsal that an earlier version has started returns the others, too.
    const ringing = MetricAlarms.filter(({ StateValue }) => StateValue === 'ALARM');
    return new Set(ringing.map(({ AlarmName }) => AlarmName));
  }
}
