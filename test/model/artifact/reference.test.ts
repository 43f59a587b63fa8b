import test from 'ava';
import { confidenceBounds } from '../../../common/confidence-bounds.ts';
import { check, describeProblems } from '../../../common/validation.ts';
import { isReferenceOf, type Reference, referenceSchema } from '../../../model/artifact/reference.ts';

const reference: Reference = {
  texts: 10,
  intents: [
    { intent: '__proto__', texts: 7 },
    { intent: 'unknown', texts: 3 },
  ],
  confidences: confidenceBounds.map((upTo, at) => ({ upTo, texts: Math.min(10, at) })),
};

function problemsOf(changes: object): string[] {
  const { problems = [] } = check(referenceSchema, { ...reference, ...changes });
  return describeProblems(problems).map((line) => line.replace(/, got \[.*$/, ', got …'));
}

test('a reference is read as it was written, whatever the intents are named', (t) => {
  t.deepEqual(check(referenceSchema, JSON.parse(JSON.stringify(reference))), { data: reference });
});

test('refuses what cannot be a reference, with the place', (t) => {
  const { intents, confidences } = reference;
  t.deepEqual(problemsOf({ texts: 11 }), ['intents: expected as many answers as there are texts, got …']);
  t.deepEqual(problemsOf({ confidences: confidences.slice(1) }), [
    'confidences: expected the bounds 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1, got …',
  ]);
  for (const [at, texts] of [
    [3, 9],
    [11, 11],
  ] as const) {
    const changed = confidences.with(at, { upTo: confidenceBounds[at], texts });
    t.deepEqual(problemsOf({ confidences: changed }), [
      'confidences: expected counts that do not fall, and none above the number of texts, got …',
    ]);
  }
  t.deepEqual(problemsOf({ intents: [...intents, { intent: 'more', texts: -1 }], news: 1 }), [
    'intents.2.texts: expected at least 0, got -1',
    'news: unknown key',
    'intents: expected as many answers as there are texts, got …',
  ]);
});

test('a reference belongs to a model with its labels in their order', (t) => {
  t.true(isReferenceOf(['__proto__'], reference));
  for (const labels of [[], ['other'], ['__proto__', 'other'], ['unknown']]) t.false(isReferenceOf(labels, reference));
});
