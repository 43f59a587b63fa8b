import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../../common/errors.ts';
import { type Deployment, parseDeployment } from '../../deployments/deployment.ts';
import { DeploymentKey } from '../../deployments/deployment-key.ts';
import { ServiceRestarts } from '../../deployments/service-restarts.ts';
import { readStateOutputs } from '../../deployments/state-outputs.ts';
import { StoredLogs } from '../../deployments/stored-logs.ts';
import type { TrackObserver } from '../../deployments/track-observer.ts';
import { untilServing } from '../../deployments/until-serving.ts';
import { type End, walk } from '../../deployments/walk.ts';
import type { Stage } from '../../stages/load.ts';
import { steps } from '../command-line/progress.ts';
import { WaitDisplay } from '../command-line/wait-display.ts';
import { apiKeysOf } from './api-keys.ts';
import { type ApplyStep, applyStep, recordApplied } from './apply-step.ts';
import { type Carrier, observerOf, outputsOf } from './carrier.ts';
import { abortRequestOf } from './hold.ts';
import { smokeTest } from './smoke-test.ts';

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
  const key = new DeploymentKey(apiKeysOf(carrier.stage, carrier.target));
  // Machines that boot meanwhile know it when they are asked; without it, the smoke test says why.
  await key.of(from).catch(() => undefined);
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
        return smokeTest(track, deployment, carrier, { key, signal });
      },
    });
  } finally {
    await display.close();
    await key.end();
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
