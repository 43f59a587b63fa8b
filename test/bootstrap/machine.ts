import { mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import type { Facts } from '../../bootstrap/facts.ts';
import { localFiles } from '../../bootstrap/machine/files.ts';
import type { CommandOptions, CommandResult, Machine } from '../../bootstrap/machine/machine.ts';
import type { Task } from '../../bootstrap/tasks/task.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A machine whose files lie below a temporary folder, and whose commands are recorded and answered by the test. */
export interface TestMachine extends Machine {
  /** Where a path of the machine lies on this machine. */
  at(path: string): string;
  commands: string[];
  options: (CommandOptions | undefined)[];
  /** Results of the commands that begin with a text; all others succeed without output. */
  answers: Map<string, CommandResult>;
  /** Plans a task and applies its change; returns the difference, undefined when the task is satisfied. */
  apply(task: Task): Promise<string | undefined>;
}

/** The facts of a test machine. */
export const facts: Facts = {
  distribution: 'debian',
  distributionVersion: '12',
  architecture: 'x86_64',
  processors: 2,
  memoryMegabytes: 1954,
  instanceId: 'i-0123456789abcdef0',
};

const processor = 'processor\t: 0\nmodel name\t: Test\n\n';

/** Its `root` is the user of this process, because only root can give files to others. */
export async function testMachine(t: ExecutionContext): Promise<TestMachine> {
  const root = await temporaryFolder(t);
  const at = (path: string) => join(root, path);
  const { uid, gid } = userInfo();
  await mkdir(at('etc'));
  await mkdir(at('proc'));
  await writeFile(at('etc/passwd'), `root:x:${uid}:${gid}::/root:/bin/sh\n`);
  await writeFile(at('etc/group'), `root:x:${gid}:\n`);
  await writeFile(at('etc/os-release'), 'PRETTY_NAME="Debian GNU/Linux 12"\nVERSION_ID="12"\nID=debian\n');
  await writeFile(at('proc/cpuinfo'), processor.repeat(2));
  await writeFile(at('proc/meminfo'), 'MemTotal:        2000896 kB\nMemFree:         1000000 kB\n');
  await mkdir(at('var/lib/cloud/data'), { recursive: true });
  await writeFile(at('var/lib/cloud/data/instance-id'), 'i-0123456789abcdef0\n');
  const commands: string[] = [];
  const options: (CommandOptions | undefined)[] = [];
  const answers = new Map([['uname -m', { status: 0, output: 'x86_64' }]]);
  const machine: TestMachine = {
    at,
    commands,
    options,
    answers,
    files: localFiles(root),
    run: async (argv, given) => {
      const line = argv.join(' ');
      commands.push(line);
      options.push(given);
      return [...answers].find(([start]) => line.startsWith(start))?.[1] ?? { status: 0, output: '' };
    },
    apply: async (task) => {
      const change = await task.plan(machine, facts);
      await change?.apply();
      return change?.diff;
    },
  };
  return machine;
}

/** Answers the commands that begin with a text with one result after another; the last one repeats. */
export function answerInTurn(machine: TestMachine, start: string, results: readonly CommandResult[]): void {
  const { run } = machine;
  let turn = 0;
  machine.run = async (argv, options) => {
    const result = await run(argv, options);
    if (!argv.join(' ').startsWith(start)) return result;
    return results[Math.min(turn++, results.length - 1)] ?? result;
  };
}
