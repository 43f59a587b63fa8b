import test from 'ava';
import { AwsClock } from '../../../rehearsal/metrics/aws-clock.ts';
import { ManualClock } from '../manual-clock.ts';

test('seconds of AWS pass ten times faster', async (t) => {
  const manual = new ManualClock();
  const clock = new AwsClock(undefined, manual);
  await manual.advance(6000);
  t.deepEqual([clock.factor, clock.now(), clock.milliseconds(60), clock.secondsSince(3000)], [10, 6000, 6000, 30]);
});

test('periods follow each other since the epoch', (t) => {
  const clock = new AwsClock(10, new ManualClock());
  t.deepEqual(
    [0, 5999, 6000, 6001, 12_000].map((time) => clock.periodStart(60, time)),
    [0, 0, 6000, 6000, 12_000],
  );
  t.is(clock.periodStart(300, 59_999), 30_000);
  t.is(new AwsClock(1, new ManualClock()).periodStart(60, 59_999), 0);
});

test('the next period begins a whole one later when one begins now', async (t) => {
  const manual = new ManualClock();
  const clock = new AwsClock(10, manual);
  const begins: number[] = [];
  const run = async () => {
    for (;;) {
      await clock.nextPeriod(60);
      begins.push(clock.now());
    }
  };
  await manual.advance(100);
  void run();
  await manual.advance(20_000);
  t.deepEqual(begins, [6000, 12_000, 18_000]);
});

test('a timer that ends too early is set again', async (t) => {
  let now = 0;
  const delays: number[] = [];
  const early = {
    now: () => now,
    delay: async (milliseconds: number) => {
      delays.push(milliseconds);
      now += Math.max(1, milliseconds - 1);
    },
  };
  await new AwsClock(10, early).nextPeriod(60);
  t.deepEqual([now, delays], [6000, [6000, 1]]);
});
