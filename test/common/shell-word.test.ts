import test from 'ava';
import { execa } from 'execa';
import { shellWord } from '../../common/shell-word.ts';

test('a shell reads a word as it is', async (t) => {
  t.deepEqual(['data/own-2.csv', 'a b', '$x', "o'clock", 'größe'].map(shellWord), [
    'data/own-2.csv',
    "'a b'",
    "'$x'",
    String.raw`'o'\''clock'`,
    "'größe'",
  ]);
  for (const word of ['a b', '$x `id` "y"', "o'clock", '', '*'])
    t.is((await execa('sh', ['-c', `printf %s ${shellWord(word)}`])).stdout, word);
});
