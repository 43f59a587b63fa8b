import test from 'ava';
import { balancerAddress, routerOf } from '../../../rehearsal/network/addresses.ts';
import {
  cloudAddress,
  cloudNetwork,
  machineNetwork,
  withoutMachineNetwork,
} from '../../../rehearsal/network/commands.ts';

const lines = (commands: readonly (readonly string[])[]) => commands.map((command) => command.join(' '));

test('the router has the first address of its network, load balancers have the last ones of their subnet', (t) => {
  t.deepEqual(routerOf('10.20.0.0/16'), { address: '10.20.0.1', prefix: 16 });
  t.deepEqual(routerOf('192.168.4.128/25'), { address: '192.168.4.129', prefix: 25 });
  t.deepEqual(
    [balancerAddress('10.20.0.0/18', 0), balancerAddress('10.20.0.0/18', 2)],
    ['10.20.63.254', '10.20.63.252'],
  );
});

test("the cloud routes, answers ARP requests for the VPC's machines, and has addresses of its own", (t) => {
  t.deepEqual(lines(cloudNetwork()), [
    'ip link set lo up',
    'ip link add vpc type bridge',
    'ip link set vpc up',
    'ip address replace 169.254.169.254/32 dev vpc',
    'ip address replace 169.254.169.252/32 dev vpc',
    'sh -c echo 1 > /proc/sys/net/ipv4/ip_forward',
    'sh -c echo 1 > /proc/sys/net/ipv4/conf/default/proxy_arp',
  ]);
  t.deepEqual(lines(cloudAddress('10.20.0.1')), ['ip address replace 10.20.0.1/32 dev vpc']);
});

test('a veth pair, whose name has at most 15 characters, connects a machine in a namespace of its own', (t) => {
  t.deepEqual(lines(machineNetwork('i-0123456789abcdef0', '10.20.0.5', '10.20.0.0/16')), [
    'ip netns add i-0123456789abcdef0',
    'ip link add v3456789abcdef0 type veth peer name ens5 netns i-0123456789abcdef0',
    'ip ntable change name arp_cache dev v3456789abcdef0 proxy_delay 0',
    'ip link set v3456789abcdef0 up',
    'ip route replace 10.20.0.5/32 dev v3456789abcdef0',
    'ip -n i-0123456789abcdef0 link set lo up',
    'ip -n i-0123456789abcdef0 address add 10.20.0.5/16 dev ens5',
    'ip -n i-0123456789abcdef0 link set ens5 up',
    'ip -n i-0123456789abcdef0 route add default via 10.20.0.1',
  ]);
  t.deepEqual(lines(withoutMachineNetwork('i-0123456789abcdef0')), ['ip netns delete i-0123456789abcdef0']);
});
