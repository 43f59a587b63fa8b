import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ListrTask } from 'listr2';
import { planFile } from '../../common/paths.ts';
import type { Deployment, Track } from '../../deployments/deployment.ts';
import { endpointOf } from '../../deployments/endpoint.ts';
import { archiveOf } from '../../deployments/model-in-service.ts';
import { readExamples } from '../../deployments/release-examples.ts';
import { readStateOutputs } from '../../deployments/state-outputs.ts';
import { assertStepAlone, changesBetween, type SynthesizedStack } from '../../deployments/step-changes.ts';
import type { TrackObserver } from '../../deployments/track-observer.ts';
import { smokeTestTrack } from '../../deployments/track-smoke-test.ts';
import { untilServing } from '../../deployments/until-serving.ts';
import { type End, walk } from '../../deployments/walk.ts';
import { type Outputs, parseOutputs } from '../../stacks/outputs.ts';
import { stackFolder } from '../../stacks/stack-name.ts';
import type { Stage } from '../../stages/load.ts';
import { deletePlan, invalidatePlan } from '../../terraform/saved-plan.ts';
import { reporter, steps } from '../command-line/progress.ts';
import { WaitDisplay } from '../command-line/wait-display.ts';
import { type Carrier, observerOf, synthesizeFor } from './carrier.ts';

/** Makes a value of a deployment true, and shows its progress as the output of a task. */
export type ApplyStep = (deployment: Deployment, carrier: Carrier, task: { output: string }) => Promise<void>;

/**
 * Carries a deployment out, step after step, and shows each; the signal ends it between two steps. `applyFirst` makes the
 * first value true where the synthesized stack is not the one that was applied last.
 */
export async function carryOut(
  begun: Deployment,
  carrier: Carrier,
  signal: AbortSignal,
  applyFirst: ApplyStep = applyStep,
): Promise<{ deployment: Deployment; end: End }> {
  let apply = applyFirst;
  const display = new WaitDisplay();
  const observers = new Observers(carrier);
  const observe = async (deployment: Deployment) => (await observers.current()).observe(deployment);
  const report = (line: string) => display.report('Wait', line);
  try {
    const ended = await walk(begun, {
      ...{ signal, observe, report },
      apply: async (deployment, because) => {
        await display.close();
        const [title = ''] = because.split('\n');
        await steps([{ title, task: (_, task) => apply(deployment, carrier, task) }]).run();
        apply = applyStep;
        observers.forget();
      },
      smokeTest: async (track, deployment) => {
        await display.close();
        return smokeTest(track, deployment, carrier, signal);
      },
    });
    const timeoutSeconds = carrier.stage.settings.deployment.stepTimeoutSeconds;
    if (ended.end.kind === 'done') await untilServing(ended.deployment, { observe, report, timeoutSeconds, signal });
    return ended;
  } finally {
    await display.close();
  }
}

// The DNS name of a new load balancer is not known everywhere at once.
const untilNameResolves = {
  retries: Number.POSITIVE_INFINITY,
  minTimeout: 1000,
  maxTimeout: 2000,
  maxRetryTime: 120_000,
};

// Its templates are known from the outputs, which an apply changes.
class Observers {
  readonly #carrier: Carrier;
  #current: TrackObserver | undefined;

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
  }

  async current(): Promise<TrackObserver> {
    this.#current ??= observerOf(this.#carrier.target.access, await outputsOf(this.#carrier));
    return this.#current;
  }

  forget(): void {
    this.#current = undefined;
  }
}

async function outputsOf({ stage }: Carrier): Promise<Outputs> {
  return parseOutputs(await readStateOutputs(stage));
}

/** Makes the value after the one that was applied true, which may change sizes or weights alone. */
export async function applyStep(deployment: Deployment, carrier: Carrier, task: { output: string }): Promise<void> {
  const { stage, terraform, record } = carrier;
  const applied = await synthesized(stage);
  await synthesizeFor(carrier, deployment);
  assertStepAlone(changesBetween(applied, await synthesized(stage)));
  const report = reporter(task);
  await record.during((onStart) => terraform.applyAtOnce({ report, onStart }));
}

async function synthesized(stage: Stage): Promise<SynthesizedStack> {
  return JSON.parse(await readFile(join(stackFolder(stage), 'cdk.tf.json'), 'utf8')) as SynthesizedStack;
}

/** Applies the plan of a stage, if it changes anything; outputs alone are a change. */
export async function applyPlan(
  total: number,
  changesOutputs: boolean,
  { stage, record, terraform }: Pick<Carrier, 'stage' | 'record' | 'terraform'>,
  task: { output: string },
): Promise<void> {
  if (total === 0 && !changesOutputs) return;
  const file = planFile(stage.name);
  const report = reporter(task);
  await invalidatePlan(file);
  await record.during((onStart) => terraform.apply(file, { total, report, onStart }));
  await deletePlan(file);
}

async function smokeTest(
  track: Track,
  deployment: Deployment,
  carrier: Carrier,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { stage, target } = carrier;
  const release = deployment.revisions[deployment.tracks[track].revision ?? '']?.release ?? '';
  let failure: string | undefined;
  const ask: ListrTask = {
    title: `Smoke test of ${track}`,
    task: async (_, task) => {
      const examples = await readExamples(await archiveOf(stage, target, release));
      const endpoint = endpointOf(target, await outputsOf(carrier));
      const maximumBytes = stage.settings.proxy.maxBodyKilobytes * 1024;
      const retries = deployment.progress?.from === null ? untilNameResolves : undefined;
      failure = await smokeTestTrack({ endpoint, track, examples, maximumBytes, signal, ...(retries && { retries }) });
      task.title += failure === undefined ? `: ${examples.length} examples answered` : ': failed';
    },
  };
  await steps([ask]).run();
  return failure;
}
