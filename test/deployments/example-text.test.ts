import test from 'ava';
import { exampleTextOf } from '../../deployments/example-text.ts';

test('the first text of one line with an intent is the example', (t) => {
  const examples = [
    { text: '???', intent: 'unknown' },
    { text: 'Where is\nmy parcel', intent: 'delivery' },
    { text: 'x'.repeat(61), intent: 'delivery' },
    { text: 'Where is my parcel', intent: 'delivery' },
    { text: 'I want a refund', intent: 'refund' },
  ];
  t.is(exampleTextOf({ examples }), 'Where is my parcel');
});

test('a model without such a text has another one', (t) => {
  t.is(exampleTextOf({ examples: [] }), 'Hello');
});
