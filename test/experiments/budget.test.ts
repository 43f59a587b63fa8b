import test from 'ava';
import { Budget } from '../../experiments/budget.ts';

test('each measurement gets an equal share of what is left', (t) => {
  const budget = new Budget(100, 4);
  t.is(budget.take(), 25);
  budget.giveBack(10);
  t.is(budget.take(), 85 / 3);
  budget.skip(20);
  budget.leaveOut(0);
  t.is(Math.round(budget.take()), Math.round(85 - 85 / 3 - 20));
  t.is(budget.take(), 0);
});

test('what is not measured leaves its share to the others, and a share is never less than nothing', (t) => {
  const budget = new Budget(100, 4);
  budget.leaveOut(2);
  t.is(budget.take(), 50);
  budget.skip(80);
  t.is(budget.seconds, -30);
  t.is(budget.take(), 0);
});
