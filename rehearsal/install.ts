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

/** The version that the rehearsal is tested with: what moto stores and answers differs between versions. */
const motoVersion = '5.2.1';

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

/** Returns the path of moto_server: the one on the PATH, or, if that is of another version, one in the cache folder. */
export async function ensureMoto(report: (line: string) => void): Promise<string> {
  const installed = programPath('moto_server');
  if (installed && (await motoVersionOf(installed)) === motoVersion) return installed;
  const build = (draft: string, folder: string) => installMoto(draft, folder, report);
  return join(await buildOnce(`moto-${motoVersion}`, build), 'bin/moto_server');
}

// moto_server has no option for it. The interpreter beside the program is its own, in a virtual environment as with pyenv.
async function motoVersionOf(program: string): Promise<string | undefined> {
  const interpreter = join(dirname(await realpath(program)), 'python3');
  const code = 'from importlib.metadata import version; print(version("moto"))';
  const { exitCode, stdout } = await execa(interpreter, ['-c', code], { reject: false, stdin: 'ignore' });
  return exitCode === 0 ? stdout : undefined;
}

async function installMoto(draft: string, folder: string, report: (line: string) => void): Promise<void> {
  await ensurePython(report);
  const moto = `moto[server]==${motoVersion}`;
  report('python3 -m venv');
  await execa('python3', ['-m', 'venv', draft], { stdin: 'ignore' });
  report(`pip install ${moto}`);
  await execa(join(draft, 'bin/pip'), ['install', '--quiet', moto], { stdin: 'ignore' });
  // The first line of a program in a virtual environment names the interpreter by its path.
  await execa('sed', ['-i', `1s#${draft}#${folder}#`, join(draft, 'bin/moto_server')], { stdin: 'ignore' });
}

async function ensurePython(report: (line: string) => void): Promise<void> {
  if (!programPath('python3')) await installPackages(['python3', 'python3-venv'], report);
  const { exitCode } = await execa('python3', ['-c', 'import ensurepip'], { reject: false, stdin: 'ignore' });
  if (exitCode !== 0) await installPackages(['python3-venv'], report);
}
