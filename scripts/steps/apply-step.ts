import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appliedStackFile, planFile } from '../../common/paths.ts';
import { AppliedStack } from '../../deployments/applied-stack.ts';
import type { Deployment } from '../../deployments/deployment.ts';
import { readStateVersion } from '../../deployments/state-outputs.ts';
import { assertStepAlone, changesBetween, type SynthesizedStack } from '../../deployments/step-changes.ts';
import { stackFolder } from '../../stacks/stack-name.ts';
import type { Stage } from '../../stages/load.ts';
import { deletePlan, invalidatePlan } from '../../terraform/saved-plan.ts';
import { reporter } from '../command-line/progress.ts';
import { type Carrier, synthesizeFor } from './carrier.ts';

/** Makes a value of a deployment true, and shows its progress as the output of a task. */
export type ApplyStep = (deployment: Deployment, carrier: Carrier, task: { output: string }) => Promise<void>;

/** Makes the value after the one that was applied true, which may change sizes or weights alone. */
export async function applyStep(deployment: Deployment, carrier: Carrier, task: { output: string }): Promise<void> {
  const { stage, terraform, record } = carrier;
  const applied = await synthesized(stage);
  await synthesizeFor(carrier, deployment);
  assertStepAlone(changesBetween(applied, await synthesized(stage)));
  const report = reporter(task);
  await record.during((onStart) => terraform.applyAtOnce({ report, onStart }));
}

/** Writes down that the synthesized stack is the one that was applied last. */
export async function recordApplied(stage: Stage): Promise<void> {
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
