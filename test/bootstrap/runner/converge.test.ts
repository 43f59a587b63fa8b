import { readFile } from 'node:fs/promises';
import test from 'ava';
import { type ConvergeOptions, converge } from '../../../bootstrap/runner/converge.ts';
import { type Change, flushHandlers, type Role, type Task } from '../../../bootstrap/tasks/task.ts';
import { facts, type TestMachine, testMachine } from '../machine.ts';

/** A task that adds its name to `done` when it is applied. */
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

const satisfied = (name: string, more: Partial<Task> = {}): Task => ({
  kind: 'file',
  name,
  plan: async () => undefined,
  ...more,
});

const failing = (name: string, more: Partial<Task> = {}): Task => ({
  kind: 'unit',
  name,
  plan: async () => {
    throw new Error(`${name} is not possible`);
  },
  ...more,
});

type Options = Partial<ConvergeOptions> & { handlers?: Task[] };

function run(machine: TestMachine, roles: readonly Role[], { handlers = [], ...options }: Options = {}) {
  return converge(machine, { roles, handlers }, { release: 'r1', ...options });
}

const one = (...tasks: Role['tasks']): Role[] => [{ name: 'one', tasks }];

const pending = '/var/lib/intent-fleet/pending-handlers.json';

test('a run counts satisfied, changed and observing tasks', async (t) => {
  const machine = await testMachine(t);
  const done: string[] = [];
  const reported: string[] = [];
  const tasks = [satisfied('a'), noting(done, 'b'), noting(done, 'c', { observes: true })];
  const recap = await run(machine, one(...tasks), {
    report: ({ task, status }) => reported.push(`${task} ${status}`),
  });
  const { startedAt, milliseconds, tasks: results, ...rest } = recap;
  t.deepEqual(rest, { format: 1, release: 'r1', check: false, ok: 2, changed: 1, skipped: 0, failed: 0, facts });
  t.false(Number.isNaN(Date.parse(startedAt)));
  t.true(milliseconds >= 0);
  t.deepEqual(
    results.map((result) => ({ ...result, milliseconds: 0 })),
    [
      { role: 'one', task: 'a', kind: 'file', status: 'ok', milliseconds: 0 },
      { role: 'one', task: 'b', kind: 'command', status: 'changed', diff: 'do b', milliseconds: 0 },
      { role: 'one', task: 'c', kind: 'command', status: 'ok', milliseconds: 0 },
    ],
  );
  t.deepEqual(reported, ['a ok', 'b changed', 'c ok']);
  t.deepEqual(done, ['b', 'c']);
});

test('a run stops at the first task that fails', async (t) => {
  const machine = await testMachine(t);
  const done: string[] = [];
  const roles = [...one(failing('a'), noting(done, 'b')), { name: 'two', tasks: [noting(done, 'c')] }];
  const recap = await run(machine, roles);
  t.is(recap.failed, 1);
  t.deepEqual(
    recap.tasks.map((result) => ({ ...result, milliseconds: 0 })),
    [{ role: 'one', task: 'a', kind: 'unit', status: 'failed', output: 'a is not possible', milliseconds: 0 }],
  );
  t.deepEqual(done, []);
});

test('a task fails when applying its change fails', async (t) => {
  const plan = async () => ({ apply: () => Promise.reject(new Error('no space')) });
  const recap = await run(await testMachine(t), one({ kind: 'file', name: 'a', plan }));
  t.is(recap.tasks[0]?.output, 'no space');
});

test('a task runs only when its condition holds for the facts', async (t) => {
  const machine = await testMachine(t);
  const done: string[] = [];
  const recap = await run(
    machine,
    one(
      noting(done, 'debian', { when: ({ distribution }) => distribution === 'debian' }),
      noting(done, 'large', { when: ({ memoryMegabytes }) => memoryMegabytes > 4000 }),
    ),
  );
  t.deepEqual(done, ['debian']);
  t.deepEqual(
    recap.tasks.map(({ task, status }) => [task, status]),
    [
      ['debian', 'changed'],
      ['large', 'skipped'],
    ],
  );
});

test('neither difference nor output of a sensitive task is reported or kept', async (t) => {
  const machine = await testMachine(t);
  const done: string[] = [];
  const reported: unknown[] = [];
  const said = { ...noting(done, 'a'), plan: async () => ({ diff: '+secret', apply: async () => 'secret' }) };
  const recap = await run(machine, one({ ...said, sensitive: true }, failing('secret', { sensitive: true })), {
    report: (result) => reported.push(result),
  });
  t.deepEqual(
    recap.tasks.map(({ status, diff, output }) => ({ status, diff, output })),
    [
      {
        status: 'changed',
        diff: '(hidden: the task is sensitive)',
        output: '(hidden: the task is sensitive)',
      },
      { status: 'failed', diff: undefined, output: '(hidden: the task is sensitive)' },
    ],
  );
  t.deepEqual(reported, recap.tasks);
});

test('a notified handler runs once, at the end, in the order of the play', async (t) => {
  const machine = await testMachine(t);
  const done: string[] = [];
  const handlers = ['first', 'never', 'second'].map((name) => noting(done, name));
  const [first, , second] = handlers as [Task, Task, Task];
  const roles = [
    ...one(noting(done, 'a', { notify: [second, first] }), noting(done, 'b', { notify: [first] })),
    { name: 'two', tasks: [noting(done, 'c')] },
  ];
  const recap = await run(machine, roles, { handlers });
  t.deepEqual(done, ['a', 'b', 'c', 'first', 'second']);
  t.is(recap.changed, 5);
  t.deepEqual(
    recap.tasks.slice(3).map(({ role, task }) => [role, task]),
    [
      ['handler', 'first'],
      ['handler', 'second'],
    ],
  );
});

test('a flush runs the notified handlers earlier, and not a second time', async (t) => {
  const machine = await testMachine(t);
  const done: string[] = [];
  const handler = noting(done, 'h');
  const tasks = [noting(done, 'a', { notify: [handler] }), flushHandlers, noting(done, 'b')] as const;
  await run(machine, one(...tasks), { handlers: [handler] });
  t.deepEqual(done, ['a', 'h', 'b']);
});

test('a satisfied task notifies no handler', async (t) => {
  const machine = await testMachine(t);
  const done: string[] = [];
  const handler = noting(done, 'h');
  await run(machine, one(satisfied('a', { notify: [handler] })), { handlers: [handler] });
  t.deepEqual(done, []);
});

test('a handler that a failed run left pending runs in the next one', async (t) => {
  const machine = await testMachine(t);
  const done: string[] = [];
  const handler = noting(done, 'h');
  await machine.files.write(pending, '["of an earlier release"]', 0o644);
  await run(machine, one(noting(done, 'a', { notify: [handler] }), failing('b')), { handlers: [handler] });
  t.deepEqual(done, ['a']);
  t.is(await readFile(machine.at(pending), 'utf8'), '["h"]');
  for (const _ of [1, 2]) await run(machine, one(satisfied('a')), { handlers: [handler] });
  t.deepEqual(done, ['a', 'h']);
});

test('a handler that fails stays pending', async (t) => {
  const machine = await testMachine(t);
  const done: string[] = [];
  const handler = failing('h');
  const recap = await run(machine, one(noting(done, 'a', { notify: [handler] })), { handlers: [handler] });
  t.is(recap.failed, 1);
  t.is(await readFile(machine.at(pending), 'utf8'), '["h"]');
});

test('a damaged list of pending handlers makes all of them pending', async (t) => {
  const machine = await testMachine(t);
  const done: string[] = [];
  for (const damaged of ['', '["h', '{}', 'null', '[1]']) {
    await machine.files.write(pending, damaged, 0o644);
    await run(machine, one(satisfied('a')), { handlers: [noting(done, 'g'), noting(done, 'h')] });
  }
  t.is(done.join(''), 'gh'.repeat(5));
  t.is(await readFile(machine.at(pending), 'utf8'), '[]');
});

test('check mode changes nothing, and shows which handlers would run', async (t) => {
  const machine = await testMachine(t);
  const done: string[] = [];
  const handlers = [noting(done, 'h'), noting(done, 'never')];
  const notify = handlers.slice(0, 1);
  const tasks = [noting(done, 'a', { notify }), noting(done, 'b', { observes: true }), satisfied('c')];
  const recap = await run(machine, one(...tasks), { check: true, handlers });
  t.deepEqual(
    recap.tasks.map(({ role, task, status, diff }) => [role, task, status, diff]),
    [
      ['one', 'a', 'changed', 'do a'],
      ['one', 'b', 'skipped', undefined],
      ['one', 'c', 'ok', undefined],
      ['handler', 'h', 'changed', 'do h'],
    ],
  );
  t.deepEqual(done, []);
  t.is(await machine.files.read(pending), undefined);
});

test('tags choose roles and tasks', async (t) => {
  const machine = await testMachine(t);
  const done: string[] = [];
  const roles = [
    ...one(noting(done, 'a'), noting(done, 'b', { tags: ['tls'] })),
    { name: 'two', tasks: [noting(done, 'c')] },
  ];
  await run(machine, roles, { tags: ['two', 'tls'] });
  t.deepEqual(done, ['b', 'c']);
});

test('a tag that no task has is refused before anything runs', async (t) => {
  const machine = await testMachine(t);
  const done: string[] = [];
  const roles = one(noting(done, 'a', { tags: ['tls'] }));
  await t.throwsAsync(run(machine, roles, { tags: ['won'] }), {
    message: '--tags: expected some of one, tls, got won.',
  });
  t.deepEqual(done, []);
});

test('a handler that the play does not list is refused before anything runs', async (t) => {
  const machine = await testMachine(t);
  const done: string[] = [];
  await t.throwsAsync(run(machine, one(noting(done, 'a', { notify: [noting(done, 'Reload')] }))), {
    message: 'one: a: notifies "Reload", which the play does not list.',
  });
  t.deepEqual(done, []);
});
