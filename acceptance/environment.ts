import {
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
  ResumeProcessesCommand,
  SuspendProcessesCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Clients } from './clients.ts';
import { type Answer, ask, type Question } from './http.ts';
import { until } from './until.ts';
import type { Workspace } from './workspace.ts';

/** The outputs of the configuration. */
export interface Outputs {
  url: string;
  group: string;
  target_groups: Record<TargetGroup, string>;
  machines_security_group: string;
  alarm: string;
}

export type TargetGroup = 'web' | 'second' | 'pinned' | 'empty';

export interface EnvironmentProps {
  workspace: Workspace;
  clients: Clients;
  outputs: Outputs;
  /** The URL of the load balancer. */
  url: string;
  /** How many seconds of CloudWatch and scaling pass in one second. */
  pace: number;
}

/** The built environment, as the checks see it. */
export class Environment {
  readonly workspace: Workspace;
  readonly clients: Clients;
  readonly outputs: Outputs;
  readonly pace: number;
  readonly #url: string;

  constructor({ workspace, clients, outputs, url, pace }: EnvironmentProps) {
    this.workspace = workspace;
    this.clients = clients;
    this.outputs = outputs;
    this.pace = pace;
    this.#url = url;
  }

  /** Sends a request through the load balancer. */
  ask(path: string, question?: Question): Promise<Answer> {
    return ask(`${this.#url}${path}`, question);
  }

  /** The states and reasons of a target group's targets, such as `unhealthy Target.Timeout`; each once, sorted. */
  async health(group: TargetGroup): Promise<string> {
    const states = (await this.targets(group)).map(({ TargetHealth: health }) =>
      [health?.State, health?.Reason].filter(Boolean).join(' '),
    );
    return [...new Set(states)].sort().join(', ');
  }

  async targets(group: TargetGroup) {
    const command = new DescribeTargetHealthCommand({ TargetGroupArn: this.outputs.target_groups[group] });
    return (await this.clients.balancing.send(command)).TargetHealthDescriptions ?? [];
  }

  async group(): Promise<AutoScalingGroup> {
    const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [this.outputs.group] });
    const [group] = (await this.clients.autoScaling.send(command)).AutoScalingGroups ?? [];
    if (!group) throw new Error(`There is no Auto Scaling group ${this.outputs.group}`);
    return group;
  }

  /** Waits until so many fit machines, and no others, are healthy in two target groups; returns their ids. */
  async untilHealthy(count: number, seconds = 400, isFit: (id: string) => boolean = () => true): Promise<string[]> {
    const read = async () => {
      const targets = (await Promise.all([this.targets('web'), this.targets('second')])).flat();
      const healthy = targets.every(({ TargetHealth }) => TargetHealth?.State === 'healthy');
      const ids = [...new Set(targets.map(({ Target }) => Target?.Id ?? ''))];
      return targets.length === 2 * count && healthy ? ids : undefined;
    };
    const ids = await until(read, (found) => found?.every(isFit) === true, { seconds });
    if (!ids?.every(isFit)) throw new Error(`No ${count} healthy machines within ${seconds} s`);
    return ids;
  }

  /** Carries out an action while unhealthy machines are not replaced. */
  async keepingUnhealthy<Value>(action: () => Promise<Value>): Promise<Value> {
    const processes = { AutoScalingGroupName: this.outputs.group, ScalingProcesses: ['ReplaceUnhealthy'] };
    await this.clients.autoScaling.send(new SuspendProcessesCommand(processes));
    try {
      return await action();
    } finally {
      await this.clients.autoScaling.send(new ResumeProcessesCommand(processes));
    }
  }
}
