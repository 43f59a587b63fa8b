import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import test, { type ExecutionContext } from 'ava';
import { UserError } from '../../common/errors.ts';
import { ArtifactError } from '../../model/artifact/error.ts';
import { FolderStore } from '../../registry/folder-store.ts';
import { Registry } from '../../registry/registry.ts';
import { S3Store } from '../../registry/s3-store.ts';
import type { Store } from '../../registry/store.ts';
import { trainSmall } from '../model/trained.ts';
import { emulated } from '../rehearsal/gateway/emulated.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const now = new Date('2026-05-01T10:00:00.000Z');
const registration = { now, commit: null };
const models = Promise.all([1, 2, 3].map((seed) => trainSmall({ seed })));

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

for (const [place, makeStore] of Object.entries(stores)) {
  test(`${place}: artifacts become versions in their order, the same one is one version, and what comes out is what went in`, async (t) => {
    const [first, second] = await models;
    const registry = new Registry(await makeStore(t), 'intents');
    t.deepEqual([await registry.versions(), await registry.moves()], [[], []]);
    if (!first || !second) return t.fail();
    const one = await registry.register(first, registration);
    t.true(one.isNew);
    const { metrics, data, versions, labels } = first.manifest;
    t.deepEqual(one.record, {
      ...{ format: 1, version: 1, artifact: first.manifest.version, registeredAt: now.toISOString() },
      code: { intentFleet: versions.intentFleet, commit: null },
      parameters: { profile: 'default', algorithm: 'linear-svm', seed: 1 },
      data: { train: data.train, test: data.test },
      intents: labels.length,
      metrics: {
        ...{ examples: metrics.examples, accuracy: metrics.accuracy, accuracyInterval: metrics.accuracyInterval },
        calibrationError: metrics.calibrationError,
      },
      bytes: Object.values(first.files).reduce((sum, file) => sum + file.length, 0),
    });
    const two = await registry.register(second, { now, commit: 'a'.repeat(40) });
    t.is(two.record.version, 2);
    t.deepEqual(await registry.register(first, { now: new Date(), commit: null }), { ...one, isNew: false });
    t.deepEqual(await registry.versions(), [one.record, two.record]);
    t.deepEqual(await registry.artifact(two.record), second);
  });

  test(`${place}: registrations at once make a version each, those of the same artifact make one`, async (t) => {
    const [first, second, third] = await models;
    if (!first || !second || !third) return t.fail();
    const store = await makeStore(t);
    const artifacts = [first, second, third, first, second, third];
    const registered = await Promise.all(
      artifacts.map((one) => new Registry(store, 'intents').register(one, registration)),
    );
    const registry = new Registry(store, 'intents');
    const versions = await registry.versions();
    t.deepEqual(
      versions.map(({ version }) => version),
      [1, 2, 3],
    );
    t.deepEqual(
      versions.map(({ artifact }) => artifact).sort(),
      [first, second, third].map(({ manifest }) => manifest.version).sort(),
    );
    t.is(registered.filter(({ isNew }) => isNew).length, 3);
    for (const [index, { record }] of registered.entries())
      t.deepEqual((await registry.artifact(record)).manifest, artifacts[index]?.manifest);
  });

  test(`${place}: an alias moves, each move is recorded, and to where it is already it does not move`, async (t) => {
    const registry = new Registry(await makeStore(t), 'intents');
    for (const artifact of await models) await registry.register(artifact, registration);
    const move = (alias: string, from: number | null, version: number, reason: string) =>
      registry.move({ alias, version, from, reason }, now);
    const at = now.toISOString();
    const begin = { format: 1, at } as const;
    t.deepEqual(await move('production', null, 1, 'the first'), {
      ...begin,
      ...{ alias: 'production', version: 1, from: null, reason: 'the first' },
    });
    await Promise.all([move('staging', null, 3, 'try it'), move('production', 1, 2, 'better')]);
    t.is(await move('production', 1, 2, 'again'), undefined);
    await t.throwsAsync(move('production', 1, 3, 'decided before'), {
      instanceOf: UserError,
      message:
        'production has moved meanwhile, to version 2: see make models, and promote version 3 again if it still should',
    });
    t.is((await registry.find({ alias: 'production' })).version, 2);
    t.is((await registry.find({ alias: 'staging' })).version, 3);
    t.is((await registry.find({ alias: 'latest' })).version, 3);
    t.deepEqual((await registry.moves()).map(({ alias, from, version }) => `${alias} ${from} ${version}`).sort(), [
      'production 1 2',
      'production null 1',
      'staging null 3',
    ]);
  });
}

async function withOne(t: ExecutionContext) {
  const [artifact] = await models;
  if (!artifact) throw new Error('no model');
  const store = await folderStore(t);
  const registry = new Registry(store, 'intents');
  const { record } = await registry.register(artifact, registration);
  const folder = join(store.place, 'intents/artifacts', record.artifact);
  return { artifact, store, registry, record, folder };
}

test('what is not there is said with what there is', async (t) => {
  const { registry, store } = await withOne(t);
  const find = async (selector: Parameters<Registry['find']>[0], from = registry) =>
    (await t.throwsAsync(from.find(selector), { instanceOf: UserError }))?.message;
  t.is(await find({ version: 7 }), `${store.place}: intents has no version 7; expected 1 to 1`);
  t.is(
    await find({ alias: 'production' }),
    `${store.place}: intents has no alias production, but latest; move it with: make promote-model VERSION=1 TO=production`,
  );
  t.is(
    await find({ alias: 'production' }, new Registry(store, 'others')),
    `${store.place}: others has no versions; register one with: make register`,
  );
  await t.throwsAsync(registry.move({ alias: 'production', version: 2, from: null, reason: '' }, now), {
    message: /has no version 2/,
  });
  t.deepEqual(await registry.moves(), []);
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
  const registry = new Registry(new S3Store('s3://nobodys-models', objects), 'intents');
  await t.throwsAsync(registry.versions(), {
    instanceOf: UserError,
    message: /^s3:\/\/nobodys-models\/intents\/versions\/: NoSuchBucket: /,
  });
});
