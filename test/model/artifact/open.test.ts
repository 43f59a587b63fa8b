import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { checksumLines } from '../../../model/artifact/checksums.ts';
import { openArtifact, readManifest } from '../../../model/artifact/open.ts';
import { type Artifact, writeArtifact } from '../../../model/artifact/write.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { strangeTexts } from '../texts.ts';
import { datasetOf, openSmall, smallSplits, trainSmall } from '../trained.ts';

const small = trainSmall();

async function written(t: ExecutionContext): Promise<{ folder: string; artifact: Artifact }> {
  const artifact = await small;
  const folder = join(await temporaryFolder(t), 'model');
  writeArtifact(artifact, folder);
  return { folder, artifact };
}

async function refuses(t: ExecutionContext, folder: string, message: RegExp): Promise<void> {
  await t.throwsAsync(openArtifact(folder), { name: 'ArtifactError', message });
}

// Replaces the manifest and makes the checksums fit it.
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

test('writing again replaces the whole folder, named with a slash or without, and leaves nothing beside it', async (t) => {
  const { folder, artifact } = await written(t);
  await rm(join(folder, 'weights.bin'));
  writeArtifact(artifact, `${folder}/`);
  t.deepEqual((await readdir(folder)).sort(), ['SHA256SUMS', 'manifest.json', 'weights.bin']);
  t.deepEqual(await readdir(join(folder, '..')), ['model']);
});

test('refuses to replace a folder that holds anything else', async (t) => {
  const { folder, artifact } = await written(t);
  await writeFile(join(folder, 'notes.txt'), 'mine');
  t.throws(() => writeArtifact(artifact, folder), {
    name: 'ArtifactError',
    message: `${folder}: expected an artifact's folder, an empty one or none, got one with notes.txt in it; name another folder`,
  });
  t.is(await readFile(join(folder, 'notes.txt'), 'utf8'), 'mine');
  t.deepEqual(await readdir(join(folder, '..')), ['model']);
});

test('refuses to write to a file', async (t) => {
  const { folder, artifact } = await written(t);
  t.throws(() => writeArtifact(artifact, join(folder, 'manifest.json')), {
    message: /cannot be an artifact's folder \(ENOTDIR\)/,
  });
});

test('refuses a flipped bit in any file', async (t) => {
  for (const file of ['weights.bin', 'manifest.json', 'SHA256SUMS']) {
    const { folder } = await written(t);
    const path = join(folder, file);
    const content = await readFile(path);
    const middle = Math.floor(content.length / 2);
    content[middle] = (content[middle] as number) ^ 1;
    await writeFile(path, content);
    await refuses(t, folder, /expected (SHA-256|a checksum)/);
  }
});

test('refuses a truncated file', async (t) => {
  const { folder } = await written(t);
  await truncate(join(folder, 'weights.bin'), 1000);
  await refuses(
    t,
    folder,
    /weights\.bin: expected SHA-256 [0-9a-f]{64}, got [0-9a-f]{64}: it was altered or cut short/,
  );
});

test('names a missing file or folder', async (t) => {
  const { folder } = await written(t);
  await rm(join(folder, 'weights.bin'));
  await refuses(t, folder, /model\/weights\.bin: cannot be read \(ENOENT\)/);
  await refuses(t, join(folder, 'nowhere'), /nowhere\/SHA256SUMS: cannot be read \(ENOENT\); is this an artifact\?/);
});

type Change = (manifest: Artifact['manifest']) => object;

const forgeries: [name: string, change: Change, message: RegExp][] = [
  [
    'a newer format, with what to do',
    () => ({ format: 2, news: true }),
    /manifest\.json: has format 2, and this version reads up to 1; update the service or train again/,
  ],
  [
    'a manifest that does not fit its weights',
    () => ({ labels: ['one', 'two'] }),
    /weights\.bin: weights: expected member0\.bias to be 2 of Float32Array, found 4 of Float32Array/,
  ],
  [
    'a manifest that points beyond the file',
    ({ weights }) => ({
      weights: { ...weights, tensors: weights.tensors.map((tensor) => ({ ...tensor, length: 10_000_000 })) },
    }),
    /expected hashes to end by byte \d+, but it ends at 40000000/,
  ],
  [
    'an invalid manifest, with the place',
    () => ({ threshold: { value: 7, rule: '' } }),
    /threshold\.value: expected at most 1, got 7/,
  ],
  [
    'a manifest with too few temperatures',
    () => ({ calibration: { members: [], mixture: 1 } }),
    /calibration\.members: expected a temperature for each member, got \[/,
  ],
];

for (const [name, change, message] of forgeries) {
  test(`refuses ${name}`, async (t) => {
    const { folder, artifact } = await written(t);
    await forge(folder, { ...artifact.manifest, ...change(artifact.manifest) });
    await refuses(t, folder, message);
  });
}

test('the confidences of any text add up to 1, best first', async (t) => {
  const { predict } = await openSmall(t);
  for (const text of strangeTexts(300, 21)) {
    const { confidence, alternatives } = predict(text, { top: 99 });
    const sum = alternatives.reduce((total, guess) => total + guess.confidence, 0);
    t.true(Math.abs(sum - 1) < 1e-9);
    t.is(alternatives[0]?.confidence, confidence);
    t.true(alternatives.every((guess, at) => guess.confidence <= (alternatives[at - 1]?.confidence ?? 1)));
  }
});

test('a text without a known feature is unknown, whatever the threshold', async (t) => {
  const golden = datasetOf(['', '   ', 'ΨΩ', '😀'].map((text, line) => ({ text, intent: 'unknown', line })));
  const { manifest } = await trainSmall({ threshold: 0 }, { ...smallSplits, golden });
  t.deepEqual(manifest.golden, { texts: 4, failures: [] });
});

test('an answer has three alternatives, or as many as the caller asks for', async (t) => {
  const { predict } = await openSmall(t);
  t.deepEqual(
    [undefined, { top: 1 }, { top: 2 }, { top: 50 }].map((options) => predict('hello', options).alternatives.length),
    [3, 1, 2, 4],
  );
});
