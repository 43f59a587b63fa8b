import test from 'ava';
import type { Permission, SecurityGroup } from '../../../rehearsal/emulator/desired-state.ts';
import { firewall } from '../../../rehearsal/network/firewall.ts';
import { desiredFleet } from '../fleet.ts';

function permission(protocol: string, port: number | undefined, cidrs: string[], groups: string[] = []): Permission {
  return { protocol, ports: port === undefined ? undefined : { from: port, to: port }, peers: { cidrs, groups } };
}

const balancer: SecurityGroup = {
  id: 'sg-balancer',
  ingress: [permission('tcp', 443, ['0.0.0.0/0'])],
  egress: [permission('tcp', 443, [], ['sg-machines', 'sg-gone'])],
};
const machines: SecurityGroup = {
  id: 'sg-machines',
  ingress: [
    permission('tcp', 443, [], ['sg-balancer']),
    { protocol: 'udp', ports: { from: 1, to: 9 }, peers: { cidrs: ['10.0.0.0/8'], groups: [] } },
    permission('icmp', undefined, ['10.0.0.0/8']),
  ],
  egress: [permission('-1', undefined, ['0.0.0.0/0'])],
};

/** The lines of a block of the rules. */
function block(rules: string, head: string): string[] {
  const [, content = ''] = rules.split(`  ${head} {\n`);
  return (content.split('\n  }')[0] ?? '').split('\n').map((line) => line.trim());
}

const rules = firewall(desiredFleet(['i-1', 'i-2'], { securityGroups: [balancer, machines] }));

test('each security group is the set of the addresses that have it', (t) => {
  t.deepEqual(rules.match(/ {2}set .+/g), [
    '  set machines { type ipv4_addr; elements = { 10.20.0.5, 10.20.0.6 }; }',
    '  set members { type ipv4_addr; elements = { 10.20.0.5, 10.20.0.6, 10.20.63.254 }; }',
    '  set sg_balancer { type ipv4_addr; elements = { 10.20.63.254 }; }',
    '  set sg_machines { type ipv4_addr; elements = { 10.20.0.5, 10.20.0.6 }; }',
  ]);
});

test('a rule marks what it allows', (t) => {
  t.deepEqual(block(rules, 'chain egress'), [
    'ip saddr @sg_balancer ip daddr @sg_machines tcp dport 443 meta mark set meta mark or 1',
    'ip saddr @sg_machines meta mark set meta mark or 1',
  ]);
  t.deepEqual(block(rules, 'chain ingress'), [
    'ip daddr @sg_balancer tcp dport 443 meta mark set meta mark or 2',
    'ip daddr @sg_machines ip saddr @sg_balancer tcp dport 443 meta mark set meta mark or 2',
    'ip daddr @sg_machines ip saddr 10.0.0.0/8 udp dport 1-9 meta mark set meta mark or 2',
    'ip daddr @sg_machines ip saddr 10.0.0.0/8 ip protocol icmp meta mark set meta mark or 2',
  ]);
});

test('what is not allowed by both sides is dropped, except for answers and the metadata service', (t) => {
  t.deepEqual(block(rules, 'chain decide'), [
    'ct state established,related accept',
    'meta mark set 0',
    'ip saddr != @members meta mark set meta mark or 1',
    'ip daddr != @members meta mark set meta mark or 2',
    'jump egress',
    'jump ingress',
    'meta mark 3 accept',
    'drop',
  ]);
  t.is(block(rules, 'chain forward')[0], 'type filter hook forward priority filter; policy drop;');
  t.is(block(rules, 'chain output')[1], 'ip daddr @machines jump decide');
  t.is(block(rules, 'chain input')[1], 'ip saddr @machines ip daddr != 169.254.169.254 jump decide');
});

test('several VPCs are not connected', (t) => {
  const two = firewall(desiredFleet([], { vpcs: ['10.20.0.0/16', '10.30.0.0/16'] }));
  t.deepEqual(block(two, 'chain decide').slice(2, 4), [
    'ip saddr 10.20.0.0/16 ip daddr @members ip daddr != 10.20.0.0/16 drop',
    'ip saddr 10.30.0.0/16 ip daddr @members ip daddr != 10.30.0.0/16 drop',
  ]);
});
