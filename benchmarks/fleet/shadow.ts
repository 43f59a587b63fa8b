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
type Percentile = 'p50' | 'p99';
type Latencies = Record<State, LoadResult['milliseconds'][]>;

const connections = 16;

/** Measurements of each state in a round. */
const windows = 5;

// Connections are made at the beginning of each.
const afterSeconds = 2;

/** A shadow that has just started compiles its code; a long-lived one is what is measured. */
const warmUpSeconds = 30;

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
    const measure = async (state: State, seconds: number) => {
      const result = await runLoad(generator, { ...load, rate, seconds, afterSeconds });
      checkResult(`the machine, shadow ${state}`, result);
      return result.milliseconds;
    };
    for (let round = 0; round < rounds; round += 1)
      for (const state of ['on', 'off'] as const) {
        await change[state]();
        await measure(state, warmUpSeconds);
        for (let window = 0; window < windows; window += 1) latencies[state].push(await measure(state, seconds));
      }
    await delay(figuresMilliseconds);
    const texts = await comparedTexts(deployed, machine.id, (performance.now() - started) / 1000);
    const copiedSeconds = rounds * (warmUpSeconds + windows * seconds);
    console.log(resultTable(results(latencies, rate, texts / copiedSeconds)));
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
  const at = (state: State, percentile: Percentile) => latencies[state].map((one) => one[percentile]);
  const ratio = (percentile: Percentile) => median(at('on', percentile)) / median(at('off', percentile));
  const line = (percentile: Percentile) =>
    `${percentile} at ${rate} requests/s: ${spread(at('off', percentile))} without, ${spread(at('on', percentile))} with; ratio`;
  return [
    { what: line('p50'), measured: ratio('p50').toFixed(3) },
    atMost(line('p99'), ratio('p99'), 1.05, '', 3),
    { what: 'texts that the shadow compares', measured: `${Math.round(comparedPerSecond)} in a second` },
  ];
}

function spread(milliseconds: readonly number[]): string {
  const [least, most] = [Math.min(...milliseconds), Math.max(...milliseconds)];
  return `${median(milliseconds).toFixed(2)} ms (${least.toFixed(2)} to ${most.toFixed(2)})`;
}
