import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import { execa } from 'execa';
import { extract, type Header } from 'tar-stream';
import { releaseManifestSchema } from '../../bootstrap/release.ts';
import { packRelease } from '../../releases/pack.ts';
import { checkoutSources, type ReleaseSources } from '../../releases/sources.ts';
import { writeSmallArtifact } from './small-artifact.ts';

const test = anyTest as TestFn<{ folder: string }>;

test.beforeEach(async (t) => {
  t.context.folder = await mkdtemp(join(tmpdir(), 'release-'));
});

test.afterEach.always((t) => rm(t.context.folder, { recursive: true, force: true }));

/** The head of a Linux program for x86-64, and something that is not the same all over. */
const runtime = Buffer.concat([
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 62, 0]),
  createHash('sha512').update('runtime').digest(),
]);

/** Small programs, a template and a real small model below the folder of the test. */
async function sourcesOf(folder: string): Promise<ReleaseSources & { artifact: string }> {
  const at = (path: string) => join(folder, path);
  await mkdir(at('templates/nginx'), { recursive: true });
  await writeFile(at('node'), runtime);
  await writeFile(at('service.ts'), "console.log('service' as string);\n");
  await writeFile(at('bootstrap.ts'), "console.log('bootstrap' as string);\n");
  await writeFile(at('templates/unit.njk'), 'unit\n');
  await writeFile(at('templates/nginx/site.njk'), 'site\n');
  await writeSmallArtifact(at('artifact'));
  return {
    root: folder,
    runtime: at('node'),
    service: at('service.ts'),
    bootstrap: at('bootstrap.ts'),
    templates: at('templates'),
    artifact: at('artifact'),
  };
}

async function pack(t: ExecutionContext<{ folder: string }>, folder = t.context.folder) {
  const { artifact, ...sources } = await sourcesOf(folder);
  return packRelease({ artifact, sources, output: join(folder, 'releases'), cache: join(t.context.folder, 'cache') });
}

async function entriesOf(path: string): Promise<{ header: Header; content: string }[]> {
  const entries = [];
  const unpacked = extract();
  unpacked.end(gunzipSync(await readFile(path)));
  for await (const entry of unpacked) entries.push({ header: entry.header, content: await text(entry) });
  return entries;
}

const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');

test('holds runtime, service, bootstrap and model, in order and as nobody in particular', async (t) => {
  const packed = await pack(t);
  const entries = await entriesOf(packed.path);
  t.deepEqual(
    entries.map(({ header: { name, mode, uid, gid, uname, gname, mtime } }) => ({
      ...{ name, mode, uid, gid, uname, gname },
      mtime: mtime?.toISOString(),
    })),
    [
      ['app/service.mjs', 0o644],
      ['artifact/SHA256SUMS', 0o644],
      ['artifact/manifest.json', 0o644],
      ['artifact/weights.bin', 0o644],
      ['bin/node', 0o755],
      ['bootstrap/bootstrap.mjs', 0o644],
      ['bootstrap/templates/nginx/site.njk', 0o644],
      ['bootstrap/templates/unit.njk', 0o644],
      ['release.json', 0o644],
    ].map(([name, mode]) => ({ name, mode, uid: 0, gid: 0, uname: '', gname: '', mtime: '2000-01-01T00:00:00.000Z' })),
  );
});

test('states its versions and the checksum of each file', async (t) => {
  const { folder } = t.context;
  const packed = await pack(t);
  const entries = await entriesOf(packed.path);
  const manifest = JSON.parse(entries.at(-1)?.content ?? '');
  const model = JSON.parse(await readFile(join(folder, 'artifact/manifest.json'), 'utf8'));
  const { files, ...versions } = manifest;
  t.deepEqual(versions, { format: 1, node: process.versions.node, model: model.version });
  t.deepEqual(
    Object.keys(files),
    entries.slice(0, -1).map(({ header }) => header.name),
  );
  t.is(files['bin/node'], sha256(runtime));
  t.is(files['bootstrap/templates/unit.njk'], sha256('unit\n'));
});

test('is named by its content', async (t) => {
  const packed = await pack(t);
  const content = await readFile(packed.path);
  t.is(packed.sha256, sha256(content));
  t.is(packed.size, content.length);
  t.is(basename(packed.path), `${packed.sha256.slice(0, 16)}.tar.gz`);
  t.deepEqual(await readdir(join(t.context.folder, 'releases')), [basename(packed.path)]);
});

test('the same sources give the same bytes elsewhere, later, and without the cache', async (t) => {
  const { folder } = t.context;
  const first = await pack(t);
  const elsewhere = join(folder, 'elsewhere');
  await mkdir(elsewhere);
  const { artifact, ...sources } = await sourcesOf(elsewhere);
  await utimes(sources.service, 1, 1);
  const second = await packRelease({ artifact, sources, output: elsewhere, cache: join(folder, 'another cache') });
  t.is(second.sha256, first.sha256);
});

test('another line in the service is another release, with the runtime from the cache', async (t) => {
  const { folder } = t.context;
  const first = await pack(t);
  const { artifact, ...sources } = await sourcesOf(folder);
  await writeFile(sources.service, "console.log('another service');\n");
  const [member = ''] = await readdir(join(folder, 'cache'));
  const before = await stat(join(folder, 'cache', member));
  const second = await packRelease({
    artifact,
    sources,
    output: join(folder, 'releases'),
    cache: join(folder, 'cache'),
  });
  t.not(second.sha256, first.sha256);
  t.is((await stat(join(folder, 'cache', member))).mtimeMs, before.mtimeMs);
  t.is((await readdir(join(folder, 'cache'))).length, 1);
});

test('a runtime that the disk spoiled in the cache is compressed again', async (t) => {
  const cache = join(t.context.folder, 'cache');
  const first = await pack(t);
  const [member = ''] = await readdir(cache);
  const spoiled = await readFile(join(cache, member));
  spoiled.writeUInt8(spoiled.readUInt8(80) ^ 1, 80);
  await writeFile(join(cache, member), spoiled);
  t.is((await pack(t)).sha256, first.sha256);
});

test('unpacks with tar, and the programs in it run', async (t) => {
  const { folder } = t.context;
  const packed = await pack(t);
  const unpacked = join(folder, 'unpacked');
  await mkdir(unpacked);
  const { all } = await execa('tar', ['--extract', '--gzip', '--file', packed.path, '--directory', unpacked], {
    all: true,
  });
  t.is(all, '');
  const { stdout } = await execa(process.execPath, [join(unpacked, 'app/service.mjs')]);
  t.is(stdout, 'service');
  const manifest = releaseManifestSchema.parse(JSON.parse(await readFile(join(unpacked, 'release.json'), 'utf8')));
  for (const [path, checksum] of Object.entries(manifest.files)) {
    t.is(sha256(await readFile(join(unpacked, path))), checksum, path);
  }
});

test('a model with a flipped byte is refused, and nothing is written', async (t) => {
  const { folder } = t.context;
  const { artifact, ...sources } = await sourcesOf(folder);
  const weights = await readFile(join(artifact, 'weights.bin'));
  weights.writeUInt8(weights.readUInt8(100) ^ 1, 100);
  await writeFile(join(artifact, 'weights.bin'), weights);
  const packing = packRelease({ artifact, sources, output: join(folder, 'releases'), cache: join(folder, 'cache') });
  await t.throwsAsync(packing, { message: /weights\.bin: expected SHA-256 [0-9a-f]{64}, got [0-9a-f]{64}/ });
  t.false((await readdir(folder)).includes('releases'));
});

test('a runtime for another machine is refused', async (t) => {
  const { folder } = t.context;
  const { artifact, ...sources } = await sourcesOf(folder);
  const arm = Buffer.from(runtime);
  arm.writeUInt16LE(183, 18);
  await writeFile(sources.runtime, arm);
  await t.throwsAsync(packRelease({ artifact, sources, output: folder, cache: folder }), {
    message: `${sources.runtime}: expected a Linux program for x86-64. Pack releases on Linux x86-64.`,
  });
});

test('a runtime that is not installed is named', async (t) => {
  const { folder } = t.context;
  const { artifact, ...sources } = await sourcesOf(folder);
  await t.throwsAsync(
    packRelease({ artifact, sources: { ...sources, runtime: '/none' }, output: folder, cache: folder }),
    {
      message: '/none: expected the Node runtime, found no file. Run `npm ci`.',
    },
  );
});

test('a release that is too large is refused', async (t) => {
  const { folder } = t.context;
  const { artifact, ...sources } = await sourcesOf(folder);
  await writeFile(sources.runtime, Buffer.concat([runtime, randomBytes(60_000_000)]));
  const packing = packRelease({ artifact, sources, output: join(folder, 'releases'), cache: join(folder, 'cache') });
  await t.throwsAsync(packing, {
    message: /^The release has 6\d{7} bytes, at most 60000000 are allowed: train a smaller model\.$/,
  });
  t.false((await readdir(folder)).includes('releases'));
});

test('the programs of this checkout bundle to what runs without any package', async (t) => {
  const { folder } = t.context;
  const { artifact, runtime: node } = await sourcesOf(folder);
  const packed = await packRelease({
    artifact,
    sources: { ...checkoutSources, runtime: node },
    output: folder,
    cache: folder,
  });
  const unpacked = join(folder, 'unpacked');
  await mkdir(unpacked);
  await execa('tar', ['-xzf', packed.path, '-C', unpacked]);
  const run = (path: string, argv: string[] = [], env = {}) =>
    execa(process.execPath, [join(unpacked, path), ...argv], { all: true, reject: false, cwd: '/', env });
  const help = await run('bootstrap/bootstrap.mjs', ['converge', '--help']);
  t.regex(help.all, /^Usage: bootstrap converge \[options\]\n/);
  const service = await run('app/service.mjs', [], { PORT: 'none' });
  t.regex(service.all, /PORT: expected a whole number/);
});
