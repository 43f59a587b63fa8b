import { setTimeout as sleep } from 'node:timers/promises';
import { AwsApi, systemsManager } from '../../common/aws/aws-api.ts';
import { Bucket } from '../../common/aws/bucket.ts';
import { InstanceMetadata } from '../../common/aws/instance-metadata.ts';
import { RoleCredentials } from '../../common/aws/role-credentials.ts';
import type { WantedShadow } from '../../common/shadow/wanted.ts';
import { install, uninstall } from './install.ts';
import { keepCurrent } from './keep-current.ts';
import { readWanted } from './read-wanted.ts';
import { readSettings } from './settings.ts';

// Systems Manager allows 40 calls a second.
const pauseMilliseconds = 15_000;

const { region, endpoint, parameter, releases, state: folder, metadata } = readSettings(process.env);
const credentials = new RoleCredentials(new InstanceMetadata(metadata));
const api = new AwsApi({ service: systemsManager, region, endpoint, credentials });
const bucket = new Bucket({ url: releases, region, credentials });

const isWanted = async ({ release }: WantedShadow) => (await readWanted(api, parameter))?.release === release;

await keepCurrent({
  read: () => readWanted(api, parameter),
  install: (wanted) => install({ folder, releases, bucket, isWanted }, wanted),
  uninstall: () => uninstall({ folder }),
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
