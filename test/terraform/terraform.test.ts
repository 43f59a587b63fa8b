import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import test from 'ava';
import { execa } from 'execa';
import { checkoutFolder } from '../../common/paths.ts';
import { identify } from '../../common/processes.ts';
import { terraformCommands } from '../../terraform/commands.ts';
import { TerraformKilledError } from '../../terraform/terraform.ts';
import { terraformThat } from './fake.ts';

const emit = (...events: object[]) => events.map((event) => `echo '${JSON.stringify(event)}'`).join('\n');
const diagnostic = (summary: string, detail: string, address?: string) => ({
  type: 'diagnostic',
  '@message': summary,
  diagnostic: { severity: 'error', summary, detail, ...(address && { address }) },
});

test('a plan is written and read', async (t) => {
  const plan = { resource_changes: [] };
  const { terraform, calls, folder } = await terraformThat(
    t,
    `case "$*" in *show*) ${emit(plan)} ;; *) exit 2 ;; esac`,
  );
  t.deepEqual(await terraform.plan(join(folder, 'plans/a.tfplan')), plan);
  t.deepEqual(
    (await calls()).map((call) => call.split(' ')[1]),
    ['plan', 'show'],
  );
});

test('a plan without changes is empty, and not read', async (t) => {
  const { terraform, calls, folder } = await terraformThat(t, 'exit 0');
  t.deepEqual(await terraform.plan(join(folder, 'a.tfplan')), {});
  t.deepEqual(
    (await calls()).map((call) => call.split(' ')[1]),
    ['plan'],
  );
});

test('a plan whose changes alone are asked for is not read, and refreshes nothing where that was done before', async (t) => {
  const change = { resource: { addr: 'aws_lb_listener.a', resource_type: 'aws_lb_listener' }, action: 'update' };
  const events = [
    { type: 'planned_change', '@message': '', change },
    { type: 'outputs', '@message': '', outputs: { deployment: { action: 'update' } } },
  ];
  const { terraform, calls, folder } = await terraformThat(t, `${emit(...events)}\nexit 2`);
  const file = join(folder, 'a.tfplan');
  t.deepEqual(await terraform.planChanges(file, { refresh: false }), {
    resources: [{ address: 'aws_lb_listener.a', type: 'aws_lb_listener', action: 'update' }],
    outputs: ['deployment'],
  });
  t.deepEqual(await calls(), [terraformCommands.plan('/stack', file, { refresh: false }).join(' ')]);
});

test("a plan that fails shows Terraform's errors with their addresses", async (t) => {
  const warning = { ...diagnostic('old', 'x'), diagnostic: { severity: 'warning', summary: 'old', detail: 'x' } };
  const { terraform, folder } = await terraformThat(
    t,
    `${emit({ type: 'version', '@message': 'Terraform 1' }, warning, diagnostic('Bad name', 'Too long.', 'aws_lb.a'))}\nexit 1`,
  );
  const error = await t.throwsAsync(terraform.plan(join(folder, 'a.tfplan')), { name: 'UserError' });
  t.regex(error.message, /^terraform plan failed:\naws_lb\.a: Bad name\nToo long\.$/);
});

test('a failure without an error event shows the last lines', async (t) => {
  const { terraform, folder } = await terraformThat(t, 'echo one\necho two >&2\nexit 1');
  const error = await t.throwsAsync(terraform.plan(join(folder, 'a.tfplan')), { name: 'UserError' });
  t.deepEqual(error.message.split('\n').sort(), ['one', 'terraform plan failed:', 'two']);
});

test('an apply reports its progress and its process id', async (t) => {
  const hook = (type: string, addr: string) => ({ type, '@message': '', hook: { resource: { addr } } });
  const { terraform, folder } = await terraformThat(
    t,
    emit(hook('apply_start', 'aws_vpc.a'), hook('apply_complete', 'aws_vpc.a'), hook('apply_start', 'aws_lb.b')),
  );
  const lines: string[] = [];
  const pids: number[] = [];
  await terraform.apply(join(folder, 'plan'), {
    total: 2,
    report: (line) => lines.push(line),
    onStart: (pid) => pids.push(pid),
  });
  t.deepEqual(lines, ['0 of 2, on aws_vpc.a', '1 of 2', '1 of 2, on aws_lb.b']);
  t.is(pids.length, 1);
  t.true((pids[0] ?? 0) > 1);
});

test('a resource is imported; a failure shows what Terraform says', async (t) => {
  const { terraform, calls } = await terraformThat(t, '');
  await terraform.import('aws_lb.a', 'arn:a');
  t.deepEqual(await calls(), [terraformCommands.import('/stack', 'aws_lb.a', 'arn:a').join(' ')]);
  const broken = await terraformThat(t, 'echo no such object >&2; exit 1');
  await t.throwsAsync(broken.terraform.import('aws_lb.a', 'arn:a'), {
    name: 'UserError',
    message: 'terraform import failed:\nno such object',
  });
});

test('a killed Terraform is an error of its own', async (t) => {
  const { terraform } = await terraformThat(t, 'kill -KILL $$');
  await t.throwsAsync(terraform.apply('/plan', { total: 1, report: () => undefined, onStart: () => undefined }), {
    instanceOf: TerraformKilledError,
    message: 'terraform apply was killed by SIGKILL',
  });
});

const interruptible = "trap 'echo interrupted >> calls; exit 1' INT; echo ready >> calls; while :; do sleep 0.1; done";

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test.serial(`${signal} interrupts Terraform and waits for it; the interruption is no failure`, async (t) => {
    const { terraform, calls } = await terraformThat(t, interruptible);
    const listeners = process.rawListeners(signal);
    const applying = terraform.apply('/plan', { total: 1, report: () => undefined, onStart: () => undefined });
    while ((await calls().catch(() => [])).at(-1) !== 'ready') await delay(20);
    process.emit(signal, signal);
    const message = 'terraform apply was interrupted; the state is saved';
    t.like(await t.throwsAsync(applying), { name: 'InterruptedError', message, signal } as object);
    t.is((await calls()).at(-1), 'interrupted');
    t.deepEqual(process.rawListeners(signal), listeners);
  });
}

test.serial('a second signal says what a third one costs, which is passed on', async (t) => {
  const script =
    'trap \'echo interrupted >> calls\' INT; echo ready >> calls; until [ "$(grep -c interrupted calls)" = 2 ]; do sleep 0.1; done; exit 1';
  const { terraform, calls } = await terraformThat(t, script);
  const lines: string[] = [];
  const { error } = console;
  console.error = (line: string) => lines.push(line.trim());
  t.teardown(() => {
    console.error = error;
  });
  const applying = terraform.apply('/plan', { total: 1, report: () => undefined, onStart: () => undefined });
  const lastCall = async (call: string) => {
    while ((await calls().catch(() => [])).at(-1) !== call) await delay(20);
  };
  await lastCall('ready');
  process.emit('SIGTERM', 'SIGTERM');
  await lastCall('interrupted');
  process.emit('SIGINT', 'SIGINT');
  await delay(200);
  t.is((await calls()).filter((call) => call === 'interrupted').length, 1);
  process.emit('SIGINT', 'SIGINT');
  t.like(await t.throwsAsync(applying), { name: 'InterruptedError', signal: 'SIGTERM' } as object);
  t.deepEqual(
    lines.map((line) => line.split(/[:.]/)[0]),
    ['Interrupted', 'Terraform still works', 'Terraform is ended at once'],
  );
});

test('a Terraform whose command is killed is interrupted, and can say so before it saves the state', async (t) => {
  const script = interruptible.replace('exit 1', "echo '{}'; echo '{}' >&2; echo saved >> calls; exit 1");
  const { folder, environment, calls } = await terraformThat(t, script);
  const program = join(folder, 'command.ts');
  const module = join(checkoutFolder, 'terraform/terraform.ts');
  const nothing = '() => undefined';
  await writeFile(
    program,
    `import { Terraform } from '${module}';
await new Terraform('/stack', process.env).apply('/plan', { total: 1, report: ${nothing}, onStart: ${nothing} });`,
  );
  const command = execa(process.execPath, [program], { env: environment, reject: false, stdin: 'ignore' });
  while ((await calls().catch(() => [])).at(-1) !== 'ready') await delay(20);
  command.kill('SIGKILL');
  await command;
  while ((await calls()).at(-1) !== 'saved') await delay(20);
  t.deepEqual((await calls()).slice(-2), ['interrupted', 'saved']);
});

test('the provider of a Terraform that is killed is ended', async (t) => {
  const { terraform, calls } = await terraformThat(t, 'sleep 60 > /dev/null 2>&1 & echo $! >> calls; kill -9 $$');
  const applying = terraform.apply('/plan', { total: 1, report: () => undefined, onStart: () => undefined });
  await t.throwsAsync(applying, { name: 'TerraformKilledError', message: 'terraform apply was killed by SIGKILL' });
  const provider = Number((await calls()).at(-1));
  while (identify(provider)) await delay(20);
  t.pass();
});

test.serial("neither the user's variables nor this process's environment reach Terraform", async (t) => {
  const { terraform, folder } = await terraformThat(t, 'env > environment; echo {}');
  process.env.TF_VAR_leak = 'x';
  t.teardown(() => delete process.env.TF_VAR_leak);
  const commands = {
    import: () => terraform.import('aws_lb.a', 'arn:a'),
    stream: () => terraform.apply('/plan', { total: 0, report: () => undefined, onStart: () => undefined }),
    state: () => terraform.stateList(),
  };
  for (const [name, run] of Object.entries(commands)) {
    await run();
    const environment = await readFile(join(folder, 'environment'), 'utf8');
    t.notRegex(environment, /TF_VAR_leak/, name);
    t.regex(environment, /^TF_IN_AUTOMATION=1$/m, name);
  }
});
