import test from 'ava';
import type { Progressing } from '../../../deployments/deployment.ts';
import { grown, held, shrunk } from '../../../deployments/strategies/sizes.ts';
import { beginSecond, healthOf, named, play } from './examples.ts';

/** A canary at five percent: four machines and two. */
const canary = play(beginSecond({ strategy: 'canary' }), { applies: 2 }).deployment as Progressing;

test('a track with traffic keeps a machine, whatever is observed of its group', (t) => {
  const nothing = healthOf({ blue: 0, green: 0 });
  t.deepEqual(held(canary, nothing), { revision: named(1), floor: 1, ceiling: 8 });
  t.deepEqual(shrunk(canary, { part: 1, of: 2 }, nothing), { revision: named(1), floor: 1, ceiling: 1 });
});

test('a new track keeps the machines that it has, also when the live one needs fewer', (t) => {
  const few = healthOf({ blue: 2, green: 2 });
  const larger: Progressing = { ...canary, tracks: { ...canary.tracks, green: { ...canary.tracks.green, floor: 3 } } };
  t.deepEqual(grown(larger, { part: 25, of: 100 }, few), { revision: named(2), floor: 3, ceiling: 8 });
});

test('a fraction of a machine is a machine', (t) => {
  const { tracks } = healthOf({ blue: 5, green: 2 });
  t.is(grown(canary, { part: 61, of: 100 }, { tracks, stepSeconds: 0 }).floor, 4);
  t.is(grown(canary, { part: 60, of: 100 }, { tracks, stepSeconds: 0 }).floor, 3);
});
