import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ExecaError, execa } from 'execa';
import pRetry from 'p-retry';
import { buildOnce } from './build-once.ts';
import { programPath } from './preconditions.ts';

/** The Debian packages of the programs that the rehearsal runs on the host. */
const packageOf: Record<string, string> = {
  'systemd-nspawn': 'systemd-container',
  journalctl: 'systemd',
  mmdebstrap: 'mmdebstrap',
  ip: 'iproute2',
  openssl: 'openssl',
  nft: 'nftables',
};

/** A program of a package of PyPI, in the version that it is tested with. */
interface PythonProgram {
  program: string;
  name: string;
  version: string;
  /** The name with its extras, as for pip. */
  requirement?: string;
  /** Packages that it does not ask for, with their versions. */
  others?: readonly string[];
}

/** What moto stores and answers differs between versions. */
const moto: PythonProgram = { program: 'moto_server', name: 'moto', version: '5.2.1', requirement: 'moto[server]' };

/** Installs the Debian packages that are missing. */
export async function ensurePackages(report: (line: string) => void): Promise<void> {
  const missing = Object.entries(packageOf)
    .filter(([program]) => !programPath(program))
    .map(([, name]) => name);
  if (!existsSync('/usr/share/keyrings/debian-archive-keyring.gpg')) missing.push('debian-archive-keyring');
  await installPackages([...new Set(missing)], report);
}

async function installPackages(names: string[], report: (line: string) => void): Promise<void> {
  if (names.length === 0) return;
  report(`apt-get install ${names.join(' ')}`);
  await apt('update');
  await apt('install', '--yes', '--no-install-recommends', ...names);
}

// Another checkout may install at the same time. apt-get waits by itself for the lock of dpkg, not for that of the package lists.
function apt(...parameters: string[]): Promise<unknown> {
  const options = { stdin: 'ignore', env: { DEBIAN_FRONTEND: 'noninteractive' } } as const;
  const run = () => execa('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '--quiet', ...parameters], options);
  return pRetry(run, {
    retries: 300,
    factor: 1,
    minTimeout: 1000,
    shouldRetry: ({ error }) => String((error as ExecaError).stderr).includes('Could not get lock'),
  });
}

/** Returns the path of the emulator's program. */
export function ensureMoto(report: (line: string) => void): Promise<string> {
  return ensurePythonProgram(moto, report);
}

/** Returns the path of a program: the one on the PATH, or, if that is of another version, one in the cache folder. */
export async function ensurePythonProgram(wanted: PythonProgram, report: (line: string) => void): Promise<string> {
  const { program, name, version } = wanted;
  const installed = programPath(program);
  if (installed && (await versionOf(name, installed)) === version) return installed;
  const build = (draft: string, folder: string) => installProgram(wanted, draft, folder, report);
  return join(await buildOnce(`${name}-${version}`, build), 'bin', program);
}

// moto_server has no option for it. The interpreter beside the program is its own, in a virtual environment as with pyenv.
async function versionOf(name: string, program: string): Promise<string | undefined> {
  const interpreter = join(dirname(await realpath(program)), 'python3');
  const code = `from importlib.metadata import version; print(version("${name}"))`;
  const { exitCode, stdout } = await execa(interpreter, ['-c', code], { reject: false, stdin: 'ignore' });
  return exitCode === 0 ? stdout : undefined;
}

async function installProgram(
  { program, name, version, requirement = name, others = [] }: PythonProgram,
  draft: string,
  folder: string,
  report: (line: string) => void,
): Promise<void> {
  await ensurePython(report);
  report('python3 -m venv');
  await execa('python3', ['-m', 'venv', draft], { stdin: 'ignore' });
  const packages = [`${requirement}==${version}`, ...others];
  report(`pip install ${packages.join(' ')}`);
  await execa(join(draft, 'bin/pip'), ['install', '--quiet', ...packages], { stdin: 'ignore' });
  // The first line of a program in a virtual environment names the interpreter by its path.
  await execa('sed', ['-i', `1s#${draft}#${folder}#`, join(draft, 'bin', program)], { stdin: 'ignore' });
}

async function ensurePython(report: (line: string) => void): Promise<void> {
  if (!programPath('python3')) await installPackages(['python3', 'python3-venv'], report);
  const { exitCode } = await execa('python3', ['-c', 'import ensurepip'], { reject: false, stdin: 'ignore' });
  if (exitCode !== 0) await installPackages(['python3-venv'], report);
}
