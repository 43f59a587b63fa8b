import test from 'ava';
import { describeWarmCost } from '../../deployments/warm-cost.ts';

test('the cost of machines that are kept warm is that of a day', (t) => {
  t.is(
    describeWarmCost({ count: 2, instanceType: 't3.small', price: 0.024 }),
    '2 t3.small stay warm: 48 machine hours a day, about 1.15 USD, until the next make apply or make promote.',
  );
});

test('without a price the hours are told', (t) => {
  t.is(
    describeWarmCost({ count: 1, instanceType: 't3.small', price: undefined }),
    '1 t3.small stays warm: 24 machine hours a day, until the next make apply or make promote.',
  );
});
