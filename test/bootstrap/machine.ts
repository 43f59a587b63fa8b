import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { CommandOptions, CommandResult, Machine } from '../../bootstrap/machine.ts';

/** A machine below a temporary folder, whose commands are recorded and answered by the test. */
export interface TestMachine extends Machine {
  root: string;
  commands: string[];
  /** Status and output of the commands that begin with a text; every other one succeeds silently. */
  answers: Map<string, CommandResult>;
  options: (CommandOptions | undefined)[];
  remove(): Promise<void>;
}

/** The user and the group of this process are called root there, because nobody else's files can be made by everybody. */
export async function testMachine(): Promise<TestMachine> {
  const root = await mkdtemp(join(tmpdir(), 'machine-'));
  const { uid, gid } = userInfo();
  await mkdir(join(root, 'etc'));
  await writeFile(join(root, 'etc/passwd'), `root:x:${uid}:${gid}::/root:/bin/sh\n`);
  await writeFile(join(root, 'etc/group'), `root:x:${gid}:\n`);
  const commands: string[] = [];
  const options: (CommandOptions | undefined)[] = [];
  const answers = new Map<string, CommandResult>();
  return {
    root,
    commands,
    options,
    answers,
    path: (absolute) => join(root, absolute),
    run: async (argv, given) => {
      const line = argv.join(' ');
      commands.push(line);
      options.push(given);
      return [...answers].find(([start]) => line.startsWith(start))?.[1] ?? { status: 0, output: '' };
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
