import pc from 'picocolors';
import { UserError } from '../../common/errors.ts';
import { checkoutFolder } from '../../common/paths.ts';
import { releaseIdOf } from '../../common/release-id.ts';
import type { Deployment, UnderWay } from '../../deployments/deployment.ts';
import { endpointOf } from '../../deployments/endpoint.ts';
import { runHook } from '../../deployments/hooks.ts';
import { servingRevision } from '../../deployments/read-deployment.ts';
import { readStateOutputs } from '../../deployments/state-outputs.ts';
import type { End } from '../../deployments/walk.ts';
import { parseOutputs } from '../../stacks/outputs.ts';
import { untilInterrupted } from '../command-line/command.ts';
import type { Carrier } from './carrier.ts';
import { type ApplyStep, carryOut } from './carry-out.ts';
import { failureText } from './failure-text.ts';
import { describeForHook, recordDeployment } from './tell.ts';

export interface DeployProps {
  carrier: Carrier;
  /** What was typed, such as `make apply`. */
  command: string;
  /** The deployment that begins or goes on; one that is over is nothing to deploy. */
  begun: Deployment;
  /** Where its steps go on from, after what `build` has applied. */
  from: Deployment;
  /** False where it began in an earlier command. */
  isNew: boolean;
  /** Makes the first value true. */
  build?: () => Promise<unknown>;
  /** Makes the first value of the walk true where `build` has not made one before. */
  applyFirst?: ApplyStep;
  /** When the command was started, as a time of `performance`. */
  started: number;
  /** Whether a person wants it to go back. */
  isAbort?: boolean;
}

/** Carries a deployment out, with its hooks and its record, and tells how it ended; fails where the new revision does not serve. */
export async function deploy(props: DeployProps): Promise<void> {
  const { carrier, begun, from, isNew, build, applyFirst, command } = props;
  const deployed = begun.progress ? begun : undefined;
  const tellHook = (line: string) => console.log(line);
  if (deployed && isNew)
    await runHook('pre-deploy', describeForHook(carrier, command, deployed), {
      folder: checkoutFolder,
      report: tellHook,
    });
  await build?.();
  if (deployed) await recordDeployment(carrier, command, deployed);
  const signal = untilInterrupted(
    'The deployment is under way. Go on with it: make apply or make promote, or back: make abort',
  );
  const { deployment, end } = await carryOut(from, carrier, signal, applyFirst);
  if (deployed && end.kind !== 'pause') await finish(props, deployed, end);
  await tellEnd(props, deployment, end);
}

async function finish({ carrier, command }: DeployProps, deployed: UnderWay, end: End): Promise<void> {
  await recordDeployment(carrier, command, deployed, end);
  const hook = { done: 'post-deploy', 'rolled-back': 'on-rollback' } as const;
  if (end.kind !== 'done' && end.kind !== 'rolled-back') return;
  const report = (line: string) => console.log(line);
  await runHook(hook[end.kind], describeForHook(carrier, command, deployed, end), { folder: checkoutFolder, report });
}

async function tellEnd(
  { carrier, begun, started, isAbort }: DeployProps,
  deployment: Deployment,
  end: End,
): Promise<void> {
  const outputs = parseOutputs(await readStateOutputs(carrier.stage));
  const { url, curl } = endpointOf(carrier.target, outputs);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const release = releaseIdOf(servingRevision(deployment)?.release ?? '');
  switch (end.kind) {
    case 'done':
      return console.log(`\nServing release ${release} at ${pc.bold(url)} after ${seconds} s. Try it:\n\n  ${curl}\n`);
    case 'pause':
      return console.log(`\n${end.progress}: make promote goes on, make abort goes back.\n`);
    case 'rolled-back': {
      const serving = release === '' ? 'Nothing serves.' : `Release ${release} serves everything.`;
      if (isAbort) return console.log(`\n${serving} The deployment went back after ${seconds} s: ${end.reason}\n`);
      // The reason is told also where the lines cannot be read.
      const lines = await failureText(carrier.target.access, outputs, begun, deployment).catch(() => '');
      throw new UserError(`${end.reason}\n${serving} What the machines wrote: make logs SINCE=30m${lines}`);
    }
    case 'stuck':
      throw new UserError(`${end.reason}\nThe traffic stays where it is. Try it again: make abort`);
  }
}
