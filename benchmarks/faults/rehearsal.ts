import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createSecureContext } from 'node:tls';
import { CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { execa } from 'execa';
import { stateFile } from '../../common/paths.ts';
import { endProcess } from '../../common/processes.ts';
import { ask } from '../../deployments/ask.ts';
import { StoredLogs } from '../../deployments/stored-logs.ts';
import { CloudClient } from '../../rehearsal/client.ts';
import { clockFactor } from '../../rehearsal/metrics/aws-clock.ts';
import { placeOf } from '../../rehearsal/place.ts';
import { registered } from '../../rehearsal/registration.ts';
import { descendantsRunning } from '../descendants.ts';
import type { Checkout } from './checkout.ts';
import { type Load, type LoadOptions, type PredictRequest, startLoad } from './load.ts';

// A reading is a command, which takes a second of a processor.
const pollMilliseconds = 5000;

export interface Machine {
  id: string;
  release: string;
  health: string;
}

export interface Status {
  release: string;
  /** What a person has to know. */
  problem: string | null;
  desired: number;
  tracks: Record<'blue' | 'green', { revision: string | null; isLive: boolean; desired: number; weight: number }>;
  machines: Machine[];
}

/** A deployed rehearsal in a checkout of its own. */
export class Rehearsal {
  readonly checkout: Checkout;
  readonly stage: string;
  /** The output of the apply that deployed it. */
  applyOutput = '';

  constructor(checkout: Checkout, stage = 'rehearsal') {
    this.checkout = checkout;
    this.stage = stage;
  }

  get place() {
    return placeOf(this.checkout.folder, this.stage);
  }

  /** The output of `make status` as a value, without what changes by itself. */
  async status(): Promise<Status> {
    const { stdout } = await execa('node', ['scripts/status.ts', '--json'], {
      cwd: this.checkout.folder,
      preferLocal: true,
      env: { STAGE: this.stage },
    });
    const { metrics: _, ...status } = JSON.parse(stdout) as Status & { metrics: unknown };
    return { ...status, machines: status.machines.map((machine) => ({ ...machine, cpuPercent: null })) };
  }

  /** Runs make apply with a changed file; returns its result, and puts the file back. */
  applyWith(path: string, change: (content: string) => string) {
    return this.checkout.withChange(path, change, () => this.checkout.make('apply'));
  }

  /** Waits until the status is as expected; fails after `seconds`. */
  async waitUntil(isExpected: (status: Status) => boolean, seconds: number): Promise<Status> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const status = await this.status();
      if (isExpected(status)) return status;
      if (Date.now() > deadline) throw new Error(`Not as expected after ${seconds} s: ${JSON.stringify(status)}`);
      await delay(pollMilliseconds);
    }
  }

  /** Waits until `make logs` of a machine has a line; fails after `seconds`. */
  async waitForLog(machine: string, line: RegExp, seconds: number): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const { output } = await this.checkout.make('logs', `MACHINE=${machine}`);
      if (line.test(output)) return;
      if (Date.now() > deadline) throw new Error(`${line} is not in the logs after ${seconds} s:\n${output}`);
      await delay(pollMilliseconds);
    }
  }

  /** A request to classify a text, through the load balancer. */
  async predictRequest(text: string): Promise<PredictRequest> {
    const ca = await readFile(join(this.place.folder, 'tls/ca.pem'));
    return { port: this.place.ports.https, secureContext: createSecureContext({ ca }), text };
  }

  /** Sends requests from two clients until the load is stopped. */
  async startLoad(options: LoadOptions = { clients: 2 }): Promise<Load> {
    return startLoad(await this.predictRequest(options.text ?? 'Great service!'), options);
  }

  /** The number of requests that CloudWatch has counted since the rehearsed minute of a time. */
  async requestsSince(time: Date): Promise<number> {
    const state = JSON.parse(await readFile(stateFile(this.stage, this.checkout.folder), 'utf8'));
    const balancer = (state.outputs.load_balancer.value as string).replace(/^.*:loadbalancer\//, '');
    const Dimensions = [{ Name: 'LoadBalancer', Value: balancer }];
    const Metric = { Namespace: 'AWS/ApplicationELB', MetricName: 'RequestCount', Dimensions };
    const command = new GetMetricDataCommand({
      MetricDataQueries: [{ Id: 'requests', MetricStat: { Metric, Period: 60 / clockFactor, Stat: 'Sum' } }],
      StartTime: time,
      EndTime: new Date(),
    });
    const client = await this.#cloudWatch();
    const { MetricDataResults = [] } = await client.send(command);
    return MetricDataResults.flatMap(({ Values = [] }) => Values).reduce((sum, count) => sum + count, 0);
  }

  /** The names of the alarms of both tracks that ring. */
  async ringingOfTracks(): Promise<string[]> {
    const AlarmNamePrefix = `intent-fleet-${this.stage}-`;
    const command = new DescribeAlarmsCommand({ AlarmNamePrefix, StateValue: 'ALARM' });
    const { MetricAlarms = [] } = await (await this.#cloudWatch()).send(command);
    const names = MetricAlarms.map(({ AlarmName = '' }) => AlarmName.slice(AlarmNamePrefix.length));
    return names.filter((name) => /^(?:blue|green)-/.test(name));
  }

  /** Returns the value of a query of Prometheus, through the load balancer; undefined without one. */
  async prometheus(query: string): Promise<number | undefined> {
    const url = new URL(`https://localhost:${this.place.ports.https}/monitoring/prometheus/api/v1/query`);
    url.searchParams.set('query', query);
    const [status, body] = await ask(url, { ca: await readFile(join(this.place.folder, 'tls/ca.pem')) });
    if (status !== 200) throw new Error(`Prometheus answers ${query} with ${status}: ${body}`);
    const { data } = JSON.parse(body) as { data: { result: { value: [time: number, value: string] }[] } };
    const [found] = data.result;
    return found && Number(found.value[1]);
  }

  /** Crashes a machine as a broken host would. */
  async crash(machine: string): Promise<void> {
    await (await this.#cloud()).crash(machine);
  }

  /** The folder where a machine's root file system can be read. */
  async diskOf(machine: string): Promise<string> {
    return join(`/proc/${await this.#pid()}/root/run/machines`, machine, 'root');
  }

  /** The lines that machines have shipped. */
  async storedLogs(): Promise<StoredLogs> {
    const { endpoint, accessKey: credentials } = await this.#cloud();
    return new StoredLogs({ region: 'eu-central-1', endpoint, credentials }, `/intent-fleet-${this.stage}`);
  }

  /** Kills the log shippers of all machines; returns their number. */
  async killShippers(): Promise<number> {
    const shippers = descendantsRunning(await this.#pid(), /logs\/shipper\.mjs/);
    for (const pid of shippers) endProcess(pid);
    return shippers.length;
  }

  /** Sends a signal to the workers that run as a shadow on all machines; returns their number. */
  async signalShadows(signal: NodeJS.Signals): Promise<number> {
    const workers = descendantsRunning(await this.#pid(), /^\/var\/lib\/intent-fleet-shadow\//);
    for (const pid of workers) process.kill(pid, signal);
    return workers.length;
  }

  async #cloudWatch(): Promise<CloudWatchClient> {
    const { endpoint, accessKey: credentials } = await this.#cloud();
    return new CloudWatchClient({ region: 'eu-central-1', endpoint, credentials });
  }

  async #pid(): Promise<number> {
    const registration = await registered(this.place);
    if (!registration) throw new Error('The rehearsal is not running');
    return registration.pid;
  }

  async #cloud(): Promise<CloudClient> {
    const registration = await registered(this.place);
    if (!registration) throw new Error('The rehearsal is not running');
    return new CloudClient(this.place, registration);
  }
}
