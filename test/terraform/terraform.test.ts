import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
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

test('outputs are read from the state; an empty state has none', async (t) => {
  const some = await terraformThat(t, emit({ url: { value: 'https://x', type: 'string' }, release: { value: 'ab' } }));
  t.deepEqual(await some.terraform.outputs(), { url: 'https://x', release: 'ab' });
  t.is(await (await terraformThat(t, 'echo {}')).terraform.outputs(), undefined);
  const broken = await terraformThat(t, 'echo no backend >&2; exit 1');
  await t.throwsAsync(broken.terraform.outputs(), {
    name: 'UserError',
    message: 'terraform output failed:\nno backend',
  });
});

test('a killed Terraform is an error of its own', async (t) => {
  const { terraform } = await terraformThat(t, 'kill -KILL $$');
  await t.throwsAsync(terraform.apply('/plan', { total: 1, report: () => undefined, onStart: () => undefined }), {
    instanceOf: TerraformKilledError,
    message: 'terraform apply was killed by SIGKILL',
  });
});

test.serial('Ctrl-C interrupts Terraform and waits for it; the interruption is no failure', async (t) => {
  const { terraform } = await terraformThat(t, "trap 'exit 1' INT; while :; do sleep 0.1; done");
  const applying = terraform.apply('/plan', { total: 1, report: () => undefined, onStart: () => undefined });
  const interrupting = setInterval(() => process.emit('SIGINT'), 200);
  t.teardown(() => clearInterval(interrupting));
  await t.throwsAsync(applying, {
    name: 'InterruptedError',
    message: 'terraform apply was interrupted; the state is saved',
  });
});

test.serial("neither the user's variables nor this process's environment reach Terraform", async (t) => {
  const { terraform, folder } = await terraformThat(t, 'env > environment; echo {}');
  process.env.TF_VAR_leak = 'x';
  t.teardown(() => delete process.env.TF_VAR_leak);
  const commands = {
    output: () => terraform.outputs(),
    stream: () => terraform.apply('/plan', { total: 0, report: () => undefined, onStart: () => undefined }),
    state: () => terraform.state(['state', 'list']),
  };
  for (const [name, run] of Object.entries(commands)) {
    await run();
    const environment = await readFile(join(folder, 'environment'), 'utf8');
    t.notRegex(environment, /TF_VAR_leak/, name);
    t.regex(environment, /^TF_IN_AUTOMATION=1$/m, name);
  }
});
