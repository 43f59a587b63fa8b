import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { extract, type Header } from 'tar-stream';
import { openServiceRelease, releaseManifestSchema } from '../../bootstrap/release.ts';
import { sha256 } from '../../common/checksum.ts';
import { checkoutFolder } from '../../common/paths.ts';
import type { ArtifactFiles } from '../../model/artifact/artifact.ts';
import { manifestFile } from '../../model/artifact/checksums.ts';
import { createClassifier } from '../../model/artifact/open.ts';
import { readArtifact, verifyArtifact } from '../../model/artifact/read.ts';
import { type PackOptions, packMonitoring, packRelease } from '../../releases/pack.ts';
import { checkoutSources } from '../../releases/sources.ts';
import { tryService } from '../../releases/trial-service.ts';
import { readArchive } from '../../releases/unpack.ts';
import { answers, formatOne } from '../model/artifact/format-1.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { smallArtifact } from './small-artifact.ts';

/** The header of a Linux program for x86-64, and bytes that do not compress to nothing. */
const runtime = Buffer.concat([
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 62, 0]),
  createHash('sha512').update('runtime').digest(),
]);

const artifact = await smallArtifact();

/** How a program is started that waits most of the time. */
const waiting = {
  options: [
    '--jitless',
    '--no-node-snapshot',
    '--single-threaded',
    '--expose-gc',
    '--max-semi-space-size=1',
    '--max-old-space-size=32',
  ],
  environment: { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '65536', UV_THREADPOOL_SIZE: '2' },
};

/** Small programs and a template below a folder, and a function that packs them with a real small model. */
async function sourcesIn(folder: string) {
  const at = (path: string) => join(folder, path);
  await mkdir(at('templates/nginx'), { recursive: true });
  await writeFile(at('node'), runtime);
  await writeFile(at('service.ts'), "console.log('service' as string);\n");
  await writeFile(at('bootstrap.ts'), "console.log('bootstrap' as string);\n");
  await writeFile(at('shipper.ts'), "console.log('shipper' as string);\n");
  await writeFile(at('keys.ts'), "console.log('keys' as string);\n");
  await writeFile(at('feedback.ts'), "console.log('feedback' as string);\n");
  await writeFile(at('shadow-fetch.ts'), "console.log('shadow-fetch' as string);\n");
  await writeFile(at('shadow.ts'), "console.log('shadow' as string);\n");
  await writeFile(at('templates/unit.njk'), 'unit\n');
  await writeFile(at('templates/nginx/site.njk'), 'site\n');
  await mkdir(at('node_modules/library'), { recursive: true });
  await writeFile(at('node_modules/library/library.css'), 'a {}\n');
  const sources = {
    root: folder,
    runtime: at('node'),
    service: at('service.ts'),
    bootstrap: at('bootstrap.ts'),
    shipper: at('shipper.ts'),
    keys: at('keys.ts'),
    feedback: at('feedback.ts'),
    shadowFetch: at('shadow-fetch.ts'),
    shadow: at('shadow.ts'),
    templates: at('templates'),
    packageFiles: ['library/library.css'],
  };
  const places = { artifact, output: at('releases'), cache: at('cache') };
  const pack = (options: Partial<PackOptions> = {}) => packRelease({ ...places, sources, ...options });
  return { at, sources, pack };
}

async function packed(t: ExecutionContext) {
  const { at, sources, pack } = await sourcesIn(await temporaryFolder(t));
  return { at, sources, pack, release: await pack() };
}

async function entriesOf(path: string): Promise<{ header: Header; content: string }[]> {
  const entries = [];
  const unpacked = extract();
  unpacked.end(gunzipSync(await readFile(path)));
  for await (const entry of unpacked) entries.push({ header: entry.header, content: await text(entry) });
  return entries;
}

async function unpack(path: string, folder: string): Promise<void> {
  await mkdir(folder);
  await execa('tar', ['--extract', '--gzip', '--file', path, '--directory', folder]);
}

async function flipByte(file: string, offset: number): Promise<void> {
  const content = await readFile(file);
  content.writeUInt8(content.readUInt8(offset) ^ 1, offset);
  await writeFile(file, content);
}

test('a release holds runtime, service with what it reads, bootstrap, shipper and model in order, without owner and time', async (t) => {
  const { release } = await packed(t);
  const modes = {
    'app/node_modules/library/library.css': 0o644,
    'app/service.mjs': 0o644,
    'artifact/SHA256SUMS': 0o644,
    'artifact/manifest.json': 0o644,
    'artifact/weights.bin': 0o644,
    'bin/node': 0o755,
    'bootstrap/bootstrap.mjs': 0o644,
    'bootstrap/templates/nginx/site.njk': 0o644,
    'bootstrap/templates/unit.njk': 0o644,
    'feedback/feedback.mjs': 0o644,
    'keys/keys.mjs': 0o644,
    'logs/shipper.mjs': 0o644,
    'shadow/fetch.mjs': 0o644,
    'shadow/shadow.mjs': 0o644,
    'release.json': 0o644,
  };
  const fixed = { uid: 0, gid: 0, uname: '', gname: '', mtime: '2000-01-01T00:00:00.000Z' };
  t.deepEqual(
    (await entriesOf(release.path)).map(({ header: { name, mode, uid, gid, uname, gname, mtime } }) => ({
      ...{ name, mode, uid, gid, uname, gname },
      mtime: mtime?.toISOString(),
    })),
    Object.entries(modes).map(([name, mode]) => ({ name, mode, ...fixed })),
  );
});

test('the archive of the monitoring machine holds runtime, bootstrap, shipper and page; a model does not change it', async (t) => {
  const { at, sources } = await sourcesIn(await temporaryFolder(t));
  const page = [{ name: 'index.html', content: Buffer.from('<!doctype html>') }];
  const places = { output: at('releases'), cache: at('cache') };
  const archive = await packMonitoring({ ...places, sources, page });
  const entries = await entriesOf(archive.path);
  t.deepEqual(
    entries.map(({ header }) => header.name),
    [
      'bin/node',
      'bootstrap/bootstrap.mjs',
      'bootstrap/templates/nginx/site.njk',
      'bootstrap/templates/unit.njk',
      'logs/shipper.mjs',
      'page/index.html',
      'release.json',
    ],
  );
  t.is(entries.at(-2)?.content, '<!doctype html>');
  t.is(releaseManifestSchema.parse(JSON.parse(entries.at(-1)?.content ?? '')).machines, 'monitoring');
  t.is(archive.sha256, sha256(await readFile(archive.path)));
  t.is((await packMonitoring({ ...places, sources, page })).path, archive.path);
  const changed = [{ name: 'index.html', content: Buffer.from('<html>') }];
  t.not((await packMonitoring({ ...places, sources, page: changed })).path, archive.path);
});

test('the manifest holds versions, how its programs are started, and the checksum of each file', async (t) => {
  const { release } = await packed(t);
  const entries = await entriesOf(release.path);
  const { files, ...rest } = JSON.parse(entries.at(-1)?.content ?? '');
  t.deepEqual(rest, {
    format: 7,
    machines: 'service',
    node: process.versions.node,
    model: artifact.manifest.version,
    start: {
      runtime: 'bin/node',
      options: ['--min-semi-space-size=8', '--max-semi-space-size=8'],
      program: 'app/service.mjs',
      environment: { NODE_ENV: 'production', MALLOC_ARENA_MAX: '1' },
    },
    shipper: { runtime: 'bin/node', ...waiting, program: 'logs/shipper.mjs' },
    keys: { runtime: 'bin/node', ...waiting, program: 'keys/keys.mjs' },
    feedback: { runtime: 'bin/node', ...waiting, program: 'feedback/feedback.mjs' },
    shadowFetch: { runtime: 'bin/node', ...waiting, program: 'shadow/fetch.mjs' },
    shadow: {
      ...{ runtime: 'bin/node', ...waiting, program: 'shadow/shadow.mjs' },
      options: ['--no-node-snapshot', '--single-threaded', '--max-semi-space-size=2', '--max-old-space-size=48'],
    },
    examples: artifact.manifest.examples,
  });
  t.deepEqual(
    Object.keys(files),
    entries.slice(0, -1).map(({ header }) => header.name),
  );
  t.is(files['bin/node'], sha256(runtime));
  t.is(files['bootstrap/templates/unit.njk'], sha256('unit\n'));
});

test('a release is named by its content', async (t) => {
  const { at, release } = await packed(t);
  const content = await readFile(release.path);
  t.is(release.sha256, sha256(content));
  t.is(release.size, content.length);
  const id = release.sha256.slice(0, 16);
  t.is(basename(release.path), `${id}.tar.gz`);
  t.deepEqual((await readdir(at('releases'))).sort(), [`${id}.manifest.json`, `${id}.tar.gz`]);
});

test("the manifest of a release's model lies beside it, byte by byte the one inside", async (t) => {
  const { at, release } = await packed(t);
  t.is(release.manifest, at(`releases/${release.sha256.slice(0, 16)}.manifest.json`));
  const beside = await readFile(release.manifest);
  t.deepEqual(beside, artifact.files[manifestFile]);
  const inside = await readArchive(await readFile(release.path), 'artifact/');
  t.deepEqual(inside.get(manifestFile), beside);
});

test('files of the same names with other bytes are written again', async (t) => {
  const { pack, release } = await packed(t);
  const contents = await Promise.all([readFile(release.path), readFile(release.manifest)]);
  for (const path of [release.path, release.manifest]) await flipByte(path, 100);
  t.deepEqual(await pack(), release);
  t.deepEqual(await Promise.all([readFile(release.path), readFile(release.manifest)]), contents);
});

test('files that are as they should be are left alone', async (t) => {
  const { pack, release } = await packed(t);
  for (const path of [release.path, release.manifest]) await utimes(path, 1, 1);
  await pack();
  for (const path of [release.path, release.manifest]) t.is((await stat(path)).mtimeMs, 1000);
});

test('an artifact of format 1 is packed as it is, and answers from the archive as it did when it was made', async (t) => {
  const { pack } = await sourcesIn(await temporaryFolder(t));
  const old = await readArtifact(formatOne);
  const { path, manifest } = await pack({ artifact: old });
  t.deepEqual(await readFile(manifest), old.files[manifestFile]);
  const files = Object.fromEntries(await readArchive(await readFile(path), 'artifact/')) as ArtifactFiles;
  const { predict } = createClassifier(verifyArtifact(path, files), path);
  for (const [text, intent] of answers) t.is(predict(text).intent, intent);
});

test('the same sources give the same bytes elsewhere, later, and without the cache', async (t) => {
  const { release } = await packed(t);
  const { sources, pack } = await sourcesIn(await temporaryFolder(t));
  await utimes(sources.service, 1, 1);
  t.is((await pack()).sha256, release.sha256);
});

test('another line in the service makes another release, with the runtime from the cache', async (t) => {
  const { at, sources, pack, release } = await packed(t);
  await writeFile(sources.service, "console.log('another service');\n");
  const [member = ''] = await readdir(at('cache'));
  const before = await stat(join(at('cache'), member));
  t.not((await pack()).sha256, release.sha256);
  t.is((await stat(join(at('cache'), member))).mtimeMs, before.mtimeMs);
  t.deepEqual(await readdir(at('cache')), [member]);
});

test('a damaged runtime in the cache is compressed again', async (t) => {
  const { at, pack, release } = await packed(t);
  const [member = ''] = await readdir(at('cache'));
  await flipByte(join(at('cache'), member), 80);
  t.is((await pack()).sha256, release.sha256);
});

test('tar unpacks it, its programs run, and its files have the checksums of the manifest', async (t) => {
  const { at, release } = await packed(t);
  await unpack(release.path, at('unpacked'));
  const { stdout } = await execa(process.execPath, [at('unpacked/app/service.mjs')]);
  t.is(stdout, 'service');
  const manifest = releaseManifestSchema.parse(JSON.parse(await readFile(at('unpacked/release.json'), 'utf8')));
  for (const [path, checksum] of Object.entries(manifest.files)) {
    t.is(sha256(await readFile(join(at('unpacked'), path))), checksum, path);
  }
});

test('a model that does not open is refused, and nothing is written', async (t) => {
  const folder = await temporaryFolder(t);
  const { pack } = await sourcesIn(folder);
  const broken = { ...artifact, manifest: { ...artifact.manifest, labels: ['praise'] } };
  await t.throwsAsync(pack({ artifact: broken }), {
    name: 'ArtifactError',
    message:
      'artifact/weights.bin: weights: expected member0.bias to be 1 of Float32Array, found 2 of Float32Array; train again',
  });
  t.false((await readdir(folder)).includes('releases'));
});

test('a runtime for another architecture, or none, is refused', async (t) => {
  const { sources, pack } = await sourcesIn(await temporaryFolder(t));
  const arm = Buffer.from(runtime);
  arm.writeUInt16LE(183, 18);
  await writeFile(sources.runtime, arm);
  await t.throwsAsync(pack(), {
    message: `${sources.runtime}: expected a Linux program for x86-64. Pack releases on Linux x86-64.`,
  });
  await t.throwsAsync(pack({ sources: { ...sources, runtime: '/none' } }), {
    message: '/none: expected the Node runtime, found no file. Run `npm ci`.',
  });
});

test('a missing file of a package is refused', async (t) => {
  const { sources, pack } = await sourcesIn(await temporaryFolder(t));
  await t.throwsAsync(pack({ sources: { ...sources, packageFiles: ['library/none.js'] } }), {
    name: 'UserError',
    message: 'node_modules/library/none.js: expected a file. Run `npm ci`.',
  });
});

test('a release that is too large is refused, and nothing is written', async (t) => {
  const { at, pack } = await packed(t);
  await rm(at('releases'), { recursive: true });
  // The compressed runtime, as the cache keeps it: to compress that much would take seconds.
  const [member = ''] = await readdir(at('cache'));
  const large = Buffer.alloc(60_000_000);
  await writeFile(join(at('cache'), member), Buffer.concat([Buffer.from(sha256(large)), large]));
  await t.throwsAsync(pack(), {
    message: /^The release has 6\d{7} bytes, at most 60000000 are allowed: train a smaller model\.$/,
  });
  t.false((await readdir(at('.'))).includes('releases'));
});

test('the programs of this checkout are bundled to modules that need no package', async (t) => {
  const { at, sources, pack } = await sourcesIn(await temporaryFolder(t));
  const { path } = await pack({ sources: { ...checkoutSources, runtime: sources.runtime } });
  await unpack(path, at('unpacked'));
  const run = (program: string, argv: string[] = [], environment = {}) => {
    // Its path is another one in each run, so that Node's cache of compiled modules would only grow.
    const env = { NODE_DISABLE_COMPILE_CACHE: '1', ...environment };
    return execa(process.execPath, [at(`unpacked/${program}`), ...argv], { all: true, reject: false, cwd: '/', env });
  };
  const help = await run('bootstrap/bootstrap.mjs', ['converge', '--help']);
  t.regex(help.all, /^Usage: bootstrap converge \[options\]\n/);
  const service = await run('app/service.mjs', [], { PORT: 'none' });
  t.regex(service.all, /PORT: expected a whole number/);
});

test('the service of a release sends the files of its packages', async (t) => {
  const { at, sources, pack } = await sourcesIn(await temporaryFolder(t));
  const { path } = await pack({ sources: { ...checkoutSources, runtime: sources.runtime } });
  await unpack(path, at('unpacked'));
  await rm(at('unpacked/bin/node'));
  await symlink(process.execPath, at('unpacked/bin/node'));
  const release = await openServiceRelease({ read: (path) => readFile(path, 'utf8') }, at('unpacked'));
  const { faults } = await tryService(release, 30_000, async (url) => {
    for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
      const response = await fetch(`${url}/docs/${name}`);
      t.is(response.status, 200, name);
      const expected = await readFile(join(checkoutFolder, 'node_modules/swagger-ui-dist', name), 'utf8');
      t.is(await response.text(), expected, name);
    }
    return undefined;
  });
  t.deepEqual(faults, []);
});
