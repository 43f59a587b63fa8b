import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../common/cache-folder.ts';
import { sha256 } from '../common/checksum.ts';
import { UserError } from '../common/errors.ts';
import { releaseIdOf } from '../common/release-id.ts';
import { writeFileWhole } from '../common/write-file.ts';
import { openArtifact } from '../model/artifact/open.ts';
import { endMember, gzipMember, tarBlocks } from './archive.ts';
import { cached } from './cache.ts';
import type { ReleaseEntry } from './files.ts';
import { releaseManifest } from './manifest.ts';
import { checkoutSources, collect, type ReleaseSources, runtimeFile } from './sources.ts';

/** Larger ones take too long to fetch and to unpack when a machine boots. */
const largest = 60_000_000;

export interface PackOptions {
  /** Folder of the trained model. */
  artifact: string;
  /** Folder that the archive is written to. */
  output: string;
  sources?: ReleaseSources;
  /** Where the compressed runtime is kept from one release to the next. */
  cache?: string;
  /** Told of each step before it begins. */
  onStep?: (step: string) => void;
}

export interface PackedRelease {
  path: string;
  sha256: string;
  size: number;
}

/** Packs runtime, service, bootstrap and model into one archive, named by its content. */
export async function packRelease(options: PackOptions): Promise<PackedRelease> {
  const { artifact, output, sources = checkoutSources, cache = cacheFolder(), onStep = () => {} } = options;
  onStep('Verify the model');
  const { manifest } = await openArtifact(artifact);
  onStep('Bundle the service and the bootstrap');
  const files = await collect(artifact, sources);
  onStep('Compress');
  const versions = { node: process.versions.node, model: manifest.version };
  const archive = await compress(inOrder(files, versions), cache);
  onStep('Write');
  return write(archive, output);
}

/** Sorted by path, so that the order on somebody's disk has no say. */
function inOrder(files: readonly ReleaseEntry[], versions: { node: string; model: string }): ReleaseEntry[] {
  const sorted = files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  return [...sorted, releaseManifest(sorted, versions)];
}

/** The runtime is nearly all of a release and hardly ever changes: it is a gzip member of its own, kept in the cache. */
async function compress(files: readonly ReleaseEntry[], cache: string): Promise<Buffer> {
  const at = files.findIndex(({ path }) => path === runtimeFile);
  const members = await Promise.all([
    memberOf(files.slice(0, at)),
    runtimeMember(files.slice(at, at + 1), cache),
    memberOf(files.slice(at + 1)),
    endMember(),
  ]);
  return Buffer.concat(members);
}

async function memberOf(files: readonly ReleaseEntry[]): Promise<Buffer> {
  return gzipMember(await tarBlocks(files));
}

/** The key names all that the compressed bytes depend on: what goes in, and who compresses. */
async function runtimeMember(files: readonly ReleaseEntry[], cache: string): Promise<Buffer> {
  const blocks = await tarBlocks(files);
  return cached(cache, `runtime-${sha256(blocks)}-zlib-${process.versions.zlib}.gz`, () => gzipMember(blocks));
}

async function write(archive: Buffer, output: string): Promise<PackedRelease> {
  if (archive.length > largest) {
    throw new UserError(`The release has ${archive.length} bytes, at most ${largest} fit: train a smaller model.`);
  }
  const checksum = sha256(archive);
  const path = join(output, `${releaseIdOf(checksum)}.tar.gz`);
  const found = await stat(path).catch(() => undefined);
  if (found?.size !== archive.length) await writeFileWhole(path, archive);
  return { path, sha256: checksum, size: archive.length };
}
