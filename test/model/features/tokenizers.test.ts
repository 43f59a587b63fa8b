import test from 'ava';
import { tokenizerNamed } from '../../../model/features/tokenizers.ts';

test('words are letters and digits of any script, in lower case', (t) => {
  const tokenize = tokenizerNamed('words');
  t.deepEqual(tokenize("Don't PANIC, 42 times!"), ['don', 't', 'panic', '42', 'times']);
  t.deepEqual(tokenize('Où est ma Straße?'), ['où', 'est', 'ma', 'straße']);
  t.deepEqual(tokenize('नमस्ते दुनिया'), ['नमस्ते', 'दुनिया']);
});

test('full-width letters and ligatures become plain letters', (t) => {
  t.deepEqual(tokenizerNamed('words')('Ｈｅｌｌｏ ﬁne'), ['hello', 'fine']);
});

test('marks are question marks, exclamation marks and emoji', (t) => {
  t.deepEqual(tokenizerNamed('words-and-marks')('What?! Great 🎉'), ['what', '?', '!', 'great', '🎉']);
});

test('aggressive and treebank are those of natural', (t) => {
  t.deepEqual(tokenizerNamed('aggressive')("Don't stop/go"), ["don't", 'stop/go']);
  t.deepEqual(tokenizerNamed('treebank')("Don't stop."), ['do', "n't", 'stop', '.']);
});

test('a text without words has no tokens', (t) => {
  for (const name of ['words', 'words-and-marks', 'aggressive'] as const)
    t.deepEqual(tokenizerNamed(name)('  ... '), []);
});
