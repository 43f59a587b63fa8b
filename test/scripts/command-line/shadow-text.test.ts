import test from 'ava';
import type { ShadowFigures } from '../../../deployments/shadow-figures.ts';
import { shadowText } from '../../../scripts/command-line/shadow-text.ts';

const names = { a: 'r-1', b: 'r-2' };
const nothing = { medianSeconds: null, p99Seconds: null, meanConfidence: null };
const end = 'Who is right, agreement does not say. Deploy it with: make promote, or take it away with: make abort';

test('a shadow is told by agreement, times, confidence and the most frequent disagreements', (t) => {
  const figures: ShadowFigures = {
    ...{ machines: 2, texts: 12_345, agreed: 11_802, lost: 1 },
    disagreements: [
      { live: 'refund', candidate: 'cancel', texts: 1234 },
      { live: 'unknown', candidate: 'track', texts: 7 },
    ],
    live: { medianSeconds: 0.000_031, p99Seconds: 0.0012, meanConfidence: 0.91 },
    candidate: { medianSeconds: 0.000_044, p99Seconds: 0.0021, meanConfidence: 0.8765 },
  };
  t.is(
    shadowText(figures, names),
    `\
r-2 is the shadow of r-1 on 2 machines: its answers go to nobody.
They agree on 95.6 % of 12,345 texts (95 % interval: 95.2 % to 95.9 %); 1 copy was not compared.
┌─────────────────┬──────────────────────────┬────────┬─────────────────┐
│ release         │ median time of the model │ p99    │ mean confidence │
├─────────────────┼──────────────────────────┼────────┼─────────────────┤
│ r-1, in service │ 0.031 ms                 │ 1.2 ms │ 0.910           │
├─────────────────┼──────────────────────────┼────────┼─────────────────┤
│ r-2, shadow     │ 0.044 ms                 │ 2.1 ms │ 0.876           │
└─────────────────┴──────────────────────────┴────────┴─────────────────┘
The most frequent disagreements:
┌────────────┬────────┬───────┐
│ in service │ shadow │ texts │
├────────────┼────────┼───────┤
│ refund     │ cancel │ 1,234 │
├────────────┼────────┼───────┤
│ unknown    │ track  │ 7     │
└────────────┴────────┴───────┘
${end}`,
  );
});

test('one that has answered nothing yet says so', (t) => {
  const figures = { machines: 0, texts: 0, agreed: 0, lost: 7, disagreements: [], live: nothing, candidate: nothing };
  const lines = shadowText(figures, names).split('\n');
  t.deepEqual(lines.slice(0, 2), [
    'r-2 is the shadow of r-1 on 0 machines: its answers go to nobody.',
    'No text was compared yet; 7 copies were not compared.',
  ]);
  t.is(lines.at(-1), end);
});
