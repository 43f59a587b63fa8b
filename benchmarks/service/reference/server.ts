import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

const folder = import.meta.dirname;

/** Installs the reference stack from PyPI into a virtual environment, once; returns the folder of its programs. */
export async function installReference(environment: string): Promise<string> {
  const requirements = join(folder, 'requirements.txt');
  const installed = join(environment, 'installed.txt');
  const programs = join(environment, 'bin');
  const wanted = await readFile(requirements, 'utf8');
  if (existsSync(installed) && (await readFile(installed, 'utf8')) === wanted) return programs;
  await execa('python3', ['-m', 'venv', environment]);
  await execa(join(programs, 'pip'), ['install', '--quiet', '--requirement', requirements]);
  await writeFile(installed, wanted);
  return programs;
}

/** Returns the command that serves it: three gunicorn workers, as in the first example of its documentation. */
export function referenceCommand(programs: string, port: number): string[] {
  const options = ['--workers', '3', '--bind', `127.0.0.1:${port}`, '--chdir', folder, '--log-level', 'warning'];
  return [join(programs, 'gunicorn'), ...options, 'app:app'];
}
