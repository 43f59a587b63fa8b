import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { buildOnce } from './build-once.ts';
import { programPath } from './preconditions.ts';

/** The Debian packages of the programs that the rehearsal runs on the host. */
const packageOf: Record<string, string> = {
  'systemd-nspawn': 'systemd-container',
  journalctl: 'systemd',
  mmdebstrap: 'mmdebstrap',
  ip: 'iproute2',
  openssl: 'openssl',
};

const motoVersion = '5.2.5';

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
  const options = { stdin: 'ignore', env: { DEBIAN_FRONTEND: 'noninteractive' } } as const;
  const apt = (...parameters: string[]) =>
    execa('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '--quiet', ...parameters], options);
  await apt('update');
  await apt('install', '--yes', '--no-install-recommends', ...names);
}

/** Returns the path of moto_server: the one on the PATH, or one that is installed into the cache folder. */
export async function ensureMoto(report: (line: string) => void): Promise<string> {
  const installed = programPath('moto_server');
  if (installed) return installed;
  const build = (draft: string, folder: string) => installMoto(draft, folder, report);
  return join(await buildOnce(`moto-${motoVersion}`, build), 'bin/moto_server');
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
