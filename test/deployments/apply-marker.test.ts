import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { identify } from '../../common/processes.ts';
import { recoverKilledApply, withApplyMarker } from '../../deployments/apply-marker.ts';
import { loadStage, type Stage } from '../../stages/load.ts';
import { TerraformKilledError } from '../../terraform/terraform.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const rehearsal = await loadStage('rehearsal');
const canary: Stage = { ...rehearsal, name: 'canary' };
const production = { ...rehearsal, settings: { ...rehearsal.settings, cloud: 'aws' } } as Stage;

/** A checkout with a state and perhaps a marker. */
async function checkout(t: ExecutionContext, marker?: string) {
  const root = await temporaryFolder(t);
  const at = (name: string) => join(root, 'state', name);
  await mkdir(at(''));
  await writeFile(at('rehearsal.tfstate'), '{}');
  if (marker !== undefined) await writeFile(at('applying'), marker);
  const apply = (action: Parameters<typeof withApplyMarker>[1], stage = rehearsal) =>
    withApplyMarker(stage, action, root);
  const reported: string[] = [];
  const recover = (stage = rehearsal) => recoverKilledApply(stage, (line) => reported.push(line), root);
  const readMarker = async () => JSON.parse(await readFile(at('applying'), 'utf8'));
  return { at, apply, recover, reported, readMarker, files: () => readdir(at('')) };
}

/** A process that leads a group, as Terraform does. */
async function startGroup(t: ExecutionContext) {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  t.teardown(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  return { child, identity: identify(child.pid ?? 0) };
}

test('during an apply a marker names the command and Terraform; afterwards there is none', async (t) => {
  const { apply, readMarker, files } = await checkout(t);
  const { child, identity } = await startGroup(t);
  await apply(async (onStart) => {
    onStart(child.pid ?? 0);
    t.deepEqual(await readMarker(), { command: identify(process.pid), terraform: identity });
  });
  t.deepEqual(await files(), ['rehearsal.tfstate']);
});

const failures = [
  { error: new Error('terraform apply failed'), left: ['rehearsal.tfstate'] },
  { error: new TerraformKilledError('killed by SIGKILL'), left: ['applying', 'rehearsal.tfstate'] },
];

for (const { error, left } of failures) {
  test(`an apply that ends with ${error.name} leaves ${left.join(' and ')}`, async (t) => {
    const { apply, files } = await checkout(t);
    const failing = async (onStart: (pid: number) => void) => {
      onStart(process.pid);
      throw error;
    };
    t.is(await t.throwsAsync(apply(failing)), error);
    t.deepEqual(await files(), left);
  });
}

test('the marker of another stage has its name, and its recovery removes nothing of the default stage', async (t) => {
  const { at, apply, recover, reported, files } = await checkout(t, '{}');
  const killed = new TerraformKilledError('killed by SIGKILL');
  const failing = async (onStart: (pid: number) => void) => {
    onStart(process.pid);
    throw killed;
  };
  t.is(await t.throwsAsync(apply(failing, canary)), killed);
  t.deepEqual(await files(), ['applying', 'applying-canary', 'rehearsal.tfstate']);
  const running = { name: 'UserError', message: /^Process \d+ is changing this rehearsal\./ };
  await t.throwsAsync(recover(canary), running);
  await writeFile(at('applying-canary'), '{}');
  await recover(canary);
  t.deepEqual(reported, ['The last apply was killed. The rehearsal starts over.']);
  t.deepEqual(await files(), ['applying', 'rehearsal.tfstate']);
});

test('outside the rehearsal there is no marker and no recovery', async (t) => {
  const { apply, files } = await checkout(t);
  await apply(async (onStart) => onStart(1), production);
  t.deepEqual(await files(), ['rehearsal.tfstate']);
  const killed = await checkout(t, '{}');
  await killed.recover(production);
  t.deepEqual(killed.reported, []);
  t.deepEqual(await killed.files(), ['applying', 'rehearsal.tfstate']);
});

test('without a marker there is nothing to recover', async (t) => {
  const { recover, reported, files } = await checkout(t);
  await recover();
  t.deepEqual(reported, []);
  t.deepEqual(await files(), ['rehearsal.tfstate']);
});

for (const marker of ['', '{"comm', '{}', '{"command":{"pid":1,"startTicks":"0"}}']) {
  test(`what a killed apply left is removed, with the marker ${JSON.stringify(marker)}`, async (t) => {
    const { recover, reported, files } = await checkout(t, marker);
    await recover();
    t.deepEqual(reported, ['The last apply was killed. The rehearsal starts over.']);
    t.deepEqual(await files(), []);
  });
}

test('a Terraform that survived its command is killed with its process group', async (t) => {
  const { child, identity } = await startGroup(t);
  const exit = once(child, 'exit');
  const ended = { pid: 1, startTicks: '0' };
  const { recover, files } = await checkout(t, JSON.stringify({ command: ended, terraform: identity }));
  await recover();
  t.deepEqual(await exit, [null, 'SIGKILL']);
  t.deepEqual(await files(), []);
});

test('a process that reuses the id of a former Terraform is left alone', async (t) => {
  const { child, identity } = await startGroup(t);
  const { recover } = await checkout(t, JSON.stringify({ terraform: { ...identity, startTicks: '1' } }));
  await recover();
  t.deepEqual([child.exitCode, child.signalCode], [null, null]);
});

test('a running apply is not recovered', async (t) => {
  const { child, identity } = await startGroup(t);
  const { recover, reported, files } = await checkout(t, JSON.stringify({ command: identity, terraform: identity }));
  await t.throwsAsync(recover(), {
    name: 'UserError',
    message: `Process ${child.pid} is changing this rehearsal. Wait until it is done, or end it.`,
  });
  t.is(child.signalCode, null);
  t.deepEqual(reported, []);
  t.deepEqual(await files(), ['applying', 'rehearsal.tfstate']);
});
