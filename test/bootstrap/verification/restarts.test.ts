import test, { type ExecutionContext } from 'ava';
import { withoutRestart } from '../../../bootstrap/verification/restarts.ts';
import type { UnitState } from '../../../bootstrap/verification/unit-state.ts';
import { answerInTurn, testMachine } from '../machine.ts';
import { showUnits } from './units.ts';

const one: Partial<UnitState> & { unit: string } = { unit: 'one' };
const two: Partial<UnitState> & { unit: string } = { unit: 'two' };

/** A machine whose units have these states whenever systemd is asked, and steps that note their names. */
async function given(t: ExecutionContext, states: ReturnType<typeof showUnits>[]) {
  const machine = await testMachine(t);
  answerInTurn(machine, 'systemctl show', states);
  machine.answers.set('journalctl --no-pager --lines 30 --output short --unit one', { status: 0, output: 'one: no\n' });
  machine.answers.set('journalctl --no-pager --lines 30 --output short --unit two', { status: 0, output: 'two: no\n' });
  const done: string[] = [];
  const step = (name: string) => async () => void done.push(name);
  const failing = (message: string) => () => Promise.reject(new Error(message));
  return {
    machine,
    done,
    step,
    failing,
    run: (...steps: (() => Promise<void>)[]) => withoutRestart(machine, ['one', 'two'], steps),
  };
}

test('the steps run while no unit restarts', async (t) => {
  const { machine, done, step, run } = await given(t, [showUnits(one, two)]);
  await run(step('a'), step('b'));
  t.deepEqual(done, ['a', 'b']);
  t.false(machine.commands.some((line) => line.startsWith('journalctl')));
});

test('a unit that is not active before the first step is an error with its journal', async (t) => {
  const { done, step, run } = await given(t, [showUnits(one, { ...two, activeState: 'activating', restarts: '4' })]);
  await t.throwsAsync(run(step('a')), { message: 'two: expected active, got activating after 4 restarts\ntwo: no' });
  t.deepEqual(done, []);
});

test('without steps, the units have to be active', async (t) => {
  const { run } = await given(t, [showUnits({ ...one, activeState: 'failed' }, two)]);
  await t.throwsAsync(run(), { message: 'one: expected active, got failed after 0 restarts\none: no' });
});

test('a restart during a step is an error with the journal, and ends the steps', async (t) => {
  const states = [
    showUnits(one, two),
    showUnits(one, two),
    showUnits({ ...one, restarts: '1', activeSince: '9' }, two),
  ];
  const { done, step, run } = await given(t, states);
  await t.throwsAsync(run(step('a'), step('b')), {
    message: 'one: expected no restart, got a new start (NRestarts 0 -> 1)\none: no',
  });
  t.deepEqual(done, ['a']);
});

test('a restart is compared with the state before the first step', async (t) => {
  const restarted = { ...one, restarts: '1', activeSince: '9' };
  const states = [showUnits(one, two), showUnits(restarted, two)];
  const { run } = await given(t, states);
  await t.throwsAsync(run(), { message: 'one: expected no restart, got a new start (NRestarts 0 -> 1)\none: no' });
});

test('a failed step is an error of its own where no unit has restarted', async (t) => {
  const { done, step, failing, run } = await given(t, [showUnits(one, two)]);
  await t.throwsAsync(run(failing('wrong answer'), step('b')), { message: 'wrong answer' });
  t.deepEqual(done, []);
});

test('the error of a failed step says which units have restarted meanwhile', async (t) => {
  const crashed = (unit: typeof one) => ({ ...unit, activeState: 'activating' });
  const states = [showUnits(one, two), showUnits(one, two), showUnits(crashed(one), crashed(two))];
  const { failing, run } = await given(t, states);
  await t.throwsAsync(run(failing('status 503')), {
    message: [
      'status 503',
      'one: expected active, got activating after 0 restarts',
      'one: no',
      '',
      'two: expected active, got activating after 0 restarts',
      'two: no',
    ].join('\n'),
  });
});
