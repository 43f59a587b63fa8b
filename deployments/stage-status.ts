import { clockFactor } from '../rehearsal/metrics/aws-clock.ts';
import { type Outputs, parseOutputs } from '../stacks/outputs.ts';
import { tracks } from '../stacks/track-names.ts';
import type { Deployed } from './deployed.ts';
import { type Deployment, parseDeployment, type Track } from './deployment.ts';
import { endpointOf } from './endpoint.ts';
import { Fleet } from './fleet.ts';
import { FleetMetricsReader } from './fleet-metrics.ts';
import type { FleetMachine, FleetStatus, MachineDetails } from './fleet-status.ts';
import type { TrafficMetrics } from './metric-queries.ts';
import { problemOf } from './problem.ts';
import { servingRevision } from './read-deployment.ts';
import { type RingingAlarm, ringingAlarms } from './ringing-alarms.ts';
import { readStateOutputs, TornStateError } from './state-outputs.ts';

/** A machine, its track, its details, and how much of its processors it uses, in percent. */
export type MachineStatus = FleetMachine & MachineDetails & { track: Track; cpuPercent: number | null };

/** A track as people see it. */
export interface TrackStatus {
  /** The name of its revision; null before the first one. */
  revision: string | null;
  isLive: boolean;
  /** The desired number of machines. */
  desired: number;
  /** Its share of the requests, in percent. */
  weight: number;
}

/** A deployed stage as people and programs see it. */
export interface StageStatus {
  url: string;
  /** The SHA-256 of the archive of the release that serves; null before the first one does. */
  release: string | null;
  /** The desired number of machines. */
  desired: number;
  tracks: Record<Track, TrackStatus>;
  /** What a person has to know: a deployment under way or one that failed, or machines that do not serve. */
  problem: string | null;
  metrics: TrafficMetrics;
  alarms: RingingAlarm[];
  machines: MachineStatus[];
}

// CloudWatch's period, which is shorter in the rehearsal.
const periodSeconds = 60;

type ReadOutputs = () => Promise<Record<string, unknown> | undefined>;

/** Reads the status of a stage, again and again. */
export class StageStatusReader {
  readonly #deployed: Deployed;
  readonly #readOutputs: ReadOutputs;
  #outputs: Outputs;
  #deployment: Deployment;
  readonly #fleets: Record<Track, Fleet>;
  readonly #metrics: FleetMetricsReader;

  constructor(deployed: Deployed, readOutputs: ReadOutputs = () => readStateOutputs(deployed.stage)) {
    const { access, rehearsal } = deployed.target;
    const { tracks: resources, deployment } = deployed.outputs;
    this.#deployed = deployed;
    this.#readOutputs = readOutputs;
    this.#outputs = deployed.outputs;
    this.#deployment = parseDeployment(deployment);
    this.#fleets = { blue: new Fleet(access, resources.blue), green: new Fleet(access, resources.green) };
    this.#metrics = new FleetMetricsReader({
      access,
      periodSeconds: rehearsal ? periodSeconds / clockFactor : periodSeconds,
    });
  }

  async read(): Promise<StageStatus> {
    const { target, outputs } = this.#deployed;
    const templates = await this.#follow();
    const deployment = this.#deployment;
    const [blue, green] = await Promise.all([this.#fleets.blue.status(), this.#fleets.green.status()]);
    const all = [...blue.machines, ...green.machines];
    const [machines, alarms, { cpuPercent, ...metrics }] = await Promise.all([
      this.#details({ blue, green }),
      ringingAlarms(target.access, outputs.stack),
      this.#metrics.read(
        { load_balancer: outputs.load_balancer, target_group: outputs.tracks[deployment.live].target_group },
        all.map(({ id }) => id),
      ),
    ]);
    return {
      url: endpointOf(target, outputs).url,
      release: servingRevision(deployment)?.release ?? null,
      desired: blue.desired + green.desired,
      tracks: { blue: trackStatus('blue', deployment, blue), green: trackStatus('green', deployment, green) },
      problem: problemOf(deployment, { blue, green }, templates) ?? null,
      ...{ metrics, alarms },
      machines: machines.map((machine) => ({ ...machine, cpuPercent: cpuPercent.get(machine.id) ?? null })),
    };
  }

  /** Follows a deployment that another command carries on; returns the launch templates. */
  async #follow(): Promise<Outputs['launch_templates']> {
    const read = await this.#readOutputs().catch((error: unknown) => {
      // Terraform writes it at this moment.
      if (error instanceof TornStateError) return undefined;
      throw error;
    });
    if (read) this.#outputs = parseOutputs(read);
    this.#deployment = parseDeployment(this.#outputs.deployment);
    return this.#outputs.launch_templates;
  }

  async #details(statuses: Record<Track, FleetStatus>): Promise<Omit<MachineStatus, 'cpuPercent'>[]> {
    const ofTracks = tracks.map(async (track) => {
      const details = await this.#fleets[track].details(statuses[track].machines);
      return details.map((machine) => ({ ...machine, track }));
    });
    return (await Promise.all(ofTracks)).flat();
  }
}

function trackStatus(
  track: Track,
  { tracks: states, live, weights }: Deployment,
  { desired }: FleetStatus,
): TrackStatus {
  return { revision: states[track].revision, isLive: live === track, desired, weight: weights[track] };
}
