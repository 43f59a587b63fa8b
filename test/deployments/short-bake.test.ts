import test from 'ava';
import { describeShortBake } from '../../deployments/short-bake.ts';
import { rollback } from '../../deployments/strategies/rollback.ts';
import { beginSecond, healthOf, named, now, steady } from './strategies/examples.ts';

test('a bake that ends before an alarm can ring is told', (t) => {
  t.is(
    describeShortBake(beginSecond({ bakeSeconds: 299 })),
    'A bake of 299 s is too short for its alarms: one may need 300 s to ring (deployment.bakeSeconds).',
  );
  t.is(describeShortBake(beginSecond({ bakeSeconds: 300 })), undefined);
});

test('what has no bake is not told of', (t) => {
  t.is(describeShortBake(steady()), undefined);
  const { revisions } = beginSecond({});
  const observed = healthOf({ blue: 4, green: 0 }).tracks;
  const back = rollback(steady({ revisions }), { to: named(2), observed, now, stepTimeoutSeconds: 600 });
  t.is(describeShortBake(back), undefined);
});
