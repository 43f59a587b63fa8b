import test from 'ava';
import { dealByLabel, splitByLabel } from '../../../model/datasets/split.ts';

const examples = [...'aaaaaaaaaabbbbbc'].map((intent, line) => ({ text: `text ${line}`, intent, line }));

test('a share of every label is split off, in the order of the file; every label keeps at least one', (t) => {
  const { train, test: held } = splitByLabel(examples, 0.2, 1);
  t.is(train.map(({ intent }) => intent).join(''), 'aaaaaaaabbbbc');
  t.is(held.map(({ intent }) => intent).join(''), 'aab');
  const byLine = (left: { line: number }, right: { line: number }): number => left.line - right.line;
  t.deepEqual([...train, ...held].sort(byLine), examples);
  t.deepEqual(train, train.toSorted(byLine));
});

test('a text stays on its side when others are added, removed or renamed', (t) => {
  const many = Array.from({ length: 200 }, (_, line) => ({ text: `text ${line}`, intent: line % 2 ? 'a' : 'b', line }));
  const textsOf = (rows: { text: string }[]) => new Set(rows.map(({ text }) => text));
  const { train, test: held } = splitByLabel(many, 0.2, 1);
  const renamed = many.map((example) => ({ ...example, intent: example.intent === 'a' ? 'c' : 'b' }));
  t.deepEqual(textsOf(splitByLabel(renamed, 0.2, 1).test), textsOf(held));
  const fewer = splitByLabel(many.slice(0, 180), 0.2, 1).test.filter(({ text }) => textsOf(train).has(text));
  t.true(fewer.length <= 4, `${fewer.length} texts to learn from are test texts now`);
});

test('another seed gives another split', (t) => {
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
