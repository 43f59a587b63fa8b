import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import { parse } from 'yaml';
import { Checkout } from '../benchmarks/faults/checkout.ts';
import { checkoutFolder } from '../common/paths.ts';
import { findActionlint } from './support/actionlint.ts';

const folder = join(checkoutFolder, '.github/workflows');

const found = await findActionlint();
const withActionlint = typeof found === 'string' ? test.skip : test;

interface Workflow {
  jobs: Record<string, { steps: { run?: string }[] }>;
}

async function commandsOf(file: string): Promise<string[]> {
  const { jobs } = parse(await readFile(join(folder, file), 'utf8')) as Workflow;
  return Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
}

test('each command of a workflow is a target of the Makefile', async (t) => {
  const makefile = await readFile(join(checkoutFolder, 'Makefile'), 'utf8');
  const files = await readdir(folder);
  t.deepEqual(files.sort(), ['deploy.yaml', 'model.yaml', 'retrain.yaml', 'tests.yaml']);
  const targets = (await Promise.all(files.map(commandsOf)))
    .flat()
    .flatMap((command) => [...command.matchAll(/\bmake ([a-z-]+)/g)].map(([, target = '']) => target));
  t.true(targets.length > 8);
  t.deepEqual(
    targets.filter((target) => !new RegExp(`^${target}: `, 'm').test(makefile)),
    [],
  );
});

withActionlint('actionlint and shellcheck find nothing in the workflows', async (t) => {
  if (typeof found === 'string') return t.fail(found);
  const { exitCode, all } = await execa(found.actionlint, ['-no-color', '-shellcheck', found.shellcheck], {
    ...{ cwd: checkoutFolder, all: true, reject: false, stdin: 'ignore' },
  });
  t.deepEqual([exitCode, all], [0, '']);
});

test('the commands of the model workflow run one after another without GitHub', async (t) => {
  const checkout = await Checkout.copy();
  t.teardown(() => checkout.remove());
  const rows = ['money back', 'parcel late', 'password lost'].flatMap((text, at) =>
    Array.from({ length: 20 }, (_, number) => `${text} ${number},intent-${at}\n`),
  );
  await writeFile(join(checkout.folder, 'messages.csv'), `text,intent\n${rows.join('')}`);
  await checkout.edit('stages/rehearsal.yaml', (yaml) =>
    yaml.replace('  profile: default\n', '  profile: default\n  data: messages.csv\n'),
  );
  for (const command of await commandsOf('model.yaml')) {
    const { exitCode, all } = await execa(
      'bash',
      ['-e', '-c', command.replaceAll('make ', 'make --assume-old=node_modules/.package-lock.json ')],
      {
        ...{ cwd: checkout.folder, all: true, reject: false, stdin: 'ignore' },
        env: { STAGE: 'rehearsal', GITHUB_SHA: 'c'.repeat(40), CI: 'true' },
      },
    );
    t.is(exitCode, 0, all);
  }
  const { stdout } = await execa('node', ['scripts/models.ts', '--json'], {
    ...{ cwd: checkout.folder, preferLocal: true },
    env: { STAGE: 'rehearsal' },
  });
  const { versions, moves } = JSON.parse(stdout);
  t.is(versions.length, 1);
  t.deepEqual(
    moves.map(({ alias, version, reason }: Record<string, unknown>) => [alias, version, reason]),
    [['staging', 1, `commit ${'c'.repeat(40)}`]],
  );
});
