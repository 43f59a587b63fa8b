import test from 'ava';
import type { NewApiKey } from '../../deployments/api-keys.ts';
import type { Deployment } from '../../deployments/deployment.ts';
import { asksForKeys, DeploymentKey } from '../../deployments/deployment-key.ts';
import { exampleDeployment } from '../../stacks/example-deployment.ts';
import { exampleStage } from '../../stacks/example-stage.ts';
import { userDataOf } from '../../stacks/user-data.ts';
import { machineVariables } from '../../stacks/variables.ts';
import { makeKey } from '../app/access/keys.ts';

/** A deployment whose green track asks for keys, or not. */
function deploymentWith(access: 'open' | 'keys'): Deployment {
  const { settings } = exampleStage();
  const service = { ...settings.service, access };
  const site = { accountId: '123456789012' };
  const variables = machineVariables('fleet', { ...settings, service }, site);
  const release = { key: 'releases/r.tar', sha256: 'a'.repeat(64), path: '/r.tar' };
  const deployment = exampleDeployment();
  const name = deployment.tracks.green.revision ?? '';
  const userData = userDataOf(release, variables, 'fleet', settings.region, site);
  const revisions = { ...deployment.revisions, [name]: { ...deployment.revisions[name], userData } };
  return { ...deployment, revisions } as Deployment;
}

/** Keys in memory. */
function memory(...names: string[]) {
  const kept = new Map(names.map((name) => [name, makeKey(name, { expiresAt: '2026-01-01T00:00:00Z' }).named]));
  const made: NewApiKey[] = [];
  const apiKeys = {
    create: async (options: NewApiKey) => {
      made.push(options);
      const { text, named } = makeKey(options.name);
      kept.set(options.name, named);
      return text;
    },
    list: async () => ({ keys: [...kept.values()], unreadable: [] }),
    revoke: async (name: string) => kept.delete(name),
  };
  return { apiKeys, kept, made };
}

test('machines ask for keys where their first script names them', (t) => {
  t.true(asksForKeys(deploymentWith('keys')));
  t.false(asksForKeys(deploymentWith('open')));
});

test('a deployment whose machines ask for none makes none', async (t) => {
  const { apiKeys, made } = memory();
  const key = new DeploymentKey(apiKeys);
  t.is(await key.of(deploymentWith('open')), undefined);
  await key.end();
  t.deepEqual(made, []);
});

test('a deployment makes one key, which ends with it or within a day, and ends those that were left', async (t) => {
  const { apiKeys, kept, made } = memory('_deployment-00000000');
  const key = new DeploymentKey(apiKeys);
  const text = await key.of(deploymentWith('keys'));
  t.regex(text ?? '', /^ifk_/);
  t.is(await key.of(deploymentWith('keys')), text);
  const [{ name, scopes, expiresAt } = { name: '', scopes: [] }, ...others] = made;
  t.deepEqual([others, scopes, [...kept.keys()]], [[], ['predict'], [name]]);
  t.regex(name, /^_deployment-[0-9a-f]{8}$/);
  const hours = ((expiresAt?.getTime() ?? 0) - Date.now()) / 3_600_000;
  t.true(hours > 23 && hours <= 24);
  await key.end();
  t.deepEqual([...kept.keys()], []);
});

test('a key that cannot be ended now is no failure: it ends by itself', async (t) => {
  const { apiKeys } = memory();
  const key = new DeploymentKey({ ...apiKeys, revoke: async () => Promise.reject(new Error('AccessDeniedException')) });
  await key.of(deploymentWith('keys'));
  await t.notThrowsAsync(key.end());
});
