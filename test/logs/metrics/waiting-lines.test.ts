import test from 'ava';
import type { Chunk } from '../../../logs/line.ts';
import { WaitingLines } from '../../../logs/metrics/waiting-lines.ts';

function chunk(position: string, ...timestamps: number[]): Chunk {
  return { lines: timestamps.map((timestamp) => ({ unit: 'service', timestamp, message: '' })), position };
}

test('the oldest line of a unit is that of the chunks that are not stored', (t) => {
  const waiting = new WaitingLines();
  t.is(waiting.oldest('service'), undefined);
  for (const one of [chunk('1', 30, 20), chunk('2'), chunk('3', 40), chunk('4', 50)]) waiting.enter(one);
  t.is(waiting.oldest('service'), 20);
  t.is(waiting.oldest('proxy'), undefined);
  waiting.leave('2');
  t.is(waiting.oldest('service'), 40);
  waiting.leave('4');
  t.is(waiting.oldest('service'), undefined);
});
