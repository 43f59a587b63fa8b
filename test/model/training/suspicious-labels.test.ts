import test from 'ava';
import { suspiciousLabels } from '../../../model/training/suspicious-labels.ts';
import { datasetOf, settingsWith } from '../trained.ts';

const words = { refund: 'money back please', delivery: 'parcel is late', account: 'password and login' };

/** Forty texts of each intent, some of which have another's label. */
function texts(wrong: Record<number, string>) {
  return Object.entries(words)
    .flatMap(([intent, phrase]) =>
      Array.from({ length: 40 }, (_, at) => ({ text: `${phrase} ${at % 7} ${at % 5}`, intent })),
    )
    .map((example, at) => ({ ...example, intent: wrong[at] ?? example.intent, line: at + 2 }));
}

test('labels that the other texts contradict are found, the most certain first', async (t) => {
  const wrong = { 3: 'delivery', 50: 'account', 119: 'refund' };
  const found = await suspiciousLabels(datasetOf(texts(wrong)), settingsWith());
  t.deepEqual(
    found
      .map(({ example, likely }) => [example.line, example.intent, likely])
      .sort((one, other) => Number(one[0]) - Number(other[0])),
    [
      [5, 'delivery', 'refund'],
      [52, 'account', 'delivery'],
      [121, 'refund', 'account'],
    ],
  );
  const margins = found.map(({ confidence, labelConfidence }) => confidence - labelConfidence);
  t.deepEqual(
    margins,
    [...margins].sort((one, other) => other - one),
  );
  t.true(margins.every((margin) => margin > 0));
});

test('where each label fits, none is found; an intent with one text is no obstacle', async (t) => {
  t.deepEqual(await suspiciousLabels(datasetOf(texts({})), settingsWith()), []);
  const single = [...texts({}), { text: 'something else', intent: 'other', line: 200 }];
  t.true((await suspiciousLabels(datasetOf(single), settingsWith())).length <= 1);
});

test('an out-of-scope text that has an intent is found, under the name of the label', async (t) => {
  const others = Array.from({ length: 40 }, (_, at) => ({
    text: `weather ${at % 7} ${at % 5}`,
    intent: 'none',
    line: 500 + at,
  }));
  const found = await suspiciousLabels(
    datasetOf([...texts({ 7: 'none' }), ...others]),
    settingsWith({ outOfScopeLabel: 'none' }),
  );
  t.deepEqual(
    found.map(({ example, likely }) => [example.line, example.intent, likely]),
    [[9, 'none', 'refund']],
  );
});
