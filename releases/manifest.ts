import type { MonitoringManifest, ReleaseManifest, ServiceManifest } from '../bootstrap/release.ts';
import type { ProgramStart } from '../common/program-start.ts';
import { type ReleaseEntry, releaseEntry } from './files.ts';
import {
  feedbackFile,
  keysFile,
  runtimeFile,
  serviceFile,
  shadowFetchFile,
  shadowFile,
  shipperFile,
} from './sources.ts';

/** How a worker is started: the unit on a machine and the benchmarks read this from the manifest. */
const start: ProgramStart = {
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

/** How programs are started that wait most of the time: memory matters, not speed. */
const waiting: Omit<ProgramStart, 'program'> = {
  runtime: runtimeFile,
  // Without a compiler it takes 4 MB less and as much time, and the unit can forbid memory that is written and executed.
  // Node's snapshot of its start is worth 30 ms and costs 3 MB. They collect garbage themselves, long before V8 would.
  options: [
    '--jitless',
    '--no-node-snapshot',
    '--single-threaded',
    '--expose-gc',
    '--max-semi-space-size=1',
    '--max-old-space-size=32',
  ],
  // Two threads: one reads and writes files while the other waits for a name to be resolved. What was freed goes back at once.
  environment: { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '65536', UV_THREADPOOL_SIZE: '2' },
};

/** How what ships the logs is started; its test reads this, too. */
export const shipper: ProgramStart = { ...waiting, program: shipperFile };

/** How what keeps the API keys current is started; its test reads this, too. */
export const keys: ProgramStart = { ...waiting, program: keysFile };

/** How what stores feedback is started. */
const feedback: ProgramStart = { ...waiting, program: feedbackFile };

/** How what fetches the shadow is started; its test reads this, too. */
export const shadowFetch: ProgramStart = { ...waiting, program: shadowFetchFile };

/** How what runs the shadow is started: with the compiler, it compares more within the processor time of the shadow. */
export const shadow: ProgramStart = {
  ...waiting,
  options: ['--no-node-snapshot', '--single-threaded', '--max-semi-space-size=2', '--max-old-space-size=48'],
  program: shadowFile,
};

const programs = { start, shipper, keys, feedback, shadowFetch, shadow };

/** What the manifest of a release says beside how its programs are started and the checksums of its files. */
type Contents = Pick<ServiceManifest, 'node' | 'model' | 'examples'>;

/** Makes the manifest of a release: versions, how its programs are started, examples, and the checksum of each file. */
export function serviceManifest(files: readonly ReleaseEntry[], { node, model, examples }: Contents): ReleaseEntry {
  const manifest: ServiceManifest = {
    ...{ format: 7, machines: 'service', node, model, ...programs, examples },
    files: checksumsOf(files),
  };
  return manifestEntry(manifest);
}

/** Makes the manifest of the monitoring machine's archive. */
export function monitoringManifest(files: readonly ReleaseEntry[], node: string): ReleaseEntry {
  const manifest: MonitoringManifest = {
    ...{ format: 7, machines: 'monitoring', node, shipper },
    files: checksumsOf(files),
  };
  return manifestEntry(manifest);
}

function checksumsOf(files: readonly ReleaseEntry[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file.path, file.sha256]));
}

function manifestEntry(manifest: ReleaseManifest): ReleaseEntry {
  return releaseEntry('release.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
}
