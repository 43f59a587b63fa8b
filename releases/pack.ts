import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../common/cache-folder.ts';
import { sha256 } from '../common/checksum.ts';
import { UserError } from '../common/errors.ts';
import { releaseIdOf } from '../common/release-id.ts';
import { writeFileWhole } from '../common/write-file.ts';
import type { Artifact } from '../model/artifact/artifact.ts';
import { manifestFile } from '../model/artifact/checksums.ts';
import { createClassifier } from '../model/artifact/open.ts';
import type { PageFile } from '../monitoring/page/build.ts';
import { endMember, gzipMember, tarBlocks } from './archive.ts';
import { cached } from './cache.ts';
import { monitoringEntries, releaseEntries } from './entries.ts';
import type { ReleaseEntry } from './files.ts';
import { checkoutSources, type ReleaseSources, runtimeFile } from './sources.ts';

// Machines would take too long to fetch and unpack a larger one at boot.
const maximumBytes = 60_000_000;

interface ArchiveOptions {
  /** Folder of the archive. */
  output: string;
  sources?: ReleaseSources;
  /** Folder that keeps the compressed runtime for the next release. */
  cache?: string;
  /** Receives the name of each step before it begins. */
  onStep?: (step: string) => void;
}

export interface PackOptions extends ArchiveOptions {
  /** The trained model. */
  artifact: Artifact;
}

export interface PackedArchive {
  /** The path of the archive. */
  path: string;
  sha256: string;
  /** Bytes. */
  size: number;
}

export interface PackedRelease extends PackedArchive {
  /** The path of its model's manifest, which lies beside the archive. */
  manifest: string;
}

/** Packs runtime, service, bootstrap and model into one archive that is named by its SHA-256. */
export async function packRelease(options: PackOptions): Promise<PackedRelease> {
  const { artifact, output, sources = checkoutSources, cache = cacheFolder(), onStep = () => {} } = options;
  onStep('Verify the model');
  createClassifier(artifact, 'artifact');
  onStep('Bundle the service and the bootstrap');
  const entries = await releaseEntries(artifact, sources);
  onStep('Compress');
  const archive = await compress(entries, cache);
  onStep('Write');
  const packed = await write(archive, output);
  const manifest = join(output, `${releaseIdOf(packed.sha256)}.manifest.json`);
  await writeUnlessSame(manifest, artifact.files[manifestFile]);
  return { ...packed, manifest };
}

/** Packs runtime, bootstrap and the dashboard's page into the archive of the monitoring machine; a new model does not change it. */
export async function packMonitoring(options: ArchiveOptions & { page: readonly PageFile[] }): Promise<PackedArchive> {
  const { page, output, sources = checkoutSources, cache = cacheFolder(), onStep = () => {} } = options;
  onStep('Bundle the bootstrap');
  const entries = await monitoringEntries(page, sources);
  onStep('Compress');
  const archive = await compress(entries, cache);
  onStep('Write');
  return write(archive, output);
}

// The runtime is most of a release and rarely changes: it is a gzip member of its own, which the cache keeps.
async function compress(files: readonly ReleaseEntry[], cache: string): Promise<Buffer> {
  const at = files.findIndex(({ path }) => path === runtimeFile);
  const members = await Promise.all([
    memberOf(files.slice(0, at)),
    runtimeMember(files[at] as ReleaseEntry, cache),
    memberOf(files.slice(at + 1)),
    endMember(),
  ]);
  return Buffer.concat(members);
}

async function memberOf(files: readonly ReleaseEntry[]): Promise<Buffer> {
  return gzipMember(await tarBlocks(files));
}

// The compressed bytes depend on the content and on the version of zlib.
function runtimeMember(runtime: ReleaseEntry, cache: string): Promise<Buffer> {
  return cached(cache, `runtime-${runtime.sha256}-zlib-${process.versions.zlib}.gz`, () => memberOf([runtime]));
}

async function write(archive: Buffer, output: string): Promise<PackedArchive> {
  if (archive.length > maximumBytes) {
    throw new UserError(
      `The release has ${archive.length} bytes, at most ${maximumBytes} are allowed: train a smaller model.`,
    );
  }
  const checksum = sha256(archive);
  const path = join(output, `${releaseIdOf(checksum)}.tar.gz`);
  await writeUnlessSame(path, archive);
  return { path, sha256: checksum, size: archive.length };
}

async function writeUnlessSame(path: string, content: Buffer): Promise<void> {
  const found = await readFile(path).catch(() => undefined);
  if (!found?.equals(content)) await writeFileWhole(path, content);
}
