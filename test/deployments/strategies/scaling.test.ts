import test from 'ava';
import { next } from '../../../deployments/strategies/next.ts';
import { beginRevision, beginSecond, healthOf, lineOf, obeyed, play, steady } from './examples.ts';

type Settings = Parameters<typeof beginSecond>[0];

/** The line of the next value where the groups have scaled to these sizes. */
function lineAfter(settings: Settings, applies: number, desired: { blue: number; green: number }): string {
  const { deployment } = play(beginSecond(settings), { applies });
  const outcome = next(deployment, healthOf(desired));
  return outcome.kind === 'apply' ? lineOf(outcome.deployment) : outcome.kind;
}

test('the new track grows to what the live one observes when the step begins', (t) => {
  t.is(
    lineAfter({ strategy: 'blue-green' }, 0, { blue: 6, green: 0 }),
    'progressing 2 | blue r1 6-8 100 % | green r2 6-8 0 %',
  );
  t.is(
    lineAfter({ strategy: 'canary', steps: [5, 50, 100] }, 2, { blue: 7, green: 2 }),
    'progressing 4 | blue r1 7-8 95 % | green r2 4-8 5 %',
  );
});

test('a live track that has scaled out is held at its new size before more traffic moves', (t) => {
  t.is(
    lineAfter({ strategy: 'canary', steps: [5, 25, 100] }, 2, { blue: 6, green: 2 }),
    'progressing 4 | blue r1 6-8 95 % | green r2 2-8 5 %',
  );
});

test('rolling: machines that came meanwhile count on either side', (t) => {
  // Nine machines serve where there may be eight, of which the next share is three quarters.
  t.is(lineAfter({ surge: 1 }, 6, { blue: 3, green: 6 }), 'progressing 8 | blue r1 3-8 50 % | green r2 6-8 50 %');
  t.is(lineAfter({ surge: 1 }, 5, { blue: 3, green: 3 }), 'progressing 7 | blue r1 3-3 50 % | green r2 2-8 50 %');
});

test('rolling: a fleet that scales while it rolls still ends', (t) => {
  let desired = { blue: 4, green: 0 };
  const { lines, outcome } = play(beginSecond({ surge: 1 }), {
    observe: (deployment, health) => {
      desired = obeyed(deployment, { blue: desired.blue + 1, green: desired.green + 1 });
      return { ...health, tracks: healthOf(desired).tracks };
    },
  });
  t.is(outcome?.kind, 'done');
  t.is(lines.length, 12);
});

test('a fleet is never smaller than its smallest size, and no machine goes that serves more than its largest one', (t) => {
  const desired = { blue: 1, green: 0 };
  const { lines } = play(beginRevision(2, { strategy: 'blue-green' }, steady(), desired), { desired });
  t.is(lines[0], 'progressing 2 | blue r1 1-8 100 % | green r2 2-8 0 %');
  const many = { blue: 20, green: 0 };
  const bounded = play(beginRevision(2, { strategy: 'blue-green' }, steady(), many), { desired: many });
  t.is(bounded.lines.at(-1), 'steady | blue r1 0-0 0 % | green r2 2-8 100 %');
  t.is(bounded.lines[0], 'progressing 2 | blue r1 20-20 100 % | green r2 20-20 0 %');
});

test('a live track that scales out while the new one boots makes it grow again before the traffic moves', (t) => {
  t.is(
    lineAfter({ strategy: 'blue-green' }, 1, { blue: 7, green: 4 }),
    'progressing 2 | blue r1 7-8 100 % | green r2 7-8 0 %',
  );
  t.is(
    lineAfter({ strategy: 'blue-green' }, 1, { blue: 3, green: 4 }),
    'progressing 3 | blue r1 4-8 0 % | green r2 4-8 100 %',
  );
});

test('machines that an apply which failed has left on the idle track go before the new ones come', (t) => {
  t.is(
    lineAfter({ strategy: 'blue-green' }, 0, { blue: 4, green: 2 }),
    'progressing 1 | blue r1 2-8 100 % | green - 0-0 0 %',
  );
});
