import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { localMachine } from './machine.ts';
import { paths } from './paths.ts';
import { openRelease } from './release.ts';
import { roles } from './roles/index.ts';
import { converge } from './runner/converge.ts';
import { type Recap, summarize, taskLines, totalLine } from './runner/recap.ts';
import { parseVariables, type Variables } from './variables.ts';

interface Options {
  variables: string;
  release: string;
  check: boolean;
  diff: boolean;
  tags?: string[];
  recap: string;
}

const program = new Command('bootstrap').description('Turns a Debian into a machine that serves a release.');

program
  .command('converge')
  .description('make the machine what the roles say; a second run changes nothing')
  .requiredOption('--variables <file>', 'the inventory of this machine, as JSON')
  .option('--release <folder>', 'the unpacked release', resolve(import.meta.dirname, '..'))
  .option('--check', 'find out what would change, and change nothing', false)
  .option('--diff', 'show what changes in each file', false)
  .option('--tags <tags>', 'only these roles or tags, separated by commas', (value) => value.split(','))
  .option('--recap <file>', 'where the recap is written as JSON', paths.recap)
  .action(run);

async function run(options: Options): Promise<void> {
  const recap = await convergeHere(options).catch((error: Error) => neverBegan(options, error));
  console.log(totalLine(recap));
  if (!options.check) await writeRecap(options.recap, recap);
  process.exitCode = recap.failed > 0 ? 1 : 0;
}

async function convergeHere(options: Options): Promise<Recap> {
  const release = await openRelease(options.release);
  const variables = await readVariables(options.variables);
  return converge(localMachine(), roles(release, variables), {
    release: release.id,
    check: options.check,
    ...(options.tags && { tags: options.tags }),
    report: (result) => console.log(taskLines(result, options)),
  });
}

/** What keeps a run from beginning is in the recap, too: those who look from outside see nothing else. */
function neverBegan({ release, check, diff }: Options, error: Error): Recap {
  const task = 'Read the release, the variables and the tags';
  const failed = {
    role: 'bootstrap',
    task,
    kind: 'file',
    status: 'failed',
    milliseconds: 0,
    output: error.message,
  } as const;
  console.log(taskLines(failed, { diff }));
  return summarize({
    release: basename(release),
    check,
    startedAt: new Date().toISOString(),
    milliseconds: 0,
    tasks: [failed],
  });
}

async function readVariables(path: string): Promise<Variables> {
  try {
    return parseVariables(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`);
  }
}

async function writeRecap(path: string, recap: Recap): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.next`, `${JSON.stringify(recap, null, 2)}\n`);
  await rename(`${path}.next`, path);
}

program.parseAsync().catch((error: Error) => {
  console.error(`bootstrap: ${error.message}`);
  process.exitCode = 1;
});
