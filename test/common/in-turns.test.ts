import test from 'ava';
import { inTurns } from '../../common/in-turns.ts';

test('all items are visited in their order, and the share that is done is reported while they are many', async (t) => {
  const visited: number[] = [];
  const shares: number[] = [];
  const busyUntil = (end: number): void => {
    while (performance.now() < end);
  };
  const report = async (share: number): Promise<void> => {
    shares.push(share);
  };
  await inTurns([...Array(2000).keys()], report, (item, index) => {
    visited.push(item);
    t.is(item, index);
    if (item === 700) busyUntil(performance.now() + 250);
  });
  t.deepEqual(visited, [...Array(2000).keys()]);
  t.deepEqual(shares, [0.5]);
  await inTurns([], report, () => t.fail());
});
