import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { balancerConfiguration } from '../../../rehearsal/balancer/configuration.ts';
import type { Action, DesiredState, Listener, SecurityGroup } from '../../../rehearsal/emulator/desired-state.ts';
import { desiredFleet, forwarding, loadBalancer } from '../fleet.ts';

const ports = { all: [20_001, 20_002, 20_003], of: new Map(Object.entries({ 'arn:443': 20_001, 'arn:80': 20_002 })) };

const redirection: Action = {
  kind: 'redirect',
  statusCode: 301,
  protocol: 'HTTPS',
  port: '443',
  host: '#{host}',
  path: '/#{path}',
  query: '#{query}',
};
const plain: Listener = { ...forwarding(80), protocol: 'HTTP', rules: [{ conditions: [], action: redirection }] };
const open: SecurityGroup = {
  id: 'sg-balancer',
  ingress: [{ protocol: 'tcp', ports: { from: 80, to: 443 }, peers: { cidrs: ['0.0.0.0/0'], groups: [] } }],
  egress: [],
};

function stateWith(listeners: Listener[]): DesiredState {
  return desiredFleet([], { loadBalancers: [loadBalancer(listeners)], securityGroups: [open] });
}

test('renders a fleet behind 443, and a redirect from 80', async (t) => {
  const expected = await readFile(join(import.meta.dirname, 'expected/nginx.conf'), 'utf8');
  const targets = new Map([['arn:fleet', ['10.20.0.5:443', '10.20.64.9:443']]]);
  t.is(balancerConfiguration(stateWith([forwarding(443, 'fleet'), plain]), targets, ports), expected);
});

test('a port without a listener closes connections', (t) => {
  const text = balancerConfiguration(stateWith([]), new Map(), ports);
  for (const port of ports.all) t.true(text.includes(`listen 127.0.0.1:${port};\n    return 444;`), `${port}`);
});

test('a group without targets has no upstream', (t) => {
  t.notRegex(balancerConfiguration(stateWith([forwarding(443, 'fleet')]), new Map(), ports), /upstream group/);
});
