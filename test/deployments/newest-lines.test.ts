import test from 'ava';
import { NewestLines } from '../../deployments/newest-lines.ts';
import type { StoredLine } from '../../deployments/stored-logs.ts';

function line(machine: string, unit: StoredLine['unit'], timestamp: number): StoredLine {
  return { id: `${machine}-${unit}-${timestamp}`, machine, unit, timestamp, message: 'm' };
}

test('the newest lines of each unit of each machine are interleaved by time', (t) => {
  const newest = new NewestLines(2);
  const all = [
    ...[5, 1, 3, 9, 7].map((time) => line('i-1', 'service', time)),
    ...[2, 4, 6].map((time) => line('i-2', 'service', time)),
    line('i-1', 'proxy', 8),
  ];
  for (const one of all) newest.add(one);
  t.deepEqual(
    newest.interleaved().map(({ id }) => id),
    ['i-2-service-4', 'i-2-service-6', 'i-1-service-7', 'i-1-proxy-8', 'i-1-service-9'],
  );
});

test('without a limit all lines are kept; those of the same time stay in their order', (t) => {
  const newest = new NewestLines(Number.POSITIVE_INFINITY);
  const all = [2, 1, 1, 1].map((time, index) => ({ ...line('i-1', 'service', time), id: String(index) }));
  for (const one of all) newest.add(one);
  t.deepEqual(
    newest.interleaved().map(({ id }) => id),
    ['1', '2', '3', '0'],
  );
});
