import test from 'ava';
import type { Example } from '../../../model/datasets/example.ts';
import type { DatasetSplits } from '../../../model/datasets/load.ts';
import { withValidation } from '../../../model/training/with-validation.ts';
import { datasetOf, settingsWith } from '../trained.ts';

type Splits = Pick<DatasetSplits, 'train' | 'validation'>;

function examples(count: number, outOfScope: number): Example[] {
  return Array.from({ length: count }, (_, line) => {
    const intent = line < outOfScope ? 'unknown' : line === outOfScope ? 'alone' : `intent ${line % 50}`;
    return { text: `text ${line}`, intent, line };
  });
}

function countsOf(count: number, outOfScope: number) {
  const train = datasetOf(examples(count, outOfScope));
  const { train: learned, validation } = withValidation<Splits>({ train }, settingsWith());
  const held = validation?.examples ?? [];
  const unknown = held.filter(({ intent }) => intent === 'unknown').length;
  const lines = [...learned.examples, ...held].map(({ line }) => line).sort((one, other) => one - other);
  return { held: held.length - unknown, unknown, lines, learned };
}

test('many texts spare enough of each intent, and enough out of scope, but no intent its only text', (t) => {
  const { held, unknown, lines, learned } = countsOf(60_000, 400);
  t.is(held, 2000);
  t.is(unknown, 80);
  t.deepEqual(lines, [...Array(60_000).keys()]);
  t.true(learned.examples.some(({ intent }) => intent === 'alone'));
});

test('fewer texts, and those with validation texts, are left as they are', (t) => {
  const few = { train: datasetOf(examples(49_999, 0)) };
  t.is(withValidation(few, settingsWith()), few);
  const both = { train: datasetOf(examples(60_000, 0)), validation: few.train };
  t.is(withValidation(both, settingsWith()), both);
});
