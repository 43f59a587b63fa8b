import test from 'ava';
import { balancingLimits } from '../../../rehearsal/gateway/balancing-limits.ts';

function answer(action: string, parameters: Record<string, string>, hasPort = true): unknown {
  return balancingLimits(() => hasPort)[`elasticloadbalancing:${action}`]?.(new URLSearchParams(parameters));
}

test("what the rehearsal's balancer can do is left to the emulator", (t) => {
  t.is(answer('CreateLoadBalancer', { Name: 'a', Type: 'application' }), undefined);
  t.is(answer('CreateTargetGroup', { TargetType: 'instance' }), undefined);
  t.is(answer('CreateListener', { Port: '443', 'DefaultActions.member.1.Type': 'forward' }), undefined);
  t.is(answer('CreateRule', { 'Actions.member.1.Type': 'fixed-response' }), undefined);
});

const refused: [action: string, parameters: Record<string, string>, message: RegExp][] = [
  [
    'CreateLoadBalancer',
    { Type: 'network' },
    /^The rehearsal has no load balancers of the type network, only application$/,
  ],
  ['CreateTargetGroup', { TargetType: 'ip' }, /^The rehearsal has no targets of the type ip, only instance$/],
  [
    'CreateListener',
    { 'DefaultActions.member.1.Type': 'authenticate-oidc' },
    /no actions of the type authenticate-oidc/,
  ],
  ['ModifyRule', { 'Actions.member.2.Type': 'authenticate-cognito' }, /no actions of the type authenticate-cognito/],
];

for (const [action, parameters, message] of refused) {
  test(`${action} is refused with ${Object.values(parameters)[0]}`, (t) => {
    const error = t.throws(() => answer(action, parameters), { message });
    t.is((error as Error & { code: string }).code, 'OperationNotPermitted');
  });
}

test('a listener without a port of this computer is refused', (t) => {
  const error = t.throws(() => answer('CreateListener', { Port: '8080' }, false), { message: /no port left/ });
  t.is((error as Error & { code: string }).code, 'TooManyListeners');
});
