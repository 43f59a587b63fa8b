import test from 'ava';
import { longestOutage, servedAfter, stepsIn } from '../../../benchmarks/deployments/timeline.ts';

const output = `
❯ Prepare
❯ terraform plan
✔ terraform plan [4s]
✔ Prepare [9s]
1. green boots 2 machines
❯ Build
❯ terraform apply
› 1 of 3
✔ terraform apply [6s]
✔ Build [6s]
❯ Wait
› 1 of 2 machines of green healthy
✔ Wait [40s]
❯ Smoke test of green
✔ Smoke test of green: 200 examples answered [900ms]
❯ 50 % to green, bake 4 s under its alarms
✔ 50 % to green, bake 4 s under its alarms [1m 2s]
❯ green is live
✖ green is live [1s]
`;

// A line a second.
const lines = output.split('\n').map((text, second) => ({ at: second * 1000, text }));

test('the steps are those that have changed something, from the first apply on', (t) => {
  t.deepEqual(stepsIn(lines), [
    { title: 'terraform apply', beganAt: 7000, endedAt: 9000 },
    { title: '50 % to green, bake 4 s under its alarms', beganAt: 16_000, endedAt: 17_000 },
  ]);
});

test('answers are counted between the end of a step and the beginning of the next one', (t) => {
  const answer = (at: number, result: string, release: string) => ({ at, result, release });
  const answers = [
    answer(8999, '200', 'old'),
    answer(9000, '200', 'old'),
    answer(15_999, '503', ''),
    answer(16_500, '200', 'new'),
    answer(17_000, '200', 'new'),
    answer(18_000, '200', 'new'),
    answer(18_500, '200', 'old'),
    answer(20_000, '200', 'old'),
  ];
  t.deepEqual(servedAfter(stepsIn(lines), answers, 20_000), [
    { title: 'terraform apply', seconds: 7, releases: { old: 1 }, failed: { 503: 1 } },
    { title: '50 % to green, bake 4 s under its alarms', seconds: 3, releases: { new: 2, old: 1 }, failed: {} },
  ]);
  t.is(longestOutage(answers), 7.5);
  t.is(longestOutage([]), 0);
});
