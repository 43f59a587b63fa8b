import type { ExecutionContext, TestFn } from 'ava';
import { UserError } from '../../common/errors.ts';
import type { ModelRegistry } from '../../registry/model-registry.ts';
import { trainSmall } from '../model/trained.ts';

const now = new Date('2026-05-01T10:00:00.000Z');
const registration = { now, commit: null };
const models = Promise.all([1, 2, 3].map((seed) => trainSmall({ seed })));

/** A place for a registry. */
export interface TestedPlace {
  name: string;
  /** Makes a place without versions, and returns a function that opens the registry in it. */
  make: (t: ExecutionContext) => Promise<() => ModelRegistry>;
  /** Whether numbers may be missing after registrations at once. */
  hasGaps: boolean;
}

/** Tests what a registry does in any place. */
export function testRegistry(test: TestFn | TestFn['serial'], { name, make, hasGaps }: TestedPlace): void {
  test(`${name}: artifacts become versions in their order, the same one is one version, and what comes out is what went in`, async (t) =>
    registersInOrder(t, (await make(t))()));
  test(`${name}: registrations at once make a version each, those of the same artifact make one`, async (t) =>
    registersAtOnce(t, await make(t), hasGaps));
  test(`${name}: an alias moves, each move is recorded, and to where it is already it does not move`, async (t) =>
    movesAliases(t, (await make(t))()));
  test(`${name}: what is not there is said with what there is`, async (t) => tells(t, (await make(t))()));
}

async function registersInOrder(t: ExecutionContext, registry: ModelRegistry): Promise<void> {
  const [first, second] = await models;
  t.deepEqual([await registry.versions(), await registry.history()], [[], { moves: [], aliases: new Map() }]);
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
}

async function registersAtOnce(t: ExecutionContext, open: () => ModelRegistry, hasGaps: boolean): Promise<void> {
  const [first, second, third] = await models;
  if (!first || !second || !third) return t.fail();
  const artifacts = [first, second, third, first, second, third];
  const registered = await Promise.all(artifacts.map((one) => open().register(one, registration)));
  const versions = await open().versions();
  const numbers = versions.map(({ version }) => version);
  t.is(new Set(numbers).size, 3);
  t.deepEqual(numbers, hasGaps ? [...numbers].sort((one, other) => one - other) : [1, 2, 3]);
  t.deepEqual(
    versions.map(({ artifact }) => artifact).sort(),
    [first, second, third].map(({ manifest }) => manifest.version).sort(),
  );
  t.is(registered.filter(({ isNew }) => isNew).length, 3);
  for (const [index, { record }] of registered.entries()) t.deepEqual(await open().artifact(record), artifacts[index]);
  t.is((await open().find({ alias: 'latest' })).version, numbers.at(-1) ?? 0);
}

async function tells(t: ExecutionContext, registry: ModelRegistry): Promise<void> {
  const find = async (selector: Parameters<ModelRegistry['find']>[0]) =>
    (await t.throwsAsync(registry.find(selector), { instanceOf: UserError }))?.message.replace(/^.*: /, '');
  t.is(await find({ alias: 'production' }), 'make register');
  const [artifact] = await models;
  if (!artifact) return t.fail();
  await registry.register(artifact, registration);
  await t.throwsAsync(registry.find({ version: 7 }), { message: /: \S+ has no version 7; expected 1 to 1$/ });
  await t.throwsAsync(registry.find({ alias: 'production' }), {
    message: /: \S+ has no alias production, but latest; move it with: make promote-model VERSION=1 TO=production$/,
  });
  await t.throwsAsync(registry.move({ alias: 'production', version: 2, from: null, reason: '' }, now), {
    message: /has no version 2/,
  });
  await t.throwsAsync(registry.findArtifact('0'.repeat(12)), { message: /has no version with artifact 0{12};/ });
  t.deepEqual((await registry.history()).moves, []);
}

async function movesAliases(t: ExecutionContext, registry: ModelRegistry): Promise<void> {
  for (const artifact of await models) await registry.register(artifact, registration);
  const move = (alias: string, from: number | null, version: number, reason: string) =>
    registry.move({ alias, version, from, reason }, now);
  t.deepEqual(await move('production', null, 1, 'the first'), {
    ...{ format: 1, at: now.toISOString() },
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
  t.deepEqual([...(await registry.history()).aliases].sort(), [
    ['production', 2],
    ['staging', 3],
  ]);
  t.deepEqual(
    (await registry.history()).moves
      .map(({ alias, from, version, reason }) => `${alias} ${from} ${version} ${reason}`)
      .sort(),
    ['production 1 2 better', 'production null 1 the first', 'staging null 3 try it'],
  );
}
