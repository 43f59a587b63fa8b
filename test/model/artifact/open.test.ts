import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { checksumLines } from '../../../model/artifact/checksums.ts';
import { openArtifact, readManifest } from '../../../model/artifact/open.ts';
import { type Artifact, writeArtifact } from '../../../model/artifact/write.ts';
import { strangeTexts } from '../texts.ts';
import { datasetOf, smallSources, trainSmall } from '../trained.ts';

const small = trainSmall();

const smallWithGolden = (texts: string[]) => ({
  ...smallSources,
  golden: datasetOf(texts.map((text, line) => ({ text, intent: 'unknown', line }))),
});

async function written(t: ExecutionContext): Promise<{ folder: string; artifact: Artifact }> {
  const parent = await mkdtemp(join(tmpdir(), 'artifact-'));
  t.teardown(() => rm(parent, { recursive: true }));
  const artifact = await small;
  const folder = join(parent, 'model');
  writeArtifact(artifact, folder);
  return { folder, artifact };
}

async function refused(t: ExecutionContext, folder: string, message: RegExp): Promise<void> {
  await t.throwsAsync(openArtifact(folder), { name: 'ArtifactError', message });
}

// Writes a file and the checksums that fit it: what someone does who edits an artifact on purpose.
async function forge(folder: string, manifest: object): Promise<void> {
  const text = JSON.stringify(manifest);
  const weights = await readFile(join(folder, 'weights.bin'));
  await writeFile(join(folder, 'manifest.json'), text);
  await writeFile(join(folder, 'SHA256SUMS'), checksumLines({ 'manifest.json': text, 'weights.bin': weights }));
}

test('an artifact is three files, and opens', async (t) => {
  const { folder, artifact } = await written(t);
  t.deepEqual((await readdir(folder)).sort(), ['SHA256SUMS', 'manifest.json', 'weights.bin']);
  t.deepEqual((await openArtifact(folder)).manifest, artifact.manifest);
  t.deepEqual(await readManifest(folder), artifact.manifest);
});

test('writing again replaces the whole folder, with a slash at its end or without, and leaves nothing beside it', async (t) => {
  const { folder, artifact } = await written(t);
  await rm(join(folder, 'weights.bin'));
  writeArtifact(artifact, `${folder}/`);
  t.deepEqual((await readdir(folder)).sort(), ['SHA256SUMS', 'manifest.json', 'weights.bin']);
  t.deepEqual(await readdir(join(folder, '..')), ['model']);
});

test('a folder that holds anything else is left alone', async (t) => {
  const { folder, artifact } = await written(t);
  await writeFile(join(folder, 'notes.txt'), 'mine');
  t.throws(() => writeArtifact(artifact, folder), {
    name: 'ArtifactError',
    message: `${folder}: expected an artifact's folder, an empty one or none, got one with notes.txt in it; name another folder`,
  });
  t.is(await readFile(join(folder, 'notes.txt'), 'utf8'), 'mine');
  t.deepEqual(await readdir(join(folder, '..')), ['model']);
});

test('a file is no folder to write to', async (t) => {
  const { folder, artifact } = await written(t);
  t.throws(() => writeArtifact(artifact, join(folder, 'manifest.json')), {
    message: /cannot be an artifact's folder \(ENOTDIR\)/,
  });
});

test('a flipped byte is refused, wherever it is', async (t) => {
  for (const file of ['weights.bin', 'manifest.json', 'SHA256SUMS']) {
    const { folder } = await written(t);
    const path = join(folder, file);
    const content = await readFile(path);
    const middle = Math.floor(content.length / 2);
    content[middle] = (content[middle] as number) ^ 1;
    await writeFile(path, content);
    await refused(t, folder, /expected (SHA-256|a checksum)/);
  }
});

test('a truncated file is refused', async (t) => {
  const { folder } = await written(t);
  await truncate(join(folder, 'weights.bin'), 1000);
  await refused(
    t,
    folder,
    /weights\.bin: expected SHA-256 [0-9a-f]{64}, got [0-9a-f]{64}: it was altered or cut short/,
  );
});

test('a missing file or folder is named', async (t) => {
  const { folder } = await written(t);
  await rm(join(folder, 'weights.bin'));
  await refused(t, folder, /model\/weights\.bin: cannot be read \(ENOENT\)/);
  await refused(t, join(folder, 'nowhere'), /nowhere\/SHA256SUMS: cannot be read \(ENOENT\); is this an artifact\?/);
});

test('a newer format is refused with what to do', async (t) => {
  const { folder, artifact } = await written(t);
  await forge(folder, { ...artifact.manifest, format: 2, news: true });
  await refused(
    t,
    folder,
    /manifest\.json: has format 2, and this version reads up to 1; update the service or train again/,
  );
});

test('a manifest that does not fit its weights is refused', async (t) => {
  const { folder, artifact } = await written(t);
  await forge(folder, { ...artifact.manifest, labels: ['one', 'two'] });
  await refused(
    t,
    folder,
    /weights\.bin: weights: expected member0\.bias to be 2 of Float32Array, found 4 of Float32Array/,
  );
});

test('a manifest that points beyond the file is refused', async (t) => {
  const { folder, artifact } = await written(t);
  const { weights } = artifact.manifest;
  const tensors = weights.tensors.map((tensor) => ({ ...tensor, length: 10_000_000 }));
  await forge(folder, { ...artifact.manifest, weights: { ...weights, tensors } });
  await refused(t, folder, /expected hashes to end by byte \d+, but it ends at 40000000/);
});

test('a manifest that is no manifest is refused with the place', async (t) => {
  const { folder, artifact } = await written(t);
  await forge(folder, { ...artifact.manifest, threshold: { value: 7, rule: '' } });
  await refused(t, folder, /threshold\.value: expected at most 1, got 7/);
});

test('a manifest with too few temperatures is refused, not answered with NaN', async (t) => {
  const { folder, artifact } = await written(t);
  await forge(folder, { ...artifact.manifest, calibration: { members: [], mixture: 1 } });
  await refused(t, folder, /calibration\.members: expected a temperature for each member, got \[/);
});

test('any text gets an answer: calibrated shares of 1, best first', async (t) => {
  const { folder } = await written(t);
  const { predict } = await openArtifact(folder);
  for (const text of strangeTexts(300, 21)) {
    const { confidence, alternatives } = predict(text, { top: 99 });
    const sum = alternatives.reduce((total, guess) => total + guess.confidence, 0);
    t.true(Math.abs(sum - 1) < 1e-9);
    t.is(alternatives[0]?.confidence, confidence);
    t.true(alternatives.every((guess, at) => guess.confidence <= (alternatives[at - 1]?.confidence ?? 1)));
  }
});

test('a text without any known feature is unknown, with guesses, whatever the threshold', async (t) => {
  const { manifest } = await trainSmall({ threshold: 0 }, smallWithGolden(['', '   ', 'ΨΩ', '😀']));
  t.deepEqual(manifest.golden, { texts: 4, failures: [] });
});

test('three guesses unless more or fewer are asked for', async (t) => {
  const { folder } = await written(t);
  const { predict } = await openArtifact(folder);
  t.deepEqual(
    [undefined, { top: 1 }, { top: 2 }, { top: 50 }].map((options) => predict('hello', options).alternatives.length),
    [3, 1, 2, 4],
  );
});
