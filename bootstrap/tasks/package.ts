import { rm, writeFile } from 'node:fs/promises';
import { type Machine, succeed } from '../machine.ts';
import { type Common, common, type Task } from './task.ts';

/** Packages of the distribution that are installed. */
export function packages(settings: Common & { packages: readonly string[] }): Task {
  return {
    kind: 'package',
    ...common(settings),
    plan: async (machine) => {
      const missing = await missingPackages(machine, settings.packages);
      if (missing.length === 0) return undefined;
      return {
        diff: missing.map((name) => `package: none -> ${name}`).join('\n'),
        apply: () => install(machine, missing),
      };
    },
  };
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg fills these in, not JavaScript
const showFormat = '--showformat=${Package} ${db:Status-Status}\\n';

async function missingPackages(machine: Machine, wanted: readonly string[]): Promise<string[]> {
  // The status is not 0 when a package is unknown, which is one of the answers here.
  const { output } = await machine.run(['dpkg-query', '--show', showFormat, ...wanted]);
  const lines = output.split('\n');
  return wanted.filter((name) => !lines.includes(`${name} installed`));
}

/** Cloud-init and the unattended upgrades use apt in the first minutes of a machine, too. */
const apt = ['apt-get', '--quiet', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
const aptInstall = [...apt, '--yes', '--no-install-recommends', '-o', 'DPkg::Options::=--force-confold', 'install'];

/** Asked by every package that wants to start a service: 101 is no. */
const policy = '/usr/sbin/policy-rc.d';

/** What is installed is not configured yet: a later task starts it, which also spares the package's own waiting. */
async function install(machine: Machine, missing: string[]): Promise<string> {
  await writeFile(machine.path(policy), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await installWithNewLists(machine, [...aptInstall, ...missing]);
  } finally {
    await rm(machine.path(policy));
  }
}

/** The lists of a fresh machine may be missing or old; they are fetched only when it does not go without. */
async function installWithNewLists(machine: Machine, argv: string[]): Promise<string> {
  const first = await machine.run(argv, { timeoutSeconds: 600 });
  if (first.status === 0) return first.output;
  await succeed(machine, [...apt, 'update'], { timeoutSeconds: 600 });
  return succeed(machine, argv, { timeoutSeconds: 600 });
}
