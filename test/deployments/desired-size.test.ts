import test from 'ava';
import { describeDesiredSize } from '../../deployments/desired-size.ts';
import { steady } from './strategies/examples.ts';

const observed = { blue: { desired: 2 }, green: { desired: 0 } };

test('a desired size beyond that of the fleet is told, because nothing follows it', (t) => {
  t.is(
    describeDesiredSize(steady(), observed, 3),
    'fleet.size.desired: 3 is the size of a new fleet. This one has 2 machines, and its scaling decides; ' +
      'to have 3 or more, set fleet.size.min.',
  );
});

test('a desired size that the fleet has, or that a first deployment follows, is not told', (t) => {
  t.is(describeDesiredSize(steady(), observed, 2), undefined);
  t.is(describeDesiredSize(steady(), observed, 1), undefined);
  t.is(describeDesiredSize(steady({ history: [] }), { ...observed, blue: { desired: 0 } }, 2), undefined);
});
