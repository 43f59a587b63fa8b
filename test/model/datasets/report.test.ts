import test from 'ava';
import type { Example } from '../../../model/datasets/example.ts';
import { nearDuplicates, rarestFirst } from '../../../model/datasets/near-duplicates.ts';
import { reportOn } from '../../../model/datasets/report.ts';
import { quietly } from '../problem.ts';
import { datasetOf } from '../trained.ts';

function rows(...pairs: [string, string][]): Example[] {
  return pairs.map(([text, intent], index) => ({ text, intent, line: index + 2 }));
}

test('the report counts rows and labels, and finds repeated, conflicting and similar texts', async (t) => {
  const train = datasetOf(
    rows(
      ['hello', 'greeting'],
      ['Hello ', 'greeting'],
      ['where is my order', 'question'],
      ['WHERE is my  order', 'complaint'],
      ...Array.from({ length: 19 }, (_, at): [string, string] => [`why ${at}`, 'question']),
    ),
  );
  const held = datasetOf(rows(['is my order where', 'question'], ['something else', 'question']));
  t.deepEqual(await reportOn({ train, test: held }), {
    path: 'small.csv',
    foundOut: undefined,
    rows: 23,
    testRows: 2,
    labels: [
      { intent: 'question', examples: 20 },
      { intent: 'greeting', examples: 2 },
      { intent: 'complaint', examples: 1 },
    ],
    lengths: { shortest: 5, median: 6, longest: 18 },
    duplicates: 1,
    conflicts: [
      {
        text: 'where is my order',
        places: [
          { line: 4, intent: 'question' },
          { line: 5, intent: 'complaint' },
        ],
      },
    ],
    thin: ['greeting'],
    single: [train.examples[3]],
    tooLong: [],
    repeated: [],
    nearDuplicates: [{ test: held.examples[0], train: train.examples[2], similarity: 1 }],
  });
});

test('test texts that are training texts are told from those that are nearly so, and long texts are found', async (t) => {
  const long = 'é'.repeat(2001);
  const train = datasetOf(rows(['Hello  there', 'greeting'], [long, 'question'], ['é'.repeat(2000), 'question']));
  const held = datasetOf(rows(['hello there', 'greeting'], ['there, hello', 'greeting']));
  const { repeated, nearDuplicates: similar, tooLong } = await reportOn({ train, test: held });
  t.deepEqual(repeated, [{ test: held.examples[0], train: train.examples[0] }]);
  t.deepEqual(similar, [{ test: held.examples[1], train: train.examples[0], similarity: 1 }]);
  t.deepEqual(tooLong, [train.examples[1]]);
});

test('texts that share four of five words are near duplicates; three of five, and texts without words, are not', async (t) => {
  const train = rows(['how do i reset', 'question'], ['...', 'question']);
  const similar = async (text: string) =>
    (await nearDuplicates(train, rows([text, 'question']), quietly.onProgress)).map(({ similarity }) => similarity);
  t.deepEqual(await similar('please how do i reset'), [0.8]);
  t.deepEqual(await similar('please how do i change'), []);
  t.deepEqual(await similar('...'), []);
});

test('words are listed rarest first, without repeats, those of no text before all others', (t) => {
  const wordsOf = rarestFirst(['my order', 'my parcel', 'my card, my order']);
  t.deepEqual(wordsOf('my parcel and my order: where?'), ['and', 'where', 'parcel', 'order', 'my']);
});

test('the prefix filter finds the same texts as comparing all with all', async (t) => {
  const words = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const texts = Array.from({ length: 127 }, (_, bits) => words.filter((__, at) => ((bits + 1) >> at) & 1).join(' '));
  const examples = texts.map((text, line) => ({ text, intent: 'x', line }));
  const similarity = (left: string[], right: string[]): number => {
    const shared = left.filter((word) => right.includes(word)).length;
    return shared / (left.length + right.length - shared);
  };
  const known = texts.slice(0, 40).map((text) => text.split(' '));
  const close = texts.filter((text) => known.some((other) => similarity(text.split(' '), other) >= 0.8));
  const found = await nearDuplicates(examples.slice(0, 40), examples, quietly.onProgress);
  t.deepEqual(
    found.map(({ test: { text } }) => text),
    close,
  );
});
