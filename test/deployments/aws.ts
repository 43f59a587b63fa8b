import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ExecutionContext } from 'ava';
import { parseQueryCall, queryAnswer } from '../../rehearsal/gateway/query.ts';
import { listen } from '../support/servers.ts';

export interface Machine {
  id: string;
  release: string;
  health: string;
  reason?: string;
}

export interface Fleet {
  desired: number;
  machines: Machine[];
  refresh?: { status: string; percentage: number; reason?: string };
}

export const outputs = {
  url: 'https://balancer',
  load_balancer: 'arn:balancer',
  target_group: 'arn:targets',
  auto_scaling_group: 'fleet',
  launch_template: 'fleet-1',
  release: '0123456789abcdef'.repeat(4),
};

const userData = (release: string) =>
  Buffer.from(`#!/bin/sh\nurl=https://bucket.s3.eu-central-1.amazonaws.com/releases/${release}.tar.gz\n`).toString(
    'base64',
  );

const item = ({ id }: Machine, index: number) =>
  `<item><instanceId>${id}</instanceId><privateIpAddress>10.20.0.${index + 5}</privateIpAddress>` +
  '<launchTime>2026-01-01T00:00:00.000Z</launchTime></item>';

/** An AWS that describes the fleets one after another, a next one each time that its group is asked for. */
export async function awsWith(t: ExecutionContext, ...fleets: [Fleet, ...Fleet[]]) {
  let asked = -1;
  const fleet = () => fleets[Math.min(Math.max(asked, 0), fleets.length - 1)] ?? fleets[0];
  const answers: Record<string, (parameters: URLSearchParams) => object | string> = {
    DescribeAutoScalingGroups: () => {
      asked++;
      const Instances = fleet().machines.map(({ id }) => ({ InstanceId: id }));
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
    DescribeInstanceAttribute: (parameters) => {
      const release = fleet().machines.find(({ id }) => id === parameters.get('InstanceId'))?.release ?? '';
      return `<DescribeInstanceAttributeResponse><userData><value>${userData(release)}</value></userData></DescribeInstanceAttributeResponse>`;
    },
  };
  const server = createServer(async (request, response) => {
    const call = parseQueryCall(request.headers.authorization, await text(request));
    const answer = call && answers[call.action]?.(call.parameters);
    if (!call || !answer) return response.writeHead(500).end();
    return response
      .writeHead(200, { 'content-type': 'text/xml' })
      .end(typeof answer === 'string' ? answer : queryAnswer(call, answer as never));
  });
  return { region: 'eu-central-1', endpoint: `http://127.0.0.1:${await listen(t, server)}` };
}
