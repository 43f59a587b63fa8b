import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import { terraformCommands } from '../../terraform/commands.ts';
import { terraformEnvironment } from '../../terraform/environment.ts';
import { findMirror } from '../../terraform/mirror.ts';
import { untilAnswers } from './answers.ts';
import { useOwnRehearsal } from './own-rehearsal.ts';

const rehearsal = useOwnRehearsal(test, 'shop');
let folder = '';

/** Runs Terraform in the folder of the configuration; returns its exit code and output. */
async function terraform(...parameters: string[]) {
  const env = terraformEnvironment(rehearsal().environment);
  const options = { env, extendEnv: false, stdin: 'ignore', all: true, reject: false } as const;
  const { exitCode, all } = await execa('terraform', [`-chdir=${folder}`, ...parameters], options);
  return { exitCode, output: all };
}

const applyWith = (...variables: string[]) =>
  terraform('apply', '-auto-approve', '-no-color', ...variables.map((variable) => `-var=${variable}`));

const planWith = (...variables: string[]) =>
  terraform('plan', '-detailed-exitcode', '-no-color', ...variables.map((variable) => `-var=${variable}`));

test.serial('terraform init and terraform apply succeed', async (t) => {
  folder = await mkdtemp(join(tmpdir(), 'shop-'));
  await cp(join(import.meta.dirname, 'foreign'), folder, { recursive: true });
  const [, ...init] = terraformCommands.init(folder, findMirror());
  for (const { exitCode, output } of [await terraform(...init), await applyWith()]) t.is(exitCode, 0, output);
});

test.after.always('the folder of the configuration', () => rm(folder, { recursive: true, force: true }));

test.serial('two machines serve what their user data has installed, through the load balancer', async (t) => {
  const answers = await untilAnswers(rehearsal().url, 2, 'Hello');
  for (const answer of answers) t.regex(answer, /^200 Hello from i-[0-9a-f]{17}$/);
});

test.serial('a rule of the listener answers', async (t) => {
  // It was created last, and takes a moment.
  const answers = await untilAnswers(`${rehearsal().url}/orders/1`, 1, 'Closed');
  t.deepEqual(answers, ['503 Closed on Sundays']);
});

test.serial('a plan after the apply is empty', async (t) => {
  const { exitCode, output } = await planWith();
  t.is(exitCode, 0, output);
});

test.serial('the desired capacity is raised and lowered', async (t) => {
  const out = await applyWith('desired_capacity=3');
  t.is(out.exitCode, 0, out.output);
  await untilAnswers(rehearsal().url, 3, 'Hello');
  const back = await applyWith('desired_capacity=2');
  t.is(back.exitCode, 0, back.output);
  await untilAnswers(rehearsal().url, 2, 'Hello');
});

test.serial('changed user data replaces the machines by an instance refresh, and a plan is empty again', async (t) => {
  const changed = await applyWith('greeting=Welcome');
  t.is(changed.exitCode, 0, changed.output);
  await untilAnswers(rehearsal().url, 2, 'Welcome');
  const { exitCode, output } = await planWith('greeting=Welcome');
  t.is(exitCode, 0, output);
});

test.serial('terraform destroy removes everything', async (t) => {
  const { exitCode, output } = await terraform('destroy', '-auto-approve', '-no-color');
  t.is(exitCode, 0, output);
  const { output: resources } = await terraform('state', 'list');
  t.is(resources, '');
});
