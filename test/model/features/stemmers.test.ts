import test from 'ava';
import porter from 'natural/lib/natural/stemmers/porter_stemmer.js';
import { remembering, stemmerNamed } from '../../../model/features/stemmers.ts';

test("porter and lancaster are natural's", (t) => {
  t.deepEqual(['cancelled', 'deliveries', 'happily'].map(stemmerNamed('porter')), ['cancel', 'deliveri', 'happili']);
  t.deepEqual(['cancelled', 'deliveries', 'happily'].map(stemmerNamed('lancaster')), ['cancel', 'delivery', 'happy']);
  t.is(stemmerNamed('porter')('running'), porter.stem('running'));
});

test('none leaves words as they are', (t) => {
  t.is(stemmerNamed('none')('running'), 'running');
});

test('a word is stemmed once', (t) => {
  const asked: string[] = [];
  const stem = remembering((token) => {
    asked.push(token);
    return `${token}-stem`;
  });
  t.deepEqual(['a', 'b', 'a'].map(stem), ['a-stem', 'b-stem', 'a-stem']);
  t.deepEqual(asked, ['a', 'b']);
});

test('a token too long to be a word is left alone, however often it comes', (t) => {
  const stem = remembering(() => t.fail());
  t.is(stem('z'.repeat(41)), 'z'.repeat(41));
});

test('memory is bounded, and forgetting changes no stem', (t) => {
  const stem = remembering((token) => token.toUpperCase());
  for (let at = 0; at < 50_000; at += 1) stem(`w${at}`);
  t.is(stem('w0'), 'W0');
});
