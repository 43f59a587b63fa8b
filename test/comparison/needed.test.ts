import test from 'ava';
import { neededBeyond, neededInformation, plannedFeedbacks } from '../../comparison/needed.ts';

const none = { right: 0, wrong: 0 };

test('a third of the difference needs nine times the information', (t) => {
  const [small, large] = [neededInformation(0.01), neededInformation(0.03)];
  t.deepEqual(
    [(small.toFind / large.toFind).toFixed(9), (small.toRuleOut / large.toRuleOut).toFixed(9)],
    ['9.000000000', '9.000000000'],
  );
});

test('a plan has the proportion of the weights, in any unit', (t) => {
  t.deepEqual(plannedFeedbacks(0.91, 3, { a: 1, b: 1 }), { a: 3169, b: 3169 });
  t.deepEqual(plannedFeedbacks(0.91, 3, { a: 90, b: 10 }), plannedFeedbacks(0.91, 3, { a: 0.9, b: 0.1 }));
});

test('what is there is not needed again', (t) => {
  const { toFind, toRuleOut } = neededInformation(0.03);
  const needed = (information: number) => neededBeyond(information, { a: none, b: none }, 0.03, { a: 1, b: 1 });
  t.deepEqual(needed(0), { toFind: { a: 3043, b: 3043 }, toRuleOut: { a: 3797, b: 3797 } });
  t.deepEqual(needed(toFind), { toFind: { a: 0, b: 0 }, toRuleOut: { a: 755, b: 755 } });
  t.deepEqual(needed(toRuleOut), { toFind: { a: 0, b: 0 }, toRuleOut: { a: 0, b: 0 } });
});

test('no number of feedbacks is enough while a release gets no traffic', (t) => {
  t.is(neededBeyond(0, { a: none, b: none }, 0.03, { a: 100, b: 0 }), null);
  t.is(neededBeyond(0, { a: none, b: none }, 0.03, { a: 0, b: 100 }), null);
});
