import { readFile } from 'node:fs/promises';
import anyTest, { type TestFn } from 'ava';
import { converge, knownTags } from '../../../bootstrap/runner/converge.ts';
import { type Change, flushHandlers, type Role, type Task } from '../../../bootstrap/tasks/task.ts';
import { type TestMachine, testMachine } from '../machine.ts';

const test = anyTest as TestFn<{ machine: TestMachine; done: string[] }>;

test.beforeEach(async (t) => {
  t.context.machine = await testMachine();
  t.context.done = [];
});

test.afterEach.always((t) => t.context.machine.remove());

/** A task that notes in `done` when it is applied. */
function noting(done: string[], name: string, more: Partial<Task> & Pick<Change, 'observes'> = {}): Task {
  const { observes, ...rest } = more;
  const apply = async () => {
    done.push(name);
    return undefined;
  };
  return {
    kind: 'command',
    name,
    plan: async () => ({ diff: `do ${name}`, ...(observes && { observes }), apply }),
    ...rest,
  };
}

const satisfied = (name: string): Task => ({ kind: 'file', name, plan: async () => undefined });

function failing(name: string): Task {
  const plan = async () => {
    throw new Error(`${name} is not possible`);
  };
  return { kind: 'unit', name, plan };
}

test('counts what was fine, what changed and what only looked', async (t) => {
  const { machine, done } = t.context;
  const tasks = [satisfied('a'), noting(done, 'b'), noting(done, 'c', { observes: true })];
  const reported: string[] = [];
  const recap = await converge(machine, [{ name: 'role', tasks }], {
    release: 'r1',
    report: ({ task, status }) => reported.push(`${task} ${status}`),
  });
  const { startedAt, milliseconds, tasks: results, ...counts } = recap;
  t.deepEqual(counts, { format: 1, release: 'r1', check: false, ok: 2, changed: 1, skipped: 0, failed: 0 });
  t.false(Number.isNaN(Date.parse(startedAt)));
  t.true(milliseconds >= 0);
  t.deepEqual(
    results.map((result) => ({ ...result, milliseconds: 0 })),
    [
      { role: 'role', task: 'a', kind: 'file', status: 'ok', milliseconds: 0 },
      { role: 'role', task: 'b', kind: 'command', status: 'changed', diff: 'do b', milliseconds: 0 },
      { role: 'role', task: 'c', kind: 'command', status: 'ok', milliseconds: 0 },
    ],
  );
  t.deepEqual(reported, ['a ok', 'b changed', 'c ok']);
  t.deepEqual(done, ['b', 'c']);
});

test('stops at the first task that fails', async (t) => {
  const { machine, done } = t.context;
  const recap = await converge(
    machine,
    [
      { name: 'one', tasks: [failing('a'), noting(done, 'b')] },
      { name: 'two', tasks: [noting(done, 'c')] },
    ],
    { release: 'r1' },
  );
  t.is(recap.failed, 1);
  t.deepEqual(
    recap.tasks.map((result) => ({ ...result, milliseconds: 0 })),
    [{ role: 'one', task: 'a', kind: 'unit', status: 'failed', output: 'a is not possible', milliseconds: 0 }],
  );
  t.deepEqual(done, []);
});

test('a failure while applying is one, too', async (t) => {
  const { machine } = t.context;
  const plan = async () => ({ apply: () => Promise.reject(new Error('no space')) });
  const recap = await converge(machine, [{ name: 'one', tasks: [{ kind: 'file', name: 'a', plan }] }], {
    release: 'r',
  });
  t.is(recap.tasks[0]?.output, 'no space');
});

/** Two roles whose tasks notify handlers, some of them twice. */
function notifying(done: string[]): Role[] {
  return [
    {
      name: 'one',
      tasks: [noting(done, 'a', { notify: ['second', 'first'] }), noting(done, 'b', { notify: ['first'] })],
      handlers: [noting(done, 'first'), noting(done, 'never')],
    },
    { name: 'two', tasks: [noting(done, 'c')], handlers: [noting(done, 'second')] },
  ];
}

test('handlers run once, at the end, in the order in which they are declared', async (t) => {
  const { machine, done } = t.context;
  const recap = await converge(machine, notifying(done), { release: 'r1' });
  t.deepEqual(done, ['a', 'b', 'c', 'first', 'second']);
  t.is(recap.changed, 5);
});

test('handlers run earlier where they are flushed, and not a second time', async (t) => {
  const { machine, done } = t.context;
  const tasks = [noting(done, 'a', { notify: ['h'] }), flushHandlers, noting(done, 'b')] as const;
  await converge(machine, [{ name: 'one', tasks, handlers: [noting(done, 'h')] }], { release: 'r1' });
  t.deepEqual(done, ['a', 'h', 'b']);
});

test('a task that had nothing to change notifies nobody', async (t) => {
  const { machine, done } = t.context;
  const tasks = [{ ...satisfied('a'), notify: ['h'] }];
  await converge(machine, [{ name: 'one', tasks, handlers: [noting(done, 'h')] }], { release: 'r1' });
  t.deepEqual(done, []);
});

test('a handler that a failed run owes is run by the next one', async (t) => {
  const { machine, done } = t.context;
  const handlers = [noting(done, 'h')];
  const first = [noting(done, 'a', { notify: ['h'] }), failing('b')];
  await converge(machine, [{ name: 'one', tasks: first, handlers }], { release: 'r1' });
  t.deepEqual(done, ['a']);
  await converge(machine, [{ name: 'one', tasks: [satisfied('a')], handlers }], { release: 'r1' });
  t.deepEqual(done, ['a', 'h']);
  await converge(machine, [{ name: 'one', tasks: [satisfied('a')], handlers }], { release: 'r1' });
  t.deepEqual(done, ['a', 'h']);
});

test('a handler that fails is owed still', async (t) => {
  const { machine, done } = t.context;
  const tasks = [noting(done, 'a', { notify: ['h'] })];
  const recap = await converge(machine, [{ name: 'one', tasks, handlers: [failing('h')] }], { release: 'r1' });
  t.is(recap.failed, 1);
  const owed = await readFile(machine.path('/var/lib/intent-fleet/pending-handlers.json'), 'utf8');
  t.is(owed, '["h"]');
});

test('checking applies nothing, runs no handler and skips what only looks', async (t) => {
  const { machine, done } = t.context;
  const tasks = [noting(done, 'a', { notify: ['h'] }), noting(done, 'b', { observes: true }), satisfied('c')];
  const roles = [{ name: 'one', tasks, handlers: [noting(done, 'h')] }];
  const recap = await converge(machine, roles, { release: 'r1', check: true });
  t.deepEqual(
    recap.tasks.map(({ task, status, diff }) => [task, status, diff]),
    [
      ['a', 'changed', 'do a'],
      ['b', 'skipped', undefined],
      ['c', 'ok', undefined],
    ],
  );
  t.deepEqual(done, []);
});

test('tags choose roles and tasks', async (t) => {
  const { machine, done } = t.context;
  const roles = [
    { name: 'one', tasks: [noting(done, 'a'), noting(done, 'b', { tags: ['tls'] })] },
    { name: 'two', tasks: [noting(done, 'c')] },
  ];
  t.deepEqual(knownTags(roles), ['one', 'tls', 'two']);
  await converge(machine, roles, { release: 'r1', tags: ['two', 'tls'] });
  t.deepEqual(done, ['b', 'c']);
});

test('a tag that nobody has is refused before anything runs', async (t) => {
  const { machine, done } = t.context;
  const roles = [{ name: 'one', tasks: [noting(done, 'a')] }];
  await t.throwsAsync(converge(machine, roles, { release: 'r1', tags: ['won'] }), {
    message: '--tags: expected some of one, got won.',
  });
  t.deepEqual(done, []);
});

test('a handler that nobody declared is refused before anything runs', async (t) => {
  const { machine, done } = t.context;
  const roles = [{ name: 'one', tasks: [noting(done, 'a', { notify: ['Reload'] })] }];
  await t.throwsAsync(converge(machine, roles, { release: 'r1' }), {
    message: 'one: a: notifies "Reload", which no role has as a handler.',
  });
  t.deepEqual(done, []);
});
