import test from 'ava';
import { abort } from '../../../deployments/strategies/abort.ts';
import { followingValue } from '../../../deployments/strategies/foresee.ts';
import { beginSecond, lineOf, type Played, play, steady } from './examples.ts';

function following({ deployment, desired }: Pick<Played, 'deployment' | 'desired'>): string | undefined {
  const observed = { blue: { desired: desired.blue }, green: { desired: desired.green } };
  const value = followingValue(deployment, observed);
  return value && lineOf(value);
}

test('what a killed step was making is the value after the one in the state', (t) => {
  const grown = play(beginSecond({ strategy: 'ab', percent: 50 }), { applies: 1 });
  t.is(following(grown), 'progressing 3 | blue r1 4-8 50 % | green r2 2-8 50 %');
});

test('where a person is waited for, it is what follows their consent', (t) => {
  t.is(
    following(play(beginSecond({ strategy: 'ab', percent: 50 }))),
    'progressing 4 | blue r1 4-8 50 % | green r2 4-8 50 %',
  );
  t.is(following(play(beginSecond({ strategy: 'shadow' }))), 'progressing 3 | blue r1 4-8 100 % | green r2 4-8 0 %');
});

test('on the way back it is the next step of that way', (t) => {
  const { deployment, desired } = play(beginSecond({ strategy: 'shadow' }));
  const back = following({ deployment: abort(deployment, 'a person'), desired });
  t.is(back, 'rolling-back 2 | blue r1 2-8 100 % | green - 0-0 0 %');
});

test('where nothing is left to do, there is none', (t) => {
  t.is(following({ deployment: steady(), desired: { blue: 4, green: 0 } }), undefined);
});
