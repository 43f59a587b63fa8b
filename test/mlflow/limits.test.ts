import test from 'ava';
import { chunksOf, keyFor, textFor } from '../../mlflow/limits.ts';

for (const [name, key] of [
  ['accuracy', 'accuracy'],
  ['recall of Rückgabe/1: now', 'recall of Rückgabe/1: now'],
  ['f1 (macro), 95 %', 'f1 _macro__ 95 _'],
  ['/a//./../b/', 'a/b'],
  ['..', '_'],
  ['', '_'],
  ['a'.repeat(300), `${'a'.repeat(249)}…`],
] as const)
  test(`the name ${name.slice(0, 30)} becomes ${key.slice(0, 30)}`, (t) => {
    t.is(keyFor(name), key);
  });

test('a text is cut where MLflow would refuse it', (t) => {
  t.is(textFor('param', 'a'.repeat(6000)), 'a'.repeat(6000));
  t.is(textFor('param', 'a'.repeat(6001)), `${'a'.repeat(5999)}…`);
  t.is(textFor('tag', 'a'.repeat(5001)), `${'a'.repeat(4999)}…`);
  t.is(textFor('name', 'a'.repeat(501)), `${'a'.repeat(499)}…`);
});

test('a list is cut into lists', (t) => {
  t.deepEqual(chunksOf([1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]]);
  t.deepEqual(chunksOf([], 2), []);
});
