import { access, constants, lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../common/errors.ts';
import { OutputFile } from '../terraform/output-file.ts';

/** The moments of a deployment at which a program of the user runs, by the name of its file in hooks/. */
export const hookNames = ['pre-deploy', 'post-deploy', 'on-rollback'] as const;

export type HookName = (typeof hookNames)[number];

/** The environment variables that describe the deployment to a hook. */
const variables = {
  stage: 'INTENT_FLEET_STAGE',
  command: 'INTENT_FLEET_COMMAND',
  user: 'INTENT_FLEET_USER',
  strategy: 'INTENT_FLEET_STRATEGY',
  from: 'INTENT_FLEET_FROM',
  to: 'INTENT_FLEET_TO',
  release: 'INTENT_FLEET_RELEASE',
  modelVersion: 'INTENT_FLEET_MODEL_VERSION',
  url: 'INTENT_FLEET_URL',
  outcome: 'INTENT_FLEET_OUTCOME',
  reason: 'INTENT_FLEET_REASON',
} as const;

/** What a hook is told; null where it is not known. */
export type HookDescription = Record<keyof typeof variables, string | null>;

export interface HookProps {
  /** The folder of the checkout. */
  folder: string;
  report: (line: string) => void;
}

/**
 * Runs a hook, if there is one. Before anything changes, a hook that fails or could not run stops the deployment; afterwards
 * it is a warning.
 */
export async function runHook(name: HookName, description: HookDescription, props: HookProps): Promise<void> {
  const { folder, report } = props;
  if (name === 'pre-deploy') {
    // Of all of them: the others would fail when it is too late to stop.
    for (const hook of hookNames) await assertExecutable(hook, folder);
  }
  if (!(await exists(name, folder))) return;
  const failure = await failureOf(name, description, props);
  if (failure === undefined) return;
  if (name === 'pre-deploy') throw new UserError(`${failure}: nothing was changed`);
  report(`Warning: ${failure}`);
}

async function assertExecutable(name: HookName, folder: string): Promise<void> {
  const file = `hooks/${name}`;
  if (!(await exists(name, folder))) return;
  await access(join(folder, file), constants.X_OK).catch(() => {
    throw new UserError(`${file} is not executable: nothing was changed. Allow it with: chmod +x ${file}`);
  });
}

// A link that leads nowhere is a mistake, not a hook that is missing.
async function exists(name: HookName, folder: string): Promise<boolean> {
  return (await lstat(join(folder, 'hooks', name)).catch(() => undefined)) !== undefined;
}

async function failureOf(name: HookName, description: HookDescription, props: HookProps): Promise<string | undefined> {
  const { folder, report } = props;
  const file = `hooks/${name}`;
  // Not a pipe: what it leaves running in the background would hold it open.
  const output = await OutputFile.create();
  try {
    const running = execa(join(folder, file), {
      ...{ cwd: folder, env: environmentOf(description), reject: false },
      stdio: ['ignore', output.stream, output.stream],
    });
    for await (const line of output.lines(running)) report(`${file}: ${line}`);
    return describeFailure(file, await running);
  } finally {
    await output.close();
  }
}

interface Ended {
  exitCode?: number | undefined;
  signal?: string | undefined;
  /** Why it could not be started. */
  originalMessage?: string | undefined;
}

function describeFailure(file: string, { exitCode, signal, originalMessage }: Ended): string | undefined {
  if (exitCode === 0) return undefined;
  if (exitCode !== undefined) return `${file} ended with exit code ${exitCode}`;
  return signal ? `${file} was ended by ${signal}` : `${file} could not be run: ${originalMessage}`;
}

function environmentOf(description: HookDescription): Record<string, string> {
  const known = Object.entries(variables) as [keyof HookDescription, string][];
  return Object.fromEntries(known.map(([key, variable]) => [variable, description[key] ?? '']));
}
