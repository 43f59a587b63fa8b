import test from 'ava';
import { check, describeProblems } from '../../../common/validation.ts';
import { deploymentSettings, strategyOf } from '../../../deployments/strategies/settings.ts';
import { settingsOf } from './examples.ts';

function refusalOf(value: unknown): string[] {
  return describeProblems(check(deploymentSettings, value).problems ?? []);
}

test('a stage that says nothing rolls one machine at a time and keeps three revisions', (t) => {
  t.deepEqual(deploymentSettings.parse({}), {
    ...{ strategy: 'rolling', surge: 1, keep: 'none' },
    steps: [5, 25, 50, 100].map((percent) => ({ percent, pause: false })),
    ...{ percent: 50, bakeSeconds: 300, stepTimeoutSeconds: 600, keepRevisions: 3 },
  });
});

test('a strategy has the parameters that it reads', (t) => {
  const settings = { bakeSeconds: 60, stepTimeoutSeconds: 300 };
  t.deepEqual(strategyOf(settingsOf({ ...settings, strategy: 'recreate' })), { kind: 'recreate', ...settings });
  t.deepEqual(strategyOf(settingsOf({ ...settings, surge: 2 })), { kind: 'rolling', surge: 2, ...settings });
  const warm = settingsOf({ ...settings, strategy: 'blue-green', keep: 'warm' });
  t.deepEqual(strategyOf(warm), { kind: 'blue-green', keep: 'warm', ...settings });
  t.deepEqual(strategyOf(settingsOf({ ...settings, strategy: 'shadow' })), { kind: 'shadow', ...settings });
  t.deepEqual(strategyOf(settingsOf({ ...settings, strategy: 'ab', percent: 20 })), {
    ...{ kind: 'ab', percent: 20, ...settings },
  });
  const steps = [{ percent: 10, pause: true }, 100];
  t.deepEqual(strategyOf(settingsOf({ ...settings, strategy: 'canary', steps })), {
    kind: 'canary',
    steps: [
      { percent: 10, pause: true },
      { percent: 100, pause: false },
    ],
    ...settings,
  });
});

test('steps ascend to 100', (t) => {
  t.deepEqual(refusalOf({ steps: [25, 25, 100] }), ['steps.1: expected more than the step before (25), got 25']);
  t.deepEqual(refusalOf({ steps: [5, 50] }), ['steps.1: expected 100 as the last step, got 50']);
  t.deepEqual(refusalOf({ steps: [] }), ['steps: expected at least 1, got []']);
  t.deepEqual(refusalOf({ steps: [{ percent: 0, pause: true }, 100] }), [
    'steps.0.percent: expected at least 1, got 0',
  ]);
  for (const step of [0, 101, 2.5, '5', { pause: true }])
    t.deepEqual(refusalOf({ steps: [step, 100] }), [
      `steps.0: expected a whole percentage from 1 to 100, or {percent: …, pause: true}, got ${JSON.stringify(step)}`,
    ]);
});

test('what is out of range or unknown is refused', (t) => {
  t.deepEqual(refusalOf({ surge: 0, bakeSeconds: -1, stepTimeoutSeconds: 59, keepRevisions: 0, speed: 1 }), [
    'surge: expected at least 1, got 0',
    'bakeSeconds: expected at least 0, got -1',
    'stepTimeoutSeconds: expected at least 60, got 59',
    'keepRevisions: expected at least 1, got 0',
    'speed: unknown key',
  ]);
  t.deepEqual(refusalOf({ strategy: 'big-bang', keep: 'cold' }), [
    `strategy: expected 'recreate' or 'rolling' or 'blue-green' or 'canary' or 'ab' or 'shadow', got "big-bang"`,
    `keep: expected 'none' or 'warm', got "cold"`,
  ]);
});
