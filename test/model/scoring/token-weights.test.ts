import test from 'ava';
import { createClassifier } from '../../../model/artifact/open.ts';
import { wordsOfToken } from '../../../model/scoring/token-weights.ts';
import { trainSemantic } from '../trained.ts';

const artifact = await trainSemantic();
const { explain } = createClassifier(artifact, 'small');

test('tokens are explained beside features, and their effects on all intents add up to zero', (t) => {
  const { towards, against } = explain('xj', 'praise');
  t.deepEqual([...towards, ...against].map(({ feature }) => feature).sort(), ['token: j', 'token: ▁x']);
  const sum = artifact.manifest.labels
    .map((label) => explain('xj', label))
    .flatMap((explained) => [...explained.towards, ...explained.against])
    .reduce((total, { weight }) => total + weight, 0);
  t.true(Math.abs(sum) < 1e-9);
});

test('words have the shares of their tokens', (t) => {
  const { towards, against, words } = explain('Xj xj', 'praise');
  const total = [...towards, ...against].reduce((sum, { weight }) => sum + weight, 0);
  t.deepEqual(
    words.map(({ word }) => word),
    ['xj', 'xj'],
  );
  t.true(Math.abs(words.reduce((sum, { weight }) => sum + weight, 0) - total) < 1e-9);
  t.true(Math.abs((words[0]?.weight ?? 0) - (words[1]?.weight ?? 0)) < 1e-9);
});

test('a token belongs to the words inside its own word', (t) => {
  const words = ['pin', '?', 'my', 'pin'].map((word) => ({ word, weight: 0 }));
  const tokens = [
    { id: 1, start: -1, end: 4 },
    { id: 2, start: 4, end: 7 },
    { id: 3, start: 7, end: 11 },
  ];
  t.deepEqual(wordsOfToken(words, tokens, 'Pin? my pin'), [[words[0], words[1]], [words[2]], [words[3]]] as object[]);
});
