import test from 'ava';
import { isPrivateNetwork } from '../../common/private-network.ts';

test('networks whose addresses are all private', (t) => {
  for (const cidr of [
    '10.0.0.0/8',
    '10.20.0.0/16',
    '10.1.2.3/32',
    '172.16.0.0/12',
    '172.31.255.0/24',
    '192.168.0.0/16',
    'fc00::/7',
    'fd12:3456::/48',
  ])
    t.true(isPrivateNetwork(cidr), cidr);
});

test('networks with addresses that are not, and what is no network', (t) => {
  for (const cidr of [
    '0.0.0.0/0',
    '0.0.0.0/1',
    '10.0.0.0/7',
    '172.16.0.0/11',
    '172.32.0.0/16',
    '192.168.0.0/15',
    '203.0.113.7/32',
    '::/0',
    'fc00::/6',
    '2001:db8::/32',
    '',
    'ours',
  ])
    t.false(isPrivateNetwork(cidr), cidr);
});
