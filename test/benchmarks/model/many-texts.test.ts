import test from 'ava';
import { manyTexts } from '../../../benchmarks/model/many-texts.ts';
import { smallSet } from '../../model/texts.ts';

test('a few texts become many distinct ones of the same intents, the same for each seed', (t) => {
  const many = [...manyTexts(smallSet, 2000, 1)];
  t.is(new Set(many.map(({ text }) => text)).size, 2000);
  t.deepEqual(new Set(many.map(({ intent }) => intent)), new Set(smallSet.map(({ intent }) => intent)));
  t.deepEqual([...manyTexts(smallSet, 2000, 1)], many);
  t.notDeepEqual([...manyTexts(smallSet, 2000, 2)], many);
});
