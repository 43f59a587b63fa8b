import test from 'ava';
import type { Result } from '../../acceptance/check.ts';
import type { Environment } from '../../acceptance/environment.ts';
import { orAborted, resultLine, runChecks } from '../../acceptance/run.ts';
import { check, result } from './results.ts';

const environment = {} as Environment;
const never = () => new Promise<never>(() => undefined);

/** Runs checks; returns what was observed of each, and what was reported. */
async function run(checks: Parameters<typeof runChecks>[0], signal = new AbortController().signal) {
  const reported: Result[] = [];
  const results = await runChecks(checks, environment, { signal, report: (one) => reported.push(one) });
  return {
    observed: results.map(({ name, observed }) => [name, observed]),
    reported: reported.map(({ name }) => name),
  };
}

test('checks are run one after another, and one that fails does not end the run', async (t) => {
  const failing = async () => {
    throw new Error('no answer');
  };
  t.deepEqual(await run([check('first'), check('second', failing), check('third')]), {
    observed: [
      ['first', 'yes'],
      ['second', 'error: no answer'],
      ['third', 'yes'],
    ],
    reported: ['first', 'second', 'third'],
  });
});

test('after an abort no check is begun, and the one under way is not waited for', async (t) => {
  const end = new AbortController();
  const aborting = () => {
    end.abort(new Error('interrupted'));
    return never();
  };
  t.deepEqual(await run([check('first'), check('second', aborting), check('third', never)], end.signal), {
    observed: [['first', 'yes']],
    reported: ['first'],
  });
});

test('an action resolves or rejects as by itself, unless the signal is aborted', async (t) => {
  const { signal } = new AbortController();
  t.is(await orAborted(signal, async () => 'done'), 'done');
  await t.throwsAsync(
    orAborted(signal, () => Promise.reject(new Error('failed'))),
    { message: 'failed' },
  );
  const aborted = AbortSignal.abort(new Error('too late'));
  await t.throwsAsync(orAborted(aborted, never), { message: 'too late' });
});

test('a result is a line with its time', (t) => {
  t.is(resultLine(result('a rule', 'yes')), '✔ a rule: yes (1.3 s)');
  t.is(resultLine(result('a rule', 'no')), '✘ a rule: no (1.3 s)');
});
