import test from 'ava';
import { candidateOf } from '../../experiments/candidate.ts';
import { searchCandidates } from '../../experiments/search.ts';
import { plainFeatures } from '../model/trained.ts';

const best = candidateOf('best', { algorithm: 'linear-svm', features: plainFeatures });

test('variations differ from each other and from what is known, and the seed decides them', (t) => {
  const search = { candidates: 20, cost: [0.5, 2] as [number, number], stemmer: ['none' as const, 'porter' as const] };
  const found = searchCandidates(best, search, [best], 1);
  t.is(found.length, 20);
  t.is(new Set([best, ...found].map(({ id }) => id)).size, 21);
  t.deepEqual(searchCandidates(best, search, [best], 1), found);
  t.notDeepEqual(searchCandidates(best, search, [best], 2), found);
  t.deepEqual(
    found.slice(0, 2).map(({ name }) => name),
    ['best, variation 1', 'best, variation 2'],
  );
  for (const { model } of found) {
    const [words, characters] = model.features.blocks;
    t.true(model.cost === undefined || (model.cost >= 0.5 && model.cost <= 2), String(model.cost));
    t.true(words?.kind === 'words' && ['none', 'porter'].includes(words.stemmer));
    t.deepEqual([characters, model.features.tokenizer], [plainFeatures.blocks[1], plainFeatures.tokenizer]);
  }
});

test('where there are no more variations, there are fewer', (t) => {
  const search = { candidates: 20, minimumTexts: [1, 2, 3] };
  const found = searchCandidates(best, search, [best], 1);
  t.deepEqual(found.map(({ model }) => model.features.minimumTexts).sort(), [2, 3]);
});

test('a setting of all blocks changes all, and only the linear SVM has a cost', (t) => {
  const bayes = candidateOf('bayes', { algorithm: 'bayes', features: plainFeatures });
  const search = { candidates: 1, cost: [0.5, 2] as [number, number], inverseDocumentFrequency: [true] };
  const [found] = searchCandidates(bayes, search, [bayes], 1);
  t.deepEqual(found?.model, {
    algorithm: 'bayes',
    features: {
      ...plainFeatures,
      blocks: plainFeatures.blocks.map((block) => ({ ...block, inverseDocumentFrequency: true })),
    },
  });
});
