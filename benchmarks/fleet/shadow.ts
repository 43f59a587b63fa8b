import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../../common/errors.ts';
import { median } from '../../common/median.ts';
import type { Deployed } from '../../deployments/deployed.ts';
import { parseDeployment } from '../../deployments/deployment.ts';
import { endpointOf } from '../../deployments/endpoint.ts';
import { queryPrometheus } from '../../deployments/prometheus.ts';
import { checkResult, type Generator, runLoad } from '../load.ts';
import { ensureOha, type LoadResult } from '../oha.ts';
import { atMost, type Result, resultTable } from '../result-table.ts';
import { assertUnlimited, findMachine, testBodies } from './machine.ts';
import { ShadowSwitch } from './shadow-switch.ts';

export interface ShadowBenchOptions {
  rounds: number;
  seconds: number;
}

type State = 'off' | 'on';
type Latencies = Record<State, LoadResult['milliseconds'][]>;

const connections = 16;

// Figures are written every 8 s and read every few.
const figuresMilliseconds = 20_000;

/** Measures the latency of one rehearsed machine at half of its highest throughput, with its shadow and without it, in turn. */
export async function benchShadow(deployed: Deployed, { rounds, seconds }: ShadowBenchOptions): Promise<void> {
  assertUnlimited(deployed.stage);
  const { shadow } = parseDeployment(deployed.outputs.deployment);
  if (shadow === undefined)
    throw new UserError(
      'Nothing runs as a shadow. Set deployment.strategy to shadow, change the model, and type make apply.',
    );
  const machine = await findMachine(deployed);
  const change = new ShadowSwitch(machine);
  const generator: Generator = { oha: await ensureOha(), prefix: machine.prefix };
  const load = { url: `${machine.url}/predict`, bodies: await testBodies(), connections };
  const latencies: Latencies = { off: [], on: [] };
  change.hold();
  const started = performance.now();
  // Whatever ends the measurement, the machine gets its shadow back.
  const interrupt = () => void change.release().finally(() => process.exit(130));
  process.once('SIGINT', interrupt);
  try {
    await change.off();
    const { perSecond } = await runLoad(generator, { ...load, seconds });
    const rate = Math.round(perSecond / 2);
    for (let round = 0; round < rounds; round += 1)
      for (const state of ['on', 'off'] as const) {
        await change[state]();
        const result = await runLoad(generator, { ...load, rate, seconds });
        checkResult(`the machine, shadow ${state}`, result);
        latencies[state].push(result.milliseconds);
      }
    await delay(figuresMilliseconds);
    const texts = await comparedTexts(deployed, machine.id, (performance.now() - started) / 1000);
    console.log(resultTable(results(latencies, rate, texts / (rounds * seconds))));
  } finally {
    process.off('SIGINT', interrupt);
    await change.release();
    await machine.end();
  }
}

/** The texts that the shadow of a machine has compared in the last seconds. */
async function comparedTexts({ target, outputs }: Deployed, machine: string, seconds: number): Promise<number> {
  const expression = `sum(increase(intent_shadow_answers_total{instance="${machine}"}[${Math.ceil(seconds)}s]))`;
  const [sample] = await queryPrometheus(endpointOf(target, outputs), expression);
  return sample?.value ?? 0;
}

function results(latencies: Latencies, rate: number, comparedPerSecond: number): Result[] {
  const at = (state: State, percentile: 'p50' | 'p99') => median(latencies[state].map((one) => one[percentile]));
  const ratio = (percentile: 'p50' | 'p99') =>
    median(latencies.on.map((one, round) => one[percentile] / (latencies.off[round]?.[percentile] ?? Number.NaN)));
  const line = (percentile: 'p50' | 'p99') =>
    `${percentile} at ${rate} requests/s: ${at('off', percentile).toFixed(2)} ms without, ${at('on', percentile).toFixed(2)} ms with; ratio`;
  return [
    { what: line('p50'), measured: ratio('p50').toFixed(3) },
    atMost(line('p99'), ratio('p99'), 1.05, '', 3),
    { what: 'texts that the shadow compares', measured: `${Math.round(comparedPerSecond)} in a second` },
  ];
}
