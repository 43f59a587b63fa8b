import { type Machine, succeed } from '../machine/machine.ts';
import { type Task, type TaskOptions, taskOf } from './task.ts';

/** Packages of the distribution that are installed. */
export function packages(settings: TaskOptions & { packages: readonly string[] }): Task {
  return taskOf('package', settings, async (machine) => {
    const missing = await missingPackages(machine, settings.packages);
    if (missing.length === 0) return undefined;
    return {
      diff: missing.map((name) => `package: none -> ${name}`).join('\n'),
      apply: () => install(machine, missing),
    };
  });
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg fills these in, not JavaScript
const showFormat = '--showformat=${Package} ${db:Status-Status}\\n';

async function missingPackages(machine: Machine, wanted: readonly string[]): Promise<string[]> {
  // dpkg-query fails for an unknown package, which is one of the expected answers.
  const { output } = await machine.run(['dpkg-query', '--show', showFormat, ...wanted]);
  const lines = output.split('\n');
  return wanted.filter((name) => !lines.includes(`${name} installed`));
}

// cloud-init and unattended upgrades use apt in the first minutes of a machine, too.
const apt = ['apt-get', '--quiet', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
const aptInstall = [...apt, '--yes', '--no-install-recommends', '-o', 'DPkg::Options::=--force-confold', 'install'];

// Maintainer scripts run this before they start a service; status 101 forbids it.
const policy = '/usr/sbin/policy-rc.d';

// A later task starts the service with its configuration, which also spares the package's own waiting.
async function install(machine: Machine, missing: string[]): Promise<string> {
  await machine.files.write(policy, '#!/bin/sh\nexit 101\n', 0o755);
  try {
    return await installWithNewLists(machine, [...aptInstall, ...missing]);
  } finally {
    await machine.files.remove(policy);
  }
}

// The package lists of a new machine may be missing or old; they are fetched only when the installation fails.
async function installWithNewLists(machine: Machine, argv: string[]): Promise<string> {
  const first = await machine.run(argv, { timeoutSeconds: 600 });
  if (first.status === 0) return first.output;
  await succeed(machine, [...apt, 'update'], { timeoutSeconds: 600 });
  return succeed(machine, argv, { timeoutSeconds: 600 });
}
