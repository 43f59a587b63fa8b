import test from 'ava';
import { nothingObserved, type TrackObservation } from '../../deployments/track-observer.ts';
import { untilServing } from '../../deployments/until-serving.ts';
import { steady } from './strategies/examples.ts';

/** Waits while blue, which is live, is observed like this; returns what is reported, and how often it was observed. */
async function wait(observations: Partial<TrackObservation>[], timeoutSeconds = 60, signal?: AbortSignal) {
  const lines: string[] = [];
  const left = [...observations];
  await untilServing(steady(), {
    observe: async () => ({
      blue: { ...nothingObserved, desired: 2, machines: 2, ...left.shift() },
      green: nothingObserved,
    }),
    report: (line) => lines.push(line),
    ...{ timeoutSeconds, pollMilliseconds: 0, ...(signal && { signal }) },
  });
  return { lines, left: left.length };
}

test('waits until every machine of the live track is healthy', async (t) => {
  const counts = [0, 1, 2, 2].map((healthy) => ({ healthy }));
  t.deepEqual(await wait(counts), {
    lines: ['0 of 2 machines of blue healthy', '1 of 2 machines of blue healthy'],
    left: 1,
  });
});

test('fails as soon as a machine has failed its boot', async (t) => {
  const failedBoot = 'i-1: the bootstrap failed at "nginx: start"';
  await t.throwsAsync(wait([{ healthy: 1 }, { healthy: 1, failedBoot }]), {
    name: 'UserError',
    message: `${failedBoot}\nFull logs: make logs UNIT=bootstrap`,
  });
});

test('fails when the time is over, and ends when it is interrupted', async (t) => {
  await t.throwsAsync(wait([{ healthy: 1 }], -1), {
    name: 'UserError',
    message: 'After -1 s: 1 of 2 machines of blue healthy',
  });
  await t.throwsAsync(wait([{ healthy: 1 }], 60, AbortSignal.abort()), { name: 'AbortError' });
});
