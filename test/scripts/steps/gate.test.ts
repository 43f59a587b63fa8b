import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { UserError } from '../../../common/errors.ts';
import type { ModelInService } from '../../../deployments/model-in-service.ts';
import type { Artifact } from '../../../model/artifact/artifact.ts';
import { createClassifier } from '../../../model/artifact/open.ts';
import { loadDatasets } from '../../../model/datasets/load.ts';
import { modelSettings } from '../../../model/settings.ts';
import { trainModel } from '../../../model/training/train.ts';
import { passGate } from '../../../scripts/steps/gate.ts';
import { loadStage, type Stage } from '../../../stages/load.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const rehearsal = await loadStage('rehearsal');
const words: Record<string, string> = { refund: 'money back', delivery: 'parcel late', account: 'password login' };

/** Rows of CSV whose words tell the intent, and whose numbers are `from` to `to`. */
function rows(intents: Record<string, string>, from: number, to: number): string {
  const numbered = Object.entries(intents).map(([intent, phrase]) =>
    Array.from({ length: to - from }, (_, at) => `${phrase} number ${from + at},"${intent}"\n`),
  );
  return numbered.flat().join('');
}

function texts(intents = words, from = 0, to = 30): string {
  return `text,intent\n${rows(intents, from, to)}`;
}

function stageWith(model: object): Stage {
  return { name: 'rehearsal', settings: { ...rehearsal.settings, model: modelSettings.parse(model) } };
}

async function train({ settings: { model } }: Stage): Promise<Artifact> {
  return trainModel(await loadDatasets(model), model);
}

function served(artifact: Artifact): ModelInService {
  return { manifest: async () => artifact.manifest, open: async () => createClassifier(artifact, 'in service') };
}

const example = stageWith({});
const exampleModel = train(example);

/** A file of own data, a stage that names it, and the model in service that was trained from it. */
async function ownData(t: ExecutionContext, content = texts(), settings: object = {}) {
  const file = join(await temporaryFolder(t), 'own.csv');
  await writeFile(file, content);
  const stage = stageWith({ data: file, ...settings });
  const change = async (next: string, changed: object = {}) => {
    await writeFile(file, next);
    const after = stageWith({ data: file, ...settings, ...changed });
    return { stage: after, candidate: await train(after) };
  };
  return { file, stage, model: await train(stage), change };
}

/** Returns what the gate told. */
async function told(candidate: Artifact, stage: Stage, inService?: ModelInService): Promise<string[]> {
  const lines: string[] = [];
  await passGate(candidate, stage, inService, (line) => lines.push(line));
  return lines;
}

const notCompared = (reason: string) => `Not compared with the model in service: ${reason}`;

const replaces = (before: Artifact, after: Artifact, accuracy = '') =>
  `Model ${before.manifest.version} → ${after.manifest.version}${accuracy}`;

test('the first model is compared with none', async (t) => {
  const { model, stage } = await ownData(t);
  t.deepEqual(await told(model, stage), []);
});

test('own data with other intents replaces the example data without consent, and the leaving intents are told', async (t) => {
  const { model, stage } = await ownData(t);
  t.deepEqual(await told(model, stage, served(await exampleModel)), [
    notCompared('they have no intent in common'),
    replaces(await exampleModel, model),
    'Intents that come: account, delivery, refund',
    'Intents that leave: complaint, greeting, praise, question',
  ]);
});

test('own data that shares an intent with the example data needs consent, and is compared on that intent', async (t) => {
  const { model, stage, file } = await ownData(t, texts({ ...words, praise: 'excellent work' }));
  const error = await t.throwsAsync(told(model, stage, served(await exampleModel)));
  t.deepEqual(error?.message.split('\n').slice(0, 2), [
    'This model may not be released:',
    'intents in service that this model does not know: complaint, greeting, question',
  ]);
  const strict = stageWith({
    data: file,
    gate: { largestDrop: 0, removedIntents: ['complaint', 'greeting', 'question'] },
  });
  t.deepEqual(await told(model, strict, served(await exampleModel)), [
    replaces(await exampleModel, model, `: accuracy 100.0 % → 100.0 % on 6 texts of ${file} that both know`),
    'Intents that come: account, delivery, refund',
    'Intents that leave: complaint, greeting, question',
  ]);
});

test('more texts are compared on the test texts of both', async (t) => {
  const { model, change, file } = await ownData(t);
  const { candidate, stage } = await change(texts(words, 0, 36));
  t.not(candidate.manifest.data.test.sha256, model.manifest.data.test.sha256);
  t.deepEqual(await told(candidate, stage, served(model)), [
    replaces(model, candidate, `: accuracy 100.0 % → 100.0 % on 21 texts of ${file} that both know`),
  ]);
});

test('a renamed intent is refused with the lines that let it leave; with them it passes', async (t) => {
  const { model, change, file } = await ownData(t);
  const { delivery = '', ...others } = words;
  const renamed = texts({ ...others, 'delivery, late': delivery });
  const { candidate, stage } = await change(renamed, { gate: { removedIntents: ['of old'] } });
  await t.throwsAsync(told(candidate, stage, served(model)), {
    name: 'UserError',
    message: [
      'This model may not be released:',
      'intents in service that this model does not know: delivery',
      'If these intents may leave, say so in stages/rehearsal.yaml:',
      '',
      'model:',
      '  gate:',
      '    removedIntents: [of old, delivery]',
    ].join('\n'),
  });
  const consented = stageWith({ ...stage.settings.model, gate: { removedIntents: ['of old', 'delivery', 'account'] } });
  t.deepEqual(await told(candidate, consented, served(model)), [
    replaces(model, candidate, `: accuracy 100.0 % → 100.0 % on 12 texts of ${file} that both know`),
    'Intents that come: delivery, late',
    'Intents that leave: delivery',
  ]);
});

test('a model that is worse on the new test texts is refused, whatever the manifests say', async (t) => {
  const { model, change, file } = await ownData(t);
  // Only this rule tells a refund from an account.
  const intentOf = (text: string) => {
    if (text.startsWith('parcel')) return 'delivery';
    return ((Number(text.split(' ').at(-1)) * 37) % 101) % 2 ? 'refund' : 'account';
  };
  const help = Array.from({ length: 60 }, (_, at) => `please help number ${at}`);
  const alike = `text,intent\n${rows({ delivery: 'parcel late' }, 0, 30)}${help.map((text) => `${text},${intentOf(text)}\n`).join('')}`;
  const { candidate, stage } = await change(alike, { gate: { minimumAccuracy: 0, largestIntentDrop: 1 } });
  const right = (text: string) => ({
    intent: '',
    confidence: 1,
    alternatives: [{ intent: intentOf(text), confidence: 1 }],
  });
  const wrong = (text: string) => ({ ...right(text), alternatives: [{ intent: 'refund', confidence: 1 }] });
  const answering = (predict: typeof right, accuracy: number): ModelInService => ({
    manifest: async () => ({ ...model.manifest, metrics: { ...model.manifest.metrics, accuracy } }),
    open: async () => ({ ...createClassifier(model, 'in service'), predict }),
  });
  t.deepEqual(await told(candidate, stage, answering(wrong, 1)), [
    replaces(model, candidate, `: accuracy 33.3 % → 66.7 % on 18 texts of ${file} that both know`),
    'Intents that gain: delivery (F1 0.0 % → 100.0 %), account (F1 0.0 % → 66.7 %)',
    'Intents that lose: refund (F1 50.0 % → 0.0 %)',
  ]);
  const { metrics } = candidate.manifest;
  t.true(metrics.accuracy < 0.99);
  await t.throwsAsync(told(candidate, stage, answering(right, 0)), {
    message:
      'This model may not be released:\naccuracy: expected to drop by at most 1.0 points (gate.largestDrop) ' +
      `from 100.0 % in service, got ${(100 * metrics.accuracy).toFixed(1)} %, on 18 texts of ${file} that both know`,
  });
});

const unreadable = async () => {
  throw new UserError('releases/0123.manifest.json: expected an artifact of format 1 or 2, got format 3');
};

test('a manifest that cannot be read is told; the other limits hold', async (t) => {
  const { model, stage, file } = await ownData(t);
  const inService = { ...served(model), manifest: unreadable };
  const reason = notCompared('releases/0123.manifest.json: expected an artifact of format 1 or 2, got format 3');
  t.deepEqual(await told(model, stage, inService), [reason]);
  const strict = stageWith({ data: file, gate: { minimumAccuracy: 1 } });
  const half = { ...model, manifest: { ...model.manifest, metrics: { ...model.manifest.metrics, accuracy: 0.5 } } };
  await t.throwsAsync(told(half, strict, inService), { message: /accuracy: expected at least 100\.0 %/ });
});

test('a reason of several lines is told in one', async (t) => {
  const { model, stage } = await ownData(t);
  const manifest = async () => {
    throw new UserError('not a manifest:\n  labels: expected a list\n  seed: expected a number');
  };
  t.deepEqual(await told(model, stage, { ...served(model), manifest }), [
    notCompared('not a manifest: labels: expected a list seed: expected a number'),
  ]);
});

test('a model that cannot be opened is told; its intents leave with consent alone', async (t) => {
  const { model, change } = await ownData(t);
  const inService = { ...served(model), open: unreadable };
  const same = await change(texts(words, 0, 36));
  const reason = notCompared('releases/0123.manifest.json: expected an artifact of format 1 or 2, got format 3');
  t.deepEqual(await told(same.candidate, same.stage, inService), [reason, replaces(model, same.candidate)]);
  const { refund: _, ...fewer } = words;
  const { candidate, stage } = await change(texts(fewer));
  await t.throwsAsync(told(candidate, stage, inService), { message: /removedIntents: \[refund\]$/ });
});

test('a defect is no reason to skip the comparison', async (t) => {
  const { model, stage } = await ownData(t);
  const manifest = async () => {
    throw new TypeError('a defect');
  };
  await t.throwsAsync(told(model, stage, { ...served(model), manifest }), { name: 'TypeError' });
});

test('a model that may have learned from the test texts is not compared', async (t) => {
  const { model, change } = await ownData(t);
  const { candidate, stage } = await change(texts(), { seed: 2 });
  t.deepEqual(await told(candidate, stage, served(model)), [
    notCompared('it may have learned from the test texts, since another seed, share or version held out its own'),
    replaces(model, candidate),
  ]);
});

test('test texts that are not those of the model are not compared', async (t) => {
  const { model, change, file } = await ownData(t);
  const { candidate, stage } = await change(texts(words, 0, 36));
  await writeFile(file, texts(words, 0, 40));
  t.deepEqual(await told(candidate, stage, served(model)), [
    notCompared(`${file} does not hold the texts that this model was tested with`),
    replaces(model, candidate),
  ]);
});

test('test texts of which both know no intent are not compared', async (t) => {
  const { model, change, file } = await ownData(t);
  const only = join(file, '..', 'test.csv');
  await writeFile(only, texts({ returns: 'send back' }, 90, 95));
  const { candidate, stage } = await change(texts({ ...words, returns: 'send back' }), { test: only });
  t.deepEqual(await told(candidate, stage, served(model)), [
    notCompared(`${only} has no text whose intent both know`),
    replaces(model, candidate),
    'Intents that come: returns',
  ]);
});
