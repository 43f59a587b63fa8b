import test from 'ava';
import type { Deployment } from '../../../deployments/deployment.ts';
import { abort } from '../../../deployments/strategies/abort.ts';
import { next } from '../../../deployments/strategies/next.ts';
import { promote } from '../../../deployments/strategies/promote.ts';
import { rollback } from '../../../deployments/strategies/rollback.ts';
import { beginRevision, beginSecond, healthOf, named, now, type PlayProps, play, steady } from './examples.ts';

type Settings = Parameters<typeof beginSecond>[0];

/** The lines of a deployment of revision 2 beside four machines of revision 1, and how it ended. */
function linesOf(settings: Settings, props: PlayProps = {}, deployment: Deployment = steady()): string[] {
  const { lines, outcome } = play(beginSecond(settings, deployment), props);
  return [...lines, outcome?.kind ?? 'cut short'];
}

test('recreate: the old machines go, the new ones come, and then the traffic', (t) => {
  t.deepEqual(linesOf({ strategy: 'recreate' }), [
    'progressing 2 | blue r1 0-0 100 % | green - 0-0 0 %',
    'progressing 3 | blue r1 0-0 100 % | green r2 4-8 0 %',
    'progressing 4 | blue r1 0-0 0 % | green r2 4-8 100 %',
    'steady | blue r1 0-0 0 % | green r2 2-8 100 %',
    'done',
  ]);
});

test('rolling: the traffic follows the machines, two at a time', (t) => {
  t.deepEqual(linesOf({ strategy: 'rolling', surge: 2 }), [
    'progressing 2 | blue r1 4-8 100 % | green r2 2-8 0 %',
    'progressing 3 | blue r1 4-8 50 % | green r2 2-8 50 %',
    'progressing 4 | blue r1 2-2 50 % | green r2 2-8 50 %',
    'progressing 5 | blue r1 2-8 50 % | green r2 4-8 50 %',
    'progressing 6 | blue r1 2-8 0 % | green r2 4-8 100 %',
    'steady | blue r1 0-0 0 % | green r2 2-8 100 %',
    'done',
  ]);
});

test('rolling: a surge that does not divide the fleet ends with what is left', (t) => {
  t.deepEqual(linesOf({ strategy: 'rolling', surge: 3 }), [
    'progressing 2 | blue r1 4-8 100 % | green r2 3-8 0 %',
    'progressing 3 | blue r1 4-8 25 % | green r2 3-8 75 %',
    'progressing 4 | blue r1 1-1 25 % | green r2 3-8 75 %',
    'progressing 5 | blue r1 1-8 25 % | green r2 4-8 75 %',
    'progressing 6 | blue r1 1-8 0 % | green r2 4-8 100 %',
    'steady | blue r1 0-0 0 % | green r2 2-8 100 %',
    'done',
  ]);
});

test('blue-green: a second fleet takes all traffic at once', (t) => {
  t.deepEqual(linesOf({ strategy: 'blue-green' }), [
    'progressing 2 | blue r1 4-8 100 % | green r2 4-8 0 %',
    'progressing 3 | blue r1 4-8 0 % | green r2 4-8 100 %',
    'steady | blue r1 0-0 0 % | green r2 2-8 100 %',
    'done',
  ]);
});

test('blue-green: kept warm, the old fleet keeps its size', (t) => {
  t.deepEqual(linesOf({ strategy: 'blue-green', keep: 'warm' }), [
    'progressing 2 | blue r1 4-8 100 % | green r2 4-8 0 %',
    'progressing 3 | blue r1 4-8 0 % | green r2 4-8 100 %',
    'warm | blue r1 4-8 0 % | green r2 2-8 100 %',
    'done',
  ]);
});

test('canary: the new track grows where a step needs it, and the live one keeps its size', (t) => {
  t.deepEqual(linesOf({ strategy: 'canary', steps: [5, 75, 100] }), [
    // As few machines as the fleet may have, though one would do for five percent.
    'progressing 2 | blue r1 4-8 100 % | green r2 2-8 0 %',
    'progressing 3 | blue r1 4-8 95 % | green r2 2-8 5 %',
    'progressing 4 | blue r1 4-8 95 % | green r2 3-8 5 %',
    'progressing 5 | blue r1 4-8 25 % | green r2 3-8 75 %',
    'progressing 6 | blue r1 4-8 25 % | green r2 4-8 75 %',
    'progressing 7 | blue r1 4-8 0 % | green r2 4-8 100 %',
    'steady | blue r1 0-0 0 % | green r2 2-8 100 %',
    'done',
  ]);
});

test('ab: each client stays at its track until a person decides, and then the new one takes everything', (t) => {
  const waiting = play(beginSecond({ strategy: 'ab', percent: 50 }));
  t.deepEqual(waiting.lines, [
    'progressing 2 | blue r1 4-8 100 % | green r2 2-8 0 %',
    'progressing 3 | blue r1 4-8 50 % | green r2 2-8 50 %',
    // Its bake is recorded.
    'progressing 3 | blue r1 4-8 50 % | green r2 2-8 50 %',
  ]);
  t.deepEqual(waiting.outcome, { kind: 'pause', progress: 'green serves 50 % until a person promotes it' });
  t.true(waiting.deployment.sticky);
  const promoted = play(promote(waiting.deployment), { desired: waiting.desired });
  t.deepEqual(promoted.lines, [
    'progressing 4 | blue r1 4-8 50 % | green r2 4-8 50 %',
    'progressing 5 | blue r1 4-8 0 % | green r2 4-8 100 %',
    'steady | blue r1 0-0 0 % | green r2 2-8 100 %',
  ]);
  t.false(promoted.deployment.sticky);
  const aborted = play(abort(waiting.deployment, 'a person'), { desired: waiting.desired });
  t.deepEqual(aborted.lines, [
    'rolling-back 3 | blue r1 4-8 100 % | green r2 2-8 0 %',
    'steady | blue r1 2-8 100 % | green r2 0-0 0 %',
  ]);
  t.false(aborted.deployment.sticky);
});

test('shadow: no track changes until a person decides, and then the new one takes everything at once', (t) => {
  const waiting = play(beginSecond({ strategy: 'shadow' }));
  t.deepEqual(waiting.lines, ['progressing 2 | blue r1 2-8 100 % | green - 0-0 0 %']);
  t.deepEqual(waiting.outcome, {
    kind: 'pause',
    progress: `${named(2)} is the shadow of blue until a person promotes it`,
  });
  t.is(waiting.deployment.shadow, named(2));
  const promoted = play(promote(waiting.deployment), { desired: waiting.desired });
  t.deepEqual(promoted.lines, [
    'progressing 3 | blue r1 4-8 100 % | green r2 4-8 0 %',
    'progressing 4 | blue r1 4-8 0 % | green r2 4-8 100 %',
    'steady | blue r1 0-0 0 % | green r2 2-8 100 %',
  ]);
  t.false('shadow' in promoted.deployment);
  const aborted = play(abort(waiting.deployment, 'a person'), { desired: waiting.desired });
  const reverted = 'steady | blue r1 2-8 100 % | green - 0-0 0 %';
  // The machines stop asking first, and the last one prunes revision 2.
  t.deepEqual(aborted.lines, ['rolling-back 2 | blue r1 2-8 100 % | green - 0-0 0 %', reverted, reverted]);
  t.false('shadow' in aborted.deployment);
});

test('what becomes of its machines is not the business of a shadow', (t) => {
  const { deployment, desired } = play(beginSecond({ strategy: 'shadow' }));
  const { blue, green } = healthOf(desired).tracks;
  const ill = { ...green, healthy: 0, ringing: ['errors'], failedBoot: 'no disk', endedService: 'it ended' };
  t.is(next(deployment, { tracks: { blue, green: ill }, stepSeconds: 100_000 }).kind, 'pause');
});

test('the first deployment boots on the live track, which has all traffic from the beginning', (t) => {
  const first = { ...steady(), tracks: { blue: nothing, green: nothing }, history: [] };
  for (const strategy of ['recreate', 'rolling', 'blue-green', 'canary', 'ab', 'shadow'] as const)
    t.deepEqual(
      linesOf({ strategy }, { desired: { blue: 0, green: 0 } }, first),
      [
        'progressing 1 | blue r2 2-8 100 % | green - 0-0 0 %',
        'steady | blue r2 2-8 100 % | green - 0-0 0 %',
        // Revision 1, which never served, was in the example; it is pruned.
        'steady | blue r2 2-8 100 % | green - 0-0 0 %',
        'done',
      ],
      strategy,
    );
});

const nothing = { revision: null, floor: 0, ceiling: 0 };

const warmed = () => play(beginSecond({ strategy: 'blue-green', keep: 'warm' })).deployment;

function rollbackOf(deployment: Deployment, desired: { blue: number; green: number }): string[] {
  const observed = { blue: { desired: desired.blue }, green: { desired: desired.green } };
  const { lines, outcome } = play(rollback(deployment, { observed, now, stepTimeoutSeconds: 600 }), { desired });
  return [...lines, outcome?.kind ?? 'cut short'];
}

test('a rollback to what is warm is one change of weights, also when the fleet has grown meanwhile', (t) => {
  t.deepEqual(rollbackOf(warmed(), { blue: 4, green: 6 }), [
    'progressing 3 | blue r1 4-8 100 % | green r2 2-8 0 %',
    'steady | blue r1 2-8 100 % | green r2 0-0 0 %',
    'done',
  ]);
});

test('a rollback to what is gone boots it first', (t) => {
  const { deployment } = play(beginSecond({ strategy: 'recreate' }));
  t.deepEqual(rollbackOf(deployment, { blue: 0, green: 4 }), [
    'progressing 2 | blue r1 4-8 0 % | green r2 4-8 100 %',
    'progressing 3 | blue r1 4-8 100 % | green r2 4-8 0 %',
    'steady | blue r1 2-8 100 % | green r2 0-0 0 %',
    'done',
  ]);
});

test('a rollback twice comes back to the newer revision', (t) => {
  const back = play(
    rollback(warmed(), { observed: healthOf({ blue: 4, green: 4 }).tracks, now, stepTimeoutSeconds: 600 }),
    {
      desired: { blue: 4, green: 4 },
    },
  );
  t.deepEqual(back.deployment.history, [named(1), named(2)]);
  t.deepEqual(
    rollbackOf(back.deployment, { blue: 4, green: 0 }).at(-2),
    'steady | blue r1 0-0 0 % | green r2 2-8 100 %',
  );
});

test('another revision takes the place of one that is kept warm', (t) => {
  const desired = { blue: 4, green: 4 };
  t.deepEqual(play(beginRevision(3, { strategy: 'blue-green' }, warmed(), desired), { desired }).lines, [
    'progressing 1 | blue r1 0-0 0 % | green r2 2-8 100 %',
    'progressing 2 | blue r3 4-8 0 % | green r2 4-8 100 %',
    'progressing 3 | blue r3 4-8 100 % | green r2 4-8 0 %',
    'steady | blue r3 2-8 100 % | green r2 0-0 0 %',
  ]);
});

test('a revision that is kept warm is deployed again as it stands', (t) => {
  const desired = { blue: 4, green: 4 };
  t.deepEqual(play(beginRevision(1, { strategy: 'blue-green' }, warmed(), desired), { desired }).lines, [
    'progressing 2 | blue r1 4-8 0 % | green r2 4-8 100 %',
    'progressing 3 | blue r1 4-8 100 % | green r2 4-8 0 %',
    'steady | blue r1 2-8 100 % | green r2 0-0 0 %',
  ]);
});

test('the same value and health give the same answer, so that a killed step is done again', (t) => {
  for (const strategy of ['recreate', 'rolling', 'blue-green', 'canary', 'ab', 'shadow'] as const) {
    const begun = beginSecond({ strategy });
    const all = play(begun).lines;
    for (let applies = 0; applies < all.length; applies += 1) {
      const before = play(begun, { applies });
      const health = healthOf(before.desired);
      t.deepEqual(next(before.deployment, health), next(before.deployment, health));
      // Whether the killed apply was recorded or not, what follows is the same.
      t.deepEqual(play(before.deployment, { desired: before.desired }).lines, all.slice(applies), strategy);
    }
  }
});
