import { chmod, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { UserError } from '../../common/errors.ts';
import { checkoutFolder } from '../../common/paths.ts';
import { type HookDescription, type HookName, runHook } from '../../deployments/hooks.ts';
import { writeProgram } from '../support/programs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const description: HookDescription = {
  ...{ stage: 'production', command: 'make apply', user: 'ann', strategy: 'canary', from: null, to: 'r-2' },
  ...{ release: '0123456789abcdef', modelVersion: 'm2', url: 'https://intents.example.com' },
  ...{ outcome: null, reason: null },
};

/** A checkout with hooks, whose contents are given by name; `run` runs one of them. */
async function checkoutWith(t: ExecutionContext, hooks: Partial<Record<HookName, string>>) {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'hooks'));
  const fileOf = (name: string) => join(folder, 'hooks', name);
  for (const [name, content] of Object.entries(hooks)) await writeProgram(fileOf(name), content);
  const lines: string[] = [];
  const run = (name: HookName) => runHook(name, description, { folder, report: (line) => lines.push(line) });
  return { folder, fileOf, lines, run };
}

test('without hooks nothing happens, also without their folder', async (t) => {
  const { lines, run } = await checkoutWith(t, {});
  for (const name of ['pre-deploy', 'post-deploy', 'on-rollback'] as const) await run(name);
  const folder = await temporaryFolder(t);
  await runHook('pre-deploy', description, { folder, report: (line) => lines.push(line) });
  t.deepEqual(lines, []);
});

test('a hook runs in the checkout with the deployment in its environment, and its output is shown line by line', async (t) => {
  const script = '#!/bin/sh\npwd\necho problem >&2\nenv | grep ^INTENT_FLEET_ | sort\n[ -n "$HOME" ] && cat';
  const { folder, lines, run } = await checkoutWith(t, { 'pre-deploy': script });
  await run('pre-deploy');
  t.deepEqual(
    lines,
    [
      ...[folder, 'problem', 'INTENT_FLEET_COMMAND=make apply', 'INTENT_FLEET_FROM='],
      ...['INTENT_FLEET_MODEL_VERSION=m2', 'INTENT_FLEET_OUTCOME=', 'INTENT_FLEET_REASON='],
      ...['INTENT_FLEET_RELEASE=0123456789abcdef', 'INTENT_FLEET_STAGE=production', 'INTENT_FLEET_STRATEGY=canary'],
      ...['INTENT_FLEET_TO=r-2', 'INTENT_FLEET_URL=https://intents.example.com', 'INTENT_FLEET_USER=ann'],
    ].map((line) => `hooks/pre-deploy: ${line}`),
  );
});

test('pre-deploy stops the deployment when it fails, is killed or cannot be run', async (t) => {
  const failures: [script: string, message: RegExp][] = [
    ['#!/bin/sh\nexit 3', /^hooks\/pre-deploy ended with exit code 3: nothing was changed$/],
    ['#!/bin/sh\nkill -KILL $$', /^hooks\/pre-deploy was ended by SIGKILL: nothing was changed$/],
    ['#!/nowhere/sh', /^hooks\/pre-deploy could not be run: spawn \S+ ENOENT: nothing was changed$/],
  ];
  for (const [script, message] of failures) {
    const { lines, run } = await checkoutWith(t, { 'pre-deploy': script });
    await t.throwsAsync(run('pre-deploy'), { instanceOf: UserError, message });
    t.deepEqual(lines, []);
  }
});

test('a hook that fails when everything is over is a warning', async (t) => {
  const { lines, run } = await checkoutWith(t, {
    'post-deploy': '#!/bin/sh\necho told nobody; exit 1',
    'on-rollback': '#!/bin/sh\nkill -TERM $$',
  });
  await run('post-deploy');
  await run('on-rollback');
  t.deepEqual(lines, [
    'hooks/post-deploy: told nobody',
    'Warning: hooks/post-deploy ended with exit code 1',
    'Warning: hooks/on-rollback was ended by SIGTERM',
  ]);
});

test('a hook that is not executable stops the deployment before it begins, and is a warning afterwards', async (t) => {
  const { fileOf, lines, run } = await checkoutWith(t, { 'post-deploy': '#!/bin/sh' });
  await chmod(fileOf('post-deploy'), 0o644);
  await t.throwsAsync(run('pre-deploy'), {
    instanceOf: UserError,
    message: 'hooks/post-deploy is not executable: nothing was changed. Allow it with: chmod +x hooks/post-deploy',
  });
  await run('post-deploy');
  t.deepEqual(lines, [`Warning: hooks/post-deploy could not be run: spawn ${fileOf('post-deploy')} EACCES`]);
});

test('a link that leads nowhere is not taken for a hook that is missing', async (t) => {
  const { fileOf, run } = await checkoutWith(t, {});
  await symlink('elsewhere', fileOf('pre-deploy'));
  await t.throwsAsync(run('pre-deploy'), { instanceOf: UserError, message: /^hooks\/pre-deploy is not executable/ });
});

test('what a hook leaves running in the background is not waited for', async (t) => {
  const { lines, run } = await checkoutWith(t, { 'post-deploy': '#!/bin/sh\nsleep 30 & echo $!' });
  const began = Date.now();
  await run('post-deploy');
  t.true(Date.now() - began < 20_000);
  t.is(lines.length, 1);
  process.kill(Number(lines[0]?.split(' ')[1]));
});

test('the sample refuses production on Friday afternoons, and nothing else', async (t) => {
  const folder = await temporaryFolder(t);
  await writeProgram(join(folder, 'date'), '#!/bin/sh\n[ "$1" = +%u ] && echo "$DAY" || echo "$HOUR"');
  const exitCode = async (day: string, hour: string, changes: Record<string, string> = {}) => {
    const env = {
      ...{ PATH: `${folder}:/usr/bin:/bin`, DAY: day, HOUR: hour },
      ...{ INTENT_FLEET_STAGE: 'production', INTENT_FLEET_STRATEGY: 'rolling', ...changes },
    };
    const options = { env, extendEnv: false, reject: false };
    return (await execa(join(checkoutFolder, 'hooks/pre-deploy.sample'), options)).exitCode;
  };
  t.is(await exitCode('5', '12'), 1);
  t.is(await exitCode('5', '09'), 0);
  t.is(await exitCode('4', '12'), 0);
  t.is(await exitCode('5', '12', { INTENT_FLEET_STAGE: 'rehearsal' }), 0);
  t.is(await exitCode('5', '12', { INTENT_FLEET_STRATEGY: 'rollback' }), 0);
});
