import test from 'ava';
import { CompleteLines } from '../../../logs/sources/complete-lines.ts';

test('lines are complete with their line feeds, wherever the bytes are divided', (t) => {
  const text = 'one\nzwölf\n\nthree\nrest';
  const bytes = Buffer.from(text);
  for (let size = 1; size <= bytes.length; size++) {
    const lines = new CompleteLines();
    const found: string[] = [];
    for (let at = 0; at < bytes.length; at += size) found.push(...lines.add(bytes.subarray(at, at + size)));
    t.deepEqual(found, ['one', 'zwölf', '', 'three'], `${size} bytes at a time`);
  }
});
