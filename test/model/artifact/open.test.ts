import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import type { Artifact } from '../../../model/artifact/artifact.ts';
import { checksumLines } from '../../../model/artifact/checksums.ts';
import type { Manifest } from '../../../model/artifact/manifest.ts';
import { openArtifact } from '../../../model/artifact/open.ts';
import { writeArtifact } from '../../../model/artifact/write.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { strangeTexts } from '../texts.ts';
import { datasetOf, openSmall, smallSplits, trainSmall } from '../trained.ts';

const small = trainSmall();
const files = ['SHA256SUMS', 'manifest.json', 'weights.bin'];

async function written(t: ExecutionContext): Promise<{ folder: string; artifact: Artifact }> {
  const artifact = await small;
  const folder = join(await temporaryFolder(t), 'model');
  writeArtifact(artifact, folder);
  return { folder, artifact };
}

test('an artifact is three files that sha256sum can check, and opens', async (t) => {
  const { folder, artifact } = await written(t);
  t.deepEqual((await readdir(folder)).sort(), files);
  await t.notThrowsAsync(execa('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: folder }));
  t.deepEqual((await openArtifact(folder)).manifest, artifact.manifest);
});

test('writing again replaces the whole folder, named with a slash or without, and leaves nothing beside it', async (t) => {
  const { folder, artifact } = await written(t);
  await rm(join(folder, 'weights.bin'));
  writeArtifact(artifact, `${folder}/`);
  t.deepEqual((await readdir(folder)).sort(), files);
  t.deepEqual(await readdir(join(folder, '..')), ['model']);
});

test('refuses to replace a folder that holds anything else, or a file', async (t) => {
  const { folder, artifact } = await written(t);
  await writeFile(join(folder, 'notes.txt'), 'mine');
  t.throws(() => writeArtifact(artifact, folder), {
    name: 'ArtifactError',
    message: `${folder}: expected an artifact's folder, an empty one or none, got one with notes.txt in it; name another folder`,
  });
  t.throws(() => writeArtifact(artifact, join(folder, 'notes.txt')), {
    message: /cannot be an artifact's folder \(ENOTDIR\)/,
  });
  t.is(await readFile(join(folder, 'notes.txt'), 'utf8'), 'mine');
  t.deepEqual(await readdir(join(folder, '..')), ['model']);
});

type Damage = (folder: string, manifest: Manifest) => Promise<void>;

function flipBit(file: string): Damage {
  return async (folder) => {
    const content = await readFile(join(folder, file));
    const middle = Math.floor(content.length / 2);
    await writeFile(join(folder, file), content.fill((content[middle] as number) ^ 1, middle, middle + 1));
  };
}

// Changes the manifest and makes the checksums fit it.
function forge(change: (manifest: Manifest) => object): Damage {
  return async (folder, manifest) => {
    const text = JSON.stringify({ ...manifest, ...change(manifest) });
    const weights = await readFile(join(folder, 'weights.bin'));
    await writeFile(join(folder, 'manifest.json'), text);
    await writeFile(join(folder, 'SHA256SUMS'), checksumLines({ 'manifest.json': text, 'weights.bin': weights }));
  };
}

const refusals: [name: string, damage: Damage, message: RegExp][] = [
  [
    'a flipped bit in the weights',
    flipBit('weights.bin'),
    /model\/weights\.bin: expected SHA-256 [0-9a-f]{64}, got [0-9a-f]{64}: it was altered or cut short/,
  ],
  ['a flipped bit in the manifest', flipBit('manifest.json'), /manifest\.json: expected SHA-256/],
  ['a flipped bit in the checksums', flipBit('SHA256SUMS'), /expected (SHA-256|a checksum)/],
  [
    'checksums in another format',
    (folder) => writeFile(join(folder, 'SHA256SUMS'), `${'0'.repeat(64)} weights.bin\n`),
    /model\/SHA256SUMS: expected a checksum, two spaces and a name, got 0{64} weights\.bin; copy it again or train again/,
  ],
  [
    'a missing file',
    (folder) => rm(join(folder, 'weights.bin')),
    /model\/weights\.bin: cannot be read \(ENOENT\); is this an artifact\?/,
  ],
  [
    'a newer format, with what to do',
    forge(() => ({ format: 5, news: true })),
    /manifest\.json: expected an artifact of format 1 or 2 or 3 or 4, got format 5; update intent-fleet, or train again$/,
  ],
  [
    'a manifest that does not fit its weights',
    forge(() => ({ labels: ['one', 'two'], reference: null })),
    /weights\.bin: weights: expected member0\.bias to be 2 of Float32Array, found 4 of Float32Array/,
  ],
  [
    'a manifest that points beyond the file',
    forge(({ weights }) => ({
      weights: { ...weights, tensors: weights.tensors.map((tensor) => ({ ...tensor, length: 10_000_000 })) },
    })),
    /expected hashes to end by byte \d+, but it ends at 40000000/,
  ],
  [
    'an invalid manifest, with the place',
    forge(() => ({ threshold: { value: 7, rule: '' } })),
    /threshold\.value: expected at most 1, got 7/,
  ],
  [
    'a manifest with too few temperatures',
    forge(() => ({ calibration: { members: [], mixture: 1 } })),
    /calibration\.members: expected a temperature for each member, got \[/,
  ],
  [
    'a reference with the answers of another model',
    forge(({ labels }) => ({ labels: labels.with(0, 'other') })),
    /reference\.intents: expected the labels in their order, then unknown, got \[/,
  ],
  [
    'a reference that is none, with every place',
    forge(({ reference }) => ({ reference: { ...reference, texts: 0, confidences: [{ upTo: '1' }] } })),
    /reference\.texts: expected at least 1, got 0\n {2}reference\.confidences\.0\.upTo: expected a number, got "1"\n/,
  ],
];

for (const [name, damage, message] of refusals) {
  test(`refuses ${name}`, async (t) => {
    const { folder, artifact } = await written(t);
    await damage(folder, artifact.manifest);
    await t.throwsAsync(openArtifact(folder), { name: 'ArtifactError', message });
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
  const counts = [undefined, { top: 1 }, { top: 2 }, { top: 50 }].map(
    (options) => predict('hello', options).alternatives.length,
  );
  t.deepEqual(counts, [3, 1, 2, 4]);
});
