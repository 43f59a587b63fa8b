import { join } from 'node:path';
import test from 'ava';
import { UserError } from '../../common/errors.ts';
import { defaultGrid, foldsOf, readGrid } from '../../experiments/grid.ts';
import { linearSvm } from '../../model/algorithms/linear-svm.ts';
import { folderWith } from '../model/folders.ts';

test('the default grid has each algorithm, the features of the default one first, and ends in time', async (t) => {
  const { features, algorithms, search, minutes, folds } = await readGrid(defaultGrid);
  t.deepEqual(Object.keys(features), ['words-and-characters', 'tf-idf', 'bag-of-words']);
  t.deepEqual(features['words-and-characters'], linearSvm.features);
  t.deepEqual(algorithms, ['linear-svm', 'logistic-regression', 'bayes', 'neural-network']);
  t.is(search?.candidates, 10);
  t.deepEqual([minutes, folds], [12, undefined]);
});

test('many texts need fewer folds, unless the grid names them', (t) => {
  t.deepEqual([foldsOf({}, 10_000), foldsOf({}, 10_001), foldsOf({ folds: 4 }, 10_001)], [5, 3, 4]);
});

const refused: [name: string, content: string, message: string][] = [
  [
    'an algorithm that does not exist',
    'features: {a: {blocks: [{kind: words}]}}\nalgorithms: [forest]\n',
    "algorithms.0: expected 'linear-svm' or 'neural-network' or 'bayes' or 'logistic-regression', got \"forest\"",
  ],
  ['no features', 'features: {}\nalgorithms: [bayes]\n', 'features: expected at least one, got {}'],
  [
    'a misspelled key',
    'features: {a: {blocks: [{kind: words}]}}\nalgorithms: [bayes]\nminute: 3\n',
    'minute: unknown key',
  ],
  [
    'a cost whose ends are turned around',
    'features: {a: {blocks: [{kind: words}]}}\nalgorithms: [bayes]\nsearch: {candidates: 1, cost: [5, 1]}\n',
    'search.cost: expected the lower one first, such as [0.2, 5], got [5,1]',
  ],
];

for (const [name, content, message] of refused) {
  test(`a grid with ${name} is refused with its place`, async (t) => {
    const path = join(await folderWith(t, { 'grid.yaml': content }), 'grid.yaml');
    const error = await t.throwsAsync(readGrid(path), { instanceOf: UserError });
    t.is(error.message, `${path}: not a grid of candidates; see experiments/default-grid.yaml:\n  ${message}`);
  });
}

test('a file that is no YAML or does not exist is named', async (t) => {
  const folder = await folderWith(t, { 'grid.yaml': 'features: [1\n' });
  await t.throwsAsync(readGrid(join(folder, 'grid.yaml')), {
    instanceOf: UserError,
    message: /grid\.yaml: expected YAML, got: /,
  });
  await t.throwsAsync(readGrid(join(folder, 'none.yaml')), {
    instanceOf: UserError,
    message: /none\.yaml: cannot be read: ENOENT/,
  });
});
