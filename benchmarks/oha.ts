import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { cacheFolder } from '../common/cache-folder.ts';
import { UserError } from '../common/errors.ts';

/** The load that a server gets: `POST` requests from clients that keep their connections. */
export interface Load {
  url: string;
  /** JSON bodies; each request takes one of them at random. */
  bodies: readonly string[];
  connections: number;
  /** Duration; `requests` instead sends a number of requests. */
  seconds?: number;
  requests?: number;
  /** Requests per second, sent when they are due; without it each client sends as soon as it has its answer. */
  rate?: number;
  /** The latency is that of requests after these seconds: those before wait for connections. */
  afterSeconds?: number;
}

const version = '1.16.0';

/** Returns the path of the load generator oha; compiles it into the cache folder where it is missing. */
export async function ensureOha(): Promise<string> {
  if (await isPinnedVersion('oha')) return 'oha';
  const folder = join(cacheFolder(), `oha-${version}`);
  const program = join(folder, 'bin/oha');
  if (!existsSync(program)) await compileOha(folder);
  return program;
}

async function isPinnedVersion(program: string): Promise<boolean> {
  const { stdout } = await execa(program, ['--version'], { reject: false, stdin: 'ignore' });
  return stdout === `oha ${version}`;
}

async function compileOha(folder: string): Promise<void> {
  process.stderr.write(`Compiling oha ${version} with cargo, once; this takes some minutes …\n`);
  const parameters = ['install', 'oha', '--version', version, '--locked', '--quiet', '--root', folder];
  const { failed, stderr } = await execa('cargo', parameters, { reject: false, stdin: 'ignore' });
  if (!failed) return;
  const reason = stderr || 'cargo was not found';
  throw new UserError(
    `Expected oha ${version}, the load generator, on the PATH, or cargo to compile it: ${reason}\n` +
      'See https://github.com/hatoo/oha#installation or https://rustup.rs',
  );
}

/** oha's arguments for a load; `bodies` is a file with one body per line, `database` where it is to write each request. */
export function ohaArguments(
  { url, connections, seconds, requests, rate }: Load,
  bodies: string,
  database?: string,
): string[] {
  return [
    ...['--no-tui', '--output-format', 'json', '--insecure', '--redirect', '0'],
    ...['-m', 'POST', '-T', 'application/json', '-Z', bodies, '-c', String(connections)],
    // Requests in flight at the end are waited for, and times count from when a request was due.
    ...(requests === undefined ? ['-z', `${seconds}s`, '-w'] : ['-n', String(requests)]),
    ...(rate === undefined ? [] : ['-q', String(Math.round(rate)), '--latency-correction']),
    ...(database === undefined ? [] : ['--db-url', database]),
    url,
  ];
}

/** The result of a load. */
export interface LoadResult {
  requests: number;
  perSecond: number;
  /** Requests by status; failed connections by their error. */
  statuses: Record<string, number>;
  milliseconds: { p50: number; p99: number };
  /** Cores that the generator used. */
  generatorCpu: number;
}

interface OhaOutput {
  summary: { total: number; requestsPerSec: number };
  latencyPercentiles: Record<'p50' | 'p99', number | null>;
  statusCodeDistribution: Record<string, number>;
  errorDistribution: Record<string, number>;
}

/** Parses oha's JSON, and the CPU time of its process as the shell's `times` prints it. */
export function parseOhaResult(json: string, times: string): LoadResult {
  const { summary, latencyPercentiles: latency, ...distributions } = JSON.parse(json) as OhaOutput;
  const statuses = { ...distributions.statusCodeDistribution, ...distributions.errorDistribution };
  return {
    requests: Object.values(statuses).reduce((sum, count) => sum + count, 0),
    perSecond: summary.requestsPerSec,
    statuses,
    milliseconds: { p50: (latency.p50 ?? Number.NaN) * 1000, p99: (latency.p99 ?? Number.NaN) * 1000 },
    generatorCpu: cpuSeconds(times) / summary.total,
  };
}

// The last line holds user and system time of the shell's children: `0m1.220000s 0m0.970000s`.
function cpuSeconds(times: string): number {
  const last = times.trimEnd().split('\n').at(-1) ?? '';
  return [...last.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds),
    0,
  );
}
