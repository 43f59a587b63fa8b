import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { findMirror, mirrorCandidates } from '../../../scripts/terraform/mirror.ts';
import { assertTerraform, isNewEnough, Terraform } from '../../../scripts/terraform/terraform.ts';

/** A program called terraform that does what `script` says, first on the PATH of `environment`. */
async function terraformThat(t: ExecutionContext, script: string) {
  const folder = await mkdtemp(join(tmpdir(), 'terraform-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'terraform'), `#!/bin/sh\ncd '${folder}'\necho "$@" >> calls\n${script}\n`);
  await chmod(join(folder, 'terraform'), 0o755);
  const environment = { PATH: [folder, process.env.PATH].join(delimiter), HOME: folder };
  const calls = async () => (await readFile(join(folder, 'calls'), 'utf8')).trimEnd().split('\n');
  return { folder, environment, calls, terraform: new Terraform('/stack', environment) };
}

const emit = (...events: object[]) => events.map((event) => `echo '${JSON.stringify(event)}'`).join('\n');
const diagnostic = (summary: string, detail: string, address?: string) => ({
  type: 'diagnostic',
  '@message': summary,
  diagnostic: { severity: 'error', summary, detail, ...(address && { address }) },
});

test('versions from 1.10 will do', (t) => {
  const versions = ['0.15.5', '1.9.8', '1.10.0', '1.11.4', '1.10.0-rc1', '2.0.0', '', 'unknown'];
  t.deepEqual(versions.filter(isNewEnough), ['1.10.0', '1.11.4', '1.10.0-rc1', '2.0.0']);
});

const onPath = async <Value>(path: string, action: () => Promise<Value>) => {
  const before = process.env.PATH;
  process.env.PATH = path;
  try {
    return await action();
  } finally {
    process.env.PATH = before;
  }
};

test.serial('Terraform that is missing or too old is refused, with what to do', async (t) => {
  const remedy = 'See https://developer.hashicorp.com/terraform/install';
  const old = await terraformThat(t, `echo '{"terraform_version": "1.9.8"}'`);
  const good = await terraformThat(t, `echo '{"terraform_version": "1.10.2"}'`);
  const odd = await terraformThat(t, 'echo hello');
  await onPath('/nowhere', () =>
    t.throwsAsync(assertTerraform(), {
      name: 'UserError',
      message: `Expected Terraform 1.10 or newer on the PATH, found none. ${remedy}`,
    }),
  );
  await onPath(`${old.folder}:/bin`, () =>
    t.throwsAsync(assertTerraform(), { message: `Expected Terraform 1.10 or newer, found 1.9.8. ${remedy}` }),
  );
  await onPath(`${odd.folder}:/bin`, () =>
    t.throwsAsync(assertTerraform(), { message: `Expected Terraform 1.10 or newer, found an unknown one. ${remedy}` }),
  );
  await onPath(`${good.folder}:/bin`, () => t.notThrowsAsync(assertTerraform()));
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

test('a plan that fails says what Terraform says of errors, with the place', async (t) => {
  const warning = { ...diagnostic('old', 'x'), diagnostic: { severity: 'warning', summary: 'old', detail: 'x' } };
  const { terraform, folder } = await terraformThat(
    t,
    `${emit({ type: 'version', '@message': 'Terraform 1' }, warning, diagnostic('Bad name', 'Too long.', 'aws_lb.a'))}\nexit 1`,
  );
  const error = await t.throwsAsync(terraform.plan(join(folder, 'a.tfplan')), { name: 'UserError' });
  t.regex(error.message, /^terraform plan failed:\naws_lb\.a: Bad name\nToo long\.$/);
});

test('a failure without an event shows the last lines', async (t) => {
  const { terraform, folder } = await terraformThat(t, 'echo one\necho two >&2\nexit 1');
  const error = await t.throwsAsync(terraform.plan(join(folder, 'a.tfplan')), { name: 'UserError' });
  t.deepEqual(error.message.split('\n').sort(), ['one', 'terraform plan failed:', 'two']);
});

test('an apply reports what it does and whose process it is', async (t) => {
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

test('outputs are what the state holds; an empty state has none', async (t) => {
  const some = await terraformThat(t, emit({ url: { value: 'https://x', type: 'string' }, release: { value: 'ab' } }));
  t.deepEqual((await some.terraform.outputs()) as unknown, { url: 'https://x', release: 'ab' });
  t.is(await (await terraformThat(t, 'echo {}')).terraform.outputs(), undefined);
  const broken = await terraformThat(t, 'echo no backend >&2; exit 1');
  await t.throwsAsync(broken.terraform.outputs(), {
    name: 'UserError',
    message: 'terraform output failed:\nno backend',
  });
});

test("somebody's settings of Terraform do not reach its runs", async (t) => {
  const { environment, folder } = await terraformThat(t, 'env > seen; echo {}');
  const settings = { TF_CLI_ARGS: '-x', TF_VAR_a: '1', TF_WORKSPACE: 'w', TF_LOG: 'TRACE', TF_PLUGIN_CACHE_DIR: '/c' };
  await new Terraform('/stack', { ...environment, ...settings, AWS_REGION: 'r' }).outputs();
  const seen = (await readFile(join(folder, 'seen'), 'utf8'))
    .split('\n')
    .filter((line) => /^(TF|AWS|CHECK)/.test(line));
  t.deepEqual(seen.sort(), ['AWS_REGION=r', 'CHECKPOINT_DISABLE=1', 'TF_IN_AUTOMATION=1', 'TF_PLUGIN_CACHE_DIR=/c']);
});

test('a mirror is looked for in these places, in this order', (t) => {
  const candidates = mirrorCandidates({ TF_PLUGIN_MIRROR: '/mine', XDG_DATA_HOME: '/data' });
  t.is(candidates[0], '/mine');
  t.regex(candidates[1] ?? '', /\/\.terraform\.d\/plugins$/);
  t.deepEqual(candidates.slice(2, 5), [
    '/data/terraform/plugins',
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
  ]);
  t.true(candidates.slice(5).every((folder) => /^\/opt\/[^/]+$/.test(folder)));
  t.notRegex(mirrorCandidates({})[0] ?? '', /mine/);
});

test('a mirror is a folder that holds the provider, the first one', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'mirror-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const [empty, first, second] = ['empty', 'first', 'second'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await mkdir(empty);
  for (const mirror of [first, second])
    await mkdir(join(mirror, 'registry.terraform.io/hashicorp/aws'), { recursive: true });
  t.is(findMirror([join(folder, 'none'), empty, first, second]), first);
  t.is(findMirror([empty]), undefined);
});
