import { clockFactor } from '../rehearsal/metrics/aws-clock.ts';
import type { Outputs } from '../stacks/outputs.ts';
import type { Deployed } from './deployed.ts';
import { endpointOf } from './endpoint.ts';
import { Fleet } from './fleet.ts';
import { FleetMetricsReader } from './fleet-metrics.ts';
import { deployedTemplate, type FleetMachine, type FleetStatus, type MachineDetails } from './fleet-status.ts';
import { problemOf } from './health.ts';
import type { TrafficMetrics } from './metric-queries.ts';
import { type RingingAlarm, ringingAlarms } from './ringing-alarms.ts';

/** A machine, its details, and how much of its processors it uses, in percent. */
export type MachineStatus = FleetMachine & MachineDetails & { cpuPercent: number | null };

/** A deployed stage as people and programs see it. */
export interface StageStatus extends Omit<FleetStatus, 'machines'> {
  url: string;
  /** The SHA-256 of the release's archive. */
  release: string;
  /** Why the release does not serve on every machine. */
  problem: string | null;
  metrics: TrafficMetrics;
  alarms: RingingAlarm[];
  machines: MachineStatus[];
}

// CloudWatch's period, which is shorter in the rehearsal.
const periodSeconds = 60;

/** Reads the status of a stage, again and again. */
export class StageStatusReader {
  readonly #deployed: Deployed;
  readonly #fleet: Fleet;
  readonly #metrics: FleetMetricsReader;

  constructor(deployed: Deployed) {
    const { access, rehearsal } = deployed.target;
    const { outputs } = deployed;
    this.#deployed = deployed;
    this.#fleet = new Fleet(access, outputs);
    this.#metrics = new FleetMetricsReader({
      ...{ access, outputs },
      periodSeconds: rehearsal ? periodSeconds / clockFactor : periodSeconds,
    });
  }

  async read(): Promise<StageStatus> {
    const { target, outputs } = this.#deployed;
    const status = await this.#fleet.status();
    const [machines, alarms, { cpuPercent, ...metrics }] = await Promise.all([
      this.#fleet.details(status.machines),
      outputs.stack === undefined ? [] : ringingAlarms(target.access, outputs.stack),
      this.#metrics.read(status.machines.map(({ id }) => id)),
    ]);
    return {
      ...{ url: endpointOf(target, outputs).url, release: outputs.release, problem: problemIn(status, outputs) },
      ...{ ...status, metrics, alarms },
      machines: machines.map((machine) => ({ ...machine, cpuPercent: cpuPercent.get(machine.id) ?? null })),
    };
  }
}

function problemIn(status: FleetStatus, outputs: Outputs): string | null {
  const template = deployedTemplate(outputs);
  return (template && problemOf(status, template)) ?? null;
}
