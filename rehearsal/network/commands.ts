import { metadataAddress, routerOf, storeAddress } from './addresses.ts';

/** A program and its arguments. */
export type Command = readonly [program: string, ...parameters: string[]];

/** The interface that has the addresses of the cloud itself: a bridge without ports, which every kernel has. */
const cloudInterface = 'vpc';

/**
 * The cloud's network, in a namespace of its own. Like a VPC, it routes every packet between machines, so that the firewall
 * sees it: the cloud answers a machine's ARP requests for the addresses of its network (proxy ARP).
 */
export function cloudNetwork(): Command[] {
  return [
    ['ip', 'link', 'set', 'lo', 'up'],
    ['ip', 'link', 'add', cloudInterface, 'type', 'bridge'],
    ['ip', 'link', 'set', cloudInterface, 'up'],
    ...[metadataAddress, storeAddress].flatMap(cloudAddress),
    kernelSetting('ip_forward', '1'),
    kernelSetting('conf/default/proxy_arp', '1'),
  ];
}

/** Gives the cloud the address of a VPC's router, or of a load balancer. */
export function cloudAddress(address: string): Command[] {
  return [['ip', 'address', 'replace', `${address}/32`, 'dev', cloudInterface]];
}

/** Connects a machine to the cloud by a veth pair, whose other end is in a network namespace of its own. */
export function machineNetwork(name: string, address: string, cidr: string): Command[] {
  const { address: router, prefix } = routerOf(cidr);
  return [
    ['ip', 'netns', 'add', name],
    ['ip', 'link', 'add', vethName(name), 'type', 'veth', 'peer', 'name', 'ens5', 'netns', name],
    // By default the cloud's answers to ARP requests come up to 0.8 s late.
    ['ip', 'ntable', 'change', 'name', 'arp_cache', 'dev', vethName(name), 'proxy_delay', '0'],
    ['ip', 'link', 'set', vethName(name), 'up'],
    ['ip', 'route', 'replace', `${address}/32`, 'dev', vethName(name)],
    ['ip', '-n', name, 'link', 'set', 'lo', 'up'],
    ['ip', '-n', name, 'address', 'add', `${address}/${prefix}`, 'dev', 'ens5'],
    ['ip', '-n', name, 'link', 'set', 'ens5', 'up'],
    ['ip', '-n', name, 'route', 'add', 'default', 'via', router],
  ];
}

/** Removes a machine's network namespace, and with it the veth pair. */
export function withoutMachineNetwork(name: string): Command[] {
  return [['ip', 'netns', 'delete', name]];
}

function kernelSetting(name: string, value: string): Command {
  return ['sh', '-c', `echo ${value} > /proc/sys/net/ipv4/${name}`];
}

// The name of an interface has at most 15 characters; the end of an instance's id is unique enough.
function vethName(name: string): string {
  return `v${name.slice(-14)}`;
}
