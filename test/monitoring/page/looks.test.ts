import test from 'ava';
import { Looks, lookOf } from '../../../monitoring/page/looks.ts';

test('sixteen lines differ without their colours', (t) => {
  const looks = Array.from({ length: 16 }, (_, index) => lookOf(index));
  t.is(new Set(looks.map(({ dash, symbol }) => `${dash} ${symbol}`)).size, 16);
  t.deepEqual(lookOf(9), { colour: 1, dash: [7, 4], symbol: 'diamond' });
});

test('a line keeps its look while others come and go', (t) => {
  const looks = new Looks();
  const [first, second] = [looks.of('i-1'), looks.of('i-2')];
  t.notDeepEqual(first, second);
  t.deepEqual([looks.of('i-2'), looks.of('i-0'), looks.of('i-1')], [second, lookOf(2), first]);
});
