import test from 'ava';
import { shortExamples } from '../../../model/artifact/short-examples.ts';

test('examples without an intent, of several lines or with too many characters are left out', (t) => {
  const kept = [
    { text: 'refund', intent: 'refund' },
    { text: '12345678', intent: 'number' },
  ];
  const left = [
    { text: '???', intent: 'unknown' },
    { text: 'a\nb', intent: 'refund' },
    { text: 'a\rb', intent: 'refund' },
    { text: '123456789', intent: 'number' },
  ];
  t.deepEqual(shortExamples([...left, ...kept], 8), kept);
});
