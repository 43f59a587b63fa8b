import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import { readKeyRing } from '../../app/access/key-ring.ts';
import { ApiKeys } from '../../deployments/api-keys.ts';
import { admission } from '../../rehearsal/gateway/access.ts';
import { createMetadataService } from '../../rehearsal/metadata/service.ts';
import { userWith } from '../../rehearsal/permissions/principal.ts';
import { bundle } from '../../releases/bundle.ts';
import { keys as released } from '../../releases/manifest.ts';
import { checkoutSources } from '../../releases/sources.ts';
import { emulated } from '../rehearsal/gateway/emulated.ts';
import { accessKey } from '../rehearsal/gateway/signed.ts';
import { listen } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const role = { AccessKeyId: 'ASIA0123', SecretAccessKey: 's', Token: 't', Expiration: '2099-01-01T00:00:00Z' };
const roleKey = { accessKeyId: role.AccessKeyId, secretAccessKey: role.SecretAccessKey, sessionToken: role.Token };

test('the released program reads the keys of the account with the role of the machine, and makes its own', async (t) => {
  const principal = async () => userWith(undefined);
  const caller = (id: string) => ({ key: id === roleKey.accessKeyId ? roleKey : accessKey, principal });
  const { endpoint } = await emulated(t, { admit: admission(caller, { refusalOf: async () => undefined }) });
  const apiKeys = new ApiKeys({ region: 'eu-central-1', endpoint, credentials: accessKey }, 'fleet');
  const web = await apiKeys.create({ name: 'web', scopes: ['predict'] });
  const state = await temporaryFolder(t);
  const leaves = { 'meta-data/iam/security-credentials/the-role': JSON.stringify(role) };
  const metadata = createMetadataService(() => new Map(Object.entries(leaves)));
  const program = join(state, 'keys.mjs');
  await writeFile(program, await bundle(checkoutSources.keys, checkoutSources.root));
  const child = spawn(process.execPath, [...released.options, program], {
    env: {
      ...released.environment,
      KEYS_REGION: 'eu-central-1',
      KEYS_ENDPOINT: endpoint,
      KEYS_PATH: '/fleet/api-keys',
      STATE_DIRECTORY: state,
      METADATA_URL: `http://127.0.0.1:${await listen(t, metadata)}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  const output: string[] = [];
  child.stdout.on('data', (text) => output.push(String(text)));
  const file = join(state, 'keys.json');
  while (!(await readKeyRing(file).catch(() => undefined))) await sleep(50);
  const ring = await readKeyRing(file);
  const own = (await readFile(join(state, 'authorization'), 'utf8')).trim().split(' ').at(-1) ?? '';
  t.deepEqual([ring.size, ring.find(web)?.name, ring.find(own)?.name], [2, 'web', '_machine']);
  while (output.length === 0) await sleep(20);
  t.deepEqual(output, ['API keys: web\n']);
});
