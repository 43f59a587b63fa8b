import test from 'ava';
import { plannedFeedbacks } from '../../comparison/needed.ts';
import { createRandom } from '../../model/random.ts';
import { type Day, experiment, summarise } from './simulate.ts';

const experiments = 200;

function simulated(days: readonly Day[]) {
  return summarise(Array.from({ length: experiments }, (_, seed) => experiment(days, 100, createRandom(seed))));
}

// As many feedbacks as the plan for a smallest difference of three points asks for.
function plannedDay(a: number, b: number, shareOfB: number): Day {
  const planned = plannedFeedbacks(a, 3, { a: 1 - shareOfB, b: shareOfB });
  return { feedbacks: planned.a + planned.b, shareOfB, accuracies: { a, b } };
}

for (const shareOfB of [0.5, 0.1]) {
  const share = `the candidate has ${100 * shareOfB} % of the traffic`;

  for (const [a, b, verdict] of [
    [0.91, 0.94, 'better'],
    [0.94, 0.91, 'worse'],
  ] as const)
    test(`${verdict} by three points is found in 80 % of the experiments, and covered at all looks in 95 %: ${share}`, (t) => {
      const seen = simulated([plannedDay(a, b, shareOfB)]);
      t.true(seen[verdict] >= 0.8 * experiments, JSON.stringify(seen));
      t.true(seen.covered >= 0.95 * experiments, JSON.stringify(seen));
      t.is(seen[verdict === 'better' ? 'worse' : 'better'], 0);
    });

  test(`without a difference, at most 5 % of the experiments find one at any look: ${share}`, (t) => {
    const seen = simulated([plannedDay(0.92, 0.92, shareOfB)]);
    t.true(seen.better + seen.worse <= 0.05 * experiments, JSON.stringify(seen));
    t.true(seen.covered >= 0.95 * experiments, JSON.stringify(seen));
  });
}

test('a share that grows on days of easy messages finds no difference where there is none', (t) => {
  const hard = { feedbacks: 3000, shareOfB: 0.1, accuracies: { a: 0.85, b: 0.85 } };
  const easy = { feedbacks: 5000, shareOfB: 0.5, accuracies: { a: 0.95, b: 0.95 } };
  const seen = simulated([hard, easy]);
  t.true(seen.better + seen.worse <= 0.05 * experiments, JSON.stringify(seen));
  t.true(seen.covered >= 0.95 * experiments, JSON.stringify(seen));
});
