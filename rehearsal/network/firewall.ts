import type { DesiredState, Permission, SecurityGroup } from '../emulator/desired-state.ts';
import { metadataAddress } from './addresses.ts';

/** Who has which address, and which security groups. */
interface Interface {
  address: string;
  securityGroups: string[];
}

type Direction = 'ingress' | 'egress';

/**
 * Renders the security groups as the firewall of the cloud's network (nftables). A connection is allowed if a rule of its
 * sender's groups and a rule of its receiver's groups allow it; answers follow. The metadata service is open to all machines.
 */
export function firewall(desired: DesiredState): string {
  const machines = desired.instances.filter(({ address }) => address !== '');
  const balancers = desired.loadBalancers.filter(({ address }) => address !== '');
  const interfaces = [...machines, ...balancers];
  return `table inet vpc
delete table inet vpc
table inet vpc {
${set('machines', addressesOf(machines))}
${set('members', addressesOf(interfaces))}
${desired.securityGroups.map((group) => set(setOf(group.id), addressesOf(membersOf(group, interfaces)))).join('\n')}
${directionChain('egress', desired.securityGroups)}
${directionChain('ingress', desired.securityGroups)}
  chain decide {
    ct state established,related accept
    meta mark set 0
${isolation(desired)}    ip saddr != @members meta mark set meta mark or 1
    ip daddr != @members meta mark set meta mark or 2
    jump egress
    jump ingress
    meta mark 3 accept
    drop
  }
  chain forward {
    type filter hook forward priority filter; policy drop;
    jump decide
  }
  chain output {
    type filter hook output priority filter; policy accept;
    ip daddr @machines jump decide
  }
  chain input {
    type filter hook input priority filter; policy accept;
    ip saddr @machines ip daddr != ${metadataAddress} jump decide
  }
}
`;
}

function addressesOf(interfaces: readonly Interface[]): string[] {
  return interfaces.map(({ address }) => address).sort();
}

function membersOf({ id }: SecurityGroup, interfaces: readonly Interface[]): Interface[] {
  return interfaces.filter(({ securityGroups }) => securityGroups.includes(id));
}

function setOf(group: string): string {
  return group.replace('-', '_');
}

function set(name: string, addresses: readonly string[]): string {
  const elements = addresses.length > 0 ? ` elements = { ${addresses.join(', ')} };` : '';
  return `  set ${name} { type ipv4_addr;${elements} }`;
}

// Networks of several VPCs are not connected.
function isolation({ vpcs }: DesiredState): string {
  if (vpcs.length < 2) return '';
  return vpcs.map((cidr) => `    ip saddr ${cidr} ip daddr @members ip daddr != ${cidr} drop\n`).join('');
}

// The mark collects which sides allow a connection: 1 is its sender, 2 its receiver.
function directionChain(direction: Direction, groups: readonly SecurityGroup[]): string {
  const known = new Set(groups.map(({ id }) => id));
  const rules = groups.flatMap((group) =>
    group[direction].flatMap((permission) => matches(direction, group, permission, known)),
  );
  const mark = `meta mark set meta mark or ${direction === 'egress' ? 1 : 2}`;
  return `  chain ${direction} {\n${rules.map((rule) => `    ${rule} ${mark}\n`).join('')}  }`;
}

function matches(
  direction: Direction,
  group: SecurityGroup,
  permission: Permission,
  known: ReadonlySet<string>,
): string[] {
  const [own, other] = direction === 'egress' ? ['saddr', 'daddr'] : ['daddr', 'saddr'];
  const { cidrs, groups } = permission.peers;
  const peers = [...cidrs, ...groups.filter((id) => known.has(id)).map((id) => `@${setOf(id)}`)];
  const protocol = protocolOf(permission);
  return peers.map((peer) =>
    [`ip ${own} @${setOf(group.id)}`, peerMatch(other ?? '', peer), protocol].filter(Boolean).join(' '),
  );
}

function peerMatch(side: string, peer: string): string {
  return peer === '0.0.0.0/0' ? '' : `ip ${side} ${peer}`;
}

function protocolOf({ protocol, ports }: Permission): string {
  if (protocol === '-1') return '';
  if (!ports) return `ip protocol ${protocol}`;
  return `${protocol} dport ${ports.from === ports.to ? ports.from : `${ports.from}-${ports.to}`}`;
}
