import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ListrTask } from 'listr2';
import { UserError } from '../../common/errors.ts';
import { appliedStackFile, planFile } from '../../common/paths.ts';
import { AppliedStack } from '../../deployments/applied-stack.ts';
import { type Deployment, parseDeployment, type Track } from '../../deployments/deployment.ts';
import { endpointOf } from '../../deployments/endpoint.ts';
import { archiveOf } from '../../deployments/model-in-service.ts';
import { readExamples } from '../../deployments/release-examples.ts';
import { ServiceRestarts } from '../../deployments/service-restarts.ts';
import { readStateOutputs, readStateVersion } from '../../deployments/state-outputs.ts';
import { assertStepAlone, changesBetween, type SynthesizedStack } from '../../deployments/step-changes.ts';
import { StoredLogs } from '../../deployments/stored-logs.ts';
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
import { abortRequestOf } from './hold.ts';

/** Makes a value of a deployment true, and shows its progress as the output of a task. */
export type ApplyStep = (deployment: Deployment, carrier: Carrier, task: { output: string }) => Promise<void>;

export interface CarryOutProps {
  /** Where the steps go on from. */
  from: Deployment;
  /** What the state holds. */
  applied: Deployment;
  /** Makes the first value true where the synthesized stack is not the one that was applied last. */
  applyFirst?: ApplyStep | undefined;
  /** Ends it between two steps. */
  signal: AbortSignal;
}

/** Carries a deployment out, step after step, and shows each. */
export async function carryOut(
  carrier: Carrier,
  { from, applied, applyFirst = applyStep, signal }: CarryOutProps,
): Promise<{ deployment: Deployment; end: End }> {
  let apply = applyFirst;
  // What the state may hold: also what an apply that has failed was to make true.
  let known = [applied];
  const abortRequest = abortRequestOf(carrier.stage);
  // A policy of an earlier version does not allow the question: then nobody asks from elsewhere.
  await abortRequest.clear().catch(() => undefined);
  const display = new WaitDisplay();
  const observers = new Observers(carrier);
  const observe = async (deployment: Deployment) => (await observers.current()).observe(deployment);
  const report = (line: string) => display.report('Wait', line);
  try {
    return await walk(from, {
      ...{ signal, observe, report },
      isAborted: () => abortRequest.isMade().catch(() => false),
      apply: async (deployment, because) => {
        await display.close();
        await assertOwn(known, carrier.stage);
        known = [...known, deployment];
        const [title = ''] = because.split('\n');
        await steps([{ title, task: (_, task) => apply(deployment, carrier, task) }]).run();
        // Without the record, the next command plans its first step.
        await recordApplied(carrier.stage).catch(() => undefined);
        [apply, known] = [applyStep, [deployment]];
        observers.forget();
      },
      smokeTest: async (track, deployment) => {
        await display.close();
        return smokeTest(track, deployment, carrier, signal);
      },
    });
  } finally {
    await display.close();
  }
}

/** Waits until every machine of what is deployed is healthy, also those by which it has scaled out meanwhile. */
export async function waitUntilServing(deployment: Deployment, carrier: Carrier, signal: AbortSignal): Promise<void> {
  const display = new WaitDisplay();
  const observer = observerOf(carrier.target.access, await outputsOf(carrier));
  try {
    await untilServing(deployment, {
      observe: (observed) => observer.observe(observed),
      report: (line) => display.report('Wait', line),
      timeoutSeconds: carrier.stage.settings.deployment.stepTimeoutSeconds,
      signal,
    });
  } finally {
    await display.close();
  }
}

/** Refuses to go on where another command has changed the deployment, such as while this computer slept. */
async function assertOwn(known: readonly Deployment[], stage: Stage): Promise<void> {
  const found = parseDeployment((await readStateOutputs(stage))?.deployment);
  if (known.some((deployment) => isDeepStrictEqual(deployment, found))) return;
  throw new UserError('Another command has changed the deployment meanwhile. See: make releases');
}

// The DNS name of a new load balancer is not known everywhere at once.
const untilNameResolves = {
  retries: Number.POSITIVE_INFINITY,
  minTimeout: 1000,
  maxTimeout: 2000,
  maxRetryTime: 120_000,
};

// Its templates are known from the outputs, which an apply changes; what has ended is remembered beyond it.
class Observers {
  readonly #carrier: Carrier;
  #current: TrackObserver | undefined;
  #restarts: ServiceRestarts | undefined;

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
  }

  async current(): Promise<TrackObserver> {
    if (this.#current) return this.#current;
    const { access } = this.#carrier.target;
    const outputs = await outputsOf(this.#carrier);
    this.#restarts ??= new ServiceRestarts(new StoredLogs(access, outputs.log_groups));
    this.#current = observerOf(access, outputs, this.#restarts);
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

async function recordApplied(stage: Stage): Promise<void> {
  const state = await readStateVersion(stage);
  if (state) await appliedStackOf(stage).record(await synthesized(stage), state);
}

/** Tells whether the synthesized stack is the one that was applied last, and nothing has changed the state since. */
export async function isAppliedLast(stage: Stage): Promise<boolean> {
  const state = await readStateVersion(stage);
  return state !== undefined && (await appliedStackOf(stage).is(await synthesized(stage), state));
}

function appliedStackOf({ name }: Stage): AppliedStack {
  return new AppliedStack(appliedStackFile(name));
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
  let failure: string | undefined;
  const ask: ListrTask = {
    title: `Smoke test of ${track}`,
    task: async (_, task) => {
      // Such as an archive that cannot be read: a release that cannot be asked gets no traffic.
      const outcome = await askExamples(track, deployment, carrier, signal).catch((error: Error) => {
        if (signal.aborted) throw error;
        return { failed: `it could not be asked: ${error.message}` };
      });
      if ('failed' in outcome) failure = outcome.failed;
      task.title += `: ${'failed' in outcome ? 'failed' : outcome.passed}`;
    },
  };
  await steps([ask]).run();
  return failure;
}

async function askExamples(
  track: Track,
  deployment: Deployment,
  carrier: Carrier,
  signal: AbortSignal,
): Promise<{ passed: string } | { failed: string }> {
  const { stage, target } = carrier;
  const release = deployment.revisions[deployment.tracks[track].revision ?? '']?.release ?? '';
  const examples = await readExamples(await archiveOf(stage, target, release));
  if (!examples) return { passed: 'its release has no examples, and is judged by its machines alone' };
  const failed = await smokeTestTrack({
    ...{ track, examples, signal, endpoint: endpointOf(target, await outputsOf(carrier)) },
    maximumBytes: stage.settings.proxy.maxBodyKilobytes * 1024,
    ...(deployment.progress?.from === null && { retries: untilNameResolves }),
  });
  return failed === undefined ? { passed: `${examples.length} examples answered` } : { failed };
}
