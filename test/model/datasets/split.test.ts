import test from 'ava';
import { dealByLabel, splitByLabel } from '../../../model/datasets/split.ts';

const examples = [...'aaaaaaaaaabbbbbc'].map((intent, line) => ({ intent, line }));

function count(part: { intent: string }[], label: string): number {
  return part.filter(({ intent }) => intent === label).length;
}

test('a share of every label is split off, in the order of the file; every label keeps at least one', (t) => {
  const { train, test: held } = splitByLabel(examples, 0.2, 1);
  t.deepEqual(
    ['a', 'b', 'c'].map((label) => [count(train, label), count(held, label)]),
    [
      [8, 2],
      [4, 1],
      [1, 0],
    ],
  );
  t.deepEqual(
    [...train, ...held].sort((left, right) => left.line - right.line),
    examples,
  );
  t.deepEqual(
    train,
    [...train].sort((left, right) => left.line - right.line),
  );
});

test('another seed gives another split', (t) => {
  t.deepEqual(splitByLabel(examples, 0.4, 1), splitByLabel(examples, 0.4, 1));
  t.notDeepEqual(splitByLabel(examples, 0.4, 1), splitByLabel(examples, 0.4, 2));
});

test('folds are equal in size, and each has its share of each label', (t) => {
  const labels = examples.map(({ intent }) => intent);
  const folds = dealByLabel(labels, 5, 1);
  const sizes = [0, 1, 2, 3, 4].map((fold) => folds.filter((other) => other === fold).length);
  t.deepEqual(sizes.sort(), [3, 3, 3, 3, 4]);
  for (let fold = 0; fold < 5; fold += 1)
    t.is(labels.filter((label, row) => label === 'a' && folds[row] === fold).length, 2);
});
