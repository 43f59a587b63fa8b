import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsApi, systemsManager } from '../common/aws/aws-api.ts';
import { InstanceMetadata } from '../common/aws/instance-metadata.ts';
import { RoleCredentials } from '../common/aws/role-credentials.ts';
import { keepCurrent } from './keep-current.ts';
import { writeKeyFile } from './key-file.ts';
import { machineKey } from './machine-key.ts';
import { readSettings } from './settings.ts';
import { readStoredKeys } from './stored-keys.ts';

/** A revoked key is known everywhere after this time and the two seconds in which workers see the file; Systems Manager allows 40 calls a second. */
const pauseMilliseconds = 15_000;

const { region, endpoint, path, state, metadata } = readSettings(process.env);
const credentials = new RoleCredentials(new InstanceMetadata(metadata));
const api = new AwsApi({ service: systemsManager, region, endpoint, credentials });

await keepCurrent({
  read: () => readStoredKeys(api, path),
  write: (keys) => writeKeyFile(join(state, 'keys.json'), keys),
  own: await machineKey(join(state, 'authorization')),
  ticks: turns(),
  report: (sentence) => console.log(sentence),
});

// Machines that booted at the same time ask at different ones.
async function* turns(): AsyncGenerator<undefined> {
  for (;;) {
    yield;
    await sleep(pauseMilliseconds * (0.8 + 0.2 * Math.random()));
  }
}
