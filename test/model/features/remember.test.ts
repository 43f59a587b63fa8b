import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import test from 'ava';
import { remembering } from '../../../model/features/remember.ts';

function counted<Known>(of: (token: string) => Known) {
  const asked: string[] = [];
  const remembered = remembering((token) => {
    asked.push(token);
    return of(token);
  });
  return { asked, remembered };
}

test('a word is worked on once', (t) => {
  const { asked, remembered } = counted((token) => `${token}-stem`);
  t.deepEqual(['a', 'b', 'a'].map(remembered), ['a-stem', 'b-stem', 'a-stem']);
  t.deepEqual(asked, ['a', 'b']);
});

test('what is known of a word may be nothing: zero, or no features', (t) => {
  const { asked, remembered } = counted((token) => token.length - 1);
  t.deepEqual(['a', 'a'].map(remembered), [0, 0]);
  t.deepEqual(asked, ['a']);
});

test('a token too long to be a word is worked on each time and not kept', (t) => {
  const { asked, remembered } = counted((token) => token.length);
  const [word, longer] = ['z'.repeat(40), 'z'.repeat(41)];
  t.deepEqual([word, word, longer, longer].map(remembered), [40, 40, 41, 41]);
  t.deepEqual(asked, [word, longer, longer]);
});

test('memory is bounded, and forgetting changes no answer', (t) => {
  const { asked, remembered } = counted((token) => token.toUpperCase());
  for (let at = 0; at < 20_001; at += 1) remembered(`w${at}`);
  t.is(remembered('w20000'), 'W20000');
  t.is(remembered('w0'), 'W0');
  t.deepEqual(asked.slice(20_000), ['w20000', 'w0']);
});

test('a word that is remembered does not keep the text that it came in', (t) => {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  const remembered = remembering((token) => token.length);
  const bytesUsed = () => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const before = bytesUsed();
  for (let at = 0; at < 300; at += 1) {
    const text = `${at} unforgettable${at} ${'x'.repeat(100_000)}`.toLowerCase();
    remembered(text.match(/unforgettable\d+/)?.[0] as string);
  }
  const growth = bytesUsed() - before;
  t.true(growth < 3_000_000, `${growth} bytes more`);
  t.is(remembered('unforgettable7'), 14);
});
