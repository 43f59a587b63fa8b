import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { renderUserData } from '../../bootstrap/user-data.ts';
import { revisionName } from '../../deployments/revision.ts';
import { machineVariables, monitoringVariables } from '../../stacks/variables.ts';
import { monitoring, production, release, resources, revisionIn, synthesized } from './synthesized.ts';

const stack = resources(synthesized(production()));
const name = 'intent-fleet-production';
const revision = revisionName(revisionIn(production()));

/** The resources of a part by their addresses, written by hand once and read by people; REVISION stands for the revision's name. */
function expected(part: string): Record<string, object> {
  const text = readFileSync(join(import.meta.dirname, 'expected', `${part}.json`), 'utf8');
  return JSON.parse(text.replaceAll('REVISION', revision));
}

function userData(
  { key, sha256 }: { key: string; sha256: string },
  variables: typeof machineVariables | typeof monitoringVariables,
): string {
  const url = `https://${name}-releases-210987654321.s3.eu-central-1.amazonaws.com/${key}`;
  const script = renderUserData({
    release: { url, sha256, region: 'eu-central-1' },
    variables: variables(name, production().stage.settings, production().site),
  });
  return Buffer.from(script).toString('base64');
}

/** The tracks with the user data in the launch template of the revision. */
function withUserData(): Record<string, object> {
  const address = `aws_launch_template.${revision}_launch-template`;
  const resources = expected('tracks');
  return { ...resources, [address]: { ...resources[address], user_data: userData(release, machineVariables) } };
}

/** The monitoring machine with the user data in its launch template, whose name ends with a digest of what it boots with. */
function withTemplate(): Record<string, object> {
  const address = 'aws_launch_template.monitoring_launch-template';
  const resources = expected('monitoring');
  const user_data = userData(monitoring, monitoringVariables);
  return { ...resources, [address]: { ...resources[address], name: stack[address]?.name, user_data } };
}

const parts: Record<string, Record<string, object>> = {
  'network: a public subnet in each of two zones': expected('network'),
  'firewall: internet to balancer, balancer to machines, the monitoring machine to their metrics, no SSH':
    expected('firewall'),
  'balancer: in both subnets after their routes, port 443 forwards by weights or by a header, port 80 redirects to it':
    expected('balancer'),
  'tracks: machines have IMDSv2, an encrypted disk and no key, boot what their revision says and scale to a CPU utilization':
    withUserData(),
  'monitoring: one machine behind a target group of its own, which finds the others, and which nobody reaches':
    withTemplate(),
  'release store: private, encrypted, versioned, for TLS alone; it holds the releases': expected('release-store'),
  'alarms: on errors, latency and health of each track, and a forgotten deployment, which tell a topic':
    expected('alarms'),
  'dashboard: alarms, requests and machines on one page': {
    'aws_cloudwatch_dashboard.dashboard': {
      dashboard_name: name,
      dashboard_body: JSON.stringify(expected('dashboard')),
    },
  },
  'identity: reads releases and keys, writes logs and feedback, and nothing else': expected('identity'),
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
