import test from 'ava';
import { networkMap } from '../../../rehearsal/balancer/rule-maps.ts';

const linesOf = (...networks: string[]) => networkMap('$client', networks).lines;

test('a network is named once, and all networks are the default', (t) => {
  t.deepEqual(linesOf(), ['default 0']);
  t.deepEqual(linesOf('10.0.0.0/8', '127.0.0.0/8', '10.0.0.0/8'), ['default 0', '10.0.0.0/8 1', '127.0.0.0/8 1']);
  t.deepEqual(linesOf('10.0.0.0/8', '0.0.0.0/0'), ['default 1']);
});
