import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import test, { type ExecutionContext } from 'ava';
import { UserError } from '../../common/errors.ts';
import { ArtifactError } from '../../model/artifact/error.ts';
import { FolderStore } from '../../registry/folder-store.ts';
import { S3Store } from '../../registry/s3-store.ts';
import type { Store } from '../../registry/store.ts';
import { StoredRegistry } from '../../registry/stored-registry.ts';
import { trainSmall } from '../model/trained.ts';
import { emulated } from '../rehearsal/gateway/emulated.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testRegistry } from './behaviour.ts';

const now = new Date('2026-05-01T10:00:00.000Z');
const registration = { now, commit: null };
const models = Promise.all([1, 2].map((seed) => trainSmall({ seed })));

async function folderStore(t: ExecutionContext): Promise<Store> {
  return new FolderStore(join(await temporaryFolder(t), 'models'));
}

async function bucketStore(t: ExecutionContext): Promise<Store> {
  const { objects } = await emulated(t);
  const CreateBucketConfiguration = { LocationConstraint: 'eu-central-1' as const };
  await objects.send(new CreateBucketCommand({ Bucket: 'our-models', CreateBucketConfiguration }));
  return new S3Store('s3://our-models/of/us/', objects);
}

const stores = { 'a folder': folderStore, 'a bucket': bucketStore };

for (const [name, makeStore] of Object.entries(stores)) {
  const make = async (t: ExecutionContext) => {
    const store = await makeStore(t);
    return () => new StoredRegistry(store, 'intents');
  };
  testRegistry(test, { name, make, hasGaps: false });
}

async function withOne(t: ExecutionContext) {
  const [artifact] = await models;
  if (!artifact) throw new Error('no model');
  const store = await folderStore(t);
  const registry = new StoredRegistry(store, 'intents');
  const { record } = await registry.register(artifact, registration);
  const folder = join(store.place, 'intents/artifacts', record.artifact);
  return { artifact, store, registry, record, folder };
}

test('a model without versions is said with its place', async (t) => {
  const { store } = await withOne(t);
  await t.throwsAsync(new StoredRegistry(store, 'others').find({ alias: 'production' }), {
    instanceOf: UserError,
    message: `${store.place}: others has no versions; register one with: make register`,
  });
});

test('a registration that was killed midway is made whole by the next one', async (t) => {
  const { artifact, store, registry, record, folder } = await withOne(t);
  await rm(join(store.place, 'intents/versions'), { recursive: true });
  await rm(join(folder, 'weights.bin'));
  t.deepEqual(await registry.register(artifact, registration), { record, isNew: true });
  t.deepEqual(await registry.artifact(record), artifact);
});

test('files of an artifact that were changed are neither read nor replaced', async (t) => {
  const { artifact, store, registry, record, folder } = await withOne(t);
  await writeFile(join(folder, 'weights.bin'), 'others');
  await t.throwsAsync(registry.artifact(record), {
    instanceOf: ArtifactError,
    message: /weights.bin: expected SHA-256/,
  });
  await rm(join(store.place, 'intents/versions'), { recursive: true });
  await t.throwsAsync(registry.register(artifact, registration), {
    instanceOf: UserError,
    message: `${store.place}/intents/artifacts/${record.artifact}/weights.bin: it holds other bytes than this artifact, and is not replaced`,
  });
  t.is(await readFile(join(folder, 'weights.bin'), 'utf8'), 'others');
  await rm(join(folder, 'weights.bin'));
  await t.throwsAsync(registry.artifact(record), { instanceOf: UserError, message: /it is missing/ });
});

test('a record that is rubbish is named, with what is wrong', async (t) => {
  const { registry, store } = await withOne(t);
  await writeFile(join(store.place, 'intents/versions/000002.json'), '{"format":1,');
  await t.throwsAsync(registry.versions(), {
    instanceOf: UserError,
    message: `${store.place}/intents/versions/000002.json: not a record of this registry:\n  (top level): expected a mapping, got nothing`,
  });
});

test('a record that was removed is named, and an artifact in the place of another one is refused', async (t) => {
  const { registry, store, folder } = await withOne(t);
  const [, second] = await models;
  if (!second) return t.fail();
  const { record } = await registry.register(second, registration);
  const other = join(store.place, 'intents/artifacts', record.artifact);
  for (const file of ['manifest.json', 'weights.bin', 'SHA256SUMS'])
    await writeFile(join(other, file), await readFile(join(folder, file)));
  await t.throwsAsync(registry.artifact(record), {
    instanceOf: UserError,
    message: /: expected artifact \w+, got \w+$/,
  });
  await rm(join(store.place, 'intents/versions/000001.json'));
  await t.throwsAsync(registry.versions(), {
    instanceOf: UserError,
    message: `${store.place}/intents/versions/000001.json: it is missing, although intents/versions/000002.json exists`,
  });
});

test('a bucket that does not exist is named', async (t) => {
  const { objects } = await emulated(t);
  const registry = new StoredRegistry(new S3Store('s3://nobodys-models', objects), 'intents');
  await t.throwsAsync(registry.versions(), {
    instanceOf: UserError,
    message: /^s3:\/\/nobodys-models\/intents\/versions\/: NoSuchBucket: /,
  });
});
