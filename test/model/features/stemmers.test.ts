import test from 'ava';
import { stemmerNamed } from '../../../model/features/stemmers.ts';

test('porter and lancaster are those of natural, and none leaves words unchanged', (t) => {
  t.deepEqual(['cancelled', 'deliveries', 'happily'].map(stemmerNamed('porter')), ['cancel', 'deliveri', 'happili']);
  t.deepEqual(['cancelled', 'deliveries', 'happily'].map(stemmerNamed('lancaster')), ['cancel', 'delivery', 'happy']);
  t.is(stemmerNamed('none')('running'), 'running');
});

test('a token too long to be a word is not stemmed', (t) => {
  const word = `${'z'.repeat(33)}running`;
  t.is(stemmerNamed('porter')(word), `${'z'.repeat(33)}run`);
  t.is(stemmerNamed('porter')(`z${word}`), `z${word}`);
});
