import test from 'ava';
import { UserError } from '../../../common/errors.ts';
import type { Progressing } from '../../../deployments/deployment.ts';
import type { Health, TrackHealth } from '../../../deployments/strategies/health.ts';
import { next } from '../../../deployments/strategies/next.ts';
import { promote } from '../../../deployments/strategies/promote.ts';
import { rollback } from '../../../deployments/strategies/rollback.ts';
import { beginRevision, beginSecond, healthOf, named, now, play } from './examples.ts';

type Settings = Parameters<typeof beginSecond>[0];

interface Asked {
  settings: Settings;
  /** The applies that are behind the deployment. */
  applies: number;
  green?: Partial<TrackHealth>;
  stepSeconds?: number;
}

/** What comes next by a health of green that is good but for some changes. */
function ask({ settings, applies, green = {}, stepSeconds = 300 }: Asked) {
  const { deployment, desired } = play(beginSecond(settings), { applies });
  const { tracks } = healthOf(desired);
  return next(deployment, { tracks: { ...tracks, green: { ...tracks.green, ...green } }, stepSeconds });
}

test('machines are waited for, then the smoke test, and then the traffic follows', (t) => {
  const grown = { settings: { strategy: 'blue-green' }, applies: 1 } as const;
  t.deepEqual(ask({ ...grown, green: { healthy: 3, smokeTest: 'not run' } }), {
    kind: 'wait',
    progress: '3 of 4 machines of green healthy',
  });
  t.deepEqual(ask({ ...grown, green: { smokeTest: 'not run' } }), { kind: 'smoke-test', track: 'green' });
  const outcome = ask(grown);
  t.is(outcome.kind === 'apply' && outcome.because, '100 % to green, bake 120 s under its alarms');
});

test('an alarm that rings before the new track serves is waited for, and fails it after its time', (t) => {
  const before = { settings: { strategy: 'canary' }, applies: 1, green: { ringing: ['errors'] } } as const;
  t.deepEqual(ask({ ...before, stepSeconds: 600 }), {
    kind: 'wait',
    progress: 'green does not serve yet, and the alarm errors rings from before',
  });
  const late = ask({ ...before, stepSeconds: 601 });
  t.true(
    late.kind === 'apply' && late.because.startsWith('green to no machines: After 600 s: green does not serve yet'),
  );
});

test('a bake takes its time, and a machine that is replaced in it may take longer', (t) => {
  const baking = { settings: { strategy: 'canary' }, applies: 2 } as const;
  t.deepEqual(ask({ ...baking, stepSeconds: 119.5 }), {
    kind: 'wait',
    progress: 'green bakes under its alarms: 119 of 120 s',
  });
  t.is(ask({ ...baking, stepSeconds: 120 }).kind, 'apply');
  const replaced = { ...baking, green: { healthy: 1 } };
  t.deepEqual(ask({ ...replaced, stepSeconds: 720 }), { kind: 'wait', progress: '1 of 2 machines of green healthy' });
  const late = ask({ ...replaced, stepSeconds: 721 });
  t.true(late.kind === 'apply' && late.because.endsWith('After 720 s: 1 of 2 machines of green healthy'));
});

test('old machines are gone before new ones come, where a strategy or a group needs it', (t) => {
  const { deployment } = play(beginSecond({ strategy: 'recreate' }), { applies: 1 });
  const { blue, green } = healthOf({ blue: 0, green: 0 }).tracks;
  const health: Health = { tracks: { blue: { ...blue, machines: 1 }, green }, stepSeconds: 1 };
  t.deepEqual(next(deployment, health), { kind: 'wait', progress: '1 machine of blue not gone yet' });
  const warm = play(beginSecond({ strategy: 'blue-green', keep: 'warm' })).deployment;
  const third = play(beginRevision(3, {}, warm, { blue: 4, green: 4 }), { applies: 1 });
  t.deepEqual(next(third.deployment, health), { kind: 'wait', progress: '1 machine of blue not gone yet' });
});

test('a step that the strategy does not have is refused', (t) => {
  const { deployment } = play(beginSecond({ strategy: 'blue-green' }), { applies: 1 });
  const damaged = { ...deployment, progress: { ...(deployment as Progressing).progress, step: 4 } } as Progressing;
  t.throws(() => next(damaged, healthOf({ blue: 4, green: 4 })), {
    instanceOf: UserError,
    message: 'The deployment in the Terraform state is damaged: expected a step that is followed, got step 4 of 4.',
  });
});

const paused = { strategy: 'canary', steps: [{ percent: 10, pause: true }, 100] } as const;

test('a step that pauses waits for a person after its bake, without an end', (t) => {
  const settings = { ...paused, steps: [...paused.steps] };
  t.is(ask({ settings, applies: 2, stepSeconds: 60 }).kind, 'wait');
  const recorded = ask({ settings, applies: 2, stepSeconds: 100_000 });
  t.is(recorded.kind === 'apply' && recorded.because, 'green serves 10 % until a person promotes it');
  t.deepEqual(ask({ settings, applies: 3, stepSeconds: 1 }), {
    kind: 'pause',
    progress: 'green serves 10 % until a person promotes it',
  });
});

test('a step that is promoted before its bake is over bakes first, and then does not wait', (t) => {
  const { deployment, desired } = play(beginSecond({ ...paused, steps: [...paused.steps] }), { applies: 2 });
  const { tracks } = healthOf(desired);
  t.is(next(promote(deployment), { tracks, stepSeconds: 60 }).kind, 'wait');
  const on = next(promote(deployment), { tracks, stepSeconds: 120 });
  t.is(on.kind === 'apply' && on.because, `green boots 2 machines of ${named(2)}`);
});

test('a person who promotes a step that has baked ends its pause, and not its alarms', (t) => {
  const { deployment, desired } = play(beginSecond({ ...paused, steps: [...paused.steps] }), { applies: 3 });
  const { tracks } = healthOf(desired);
  const promoted = promote(deployment);
  const on = next(promoted, { tracks, stepSeconds: 1 });
  t.is(on.kind === 'apply' && on.because, `green boots 2 machines of ${named(2)}`);
  t.is(on.kind === 'apply' && on.deployment.progress?.promoted, false);
  const ringing = { ...tracks, green: { ...tracks.green, ringing: ['errors'] } };
  const back = next(promoted, { tracks: ringing, stepSeconds: 1 });
  t.is(back.kind === 'apply' && back.deployment.phase, 'rolling-back');
});

test('neither alarms nor services that end keep a person from going back to a revision', (t) => {
  const { deployment } = play(beginSecond({ strategy: 'blue-green', keep: 'warm' }));
  const { blue, green } = healthOf({ blue: 4, green: 4 }).tracks;
  const tracks = { blue: { ...blue, ringing: ['errors'], endedService: 'intent-fleet@8080 of i-1 has ended' }, green };
  const back = play(rollback(deployment, { observed: tracks, now, stepTimeoutSeconds: 600 }), {
    desired: { blue: 4, green: 4 },
    observe: (_, { stepSeconds }) => ({ tracks, stepSeconds }),
  });
  t.is(back.lines.at(-1), 'steady | blue r1 2-8 100 % | green r2 0-0 0 %');
});
