import test from 'ava';
import { InterruptedError, UserError } from '../../common/errors.ts';
import type { Deployment, Track } from '../../deployments/deployment.ts';
import { promote } from '../../deployments/strategies/promote.ts';
import type { DeploymentSettings } from '../../deployments/strategies/settings.ts';
import type { TrackObservation } from '../../deployments/track-observer.ts';
import { type WalkActions, walk } from '../../deployments/walk.ts';
import { beginRevision, beginSecond, healthOf, lineOf, named, obeyed, steady } from './strategies/examples.ts';

/** Two groups that obey at once, a clock that only applies and waits move, and a record of what a walk does. */
class World {
  readonly lines: string[] = [];
  readonly waits = new Set<string>();
  readonly becauses: string[] = [];
  readonly tested: string[] = [];
  desired: Record<Track, number>;
  applied: Deployment;
  seconds = 0;
  /** Seconds after an apply until its machines are healthy. */
  bootSeconds = 0;
  /** Changes what is observed, which is healthy. */
  faults: (track: Track, deployment: Deployment) => Partial<TrackObservation> = () => ({});
  wrongAnswer: string | undefined;
  #booted: Record<Track, number>;
  #bootedAt = 0;

  constructor(applied: Deployment = steady(), desired = { blue: 4, green: 0 }) {
    this.applied = applied;
    this.desired = desired;
    this.#booted = desired;
  }

  readonly actions: WalkActions = {
    observe: async (deployment) => ({ blue: this.#of('blue', deployment), green: this.#of('green', deployment) }),
    apply: async (deployment, because) => {
      this.applied = deployment;
      this.#booted = this.desired;
      this.desired = obeyed(deployment, this.desired);
      this.seconds += 10;
      this.#bootedAt = this.seconds + this.bootSeconds;
      this.lines.push(lineOf(deployment));
      this.becauses.push(because);
    },
    smokeTest: async (track, { tracks }) => {
      this.tested.push(`${track} with ${tracks[track].floor}`);
      return this.wrongAnswer;
    },
    report: (line) => this.waits.add(line),
    now: () => this.seconds * 1000,
    delay: async () => {
      this.seconds += 10;
    },
    pollMilliseconds: 0,
  };

  #of(track: Track, deployment: Deployment): TrackObservation {
    const { smokeTest: _, ...observed } = healthOf(this.desired).tracks[track];
    const booted = this.seconds < this.#bootedAt ? this.#booted[track] : observed.desired;
    return { ...observed, healthy: Math.min(booted, observed.desired), ...this.faults(track, deployment) };
  }
}

const bake = Array.from({ length: 12 }, (_, index) => `green bakes under its alarms: ${10 * index} of 120 s`);

const endOf = (world: World, begun: Deployment, changes: Partial<WalkActions> = {}) =>
  walk(begun, { ...world.actions, ...changes });

interface Expected {
  settings: { strategy: DeploymentSettings['strategy']; [setting: string]: unknown };
  lines: string[];
  /** The sizes at which green is asked the examples. */
  tested: number[];
  waits: string[];
}

/** A release without a fault: what is applied, asked and waited for. */
const good: Expected[] = [
  {
    settings: { strategy: 'recreate' },
    lines: [
      'progressing 2 | blue r1 0-0 100 % | green - 0-0 0 %',
      'progressing 3 | blue r1 0-0 100 % | green r2 4-8 0 %',
      'progressing 4 | blue r1 0-0 0 % | green r2 4-8 100 %',
      'steady | blue r1 0-0 0 % | green r2 2-8 100 %',
    ],
    tested: [4],
    waits: ['0 of 4 machines of green healthy', ...bake],
  },
  {
    settings: { strategy: 'rolling', surge: 2 },
    lines: [
      'progressing 2 | blue r1 4-8 100 % | green r2 2-8 0 %',
      'progressing 3 | blue r1 4-8 50 % | green r2 2-8 50 %',
      'progressing 4 | blue r1 2-2 50 % | green r2 2-8 50 %',
      'progressing 5 | blue r1 2-8 50 % | green r2 4-8 50 %',
      'progressing 6 | blue r1 2-8 0 % | green r2 4-8 100 %',
      'steady | blue r1 0-0 0 % | green r2 2-8 100 %',
    ],
    tested: [2, 4],
    waits: ['0 of 2 machines of green healthy', ...bake, '2 of 4 machines of green healthy'],
  },
  {
    settings: { strategy: 'blue-green', keep: 'warm' },
    lines: [
      'progressing 2 | blue r1 4-8 100 % | green r2 4-8 0 %',
      'progressing 3 | blue r1 4-8 0 % | green r2 4-8 100 %',
      'warm | blue r1 4-8 0 % | green r2 2-8 100 %',
    ],
    tested: [4],
    waits: ['0 of 4 machines of green healthy', ...bake],
  },
  {
    settings: { strategy: 'canary', steps: [5, 50, 100] },
    lines: [
      'progressing 2 | blue r1 4-8 100 % | green r2 2-8 0 %',
      'progressing 3 | blue r1 4-8 95 % | green r2 2-8 5 %',
      'progressing 5 | blue r1 4-8 50 % | green r2 2-8 50 %',
      'progressing 6 | blue r1 4-8 50 % | green r2 4-8 50 %',
      'progressing 7 | blue r1 4-8 0 % | green r2 4-8 100 %',
      'steady | blue r1 0-0 0 % | green r2 2-8 100 %',
    ],
    tested: [2, 4],
    waits: ['0 of 2 machines of green healthy', ...bake, '2 of 4 machines of green healthy'],
  },
];

for (const { settings, ...expected } of good) {
  test(`${settings.strategy}: a good release serves everything, and is asked again each time that it has grown`, async (t) => {
    const world = new World();
    world.bootSeconds = 60;
    const { deployment, end } = await endOf(world, beginSecond(settings));
    t.deepEqual(end, { kind: 'done', deployment });
    t.is(deployment, world.applied);
    const { lines, tested, waits } = world;
    t.deepEqual({ lines, tested, waits: [...waits] }, { ...expected, tested: expected.tested.map(sizeOfGreen) });
  });
}

const sizeOfGreen = (machines: number) => `green with ${machines}`;

const blueGreen = () => beginSecond({ strategy: 'blue-green' });
const booted = 'progressing 2 | blue r1 4-8 100 % | green r2 4-8 0 %';
const switched = 'progressing 3 | blue r1 4-8 0 % | green r2 4-8 100 %';
const reverted = 'steady | blue r1 2-8 100 % | green r2 0-0 0 %';

test('a failed boot is rolled back before it has traffic, and before it is asked', async (t) => {
  const world = new World();
  world.faults = (track) => (track === 'green' ? { healthy: 0, failedBoot: 'i-1: no disk' } : {});
  const { deployment, end } = await endOf(world, blueGreen());
  const reason = 'A machine of green failed its boot: i-1: no disk';
  t.deepEqual(end, { kind: 'rolled-back', deployment, reason });
  t.deepEqual(world.lines, [booted, reverted]);
  t.deepEqual(world.becauses, [`green boots 4 machines of ${named(2)}`, `green to no machines: ${reason}`]);
  t.deepEqual(world.tested, []);
});

test('a wrong answer is rolled back before it has traffic', async (t) => {
  const world = new World();
  world.wrongAnswer = '1 of 8 texts';
  const { deployment, end } = await endOf(world, blueGreen());
  t.deepEqual(end, { kind: 'rolled-back', deployment, reason: 'green failed its smoke test: 1 of 8 texts' });
  t.deepEqual(world.lines, [booted, reverted]);
});

test('an alarm in the bake is rolled back', async (t) => {
  const world = new World();
  world.faults = (track, { weights }) => (world.seconds > 60 && weights[track] === 100 ? ringing : {});
  const { deployment, end } = await endOf(world, blueGreen());
  t.deepEqual(end, {
    kind: 'rolled-back',
    deployment,
    reason: 'green serves, and the alarm fleet-green-latency rings',
  });
  t.deepEqual(world.lines, [...[booted, switched], 'rolling-back 3 | blue r1 4-8 100 % | green r2 4-8 0 %', reverted]);
});

const ringing = { ringing: ['fleet-green-latency'] };

test('an apply that fails ends the walk; another one goes on from the value before, and asks again', async (t) => {
  const world = new World();
  const apply: WalkActions['apply'] = async (deployment, because) => {
    if (deployment.weights.green === 100) throw new Error('killed');
    await world.actions.apply(deployment, because);
  };
  await t.throwsAsync(endOf(world, blueGreen(), { apply }), { message: 'killed' });
  t.is(lineOf(world.applied), booted);
  const { end } = await endOf(world, world.applied);
  t.is(end.kind, 'done');
  t.deepEqual(world.lines, [booted, switched, 'steady | blue r1 0-0 0 % | green r2 2-8 100 %']);
  t.deepEqual(world.tested, ['green with 4', 'green with 4']);
});

test('a pause ends the walk; once promoted, another one goes on without the bake', async (t) => {
  const world = new World();
  const steps = [{ percent: 50, pause: true }, 100];
  const { deployment, end } = await endOf(world, beginSecond({ strategy: 'canary', steps }));
  t.deepEqual(end, { kind: 'pause', progress: 'green serves 50 % until a person promotes it' });
  t.is(lineOf(deployment), 'progressing 3 | blue r1 4-8 50 % | green r2 2-8 50 %');
  t.is(deployment, world.applied);
  const pausedAt = world.seconds;
  t.is((await endOf(world, promote(deployment))).end.kind, 'done');
  // Three applies, and the bake of the last step.
  t.is(world.seconds - pausedAt, 10 + 10 + 120 + 10);
});

test('what cannot go back is stuck after the time of a step', async (t) => {
  const world = new World();
  world.wrongAnswer = 'another intent';
  world.faults = (track, { phase }) => (track === 'blue' && phase === 'rolling-back' ? { healthy: 0 } : {});
  const { deployment, end } = await endOf(world, beginSecond({ strategy: 'recreate' }));
  t.deepEqual(end, {
    kind: 'stuck',
    reason: 'green failed its smoke test: another intent. The way back: after 600 s, 0 of 4 machines of blue healthy',
  });
  t.is(lineOf(deployment), 'rolling-back 3 | blue r1 4-8 100 % | green r2 4-8 0 %');
  t.deepEqual([...world.waits], ['0 of 4 machines of blue healthy']);
});

test('an observation that fails is repeated a few times, and then ends the walk', async (t) => {
  const world = new World();
  let failures = 0;
  const failing = (most: number): WalkActions['observe'] => {
    failures = 0;
    return (deployment) => {
      if (failures++ < most) throw new Error('Throttling');
      return world.actions.observe(deployment);
    };
  };
  await t.throwsAsync(endOf(world, blueGreen(), { observe: failing(6) }), { message: 'Throttling' });
  t.is(failures, 6);
  t.deepEqual(world.lines, []);
  t.is((await endOf(world, blueGreen(), { observe: failing(5) })).end.kind, 'done');
});

test('a signal ends the walk between two steps and in a wait, never in an apply', async (t) => {
  const reason = new Error('interrupted');
  const world = new World();
  const inApply = new AbortController();
  const apply: WalkActions['apply'] = async (deployment, because) => {
    inApply.abort(reason);
    await world.actions.apply(deployment, because);
  };
  t.is(await t.throwsAsync(endOf(world, blueGreen(), { apply, signal: inApply.signal })), reason);
  t.deepEqual(world.lines, [booted]);
  const inWait = new AbortController();
  const report = () => inWait.abort(reason);
  const waiting = { ...world.actions, report, signal: inWait.signal, pollMilliseconds: 60_000 };
  world.faults = (track) => (track === 'green' ? { healthy: 0 } : {});
  const { delay: _, ...withRealDelay } = waiting;
  t.is(await t.throwsAsync(walk(world.applied, withRealDelay)), reason);
  const inTest = new AbortController();
  const smokeTest = async () => void inTest.abort(reason);
  world.faults = () => ({});
  t.is(await t.throwsAsync(endOf(world, world.applied, { smokeTest, signal: inTest.signal })), reason);
  t.deepEqual(world.lines, [booted]);
});

test('the first deployment boots where nothing serves, and is asked as any other', async (t) => {
  const world = new World(undefined, { blue: 0, green: 0 });
  const first = beginRevision(1, {}, undefined, world.desired);
  const { end } = await endOf(world, first);
  t.is(end.kind, 'done');
  t.deepEqual(world.tested, ['blue with 2']);
  t.deepEqual(world.lines, [
    'progressing 1 | blue r1 2-8 100 % | green - 0-0 0 %',
    'steady | blue r1 2-8 100 % | green - 0-0 0 %',
  ]);
});

test('a step that cannot be applied makes the deployment go back', async (t) => {
  const world = new World();
  const refused: WalkActions['apply'] = async (deployment, because) => {
    if (deployment.weights.green > 0) throw new UserError('terraform apply failed: Throttling');
    await world.actions.apply(deployment, because);
  };
  const { end } = await endOf(world, blueGreen(), { apply: refused });
  const step = '100 % to green, bake 120 s under its alarms';
  const reason = `The step "${step}" could not be applied: terraform apply failed: Throttling`;
  t.deepEqual(end.kind === 'rolled-back' && end.reason, reason);
  t.deepEqual(world.lines, [
    'progressing 2 | blue r1 4-8 100 % | green r2 4-8 0 %',
    'rolling-back 2 | blue r1 4-8 100 % | green r2 4-8 0 %',
    'steady | blue r1 2-8 100 % | green r2 0-0 0 %',
  ]);
});

test('a step whose Terraform was interrupted, or that cannot be undone either, ends the walk', async (t) => {
  const world = new World();
  for (const error of [
    new InterruptedError('interrupted', 'SIGINT'),
    new UserError('no credentials'),
    new Error('a defect'),
  ])
    t.is(await t.throwsAsync(endOf(world, blueGreen(), { apply: () => Promise.reject(error) })), error);
  t.deepEqual(world.lines, []);
});

test('a person who aborts it from elsewhere makes it go back at once', async (t) => {
  const world = new World();
  let isAborted = false;
  world.faults = (_, { weights }) => {
    isAborted ||= weights.green === 100;
    return {};
  };
  const { end } = await endOf(world, blueGreen(), { isAborted: async () => isAborted });
  t.is(end.kind === 'rolled-back' && end.reason, 'A person aborted it');
  t.deepEqual(world.lines.slice(-2), [
    'rolling-back 3 | blue r1 4-8 100 % | green r2 4-8 0 %',
    'steady | blue r1 2-8 100 % | green r2 0-0 0 %',
  ]);
  t.deepEqual([...world.waits], []);
});
