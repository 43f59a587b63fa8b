import test from 'ava';
import type { Deployment } from '../../../deployments/deployment.ts';
import { abort } from '../../../deployments/strategies/abort.ts';
import type { Health, TrackHealth } from '../../../deployments/strategies/health.ts';
import { next } from '../../../deployments/strategies/next.ts';
import { rollback } from '../../../deployments/strategies/rollback.ts';
import { beginRevision, beginSecond, healthOf, healthy, lineOf, named, now, play, steady } from './examples.ts';

type Settings = Parameters<typeof beginSecond>[0];

/** Changes what is observed of green once so many steps are behind the deployment. */
function greenFrom(step: number, changes: Partial<TrackHealth>) {
  return (deployment: Deployment, health: Health): Health => {
    if ((deployment.progress?.step ?? 0) < step) return health;
    return { ...health, tracks: { ...health.tracks, green: { ...health.tracks.green, ...changes } } };
  };
}

/** The lines from the step on at which green shows a fault, and the reason why it went back. */
function failureOf(settings: Settings, step: number, changes: Partial<TrackHealth>): [lines: string[], reason: string] {
  const { lines, outcome } = play(beginSecond(settings), { observe: greenFrom(step, changes) });
  const index = lines.findIndex((line) => line.startsWith(`progressing ${step} `));
  return [lines.slice(index), outcome?.kind === 'rolled-back' ? outcome.reason : `${outcome?.kind}`];
}

const boot = { healthy: 0, failedBoot: 'role: task' };

test('blue-green: machines that fail their boot never get traffic', (t) => {
  t.deepEqual(failureOf({ strategy: 'blue-green' }, 2, boot), [
    ['progressing 2 | blue r1 4-8 100 % | green r2 4-8 0 %', 'steady | blue r1 2-8 100 % | green r2 0-0 0 %'],
    'A machine of green failed its boot: role: task',
  ]);
});

test('blue-green: an alarm in the bake gives all traffic back in one apply', (t) => {
  t.deepEqual(failureOf({ strategy: 'blue-green' }, 3, { ringing: ['errors'] }), [
    [
      'progressing 3 | blue r1 4-8 0 % | green r2 4-8 100 %',
      'rolling-back 3 | blue r1 4-8 100 % | green r2 4-8 0 %',
      'steady | blue r1 2-8 100 % | green r2 0-0 0 %',
    ],
    'green serves, and the alarm errors rings',
  ]);
});

test('blue-green: a service that ends by itself in the bake gives all traffic back', (t) => {
  const endedService = 'intent-fleet@8080 of i-1 has ended by itself';
  const [lines, reason] = failureOf({ strategy: 'blue-green' }, 3, { endedService });
  t.is(lines[1], 'rolling-back 3 | blue r1 4-8 100 % | green r2 4-8 0 %');
  t.is(reason, `green serves, and ${endedService}`);
});

test('canary: each step may be the one that fails', (t) => {
  for (const step of [3, 5, 7, 9]) {
    const [lines, reason] = failureOf({ strategy: 'canary' }, step, { ringing: ['errors', 'latency'] });
    t.deepEqual(lines.slice(-2), [
      lines[0]
        ?.replace('progressing', 'rolling-back')
        .replace(/(\d+-\d+) \d+ %/, '$1 100 %')
        .replace(/\d+ %$/, '0 %'),
      'steady | blue r1 2-8 100 % | green r2 0-0 0 %',
    ]);
    t.is(reason, 'green serves, and the alarms errors, latency ring');
  }
});

test('rolling: the live track regrows before it takes the traffic back', (t) => {
  t.deepEqual(failureOf({ strategy: 'rolling' }, 6, { healthy: 0 }), [
    [
      'progressing 6 | blue r1 3-8 50 % | green r2 2-8 50 %',
      'rolling-back 6 | blue r1 5-8 50 % | green r2 2-8 50 %',
      'rolling-back 6 | blue r1 5-8 100 % | green r2 2-8 0 %',
      'steady | blue r1 2-8 100 % | green r2 0-0 0 %',
    ],
    'green has traffic and no healthy machine',
  ]);
});

test('rolling: a live track that has not shrunk yet takes the traffic back at once', (t) => {
  const [lines] = failureOf({ strategy: 'rolling' }, 3, { smokeTest: { failed: 'another answer' } });
  t.is(lines[1], 'rolling-back 3 | blue r1 4-8 100 % | green r2 1-8 0 %');
});

test('recreate: the old machines boot again, and the traffic has never left their track', (t) => {
  t.deepEqual(failureOf({ strategy: 'recreate' }, 3, { smokeTest: { failed: 'another answer' } }), [
    [
      'progressing 3 | blue r1 0-0 100 % | green r2 4-8 0 %',
      'rolling-back 3 | blue r1 4-8 100 % | green r2 4-8 0 %',
      'steady | blue r1 2-8 100 % | green r2 0-0 0 %',
    ],
    'green failed its smoke test: another answer',
  ]);
});

test('recreate: after a bake that failed the new machines serve until the old ones do', (t) => {
  t.deepEqual(failureOf({ strategy: 'recreate' }, 4, { ringing: ['errors'] })[0], [
    'progressing 4 | blue r1 0-0 0 % | green r2 4-8 100 %',
    'rolling-back 4 | blue r1 4-8 0 % | green r2 4-8 100 %',
    'rolling-back 4 | blue r1 4-8 100 % | green r2 4-8 0 %',
    'steady | blue r1 2-8 100 % | green r2 0-0 0 %',
  ]);
});

test('a step whose machines are not healthy in time fails with how far it came', (t) => {
  const observe = (deployment: Deployment, health: Health) =>
    greenFrom(2, { healthy: 1 })(deployment, { ...health, stepSeconds: 601 });
  const { outcome } = play(beginSecond({ strategy: 'blue-green' }), { observe });
  t.is(outcome?.kind === 'rolled-back' && outcome.reason, 'After 600 s: 1 of 4 machines of green healthy');
});

test('the first deployment that fails leaves nothing, and the next one begins anew', (t) => {
  const first = beginRevision(2, {}, undefined, { blue: 0, green: 0 });
  const observe = (_: Deployment, health: Health) => ({
    ...health,
    tracks: { ...health.tracks, blue: healthy(0, boot) },
  });
  const failed = play(first, { desired: { blue: 0, green: 0 }, observe });
  t.deepEqual(failed.lines, [
    'progressing 1 | blue r2 2-8 100 % | green - 0-0 0 %',
    'steady | blue r2 0-0 100 % | green - 0-0 0 %',
  ]);
  const again = beginRevision(3, {}, failed.deployment, { blue: 0, green: 0 });
  t.deepEqual(
    play(again, { desired: { blue: 0, green: 0 } }).lines.at(-1),
    'steady | blue r3 2-8 100 % | green - 0-0 0 %',
  );
});

test('a person can abort at every step of every strategy, twice, and the old revision serves everything', (t) => {
  for (const strategy of ['recreate', 'rolling', 'blue-green', 'canary', 'ab', 'shadow'] as const) {
    const begun = beginSecond({ strategy });
    const steps = play(begun).lines.length - 1;
    for (let applies = 0; applies <= steps; applies += 1) {
      const { deployment, desired } = play(begun, { applies });
      const back = play(abort(deployment, 'a person'), { desired, applies: 1 });
      const twice = back.deployment.progress ? abort(back.deployment, 'another reason') : back.deployment;
      const { lines, outcome } = play(twice, { desired: back.desired });
      const last = [...back.lines, ...lines].at(-1);
      t.regex(`${last}`, /^steady \| blue r1 2-8 100 % \| green (r2|-) 0-0 0 %$/, `${strategy} ${applies}`);
      t.is(outcome?.kind === 'rolled-back' && outcome.reason, 'a person');
    }
  }
});

test('the way back is recorded before it is waited for', (t) => {
  const { deployment } = play(beginSecond({ strategy: 'blue-green' }), { applies: 2 });
  const { blue, green } = healthOf({ blue: 4, green: 4 }).tracks;
  const bad = { blue: { ...blue, healthy: 0 }, green: { ...green, ringing: ['errors'] } };
  const reason = 'green serves, and the alarm errors rings';
  const outcome = next(deployment, { tracks: bad, stepSeconds: 5 });
  t.deepEqual(outcome, { kind: 'apply', deployment: abort(deployment, reason), because: reason });
});

test('a live track without a healthy machine gets no traffic: after its time, the command gives up', (t) => {
  const { deployment } = play(beginSecond({ strategy: 'blue-green' }), { applies: 2 });
  const aborted = abort(deployment, 'a person');
  const { blue, green } = healthOf({ blue: 4, green: 4 }).tracks;
  const tracks = { blue: { ...blue, healthy: 0 }, green };
  t.deepEqual(next(aborted, { tracks, stepSeconds: 600 }), {
    kind: 'wait',
    progress: '0 of 1 machine of blue healthy',
  });
  t.deepEqual(next(aborted, { tracks, stepSeconds: 601 }), {
    kind: 'stuck',
    reason: 'a person. The way back: after 600 s, 0 of 1 machine of blue healthy',
  });
});

test('a live track that regrows takes the traffic when all its machines are healthy, or after its time with some', (t) => {
  const { deployment, desired } = play(beginSecond({ strategy: 'recreate' }), { applies: 3 });
  const regrown = play(abort(deployment, 'a person'), { desired, applies: 1 });
  const { blue, green } = healthOf(regrown.desired).tracks;
  const tracks = { blue: { ...blue, healthy: 3 }, green };
  t.deepEqual(next(regrown.deployment, { tracks, stepSeconds: 600 }), {
    kind: 'wait',
    progress: '3 of 4 machines of blue healthy',
  });
  const late = next(regrown.deployment, { tracks, stepSeconds: 601 });
  t.is(late.kind === 'apply' && lineOf(late.deployment), 'rolling-back 4 | blue r1 4-8 100 % | green r2 4-8 0 %');
});

test('recreate: the new machines stay until the old ones are healthy, though they have no traffic', (t) => {
  const { deployment, desired } = play(beginSecond({ strategy: 'recreate' }), { applies: 2 });
  const regrown = play(abort(deployment, 'a person'), { desired, applies: 1 });
  const { blue, green } = healthOf(regrown.desired).tracks;
  const tracks = { blue: { ...blue, healthy: 3 }, green };
  t.is(next(regrown.deployment, { tracks, stepSeconds: 1 }).kind, 'wait');
});

test('what failed is kept beside what serves, with the reason for the next command', (t) => {
  const { deployment } = play(beginSecond({ strategy: 'blue-green' }), { observe: greenFrom(2, boot) });
  const { revision: failed } = deployment.tracks.green;
  t.is(failed, named(2));
  t.deepEqual(deployment, {
    ...steady({ strategy: deployment.strategy, revisions: deployment.revisions }),
    tracks: { ...steady().tracks, green: { revision: named(2), floor: 0, ceiling: 0 } },
    last: { revision: named(2), result: 'rolled back', reason: 'A machine of green failed its boot: role: task' },
  });
  t.deepEqual(Object.keys(deployment.revisions).sort(), [named(1), named(2)].sort());
});

test('a rollback to warm machines that fails leaves them warm for another one', (t) => {
  const warm = play(beginSecond({ strategy: 'blue-green', keep: 'warm' })).deployment;
  const desired = { blue: 4, green: 4 };
  const observed = healthOf(desired).tracks;
  const back = play(rollback(warm, { observed, now, stepTimeoutSeconds: 600 }), {
    desired,
    observe: (_, { tracks, stepSeconds }) => {
      const blue = { ...tracks.blue, smokeTest: { failed: 'no answer' } };
      return { tracks: { ...tracks, blue }, stepSeconds };
    },
  });
  t.deepEqual(back.lines, ['warm | blue r1 4-8 0 % | green r2 2-8 100 %']);
  t.is(back.deployment.last?.reason, 'blue failed its smoke test: no answer');
});
