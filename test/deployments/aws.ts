import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ExecutionContext } from 'ava';
import { Fleet } from '../../deployments/fleet.ts';
import { parseQueryCall, queryAnswer, queryError } from '../../rehearsal/gateway/query.ts';
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
  const answers: Record<string, (parameters: URLSearchParams) => object | string | undefined> = {
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
    GetConsoleOutput: (parameters) => {
      if (parameters.get('InstanceId') === 'i-0') return undefined;
      const output = Buffer.from(console[parameters.get('InstanceId') ?? ''] ?? '').toString('base64');
      return `<GetConsoleOutputResponse><output>${output}</output></GetConsoleOutputResponse>`;
    },
  };
  const cloudWatch: Record<string, object> = {};
  const server = createServer(async (request, response) => {
    // CloudWatch's calls are JSON, unlike those of the others.
    const target = request.headers['x-amz-target']?.toString().split('.').at(-1);
    if (target)
      return response
        .setHeader('content-type', 'application/x-amz-json-1.0')
        .end(JSON.stringify(cloudWatch[target] ?? {}));
    const call = parseQueryCall(request.headers.authorization, await text(request));
    const answer = call && answers[call.action]?.(call.parameters);
    if (!call || !answer)
      return response.writeHead(400).end(call && queryError(call, 'InvalidInstanceID.NotFound', ''));
    calls.push(call.action);
    if (throttling.calls-- > 0) return response.writeHead(400).end(queryError(call, 'Throttling', 'Rate exceeded'));
    return response
      .writeHead(200, { 'content-type': 'text/xml' })
      .end(typeof answer === 'string' ? answer : queryAnswer(call, answer as never));
  });
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const access = { region: 'eu-central-1', endpoint: `http://127.0.0.1:${await listen(t, server)}`, credentials };
  return { access, fleet: new Fleet(access, outputs), calls, console, throttling, cloudWatch };
}
