import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { execa } from 'execa';
import { temporaryFolder } from './temporary-folder.ts';

/**
 * Writes a program that can be run at once. Another process does: while this one has the file open, a process that another test
 * starts at that moment would hold it open, too, and the kernel runs no program that somebody writes (ETXTBSY).
 */
export async function writeProgram(path: string, script: string): Promise<void> {
  const write = 'cat > "$1" && chmod 755 "$1"';
  await execa('/bin/sh', ['-c', write, 'sh', path], { input: script, env: { PATH: '/usr/bin:/bin' } });
}

/** Puts a program in front of all others on the PATH until the test is over, and returns its folder. */
export async function addProgram(t: ExecutionContext, name: string, script: string): Promise<string> {
  const folder = await temporaryFolder(t);
  const { PATH } = process.env;
  await writeProgram(join(folder, name), script);
  process.env.PATH = `${folder}:${PATH}`;
  t.teardown(() => {
    process.env.PATH = PATH;
  });
  return folder;
}
