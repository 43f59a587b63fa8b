import test from 'ava';
import type { Example } from '../../../model/datasets/example.ts';
import { describeSeen } from '../../../model/evaluation/seen.ts';
import { datasetOf } from '../trained.ts';

const example = (text: string, line = 1): Example => ({ text, intent: 'x', line });

const train = { ...datasetOf([example('Hello there'), example('goodbye')]), path: 'train.csv' };
const held = { ...datasetOf([example('hello  THERE'), example('something else')]), path: 'test.csv' };
const unseen = { ...datasetOf([example('something else')]), path: 'unseen.csv' };

const source = ({ sha256 }: { sha256: string }) => ({ rows: 1, sha256 });

/** What the manifest says of the data of a model. */
const madeOf = (testShare: number | null = null, measured = held) => ({
  data: { train: source(train), test: source(measured), testShare },
});

test('texts that are learned are counted, those that differ in case and spaces, too', (t) => {
  const splits = { train, test: held };
  const seen = 'the model has learned 1 of the 2 test texts: the figures are better than it is';
  t.is(describeSeen(splits, madeOf(), [splits]), seen);
  t.is(describeSeen({ train, test: unseen }, madeOf(), [splits]), undefined);
});

test('what another file has of the learned texts is found where they can be read', (t) => {
  const other = { ...datasetOf([example('goodbye')]), path: 'other.csv' };
  const splits = { train: other, test: other };
  t.is(
    describeSeen(splits, madeOf(), [splits]),
    'other.csv is not the data that this model learned from: it may have learned some of the test texts',
  );
  t.is(
    describeSeen(splits, madeOf(), [splits, { train, test: unseen }]),
    'the model has learned 1 of the 1 test texts: the figures are better than it is',
  );
});

test('a share that was held out is not learned; another split of the same file is', (t) => {
  const splits = { train, test: unseen };
  t.is(describeSeen(splits, madeOf(0.2, unseen), [splits]), undefined);
  t.is(
    describeSeen(splits, madeOf(0.2, held), [splits]),
    'unseen.csv is split in another way than for training: the model has learned some of the test texts, and the figures are better than it is',
  );
});
