import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { readArtifact } from '../../../model/artifact/read.ts';
import { writeArtifact } from '../../../model/artifact/write.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { trainSmall } from '../trained.ts';

/** Two artifacts, the folder of one of them, and a read that puts the other in its place after each of the first `swaps` reads. */
async function swapped(t: ExecutionContext, swaps: number) {
  const one = await trainSmall();
  const two = await trainSmall({ threshold: 0.4 });
  const folder = join(await temporaryFolder(t), 'model');
  writeArtifact(one, folder);
  let reads = 0;
  const read = async (path: string) => {
    const content = await readFile(path);
    reads += 1;
    if (reads <= swaps) writeArtifact(reads % 2 === 1 ? two : one, folder);
    return content;
  };
  return { one, two, folder, read };
}

test('a folder is read as a whole', async (t) => {
  const { one, folder, read } = await swapped(t, 0);
  t.deepEqual(await readArtifact(folder, read), one);
});

test('a folder that a training replaces between two reads is read again', async (t) => {
  const { two, folder, read } = await swapped(t, 1);
  t.deepEqual(await readArtifact(folder, read), two);
});

test('a folder that is away during a read is read again', async (t) => {
  const { one, folder } = await swapped(t, 0);
  let reads = 0;
  const read = async (path: string) => {
    reads += 1;
    if (reads === 2) await rename(folder, `${folder}.old`);
    if (reads === 3) await rename(`${folder}.old`, folder);
    return readFile(path);
  };
  t.deepEqual(await readArtifact(folder, read), one);
  t.is(reads, 5);
});

test('a folder that is replaced again and again is refused, never mixed', async (t) => {
  const { folder, read } = await swapped(t, Number.POSITIVE_INFINITY);
  await t.throwsAsync(readArtifact(folder, read), {
    name: 'ArtifactError',
    message:
      /manifest\.json: expected SHA-256 [0-9a-f]{64}, got [0-9a-f]{64}: it was altered or cut short, or replaced while it was read; try again/,
  });
});
