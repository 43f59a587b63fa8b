import test from 'ava';
import { execa } from 'execa';
import { memoize } from '../../../model/features/memoize.ts';

function recorded<Result>(compute: (token: string) => Result) {
  const computed: string[] = [];
  const memoized = memoize((token) => {
    computed.push(token);
    return compute(token);
  });
  return { computed, memoized };
}

test('the result for a word is computed once, also if it is zero', (t) => {
  const { computed, memoized } = recorded((token) => token.length - 1);
  t.deepEqual(['a', 'bc', 'a', 'bc'].map(memoized), [0, 1, 0, 1]);
  t.deepEqual(computed, ['a', 'bc']);
});

test('the result for a token too long to be a word is not kept', (t) => {
  const { computed, memoized } = recorded((token) => token.length);
  const [word, longer] = ['z'.repeat(40), 'z'.repeat(41)];
  t.deepEqual([word, word, longer, longer].map(memoized), [40, 40, 41, 41]);
  t.deepEqual(computed, [word, longer, longer]);
});

test('the number of kept results is bounded', (t) => {
  const { computed, memoized } = recorded((token) => token.toUpperCase());
  for (let at = 0; at < 20_001; at += 1) memoized(`w${at}`);
  t.is(memoized('w20000'), 'W20000');
  t.is(memoized('w0'), 'W0');
  t.deepEqual(computed.slice(20_000), ['w20000', 'w0']);
});

// In a process of its own: a change of V8's flags in a running process can crash it.
test('a kept word does not keep its text in memory', async (t) => {
  const code = `
    const { memoize } = await import('./model/features/memoize.ts');
    const memoized = memoize((token) => token.length);
    const bytesUsed = () => (gc(), process.memoryUsage().heapUsed);
    const before = bytesUsed();
    for (let at = 0; at < 300; at += 1) {
      const text = (at + ' unforgettable' + at + ' ' + 'x'.repeat(100_000)).toLowerCase();
      memoized(text.match(/unforgettable\\d+/)[0]);
    }
    console.log(bytesUsed() - before, memoized('unforgettable7'));`;
  const { stdout } = await execa(process.execPath, ['--expose-gc', '--input-type=module', '--eval', code]);
  const [growth = Number.NaN, length] = stdout.split(' ').map(Number);
  t.true(growth < 3_000_000, `${growth} bytes more`);
  t.is(length, 14);
});
