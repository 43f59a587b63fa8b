import { metadataAddress, routerOf, storeAddress } from './addresses.ts';

/** A program and its arguments. */
export type Command = readonly [program: string, ...parameters: string[]];

const bridge = 'vpc';

/** The cloud's network, in a namespace of its own: a bridge with the addresses of metadata service and store. */
export function cloudNetwork(): Command[] {
  return [
    ['ip', 'link', 'set', 'lo', 'up'],
    ['ip', 'link', 'add', bridge, 'type', 'bridge'],
    ['ip', 'address', 'add', `${metadataAddress}/32`, 'dev', bridge],
    ['ip', 'address', 'add', `${storeAddress}/32`, 'dev', bridge],
    ['ip', 'link', 'set', bridge, 'up'],
  ];
}

/** Gives the bridge the router's address of a VPC, by which the balancer reaches its machines. */
export function vpcRouter(cidr: string): Command[] {
  const { address, prefix } = routerOf(cidr);
  return [['ip', 'address', 'replace', `${address}/${prefix}`, 'dev', bridge]];
}

/** Connects a machine to the bridge by a veth pair, whose other end is in a network namespace of its own. */
export function machineNetwork(name: string, address: string, cidr: string): Command[] {
  const { address: router, prefix } = routerOf(cidr);
  return [
    ['ip', 'netns', 'add', name],
    ['ip', 'link', 'add', vethName(name), 'type', 'veth', 'peer', 'name', 'ens5', 'netns', name],
    ['ip', 'link', 'set', vethName(name), 'master', bridge, 'up'],
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

// The name of an interface has at most 15 characters; the end of an instance's id is unique enough.
function vethName(name: string): string {
  return `v${name.slice(-14)}`;
}
