import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { temporaryFolder } from './temporary-folder.ts';

/** Puts a program in front of all others on the PATH until the test is over, and returns its folder. */
export async function addProgram(t: ExecutionContext, name: string, script: string): Promise<string> {
  const folder = await temporaryFolder(t);
  const { PATH } = process.env;
  await writeFile(join(folder, name), script, { mode: 0o755 });
  process.env.PATH = `${folder}:${PATH}`;
  t.teardown(() => {
    process.env.PATH = PATH;
  });
  return folder;
}
