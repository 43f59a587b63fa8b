import test from 'ava';
import { assignPorts, portsOf } from '../../../rehearsal/balancer/listener-ports.ts';
import type { Listener } from '../../../rehearsal/emulator/desired-state.ts';
import { forwarding, loadBalancer } from '../fleet.ts';

const ports = { https: 1, http: 2, others: [3, 4] };

/** A listener of this ARN. */
const on = (port: number, arn: string): Listener => ({ ...forwarding(port), arn });

function assigned(listeners: Listener[], before = {}) {
  return Object.fromEntries(assignPorts([loadBalancer(listeners)], ports, new Map(Object.entries(before))));
}

test('the first listeners on 443 and 80 have their ports, the others the next free one, as long as there is one', (t) => {
  t.deepEqual(portsOf(ports), [1, 2, 3, 4]);
  const listeners = [on(8080, 'a'), on(80, 'b'), on(443, 'c'), on(443, 'd'), on(80, 'e')];
  t.deepEqual(assigned(listeners), { a: 3, b: 2, c: 1, d: 4 });
});

test('a listener keeps its port; that of one that is gone is free', (t) => {
  t.deepEqual(assigned([on(443, 'a'), on(443, 'b')], { b: 1, gone: 3 }), { b: 1, a: 3 });
});
