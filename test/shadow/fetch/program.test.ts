import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import test from 'ava';
import { shadowParameter } from '../../../common/shadow/parameter.ts';
import { admission } from '../../../rehearsal/gateway/access.ts';
import { createMetadataService } from '../../../rehearsal/metadata/service.ts';
import { userWith } from '../../../rehearsal/permissions/principal.ts';
import { bundle } from '../../../releases/bundle.ts';
import { shadowFetch as released } from '../../../releases/manifest.ts';
import { checkoutSources } from '../../../releases/sources.ts';
import { readCurrent } from '../../../shadow/current.ts';
import { emulated } from '../../rehearsal/gateway/emulated.ts';
import { accessKey } from '../../rehearsal/gateway/signed.ts';
import { listen } from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { packArchive } from './archive.ts';

const role = { AccessKeyId: 'ASIA0123', SecretAccessKey: 's', Token: 't', Expiration: '2099-01-01T00:00:00Z' };
const roleKey = { accessKeyId: role.AccessKeyId, secretAccessKey: role.SecretAccessKey, sessionToken: role.Token };

test('the released program fetches the release that the parameter names, with the role of the machine', async (t) => {
  const principal = async () => userWith(undefined);
  const caller = (id: string) => ({ key: id === roleKey.accessKeyId ? roleKey : accessKey, principal });
  const { endpoint, objects } = await emulated(t, { admit: admission(caller, { refusalOf: async () => undefined }) });
  const releases = `${endpoint}/fleet-releases/releases`;
  const { content, key, wanted } = await packArchive(t, releases, { 'release.json': '{}' });
  const LocationConstraint = 'eu-central-1';
  const Bucket = 'fleet-releases';
  await objects.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }));
  await objects.send(new PutObjectCommand({ Bucket, Key: `releases/${key}`, Body: content }));
  const parameters = new SSMClient({ region: 'eu-central-1', endpoint, credentials: accessKey });
  const Name = shadowParameter('fleet');
  await parameters.send(new PutParameterCommand({ Name, Value: JSON.stringify(wanted), Type: 'String' }));
  const [state, folder] = [await temporaryFolder(t), await temporaryFolder(t)];
  const leaves = { 'meta-data/iam/security-credentials/the-role': JSON.stringify(role) };
  const metadata = createMetadataService(() => new Map(Object.entries(leaves)));
  const program = join(folder, 'fetch.mjs');
  await writeFile(program, await bundle(checkoutSources.shadowFetch, checkoutSources.root));
  const env = {
    ...released.environment,
    PATH: '/usr/bin:/bin',
    SHADOW_REGION: 'eu-central-1',
    SHADOW_ENDPOINT: endpoint,
    SHADOW_PARAMETER: Name,
    SHADOW_RELEASES: releases,
    STATE_DIRECTORY: state,
    METADATA_URL: `http://127.0.0.1:${await listen(t, metadata)}`,
  };
  const child = spawn(process.execPath, [...released.options, program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  t.teardown(() => child.kill('SIGKILL'));
  const output: string[] = [];
  child.stdout.on('data', (text) => output.push(String(text)));
  while (output.length === 0) await sleep(50);
  t.deepEqual(output, [`Shadow: ${wanted.release}\n`]);
  t.deepEqual(await readCurrent(state), { release: wanted.release });
  t.is(await readFile(join(state, wanted.release, 'release.json'), 'utf8'), '{}');
  await parameters.send(new DeleteParameterCommand({ Name }));
  while (output.length === 1) await sleep(50);
  t.deepEqual([output.slice(1), await readCurrent(state)], [['Shadow: none\n'], undefined]);
});
