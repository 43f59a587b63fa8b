import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { UserError } from '../../../common/errors.ts';
import { loadDatasets } from '../../../model/datasets/load.ts';
import { modelSettings } from '../../../model/settings.ts';
import { trainModel } from '../../../model/training/train.ts';
import { describeVersion } from '../../../registry/version-record.ts';
import { passPromotion } from '../../../scripts/steps/promotion.ts';
import type { ReadVersion } from '../../../scripts/steps/registry.ts';
import { loadStage, type Stage } from '../../../stages/load.ts';
import { trainSmall } from '../../model/trained.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const rehearsal = await loadStage('rehearsal');

const words = { refund: 'money back', delivery: 'parcel late', account: 'password login' };

/** Texts whose words tell the intent; of the first `swapped` of each intent, they tell another one. */
function texts(from: number, to: number, swapped = 0): string {
  const intents = Object.entries(words);
  const rows = intents.flatMap(([, phrase], at) =>
    Array.from({ length: to - from }, (_, number) => {
      const intent = intents[(at + Number(number < swapped)) % intents.length]?.[0];
      return `${phrase} number ${from + number},${intent}\n`;
    }),
  );
  return `text,intent\n${rows.join('')}`;
}

/** A stage whose test texts are a file of their own, and what makes versions from other texts. */
async function ownStage(t: ExecutionContext, tested = texts(100, 130)) {
  const folder = await temporaryFolder(t);
  const [data, test] = ['data.csv', 'test.csv'].map((name) => join(folder, name)) as [string, string];
  await writeFile(test, tested);
  await writeFile(data, texts(0, 30));
  const stageWith = (model: object): Stage => ({
    name: 'rehearsal',
    settings: { ...rehearsal.settings, model: modelSettings.parse({ data, ...model }) },
  });
  const version = async (number: number, learned: string, model: object = { test }): Promise<ReadVersion> => {
    await writeFile(data, learned);
    const { settings } = stageWith(model);
    const artifact = await trainModel(await loadDatasets(settings.model), settings.model);
    return { artifact, record: describeVersion(number, artifact.manifest, 1, { now: new Date(0), commit: null }) };
  };
  return { stage: stageWith({ test }), stageWith, version, data, test };
}

async function told(candidate: ReadVersion, current: ReadVersion | undefined, stage: Stage): Promise<string[]> {
  const lines: string[] = [];
  await passPromotion(candidate, current, stage, (line) => lines.push(line));
  return lines;
}

test('a first version needs to pass the gate alone', async (t) => {
  const { stage, version } = await ownStage(t);
  t.deepEqual(await told(await version(1, texts(0, 30)), undefined, stage), []);
  const poor = await version(1, texts(0, 30, 30));
  const { message } = (await t.throwsAsync(told(poor, undefined, stage), { instanceOf: UserError })) ?? {};
  t.regex(message ?? '', /^Version 1 may not be promoted:\naccuracy: expected at least 85.0 %/);
});

test('a version that is worse is not promoted, with the sentence', async (t) => {
  const { stage, version } = await ownStage(t);
  const good = await version(1, texts(0, 30));
  const poor = await version(2, texts(0, 30, 30));
  const { message } = (await t.throwsAsync(told(poor, good, stage), { instanceOf: UserError })) ?? {};
  t.regex(
    message ?? '',
    /^Version 2 may not be promoted:\nversion 1 is right on 100.0 more texts of 100 than version 2, on the same 90 test texts \(95 % interval 9\d\.\d to 10\d\.\d, McNemar's test p < 0.001\); train with more texts/,
  );
});

test('a version that is better is told, and one that may be better by chance is called so', async (t) => {
  const { stage, version } = await ownStage(t);
  const good = await version(2, texts(0, 30));
  const poor = await version(1, texts(0, 30, 30));
  const [sentence, change] = await told(good, poor, stage);
  t.regex(sentence ?? '', /^version 2 is right on 100.0 more texts of 100 than version 1/);
  t.is(
    change,
    `Model ${poor.artifact.manifest.version} → ${good.artifact.manifest.version}: accuracy 0.0 % → 100.0 % on 90 texts of ${stage.settings.model.test} that both know`,
  );
  const [same] = await told(good, good, stage);
  t.is(same, 'version 2 and version 2 are right on equally many texts, on the same 90 test texts');
});

test('texts that a version may have learned are refused, and so are those of other intents', async (t) => {
  const { version, stageWith, stage, data, test } = await ownStage(t);
  const [one, two] = [await version(1, texts(0, 30), {}), await version(2, texts(0, 40), { seed: 2 })];
  await t.throwsAsync(told(two, one, stageWith({ seed: 2 })), {
    instanceOf: UserError,
    message: `${data}: expected texts that version 1 has not learned, but it may have; name test texts of their own: TEST=file`,
  });
  await writeFile(data, 'text,intent\nhello,hi\nhello there,hi\nbye,bye\nbye now,bye\n');
  await writeFile(test, 'text,intent\nhello,hi\n');
  await t.throwsAsync(told(two, one, stage), {
    instanceOf: UserError,
    message: `${test}: expected texts whose intent both versions know, such as account; name the data: DATA=file`,
  });
});

test('versions without a common intent are not compared, and the intents leave only with consent', async (t) => {
  const { stage, version } = await ownStage(t);
  const before = await version(1, texts(0, 30));
  const other = await trainSmall();
  const next = { artifact: other, record: describeVersion(2, other.manifest, 1, { now: new Date(0), commit: null }) };
  const { message } = (await t.throwsAsync(told(next, before, stage), { instanceOf: UserError })) ?? {};
  t.regex(message ?? '', /intents in service that this model does not know: account, delivery, refund/);
  const { settings } = stage;
  const gate = { ...settings.model.gate, removedIntents: Object.keys(words) };
  const consenting = { ...stage, settings: { ...settings, model: { ...settings.model, gate } } };
  t.is(
    (await told(next, before, consenting))[0],
    'version 2 and version 1 are not compared: they have no intent in common',
  );
});
