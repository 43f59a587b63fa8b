import pc from 'picocolors';
import { InterruptedError, UserError } from '../../common/errors.ts';
import { checkoutFolder } from '../../common/paths.ts';
import { releaseIdOf } from '../../common/release-id.ts';
import type { Deployment, UnderWay } from '../../deployments/deployment.ts';
import { asksForKeys } from '../../deployments/deployment-key.ts';
import { curlCommand, endpointOf } from '../../deployments/endpoint.ts';
import { exampleTextOf } from '../../deployments/example-text.ts';
import { type HookName, runHook } from '../../deployments/hooks.ts';
import { modelInService } from '../../deployments/model-in-service.ts';
import { servingRevision } from '../../deployments/read-deployment.ts';
import type { End } from '../../deployments/walk.ts';
import { untilInterrupted, withStage } from '../command-line/command.ts';
import type { ApplyStep } from './apply-step.ts';
import { type Carrier, outputsOf } from './carrier.ts';
import { carryOut, waitUntilServing } from './carry-out.ts';
import { underWayIn } from './deployed.ts';
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
  /** What the state holds then. */
  applied: Deployment;
  /** False where it began in an earlier command. */
  isNew: boolean;
  /** Makes the first value true. */
  build?: () => Promise<unknown>;
  /** Makes the first value of the walk true where `build` has not made one before. */
  applyFirst?: ApplyStep;
  /** When the command was started, as a time of `performance`. */
  started: number;
}

/** Carries a deployment out, with its hooks and its record, and tells how it ended; fails where the new revision does not serve. */
export async function deploy(props: DeployProps): Promise<void> {
  const { begun, isNew } = props;
  const deployed = begun.progress ? begun : undefined;
  if (deployed && isNew) await hook('pre-deploy', props, deployed);
  const { deployment, end } = await carryOn(props, deployed).catch((error: Error) => failWithHint(error, props));
  await tellEnd(props, deployment, end);
}

async function carryOn(
  props: DeployProps,
  deployed: UnderWay | undefined,
): Promise<{ deployment: Deployment; end: End }> {
  const { carrier, command, from, applied, build, applyFirst } = props;
  await build?.();
  if (deployed) await recordDeployment(carrier, command, deployed);
  const signal = untilInterrupted('Interrupted; what is applied stays.');
  const { deployment, end } = await carryOut(carrier, { from, applied, applyFirst, signal });
  if (deployed) await finish(props, deployed, end);
  if (end.kind === 'done') await waitUntilServing(deployment, carrier, signal);
  return { deployment, end };
}

async function finish(props: DeployProps, deployed: UnderWay, end: End): Promise<void> {
  if (end.kind === 'pause') return;
  await recordDeployment(props.carrier, props.command, deployed, end);
  if (end.kind === 'done') await hook('post-deploy', props, deployed, end);
  if (end.kind === 'rolled-back') await hook('on-rollback', props, deployed, end);
}

async function hook(name: HookName, { carrier, command }: DeployProps, deployed: UnderWay, end?: End): Promise<void> {
  const report = (line: string) => console.log(line);
  await runHook(name, await describeForHook(carrier, command, deployed, end), { folder: checkoutFolder, report });
}

// Whatever has stopped the command, such as credentials that have expired: a deployment under way stays where it is.
async function failWithHint(error: Error, { carrier }: DeployProps): Promise<never> {
  const underWay = await underWayIn(carrier.stage).catch(() => undefined);
  if (!underWay) throw error;
  if (error instanceof InterruptedError) throw new InterruptedError(`${error.message}\n${underWay}`, error.signal);
  console.error(pc.yellow(withStage(underWay)));
  throw error;
}

// A release of an earlier version has no manifest beside it.
async function exampleOf(release: string, { stage, target }: Carrier): Promise<string> {
  const manifest = await modelInService(stage, target, release)
    .manifest()
    .catch(() => ({ examples: [] }));
  return exampleTextOf(manifest);
}

async function tellEnd({ carrier, begun, started }: DeployProps, deployment: Deployment, end: End): Promise<void> {
  const outputs = await outputsOf(carrier);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const archive = servingRevision(deployment)?.release ?? '';
  const release = releaseIdOf(archive);
  switch (end.kind) {
    case 'done': {
      const endpoint = endpointOf(carrier.target, outputs);
      const asksForKey = asksForKeys(deployment);
      const curl = curlCommand(endpoint, await exampleOf(archive, carrier), { asksForKey });
      const key = asksForKey ? `\n\n  ${withStage('export API_KEY=$(make -s api-key NAME=first)')}` : '\n';
      return console.log(
        `\nServing release ${release} at ${pc.bold(endpoint.url)} after ${seconds} s. Try it:${key}\n  ${curl}\n`,
      );
    }
    case 'pause':
      return console.log(withStage(`\n${end.progress}: make promote goes on, make abort goes back.\n`));
    case 'rolled-back': {
      const serving = release === '' ? 'Nothing serves.' : `Release ${release} serves everything.`;
      // To go back is what was asked for.
      if (begun.phase === 'rolling-back')
        return console.log(`\n${serving} The deployment went back after ${seconds} s: ${end.reason}\n`);
      // The reason is told also where the lines cannot be read.
      const lines = await failureText(carrier.target.access, outputs, begun, deployment).catch(() => '');
      throw new UserError(`${end.reason}\n${serving} What the machines wrote: make logs SINCE=30m${lines}`);
    }
    case 'stuck':
      throw new UserError(`${end.reason}\nThe traffic stays where it is. Try it again: make abort`);
  }
}
