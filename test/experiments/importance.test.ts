import test from 'ava';
import { importances } from '../../experiments/importance.ts';
import { ranked } from '../../experiments/tried.ts';
import { plainFeatures } from '../model/trained.ts';
import { tried } from './tried.ts';

test('a parameter that decides explains all, one that does not explains nothing', (t) => {
  const candidates = ranked(
    [1, 2].flatMap((minimumTexts) =>
      (['linear-svm', 'bayes'] as const).flatMap((algorithm) => {
        const model = { algorithm, features: { ...plainFeatures, minimumTexts } };
        const right = algorithm === 'bayes' ? 5 : 9;
        return [tried('one', [right], undefined, 1, model), tried('again', [right], undefined, 1, model)];
      }),
    ),
  );
  t.deepEqual(importances(candidates), [
    { parameter: 'algorithm', values: 2, share: 1 },
    { parameter: 'minimumTexts', values: 2, share: 0 },
  ]);
});

test('of a cost, the direction counts', (t) => {
  const candidates = ranked([1, 2, 4, 8].map((cost, at) => tried('one', [5 + at], undefined, 1, { cost })));
  const [importance, ...others] = importances(candidates);
  t.deepEqual(others, []);
  t.deepEqual([importance?.parameter, importance?.values], ['cost', 4]);
  t.true((importance?.share ?? 0) > 0.999);
});

test('equal accuracies and candidates without a fold are explained by nothing', (t) => {
  const models = [{ algorithm: 'bayes' as const }, {}, {}];
  t.deepEqual(importances(ranked(models.map((model) => tried('one', [5], undefined, 1, model)))), [
    { parameter: 'algorithm', values: 2, share: 0 },
  ]);
  t.deepEqual(importances(ranked([tried('one', [], { outcome: 'refused', reason: '' })])), []);
});

test('two values of a cost explain nothing yet, and who was stopped does not count', (t) => {
  const two = [1, 2].map((cost) => tried('one', [4 + cost], undefined, 1, { cost }));
  const stopped = tried('stopped', [1], { outcome: 'stopped', reason: '' }, 1, { algorithm: 'bayes' });
  t.deepEqual(importances(ranked([...two, stopped])), [{ parameter: 'cost', values: 2, share: 0 }]);
});
