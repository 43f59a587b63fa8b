import { createServer } from 'node:http';
import type { ExecutionContext } from 'ava';
import { Fleet } from '../../deployments/fleet.ts';
import { type Input, structuresOf, textAt, textsOf } from '../../rehearsal/protocols/input.ts';
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
  /** What its group does with it, in the words of Auto Scaling. */
  lifecycle?: string;
}

export interface DescribedFleet {
  desired: number;
  machines: Machine[];
}

export const outputs = {
  url: 'https://balancer',
  load_balancer: 'arn:balancer',
  tracks: {
    blue: { group: 'blue', target_group: 'arn:blue' },
    green: { group: 'green', target_group: 'arn:green' },
  },
  launch_templates: { 'r-1': 'lt-new' },
  account: '123456789012',
  region: 'eu-central-1',
  stack: 'intent-fleet-rehearsal',
  log_groups: '/intent-fleet-rehearsal',
  deployment: {},
};

const item = ({ id, release }: Machine, index: number) =>
  `<item><instanceId>${id}</instanceId><privateIpAddress>10.20.0.${index + 5}</privateIpAddress>` +
  '<launchTime>2026-01-01T00:00:00.000Z</launchTime>' +
  `${release ? `<tagSet><item><key>Release</key><value>${release}</value></item></tagSet>` : ''}</item>`;

/**
 * An AWS that describes the fleets of the tracks as `tracks` has them; `calls` has the name of each call, the next
 * `throttling.calls` are refused, `inputs` has the last input of each call, and `cloudWatch` has CloudWatch's answers.
 */
export async function awsWith(t: ExecutionContext, blue: DescribedFleet, green = noMachines) {
  const tracks: Record<string, DescribedFleet> = { blue, green };
  const calls: string[] = [];
  const console: Record<string, string> = {};
  const throttling = { calls: 0 };
  const answers = answersOf(tracks, console);
  const cloudWatch: Record<string, object> = {};
  const inputs: Record<string, Input> = {};
  const server = createServer(async (request, response) => {
    const call = await receiveCall(request);
    if (call) inputs[call.action] = call.input;
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
  const fleet = new Fleet(access, outputs.tracks.blue);
  return { access, fleet, tracks, calls, inputs, console, throttling, cloudWatch };
}

const noMachines: DescribedFleet = { desired: 0, machines: [] };

type Answers = Record<string, (input: Input) => object | string | undefined>;

function answersOf(tracks: Record<string, DescribedFleet>, console: Record<string, string>): Answers {
  const fleetOf = (name: string) => tracks[name] ?? noMachines;
  return {
    DescribeAutoScalingGroups: (input) => {
      const { desired, machines } = fleetOf(textAt(input, 'AutoScalingGroupNames'));
      const Instances = machines.map(({ id, template, lifecycle = 'InService' }) => ({
        ...{ InstanceId: id, LifecycleState: lifecycle },
        ...(template && { LaunchTemplate: { LaunchTemplateId: template, Version: '1' } }),
      }));
      return { AutoScalingGroups: [{ DesiredCapacity: desired, Instances }] };
    },
    DescribeTargetHealth: (input) => ({
      TargetHealthDescriptions: fleetOf(textAt(input, 'TargetGroupArn').replace('arn:', ''))
        .machines.filter(({ health }) => health !== '')
        .map(({ id, health, reason }) => ({
          Target: { Id: id },
          TargetHealth: { State: health, Description: reason },
        })),
    }),
    // Those of the group that the first filter names.
    DescribeInstances: ({ Filter }) => {
      const { machines } = fleetOf(textsOf(structuresOf(Filter)[0]?.Value)[0] ?? '');
      return `<DescribeInstancesResponse><reservationSet><item><instancesSet>${machines.map(item).join('')}</instancesSet></item></reservationSet></DescribeInstancesResponse>`;
    },
    GetConsoleOutput: (input) => {
      const instance = textAt(input, 'InstanceId');
      if (instance === 'i-0') return undefined;
      const output = Buffer.from(console[instance] ?? '').toString('base64');
      return `<GetConsoleOutputResponse><output>${output}</output></GetConsoleOutputResponse>`;
    },
  };
}
