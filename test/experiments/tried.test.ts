import test from 'ava';
import { wilson } from '../../common/wilson.ts';
import { ranked, scoreOf } from '../../experiments/tried.ts';
import { tried } from './tried.ts';

test('folds are summed up; without one there is no score', (t) => {
  const { results } = tried('a', [8, 7]);
  t.deepEqual(scoreOf(results), {
    ...{ texts: 20, right: 15, accuracy: 0.75, interval: wilson(15, 20), trainSeconds: 1, microseconds: 10 },
  });
  t.is(scoreOf([]), undefined);
});

test('the most accurate of those that finished is first, then those that were stopped, then those that were refused', (t) => {
  const stopped = tried('stopped', [10], { outcome: 'stopped', reason: 'time' });
  const refused = tried('refused', [], { outcome: 'refused', reason: 'size' });
  const slow = tried('slow', [9, 9], { outcome: 'finished' }, 5);
  const all = [stopped, refused, tried('worse', [8, 8]), slow, tried('better', [9, 9])];
  t.deepEqual(
    ranked(all).map(({ candidate }) => candidate.name),
    ['better', 'slow', 'worse', 'stopped', 'refused'],
  );
});
