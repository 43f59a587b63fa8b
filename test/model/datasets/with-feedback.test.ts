import test from 'ava';
import { withFeedback } from '../../../model/datasets/with-feedback.ts';

const row = (text: string, intent: string) => ({ text, intent, line: 0 });

test('feedback is learned where neither data nor other people contradict it, and test texts stay test texts', (t) => {
  const train = [row('money back', 'refund'), row('where is it', 'delivery')];
  const feedback = [
    { text: 'give me my money', intent: 'refund' },
    { text: 'Give me  my money', intent: 'refund' },
    { text: 'MONEY back', intent: 'refund' },
    { text: 'where is it', intent: 'refund' },
    { text: 'is it you', intent: 'refund' },
    { text: 'is it you', intent: 'delivery' },
    { text: 'change my name', intent: 'account' },
    { text: 'never came', intent: 'refund' },
    { text: 'nice weather', intent: 'unknown' },
  ];
  const merged = withFeedback({ train, test: [row('Never came', 'delivery')], outOfScopeLabel: 'none', feedback });
  const added = [
    { text: 'give me my money', intent: 'refund' },
    { text: 'nice weather', intent: 'none' },
  ];
  t.deepEqual(merged, {
    examples: [{ text: 'money back', intent: 'refund' }, { text: 'where is it', intent: 'delivery' }, ...added],
    ...{ added, known: 1, measured: 1 },
    disputed: [
      { text: 'where is it', intent: 'refund' },
      { text: 'is it you', intent: 'refund' },
      { text: 'is it you', intent: 'delivery' },
    ],
    unknownIntents: [{ text: 'change my name', intent: 'account' }],
  });
});

test('without feedback, the texts are those of the data', (t) => {
  const merged = withFeedback({ train: [row('a', 'x')], test: [], outOfScopeLabel: 'unknown', feedback: [] });
  t.deepEqual(merged, {
    examples: [{ text: 'a', intent: 'x' }],
    ...{ added: [], known: 0, measured: 0, disputed: [], unknownIntents: [] },
  });
});
