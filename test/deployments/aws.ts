import { createServer } from 'node:http';
import type { ExecutionContext } from 'ava';
import { Fleet } from '../../deployments/fleet.ts';
import { type Input, textAt } from '../../rehearsal/protocols/input.ts';
import { queryProtocol } from '../../rehearsal/protocols/query.ts';
import { receiveCall } from '../support/receive-call.ts';
import { listen } from '../support/servers.ts';

export interface Machine {
  id: string;
  /** Id of its launch template. */
  template: string;
  health: string;
  /** Its tag. */
  release?: string;
  reason?: string;
}

export interface DescribedFleet {
  desired: number;
  machines: Machine[];
  refresh?: { status: string; percentage: number; reason?: string };
}

export const outputs = {
  url: 'https://balancer',
  load_balancer: 'arn:balancer',
  target_group: 'arn:targets',
  auto_scaling_group: 'fleet',
  launch_template_id: 'lt-new',
  launch_template_version: '1',
  release: '0123456789abcdef'.repeat(4),
  image: 'ami-1',
  account: '123456789012',
  region: 'eu-central-1',
  stack: 'intent-fleet-rehearsal',
};

const item = ({ id, release }: Machine, index: number) =>
  `<item><instanceId>${id}</instanceId><privateIpAddress>10.20.0.${index + 5}</privateIpAddress>` +
  '<launchTime>2026-01-01T00:00:00.000Z</launchTime>' +
  `${release ? `<tagSet><item><key>Release</key><value>${release}</value></item></tagSet>` : ''}</item>`;

/**
 * An AWS that describes the fleets one after another, a next one each time that its group is asked for; `calls`
 * has the name of each call, the next `throttling.calls` are refused, and `cloudWatch` has CloudWatch's answers by call.
 */
export async function awsWith(t: ExecutionContext, ...fleets: [DescribedFleet, ...DescribedFleet[]]) {
  let asked = -1;
  const calls: string[] = [];
  const console: Record<string, string> = {};
  const throttling = { calls: 0 };
  const fleet = () => fleets[Math.min(Math.max(asked, 0), fleets.length - 1)] ?? fleets[0];
  const answers: Record<string, (input: Input) => object | string | undefined> = {
    DescribeAutoScalingGroups: () => {
      asked++;
      const Instances = fleet().machines.map(({ id, template }) => ({
        InstanceId: id,
        ...(template && { LaunchTemplate: { LaunchTemplateId: template, Version: '1' } }),
      }));
      return { AutoScalingGroups: [{ DesiredCapacity: fleet().desired, Instances }] };
    },
    DescribeInstanceRefreshes: () => {
      const { refresh } = fleet();
      const { status: Status, percentage: PercentageComplete, reason: StatusReason } = refresh ?? {};
      return { InstanceRefreshes: refresh ? [{ Status, PercentageComplete, StatusReason }] : [] };
    },
    DescribeTargetHealth: () => ({
      TargetHealthDescriptions: fleet()
        .machines.filter(({ health }) => health !== '')
        .map(({ id, health, reason }) => ({
          Target: { Id: id },
          TargetHealth: { State: health, Description: reason },
        })),
    }),
    DescribeInstances: () =>
      `<DescribeInstancesResponse><reservationSet><item><instancesSet>${fleet().machines.map(item).join('')}</instancesSet></item></reservationSet></DescribeInstancesResponse>`,
    StartInstanceRefresh: () => ({ InstanceRefreshId: 'refresh' }),
    GetConsoleOutput: (input) => {
      const instance = textAt(input, 'InstanceId');
      if (instance === 'i-0') return undefined;
      const output = Buffer.from(console[instance] ?? '').toString('base64');
      return `<GetConsoleOutputResponse><output>${output}</output></GetConsoleOutputResponse>`;
    },
  };
  const cloudWatch: Record<string, object> = {};
  const server = createServer(async (request, response) => {
    const call = await receiveCall(request);
    // CloudWatch's calls are JSON, unlike those of the others.
    if (call?.service === 'cloudwatch')
      return response
        .setHeader('content-type', 'application/x-amz-json-1.0')
        .end(JSON.stringify(cloudWatch[call.action] ?? {}));
    const answer = call && answers[call.action]?.(call.input);
    if (!call || !answer)
      return response.writeHead(400).end(call && queryProtocol.error(call.service, 'InvalidInstanceID.NotFound', ''));
    calls.push(call.action);
    if (throttling.calls-- > 0)
      return response.writeHead(400).end(queryProtocol.error(call.service, 'Throttling', 'Rate exceeded'));
    return response
      .writeHead(200, { 'content-type': 'text/xml' })
      .end(typeof answer === 'string' ? answer : queryProtocol.answer(call, answer as never));
  });
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const access = { region: 'eu-central-1', endpoint: `http://127.0.0.1:${await listen(t, server)}`, credentials };
  return { access, fleet: new Fleet(access, outputs), calls, console, throttling, cloudWatch };
}
