import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { endMember, gzipMember, tarBlocks } from '../../releases/archive.ts';
import { releaseEntry } from '../../releases/files.ts';
import { readArchive, unpackArchive } from '../../releases/unpack.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Large: more than the chunks that zlib and streams hand on.
const contents = {
  'a/large': Buffer.alloc(100_000, 'large'),
  'a/b/small': Buffer.from('small'),
  empty: Buffer.alloc(0),
};

async function pack(): Promise<Buffer> {
  const files = Object.entries(contents).map(([path, content]) =>
    releaseEntry(path, content, { executable: path === 'empty' }),
  );
  const members = files.map(async (file) => gzipMember(await tarBlocks([file])));
  return Buffer.concat([...(await Promise.all(members)), await endMember()]);
}

test('the files below a path are read, of any gzip member', async (t) => {
  const archive = await pack();
  t.deepEqual(Object.fromEntries(await readArchive(archive, '')), contents);
  const { 'a/large': large, 'a/b/small': small } = contents;
  t.deepEqual(Object.fromEntries(await readArchive(archive, 'a/')), { large, 'b/small': small });
  t.deepEqual(await readArchive(archive, 'c/'), new Map());
});

test('an archive is unpacked with its folders and modes', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'archive'), await pack());
  await unpackArchive(join(folder, 'archive'), join(folder, 'unpacked'));
  for (const [path, content] of Object.entries(contents)) {
    const file = join(folder, 'unpacked', path);
    t.deepEqual(await readFile(file), content);
    t.is((await stat(file)).mode & 0o777, path === 'empty' ? 0o755 : 0o644);
  }
});

test('an archive that is cut short, or none, is refused', async (t) => {
  const archive = await pack();
  await t.throwsAsync(readArchive(archive.subarray(0, 200), ''), { message: 'unexpected end of file' });
  await t.throwsAsync(readArchive(Buffer.from('<html>'), ''), { message: 'incorrect header check' });
  await t.throwsAsync(readArchive(await gzipMember(Buffer.alloc(512, 'x')), ''), { message: /Invalid tar header/ });
  const folder = await temporaryFolder(t);
  await t.throwsAsync(unpackArchive(join(folder, 'none'), join(folder, 'unpacked')), { code: 'ENOENT' });
  t.deepEqual(await readdir(folder), []);
});
