import test from 'ava';
import { chooseExamples } from '../../../model/evaluation/examples.ts';
import type { Predict } from '../../../model/prediction.ts';

const labels = ['complaint', 'greeting', 'praise'];
const threshold = { value: 0.5, rule: '' };
const model = { labels, threshold, outOfScopeClass: true };

/** A model whose answers are these confidences, one per label; what is missing to 1 is the out-of-scope class. */
function answering(confidences: Record<string, number[]>): Predict {
  return (text, { top = 3 } = {}) => {
    const alternatives = labels
      .map((intent, at) => ({ intent, confidence: confidences[text]?.[at] ?? 0 }))
      .sort((left, right) => right.confidence - left.confidence);
    const best = alternatives[0] as (typeof alternatives)[number];
    const outOfScope = 1 - alternatives.reduce((sum, { confidence }) => sum + confidence, 0);
    const isUnknown = best.confidence < threshold.value || outOfScope > best.confidence || text.startsWith('nothing');
    return { ...best, intent: isUnknown ? 'unknown' : best.intent, alternatives: alternatives.slice(0, top) };
  };
}

const example = (text: string, intent: string) => ({ text, intent, line: 1 });

function choose(confidences: Record<string, number[]>, golden: string[][], tested: string[][]) {
  const [first, second] = [golden, tested].map((rows) => rows.map(([text = '', intent = '']) => example(text, intent)));
  return chooseExamples({ ...model, predict: answering(confidences) }, first ?? [], second ?? [], 'oos').map(
    ({ text, intent }) => `${text}: ${intent}`,
  );
}

test('golden texts that are answered right come first, then a test text of each intent in turn, whatever the answer', (t) => {
  const confidences = { hi: [0, 1, 0], great: [0, 0, 1], awful: [1, 0, 0], late: [1, 0, 0], love: [0.9, 0, 0.1] };
  const golden = [
    ['great', 'praise'],
    ['hi', 'praise'],
    ['zzz', 'oos'],
    ['qqq', 'unknown'],
  ];
  const tested = [
    ['hi', 'greeting'],
    ['awful', 'complaint'],
    ['late', 'complaint'],
    ['great', 'praise'],
    ['love', 'praise'],
    ['xxx', 'oos'],
  ];
  t.deepEqual(choose(confidences, golden, tested), [
    'great: praise',
    'zzz: unknown',
    'qqq: unknown',
    'awful: complaint',
    'hi: greeting',
    'xxx: unknown',
    'late: complaint',
    'love: complaint',
  ]);
});

const margins: [title: string, confidences: number[], chosen: string | undefined][] = [
  ['an intent far above the second', [0.52, 0.48, 0], 'text: complaint'],
  ['an intent close to the second', [0.505, 0.495, 0], undefined],
  ['an intent close to the threshold', [0.51, 0.2, 0], undefined],
  ['an unknown text far below the threshold', [0.47, 0.3, 0.2], 'text: unknown'],
  ['an unknown text close to the threshold', [0.49, 0.3, 0.2], undefined],
  ['an unknown text whose intents are close to each other', [0.33, 0.33, 0.33], 'text: unknown'],
];

for (const [title, confidences, chosen] of margins) {
  test(`${title} is ${chosen ? 'an' : 'no'} example`, (t) => {
    t.deepEqual(choose({ text: confidences }, [], [['text', 'complaint']]), chosen ? [chosen] : []);
  });
}

/** Whether a text of this confidence, all others being out of scope, is an example at another threshold. */
function isChosen(confidence: number, value: number): boolean {
  const one = { ...model, predict: answering({ text: [confidence, 0, 0] }), threshold: { value, rule: '' } };
  return chooseExamples(one, [], [example('text', 'complaint')], 'oos').length > 0;
}

test('an intent close to the out-of-scope class is no example', (t) => {
  t.deepEqual(
    [0.505, 0.52].map((confidence) => isChosen(confidence, 0.1)),
    [false, true],
  );
});

test('where the threshold is almost 1, so is the distance to it', (t) => {
  t.deepEqual(
    [0.999, 0.99901, 0.9991, 0.99999].map((confidence) => isChosen(confidence, 0.999)),
    [false, false, true, true],
  );
});

test('where both are 1 as nearly as a number can be, what is left of 1 decides', (t) => {
  const isFirm = (rest: number) => {
    const alternatives = [1, rest, 0].map((confidence, at) => ({ intent: labels[at] ?? '', confidence }));
    const predict = () => ({ intent: 'complaint', confidence: 1, alternatives });
    const certain = { predict, labels, threshold: { value: 1, rule: '' }, outOfScopeClass: false };
    return chooseExamples(certain, [], [example('text', 'complaint')], 'oos').length > 0;
  };
  t.deepEqual([1.1e-16, 1e-16, 1e-30, 0].map(isFirm), [false, true, true, true]);
});

test('a text without a known feature is unknown at any confidence', (t) => {
  t.deepEqual(choose({ 'nothing known': [0.9, 0.1, 0] }, [], [['nothing known', 'praise']]), [
    'nothing known: unknown',
  ]);
});

test('texts that the service refuses, very long ones and repeated ones are no examples', (t) => {
  const refused = ['', ' \t', '\u0085', '\ud800', 'x'.repeat(1001)];
  const texts = [...refused, '!', '😀', 'x'.repeat(1000), '!'].map((text) => [text, 'praise']);
  t.deepEqual(
    choose(
      {},
      texts.map(([text = '']) => [text, 'oos']),
      texts,
    ),
    ['!', '😀', 'x'.repeat(1000)].map((text) => `${text}: unknown`),
  );
});

test('there are 200 at most, golden texts before all others', (t) => {
  const many = (name: string) => Array.from({ length: 150 }, (_, at) => [`${name} ${at}`, 'oos']);
  const chosen = choose({}, many('golden'), many('test'));
  t.is(chosen.length, 200);
  t.deepEqual([chosen[149], chosen[150], chosen[199]], ['golden 149: unknown', 'test 0: unknown', 'test 49: unknown']);
  t.deepEqual(choose({}, [], []), []);
});
