import test from 'ava';
import type { Deployment, UnderWay } from '../../deployments/deployment.ts';
import type { FleetStatus } from '../../deployments/fleet-status.ts';
import { problemOf } from '../../deployments/problem.ts';
import { beginSecond, named, steady } from './strategies/examples.ts';

const nothing: FleetStatus = { desired: 0, machines: [] };

function fleet(...healths: string[]): FleetStatus {
  const template = { id: 'lt-1', version: '1' };
  const machines = healths.map((health, index) => ({
    ...{ id: `i-${index}`, template, health, reason: undefined, leaving: false },
  }));
  return { desired: healths.length, machines };
}

const problemIn = (deployment: Deployment, blue = fleet('healthy', 'healthy')) =>
  problemOf(deployment, { blue, green: nothing }, { [named(1)]: 'lt-1' });

const began = `A canary deployment of ${named(2)} is under way since 2026-01-02T03:04:05.000Z`;

test('a deployment under way is told with both ways on', (t) => {
  t.is(problemIn(beginSecond({ strategy: 'canary' })), `${began}. Go on with it: make promote, or back: make abort`);
});

test('one that goes back is told with its reason', (t) => {
  const { progress, ...begun } = beginSecond({ strategy: 'canary' }) as UnderWay;
  const back = { ...progress, reason: 'The smoke test failed', regrown: false };
  t.is(
    problemIn({ ...begun, phase: 'rolling-back', progress: back }),
    `${began} and goes back: The smoke test failed. Finish that: make abort`,
  );
});

test('a live track that does not serve on every machine is told before how the last deployment ended', (t) => {
  const last = { revision: named(2), result: 'rolled back', reason: 'The smoke test failed' } as const;
  t.is(problemIn(steady({ last }), fleet('healthy', 'initial')), '1 of 2 machines healthy.');
  t.is(problemIn(steady({ last })), `The last deployment, of ${named(2)}, was rolled back: The smoke test failed`);
  t.is(
    problemIn(steady({ last: { ...last, reason: null } })),
    `The last deployment, of ${named(2)}, was rolled back: for no reason that is known`,
  );
});

test('what serves as it should has no problem', (t) => {
  const last = { revision: named(1), result: 'successful', reason: null } as const;
  t.is(problemIn(steady({ last })), undefined);
  t.is(problemIn(steady()), undefined);
  const idle = { revision: null, floor: 0, ceiling: 0 };
  t.is(problemIn(steady({ history: [], tracks: { blue: idle, green: idle } }), nothing), undefined);
});
