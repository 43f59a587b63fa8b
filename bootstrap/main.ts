import { basename, resolve } from 'node:path';
import { Command } from 'commander';
import { localMachine } from './machine/local.ts';
import { paths } from './paths.ts';
import { playFor } from './plays/play.ts';
import { openRelease } from './release.ts';
import { consoleText } from './runner/console.ts';
import { converge } from './runner/converge.ts';
import { type Recap, summarize, taskLines, totalLine } from './runner/recap.ts';
import { listTasks } from './runner/tags.ts';
import type { Play } from './tasks/task.ts';

interface Options {
  variables: string;
  release: string;
  check: boolean;
  diff: boolean;
  listTasks: boolean;
  tags?: string[];
  recap: string;
  console: string;
}

const machine = localMachine();

const program = new Command('bootstrap').description('Turns a Debian into a machine that serves a release.');

program
  .command('converge')
  .description('run the roles; a second run changes nothing')
  .requiredOption('--variables <file>', 'the variables of this machine, as JSON')
  .option('--release <folder>', 'the unpacked release', resolve(import.meta.dirname, '..'))
  .option('--check', 'show what would change, and change nothing', false)
  .option('--diff', 'show the difference that each task makes', false)
  .option('--list-tasks', 'list the tasks with their tags, and run none', false)
  .option('--tags <tags>', 'only these roles or tags, separated by commas', (value) => value.split(','))
  .option('--recap <file>', 'where the recap is written as JSON', paths.recap)
  .option('--console <file>', 'the console that gets the result of the run', paths.console)
  .action((options: Options) => (options.listTasks ? list(options) : run(options)));

async function list(options: Options): Promise<void> {
  const { play } = await readPlay(options);
  console.log(listTasks(play, options.tags).join('\n'));
}

async function run(options: Options): Promise<void> {
  const recap = await convergeMachine(options).catch((error: Error) => failedToStart(options, error));
  console.log(totalLine(recap));
  if (!options.check) {
    await writeConsole(options.console, recap);
    await writeRecap(options.recap, recap);
  }
  process.exitCode = recap.failed > 0 ? 1 : 0;
}

async function convergeMachine(options: Options): Promise<Recap> {
  const { release, play } = await readPlay(options);
  return converge(machine, play, {
    release,
    check: options.check,
    ...(options.tags && { tags: options.tags }),
    report: (result) => console.log(taskLines(result, options)),
  });
}

// A run that fails before its first task has a recap, too: it is all that can be read from outside the machine.
function failedToStart({ release, check, diff }: Options, error: Error): Recap {
  const task = {
    role: 'bootstrap',
    task: 'Prepare the run',
    kind: 'file',
    status: 'failed',
    milliseconds: 0,
    output: error.message,
  } as const;
  console.log(taskLines(task, { diff }));
  const startedAt = new Date().toISOString();
  return summarize({ release: basename(release), check, startedAt, milliseconds: 0, tasks: [task] });
}

async function readPlay(options: Options): Promise<{ release: string; play: Play }> {
  const release = await openRelease(machine.files, options.release);
  const text = await machine.files.read(resolve(options.variables));
  try {
    if (text === undefined) throw new Error('expected the variables of the machine, found no file');
    return { release: release.id, play: playFor(release, JSON.parse(text)) };
  } catch (error) {
    throw new Error(`${options.variables}: ${(error as Error).message}`);
  }
}

// Only root may read it: it holds the differences of all files.
async function writeRecap(path: string, recap: Recap): Promise<void> {
  await machine.files.write(resolve(path), `${JSON.stringify(recap, null, 2)}\n`, 0o600);
}

// A machine may have no console, or one that nobody reads: the run goes on without it. A regular file is never made in its place.
async function writeConsole(path: string, recap: Recap): Promise<void> {
  const append = ['oflag=append,noctty', 'conv=nocreat,notrunc', 'iflag=fullblock', 'bs=64K', 'status=none'];
  const options = { input: consoleText(recap), timeoutSeconds: 10 };
  const { status, output } = await machine.run(['dd', `of=${resolve(path)}`, ...append], options);
  if (status !== 0) console.log(`The result was not written to the console: ${output}`);
}

program.parseAsync().catch((error: Error) => {
  console.error(`bootstrap: ${error.message}`);
  process.exitCode = 1;
});
