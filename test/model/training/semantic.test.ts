import { join } from 'node:path';
import test from 'ava';
import { createClassifier, openArtifact } from '../../../model/artifact/open.ts';
import { writeArtifact } from '../../../model/artifact/write.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { smallSet, strangeTexts } from '../texts.ts';
import { datasetOf, smallSplits, trainSemantic, trainSmall } from '../trained.ts';

test('an artifact with token vectors has a format of its own, opens, and predicts as training measured', async (t) => {
  const artifact = await trainSemantic();
  const folder = join(await temporaryFolder(t), 'model');
  writeArtifact(artifact, folder);
  const { manifest, predict } = await openArtifact(folder);
  t.deepEqual(manifest, artifact.manifest);
  t.like(manifest, {
    ...{ format: 4, profile: 'semantic', algorithm: 'mixture' },
    tokenVectors: { source: 'wordllama 0.4.0.post1', columns: 64 },
    members: [
      { kind: 'linear', precision: 'int8' },
      { kind: 'vector', precision: 'int8' },
    ],
  });
  t.is(manifest.calibration.weights?.length, 2);
  const right = smallSet.filter(({ text, intent }) => predict(text).alternatives[0]?.intent === intent);
  t.is(right.length / smallSet.length, manifest.metrics.accuracy);
  for (const text of strangeTexts(200, 6)) {
    const { confidence, alternatives } = predict(text, { top: 4 });
    t.true(confidence > 0 && confidence <= 1, text.slice(0, 40));
    t.true(Math.abs(alternatives.reduce((sum, guess) => sum + guess.confidence, 0) - 1) < 1e-9);
  }
});

test('the same data gives the same bytes', async (t) => {
  t.deepEqual((await trainSemantic()).files, (await trainSemantic()).files);
});

test('another profile has neither the format nor the arrays', async (t) => {
  const { manifest } = await trainSmall();
  t.is(manifest.format, 3);
  t.false('tokenVectors' in manifest || 'weights' in manifest.calibration);
});

test('a text of which only tokens are known is answered, and one without any token is unknown', async (t) => {
  const { predict } = createClassifier(await trainSemantic({ threshold: 0 }), 'small');
  t.not(predict('jjjj').intent, 'unknown');
  t.is(predict('').intent, 'unknown');
});

test('names and descriptions of intents are learned from, and are not held out', async (t) => {
  const { manifest, files } = await trainSemantic({ descriptions: { praise: 'bravissimo' } });
  t.is(manifest.reference?.texts, smallSet.length);
  t.is(manifest.data.train.rows, smallSet.length);
  const { predict } = createClassifier({ manifest, files }, 'small');
  t.is(predict('bravissimo').alternatives[0]?.intent, 'praise');
});

test('the mixture is chosen on validation texts, where there are some', async (t) => {
  const validation = datasetOf(smallSet.slice(0, 12));
  const { manifest } = await trainSemantic({}, { ...smallSplits, validation });
  t.is(manifest.reference?.texts, 12);
});
