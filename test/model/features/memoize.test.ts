import test from 'ava';
import { execa } from 'execa';
import { memoize } from '../../../model/features/memoize.ts';

const words = Array.from({ length: 20_001 }, (_, at) => `w${at}`);
const [word, long] = ['z'.repeat(40), 'z'.repeat(41)];

const cases: [title: string, tokens: string[], computed: string[]][] = [
  ['the result for a word is computed once, also if it is zero', ['', 'bc', '', 'bc'], ['', 'bc']],
  ['the result for a token too long to be a word is not kept', [word, word, long, long], [word, long, long]],
  ['the number of kept results is bounded', [...words, 'w20000', 'w0'], [...words, 'w0']],
];

for (const [title, tokens, expected] of cases) {
  test(title, (t) => {
    const computed: string[] = [];
    const lengthOf = memoize((token) => {
      computed.push(token);
      return token.length;
    });
    t.true(tokens.every((token) => lengthOf(token) === token.length));
    t.deepEqual(computed, expected);
  });
}

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
