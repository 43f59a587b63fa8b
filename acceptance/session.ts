import type { Check, Result } from './check.ts';
import { type Clients, clientsOf } from './clients.ts';
import { Environment, type Outputs } from './environment.ts';
import { removeLeftovers } from './leftovers.ts';
import { orAborted, resultLine, runChecks } from './run.ts';
import { prefix, type Target } from './target.ts';
import { until } from './until.ts';
import { Workspace } from './workspace.ts';

export interface SessionProps {
  target: Target;
  /** The folder of the environment's state, kept until all is removed. */
  folder: string;
  checks: readonly Check[];
  signal: AbortSignal;
  report: (line: string) => void;
}

/** Builds the environment, runs the checks on it, and removes it, whatever happens; first what an earlier run has left. */
export async function runSession({ target, folder, checks, signal, report }: SessionProps): Promise<Result[]> {
  const clients = clientsOf(target.access);
  const workspace = new Workspace(folder, target, report);
  await cleanUp(workspace, clients, report);
  try {
    const environment = await buildEnvironment(workspace, clients, target, signal);
    return await runChecks(checks, environment, { signal, report: (result) => report(resultLine(result)) });
  } finally {
    await cleanUp(workspace, clients, report);
  }
}

/** Removes what the state names, then what carries the prefix without being in a state. */
export async function cleanUp(workspace: Workspace, clients: Clients, report: (line: string) => void): Promise<void> {
  try {
    if (workspace.hasState) await workspace.destroy();
  } finally {
    const removed = await removeLeftovers(clients, prefix);
    if (removed.length > 0) report(`removed without a state: ${removed.join(', ')}`);
  }
}

/** Builds the environment; resolves when its machines answer. */
export async function buildEnvironment(
  workspace: Workspace,
  clients: Clients,
  { url, pace }: Target,
  signal: AbortSignal,
): Promise<Environment> {
  await workspace.apply();
  const outputs = await workspace.outputs<Outputs>();
  const environment = new Environment({ workspace, clients, outputs, url: url ?? outputs.url, pace });
  await orAborted(signal, async () => {
    await environment.untilHealthy(2);
    // On AWS, the balancer's name takes a while to be known.
    const answers = () =>
      environment.ask('/').then(
        ({ status }) => status === 200,
        () => false,
      );
    await until(answers, (isAnswered) => isAnswered, { seconds: 300 });
  });
  return environment;
}
