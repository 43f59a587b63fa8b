import test from 'ava';
import { createClassifier } from '../../../model/artifact/open.ts';
import { signatureFaults } from '../../../model/gate/signature.ts';
import type { Predict } from '../../../model/prediction.ts';
import { trainSmall } from '../trained.ts';

const classifier = trainSmall().then((artifact) => createClassifier(artifact, 'it'));

test('a model that answers as its manifest says has no faults', async (t) => {
  t.deepEqual(signatureFaults(await classifier), []);
});

const wrong: Record<string, (predict: Predict) => Predict> = {
  'an intent of no label': (predict) => (text) => ({ ...predict(text), intent: 'other' }),
  'a confidence that is no number': (predict) => (text) => ({ ...predict(text), confidence: Number.NaN }),
  'alternatives above 1 in all': (predict) => (text) => ({
    ...predict(text),
    alternatives: ['praise', 'greeting'].map((intent) => ({ intent, confidence: 0.7 })),
  }),
};

for (const [title, change] of Object.entries(wrong)) {
  test(`${title} is a fault`, async (t) => {
    const { manifest, predict } = await classifier;
    const faults = signatureFaults({ manifest, predict: change(predict) });
    t.regex(faults.at(-1) ?? '', /^these texts get no answer of its \d+ labels: "", " ", "\?", /);
  });
}

test('a model that answers its own examples in another way has a fault', async (t) => {
  const { manifest, predict } = await classifier;
  const examples = manifest.examples.map((example) => ({ ...example, intent: 'praise' }));
  const other = examples.filter((_, at) => manifest.examples[at]?.intent !== 'praise').length;
  t.deepEqual(signatureFaults({ manifest: { ...manifest, examples }, predict }), [
    `${other} of its ${examples.length} own examples get another answer`,
  ]);
});
