import test from 'ava';
import type { Settled } from '../../../deployments/deployment.ts';
import { next } from '../../../deployments/strategies/next.ts';
import { beginRevision, beginSecond, healthOf, named, play, revision, steady } from './examples.ts';

const health = healthOf({ blue: 4, green: 0 });

const revisionsOf = (...digits: number[]) => Object.fromEntries(digits.map((digit) => [named(digit), revision(digit)]));

test('nothing is left to do where nothing is under way', (t) => {
  t.deepEqual(next(steady(), health), { kind: 'done', deployment: steady() });
});

test('the revision that serves begins nothing, whatever the strategy is, and also after one that failed', (t) => {
  const last = { revision: named(1), result: 'successful' as const, reason: null };
  t.deepEqual(beginRevision(1, { strategy: 'canary' }, steady({ last }), { blue: 4, green: 0 }), steady({ last }));
  const failed = { revision: named(2), result: 'rolled back' as const, reason: 'no disk' };
  t.deepEqual(beginRevision(1, {}, steady({ last: failed }), { blue: 4, green: 0 }), steady({ last }));
  t.deepEqual(next(steady({ last: failed }), health), {
    kind: 'rolled-back',
    deployment: steady({ last: failed }),
    reason: 'no disk',
  });
});

test('another size of the fleet is one apply', (t) => {
  const resized = steady({ size: { min: 1, max: 3 } });
  const { blue, green } = resized.tracks;
  const tracks = { blue: { ...blue, floor: 1, ceiling: 3 }, green };
  const because = 'the sizes of a fleet with nothing under way';
  t.deepEqual(next(resized, health), { kind: 'apply', deployment: { ...resized, tracks }, because });
});

test('revisions are pruned when nothing else is left to do, but not those of a track', (t) => {
  const crowded: Settled = steady({
    revisions: revisionsOf(1, 2, 3, 4, 5),
    history: [named(1), named(2), named(3), named(4)],
    tracks: { ...steady().tracks, green: { revision: named(5), floor: 0, ceiling: 0 } },
    keepRevisions: 2,
  });
  t.deepEqual(next(crowded, health), {
    kind: 'apply',
    deployment: { ...crowded, revisions: revisionsOf(1, 2, 5), history: [named(1), named(2)] },
    because: `no longer kept: ${named(3)}, ${named(4)}`,
  });
});

test('a deployment ends before it prunes, with the newest revisions kept', (t) => {
  const before = steady({ revisions: revisionsOf(1, 3, 4), history: [named(1), named(3), named(4)] });
  const { lines, deployment } = play(beginSecond({ strategy: 'blue-green' }, before));
  t.is(lines.at(-1), lines.at(-2));
  t.deepEqual(deployment.history, [named(2), named(1), named(3)]);
  t.deepEqual(deployment.revisions, revisionsOf(1, 2, 3));
});
