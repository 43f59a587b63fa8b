import test from 'ava';
import { assertAffordable, estimateCost } from '../../acceptance/cost.ts';

test('a run costs by started hours', (t) => {
  const hour = estimateCost({ minutes: 60 });
  t.is(hour.toFixed(2), '0.12');
  t.is(estimateCost({ minutes: 1 }), hour);
  t.is(estimateCost({ minutes: 61 }), 2 * hour);
});

test('a run that may cost more than the cap is refused', (t) => {
  t.notThrows(() => assertAffordable({ minutes: 60, cost: 0.2 }));
  t.throws(() => assertAffordable({ minutes: 90, cost: 0.2 }), {
    name: 'UserError',
    message: 'COST=0.2: a run of 90 minutes may cost 0.24 USD; raise COST or lower MINUTES',
  });
});
