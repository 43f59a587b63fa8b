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

/** The lists of a fresh machine may be missing or old; they are fetched only when it does not go without. */
async function install(machine: Machine, missing: string[]): Promise<string> {
  const argv = [...aptInstall, ...missing];
  const first = await machine.run(argv, { timeoutSeconds: 600 });
  if (first.status === 0) return first.output;
  await succeed(machine, [...apt, 'update'], { timeoutSeconds: 600 });
  return succeed(machine, argv, { timeoutSeconds: 600 });
}
