import test from 'ava';
import { balancingLimits } from '../../../rehearsal/gateway/balancing-limits.ts';
import type { Input } from '../../../rehearsal/protocols/input.ts';

function answer(action: string, input: Input, hasPort = true): unknown {
  return balancingLimits(() => hasPort)[`elasticloadbalancing:${action}`]?.(input);
}

test("what the rehearsal's balancer can do is left to the emulator", (t) => {
  t.is(answer('CreateLoadBalancer', { Name: 'a', Type: 'application' }), undefined);
  t.is(answer('CreateTargetGroup', { TargetType: 'instance' }), undefined);
  t.is(answer('CreateListener', { Port: '443', DefaultActions: [{ Type: 'forward' }] }), undefined);
  t.is(answer('CreateRule', { Actions: [{ Type: 'fixed-response' }] }), undefined);
});

const refused: [action: string, input: Input, message: RegExp][] = [
  [
    'CreateLoadBalancer',
    { Type: 'network' },
    /^The rehearsal has no load balancers of the type network, only application$/,
  ],
  ['CreateTargetGroup', { TargetType: 'ip' }, /^The rehearsal has no targets of the type ip, only instance$/],
  ['CreateListener', { DefaultActions: [{ Type: 'authenticate-oidc' }] }, /no actions of the type authenticate-oidc/],
  [
    'ModifyRule',
    { Actions: [{ Type: 'forward' }, { Type: 'authenticate-cognito' }] },
    /no actions of the type authenticate-cognito/,
  ],
];

for (const [action, input, message] of refused) {
  test(`${action} is refused with ${JSON.stringify(input)}`, (t) => {
    const error = t.throws(() => answer(action, input), { message });
    t.is((error as Error & { code: string }).code, 'OperationNotPermitted');
  });
}

test('a listener without a port of this computer is refused', (t) => {
  const error = t.throws(() => answer('CreateListener', { Port: '8080' }, false), { message: /no port left/ });
  t.is((error as Error & { code: string }).code, 'TooManyListeners');
});
