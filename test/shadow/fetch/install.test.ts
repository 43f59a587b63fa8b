import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import test, { type ExecutionContext } from 'ava';
import { readCurrent } from '../../../shadow/current.ts';
import { type InstallProps, install, uninstall } from '../../../shadow/fetch/install.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type Archive, packArchive } from './archive.ts';

const releases = 'https://bucket.s3.eu-central-1.amazonaws.com/releases';

/** A folder of releases, and a bucket with archives. */
async function given(t: ExecutionContext, ...archives: Archive[]) {
  const folder = await temporaryFolder(t);
  const reads: string[] = [];
  const read = async (key: string) => {
    reads.push(key);
    const found = archives.find((archive) => archive.key === key);
    if (!found) throw new Error('NoSuchKey');
    // In pieces, as a network brings them.
    const pieces = [found.content.subarray(0, 40), found.content.subarray(40)];
    return Readable.from(pieces) as unknown as IncomingMessage;
  };
  const state = async () => ({ files: (await readdir(folder)).sort(), current: await readCurrent(folder) });
  const props: InstallProps = { folder, releases, bucket: { read }, isWanted: async () => true };
  return { folder, reads, props, state };
}

const pack = (t: ExecutionContext, text: string) =>
  packArchive(t, releases, { 'release.json': text, 'app/service.mjs': `// ${text}\n` });

test('a release is fetched once, unpacked, and then the current one; the one before goes', async (t) => {
  const [first, second] = [await pack(t, 'first'), await pack(t, 'second')];
  const { folder, reads, props, state } = await given(t, first, second);
  const { release } = first.wanted;
  await install(props, first.wanted);
  t.deepEqual(await state(), { files: [release, 'current.json'].sort(), current: { release } });
  t.is(await readFile(join(folder, release, 'app/service.mjs'), 'utf8'), '// first\n');
  await install(props, first.wanted);
  t.deepEqual(reads, [first.key]);
  await install(props, second.wanted);
  const { release: next } = second.wanted;
  t.deepEqual(await state(), { files: [next, 'current.json'].sort(), current: { release: next } });
});

test('a release that is not wanted any more when it has been fetched does not run', async (t) => {
  const archive = await pack(t, 'first');
  const { props, state } = await given(t, archive);
  await install({ ...props, isWanted: async ({ release }) => release !== archive.wanted.release }, archive.wanted);
  t.is((await state()).current, undefined);
});

test('where there is no shadow any more, nothing of it is left', async (t) => {
  const archive = await pack(t, 'first');
  const { folder, props, state } = await given(t, archive);
  await install(props, archive.wanted);
  await mkdir(join(folder, '.partial'));
  await uninstall({ folder });
  t.deepEqual(await state(), { files: [], current: undefined });
});

test('what is not what was expected is never unpacked, and the one before, which is not wanted any more, has ended', async (t) => {
  const [first, second] = [await pack(t, 'first'), await pack(t, 'second')];
  const damaged = { ...second, content: Buffer.concat([second.content.subarray(0, -1), Buffer.from([7])]) };
  const truncated = { ...second, content: second.content.subarray(0, 60) };
  for (const archive of [damaged, truncated]) {
    const { props, state } = await given(t, first, archive);
    await install(props, first.wanted);
    await t.throwsAsync(install(props, second.wanted), {
      message: /^the archive: expected the SHA-256 [0-9a-f]{64}, got [0-9a-f]{64} of \d+ bytes$/,
    });
    t.deepEqual(await state(), { files: [], current: undefined });
  }
});

test('an archive anywhere else than in the bucket of the stage is refused before anything is sent', async (t) => {
  const archive = await pack(t, 'first');
  const { reads, props, state } = await given(t, archive);
  const others = [
    `https://evil.example.com/releases/${archive.key}`,
    `${releases}.evil.example.com/${archive.key}`,
    `${releases}/../secrets/${archive.key}`,
    `${releases}/a/${archive.key}`,
    `${releases}/`,
    `${releases}/x?versionId=1`,
  ];
  for (const url of others) {
    const message = `expected an archive below ${releases}/, got ${url}`;
    await t.throwsAsync(install(props, { ...archive.wanted, url }), { message });
  }
  t.deepEqual([reads, await state()], [[], { files: [], current: undefined }]);
});

test('what an interrupted fetch has left is not used', async (t) => {
  const archive = await pack(t, 'first');
  const { folder, props, state } = await given(t, archive);
  await mkdir(join(folder, '.partial/files'), { recursive: true });
  await writeFile(join(folder, '.partial/release.tar.gz'), archive.content.subarray(0, 20));
  await writeFile(join(folder, '.partial/files/release.json'), 'half');
  const { release } = archive.wanted;
  await install(props, archive.wanted);
  t.deepEqual(await state(), { files: [release, 'current.json'].sort(), current: { release } });
  t.is(await readFile(join(folder, release, 'release.json'), 'utf8'), 'first');
});

test('an archive that is none leaves nothing', async (t) => {
  const archive = await pack(t, 'first');
  const { props, state } = await given(t, archive);
  const { sha256 } = await import('../../../common/checksum.ts');
  const content = Buffer.from('no archive');
  const rubbish = { ...archive, content };
  const other = await given(t, rubbish);
  const wanted = { ...archive.wanted, sha256: sha256(content) };
  await t.throwsAsync(install(other.props, wanted), { message: /^Command failed: tar / });
  t.deepEqual(await other.state(), { files: [], current: undefined });
  await t.throwsAsync(install(props, { ...archive.wanted, url: `${releases}/missing.tar.gz` }), {
    message: 'NoSuchKey',
  });
  t.deepEqual(await state(), { files: [], current: undefined });
});
