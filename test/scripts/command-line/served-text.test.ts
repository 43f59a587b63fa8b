import test from 'ava';
import { noServedText, servedText } from '../../../scripts/command-line/served-text.ts';

test('what two releases have served stands side by side, and what was not counted is a dash', (t) => {
  const served = {
    a: { predictions: 12_345, medianSeconds: 0.0004, p99Seconds: 0.0123, meanConfidence: 0.9126, unknown: 0.052 },
    b: { predictions: 0, medianSeconds: null, p99Seconds: null, meanConfidence: null, unknown: null },
  };
  t.is(
    servedText(served, { a: 'r-1', b: 'r-2' }),
    `\
┌─────────┬─────────────┬─────────────┬─────────┬─────────────────┬─────────┐
│ release │ predictions │ median time │ p99     │ mean confidence │ unknown │
├─────────┼─────────────┼─────────────┼─────────┼─────────────────┼─────────┤
│ r-1     │ 12,345      │ 0.400 ms    │ 12.3 ms │ 0.913           │ 5.2 %   │
├─────────┼─────────────┼─────────────┼─────────┼─────────────────┼─────────┤
│ r-2     │ 0           │ –           │ –       │ –               │ –       │
└─────────┴─────────────┴─────────────┴─────────┴─────────────────┴─────────┘`,
  );
});

test('where there are no such figures, it says why', (t) => {
  t.is(noServedText('the machine is away'), 'Times and confidence are not known: the machine is away.');
});
