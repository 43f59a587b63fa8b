import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { identify } from '../../common/processes.ts';
import { recoverKilledApply, withApplyMarker } from '../../deployments/apply-marker.ts';
import { loadStage, type Stage } from '../../stages/load.ts';
import { TerraformKilledError } from '../../terraform/terraform.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const stage = await loadStage('rehearsal');
const production = { ...stage, settings: { ...stage.settings, cloud: 'aws' } } as Stage;

async function checkout(t: ExecutionContext) {
  const root = await temporaryFolder(t);
  await mkdir(join(root, 'state'));
  await writeFile(join(root, 'state/rehearsal.tfstate'), '{}');
  return { root, marker: join(root, 'state/applying'), files: () => readdir(join(root, 'state')) };
}

async function group(t: ExecutionContext) {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  t.teardown(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  return { child, identity: identify(child.pid ?? 0) };
}

async function ended() {
  const child = spawn('true', { stdio: 'ignore' });
  const pid = child.pid ?? 0;
  await once(child, 'exit');
  return { pid, startTicks: '1' };
}

test('during an apply a marker names the command and Terraform; afterwards there is none', async (t) => {
  const { root, marker } = await checkout(t);
  const { child, identity } = await group(t);
  await withApplyMarker(
    stage,
    async (onStart) => {
      onStart(child.pid ?? 0);
      t.deepEqual(JSON.parse(await readFile(marker, 'utf8')), { command: identify(process.pid), terraform: identity });
    },
    root,
  );
  t.false(existsSync(marker));
});

function failingApply(root: string, error: Error): Promise<void> {
  const apply = async (onStart: (pid: number) => void) => {
    onStart(process.pid);
    throw error;
  };
  return withApplyMarker(stage, apply, root);
}

test('an apply that fails leaves no marker, and throws its error', async (t) => {
  const { root, marker } = await checkout(t);
  const failing = failingApply(root, new Error('terraform apply failed'));
  await t.throwsAsync(failing, { message: 'terraform apply failed' });
  t.false(existsSync(marker));
});

test('when Terraform is killed, the marker stays for the next command', async (t) => {
  const { root, marker } = await checkout(t);
  const failing = failingApply(root, new TerraformKilledError('terraform apply was killed by SIGKILL'));
  await t.throwsAsync(failing, { instanceOf: TerraformKilledError });
  t.true(existsSync(marker));
});

test('elsewhere than in a rehearsal nothing is withApplyMarker, nothing recovered', async (t) => {
  const { root, marker, files } = await checkout(t);
  await withApplyMarker(production, async (onStart) => onStart(1), root);
  t.false(existsSync(marker));
  await writeFile(marker, '{}');
  await recoverKilledApply(production, () => t.fail(), root);
  t.deepEqual(await files(), ['applying', 'rehearsal.tfstate']);
});

test('without a marker there is nothing to recover', async (t) => {
  const { root, files } = await checkout(t);
  await recoverKilledApply(stage, () => t.fail(), root);
  t.deepEqual(await files(), ['rehearsal.tfstate']);
});

for (const content of ['', '{"comm', '{}', '{"command":{"pid":1,"startTicks":"0"}}']) {
  test(`what a killed apply left is removed, with the marker ${JSON.stringify(content)}`, async (t) => {
    const { root, marker, files } = await checkout(t);
    await writeFile(marker, content);
    const said: string[] = [];
    await recoverKilledApply(stage, (line) => said.push(line), root);
    t.deepEqual(said, ['The last apply was killed. The rehearsal starts over.']);
    t.deepEqual(await files(), []);
  });
}

test('a Terraform that survived its command is killed with its process group', async (t) => {
  const { root, marker, files } = await checkout(t);
  const { child, identity } = await group(t);
  const exit = once(child, 'exit');
  await writeFile(marker, JSON.stringify({ command: await ended(), terraform: identity }));
  await recoverKilledApply(stage, () => undefined, root);
  t.deepEqual(await exit, [null, 'SIGKILL']);
  t.deepEqual(await files(), []);
});

test('a process that reuses the id of a former Terraform is left alone', async (t) => {
  const { root, marker } = await checkout(t);
  const { child, identity } = await group(t);
  await writeFile(marker, JSON.stringify({ terraform: { ...identity, startTicks: '1' } }));
  await recoverKilledApply(stage, () => undefined, root);
  t.is(child.exitCode, null);
  t.is(child.signalCode, null);
});

test('a running apply is not recovered', async (t) => {
  const { root, marker, files } = await checkout(t);
  const { child, identity } = await group(t);
  await writeFile(marker, JSON.stringify({ command: identity, terraform: identity }));
  await t.throwsAsync(
    recoverKilledApply(stage, () => t.fail(), root),
    {
      name: 'UserError',
      message: `Process ${child.pid} is changing this rehearsal. Wait until it is done, or end it.`,
    },
  );
  t.is(child.signalCode, null);
  t.deepEqual(await files(), ['applying', 'rehearsal.tfstate']);
});
