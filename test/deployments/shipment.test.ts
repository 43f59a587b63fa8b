import test from 'ava';
import type { Deployment } from '../../deployments/deployment.ts';
import { planShipment } from '../../deployments/shipment.ts';
import { nothingObserved } from '../../deployments/track-observer.ts';
import { beginSecond, lineOf, named, now, revision, settingsOf, size, steady } from './strategies/examples.ts';

const observed = (desired: number) => ({
  ...nothingObserved,
  ...{ desired, machines: desired, healthy: desired },
});

const props = (digit: number, blue = 4) => ({
  ...{ revision: revision(digit), settings: settingsOf({ strategy: 'blue-green' }), size, now },
  observed: { blue: observed(blue), green: observed(0) },
});

/** The lines of what a shipment begins, applies first and goes on from. */
function linesOf(deployment: Deployment | undefined, digit: number, blue = 4): string[] {
  const { begun, first, after } = planShipment({ deployment }, props(digit, blue));
  return [begun, first, after].map(lineOf);
}

test('the first apply of a deployment is its first step', (t) => {
  const booting = 'progressing 2 | blue r1 4-8 100 % | green r2 4-8 0 %';
  t.deepEqual(linesOf(steady(), 2), ['progressing 0 | blue r1 2-8 100 % | green - 0-0 0 %', booting, booting]);
});

test('the first one that a stage has boots on blue', (t) => {
  const booting = 'progressing 1 | blue r1 2-8 100 % | green - 0-0 0 %';
  t.deepEqual(linesOf(undefined, 1, 0), ['progressing 0 | blue - 0-0 100 % | green - 0-0 0 %', booting, booting]);
});

test('the revision that serves needs no step, but may get other sizes', (t) => {
  const served = 'steady | blue r1 2-8 100 % | green - 0-0 0 %';
  t.deepEqual(linesOf(steady(), 1), [served, served, served]);
  const tracks = { ...steady().tracks, blue: { revision: named(1), floor: 1, ceiling: 3 } };
  t.deepEqual(linesOf(steady({ tracks }), 1), ['steady | blue r1 1-3 100 % | green - 0-0 0 %', served, served]);
});

test('what was interrupted is made true first, as it was', (t) => {
  const begun = beginSecond({ strategy: 'canary' });
  t.deepEqual(planShipment({ deployment: begun }, props(2)), { begun, first: begun, after: begun });
  t.throws(() => planShipment({ deployment: begun }, props(3)), {
    name: 'UserError',
    message: `A canary deployment of ${named(2)} is under way since 2026-01-02T03:04:05.000Z. Finish it first: make promote goes on with it, make abort goes back.`,
  });
});

test('the tracks of an earlier version come first, and then what they are for', (t) => {
  const deployment = steady();
  const adopted = { deployment, desired: 4, earlier: { addresses: [], revision: named(1), release: '1'.repeat(64) } };
  const { begun, first, after } = planShipment({ deployment, adopted }, props(2));
  t.is(first, deployment);
  t.is(after, begun);
  t.is(lineOf(begun), 'progressing 0 | blue r1 2-8 100 % | green - 0-0 0 %');
});
