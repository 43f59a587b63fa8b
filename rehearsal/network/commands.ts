import { metadataAddress, routerOf, storeAddress } from './addresses.ts';

/** A program and its arguments. */
export type Command = readonly [program: string, ...parameters: string[]];

const bridge = 'vpc';

/** Builds the cloud's own network, in its own namespace: a bridge that answers for metadata and store. */
export function cloudNetwork(): Command[] {
  return [
    ['ip', 'link', 'set', 'lo', 'up'],
    ['ip', 'link', 'add', bridge, 'type', 'bridge'],
    ['ip', 'address', 'add', `${metadataAddress}/32`, 'dev', bridge],
    ['ip', 'address', 'add', `${storeAddress}/32`, 'dev', bridge],
    ['ip', 'link', 'set', bridge, 'up'],
  ];
}

/** Gives the bridge the router's address of a VPC, so that its machines can be spoken to. */
export function vpcRouter(cidr: string): Command[] {
  const { address, prefix } = routerOf(cidr);
  return [['ip', 'address', 'replace', `${address}/${prefix}`, 'dev', bridge]];
}

/** Lays the cable of one machine: a namespace with one interface at `address`, plugged into the bridge. */
export function machineNetwork(name: string, address: string, cidr: string): Command[] {
  const { address: router, prefix } = routerOf(cidr);
  return [
    ['ip', 'netns', 'add', name],
    ['ip', 'link', 'add', cable(name), 'type', 'veth', 'peer', 'name', 'ens5', 'netns', name],
    ['ip', 'link', 'set', cable(name), 'master', bridge, 'up'],
    ['ip', '-n', name, 'link', 'set', 'lo', 'up'],
    ['ip', '-n', name, 'address', 'add', `${address}/${prefix}`, 'dev', 'ens5'],
    ['ip', '-n', name, 'link', 'set', 'ens5', 'up'],
    ['ip', '-n', name, 'route', 'add', 'default', 'via', router],
  ];
}

/** Removes the namespace of a machine, and the cable with it. */
export function withoutMachineNetwork(name: string): Command[] {
  return [['ip', 'netns', 'delete', name]];
}

/** An interface's name has at most 15 characters; the end of an instance's id tells machines apart. */
function cable(name: string): string {
  return `v${name.slice(-14)}`;
}
