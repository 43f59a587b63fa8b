import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

const here = import.meta.dirname;

/** Installs the reference stack from PyPI into a virtual environment, once; where its programs are. */
export async function installReference(folder: string): Promise<string> {
  const requirements = join(here, 'requirements.txt');
  const installed = join(folder, 'installed.txt');
  const wanted = await readFile(requirements, 'utf8');
  if (existsSync(installed) && (await readFile(installed, 'utf8')) === wanted) return join(folder, 'bin');
  await execa('python3', ['-m', 'venv', folder]);
  await execa(join(folder, 'bin', 'pip'), ['install', '--quiet', '--requirement', requirements]);
  await writeFile(installed, wanted);
  return join(folder, 'bin');
}

/** The command that serves it: three workers of gunicorn, as its documentation begins with. */
export function referenceCommand(programs: string, port: number): string[] {
  const options = ['--workers', '3', '--bind', `127.0.0.1:${port}`, '--chdir', here, '--log-level', 'warning'];
  return [join(programs, 'gunicorn'), ...options, 'app:app'];
}
