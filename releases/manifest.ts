import type { ReleaseManifest, ServiceStart } from '../bootstrap/release.ts';
import { type ReleaseEntry, releaseEntry } from './files.ts';
import { runtimeFile, serviceFile } from './sources.ts';

/** How a worker is started: the unit on a machine and the benchmarks read this from the manifest. */
const start: ServiceStart = {
  runtime: runtimeFile,
  // Two semi-spaces of 8 MB, in which a request's garbage dies: smaller ones cost time, larger ones memory in each worker.
  options: ['--min-semi-space-size=8', '--max-semi-space-size=8'],
  program: serviceFile,
  environment: {
    NODE_ENV: 'production',
    // One malloc arena for all threads, of which only one allocates much: saves 8 MB in each worker.
    MALLOC_ARENA_MAX: '1',
  },
};

/** What the manifest of a release says beside how the service is started and the checksums of its files. */
type Contents = Pick<ReleaseManifest, 'node' | 'model' | 'examples'>;

/** Makes the manifest of a release: versions, how the service is started, examples, and the checksum of each file. */
export function releaseManifest(files: readonly ReleaseEntry[], { node, model, examples }: Contents): ReleaseEntry {
  const checksums = Object.fromEntries(files.map((file) => [file.path, file.sha256]));
  const manifest: ReleaseManifest = { format: 3, node, model, start, examples, files: checksums };
  return releaseEntry('release.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
}
