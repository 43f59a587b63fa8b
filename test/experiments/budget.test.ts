import test from 'ava';
import { Budget } from '../../experiments/budget.ts';

function budgetAt(phases: number[], threads: number) {
  const time = { seconds: 0 };
  return { time, budget: new Budget({ seconds: 120, threads, phases, clock: () => time.seconds * 1000 }) };
}

test('those that run at the same time share no time, and each round gets an equal part of what is left', (t) => {
  const { budget, time } = budgetAt([3, 1], 2);
  t.deepEqual([budget.take(0), budget.take(0)], [40, 40]);
  time.seconds = 20;
  t.is(budget.take(0), 50);
  time.seconds = 70;
  t.is(budget.take(1), 50);
  time.seconds = 130;
  t.is(budget.seconds, 0);
});

test('more threads than measurements give none of them more than all the time', (t) => {
  t.is(budgetAt([1, 0, 0], 64).budget.take(0), 120);
});

test('what is not measured leaves its part to the others, and what was measured before has used its own', (t) => {
  const { budget } = budgetAt([2, 4], 1);
  budget.leaveOut(1, 3);
  budget.spend(30);
  t.is(budget.take(0), 30);
  budget.leaveOut(0, 5);
  t.is(budget.take(1), 90);
  budget.spend(500);
  t.deepEqual([budget.take(1), budget.seconds], [0, 0]);
});
