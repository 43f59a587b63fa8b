import test from 'ava';
import { candidateOf, gridCandidates, parametersOf, settingsOf } from '../../experiments/candidate.ts';
import { featuresSchema } from '../../model/features/features.ts';
import { modelSettings } from '../../model/settings.ts';
import { plainFeatures } from '../model/trained.ts';

const words = featuresSchema.parse({ blocks: [{ kind: 'words', stemmer: 'porter', weighting: 'presence' }] });

test('a grid is each algorithm with each kind of features', (t) => {
  const algorithms = ['linear-svm' as const, 'bayes' as const];
  const candidates = gridCandidates({ features: { words, all: plainFeatures, again: words }, algorithms });
  t.deepEqual(
    candidates.map(({ name, model }) => [name, model]),
    [
      ['linear-svm, words', { algorithm: 'linear-svm', features: words }],
      ['linear-svm, all', { algorithm: 'linear-svm', features: plainFeatures }],
      ['bayes, words', { algorithm: 'bayes', features: words }],
      ['bayes, all', { algorithm: 'bayes', features: plainFeatures }],
    ],
  );
  t.is(new Set(candidates.map(({ id }) => id)).size, 4);
});

test('a candidate is known by what it is, not by its name', (t) => {
  const model = { algorithm: 'linear-svm' as const, features: words };
  t.is(candidateOf('one', model).id, candidateOf('other', { ...model }).id);
  t.not(candidateOf('one', model).id, candidateOf('one', { ...model, cost: 2 }).id);
});

test('parameters are flat values', (t) => {
  t.deepEqual(parametersOf({ model: { algorithm: 'linear-svm', features: words, cost: 2 } }), {
    ...{ algorithm: 'linear-svm', cost: 2, tokenizer: 'words', minimumTexts: 2 },
    ...{ wordLengths: '1 to 2', stemmer: 'porter', stopWords: 'keep', characterLengths: 'none' },
    ...{ weighting: 'presence', inverseDocumentFrequency: false, normalise: true },
  });
  const characters = featuresSchema.parse({ blocks: [{ kind: 'characters' }] });
  t.deepEqual(parametersOf({ model: { algorithm: 'bayes', features: characters } }), {
    ...{ algorithm: 'bayes', tokenizer: 'words', minimumTexts: 2, wordLengths: 'none', characterLengths: '2 to 4' },
    ...{ weighting: 'logarithmic', inverseDocumentFrequency: false, normalise: true },
  });
});

test('what a candidate does not say is as in the stage, but for what only another profile or algorithm has', (t) => {
  const stage = modelSettings.parse({
    profile: 'semantic',
    descriptions: { praise: 'is happy' },
    seed: 3,
    threshold: 0.4,
  });
  t.deepEqual(
    settingsOf(stage, { model: { algorithm: 'bayes', features: words } }),
    modelSettings.parse({ seed: 3, threshold: 0.4, algorithm: 'bayes', features: words }),
  );
});
