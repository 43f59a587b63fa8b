import test from 'ava';
import { describedIntents, readableName } from '../../../model/training/descriptions.ts';

const names: [intent: string, text: string][] = [
  ['card_arrival', 'card arrival'],
  ['cardArrival', 'card Arrival'],
  ['Refund-not.showing_up?', 'Refund not showing up'],
  ["can't_pay", "can't pay"],
  ['intent_12', 'intent'],
  ['42', ''],
  ['où_est', 'où est'],
];

for (const [intent, text] of names)
  test(`the name ${intent} is the text ${text}`, (t) => t.is(readableName(intent), text));

test('each intent has its name as a text, if it has words, and its description', (t) => {
  t.deepEqual(describedIntents({ path: 'ours.csv' }, ['42', 'card_arrival'], { '42': 'the answer' }), [
    { intent: 'card_arrival', text: 'card arrival', line: 0 },
    { intent: '42', text: 'the answer', line: 0 },
  ]);
});

test('refuses a description of an intent that the data does not hold', (t) => {
  t.throws(() => describedIntents({ path: 'ours.csv' }, ['a'], { b: 'text' }), {
    name: 'DataError',
    message: 'model.descriptions: expected intents that ours.csv holds, got b',
  });
});
