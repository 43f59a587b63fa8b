import test from 'ava';
import { bootstrapFailure, consoleText } from '../../../bootstrap/runner/console.ts';
import { summarize, type TaskResult } from '../../../bootstrap/runner/recap.ts';

const task = (status: TaskResult['status'], output?: string): TaskResult => ({
  role: 'verify',
  task: 'Ask the service',
  kind: 'verify',
  status,
  milliseconds: 3,
  ...(output !== undefined && { output }),
});

const recapOf = (...tasks: TaskResult[]) =>
  summarize({ release: 'r1', check: false, startedAt: '2026-01-01T00:00:00.000Z', milliseconds: 1240, tasks });

const textOf = (...tasks: TaskResult[]) => consoleText(recapOf(...tasks));

test('a run that succeeds is its recap', (t) => {
  t.is(textOf(task('ok', 'said')), 'intent-fleet: recap: ok=1 changed=0 skipped=0 failed=0 in 1.2 s\n');
});

test('a run that fails is the task, its output and the recap', (t) => {
  t.deepEqual(textOf(task('changed', 'said'), task('failed', 'line 1\n  line 2')).split('\n'), [
    'intent-fleet: bootstrap failed: verify: Ask the service',
    'intent-fleet: | line 1',
    'intent-fleet: |   line 2',
    'intent-fleet: recap: ok=0 changed=1 skipped=0 failed=1 in 1.2 s',
    '',
  ]);
});

test('a failure without output has no line for it', (t) => {
  for (const failed of [task('failed'), task('failed', ''), task('failed', ' \n\r\n')]) {
    t.deepEqual(textOf(failed).split('\n').slice(0, 2), [
      'intent-fleet: bootstrap failed: verify: Ask the service',
      'intent-fleet: recap: ok=0 changed=0 skipped=0 failed=1 in 1.2 s',
    ]);
  }
});

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`);

/** The lines of a failure's output on the console. */
const outputOf = (output: string) =>
  textOf(task('failed', output))
    .split('\n')
    .slice(1, -2)
    .map((line) => line.replace('intent-fleet: | ', ''));

test('of an output of more than 20 lines, its beginning and its end are shown', (t) => {
  t.deepEqual(outputOf(numbered(20).join('\n')), numbered(20));
  t.deepEqual(outputOf(numbered(40).join('\n')), [...numbered(3), '…', ...numbered(40).slice(-16)]);
  t.is(outputOf(numbered(21).join('\n')).length, 20);
});

test('a line is cut to 200 characters, and has no control characters', (t) => {
  t.deepEqual(outputOf('a'.repeat(200)), ['a'.repeat(200)]);
  t.deepEqual(outputOf('a'.repeat(201)), [`${'a'.repeat(199)}…`]);
  t.deepEqual(outputOf('\u001b[31mred\u001b[0m\tand\u0007\r\n50 %\r100 %'), ['red and', '50 %', '100 %']);
});

test('what a console got is read from it', (t) => {
  const output = [
    'first',
    '  indented',
    'one\u2028line',
    'ends with: intent-fleet: recap: ok=1 changed=0 skipped=0 failed=0 in 1 s',
    '| a',
  ];
  t.is(
    bootstrapFailure(textOf(task('failed', output.join('\n')))),
    ['the bootstrap failed at "verify: Ask the service"', ...output].join('\n'),
  );
  t.is(bootstrapFailure(textOf(task('failed'))), 'the bootstrap failed at "verify: Ask the service"');
  t.is(bootstrapFailure(textOf(task('failed', numbered(20).join('\n'))))?.split('\n').length, 21);
});

test('other lines, carriage returns, colours and prefixes do not matter', (t) => {
  const console = [
    '[    0.000000] Linux version 6.1.0',
    '\u001b[0;32m  OK  \u001b[0m] Started intent-fleet, worker on port 8081.\r',
    '[   21.1] cloud-init[412]: intent-fleet: bootstrap failed: service: Start the workers\r',
    '[   21.2] eth0: link becomes ready\r',
    '         Starting apt-daily.service...\rNov 21 10:00:00 ip-10-20-0-4 cloud-init[412]: intent-fleet: | no model\u001b[K\r',
    '| not ours\r',
    'intent-fleet: | exit 78  \r',
    'intent-fleet: recap: ok=20 changed=9 skipped=0 failed=1 in 4.0 s\r',
    'debian login: ',
  ].join('\n');
  t.is(bootstrapFailure(console), 'the bootstrap failed at "service: Start the workers"\nno model\nexit 78');
});

test('the last run counts', (t) => {
  const first = textOf(task('failed', 'first'));
  const second = textOf(task('failed', 'second'));
  const good = textOf(task('ok'));
  t.is(bootstrapFailure(first + second), 'the bootstrap failed at "verify: Ask the service"\nsecond');
  t.is(bootstrapFailure(good + first), 'the bootstrap failed at "verify: Ask the service"\nfirst');
  t.is(bootstrapFailure(first + good), undefined);
});

test('a console without a failed run has no failure', (t) => {
  for (const console of [
    '',
    'debian login: ',
    textOf(task('ok')),
    'intent-fleet: | a line whose beginning is lost\n',
  ]) {
    t.is(bootstrapFailure(console), undefined);
  }
});
