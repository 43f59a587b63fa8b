import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { renderUserData } from '../../bootstrap/user-data.ts';
import { machineVariables } from '../../stacks/variables.ts';
import { production, release, resources, synthesized } from './synthesized.ts';

const stack = resources(synthesized(production()));
const name = 'intent-fleet-production';

/** The resources of a part by their addresses, written by hand once and read by people. */
function expected(part: string): Record<string, object> {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'expected', `${part}.json`), 'utf8'));
}

function userData(): string {
  const url = `https://${name}-releases-210987654321.s3.eu-central-1.amazonaws.com/${release.key}`;
  return renderUserData({
    release: { url, sha256: release.sha256, region: 'eu-central-1' },
    variables: machineVariables(name, production().stage.settings, production().site),
  });
}

const template = 'aws_launch_template.fleet_launch-template';
const fleet = expected('fleet');

const parts: Record<string, Record<string, object>> = {
  'network: a public subnet in each of two zones': expected('network'),
  'firewall: internet to balancer, balancer to machines, no SSH': expected('firewall'),
  'balancer: in both subnets after their routes, port 443 forwards, port 80 redirects to it': expected('balancer'),
  'fleet: machines have IMDSv2, an encrypted disk and no key, boot the chosen image and scale to a CPU utilization': {
    ...fleet,
    [template]: {
      ...fleet[template],
      // Ends with the revision, whose changes have a test of their own.
      name: stack[template]?.name,
      user_data: Buffer.from(userData()).toString('base64'),
    },
  },
  'release store: private, encrypted, versioned, for TLS alone; it holds the release': expected('release-store'),
  'alarms: on errors, latency and health, which tell a topic': expected('alarms'),
  'dashboard: alarms, requests and machines on one page': {
    'aws_cloudwatch_dashboard.dashboard': {
      dashboard_name: name,
      dashboard_body: JSON.stringify(expected('dashboard')),
    },
  },
  'identity: reads releases, writes logs, and nothing else': expected('identity'),
  'logs: a group for each unit, whose lines expire': expected('logs'),
};

for (const [title, resources] of Object.entries(parts)) {
  test(title, (t) => {
    t.deepEqual(Object.fromEntries(Object.keys(resources).map((address) => [address, stack[address]])), resources);
  });
}

test('the stack has no other resources', (t) => {
  t.deepEqual(Object.keys(stack).sort(), Object.values(parts).flatMap(Object.keys).sort());
});
