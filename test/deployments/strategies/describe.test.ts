import test from 'ava';
import { abort } from '../../../deployments/strategies/abort.ts';
import { describe } from '../../../deployments/strategies/describe.ts';
import { rollback } from '../../../deployments/strategies/rollback.ts';
import { beginRevision, beginSecond, healthOf, named, now, play, steady } from './examples.ts';

const [one, two] = [named(1), named(2)];
const expectations = { observed: { blue: { desired: 4 }, green: { desired: 0 } }, bootSeconds: 60, applySeconds: 5 };

function linesOf(settings: Parameters<typeof beginSecond>[0]): string[] {
  return describe(beginSecond(settings), expectations);
}

test('recreate says how long nothing serves', (t) => {
  t.deepEqual(linesOf({ strategy: 'recreate' }), [
    '1. blue loses its machines: nothing serves until green does · 0 machines',
    `2. green boots 4 machines of ${two} (about 60 s) · 4 machines`,
    '3. smoke test of green · 4 machines',
    '4. 100 % to green, bake 120 s under its alarms · 4 machines',
    '5. green is live · 4 machines',
    'Outage: nothing serves from step 1 to step 4, for about 70 s.',
    'Machines: 4 now, at most 4, 4 at the end. Time: about 3 minutes.',
    `When a step fails, blue (${one}) boots again and takes all traffic, and green loses its machines.`,
  ]);
});

test('rolling says how many machines there are at a time', (t) => {
  t.deepEqual(linesOf({ strategy: 'rolling', surge: 2, bakeSeconds: 0 }), [
    `1. green boots 2 machines of ${two} (about 60 s) · 6 machines`,
    '2. smoke test of green · 6 machines',
    '3. 50 % to green · 6 machines',
    '4. blue shrinks to 2 machines · 4 machines',
    `5. green boots 2 machines of ${two} (about 60 s) · 6 machines`,
    '6. smoke test of green · 6 machines',
    '7. 100 % to green · 6 machines',
    '8. green is live, blue loses its machines · 4 machines',
    'Machines: 4 now, at most 6, 4 at the end. Time: about 3 minutes.',
    `When a step fails, blue (${one}) gets back the machines that it has lost and takes all traffic, and green loses its machines.`,
  ]);
});

test('blue-green says what is kept', (t) => {
  const beginning = [
    `1. green boots 4 machines of ${two} (about 60 s) · 8 machines`,
    '2. smoke test of green · 8 machines',
    '3. 100 % to green, bake 120 s under its alarms · 8 machines',
  ];
  const wayBack = `When a step fails, blue (${one}) takes all traffic, and green loses its machines.`;
  t.deepEqual(linesOf({ strategy: 'blue-green' }), [
    ...beginning,
    '4. green is live, blue loses its machines · 4 machines',
    'Machines: 4 now, at most 8, 4 at the end. Time: about 3 minutes.',
    wayBack,
  ]);
  t.deepEqual(linesOf({ strategy: 'blue-green', keep: 'warm' }), [
    ...beginning,
    '4. green is live, blue stays warm · 8 machines',
    'Machines: 4 now, at most 8, 8 at the end. Time: about 3 minutes.',
    wayBack,
  ]);
});

test('canary says where it waits for a person', (t) => {
  t.deepEqual(linesOf({ strategy: 'canary', steps: [5, { percent: 50, pause: true }, 100] }), [
    `1. green boots 2 machines of ${two} (about 60 s) · 6 machines`,
    '2. smoke test of green · 6 machines',
    '3. 5 % to green, bake 120 s under its alarms · 6 machines',
    '4. 50 % to green, bake 120 s under its alarms, wait for a person · 6 machines',
    `5. green boots 2 machines of ${two} (about 60 s) · 8 machines`,
    '6. smoke test of green · 8 machines',
    '7. 100 % to green, bake 120 s under its alarms · 8 machines',
    '8. green is live, blue loses its machines · 4 machines',
    'Machines: 4 now, at most 8, 4 at the end. Time: about 9 minutes.',
    `When a step fails, blue (${one}) takes all traffic, and green loses its machines.`,
  ]);
});

test('ab says that clients stay, and that it waits for a person', (t) => {
  t.deepEqual(linesOf({ strategy: 'ab', percent: 20 }), [
    `1. green boots 2 machines of ${two} (about 60 s) · 6 machines`,
    '2. smoke test of green · 6 machines',
    '3. 20 % to green, each client stays at its track, bake 120 s under its alarms, wait for a person · 6 machines',
    `4. green boots 2 machines of ${two} (about 60 s) · 8 machines`,
    '5. smoke test of green · 8 machines',
    '6. 100 % to green, bake 120 s under its alarms · 8 machines',
    '7. green is live, blue loses its machines · 4 machines',
    'Machines: 4 now, at most 8, 4 at the end. Time: about 6 minutes.',
    `When a step fails, blue (${one}) takes all traffic, and green loses its machines.`,
  ]);
});

test('shadow says who asks it, and that it waits for a person', (t) => {
  t.deepEqual(linesOf({ strategy: 'shadow' }), [
    `1. machines of blue ask ${two}, too, whose answers nobody gets; wait for a person · 4 machines`,
    `2. green boots 4 machines of ${two} (about 60 s) · 8 machines`,
    '3. smoke test of green · 8 machines',
    '4. 100 % to green, bake 120 s under its alarms · 8 machines',
    '5. green is live, blue loses its machines · 4 machines',
    'Machines: 4 now, at most 8, 4 at the end. Time: about 3 minutes.',
    `When a step fails, blue (${one}) takes all traffic, and green loses its machines.`,
  ]);
});

test('the first deployment has nothing to go back to, and interrupts nothing', (t) => {
  const desired = { blue: 0, green: 0 };
  const { tracks: observed } = healthOf(desired);
  t.deepEqual(describe(beginRevision(2, {}, undefined, desired), { ...expectations, observed }), [
    `1. blue boots 2 machines of ${two} (about 60 s) · 2 machines`,
    '2. smoke test of blue · 2 machines',
    '3. blue is live · 2 machines',
    'Machines: 0 now, at most 2, 2 at the end. Time: about 70 s.',
    'When a step fails, blue loses its machines: there is no revision to go back to.',
  ]);
});

test('what follows a warm fleet takes its place, and revisions that are pruned are named', (t) => {
  const warm = play(beginSecond({ strategy: 'blue-green', keep: 'warm', keepRevisions: 1 })).deployment;
  const desired = { blue: 4, green: 4 };
  const third = beginRevision(3, { strategy: 'blue-green', bakeSeconds: 0, keepRevisions: 1 }, warm, desired);
  t.deepEqual(describe(third, { ...expectations, observed: healthOf(desired).tracks }).slice(0, 6), [
    `1. blue loses its 4 machines of ${one} · 4 machines`,
    `2. blue boots 4 machines of ${named(3)} (about 60 s) · 8 machines`,
    '3. smoke test of blue · 8 machines',
    '4. 100 % to blue · 8 machines',
    '5. blue is live, green loses its machines · 4 machines',
    `6. no longer kept: ${one} · 4 machines`,
  ]);
});

test('a rollback to what is warm says that it only moves the traffic', (t) => {
  const warm = play(beginSecond({ strategy: 'blue-green', keep: 'warm' })).deployment;
  const { tracks: observed } = healthOf({ blue: 4, green: 4 });
  t.deepEqual(describe(rollback(warm, { observed, now, stepTimeoutSeconds: 600 }), { ...expectations, observed }), [
    '1. smoke test of blue · 8 machines',
    '2. 100 % to blue · 8 machines',
    '3. blue is live, green loses its machines · 4 machines',
    'Machines: 8 now, at most 8, 4 at the end. Time: about 10 s.',
    `When a step fails, green (${two}) takes all traffic, and blue loses its machines.`,
  ]);
});

test('no change, a change of size, and the way back have no strategy to explain', (t) => {
  t.deepEqual(describe(steady(), expectations), ['Nothing changes.']);
  t.deepEqual(describe(steady({ size: { min: 6, max: 8 } }), expectations), [
    '1. the sizes of a fleet with nothing under way (about 60 s) · 6 machines',
  ]);
  const { deployment } = play(beginSecond({ strategy: 'blue-green' }), { applies: 2 });
  t.deepEqual(
    describe(abort(deployment, 'a person'), { ...expectations, observed: healthOf({ blue: 4, green: 4 }).tracks }),
    ['1. all traffic to blue again: a person · 8 machines', '2. green to no machines: a person · 4 machines'],
  );
});
