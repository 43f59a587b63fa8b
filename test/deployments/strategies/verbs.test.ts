import test from 'ava';
import { UserError } from '../../../common/errors.ts';
import { abort } from '../../../deployments/strategies/abort.ts';
import { promote } from '../../../deployments/strategies/promote.ts';
import { rollback } from '../../../deployments/strategies/rollback.ts';
import { strategyOf } from '../../../deployments/strategies/settings.ts';
import { beginRevision, beginSecond, healthOf, named, now, play, revision, settingsOf, steady } from './examples.ts';

const four = { blue: 4, green: 0 };
const props = { observed: healthOf(four).tracks, now, stepTimeoutSeconds: 600 };

/** Returns the message with which a command is refused. */
function refusalOf(command: () => unknown): string {
  try {
    command();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'accepted';
}

test('a deployment begins with the machines that serve, and changes nothing yet', (t) => {
  const settings = { strategy: 'canary', keepRevisions: 5 } as const;
  t.deepEqual(beginSecond(settings), {
    ...steady({ strategy: strategyOf(settingsOf(settings)), keepRevisions: 5 }),
    revisions: { [named(1)]: revision(1), [named(2)]: revision(2) },
    phase: 'progressing',
    progress: {
      ...{ from: named(1), to: named(2), machines: 4, step: 0, baked: false, promoted: false },
      beganAt: '2026-01-02T03:04:05.000Z',
    },
  });
});

test('the first deployment of a stage begins with the desired size and nothing to go back to', (t) => {
  const nothing = { revision: null, floor: 0, ceiling: 0 };
  t.deepEqual(beginRevision(2, {}, undefined, { blue: 0, green: 0 }), {
    ...steady({ tracks: { blue: nothing, green: nothing }, history: [], revisions: { [named(2)]: revision(2) } }),
    phase: 'progressing',
    progress: {
      ...{ from: null, to: named(2), machines: 2, step: 0, baked: false, promoted: false },
      beganAt: '2026-01-02T03:04:05.000Z',
    },
  });
});

test('a revision that is kept is not made again', (t) => {
  const older = { ...revision(2), madeAt: '2025-01-01T00:00:00Z' };
  const kept = steady({ revisions: { [named(1)]: revision(1), [named(2)]: older } });
  t.deepEqual(beginSecond({}, kept).revisions[named(2)], older);
});

test('one deployment at a time: the same revision goes on, another one is refused', (t) => {
  const { deployment } = play(beginSecond({ strategy: 'canary' }), { applies: 3 });
  t.is(beginSecond({ strategy: 'rolling' }, deployment), deployment);
  t.is(
    refusalOf(() => beginRevision(3, {}, deployment, four)),
    `A canary deployment of ${named(2)} is under way since 2026-01-02T03:04:05.000Z. Finish it first: make promote goes on with it, make abort goes back.`,
  );
  const back = abort(deployment, 'a person');
  for (const digit of [2, 3])
    t.is(
      refusalOf(() => beginRevision(digit, {}, back, four)),
      `${named(2)} goes back: a person. Finish that first: make abort`,
    );
});

test('abort goes back, and is refused where nothing is under way', (t) => {
  const { deployment } = play(beginSecond({}), { applies: 3 });
  const aborted = abort(deployment, 'a person');
  t.deepEqual(aborted, {
    ...deployment,
    phase: 'rolling-back',
    progress: { ...deployment.progress, reason: 'a person', regrown: false },
  });
  t.is(abort(aborted, 'another reason'), aborted);
  t.is(
    refusalOf(() => abort(steady(), 'a person')),
    'No deployment is under way. To go back to the revision before: make rollback',
  );
});

test('promote lets go on what waits for a person, and nothing else', (t) => {
  const { deployment } = play(beginSecond({ strategy: 'blue-green' }), { applies: 2 });
  t.is(promote(deployment), deployment);
  const warm = play(beginSecond({ strategy: 'blue-green', keep: 'warm' })).deployment;
  t.deepEqual(promote(warm), { ...warm, phase: 'steady' });
  t.deepEqual(play(promote(warm), { desired: { blue: 4, green: 4 } }).lines, [
    'steady | blue r1 0-0 0 % | green r2 2-8 100 %',
  ]);
  t.is(
    refusalOf(() => promote(abort(deployment, 'a person'))),
    `${named(2)} goes back: a person. To finish that: make abort`,
  );
  t.is(
    refusalOf(() => promote(steady())),
    'Nothing waits for a person: no deployment is under way, and no old machines are kept warm.',
  );
});

test('rollback aborts what is under way', (t) => {
  const { deployment } = play(beginSecond({}), { applies: 3 });
  for (const to of [undefined, named(1)])
    t.deepEqual(rollback(deployment, { ...props, to }), abort(deployment, 'A person rolled it back'));
  t.is(
    refusalOf(() => rollback(deployment, { ...props, to: 'r-0' })),
    `${named(2)} is under way from ${named(1)}, not from r-0. Go back first: make abort`,
  );
});

test('rollback goes to the revision before, or to any that is kept', (t) => {
  const revisions = { [named(1)]: revision(1), [named(2)]: revision(2), [named(3)]: revision(3) };
  const deployment = steady({ revisions, history: [named(1), named(2)] });
  t.is(rollback(deployment, props).progress?.to, named(2));
  t.deepEqual(rollback(deployment, { ...props, to: named(3) }), {
    ...deployment,
    ...{ strategy: { kind: 'rollback', fromWarm: false, stepTimeoutSeconds: 600 }, phase: 'progressing' },
    progress: {
      ...{ from: named(1), to: named(3), machines: 4, step: 0, baked: false, promoted: false },
      beganAt: '2026-01-02T03:04:05.000Z',
    },
  });
  t.is(
    refusalOf(() => rollback(deployment, { ...props, to: named(1) })),
    `RELEASE=${named(1)}: expected ${named(2)} or ${named(3)}, which are kept`,
  );
  t.is(
    refusalOf(() => rollback(steady(), props)),
    'There is no revision to go back to: no other one has served, or none is kept (deployment.keepRevisions).',
  );
});
