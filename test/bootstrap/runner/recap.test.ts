import test from 'ava';
import { summarize, type TaskResult, taskLines, totalLine } from '../../../bootstrap/runner/recap.ts';

const changed: TaskResult = {
  role: 'proxy',
  task: 'Write it',
  kind: 'template',
  status: 'changed',
  milliseconds: 12,
  diff: '-old\n+new',
  output: 'said something',
};
const failed: TaskResult = { ...changed, status: 'failed', output: 'line 1\nline 2' };

test('a task is one line', (t) => {
  t.is(taskLines(changed, { diff: false }), 'changed     12 ms  proxy: Write it');
});

test('with --diff, the difference follows', (t) => {
  t.is(taskLines(changed, { diff: true }), 'changed     12 ms  proxy: Write it\n    -old\n    +new');
});

test('the output of a failed task follows', (t) => {
  t.is(taskLines(failed, { diff: false }), 'failed      12 ms  proxy: Write it\n    line 1\n    line 2');
});

test('the total counts each outcome', (t) => {
  const run = { release: 'r1', check: false, startedAt: '2026-01-01T00:00:00.000Z', milliseconds: 1240 };
  const recap = summarize({ ...run, tasks: [changed, failed, { ...changed, status: 'ok' }] });
  t.is(totalLine(recap), 'recap: ok=1 changed=1 skipped=0 failed=1 in 1.2 s');
  t.is(
    totalLine(summarize({ ...run, check: true, tasks: [] })),
    'recap: ok=0 changed=0 skipped=0 failed=0 in 1.2 s (check mode: nothing was changed)',
  );
});
