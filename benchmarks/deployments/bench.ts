import { markdownTable } from '../../common/tables.ts';
import { Checkout } from '../faults/checkout.ts';
import { Rehearsal } from '../faults/rehearsal.ts';
import { badReleases, goodRelease, noExample, type ReleaseChange } from './releases.ts';
import { strategies, withStrategy } from './strategies.ts';

/** What a deployment has cost. */
interface Outcome {
  exitCode: number | undefined;
  /** The last sentence of the command. */
  sentence: string;
  seconds: number;
  answered: number;
  /** Requests by status, or by error code, without those that were answered. */
  failed: Record<string, number>;
  /** Whether the release that served before serves afterwards. */
  isServedBefore: boolean;
}

/** Long enough for an alarm of three periods, of 6 s in the rehearsal. */
const bakeSeconds = 40;

/** Deploys a good release and each bad one by each strategy under 50 requests a second, and prints what it has cost. */
export async function benchDeployments(selection: string): Promise<boolean> {
  const releases = { good: goodRelease(0), ...badReleases };
  const cases = Object.keys(strategies).flatMap((strategy) =>
    Object.keys(releases).map((name) => ({ strategy, name })),
  );
  const chosen = cases.filter(({ strategy, name }) => `${strategy}: ${name}`.includes(selection));
  const checkout = await Checkout.copy();
  const rows: string[][] = [];
  try {
    const rehearsal = new Rehearsal(checkout);
    await checkout.edit('stages/rehearsal.yaml', withoutLimits);
    const { exitCode, output } = await checkout.make('apply');
    if (exitCode !== 0) throw new Error(`The first deployment failed:\n${output}`);
    for (const [index, { strategy, name }] of chosen.entries()) {
      console.log(`${strategy}: ${name} …`);
      const release = name === 'good' ? goodRelease(index) : (badReleases[name] as ReleaseChange);
      rows.push([strategy, name, ...rowOf(await deploy(rehearsal, strategy, release))]);
    }
  } finally {
    await checkout.make('destroy');
    await checkout.remove();
  }
  const head = [
    'strategy',
    'release',
    'exit code',
    'seconds',
    'requests',
    'failed',
    'the one before serves',
    'the command says',
  ];
  console.log(markdownTable(head, rows));
  return chosen.length > 0;
}

function withoutLimits(yaml: string): string {
  return yaml
    .replace(/requests: \d+$/m, 'requests: 0')
    .replace(/requestsPerSecond: \d+$/m, 'requestsPerSecond: 100000')
    .replace(/burst: \d+$/m, 'burst: 10000');
}

async function deploy(rehearsal: Rehearsal, strategy: string, { path, change }: ReleaseChange): Promise<Outcome> {
  const { checkout } = rehearsal;
  await checkout.edit('stages/rehearsal.yaml', (yaml) => withStrategy(yaml, strategies[strategy] ?? [], bakeSeconds));
  const { release } = await rehearsal.status();
  // A client sends a request in 120 ms and the time of its answer.
  const load = await rehearsal.startLoad({ clients: 7, text: noExample });
  const startedAt = performance.now();
  const { exitCode, output } = await rehearsal.applyWith(path, change);
  const seconds = (performance.now() - startedAt) / 1000;
  const { 200: answered = 0, ...failed } = await load.stop();
  const isServedBefore = (await rehearsal.status()).release === release;
  return { exitCode, sentence: sentenceOf(output), seconds, answered, failed, isServedBefore };
}

// The first line of the error, or that of the end.
function sentenceOf(output: string): string {
  return /^apply: (.+)$/m.exec(output)?.[1] ?? /^Serving release .+? after/m.exec(output)?.[0] ?? '';
}

function rowOf({ exitCode, sentence, seconds, answered, failed, isServedBefore }: Outcome): string[] {
  const all = Object.values(failed).reduce((sum, count) => sum + count, answered);
  const kinds = Object.entries(failed).map(([kind, count]) => `${count} × ${kind}`);
  return [
    ...[String(exitCode), seconds.toFixed(0), String(all), kinds.join(', ') || '0'],
    ...[isServedBefore ? 'yes' : 'no', sentence.replaceAll('|', '\\|')],
  ];
}
